import { expect, test } from 'vitest';
import { shareEqual } from './shareEqual';

test('what is equal is the very object from before', () => {
  const before = { a: [1, { b: 'x' }], c: null };
  expect(shareEqual(before, structuredClone(before))).toBe(before);
});

test('around a change all else is kept, and the change is there', () => {
  const before = { rows: [{ n: 1 }, { n: 2 }], name: 'q', far: { deep: [0] } };
  const now = { rows: [{ n: 1 }, { n: 3 }], name: 'q', far: { deep: [0] } };
  const shared = shareEqual(before, now);
  expect(shared).toEqual(now);
  expect(shared).not.toBe(before);
  expect(shared.rows[0]).toBe(before.rows[0]);
  expect(shared.rows[1]).not.toBe(before.rows[1]);
  expect(shared.far).toBe(before.far);
});

test('longer, shorter, and a name that is gone or new are changes', () => {
  expect(shareEqual([1, 2], [1])).toEqual([1]);
  expect(shareEqual([1], [1, undefined as unknown as number])).toHaveLength(2);
  const gone = shareEqual<Record<string, number | undefined>>({ a: 1, b: undefined }, { a: 1 });
  expect(Object.keys(gone)).toEqual(['a']);
  const added = shareEqual<Record<string, number | undefined>>({ a: 1 }, { a: 1, b: undefined });
  expect(Object.keys(added)).toEqual(['a', 'b']);
  expect(shareEqual<unknown>([], {})).toEqual({});
});

test('neither side is written to', () => {
  const before = Object.freeze({ a: Object.freeze([1]), b: 1 });
  const now = Object.freeze({ a: Object.freeze([1]), b: 2 });
  expect(shareEqual<unknown>(before, now)).toEqual({ a: [1], b: 2 });
});
