import { expect, test } from 'vitest';
import type { ProcessName } from '../../../bridge/names';
import { tapeLanes } from './tapeLanes';

const ALL = ['1', '2', '3', 'client a', 'master m-1', 'worker w-1', 'storage s-1'] as ProcessName[];
const [ONE, TWO, , A, M, , S] = ALL as [
  ProcessName,
  ProcessName,
  ProcessName,
  ProcessName,
  ProcessName,
  ProcessName,
  ProcessName,
];

test('in the view of the ensemble each process has its lane', () => {
  const { labels, laneOf } = tapeLanes(ALL, 'ensemble');
  expect(labels).toEqual(['1', '2', '3', 'A', 'M1', 'W1', 'S1']);
  expect(laneOf(TWO)).toBe(1);
  expect(laneOf('client z' as ProcessName)).toBeUndefined();
});

test('in the view of the application the servers share the last one, and consoles have none', () => {
  const { labels, laneOf } = tapeLanes(ALL, 'application');
  expect(labels).toEqual(['M1', 'W1', 'S1', 'ZK']);
  expect([ONE, TWO].map(laneOf)).toEqual([3, 3]);
  expect([A, M, S].map(laneOf)).toEqual([undefined, 0, 2]);
});

test('without an application that view has the lanes of the ensemble', () => {
  expect(tapeLanes([ONE, A], 'application').labels).toEqual(['1', 'A']);
});
