/**
 * The tree of znodes and how a txn changes it.
 *
 * A txn carries results, not wishes (new version, parent's new cversion), and each rule
 * here is "raise, never lower": a log that is replayed over a tree which holds part of it
 * already ends in the same tree.
 *
 * Source: DataTree.java (createNode, deleteNode, setData, killSession, processTxn),
 * DataNode.copyStat.
 * Left out: ACL cache (a node holds its list), quotas, watches, container and TTL nodes.
 */
import { unreachable } from '../../base/assert';
import type { ErrorName } from '../../zk/errorCode';
import type { SessionId, Zxid } from '../../zk/ids';
import { NO_SESSION, ZXID_ZERO } from '../../zk/ids';
import { nameOf, parentOf } from '../../zk/paths';
import type { AclEntry, LoggedTxn, ProcessTxnResult, Stat, TxnHeader } from '../../zk/records';
import { OPEN_ACL } from '../../zk/records';
import type { NodeTable, TableImage, ZNode } from './nodeTable';
import {
  addChild,
  childNames,
  countChildren,
  countEphemerals,
  createTable,
  ephemeralOwnersIn,
  ephemeralPaths,
  findNode,
  forEachNode,
  hasChild,
  imageOfTable,
  keyOf,
  nodesIn,
  putNode,
  removeChild,
  removeNode,
  tableOfImage,
} from './nodeTable';

export type { ZNode } from './nodeTable';

export interface DataTree {
  table: NodeTable;
  /** Moves forward only, after the whole txn is applied. */
  lastProcessedZxid: Zxid;
}

/** A tree without its buckets' writer: shared by snapshots and by trees that began from it. */
export interface TreeImage {
  readonly table: TableImage;
  readonly lastProcessedZxid: Zxid;
}

const CONFIG_PATH = '/zookeeper/config';
const READ_ACL: readonly AclEntry[] = [{ perms: 1, scheme: 'world', id: 'anyone' }];

/** The tree of an empty server: the root and the three system nodes, all zxids and times 0. */
export function createDataTree(): DataTree {
  const tree: DataTree = { table: createTable(), lastProcessedZxid: ZXID_ZERO };
  putSystemNode(tree.table, '', OPEN_ACL, 0);
  putSystemNode(tree.table, '/zookeeper', OPEN_ACL, 0);
  putSystemNode(tree.table, '/zookeeper/config', READ_ACL, -1);
  putSystemNode(tree.table, '/zookeeper/quota', OPEN_ACL, 0);
  return tree;
}

/** '/' and '' are the root. The record is never changed, so it may be kept. */
export function getNode(tree: DataTree, path: string): ZNode | undefined {
  return findNode(tree.table, keyOf(path));
}

export function childCount(tree: DataTree, path: string): number {
  return countChildren(tree.table, keyOf(path));
}

/** Names of the children in the order of the wire (a Java HashSet's); a new array. */
export function childrenOf(tree: DataTree, path: string): string[] {
  return childNames(tree.table, keyOf(path));
}

/** The stat as a client sees it: cversion counts creations and deletions. */
export function statOf(tree: DataTree, path: string): Stat | undefined {
  const key = keyOf(path);
  const node = findNode(tree.table, key);
  return node === undefined ? undefined : copyStat(node, countChildren(tree.table, key));
}

/**
 * Applies one txn. NONODE and NODEEXISTS can only come from a replay over a newer tree;
 * the caller ignores them then. `stat` is set for create2 and setData alone.
 */
export function processTxn(tree: DataTree, entry: LoggedTxn): ProcessTxnResult {
  const { hdr } = entry;
  const result = applyTo(tree.table, entry);
  if (hdr.zxid > tree.lastProcessedZxid) tree.lastProcessedZxid = hdr.zxid;
  return result;
}

/**
 * Removes the ephemeral nodes of a session: those listed, then what it owns besides.
 * Returns the paths that were there, in the order of removal. Without a list it is what a
 * new leader does, locally, to the sessions that have no timeout.
 */
export function killSession(
  tree: DataTree,
  session: SessionId,
  zxid: Zxid,
  paths2Delete: readonly string[] = [],
): string[] {
  return killSessionIn(tree.table, session, zxid, paths2Delete);
}

