/**
 * In which order Java's hash tables give their keys, where something that is seen depends on it.
 *
 * Source: java.util.HashMap (hash, resize, putMapEntries), HashSet.clone, String.hashCode.
 * Left out: buckets of more than eight keys, which become trees.
 */

/** Buckets of a table that was made for nothing in particular. */
export const CAPACITY_MIN = 16;
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

/**
 * Buckets of the clone of a HashSet of `size` keys: room for that many at a load of 0.75, and one
 * more; that of an empty one has none, and takes the usual number with its first key.
 */
export function capacityOfClone(size: number): number {
  if (size === 0) return CAPACITY_MIN;
  let capacity = 1;
  while (capacity < Math.floor(size / LOAD_FACTOR + 1)) capacity *= 2;
  return capacity;
}

/** Buckets after it has grown to `size` keys: twice as many whenever three quarters are exceeded. */
export function grownCapacity(capacity: number, size: number): number {
  let grown = capacity;
  while (size > grown * LOAD_FACTOR) grown *= 2;
  return grown;
}
