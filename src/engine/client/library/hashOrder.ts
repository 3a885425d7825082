/**
 * In which order a Java HashMap with text keys gives its keys. Nobody should
 * depend on it, but setWatches is written in it, and so the events of a
 * reconnect come in it.
 *
 * Source: java.util.HashMap.
 */
import { inHashOrder } from '../../../base/javaHash';

const CAPACITY_MIN = 16;

/** A map as plain data. Its keys are in the order of their insertion. */
export interface JavaMap<Value> {
  entries: Record<string, Value>;
  size: number;
  /** Number of buckets: grows with the map, never shrinks. */
  capacity: number;
}

export function emptyJavaMap<Value>(): JavaMap<Value> {
  return { entries: {}, size: 0, capacity: CAPACITY_MIN };
}

/** No key may look like an array index; paths begin with a slash. */
export function putEntry<Value>(map: JavaMap<Value>, key: string, value: Value): void {
  if (!Object.hasOwn(map.entries, key)) {
    map.size += 1;
    while (map.size > map.capacity * 0.75) map.capacity *= 2;
  }
  map.entries[key] = value;
}

export function getEntry<Value>(map: JavaMap<Value>, key: string): Value | undefined {
  return Object.hasOwn(map.entries, key) ? map.entries[key] : undefined;
}

/** Removes and returns the value. */
export function takeEntry<Value>(map: JavaMap<Value>, key: string): Value | undefined {
  const found = getEntry(map, key);
  if (found === undefined) return undefined;
  delete map.entries[key];
  map.size -= 1;
  return found;
}

export function keysInHashOrder(map: JavaMap<unknown>): string[] {
  return inHashOrder(Object.keys(map.entries), map.capacity);
}
