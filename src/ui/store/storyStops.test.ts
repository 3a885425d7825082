import { expect, test } from 'vitest';
import { focusAt } from './storyStops';
import { storyOf } from './storyDoor';

const stops = [10, 20, 20, 30].map((event, step) => ({ step, event }));

test('the step in focus is the last one that was shown by then', () => {
  expect([5, 10, 15, 20, 25, 30, 99].map((event) => focusAt(stops, 3, event))).toEqual([
    0, 0, 0, 2, 2, 3, 3,
  ]);
});

test('of several at the same event the one in focus stays', () => {
  expect(focusAt(stops, 1, 20)).toBe(1);
  expect(focusAt(stops, 1, 21)).toBe(2);
  expect(focusAt(stops, 0, 20)).toBe(2);
});

test('a story is asked for in the address, by its query or behind its hash', () => {
  expect(storyOf({ search: '?lang=zh&story=two-servers', hash: '' })).toBe('two-servers');
  expect(storyOf({ search: '?story=a', hash: '#story=b' })).toBe('b');
  expect(storyOf({ search: '', hash: '#top' })).toBeUndefined();
});
