/**
 * The znode table: absolute path to record, names of children by parent, ephemerals by
 * session, hidden behind few functions. A record is never changed, only replaced; the maps
 * are copied on write (cowMap.ts), so an image of the table is a handful of references.
 *
 * The root has one record, under its inner name ''; '/' names it too.
 *
 * Source: DataTree.java, NodeHashMapImpl.java, DataNode.java.
 */
import { finish, mix, mixNumber, mixText } from '../../base/hash';
import { kindOfOwner } from '../../zk/ephemeralType';
import type { SessionId, Zxid } from '../../zk/ids';
import { NO_SESSION } from '../../zk/ids';
import type { AclEntry } from '../../zk/records';
import type { ChildSet } from './childSet';
import { addName, emptyChildSet, hasName, namesInOrder, ownChildSet, removeName } from './childSet';
import type { CowMap } from './cowMap';
import { deleteKey, emptyMap, forEachKey, getKey, hashKey, ownMap, setKey } from './cowMap';

export interface ZNode {
  readonly data: string | null;
  readonly acl: readonly AclEntry[];
  readonly czxid: Zxid;
  readonly mzxid: Zxid;
  readonly pzxid: Zxid;
  /** ms since 1970. */
  readonly ctime: number;
  readonly mtime: number;
  readonly version: number;
  /** As stored: counts creations of children only. */
  readonly cversion: number;
  readonly aversion: number;
  /** As stored: NO_SESSION for a persistent node; see zk/ephemeralType. */
  readonly ephemeralOwner: SessionId;
  /** What it adds to the digest; set once, when the record enters a table. */
  share: number;
}

export interface NodeTable {
  /** Generation of the writer; see cowMap.ts. */
  gen: number;
  nodes: CowMap<ZNode>;
  /** By path of the parent; absent until the first child. */
  children: CowMap<ChildSet>;
  /** Stored owner to its paths: sessions, and what stands for containers and times to live. */
  ephemerals: CowMap<CowMap<1>>;
  /** Nodes of sessions. */
  ephemeralCount: number;
  /** Nodes with any stored owner. */
  ownedCount: number;
  /** Paths that have a quota. */
  quotas: CowMap<1>;
  /** Sum of the shares of all nodes, modulo 2^32. */
  digest: number;
}

/** What an image keeps: the same table, which nobody writes any more. */
export type TableImage = Readonly<NodeTable>;

export function createTable(): NodeTable {
  return {
    gen: 1,
    nodes: emptyMap(1),
    children: emptyMap(1),
    ephemerals: emptyMap(1),
    ephemeralCount: 0,
    ownedCount: 0,
    quotas: emptyMap(1),
    digest: 0,
  };
}

/** The inner name of a path: '' for the root. */
export function keyOf(path: string): string {
  return path === '/' ? '' : path;
}

/** `path` by its inner name, as everywhere below. */
export function findNode(table: NodeTable, path: string): ZNode | undefined {
  return getKey(table.nodes, path, hashKey(path));
}

/** Puts a record of which no table knows yet, also in place of another, and keeps the ephemerals in step. */
export function putNode(table: NodeTable, path: string, node: ZNode): void {
  const { gen } = table;
  const hash = hashKey(path);
  node.share = shareOf(path, hash, node);
  table.nodes = ownMap(table.nodes, gen);
  const old = setKey(table.nodes, path, hash, node);
  table.digest = (table.digest - (old?.share ?? 0) + node.share) >>> 0;
  const oldOwner = old?.ephemeralOwner ?? NO_SESSION;
  if (oldOwner !== node.ephemeralOwner) {
    if (oldOwner !== NO_SESSION) removeEphemeral(table, oldOwner, path);
    if (node.ephemeralOwner !== NO_SESSION) addEphemeral(table, node.ephemeralOwner, path);
  }
}

/** Removes a record together with the names of its children; false when there is none. */
export function removeNode(table: NodeTable, path: string): boolean {
  const hash = hashKey(path);
  const old = getKey(table.nodes, path, hash);
  if (old === undefined) return false;
  table.nodes = ownMap(table.nodes, table.gen);
  deleteKey(table.nodes, path, hash);
  if (getKey(table.children, path, hash) !== undefined) {
    table.children = ownMap(table.children, table.gen);
    deleteKey(table.children, path, hash);
  }
  table.digest = (table.digest - old.share) >>> 0;
  const owner = old.ephemeralOwner;
  if (owner !== NO_SESSION) removeEphemeral(table, owner, path);
  return true;
}

/** Number of records, the root once. */
export function nodesIn(table: NodeTable): number {
  return table.nodes.count;
}

export function forEachNode(table: NodeTable, visit: (path: string, node: ZNode) => void): void {
  forEachKey(table.nodes, visit);
}

export function hasChild(table: NodeTable, parent: string, name: string): boolean {
  const set = getKey(table.children, parent, hashKey(parent));
  return set !== undefined && hasName(set, name);
}

export function countChildren(table: NodeTable, parent: string): number {
  return getKey(table.children, parent, hashKey(parent))?.names.count ?? 0;
}

