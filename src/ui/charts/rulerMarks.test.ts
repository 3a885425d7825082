import { expect, test } from 'vitest';
import { rulerMarks } from './rulerMarks';

test('thirds of the timeout, and how much of it is over', () => {
  const { marks, heard, isOver } = rulerMarks(30000, 10000, 300);
  expect(marks.map(({ x }) => Math.round(x))).toEqual([100, 200, 299]);
  expect(heard).toBe(100);
  expect(isOver).toBe(false);
});

test('at two thirds the client gives up; beyond the end the bar stays inside', () => {
  expect(rulerMarks(30000, 20000, 300).isOver).toBe(true);
  expect(rulerMarks(30000, 90000, 300).heard).toBe(300);
});
