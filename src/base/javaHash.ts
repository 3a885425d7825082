/**
 * In which order Java's hash tables give their keys, where something that is seen depends on it.
 *
 * Source: java.util.HashMap (hash, resize), HashSet(Collection), String.hashCode.
 * Left out: buckets of more than eight keys, which become trees.
 */

const CAPACITY_MIN = 16;
const LOAD_FACTOR = 0.75;

/** `keys` in the order of their insertion; `capacity` a power of two. */
export function inHashOrder(keys: readonly string[], capacity = CAPACITY_MIN): string[] {
  const placed = keys.map((key) => ({ key, bucket: spread(hashCode(key)) & (capacity - 1) }));
  placed.sort((a, b) => a.bucket - b.bucket);
  return placed.map(({ key }) => key);
}

function hashCode(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return hash;
}

function spread(hash: number): number {
  return hash ^ (hash >>> 16);
}

/** Buckets of a HashSet that was made as a copy of `size` keys. */
export function capacityOfCopy(size: number): number {
  const wanted = Math.max(Math.floor(size / LOAD_FACTOR) + 1, CAPACITY_MIN);
  let capacity = CAPACITY_MIN;
  while (capacity < wanted) capacity *= 2;
  return capacity;
}

/** Buckets after it has grown to `size` keys: twice as many whenever three quarters are exceeded. */
export function grownCapacity(capacity: number, size: number): number {
  let grown = capacity;
  while (size > grown * LOAD_FACTOR) grown *= 2;
  return grown;
}
