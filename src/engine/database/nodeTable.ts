/**
 * The znode table: absolute path to record, names of children by parent, ephemerals by
 * session, hidden behind few functions. A record is never changed, only replaced; the maps
 * are copied on write (cowMap.ts), so an image of the table is a handful of references.
 *
 * The root has one record, under its inner name ''; '/' names it too.
 *
 * Source: DataTree.java, NodeHashMapImpl.java, DataNode.java.
 */
import { capacityOfClone } from '../../base/javaHash';
import { kindOfOwner } from '../../zk/ephemeralType';
import type { SessionId } from '../../zk/ids';
import { NO_SESSION } from '../../zk/ids';
import type { ChildSet } from './childSet';
import {
  addName,
  capacityOfSet,
  emptyChildSet,
  forEachName,
  hasName,
  inHashOrder,
  namesInOrder,
  ownChildSet,
  removeName,
} from './childSet';
import type { CowMap } from './cowMap';
import { deleteKey, emptyMap, forEachKey, getKey, hashKey, ownMap, setKey } from './cowMap';
import {
  FIRST_MAX,
  type FirstPaths,
  findFirst,
  noPaths,
  withoutPath,
  withPath,
} from './firstPaths';
import { weigh } from './weigh';
import type { ZNode } from './znode';

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
  /** Another object after each creation and removal: one object, one set of paths, in all tables that were one. */
  pathSet: { readonly changes: number };
  first: FirstPaths;
  /** Sum of the digests of all nodes: exact below 2^21 nodes, where it cannot reach 2^53. */
  digest: number;
  /** Sum of the shares of all nodes, modulo 2^32. */
  shares: number;
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
    pathSet: { changes: 0 },
    first: noPaths(1),
    digest: 0,
    shares: 0,
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
  weigh(path, hash, node);
  table.nodes = ownMap(table.nodes, gen);
  const old = setKey(table.nodes, path, hash, node);
  table.digest += (node.crc >>> 0) - (old === undefined ? 0 : old.crc >>> 0);
  table.shares = (table.shares + node.share - (old === undefined ? 0 : old.share)) >>> 0;
  if (old === undefined) {
    table.pathSet = { changes: table.pathSet.changes + 1 };
    table.first = withPath(table.first, gen, path);
  }
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
  table.pathSet = { changes: table.pathSet.changes + 1 };
  table.first = withoutPath(table.first, table.gen, path) ?? allFirst(table, FIRST_MAX);
  table.digest -= old.crc >>> 0;
  table.shares = (table.shares - old.share) >>> 0;
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

/** The first `max` paths by their inner names in code unit order; a new array. */
export function firstPaths(table: NodeTable, max: number): string[] {
  const { first } = table;
  const isEnough = first.isAll || max <= FIRST_MAX;
  return (isEnough ? first : allFirst(table, max)).paths.slice(0, max);
}

function allFirst(table: NodeTable, max: number): FirstPaths {
  return findFirst((visit) => forEachNode(table, visit), table.gen, max);
}

export function hasChild(table: NodeTable, parent: string, name: string): boolean {
  const set = getKey(table.children, parent, hashKey(parent));
  return set !== undefined && hasName(set, name);
}

export function countChildren(table: NodeTable, parent: string): number {
  return getKey(table.children, parent, hashKey(parent))?.names.count ?? 0;
}

/** Names of the children, in no order. */
export function forEachChild(
  table: NodeTable,
  parent: string,
  visit: (name: string) => void,
): void {
  const set = getKey(table.children, parent, hashKey(parent));
  if (set !== undefined) forEachName(set, visit);
}

/** In the order of a Java HashSet; a new array. */
export function childNames(table: NodeTable, parent: string): string[] {
  const set = getKey(table.children, parent, hashKey(parent));
  return set === undefined ? [] : namesInOrder(set);
}

/** Nodes below a path. */
export function countDescendants(table: NodeTable, path: string): number {
  let count = 0;
  const todo = [path];
  for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
    const parent = at;
    const set = getKey(table.children, parent, hashKey(parent));
    if (set === undefined) continue;
    count += set.names.count;
    forEachName(set, (name) => todo.push(`${parent}/${name}`));
  }
  return count;
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

/**
 * Paths of an owner's nodes, in the order in which the clone of a HashSet of them would name
 * them, as far as that follows from the paths alone; a new array.
 *
 * Source: DataTree.getEphemerals.
 */
export function ephemeralPaths(table: NodeTable, owner: SessionId): string[] {
  const paths = getKey(table.ephemerals, owner, hashKey(owner));
  if (paths === undefined) return [];
  const found: string[] = [];
  forEachKey(paths, (path) => found.push(path));
  // Those that share a bin of the set itself go by insertion there, which nobody keeps here.
  const inSet = inHashOrder(found.sort(), capacityOfSet(found.length));
  return inHashOrder(inSet, capacityOfClone(found.length));
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
  const image = { ...table };
  table.gen += 1;
  return image;
}

/** A table that begins as the image and shares its buckets; several may begin from one image. */
export function tableOfImage(image: TableImage): NodeTable {
  return { ...image, gen: image.gen + 1 };
}

/** A second table of the same content; both may be written from now on, and neither sees it of the other. */
export function forkTable(table: NodeTable): NodeTable {
  return tableOfImage(imageOfTable(table));
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
