/**
 * Bytes read and written by the top of the path, as long as the process lives.
 * Source: DataTree.updateReadStat, updateWriteStat; ServerMetrics READ_PER_NAMESPACE, WRITE_PER_NAMESPACE.
 */
import type { Txn } from '../../zk/records';
import { binOf } from '../database/childSet';

export interface NamespaceStats {
  count: number;
  total: number;
  min: number;
  max: number;
}

/**
 * Differs: tops beyond so many are not counted. The original counts them all, which makes
 * trouble of its own where every client has a top.
 */
const TOPS_MAX = 200;

/** By the top's path: `/a` for all of `/a/b`. */
export interface NamespaceTable {
  tops: Record<string, NamespaceStats>;
  size: number;
}

export interface Namespaces {
  reads: NamespaceTable;
  writes: NamespaceTable;
}

export function noNamespaces(): Namespaces {
  return { reads: { tops: {}, size: 0 }, writes: { tops: {}, size: 0 } };
}

/** The root is in none. */
export function countAccess(table: NamespaceTable, path: string, dataLength: number): void {
  const end = path.indexOf('/', 1);
  const top = end < 0 ? path : path.slice(0, end);
  const known = table.tops[top];
  const bytes = path.length + dataLength;
  if (known !== undefined) {
    known.count += 1;
    known.total += bytes;
    if (bytes < known.min) known.min = bytes;
    if (bytes > known.max) known.max = bytes;
  } else if (table.size < TOPS_MAX && top.length > 1 && top.startsWith('/')) {
    table.tops[top] = { count: 1, total: bytes, min: bytes, max: bytes };
    table.size += 1;
  }
}

/** What a txn that was applied has written. */
export function countTxn(namespaces: Namespaces, txn: Txn): void {
  switch (txn.type) {
    case 'create':
    case 'create2':
    case 'createContainer':
    case 'createTTL':
    case 'setData':
      countAccess(namespaces.writes, txn.path, txn.data === null ? 0 : txn.data.length);
      return;
    case 'delete':
    case 'deleteContainer':
      countAccess(namespaces.writes, txn.path, 0);
      return;
    case 'closeSession':
      for (const path of txn.paths2Delete) countAccess(namespaces.writes, path, 0);
      return;
    case 'multi':
      if (txn.txns.some((part) => part.type === 'error')) return;
      for (const part of txn.txns) countTxn(namespaces, part);
      return;
    default:
      return;
  }
}

/** Names of the tops with their figures, in the order in which a ConcurrentHashMap is walked. */
export function namespacesOf(table: NamespaceTable): [name: string, stats: NamespaceStats][] {
  let bins = 16;
  while (table.size * 4 >= bins * 3) bins *= 2;
  return Object.keys(table.tops)
    .map((top, rank) => ({ top, rank, bin: binOf(top.slice(1), bins) }))
    .sort((a, b) => a.bin - b.bin || a.rank - b.rank)
    .map(({ top }) => [top.slice(1), table.tops[top] as NamespaceStats]);
}
