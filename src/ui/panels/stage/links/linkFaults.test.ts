import { describe, expect, test } from 'vitest';
import type { LinkView } from '../../../../bridge/frame';
import type { ProcessName } from '../../../../bridge/names';
import { faultBetween, faultText } from './linkFaults';

const link = (from: string, to: string, over: Partial<LinkView>): LinkView => ({
  from: from as ProcessName,
  to: to as ProcessName,
  channel: 'quorum',
  cut: false,
  held: false,
  partitioned: false,
  latencyMicros: 2000,
  ...over,
});

describe('the fault between two', () => {
  test('none while only the latency is special', () => {
    expect(faultBetween([link('1', '2', {})], '1', '2')).toBeUndefined();
  });

  test('a cut of one direction names it', () => {
    const fault = faultBetween([link('3', '1', { cut: true })], '1', '3');
    expect(fault).toEqual({ forth: false, back: true, kind: 'cut' });
    expect(faultText(fault as never, '1', '3')).toEqual({
      key: 'stage.cutOne',
      values: { a: '3', b: '1' },
    });
  });

  test('both directions, on different channels too', () => {
    const links = [
      link('1', '2', { cut: true }),
      link('2', '1', { cut: true, channel: 'election' }),
    ];
    expect(faultText(faultBetween(links, '1', '2') as never, '1', '2').key).toBe('stage.cutBoth');
  });

  test('a partition outweighs a cut, a cut a hold', () => {
    const all = [
      link('1', '2', { held: true }),
      link('1', '2', { cut: true }),
      link('1', '2', { partitioned: true }),
    ];
    expect(faultBetween(all, '1', '2')?.kind).toBe('partitioned');
    expect(faultBetween(all.slice(0, 2), '1', '2')?.kind).toBe('cut');
    expect(faultBetween(all.slice(0, 1), '1', '2')?.kind).toBe('held');
  });
});
