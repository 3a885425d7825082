/**
 * What ZooKeeper holds of the application, as far as the trace tells: the znodes below its roots once the
 * txns that made them are committed, whoever has applied them.
 *
 * A txn is known from its proposal (or the log of a server that is alone). It counts from its first apply on, or
 * from the moment at which a leader begins with it in its log; what no such leader has never was.
 */
import type { TraceEntry } from '../../bridge/traceEntry';
import { epochOf, type SessionId, type Zxid } from '../../zk/ids';
import type { EntryType } from './defineCheck';

const OF_APP = /^\/(?:master$|(?:tasks|assign|status|workers)\/)/;

/** What one committed txn did; several changes of a multi come one behind the other. */
export interface TreeChange {
  /** `close`: the session is over; its znodes have been deleted before, in the same txn. */
  what: 'create' | 'delete' | 'close';
  /** Empty of `close`. */
  path: string;
  isEphemeral: boolean;
  zxid: Zxid;
  /** Whose txn it is. */
  sessionId: SessionId;
}

interface Pending {
  zxid: Zxid;
  changes: TreeChange[];
  /** A bit for each server that has it in its log. */
  logs: number;
}

export interface AppTree {
  isAlone: boolean;
  /** Proposed and not known to be committed, in the order of their proposals. */
  pending: Pending[];
  /** By server: it has started and not loaded yet. */
  isFresh: boolean[];
  /** The newest epoch that a quorum has joined: nothing of an older one is committed any more. */
  epoch: number;
}

/** A law that follows the tree names these too. */
export const TREE_TYPES: readonly EntryType[] = [
  'propose',
  'append',
  'apply',
  'truncate',
  'start',
  'load',
  'established',
  'command',
];

export function initialTree(sids: readonly unknown[]): AppTree {
  return { isAlone: sids.length === 1, pending: [], isFresh: sids.map(() => true), epoch: 0 };
}

const NOTHING: readonly TreeChange[] = [];

/** Takes one entry of server number `server` into account; what has become true by it, in order. */
export function followTree(
  tree: AppTree,
  entry: TraceEntry,
  server: number,
): readonly TreeChange[] {
  if (server < 0) return NOTHING;
  const bit = 1 << server;
  const zxid = entry.zxid as Zxid;
  switch (entry.type) {
    case 'propose':
      note(tree, entry);
      return NOTHING;
    case 'append': {
      if (entry.err !== undefined) return NOTHING;
      if (tree.isAlone) note(tree, entry);
      const logged = tree.pending.find((pending) => pending.zxid === zxid);
      if (logged !== undefined) logged.logs |= bit;
      return NOTHING;
    }
    case 'apply':
      // While a learner is synchronized nobody knows yet whether its leader will get a quorum.
      if (entry.name === 'sync') return NOTHING;
      return commit(tree, (pending) => pending.zxid === zxid);
    case 'truncate':
      forget(tree, bit, zxid);
      return NOTHING;
    case 'start':
      tree.isFresh[server] = true;
      return NOTHING;
    case 'command':
      if (entry.name === 'wipe') forget(tree, bit, 0);
      return NOTHING;
    case 'load':
      // The leader's tree takes the place of all that it had.
      if (entry.name === 'SNAP') forget(tree, bit, 0);
      if (tree.isFresh[server] !== true) return NOTHING;
      tree.isFresh[server] = false;
      forget(tree, bit, zxid);
      return tree.isAlone ? settle(tree, bit, Number.POSITIVE_INFINITY) : NOTHING;
    case 'established':
      tree.epoch = entry.epoch as number;
      return settle(tree, bit, entry.epoch as number);
    default:
      return NOTHING;
  }
}

function note(tree: AppTree, entry: TraceEntry): void {
  const zxid = entry.zxid as Zxid;
  const { request } = entry;
  // A leader that has lost its quorum goes on proposing for a while.
  if (request === undefined || epochOf(zxid) < tree.epoch) return;
  const changes: TreeChange[] = [];
  const { sessionId } = request;
  for (const text of entry.changes ?? asked(entry)) {
    const path = text.slice(1);
    if (!OF_APP.test(path)) continue;
    const what = text[0] === '-' ? 'delete' : 'create';
    changes.push({ what, path, isEphemeral: text[0] === '~', zxid, sessionId });
  }
  if (request.op === 'closeSession') {
    changes.push({ what: 'close', path: '', isEphemeral: false, zxid, sessionId });
  }
  if (changes.length > 0) tree.pending.push({ zxid, changes, logs: 0 });
}

/** As TraceEntry.changes, when the request says it all. */
function asked({ request }: TraceEntry): string[] {
  const { op, path = '' } = request ?? {};
  switch (op) {
    case 'create':
    case 'create2':
    case 'createContainer':
    case 'createTTL':
      return [`+${path}`];
    case 'delete':
    case 'deleteContainer':
      return [`-${path}`];
    default:
      return [];
  }
}

/** A server has lost what it had logged after `zxid`. */
function forget(tree: AppTree, bit: number, zxid: number): void {
  for (const pending of tree.pending) if (pending.zxid > zxid) pending.logs &= ~bit;
}

/** Somebody leads `epoch` now: of what was proposed before, that is committed which he has. */
function settle(tree: AppTree, bit: number, epoch: number): readonly TreeChange[] {
  const changes = commit(tree, ({ logs }) => (logs & bit) !== 0);
  tree.pending = tree.pending.filter(({ zxid }) => epochOf(zxid) >= epoch);
  return changes;
}

function commit(tree: AppTree, is: (pending: Pending) => boolean): readonly TreeChange[] {
  const committed = tree.pending.filter(is);
  if (committed.length === 0) return NOTHING;
  tree.pending = tree.pending.filter((pending) => !is(pending));
  return committed.sort((a, b) => a.zxid - b.zxid).flatMap(({ changes }) => changes);
}
