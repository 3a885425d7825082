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
    compareList(expected.sequence, got.sequence, 'sequence')
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

function compareList(
  expected: readonly Item[] | undefined,
  got: readonly Item[] | undefined,
  field: string,
): Difference | undefined {
  const [want, have] = [expected ?? [], got ?? []];
  for (let k = 0; k < Math.max(want.length, have.length); k += 1) {
    const [one, other] = [want[k], have[k]];
    const at = `${field}[${k}]`;
    if (one === undefined || other === undefined) return { field: at, expected: one, got: other };
    const difference = compareItem(one, other, at);
    if (difference !== undefined) return difference;
  }
  return undefined;
}
