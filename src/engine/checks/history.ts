/**
 * What each server of an ensemble has in its log and in its tree, as far as the
 * trace tells: the ground under the laws about delivery and durability.
 *
 * Whatever all servers have in both places is forgotten (up to `base`), so the
 * lists stay short in a run where everybody follows.
 */
import type { ZabState } from '../../bridge/frame';
import type { TraceEntry } from '../../bridge/traceEntry';
import type { Sid, Zxid } from '../../zk/ids';
import type { EntryType } from './defineCheck';
import { countUpTo, hasZxid } from './zxidTable';

/** A server this far behind holds no memory any longer; what it catches up with below is taken for granted. */
const WINDOW_MAX = 65536;
/** Forgetting costs a pass over the lists, so it waits for this many. */
const FORGET_EVERY = 1024;

export interface ServerHistory {
  sid: Sid;
  zab: ZabState | undefined;
  /** Txns a restart would find if all that was appended got synced; ascending, above `base`. */
  log: Zxid[];
  /** Txns that the DataTree stands for; ascending, above `base`. */
  tree: Zxid[];
  /**
   * What a snapshot stands for behind the end of the log: a leader with a slow disk has applied what others
   * have logged. Ascending.
   */
  ahead: Zxid[];
  /** Everything in the log up to here survives a crash. */
  durable: Zxid;
  /** It has started and not loaded yet: the next `load` says what survived. */
  isFresh: boolean;
  /** The tree came as a snapshot of the leader that is not on this disk yet. */
  hasUnsavedImage: boolean;
}

export interface History {
  servers: ServerHistory[];
  /** Txns that a leader shipped as a snapshot, by the learner's sid. */
  images: Record<Sid, Zxid[]>;
  base: Zxid;
  sinceForgotten: number;
}

/** A law that follows the history names these too. */
export const HISTORY_TYPES: readonly EntryType[] = [
  'start',
  'zabState',
  'append',
  'fsync',
  'truncate',
  'snapshot',
  'load',
  'apply',
  'syncMode',
  'command',
];

export function initialHistory(sids: readonly Sid[]): History {
  return {
    servers: sids.map((sid) => ({
      sid,
      zab: undefined,
      log: [],
      ahead: [],
      tree: [],
      durable: 0 as Zxid,
      isFresh: true,
      hasUnsavedImage: false,
    })),
    images: {},
    base: 0 as Zxid,
    sinceForgotten: 0,
  };
}

/** Takes one entry of server number `index` into account. */
export function followHistory(history: History, entry: TraceEntry, index: number): void {
  const server = history.servers[index];
  if (server === undefined) return;
  const zxid = entry.zxid as Zxid;
  switch (entry.type) {
    case 'append':
      // An append that failed left nothing behind.
      if (zxid > history.base && entry.err === undefined) server.log.push(zxid);
      return;
    case 'fsync':
      server.durable = zxid;
      return;
    case 'apply':
      if (zxid > history.base) server.tree.push(zxid);
      history.sinceForgotten += 1;
      if (history.sinceForgotten >= FORGET_EVERY) forget(history);
      return;
    case 'start':
      server.zab = undefined;
      server.tree = [];
      server.isFresh = true;
      server.hasUnsavedImage = false;
      return;
    case 'load':
      if (entry.name === 'SNAP') receiveImage(history, server, zxid);
      else if (entry.name === 'fastForward') fastForward(server, zxid);
      // After DIFF it only says where the tree stands, which is known.
      else if (entry.name !== 'DIFF') load(server, zxid);
      return;
    case 'command':
      if (entry.name === 'wipe') {
        server.log = [];
        server.ahead = [];
        server.durable = 0 as Zxid;
      }
      return;
    case 'truncate':
      cut(server.log, zxid);
      cut(server.ahead, zxid);
      cut(server.tree, zxid);
      if (server.durable > zxid) server.durable = zxid;
      return;
    case 'snapshot':
      // A learner's at NEWLEADER: it stands for what came without being logged, by SNAP or behind TRUNC.
      if (entry.name === 'durable') {
        server.log = [...server.tree];
        server.durable = zxid;
        server.hasUnsavedImage = false;
      } else if (zxid > (server.log.at(-1) ?? history.base)) {
        server.ahead = server.tree.slice(0, countUpTo(server.tree, zxid));
      }
      return;
    case 'zabState':
      server.zab = entry.name as ZabState;
      return;
    case 'syncMode':
      if (entry.name === 'SNAP' && entry.sid !== undefined) {
        history.images[entry.sid] = [...server.tree];
      }
      return;
    default:
      return;
  }
}

function receiveImage(history: History, server: ServerHistory, zxid: Zxid): void {
  const image = history.images[server.sid] ?? [];
  delete history.images[server.sid];
  server.tree = image.slice(countUpTo(image, history.base), countUpTo(image, zxid));
  server.hasUnsavedImage = true;
}

function load(server: ServerHistory, zxid: Zxid): void {
  if (server.isFresh) {
    cut(server.log, zxid);
    const last = server.log.at(-1) ?? 0;
    for (const ahead of server.ahead) if (ahead > last && ahead <= zxid) server.log.push(ahead);
    // What a restart finds is on the disk, whether or not its fsync had been reported.
    server.durable = zxid;
    server.isFresh = false;
  }
  server.tree = server.log.slice(0, countUpTo(server.log, zxid));
}

/**
 * A role ends: the tree catches up with the log. One that a snapshot was still replacing, or that
 * was ahead of a log that failed, is loaded anew.
 */
function fastForward(server: ServerHistory, zxid: Zxid): void {
  const applied = server.tree.at(-1) ?? 0;
  if (server.hasUnsavedImage || applied > zxid) {
    server.hasUnsavedImage = false;
    server.tree = [...server.log];
    return;
  }
  for (let i = countUpTo(server.log, applied as Zxid); i < server.log.length; i += 1) {
    server.tree.push(server.log[i] as Zxid);
  }
}

function cut(zxids: Zxid[], last: Zxid): void {
  const keep = countUpTo(zxids, last);
  if (keep < zxids.length) zxids.length = keep;
}

function forget(history: History): void {
  history.sinceForgotten = 0;
  let everybody = Number.POSITIVE_INFINITY;
  let newest = history.base as number;
  for (const { log, tree } of history.servers) {
    everybody = Math.min(everybody, log.at(-1) ?? history.base, tree.at(-1) ?? history.base);
    newest = Math.max(newest, tree.at(-1) ?? 0);
  }
  const longest = history.servers.reduce((a, b) => (b.tree.length > a.tree.length ? b : a)).tree;
  const forced = longest[longest.length - WINDOW_MAX] ?? history.base;
  const base = Math.max(everybody, forced) as Zxid;
  if (base <= history.base) return;
  history.base = base;
  for (const server of history.servers) {
    server.log.splice(0, countUpTo(server.log, base));
    server.ahead.splice(0, countUpTo(server.ahead, base));
    server.tree.splice(0, countUpTo(server.tree, base));
  }
}

/** Server `server` has `zxid` in its log, and an fsync covers it. */
export function isDurable(history: History, server: ServerHistory, zxid: Zxid): boolean {
  if (server.durable < zxid) return false;
  return zxid <= history.base || hasZxid(server.log, zxid);
}
