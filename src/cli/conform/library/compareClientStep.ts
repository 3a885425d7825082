/** Holds what the library did in a step against what the Java client was recorded to do. */
import type { Item } from '../case/caseFile';
import { compareItem, compareValue, type Difference } from '../compare/compareItems';
import type { ClientObserved } from './clientCaseFile';

/** `got` has its runs of one event to several watchers sorted, as the recordings have. */
export function compareClientStep(
  expected: ClientObserved,
  got: ClientObserved,
): Difference | undefined {
  return (
    compareResult(expected.result, got.result) ??
    compareEvents(expected.events ?? {}, got.events ?? {}) ??
    compareSequence(expected.sequence ?? [], got.sequence ?? [])
  );
}

function compareResult(expected: Item | undefined, got: Item | undefined): Difference | undefined {
  if (expected === undefined || got === undefined) return compareValue(expected, got, 'result');
  if (expected['err'] === 'JAVA' && got['err'] === 'JAVA') return compareException(expected, got);
  return compareItem(expected, got, 'result');
}

/** Of an exception of Java's its class is told, in full or its last word, or what it says. */
function compareException(expected: Item, got: Item): Difference | undefined {
  const whole = String(got['exception'] ?? '');
  const [name, ...rest] = whole.split(': ');
  const said = [whole, name, name?.split('.').at(-1), rest.join(': ')];
  for (const [field, value] of Object.entries(expected)) {
    if (field === 'err' || typeof value !== 'string' || said.includes(value)) continue;
    return { field: `result.${field}`, expected: value, got: whole };
  }
  return undefined;
}

type Events = Readonly<Record<string, readonly Item[]>>;

function compareEvents(expected: Events, got: Events): Difference | undefined {
  for (const session of [...new Set([...Object.keys(expected), ...Object.keys(got)])].sort()) {
    const field = `events.${session}`;
    const difference = compareList(expected[session] ?? [], got[session] ?? [], field);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

/** Each session has an event thread of its own: between them the order is a race. */
function compareSequence(expected: readonly Item[], got: readonly Item[]): Difference | undefined {
  const sessions = new Set([...expected, ...got].map((item) => String(item['session'])));
  for (const session of sessions) {
    const own = (items: readonly Item[]) =>
      items.filter((item) => String(item['session']) === session);
    const difference = compareList(own(expected), own(got), `sequence(${session})`);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function compareList(
  expected: readonly Item[] | undefined,
  got: readonly Item[] | undefined,
  field: string,
): Difference | undefined {
  const [want, have] = [canonical(expected ?? []), canonical(got ?? [])];
  for (let k = 0; k < Math.max(want.length, have.length); k += 1) {
    const [one, other] = [want[k], have[k]];
    const at = `${field}[${k}]`;
    if (one === undefined || other === undefined) return { field: at, expected: one, got: other };
    const difference = compareItem(one, other, at);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

/**
 * Removing watchers tells each kind of watch by an event of its own, in the order of a Java hash map of
 * enums, which differs from run to run: sorted. The callback of a call without a path has null there.
 */
function canonical(items: readonly Item[]): Item[] {
  const sorted: Item[] = [];
  for (let from = 0; from < items.length; ) {
    let to = from + 1;
    while (to < items.length && isSameRemoval(items[from] as Item, items[to] as Item)) to += 1;
    const run = items.slice(from, to);
    sorted.push(...run.sort((a, b) => compareText(String(a['event']), String(b['event']))));
    from = to;
  }
  return sorted.map((item) => (item['callback'] === undefined ? item : { path: null, ...item }));
}

function isSameRemoval(a: Item, b: Item): boolean {
  const isRemoval = (item: Item) => String(item['event']).endsWith('WatchRemoved');
  return isRemoval(a) && isRemoval(b) && ['path', 'session'].every((name) => a[name] === b[name]);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
