/**
 * What a server remembers across its roles: sessions, the tree, and the newest committed
 * proposals to synchronise learners with.
 *
 * Source: ZKDatabase.java, ZooKeeperServer.processTxn.
 */
import type { SessionId, Zxid } from '../../zk/ids';
import { ZXID_ZERO } from '../../zk/ids';
import type { SnapshotImage } from '../../zk/packets';
import type { LoggedTxn, ProcessTxnResult } from '../../zk/records';
import type { DataTree, TreeImage } from './dataTree';
import { createDataTree, imageOfTree, listNodes, processTxn, treeOfImage } from './dataTree';
import { setupQuota } from './quota';
import type { OnChange } from './txnRules';

export interface ZKDatabase {
  tree: DataTree;
  /** Session id to its timeout in ms. */
  sessions: Record<string, number>;
  /**
   * Oldest first. May hold more at its beginning than the window of the newest
   * committedLogMax + 1: trimming in large steps keeps an append cheap. Read it through
   * `committedWindow` and its companions only.
   */
  committedLog: LoggedTxn[];
  /** `commitLogCount`; the window is one larger, as in 3.8.0. */
  committedLogMax: number;
}

/** Paths that a snapshot names for whoever looks. */
const IMAGE_PATHS_MAX = 100;

export function createDatabase(committedLogMax: number): ZKDatabase {
  return { tree: createDataTree(), sessions: {}, committedLog: [], committedLogMax };
}

/**
 * Applies one committed txn: sessions first, then the tree, so that no image holds the
 * effect of a session on the tree without the session. `quorum`: it is one that a learner
 * may ask for later (all but those of local sessions). `onChange` hears what a watch may tell.
 */
export function applyTxn(
  db: ZKDatabase,
  entry: LoggedTxn,
  quorum = true,
  onChange?: OnChange,
): ProcessTxnResult {
  const { hdr, txn } = entry;
  if (txn.type === 'createSession') db.sessions[hdr.clientId] = txn.timeOut;
  else if (txn.type === 'closeSession') delete db.sessions[hdr.clientId];
  const result = processTxn(db.tree, entry, onChange);
  if (quorum) addCommitted(db, entry);
  return result;
}

/** Zxid of the oldest proposal in the window; 0 when it is empty. */
export function minCommittedLog(db: ZKDatabase): Zxid {
  return db.committedLog[windowStart(db)]?.hdr.zxid ?? ZXID_ZERO;
}

/** Zxid of the newest proposal in the window; 0 when it is empty. */
export function maxCommittedLog(db: ZKDatabase): Zxid {
  return db.committedLog.at(-1)?.hdr.zxid ?? ZXID_ZERO;
}

/** The newest committedLogMax + 1 proposals, oldest first; a new array. */
export function committedWindow(db: ZKDatabase): LoggedTxn[] {
  return db.committedLog.slice(windowStart(db));
}

/** Those of the window with a larger zxid, oldest first; a new array. */
export function committedSince(db: ZKDatabase, zxid: Zxid): LoggedTxn[] {
  const start = windowStart(db);
  let from = db.committedLog.length;
  while (from > start && (db.committedLog[from - 1] as LoggedTxn).hdr.zxid > zxid) from -= 1;
  return db.committedLog.slice(from);
}

/** Back to the empty tree, without sessions and proposals. */
export function clearDatabase(db: ZKDatabase): void {
  db.tree = createDataTree();
  db.sessions = {};
  db.committedLog = [];
}

/** All that a snapshot holds, as it is now; shares the nodes, so it costs little. */
export function imageOf(db: ZKDatabase): SnapshotImage {
  const sessions: Record<SessionId, number> = {};
  for (const id of Object.keys(db.sessions)) sessions[id as SessionId] = db.sessions[id] as number;
  const nodes = imageOfTree(db.tree);
  const paths = listNodes(db.tree, IMAGE_PATHS_MAX).map(({ path }) => (path === '/' ? '' : path));
  return { zxid: db.tree.lastProcessedZxid, sessions, nodes, paths };
}

/** Takes over an image in place of everything; the committed proposals are forgotten. */
export function restoreImage(db: ZKDatabase, image: SnapshotImage): void {
  db.tree = treeOfImage(image.nodes as TreeImage);
  db.tree.lastProcessedZxid = image.zxid;
  setupQuota(db.tree.table);
  db.sessions = {};
  for (const [id, timeout] of Object.entries(image.sessions)) db.sessions[id] = timeout as number;
  db.committedLog = [];
}

export function lastProcessedZxid(db: ZKDatabase): Zxid {
  return db.tree.lastProcessedZxid;
}

/** For what is no txn: a new epoch, a truncation, a snapshot from the leader. */
export function setLastProcessedZxid(db: ZKDatabase, zxid: Zxid): void {
  db.tree.lastProcessedZxid = zxid;
}

function windowStart(db: ZKDatabase): number {
  return Math.max(0, db.committedLog.length - db.committedLogMax - 1);
}

function addCommitted(db: ZKDatabase, entry: LoggedTxn): void {
  db.committedLog.push(entry);
  const window = db.committedLogMax + 1;
  if (db.committedLog.length >= 2 * window + 64) {
    db.committedLog = db.committedLog.slice(-window);
  }
}
