import { describe, expect, test } from 'vitest';
import type { RequestView } from '../../bridge/frame';
import type { SessionId } from '../../zk/ids';
import { chipWidth, fitQueue } from './fitQueue';

const request = (path: string, cxid: number): RequestView => ({
  sessionId: '0100000000000001' as SessionId,
  cxid,
  op: 'create',
  path,
  isWrite: true,
});

describe('a queue in a width', () => {
  test('shows all when all fit', () => {
    expect(fitQueue([request('/a', 1), request('/b', 2)], 140)).toEqual({ shown: 2, max: 16 });
    expect(fitQueue([], 100)).toEqual({ shown: 0, max: 16 });
  });

  test('shortens paths before it drops chips', () => {
    const long = [request('/workers/w-1', 1), request('/workers/w-2', 2)];
    const { shown, max } = fitQueue(long, 150);
    expect(shown).toBe(2);
    expect(max).toBeLessThan(10);
  });

  test('sixty requests: the first ones, and room for the count', () => {
    const sixty = Array.from({ length: 60 }, (_, i) => request(`/node-${i}`, i));
    const { shown, max } = fitQueue(sixty, 150);
    expect(shown).toBeGreaterThanOrEqual(1);
    const used = sixty.slice(0, shown).reduce((sum, r) => sum + chipWidth(r, max) + 3, -3);
    expect(used).toBeLessThanOrEqual(150 - 26);
  });

  test('one is always shown, in however little room', () => {
    expect(fitQueue([request(`/${'x'.repeat(199)}`, 1)], 10).shown).toBe(1);
  });
});
