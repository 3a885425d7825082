/**
 * Quotas: a limit on the nodes and bytes below a path, kept in two nodes below /zookeeper/quota.
 * What is there is counted when a txn is applied, by every server for itself; what would be too
 * much is refused by Prep, which looks at the count of what is applied and nothing else.
 *
 * Source: Quotas.java, StatsTrack.java, PathTrie.java, DataTree.java (updateQuotaStat,
 * updateQuotaForPath), ZooKeeperServer.checkQuota.
 */
import type { ErrorName } from '../../zk/errorCode';
import { parentOf } from '../../zk/paths';
import { deleteKey, forEachKey, getKey, hashKey, ownMap, setKey } from './cowMap';
import type { NodeTable } from './nodeTable';
import { childNames, findNode, putNode } from './nodeTable';
import type { ZNode } from './znode';

const QUOTA_ROOT = '/zookeeper/quota';
const LIMIT_NODE = '/zookeeper_limits';
const STAT_NODE = '/zookeeper_stats';

/** Numbers by key, each key once. */
type StatsTrack = readonly (readonly [key: string, value: number])[];

/** A node came into being: it may be (part of) a quota, and it may count for one. */
export function noteCreated(table: NodeTable, path: string, dataLength: number): void {
  const limited = limitedBy(path, LIMIT_NODE);
  if (limited !== undefined) {
    table.quotas = ownMap(table.quotas, table.gen);
    setKey(table.quotas, limited, hashKey(limited), 1);
  }
  const counted = limitedBy(path, STAT_NODE);
  if (counted !== undefined) countAnew(table, counted);
  accountFor(table, path, dataLength, 1);
}

export function noteDeleted(table: NodeTable, path: string, dataLength: number): void {
  const limited = limitedBy(path, LIMIT_NODE);
  if (limited !== undefined) {
    table.quotas = ownMap(table.quotas, table.gen);
    deleteKey(table.quotas, limited, hashKey(limited));
  }
  accountFor(table, path, -dataLength, -1);
}

/** The path that a node of this name is about; undefined: it is no such node. The root has no quota. */
function limitedBy(path: string, name: string): string | undefined {
  if (!path.startsWith(QUOTA_ROOT) || !path.endsWith(name)) return undefined;
  const limited = path.slice(QUOTA_ROOT.length, -name.length);
  return limited.startsWith('/') ? limited : undefined;
}

/** Data or nodes came or went at a path: its quota's count follows, without a trace in any stat. */
export function accountFor(
  table: NodeTable,
  path: string,
  bytesDiff: number,
  countDiff: number,
): void {
  const prefix = prefixWithQuota(table, path);
  if (prefix === undefined) return;
  const statPath = QUOTA_ROOT + prefix + STAT_NODE;
  const node = findNode(table, statPath);
  if (node === undefined) return;
  const stats = parseStats(node.data);
  // Differs: the original's thread dies of a text that nobody can read; it is left as it is.
  if (stats === undefined) return;
  const count = statOf(stats, 'count') + countDiff;
  const bytes = statOf(stats, 'bytes') + bytesDiff;
  putNode(table, statPath, withText(node, statsText(count, bytes, stats)));
}

/** The deepest path at or above this one that has a quota. */
function prefixWithQuota(table: NodeTable, path: string): string | undefined {
  if (table.quotas.count === 0) return undefined;
  for (let at = path; at !== ''; at = parentOf(at)) {
    if (at === '/') return undefined;
    if (getKey(table.quotas, at, hashKey(at)) !== undefined) return at;
  }
  return undefined;
}

function countAnew(table: NodeTable, path: string): void {
  const statPath = QUOTA_ROOT + path + STAT_NODE;
  const node = findNode(table, statPath);
  if (node === undefined) return;
  let count = 0;
  let bytes = 0;
  const todo = [path];
  for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
    const found = findNode(table, at);
    if (found === undefined) continue;
    count += 1;
    bytes += found.data === null ? 0 : found.data.length;
    for (const name of childNames(table, at)) todo.push(`${at}/${name}`);
  }
  putNode(table, statPath, withText(node, statsText(count, bytes, [])));
}

/** All quotas are counted anew: what the original does with the tree of a snapshot. */
export function setupQuota(table: NodeTable): void {
  const paths: string[] = [];
  forEachKey(table.quotas, (path) => paths.push(path));
  for (const path of paths.sort()) countAnew(table, path);
}

/** In place: no version, no zxid, no time changes. */
function withText(node: ZNode, data: string): ZNode {
  return { ...node, data, head: -1 };
}

/** The first two keys first, then the others by name. Source: StatsTrack.toString. */
function statsText(count: number, bytes: number, stats: StatsTrack): string {
  const more = stats
    .filter(([key]) => key !== 'count' && key !== 'bytes')
    .map(([key, value]) => `${key}=${value}`)
    .sort();
  const text = `count=${count},bytes=${bytes}`;
  // The further equals sign keeps servers without hard limits from reading on.
  return more.length === 0 ? text : `${text}=;${more.join(';')}`;
}

/** Undefined: this is no such text. */
function parseStats(data: string | null): StatsTrack | undefined {
  const stats = new Map<string, number>();
  if (data === null || data === '') return [];
  for (const piece of data.split(/[,;]+/)) {
    const [key, value] = piece.split('=');
    if (key === undefined || value === undefined) return undefined;
    if (value !== '' && !/^[+-]?\d+$/.test(value)) return undefined;
    stats.set(key, value === '' ? -1 : Number(value));
  }
  return [...stats];
}

/** -1: not set. */
function statOf(stats: StatsTrack, wanted: string): number {
  return stats.find(([key]) => key === wanted)?.[1] ?? -1;
}

/**
 * Whether so much more at a path is too much by a hard limit; over a soft one nothing happens.
 * MARSHALLINGERROR: the quota's own text cannot be read.
 */
export function checkQuotaIn(
  table: NodeTable,
  path: string,
  bytesDiff: number,
  countDiff: number,
): ErrorName | undefined {
  const prefix = prefixWithQuota(table, path);
  if (prefix === undefined) return undefined;
  const limitNode = findNode(table, QUOTA_ROOT + prefix + LIMIT_NODE);
  const statNode = findNode(table, QUOTA_ROOT + prefix + STAT_NODE);
  if (limitNode === undefined || statNode === undefined) return undefined;
  const limits = parseStats(limitNode.data);
  const stats = parseStats(statNode.data);
  if (limits === undefined || stats === undefined) return 'MARSHALLINGERROR';
  const countMax = statOf(limits, 'countHardLimit');
  const bytesMax = statOf(limits, 'byteHardLimit');
  const isExceeded =
    (countDiff !== 0 && countMax > -1 && statOf(stats, 'count') + countDiff > countMax) ||
    (bytesDiff !== 0 && bytesMax > -1 && statOf(stats, 'bytes') + bytesDiff > bytesMax);
  return isExceeded ? 'QUOTAEXCEEDED' : undefined;
}
