/** What is asserted of requests that several sessions sent at the same time. */
import type { ConcurrentProperty, Item, Observed } from '../case/caseFile';
import type { Difference } from './compareItems';
import { compareValue } from './compareItems';

/** `got` has what each session received. Undefined when the property holds. */
export function checkProperty(
  property: ConcurrentProperty,
  requests: number,
  got: Observed,
): Difference | undefined {
  const bySession = Object.values(got).map((items) => items.filter((item) => 'reply' in item));
  const replies = bySession.flat();
  const field = `property ${property.kind}`;
  if (replies.length !== requests) {
    return { field: `${field}: replies`, expected: requests, got: replies.length };
  }
  const broken = PROPERTIES[property.kind]?.(property, bySession, replies, field);
  if (broken !== undefined) return broken;
  for (const own of bySession) {
    const zxids = own.map((item) => zxidNumber(item['zxid']));
    if (!isSorted(zxids)) {
      return { field: `${field}: zxids of one session`, expected: 'never decreasing', got: zxids };
    }
  }
  return undefined;
}

/** True when `kind` is a property that can be checked here. */
export function isKnownProperty(kind: string): boolean {
  return Object.hasOwn(PROPERTIES, kind);
}

type Check = (
  property: ConcurrentProperty,
  bySession: readonly (readonly Item[])[],
  replies: readonly Item[],
  field: string,
) => Difference | undefined;

const PROPERTIES: Readonly<Record<string, Check>> = {
  'sequential-contiguous': (property, bySession, replies, field) => {
    const numbers = (items: readonly Item[]) =>
      items.filter(isOk).map((item) => Number(String(item['path']).slice(-10)));
    const first = property.first ?? 0;
    const expected = replies.map((_, k) => first + k);
    const all = numbers(replies).sort((a, b) => a - b);
    const gap = compareValue(expected, all, `${field}: numbers`);
    if (gap !== undefined) return gap;
    const unsorted = bySession.map(numbers).find((own) => !isSorted(own));
    if (unsorted === undefined) return undefined;
    return { field: `${field}: one session`, expected: 'never decreasing', got: unsorted };
  },
  'exactly-one-ok': (property, _, replies, field) => {
    const refused = replies.filter((item) => !isOk(item)).map((item) => item['err']);
    const expected = replies.slice(1).map(() => property.otherErr);
    return compareValue(expected, refused, `${field}: errors`);
  },
  'all-ok': (_, __, replies, field) => {
    const expected = replies.map(() => 'OK');
    const errors = replies.map((item) => item['err']);
    return compareValue(expected, errors, `${field}: errors`);
  },
  counter: (property, _, replies, field) => {
    const versions = replies
      .filter(isOk)
      .map((item) => Number((item['stat'] as Item)['version']))
      .sort((a, b) => a - b);
    const first = property.first ?? 0;
    return compareValue(
      versions.map((_v, k) => first + k),
      versions,
      `${field}: versions`,
    );
  },
};

function isOk(item: Item): boolean {
  return item['err'] === 'OK';
}

function isSorted(numbers: readonly number[]): boolean {
  return numbers.every((n, k) => k === 0 || n >= (numbers[k - 1] as number));
}

function zxidNumber(pair: unknown): number {
  if (!Array.isArray(pair)) return -1;
  return pair[0] * 2 ** 32 + pair[1];
}
