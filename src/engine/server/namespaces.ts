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

export interface Namespaces {
  reads: Record<string, NamespaceStats>;
  writes: Record<string, NamespaceStats>;
}

export function noNamespaces(): Namespaces {
  return { reads: {}, writes: {} };
}

/** The root is in none. */
export function countAccess(
  stats: Record<string, NamespaceStats>,
  path: string,
  dataLength: number,
): void {
  const end = path.indexOf('/', 1);
  const top = end < 0 ? path.slice(1) : path.slice(1, end);
  if (top === '') return;
  const bytes = path.length + dataLength;
  const known = stats[top];
  if (known === undefined) {
    stats[top] = { count: 1, total: bytes, min: bytes, max: bytes };
    return;
  }
  known.count += 1;
  known.total += bytes;
  if (bytes < known.min) known.min = bytes;
  if (bytes > known.max) known.max = bytes;
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

/** In the order in which a ConcurrentHashMap of so many names is walked. */
export function namespaceNames(stats: Readonly<Record<string, NamespaceStats>>): string[] {
  const names = Object.keys(stats);
  let bins = 16;
  while (names.length * 4 >= bins * 3) bins *= 2;
  return names
    .map((name, rank) => ({ name, rank, bin: binOf(name, bins) }))
    .sort((a, b) => a.bin - b.bin || a.rank - b.rank)
    .map(({ name }) => name);
}
