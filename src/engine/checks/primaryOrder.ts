/**
 * The order that primaries give: within one of them, between two of them, and
 * what a primary must have delivered before it proposes anything.
 *
 * Source: Zab.tla (LocalPrimaryOrder, GlobalPrimaryOrder, PrimaryIntegrity);
 * LocalPrimaryOrder for all pairs, where the TLA text asks for one pair only.
 */
import { sayOfCheck } from '../../bridge/sentences/checks';
import type { Said } from '../../bridge/sentences/sentence';
import { epochOf, zxidText, type Zxid } from '../../zk/ids';
import { defineCheck } from './defineCheck';
import { followDelivery, initialDeliveries, type Deliveries } from './delivery';
import { HISTORY_TYPES } from './history';
import { addZxid, emptyTable, forgetUpTo, hasZxid, lookUp, put, type ZxidTable } from './zxidTable';

interface LocalOrder extends Deliveries {
  /** By zxid: what the same primary proposed right before, in the same epoch. */
  before: ZxidTable<Zxid>;
}

export const LocalPrimaryOrder = defineCheck<LocalOrder>({
  name: 'LocalPrimaryOrder',
  types: [...HISTORY_TYPES, 'propose'],
  initial: (facts) => ({ ...initialDeliveries(facts), before: emptyTable() }),
  step(state, entry, index) {
    const zxid = entry.zxid as Zxid;
    if (entry.type === 'propose') {
      // Two leaders of different epochs may propose side by side; each has its own chain.
      put(state.before, zxid, lastOfEpoch(state.before.zxids, epochOf(zxid)));
      return undefined;
    }
    const delivered = followDelivery(state, entry, index);
    if (delivered === undefined) return undefined;
    if (state.base !== state.history.base) {
      state.base = state.history.base;
      forgetUpTo(state.before, state.base);
    }
    const { server, isOne } = delivered;
    const { tree } = server;
    for (let i = isOne ? tree.length - 1 : 0; i < tree.length; i += 1) {
      const own = tree[i] as Zxid;
      const previous = lookUp(state.before, own);
      if (previous === undefined || previous <= state.base || tree[i - 1] === previous) continue;
      if (!tree.slice(0, i).includes(previous)) {
        return sayOfCheck('check.localOrder', {
          sid: server.sid,
          zxid: zxidText(own),
          previous: zxidText(previous),
        });
      }
    }
    return undefined;
  },
});

/** The newest zxid of that epoch; 0 when there is none. */
function lastOfEpoch(zxids: readonly Zxid[], epoch: number): Zxid {
  for (let i = zxids.length - 1; i >= 0; i -= 1) {
    const zxid = zxids[i] as Zxid;
    if (epochOf(zxid) === epoch) return zxid;
  }
  return 0 as Zxid;
}

export const GlobalPrimaryOrder = defineCheck<Deliveries>({
  name: 'GlobalPrimaryOrder',
  types: HISTORY_TYPES,
  initial: initialDeliveries,
  step(state, entry, index) {
    const delivered = followDelivery(state, entry, index);
    if (delivered === undefined) return undefined;
    const { tree, sid } = delivered.server;
    for (let i = delivered.isOne ? tree.length - 1 : 1; i < tree.length; i += 1) {
      const before = tree[i - 1];
      if (before !== undefined && epochOf(before) > epochOf(tree[i] as Zxid)) {
        return sayOfCheck('check.globalOrder', {
          sid,
          zxid: zxidText(tree[i] as Zxid),
          before: zxidText(before),
        });
      }
    }
    return undefined;
  },
});

interface Primaries extends Deliveries {
  /** Whatever any server delivered; above `base`. */
  delivered: Zxid[];
  /** Of the newest epochs: what the primary stood for at its first proposal. */
  primaries: { epoch: number; sid: number; base: Zxid; tree: Zxid[] }[];
}

const PRIMARIES_MAX = 8;

export const PrimaryIntegrity = defineCheck<Primaries>({
  name: 'PrimaryIntegrity',
  types: [...HISTORY_TYPES, 'propose'],
  initial: (facts) => ({ ...initialDeliveries(facts), delivered: [], primaries: [] }),
  step(state, entry, index) {
    if (entry.type === 'propose') return firstProposal(state, entry.zxid as Zxid, index);
    const delivered = followDelivery(state, entry, index);
    if (delivered === undefined) return undefined;
    if (state.base !== state.history.base) {
      state.base = state.history.base;
      state.delivered = state.delivered.filter((zxid) => zxid > state.base);
    }
    const { tree, sid } = delivered.server;
    for (let i = delivered.isOne ? tree.length - 1 : 0; i < tree.length; i += 1) {
      const zxid = tree[i] as Zxid;
      addZxid(state.delivered, zxid);
      for (const primary of state.primaries) {
        if (primary.epoch <= epochOf(zxid) || zxid <= primary.base) continue;
        if (!hasZxid(primary.tree, zxid)) return explain(primary, zxid, sid);
      }
    }
    return undefined;
  },
});

function firstProposal(state: Primaries, zxid: Zxid, index: number): Said | undefined {
  const epoch = epochOf(zxid);
  const server = state.history.servers[index];
  if (server === undefined || state.primaries.some((other) => other.epoch === epoch))
    return undefined;
  const primary = { epoch, sid: server.sid, base: state.history.base, tree: [...server.tree] };
  state.primaries.push(primary);
  if (state.primaries.length > PRIMARIES_MAX) state.primaries.shift();
  const missing = state.delivered.find(
    (other) => epochOf(other) < epoch && other > primary.base && !hasZxid(primary.tree, other),
  );
  return missing === undefined ? undefined : explain(primary, missing, undefined);
}

function explain(primary: { epoch: number; sid: number }, zxid: Zxid, sid: number | undefined) {
  const who =
    sid === undefined ? sayOfCheck('check.anotherServer') : sayOfCheck('check.server', { sid });
  return sayOfCheck('check.primaryWithout', {
    primary: primary.sid,
    epoch: primary.epoch,
    zxid: zxidText(zxid),
    who,
  });
}
