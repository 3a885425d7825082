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
import { deleteKey, getKey, hashKey, ownMap, setKey } from './cowMap';
import type { NodeTable, ZNode } from './nodeTable';
import { childNames, findNode, putNode } from './nodeTable';

const QUOTA_ROOT = '/zookeeper/quota';
const LIMIT_NODE = '/zookeeper_limits';
const STAT_NODE = '/zookeeper_stats';

/** By their keys; -1: not set. */
interface StatsTrack {
  count: number;
  bytes: number;
  countHardLimit: number;
  byteHardLimit: number;
}

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
  const { count, bytes } = tracked(node);
  setStats(table, statPath, node, count + countDiff, bytes + bytesDiff);
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
  setStats(table, statPath, node, count, bytes);
}

function setStats(
  table: NodeTable,
  statPath: string,
  node: ZNode,
  count: number,
  bytes: number,
): void {
  putNode(table, statPath, { ...node, data: `count=${count},bytes=${bytes}`, share: 0 });
}

function tracked(node: ZNode): StatsTrack {
  const values: Record<string, number> = {};
  for (const piece of (node.data ?? '').split(/[,;]+/)) {
    const [key, value] = piece.split('=');
    if (key === undefined || key === '') continue;
    values[key] = value === undefined || value === '' ? -1 : Number(value);
  }
  return {
    count: values['count'] ?? -1,
    bytes: values['bytes'] ?? -1,
    countHardLimit: values['countHardLimit'] ?? -1,
    byteHardLimit: values['byteHardLimit'] ?? -1,
  };
}

/** Whether so much more at a path is too much by a hard limit; over a soft one nothing happens. */
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
  const limits = tracked(limitNode);
  const stats = tracked(statNode);
  const { countHardLimit, byteHardLimit } = limits;
  const isExceeded =
    (countDiff !== 0 && countHardLimit > -1 && stats.count + countDiff > countHardLimit) ||
    (bytesDiff !== 0 && byteHardLimit > -1 && stats.bytes + bytesDiff > byteHardLimit);
  return isExceeded ? 'QUOTAEXCEEDED' : undefined;
}
