import { expect, test } from 'vitest';
import { capacityOfClone, grownCapacity, inHashOrder } from './javaHash';

test('keys come by bucket, those of one bucket in the order of their insertion', () => {
  // As recorded: the ephemeral nodes of a closed session.
  expect(inHashOrder(['/c/z', '/c/t0000000001'])).toEqual(['/c/z', '/c/t0000000001']);
  expect(inHashOrder(['/a/x/0000000002', '/b'])).toEqual(['/b', '/a/x/0000000002']);
  expect(inHashOrder(['/c/z', '/a/x/q'], capacityOfClone(2))).toEqual(['/a/x/q', '/c/z']);
  // Children of the root, as a real server sent them.
  expect(inHashOrder(['zookeeper', 'm0', 'm1', 'm2'], 8)).toEqual(['m0', 'zookeeper', 'm1', 'm2']);
});

test('the number of buckets follows the number of keys', () => {
  expect([0, 1, 2, 3, 5, 6, 12, 24].map(capacityOfClone)).toEqual([16, 2, 4, 8, 8, 16, 32, 64]);
  expect(grownCapacity(16, 12)).toBe(16);
  expect(grownCapacity(16, 13)).toBe(32);
});
