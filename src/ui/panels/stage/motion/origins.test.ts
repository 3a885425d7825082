import { describe, expect, test } from 'vitest';
import { originOf, type Sight } from './origins';

const sight = (process: string, node: string, x: number, request = 'a.1'): Sight => ({
  process,
  node,
  request,
  at: { x, y: 0 },
});
const map = (...sights: Sight[]) =>
  new Map(sights.map((s) => [`${s.process}/${s.node}/${s.request}`, s]));

describe('a chip that is new at its place', () => {
  const prep = sight('3', 'PrepRequestProcessor', 100);
  const commit = sight('3', 'CommitProcessor', 300);

  test('comes from where the same request vanished on the same server', () => {
    expect(originOf(commit, map(prep), map(commit), [])).toEqual({ from: prep, delay: false });
  });

  test('comes from the nearest of several', () => {
    const sync = sight('3', 'SyncRequestProcessor', 250);
    expect(originOf(commit, map(prep, sync), map(commit), [])?.from).toBe(sync);
  });

  test('comes from the lane on which its message arrived, after its capsule', () => {
    const lane = sight('3', 'lowIn', 0);
    expect(originOf(prep, map(), map(prep), [lane])).toEqual({ from: lane, delay: true });
  });

  test('comes from one that stayed, where the line parts', () => {
    expect(originOf(commit, map(prep), map(prep, commit), [])).toEqual({
      from: prep,
      delay: false,
    });
  });

  test('comes from nowhere when only other servers or other requests are known', () => {
    const other = sight('1', 'CommitProcessor', 0);
    const read = sight('3', 'CommitProcessor', 0, 'a.2');
    expect(originOf(commit, map(other, read), map(commit), [other, read])).toBeUndefined();
  });
});
