/**
 * The tree of znodes: what is asked of it, and its images. How a txn changes it stands in
 * txnRules.ts.
 *
 * Source: DataTree.java, DataNode.copyStat.
 * Left out: ACL cache (a node holds its list).
 */
import type { ErrorName } from '../../zk/errorCode';
import type { SessionId, Zxid } from '../../zk/ids';
import { NO_SESSION, ZXID_ZERO } from '../../zk/ids';
import { nameOf, parentOf } from '../../zk/paths';
import type { AclEntry, LoggedTxn, ProcessTxnResult, Stat } from '../../zk/records';
import { OPEN_ACL } from '../../zk/records';
import type { NodeTable, TableImage } from './nodeTable';
import {
  addChild,
  childNames,
  countChildren,
  countDescendants,
  countEphemerals,
  createTable,
  ephemeralOwnersIn,
  ephemeralPaths,
  findNode,
  firstPaths,
  forEachNode,
  imageOfTable,
  keyOf,
  nodesIn,
  putNode,
  tableOfImage,
} from './nodeTable';
import { checkQuotaIn } from './quota';
import { applyToTable, copyStat, killSessionIn, type OnChange } from './txnRules';
import type { ZNode } from './znode';
import { newNode, withData } from './znode';

export type { ZNode } from './znode';

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
 * the caller ignores them then. `stat` is set for what answers with one; `results` for a multi.
 */
export function processTxn(
  tree: DataTree,
  entry: LoggedTxn,
  onChange?: OnChange,
): ProcessTxnResult {
  const { hdr } = entry;
  const result = applyToTable(tree.table, entry, onChange);
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

/**
 * Paths of the ephemeral nodes that a session owns and that begin with `prefix` (text, not a
 * path; null, blank and '/' mean all), in the order of the wire (a Java HashSet's); a new array.
 *
 * Source: FinalRequestProcessor (getEphemerals).
 */
export function ephemeralsOf(
  tree: DataTree,
  session: SessionId,
  prefix: string | null = null,
): string[] {
  const all = ephemeralPaths(tree.table, session);
  const wanted = prefix === null ? '' : prefix.trim();
  if (prefix === null || wanted === '' || wanted === '/') return all;
  return all.filter((path) => path.startsWith(prefix));
}

/**
 * Descendants of a path, as the original counts them: the keys that begin with the path and a
 * slash. Of '/' all nodes but itself; of '', which only a raw request can name, '/' too.
 */
export function getAllChildrenNumber(tree: DataTree, path: string): number {
  if (path === '/') return nodesIn(tree.table) - 1;
  return path === '' ? nodesIn(tree.table) : countDescendants(tree.table, path);
}

/** Bytes of all paths and data; '/' and the root's inner name are two keys of the original. */
export function approximateDataSize(tree: DataTree): number {
  let bytes = 0;
  forEachNode(tree.table, (path, node) => {
    const data = node.data === null ? 0 : node.data.length;
    bytes += path.length + data;
    if (path === '') bytes += 1 + data;
  });
  return bytes;
}

/** QUOTAEXCEEDED: so much more data, or so many more nodes, at a path is over a hard limit. */
export function checkQuota(
  tree: DataTree,
  path: string,
  bytesDiff: number,
  countDiff: number,
): ErrorName | undefined {
  return checkQuotaIn(tree.table, path, bytesDiff, countDiff);
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

/**
 * ZooKeeper's digest of the tree (version 2), kept up to date by each write: modulo 2^64 in
 * the original, an exact integer here as long as there are fewer than 2^21 nodes.
 *
 * Source: DataTree.getTreeDigest.
 */
export function digestOf(tree: DataTree): number {
  return tree.table.digest;
}

/** 32 bits that depend on every node outside of /zookeeper/, its ACL too; kept up to date by each write. */
export function treeDigestLike(tree: DataTree): number {
  return tree.table.shares;
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
  const node = newNode('', acl, NO_SESSION, ZXID_ZERO, 0);
  putNode(table, path, { ...node, aversion });
  if (path !== '') addChild(table, parentOf(path), nameOf(path));
}
