import { describe, expect, test } from 'vitest';
import { breaksOf, GAP_MICROS, isOnAxis, makeTimeAxis, pxToTime, timeToPx } from './timeAxis';

describe('the axis of the tape', () => {
  const times = [1000, 2000, 2_000_000, 2_001_000];
  const axis = makeTimeAxis(times, 2_001_000, 2_001_000, 20, 1100);

  test('begins at the left, ends at the right', () => {
    expect(timeToPx(axis, 0)).toBe(20);
    expect(timeToPx(axis, 2_001_000)).toBe(1120);
  });

  test('gives an idle stretch no more room than a short one, and marks it', () => {
    const units = 1000 + 1000 + GAP_MICROS + 1000;
    const gap = timeToPx(axis, 2_000_000) - timeToPx(axis, 2000);
    expect(gap).toBeCloseTo((GAP_MICROS / units) * 1100);
    expect(breaksOf(axis)).toHaveLength(1);
  });

  test('leads from a time to a pixel and back', () => {
    for (const time of [0, 700, 1500, 1_000_000, 2_000_500]) {
      expect(pxToTime(axis, timeToPx(axis, time))).toBeCloseTo(time, 3);
    }
  });

  test('holds a run without an event', () => {
    const empty = makeTimeAxis([], 0, 0, 20, 100);
    expect(timeToPx(empty, 0)).toBe(120);
    expect(breaksOf(empty)).toEqual([]);
  });

  test('shows the newest part of a long run, or the part around the one who looks back', () => {
    const many = Array.from({ length: 5000 }, (_, i) => i * 1000);
    const newest = makeTimeAxis(many, 4_999_000, 4_999_000, 0, 100);
    expect(isOnAxis(newest, 4_999_000)).toBe(true);
    expect(isOnAxis(newest, 1_000_000)).toBe(false);
    const back = makeTimeAxis(many, 4_999_000, 1_000_000, 0, 100);
    expect(isOnAxis(back, 1_000_000)).toBe(true);
    expect(isOnAxis(back, 4_999_000)).toBe(false);
  });
});
