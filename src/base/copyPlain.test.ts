import { expect, test } from 'vitest';
import { copyPlain } from './copyPlain';

test('a copy is equal, with its holes and its undefined fields, and has no object in common', () => {
  const value = { a: [1, { b: 'x' }, [null, undefined]], c: undefined, d: { e: {}, f: [] } };
  const copy = copyPlain(value, new Map());
  expect(copy).toStrictEqual(value);
  expect(copy.a).not.toBe(value.a);
  expect(copy.a[1]).not.toBe(value.a[1]);
  expect(copy.d.e).not.toBe(value.d.e);
});

test('what is one object in two places is one in the copy too, also in a circle', () => {
  const lane: { heap: number[]; self?: unknown } = { heap: [1] };
  lane.self = lane;
  const copy = copyPlain({ lane, heap: lane.heap }, new Map());
  expect(copy.lane.heap).toBe(copy.heap);
  expect(copy.heap).not.toBe(lane.heap);
  expect(copy.lane.self).toBe(copy.lane);
});

test('what is known is not looked into', () => {
  const shared = { inner: { n: 1 } };
  const other = { inner: { n: 2 } };
  const replaced = { n: 3 };
  const known = new Map<object, unknown>([
    [shared, shared],
    [replaced, other],
  ]);
  const copy = copyPlain({ shared, list: [replaced, shared] }, known);
  expect(copy.shared).toBe(shared);
  expect(copy.list[0]).toBe(other);
  expect(copy.list[1]).toBe(shared);
});
