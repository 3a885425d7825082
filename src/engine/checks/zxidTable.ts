/**
 * Values by zxid in ascending order, with a fast way for the usual case: the
 * next zxid comes last. Plain data, so a checkpoint may clone it.
 */
import type { Zxid } from '../../zk/ids';

export interface ZxidTable<V> {
  /** Ascending, without repetition. */
  zxids: Zxid[];
  /** One for each zxid, at the same place. */
  values: V[];
}

export function emptyTable<V>(): ZxidTable<V> {
  return { zxids: [], values: [] };
}

/** Place of `zxid` in an ascending list; when it is not there, minus the place it belongs to, minus 1. */
export function placeOf(zxids: readonly Zxid[], zxid: Zxid): number {
  let high = zxids.length - 1;
  if (high < 0 || (zxids[high] as Zxid) < zxid) return -(high + 1) - 1;
  if (zxids[high] === zxid) return high;
  let low = 0;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = zxids[middle] as Zxid;
    if (found === zxid) return middle;
    if (found < zxid) low = middle + 1;
    else high = middle - 1;
  }
  return -low - 1;
}

export function hasZxid(zxids: readonly Zxid[], zxid: Zxid): boolean {
  return placeOf(zxids, zxid) >= 0;
}

/** How many of an ascending list are `zxid` or smaller. */
export function countUpTo(zxids: readonly Zxid[], zxid: Zxid): number {
  const place = placeOf(zxids, zxid);
  return place >= 0 ? place + 1 : -place - 1;
}

/** Puts a zxid where it belongs; nothing happens when it is there. */
export function addZxid(zxids: Zxid[], zxid: Zxid): void {
  const place = placeOf(zxids, zxid);
  if (place >= 0) return;
  const at = -place - 1;
  if (at === zxids.length) zxids.push(zxid);
  else zxids.splice(at, 0, zxid);
}

export function lookUp<V>(table: ZxidTable<V>, zxid: Zxid): V | undefined {
  const place = placeOf(table.zxids, zxid);
  return place >= 0 ? table.values[place] : undefined;
}

/** Sets the value of a zxid, new or not. */
export function put<V>(table: ZxidTable<V>, zxid: Zxid, value: V): void {
  const place = placeOf(table.zxids, zxid);
  if (place >= 0) table.values[place] = value;
  else {
    const at = -place - 1;
    if (at === table.zxids.length) {
      table.zxids.push(zxid);
      table.values.push(value);
    } else {
      table.zxids.splice(at, 0, zxid);
      table.values.splice(at, 0, value);
    }
  }
}

/** Forgets everything up to and including `zxid`. */
export function forgetUpTo<V>(table: ZxidTable<V>, zxid: Zxid): void {
  const count = countUpTo(table.zxids, zxid);
  if (count === 0) return;
  table.zxids.splice(0, count);
  table.values.splice(0, count);
}
