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

test('what the leader knows stands on the same ruler: now, and the end of its patience', () => {
  const { heard, expires, marks } = rulerMarks(30000, 10000, 310, 21000);
  expect(heard).toBe(100);
  expect(expires).toBe(310);
  // The leader heard of the client later than the client heard of a server: 3/3 is not the end.
  expect(marks[2]).toEqual({ x: 299, text: '3/3', anchor: 'end' });
  expect(rulerMarks(30000, 10000, 400, 30000).marks[2]).toEqual({
    x: 300,
    text: '3/3',
    anchor: 'middle',
  });
});
