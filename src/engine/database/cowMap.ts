/**
 * A hash map of plain data whose image costs nothing: an image shares all buckets, and a
 * write copies only the few buckets on its way.
 *
 * Every part carries the generation in which it was made. A writer names its own
 * generation and changes parts of that generation in place; older parts belong to an
 * image as well and are copied first. Taking an image is therefore: keep the references,
 * write under a larger generation from then on.
 */
import { finish } from '../../base/hash';

export interface CowMap<V> {
  gen: number;
  count: number;
  root: Bucket<V>;
}

/** A branch when it has slots, else a leaf with three parallel arrays. */
export interface Bucket<V> {
  gen: number;
  slots: (Bucket<V> | null)[] | null;
  hashes: number[];
  keys: string[];
  values: V[];
}

const SLOT_BITS = 5;
const SLOTS = 1 << SLOT_BITS;
const HASH_BITS = 30;
/** A leaf that grows beyond this becomes a branch, unless all bits of the hash are used up. */
const LEAF_MAX = 16;

export function emptyMap<V>(gen: number): CowMap<V> {
  return { gen, count: 0, root: emptyLeaf(gen) };
}

/** The map itself when `gen` owns it, else a copy that shares all buckets. */
export function ownMap<V>(map: CowMap<V>, gen: number): CowMap<V> {
  return map.gen === gen ? map : { gen, count: map.count, root: map.root };
}

/** Hash of a key for the functions below: 30 bits, so that it stays a small integer. */
export function hashKey(key: string): number {
  let h = key.length;
  for (let i = 0; i < key.length; i += 1) h = Math.imul(h ^ key.charCodeAt(i), 0x01000193);
  return finish(h) >>> 2;
}

export function getKey<V>(map: CowMap<V>, key: string, hash: number): V | undefined {
  let bucket: Bucket<V> | null = map.root;
  let rest = hash;
  while (bucket !== null && bucket.slots !== null) {
    bucket = bucket.slots[rest & (SLOTS - 1)] as Bucket<V> | null;
    rest >>>= SLOT_BITS;
  }
  if (bucket === null) return undefined;
  const at = placeIn(bucket, key, hash);
  return at < 0 ? undefined : bucket.values[at];
}

/** Sets a key of a map that its generation owns; returns the value it had. */
export function setKey<V>(map: CowMap<V>, key: string, hash: number, value: V): V | undefined {
  const { gen } = map;
  let shift = 0;
  let bucket = ownRoot(map);
  while (bucket.slots !== null) {
    bucket = ownSlot(bucket, (hash >>> shift) & (SLOTS - 1), gen);
    shift += SLOT_BITS;
  }
  const at = placeIn(bucket, key, hash);
  if (at >= 0) {
    const old = bucket.values[at];
    bucket.values[at] = value;
    return old;
  }
  bucket.hashes.push(hash);
  bucket.keys.push(key);
  bucket.values.push(value);
  map.count += 1;
  if (bucket.keys.length > LEAF_MAX && shift < HASH_BITS) split(bucket, shift);
  return undefined;
}

/** Removes a key of a map that its generation owns; returns the value it had. */
export function deleteKey<V>(map: CowMap<V>, key: string, hash: number): V | undefined {
  // A miss must not copy anything.
  if (getKey(map, key, hash) === undefined) return undefined;
  let rest = hash;
  let bucket = ownRoot(map);
  while (bucket.slots !== null) {
    bucket = ownSlot(bucket, rest & (SLOTS - 1), map.gen);
    rest >>>= SLOT_BITS;
  }
  const at = placeIn(bucket, key, hash);
  const old = bucket.values[at];
  const last = bucket.keys.length - 1;
  bucket.hashes[at] = bucket.hashes[last] as number;
  bucket.keys[at] = bucket.keys[last] as string;
  bucket.values[at] = bucket.values[last] as V;
  bucket.hashes.pop();
  bucket.keys.pop();
  bucket.values.pop();
  map.count -= 1;
  return old;
}

/** Visits all entries; the order is that of the hashes and means nothing. */
export function forEachKey<V>(map: CowMap<V>, visit: (key: string, value: V) => void): void {
  visitBucket(map.root, visit);
}

function visitBucket<V>(bucket: Bucket<V>, visit: (key: string, value: V) => void): void {
  if (bucket.slots !== null) {
    for (const slot of bucket.slots) if (slot !== null) visitBucket(slot, visit);
    return;
  }
  for (let i = 0; i < bucket.keys.length; i += 1) {
    visit(bucket.keys[i] as string, bucket.values[i] as V);
  }
}

function emptyLeaf<V>(gen: number): Bucket<V> {
  return { gen, slots: null, hashes: [], keys: [], values: [] };
}

function placeIn<V>(leaf: Bucket<V>, key: string, hash: number): number {
  const { hashes, keys } = leaf;
  for (let i = 0; i < hashes.length; i += 1) {
    if (hashes[i] === hash && keys[i] === key) return i;
  }
  return -1;
}

function ownRoot<V>(map: CowMap<V>): Bucket<V> {
  if (map.root.gen !== map.gen) map.root = copyBucket(map.root, map.gen);
  return map.root;
}

function ownSlot<V>(branch: Bucket<V>, index: number, gen: number): Bucket<V> {
  const slots = branch.slots as (Bucket<V> | null)[];
  const slot = slots[index] as Bucket<V> | null;
  if (slot !== null && slot.gen === gen) return slot;
  const own = slot === null ? emptyLeaf<V>(gen) : copyBucket(slot, gen);
  slots[index] = own;
  return own;
}

function copyBucket<V>(bucket: Bucket<V>, gen: number): Bucket<V> {
  return {
    gen,
    slots: bucket.slots === null ? null : bucket.slots.slice(),
    hashes: bucket.hashes.slice(),
    keys: bucket.keys.slice(),
    values: bucket.values.slice(),
  };
}

/** Turns an owned leaf into a branch over new leaves. */
function split<V>(leaf: Bucket<V>, shift: number): void {
  const slots: (Bucket<V> | null)[] = new Array(SLOTS).fill(null);
  for (let i = 0; i < leaf.keys.length; i += 1) {
    const hash = leaf.hashes[i] as number;
    const index = (hash >>> shift) & (SLOTS - 1);
    const slot = slots[index] ?? emptyLeaf<V>(leaf.gen);
    slots[index] = slot;
    slot.hashes.push(hash);
    slot.keys.push(leaf.keys[i] as string);
    slot.values.push(leaf.values[i] as V);
  }
  leaf.slots = slots;
  leaf.hashes = [];
  leaf.keys = [];
  leaf.values = [];
}
