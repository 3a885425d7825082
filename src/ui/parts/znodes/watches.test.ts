import { describe, expect, test } from 'vitest';
import type { WatchesSection } from '../../../bridge/znodeViews';
import { SESSIONS, server } from '../../panels/stage/fixtures/build';
import { watchesOf, watchWords } from './watches';

const { a, b } = SESSIONS as Record<'a' | 'b', NonNullable<(typeof SESSIONS)[string]>>;
const section: WatchesSection = {
  type: 'watches',
  rows: [
    { path: '/x', kind: 'data', holders: [a, b] },
    { path: '/x', kind: 'child', holders: [a] },
    { path: '/y', kind: 'persistentRecursive', holders: [b] },
  ],
  total: 3,
};

describe('the watches of a server', () => {
  test('stand by path, one holder with all its kinds', () => {
    const watches = watchesOf(server(1, [section]));
    expect(watches.get('/x')).toEqual([
      { sessionId: a, kinds: ['data', 'child'] },
      { sessionId: b, kinds: ['data'] },
    ]);
    expect(watches.get('/y')).toEqual([{ sessionId: b, kinds: ['persistentRecursive'] }]);
    expect(watches.get('/z')).toBeUndefined();
  });

  test('are said by kinds and holder', () => {
    const t = (key: string, values?: Record<string, unknown>) =>
      key === 'watch.of' ? `${values?.['kinds']} watch of ${values?.['session']}` : key;
    const holders = watchesOf(server(1, [section])).get('/x') ?? [];
    expect(watchWords(t, holders, { [a]: 'a' })).toEqual([
      'watch.data, watch.child watch of a',
      'watch.data watch of 0000',
    ]);
  });

  test('are none of a process without that section', () => {
    expect(watchesOf(server(1, [])).size).toBe(0);
    expect(watchesOf(undefined).size).toBe(0);
  });
});