/** Paths of the ephemeral nodes that a session owns, sorted; a new array. */
export function ephemeralsOf(tree: DataTree, session: SessionId): string[] {
  return ephemeralPaths(tree.table, session);
}

/** Number of ephemeral nodes: of one session, or of all. */
export function ephemeralCount(tree: DataTree, session?: SessionId): number {
  return session === undefined ? tree.table.ephemeralCount : countEphemerals(tree.table, session);
}

/** Sessions that own an ephemeral node, sorted. */
export function ephemeralOwners(tree: DataTree): SessionId[] {
  return ephemeralOwnersIn(tree.table);
}

/** As `srvr` reports it: the root counts twice, so an empty tree has 5. */
export function nodeCount(tree: DataTree): number {
  return nodesIn(tree.table) + 1;
}

/**
 * The membership text, which each member of an ensemble sets by itself: version -1,
 * mzxid = version of the configuration, mtime = local clock in ms.
 *
 * Source: ZKDatabase.initConfigInZKDatabase.
 */
export function setConfigNode(
  tree: DataTree,
  data: string,
  version: Zxid = ZXID_ZERO,
  mtime = 0,
): void {
  const old = findNode(tree.table, CONFIG_PATH);
  if (old !== undefined) putNode(tree.table, CONFIG_PATH, withData(old, data, -1, version, mtime));
}

/** 32 bits that depend on every node outside of /zookeeper/; kept up to date by each write. */
export function treeDigestLike(tree: DataTree): number {
  return tree.table.digest;
}

/** The first `max` nodes by path in code unit order; the root comes first, as '/'. */
export function listNodes(tree: DataTree, max: number): { path: string; node: ZNode }[] {
  return firstPaths(tree.table, max).map((path) => ({
    path: path === '' ? '/' : path,
    node: findNode(tree.table, path) as ZNode,
  }));
}

/** The tree as it is now; shares all nodes, and later writes leave it alone. */
export function imageOfTree(tree: DataTree): TreeImage {
  return { table: imageOfTable(tree.table), lastProcessedZxid: tree.lastProcessedZxid };
}

export function treeOfImage(image: TreeImage): DataTree {
  return { table: tableOfImage(image.table), lastProcessedZxid: image.lastProcessedZxid };
}

function putSystemNode(
  table: NodeTable,
  path: string,
  acl: readonly AclEntry[],
  aversion: number,
): void {
  putNode(table, path, {
    data: '',
    acl,
    czxid: ZXID_ZERO,
    mzxid: ZXID_ZERO,
    pzxid: ZXID_ZERO,
    ctime: 0,
    mtime: 0,
    version: 0,
    cversion: 0,
    aversion,
    ephemeralOwner: NO_SESSION,
  });
  if (path !== '') addChild(table, parentOf(path), nameOf(path));
}

function copyStat(node: ZNode, numChildren: number): Stat {
  return {
    czxid: node.czxid,
    mzxid: node.mzxid,
    ctime: node.ctime,
    mtime: node.mtime,
    version: node.version,
    // Every child was created once, and those that are gone were deleted once.
    cversion: (node.cversion * 2 - numChildren) | 0,
    aversion: node.aversion,
    ephemeralOwner: node.ephemeralOwner,
    dataLength: node.data === null ? 0 : node.data.length,
    numChildren,
    pzxid: node.pzxid,
  };
}

function applyTo(table: NodeTable, { hdr, txn }: LoggedTxn): ProcessTxnResult {
  switch (txn.type) {
    case 'create':
    case 'create2': {
      const owner = txn.ephemeral ? hdr.clientId : NO_SESSION;
      const err = createNode(table, hdr, txn.path, txn.data, txn.acl, owner, txn.parentCVersion);
      if (err !== 'OK' || txn.type === 'create') return { err, path: txn.path };
      const node = findNode(table, txn.path) as ZNode;
      return { err, path: txn.path, stat: copyStat(node, countChildren(table, txn.path)) };
    }
    case 'delete':
      return { err: deleteNode(table, txn.path, hdr.zxid), path: txn.path };
    case 'setData': {
      const key = keyOf(txn.path);
      const old = findNode(table, key);
      if (old === undefined) return { err: 'NONODE', path: txn.path };
      const node = withData(old, txn.data, txn.version, hdr.zxid, hdr.time);
      putNode(table, key, node);
      return { err: 'OK', path: txn.path, stat: copyStat(node, countChildren(table, key)) };
    }
    case 'closeSession':
      killSessionIn(table, hdr.clientId, hdr.zxid, txn.paths2Delete);
      return { err: 'OK' };
    case 'createSession':
      return { err: 'OK' };
    case 'error':
      return { err: txn.err };
    default:
      return unreachable(txn);
  }
}

