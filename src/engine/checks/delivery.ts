/**
 * What servers deliver: the same txns, all of them proposed once, in the same
 * order. A delivery is an apply in BROADCAST, or a txn that the tree stands for
 * when its server enters BROADCAST; what a recovery replays before that counts
 * for nothing, since its tail may never have been committed.
 *
 * Source: Zab.tla (PrefixConsistency, Integrity, Agreement, TotalOrder).
 */
import { mix, mixText } from '../../base/hash';
import { sayOfCheck } from '../../bridge/sentences/checks';
import type { Said } from '../../bridge/sentences/sentence';
import type { TraceEntry } from '../../bridge/traceEntry';
import { zxidText, type Zxid } from '../../zk/ids';
import { defineCheck, type EnsembleFacts } from './defineCheck';
import {
  followHistory,
  HISTORY_TYPES,
  initialHistory,
  type History,
  type ServerHistory,
} from './history';
import { emptyTable, forgetUpTo, hasZxid, lookUp, put, type ZxidTable } from './zxidTable';

export interface Deliveries {
  history: History;
  /** `base` of the history when this law forgot last. */
  base: Zxid;
}

export const initialDeliveries = ({ sids }: EnsembleFacts): Deliveries => ({
  history: initialHistory(sids),
  base: 0 as Zxid,
});

/** A server delivered: the newest of its tree (`isOne`), or all its tree stands for (it entered BROADCAST). */
export type Delivered = { server: ServerHistory; isOne: boolean } | undefined;

/** Follows one entry and says whether it is a delivery. */
export function followDelivery(state: Deliveries, entry: TraceEntry, index: number): Delivered {
  followHistory(state.history, entry, index);
  const server = state.history.servers[index];
  if (server === undefined || server.zab !== 'BROADCAST') return undefined;
  if (entry.type === 'zabState') return { server, isOne: false };
  if (entry.type !== 'apply' || (entry.zxid as Zxid) <= state.history.base) return undefined;
  return { server, isOne: true };
}

/** Which request a txn carries, as a number; equal for equal (sessionId, cxid). */
export function requestHash(entry: TraceEntry): number {
  const request = entry.request;
  return request === undefined ? 0 : mix(mixText(0, request.sessionId), request.cxid);
}

const where = (server: ServerHistory, zxid: Zxid) => ({ sid: server.sid, zxid: zxidText(zxid) });

interface Prefix extends Deliveries {
  /** The one history of which every server's is a prefix; above `base`. */
  common: Zxid[];
  /** By zxid: what was applied first under it. */
  contents: ZxidTable<number>;
}

export const PrefixConsistency = defineCheck<Prefix>({
  name: 'PrefixConsistency',
  types: HISTORY_TYPES,
  initial: (facts) => ({ ...initialDeliveries(facts), common: [], contents: emptyTable() }),
  step(state, entry, index) {
    const delivered = followDelivery(state, entry, index);
    if (delivered === undefined) return undefined;
    if (state.base !== state.history.base) {
      state.base = state.history.base;
      forgetUpTo(state.contents, state.base);
      state.common.splice(0, state.common.filter((zxid) => zxid <= state.base).length);
    }
    const { server, isOne } = delivered;
    const tree = server.tree;
    for (let i = isOne ? tree.length - 1 : 0; i < tree.length; i += 1) {
      const zxid = tree[i] as Zxid;
      const expected = state.common[i];
      if (expected === undefined) state.common[i] = zxid;
      else if (expected !== zxid) {
        const other = zxidText(expected);
        return sayOfCheck('check.elsewhere', { ...where(server, zxid), other });
      }
    }
    return isOne ? compareContents(state, entry, server) : undefined;
  },
});

function compareContents(state: Prefix, entry: TraceEntry, server: ServerHistory) {
  const zxid = entry.zxid as Zxid;
  const content = requestHash(entry);
  const before = lookUp(state.contents, zxid);
  if (before === undefined) put(state.contents, zxid, content);
  else if (before !== content) return sayOfCheck('check.anotherTxn', where(server, zxid));
  return undefined;
}