/** In the order of a Java HashSet; a new array. */
export function childNames(table: NodeTable, parent: string): string[] {
  const set = getKey(table.children, parent, hashKey(parent));
  return set === undefined ? [] : namesInOrder(set);
}

/** Adds the name of a child that the parent does not have. */
export function addChild(table: NodeTable, parent: string, name: string): void {
  const hash = hashKey(parent);
  const old = getKey(table.children, parent, hash);
  const own = old === undefined ? emptyChildSet(table.gen) : ownChildSet(old, table.gen);
  if (own !== old) {
    table.children = ownMap(table.children, table.gen);
    setKey(table.children, parent, hash, own);
  }
  addName(own, name);
}

/** Removes the name of a child; nothing happens when the parent does not have it. */
export function removeChild(table: NodeTable, parent: string, name: string): void {
  const hash = hashKey(parent);
  const old = getKey(table.children, parent, hash);
  if (old === undefined || !hasName(old, name)) return;
  const own = ownChildSet(old, table.gen);
  if (own !== old) {
    table.children = ownMap(table.children, table.gen);
    setKey(table.children, parent, hash, own);
  }
  removeName(own, name);
}

/** Paths of a session's ephemeral nodes, sorted; a new array. */
export function ephemeralPaths(table: NodeTable, session: SessionId): string[] {
  const paths = getKey(table.ephemerals, session, hashKey(session));
  if (paths === undefined) return [];
  const found: string[] = [];
  forEachKey(paths, (path) => found.push(path));
  return found.sort();
}

/** Number of a session's ephemeral nodes. */
export function countEphemerals(table: NodeTable, session: SessionId): number {
  return getKey(table.ephemerals, session, hashKey(session))?.count ?? 0;
}

/** Sessions that own an ephemeral node, sorted. */
export function ephemeralOwnersIn(table: NodeTable): SessionId[] {
  return ownersIn(table).filter((owner) => kindOfOwner(owner) === 'ephemeral');
}

/** All stored owners, sorted. */
export function ownersIn(table: NodeTable): SessionId[] {
  const found: SessionId[] = [];
  forEachKey(table.ephemerals, (session) => found.push(session as SessionId));
  return found.sort();
}

/** The table as it is now; whatever is written later leaves the image alone. */
export function imageOfTable(table: NodeTable): TableImage {
  const { gen, nodes, children, ephemerals, ephemeralCount, ownedCount, quotas, digest } = table;
  table.gen = gen + 1;
  return { gen, nodes, children, ephemerals, ephemeralCount, ownedCount, quotas, digest };
}

/** A table that begins as the image and shares its buckets; several may begin from one image. */
export function tableOfImage(image: TableImage): NodeTable {
  const { gen, nodes, children, ephemerals, ephemeralCount, ownedCount, quotas, digest } = image;
  return {
    gen: gen + 1,
    nodes,
    children,
    ephemerals,
    ephemeralCount,
    ownedCount,
    quotas,
    digest,
  };
}

function addEphemeral(table: NodeTable, session: SessionId, path: string): void {
  const hash = hashKey(session);
  const old = getKey(table.ephemerals, session, hash);
  const own = old === undefined ? emptyMap<1>(table.gen) : ownMap(old, table.gen);
  if (own !== old) {
    table.ephemerals = ownMap(table.ephemerals, table.gen);
    setKey(table.ephemerals, session, hash, own);
  }
  setKey(own, path, hashKey(path), 1);
  table.ownedCount += 1;
  if (kindOfOwner(session) === 'ephemeral') table.ephemeralCount += 1;
}

function removeEphemeral(table: NodeTable, session: SessionId, path: string): void {
  const hash = hashKey(session);
  const old = getKey(table.ephemerals, session, hash);
  if (old === undefined) return;
  table.ephemerals = ownMap(table.ephemerals, table.gen);
  table.ownedCount -= 1;
  if (kindOfOwner(session) === 'ephemeral') table.ephemeralCount -= 1;
  if (old.count === 1) {
    deleteKey(table.ephemerals, session, hash);
    return;
  }
  const own = ownMap(old, table.gen);
  if (own !== old) setKey(table.ephemerals, session, hash, own);
  deleteKey(own, path, hashKey(path));
}

/** What lies below /zookeeper may differ between servers and counts for nothing. */
function shareOf(path: string, hash: number, node: ZNode): number {
  if (path.startsWith('/zookeeper/')) return 0;
  let h = node.data === null ? mix(hash, 0) : mixText(hash, node.data);
  for (const entry of node.acl) {
    h = mixText(mixText(mix(h, entry.perms), entry.scheme), entry.id);
  }
  h = mixNumber(mixNumber(mixNumber(h, node.czxid), node.mzxid), node.pzxid);
  h = mixNumber(mixNumber(h, node.ctime), node.mtime);
  h = mix(mix(mix(h, node.version), node.cversion), node.aversion);
  if (node.ephemeralOwner !== NO_SESSION) h = mixText(h, node.ephemeralOwner);
  return finish(h);
}
