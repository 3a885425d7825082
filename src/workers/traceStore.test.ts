import { expect, test } from 'vitest';
import type { ProcessName } from '../bridge/names';
import type { TraceId } from '../base/traceId';
import type { TraceEntry } from '../bridge/traceEntry';
import { emptyTrace, keepTrace, traceBetween, type TraceStore, untold } from './traceStore';

/** Event `n` with its head and one entry behind it. */
function eventOf(n: number): TraceEntry[] {
  const base = { at: n * 10, process: '1' as ProcessName };
  return [
    { id: (n * 2) as TraceId, type: 'work', head: true, event: n, ...base },
    { id: (n * 2 + 1) as TraceId, type: 'apply', ...base },
  ];
}

function filled(events: number, max: number): TraceStore {
  const store = emptyTrace();
  for (let n = 1; n <= events; n += 1) keepTrace(store, eventOf(n), max);
  return store;
}

test('finds the entries of any stretch of events', () => {
  const store = filled(20, 1000);
  expect(traceBetween(store, 3, 5)).toEqual([3, 4, 5].flatMap(eventOf));
  expect(traceBetween(store, 0, 1)).toEqual(eventOf(1));
  expect(traceBetween(store, 20, 99)).toEqual(eventOf(20));
  expect(traceBetween(store, 21, 99)).toEqual([]);
  expect(traceBetween(store, 5, 4)).toEqual([]);
});

test('tells each entry once', () => {
  const store = filled(3, 1000);
  expect(untold(store)).toEqual([1, 2, 3].flatMap(eventOf));
  keepTrace(store, eventOf(4));
  expect(untold(store)).toEqual(eventOf(4));
  expect(untold(store)).toEqual([]);
});

test('lets whole events go when it gets too long, says so, and still finds the rest', () => {
  const store = filled(500, 100);
  expect(store.entries.length).toBeLessThanOrEqual(100);
  expect(store.entries.length).toBeGreaterThan(70);
  expect(traceBetween(store, store.firstEvent, 500)).toEqual(store.entries);
  expect(traceBetween(store, 490, 491)).toEqual([490, 491].flatMap(eventOf));
  expect(traceBetween(store, 1, 5)).toMatchObject({
    message: expect.stringContaining(`events before ${store.firstEvent}`),
  });
});