interface Broadcasts extends Deliveries {
  /** By zxid: the request proposed under it. */
  proposed: ZxidTable<number>;
}

export const Integrity = defineCheck<Broadcasts>({
  name: 'Integrity',
  types: [...HISTORY_TYPES, 'propose'],
  initial: (facts) => ({ ...initialDeliveries(facts), proposed: emptyTable() }),
  step(state, entry, index) {
    if (entry.type === 'propose') {
      put(state.proposed, entry.zxid as Zxid, requestHash(entry));
      return undefined;
    }
    const delivered = followDelivery(state, entry, index);
    // An ensemble of one server proposes nothing: its order is that of its log.
    if (delivered === undefined || state.history.servers.length === 1) return undefined;
    if (state.base !== state.history.base) {
      state.base = state.history.base;
      forgetUpTo(state.proposed, state.base);
    }
    const { server, isOne } = delivered;
    if (!isOne) {
      const stranger = server.tree.find((zxid) => !hasZxid(state.proposed.zxids, zxid));
      return stranger === undefined
        ? undefined
        : sayOfCheck('check.nobodyProposed', where(server, stranger));
    }
    const zxid = entry.zxid as Zxid;
    const request = lookUp(state.proposed, zxid);
    if (request === undefined) return sayOfCheck('check.nobodyProposed', where(server, zxid));
    if (request === requestHash(entry)) return undefined;
    return sayOfCheck('check.anotherRequest', where(server, zxid));
  },
});

export const Agreement = defineCheck<Deliveries>({
  name: 'Agreement',
  types: HISTORY_TYPES,
  initial: initialDeliveries,
  step(state, entry, index) {
    const delivered = followDelivery(state, entry, index);
    if (delivered === undefined) return undefined;
    const { server } = delivered;
    for (const other of state.history.servers) {
      if (other === server || other.zab !== 'BROADCAST') continue;
      const why = compare(server, other, delivered.isOne);
      if (why !== undefined) return why;
    }
    return undefined;
  },
});

/** One of the two must have delivered all that the other did. */
function compare(a: ServerHistory, b: ServerHistory, isOne: boolean): Said | undefined {
  const length = Math.min(a.tree.length, b.tree.length);
  // Both were comparable before this delivery, so it is enough to look where the shorter one ends.
  if (isOne && (length === 0 || a.tree[length - 1] === b.tree[length - 1])) return undefined;
  const onlyA = a.tree.find((zxid) => !hasZxid(b.tree, zxid));
  const onlyB = b.tree.find((zxid) => !hasZxid(a.tree, zxid));
  if (onlyA === undefined || onlyB === undefined) return undefined;
  return sayOfCheck('check.disagree', {
    a: a.sid,
    b: b.sid,
    onlyA: zxidText(onlyA),
    onlyB: zxidText(onlyB),
  });
}

interface Order extends Deliveries {
  /** By zxid: what was delivered right before it (0: nothing that is remembered). */
  before: ZxidTable<Zxid>;
}

export const TotalOrder = defineCheck<Order>({
  name: 'TotalOrder',
  types: HISTORY_TYPES,
  initial: (facts) => ({ ...initialDeliveries(facts), before: emptyTable() }),
  step(state, entry, index) {
    const delivered = followDelivery(state, entry, index);
    if (delivered === undefined) return undefined;
    if (state.base !== state.history.base) {
      state.base = state.history.base;
      forgetUpTo(state.before, state.base);
    }
    const { tree } = delivered.server;
    for (let i = delivered.isOne ? tree.length - 1 : 0; i < tree.length; i += 1) {
      const zxid = tree[i] as Zxid;
      const previous = i === 0 ? state.base : (tree[i - 1] as Zxid);
      const expected = lookUp(state.before, zxid);
      if (expected === undefined) put(state.before, zxid, previous);
      // Everything up to the base counts as one: that is where the memory of all servers begins.
      else if (Math.max(expected, state.base) !== previous) {
        return sayOfCheck('check.otherOrder', {
          ...where(delivered.server, zxid),
          previous: zxidText(previous),
          expected: zxidText(expected),
        });
      }
    }
    return undefined;
  },
});
