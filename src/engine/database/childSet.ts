/**
 * The names of a znode's children, in the order in which a Java HashSet<String> of
 * initial capacity 8 would name them: the order that clients of a real server see.
 *
 * Source: DataNode.addChild and java.util.HashMap (spread, resize at load 0.75, append
 * at the end of a bin).
 * Differs: a real server that loads a snapshot builds its sets anew, with the capacity
 * that the present size asks for; here a set keeps the capacity it once reached.
 */
import type { CowMap } from './cowMap';
import { deleteKey, emptyMap, forEachKey, getKey, hashKey, ownMap, setKey } from './cowMap';

export interface ChildSet {
  gen: number;
  /** Name to rank of insertion. */
  names: CowMap<number>;
  /** Bins of the hash set; never shrinks. */
  capacity: number;
  nextRank: number;
}

const CAPACITY_FIRST = 8;

export function emptyChildSet(gen: number): ChildSet {
  return { gen, names: emptyMap(gen), capacity: CAPACITY_FIRST, nextRank: 0 };
}

/** The set itself when `gen` owns it, else a copy that shares all buckets. */
export function ownChildSet(set: ChildSet, gen: number): ChildSet {
  if (set.gen === gen) return set;
  return { gen, names: ownMap(set.names, gen), capacity: set.capacity, nextRank: set.nextRank };
}

export function hasName(set: ChildSet, name: string): boolean {
  return getKey(set.names, name, hashKey(name)) !== undefined;
}

/** Adds a name that is not in the set. */
export function addName(set: ChildSet, name: string): void {
  setKey(set.names, name, hashKey(name), set.nextRank);
  set.nextRank += 1;
  if (set.names.count * 4 > set.capacity * 3) set.capacity *= 2;
}

export function removeName(set: ChildSet, name: string): void {
  deleteKey(set.names, name, hashKey(name));
}

/** All names in the order of the hash set: by bin, inside a bin by insertion. */
export function namesInOrder(set: ChildSet): string[] {
  const found: { name: string; bin: number; rank: number }[] = [];
  forEachKey(set.names, (name, rank) => {
    found.push({ name, bin: binOf(name, set.capacity), rank });
  });
  found.sort((a, b) => a.bin - b.bin || a.rank - b.rank);
  return found.map((item) => item.name);
}

/** All names, in no order. */
export function forEachName(set: ChildSet, visit: (name: string) => void): void {
  forEachKey(set.names, visit);
}

/** Texts in the order of a java.util.HashMap of that capacity, in a bin as they came; a new array. */
export function inHashOrder(texts: readonly string[], capacity: number): string[] {
  return texts
    .map((text) => ({ text, bin: binOf(text, capacity) }))
    .sort((a, b) => a.bin - b.bin)
    .map(({ text }) => text);
}

/** Bins of a new HashSet that so many were added to: 16, doubled when more than three quarters are taken. */
export function capacityOfSet(count: number): number {
  let capacity = 16;
  while (count * 4 > capacity * 3) capacity *= 2;
  return capacity;
}

/** Bin of a name in a java.util.HashMap of that capacity (a power of two). */
export function binOf(name: string, capacity: number): number {
  let h = 0;
  for (let i = 0; i < name.length; i += 1) h = (Math.imul(h, 31) + name.charCodeAt(i)) | 0;
  return (h ^ (h >>> 16)) & (capacity - 1);
}
