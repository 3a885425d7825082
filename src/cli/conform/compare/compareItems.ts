/** Holds what a run observed against what the oracle recorded, with the looseness it grants and no more. */
import type { DataForm, Item, Observed } from '../case/caseFile';
import { show } from '../case/caseFile';
import { dataBytes, dataForm } from '../case/values';
import { CONFIG_NODE, LENGTH_OF_ADDRESSES } from './configNode';

/** The first place where a run and its recording are not the same. */
export interface Difference {
  /** Way to the field, as in `observed.a[2].stat.pzxid`. */
  readonly field: string;
  readonly expected: unknown;
  readonly got: unknown;
}

export function differenceText({ field, expected, got }: Difference): string {
  return `${field}: expected ${show(expected)}, got ${show(got)}`;
}

/** Fields of an item that need not be reproduced. */
const FREE_FIELDS: ReadonlySet<string> = new Set(['wireOrder']);

/**
 * Compares what all sessions received in a step. In the sessions of `hashOrder` the order between
 * different paths is free: there `example` tells what each path got.
 */
export function compareObserved(
  expected: Observed,
  got: Observed,
  hashOrder: readonly string[] = [],
  example: Observed = {},
): Difference | undefined {
  const sessions = new Set([...Object.keys(expected), ...Object.keys(got), ...hashOrder]);
  for (const session of [...sessions].sort()) {
    const field = `observed.${session}`;
    const difference = hashOrder.includes(session)
      ? compareByPath(example[session] ?? expected[session] ?? [], got[session] ?? [], field)
      : compareItems(expected[session] ?? [], got[session] ?? [], field);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function compareItems(
  expected: readonly Item[],
  got: readonly Item[],
  field: string,
): Difference | undefined {
  for (let k = 0; k < Math.max(expected.length, got.length); k += 1) {
    const want = expected[k];
    const have = got[k];
    const at = `${field}[${k}]`;
    if (want === undefined || have === undefined) return { field: at, expected: want, got: have };
    const difference = compareItem(want, have, at);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function compareByPath(
  expected: readonly Item[],
  got: readonly Item[],
  field: string,
): Difference | undefined {
  const paths = new Set([...expected, ...got].map((item) => String(item['path'])));
  for (const path of [...paths].sort()) {
    const own = (items: readonly Item[]) => items.filter((item) => String(item['path']) === path);
    const difference = compareItems(own(expected), own(got), `${field}(${path})`);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

/** Compares two items, fields in the order of the recording. */
export function compareItem(expected: Item, got: Item, field: string): Difference | undefined {
  const names = [...Object.keys(expected), ...Object.keys(got)];
  for (const name of new Set(names)) {
    if (FREE_FIELDS.has(name)) continue;
    const at = `${field}.${name}`;
    const difference = compareField(name, expected, got, at);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function compareField(name: string, expected: Item, got: Item, at: string): Difference | undefined {
  const [want, have] = [expected[name], got[name]];
  if (name === 'stat' && isRecord(want) && isRecord(have)) {
    return compareFields(...ofServerConfig(expected, got), at);
  }
  if (name === 'results' && Array.isArray(want) && Array.isArray(have)) {
    return compareItems(want, have, at);
  }
  return compareValue(canonical(name, want), canonical(name, have), at);
}

/**
 * The stat of `/zookeeper/config` is recorded without the fields that each server makes up itself
 * (its own clock, its own port numbers); every other stat has them all.
 */
function ofServerConfig(expected: Item, got: Item): [Item, Item] {
  const want = expected['stat'] as Item;
  const have = { ...(got['stat'] as Item) };
  for (const name of ['mtime', 'dataLength']) if (want[name] === undefined) delete have[name];
  return [want, have];
}

/** Field by field where both are objects, else as wholes. */
export function compareFields(
  expected: unknown,
  got: unknown,
  field: string,
): Difference | undefined {
  if (!isRecord(expected) || !isRecord(got)) return compareValue(expected, got, field);
  for (const name of new Set([...Object.keys(expected), ...Object.keys(got)])) {
    if (got[name] === LENGTH_OF_ADDRESSES) continue;
    const difference = compareValue(expected[name], got[name], `${field}.${name}`);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

/** Data may be written in several forms: all become the one that is shown. */
function canonical(name: string, value: unknown): unknown {
  if (name !== 'data' || value === undefined || value === null) return value;
  if (typeof value === 'object' && 'sha1' in value) return value;
  return dataForm(dataBytes(value as DataForm));
}

/** Compares two JSON values as wholes. */
export function compareValue(
  expected: unknown,
  got: unknown,
  field: string,
): Difference | undefined {
  return isSame(expected, got) ? undefined : { field, expected, got };
}

/** Equal JSON, whatever the order of the keys. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, k) => isSame(item, b[k]));
  }
  if (!isRecord(a) || !isRecord(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isSame(a[key], b[key]))
  );
}

function isRecord(value: unknown): value is Item {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Compares a whole tree (path to data, stat and the acl where it is not open). What the node of the
 * server's own configuration says differs from server to server; that it says something does not.
 */
export function compareTree(
  expected: Readonly<Record<string, Item>>,
  got: Readonly<Record<string, Item>>,
): Difference | undefined {
  for (const path of [...new Set([...Object.keys(expected), ...Object.keys(got)])].sort()) {
    const want = expected[path];
    const have = got[path];
    const field = `tree[${path}]`;
    if (want === undefined || have === undefined) return { field, expected: want, got: have };
    const shown = path === CONFIG_NODE ? withoutConfigText(have) : have;
    const difference = compareItem({ ...want, path }, { ...shown, path }, field);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function withoutConfigText(node: Item): Item {
  const says = typeof node['data'] === 'string' && node['data'] !== '';
  return says ? { ...node, data: '<server-config>' } : node;
}