function createNode(
  table: NodeTable,
  hdr: TxnHeader,
  path: string,
  data: string | null,
  acl: readonly AclEntry[],
  ephemeralOwner: SessionId,
  parentCVersion: number,
): ErrorName {
  const { zxid, time } = hdr;
  const parentPath = parentOf(path);
  const name = nameOf(path);
  const parent = findNode(table, parentPath);
  if (parent === undefined) return 'NONODE';
  // A replay must lift the parent even when the child is there already: the tree may have
  // got the child from a snapshot that was taken before the parent was raised.
  raiseCVersion(table, parentPath, parent, parentCVersion, zxid);
  if (hasChild(table, parentPath, name)) return 'NODEEXISTS';
  addChild(table, parentPath, name);
  putNode(table, path, {
    data,
    acl,
    czxid: zxid,
    mzxid: zxid,
    pzxid: zxid,
    ctime: time,
    mtime: time,
    version: 0,
    cversion: 0,
    aversion: 0,
    ephemeralOwner,
  });
  return 'OK';
}

/** -1 asks for one more than there is: what the oldest logs mean. */
function raiseCVersion(
  table: NodeTable,
  path: string,
  node: ZNode,
  cversionAsked: number,
  zxid: Zxid,
): void {
  const cversion = cversionAsked === -1 ? (node.cversion + 1) | 0 : cversionAsked;
  if (cversion > node.cversion) putNode(table, path, withChildren(node, cversion, zxid));
}

function deleteNode(table: NodeTable, path: string, zxid: Zxid): ErrorName {
  const parentPath = parentOf(path);
  const parent = findNode(table, parentPath);
  if (parent === undefined) return 'NONODE';
  // The parent's pzxid moves even when the node is gone: a replay over a snapshot that was
  // taken between the two must not lose it.
  removeChild(table, parentPath, nameOf(path));
  if (zxid > parent.pzxid) putNode(table, parentPath, withChildren(parent, parent.cversion, zxid));
  return removeNode(table, path) ? 'OK' : 'NONODE';
}

function killSessionIn(
  table: NodeTable,
  session: SessionId,
  zxid: Zxid,
  paths2Delete: readonly string[],
): string[] {
  const removed: string[] = [];
  for (const path of paths2Delete) {
    if (deleteNode(table, path, zxid) === 'OK') removed.push(path);
  }
  for (const path of ephemeralPaths(table, session)) {
    if (deleteNode(table, path, zxid) === 'OK') removed.push(path);
  }
  return removed;
}

function withChildren(node: ZNode, cversion: number, pzxid: Zxid): ZNode {
  return {
    data: node.data,
    acl: node.acl,
    czxid: node.czxid,
    mzxid: node.mzxid,
    pzxid,
    ctime: node.ctime,
    mtime: node.mtime,
    version: node.version,
    cversion,
    aversion: node.aversion,
    ephemeralOwner: node.ephemeralOwner,
  };
}

function withData(
  node: ZNode,
  data: string | null,
  version: number,
  mzxid: Zxid,
  mtime: number,
): ZNode {
  return {
    data,
    acl: node.acl,
    czxid: node.czxid,
    mzxid,
    pzxid: node.pzxid,
    ctime: node.ctime,
    mtime,
    version,
    cversion: node.cversion,
    aversion: node.aversion,
    ephemeralOwner: node.ephemeralOwner,
  };
}

/** Takes all paths of a small tree; of a large one, drops what cannot be among the first. */
function firstPaths(table: NodeTable, max: number): string[] {
  let found: string[] = [];
  let last: string | undefined;
  forEachNode(table, (path) => {
    if (last !== undefined && path > last) return;
    found.push(path);
    if (found.length < 2 * max + 1000) return;
    found = found.sort().slice(0, max);
    last = found[max - 1];
  });
  return found.sort().slice(0, max);
}
