import { describe, expect, test } from 'vitest';
import { stepOf, windowOf } from './windowOf';

describe('the window of a list', () => {
  test('covers all that is seen, wherever it is scrolled to', () => {
    for (let top = 0; top < 5000; top += 7) {
      const { first, count } = windowOf(top, 216, 18);
      expect(first * 18).toBeLessThanOrEqual(top);
      expect((first + count) * 18).toBeGreaterThanOrEqual(top + 216);
    }
  });

  test('has the same size for ten rows and for a hundred thousand', () => {
    expect(windowOf(1_799_000, 216, 18).count).toBe(windowOf(0, 216, 18).count);
    expect(windowOf(0, 216, 18).count).toBeLessThan(40);
  });

  test('begins with the first row when a browser scrolls beyond the top', () => {
    expect(windowOf(-30, 216, 18).first).toBe(0);
  });
});

test('keys lead from row to row and stay inside', () => {
  expect(stepOf('ArrowDown', 0, 12, 100)).toBe(1);
  expect(stepOf('ArrowUp', 0, 12, 100)).toBe(0);
  expect(stepOf('PageDown', 5, 12, 100)).toBe(16);
  expect(stepOf('End', 5, 12, 100)).toBe(99);
  expect(stepOf('Home', 5, 12, 100)).toBe(0);
  expect(stepOf('x', 5, 12, 100)).toBeUndefined();
  expect(stepOf('ArrowDown', 0, 12, 0)).toBeUndefined();
});
