import { describe, expect, test } from 'vitest';
import { Leadership1, Leadership2 } from './leadership';
import { at, established, judge } from './writtenTrace.test-support';

describe('Leadership1', () => {
  test('holds while the leaders of two epochs overlap', () => {
    const lines = [
      ...established(),
      at(2, 'serverState', { name: 'LEADING' }),
      at(2, 'lead', { epoch: 2 }),
    ];
    expect(judge(Leadership1, lines)).toBeUndefined();
  });

  test('holds when the first leader stepped down before', () => {
    const lines = [
      ...established(),
      at(1, 'serverState', { name: 'LOOKING' }),
      at(2, 'lead', { epoch: 1 }),
    ];
    expect(judge(Leadership1, lines)).toBeUndefined();
  });

  test('is broken by two leaders of one epoch', () => {
    const lines = [...established(), at(2, 'lead', { epoch: 1 })];
    const broken = judge(Leadership1, lines);
    expect(broken?.event).toBe(lines.length);
    expect(broken?.explanation).toContain('servers 1 and 2 lead epoch 1');
  });
});

describe('Leadership2', () => {
  test('holds when each epoch has its own leader', () => {
    const lines = [...established(), at(2, 'lead', { epoch: 2 }), at(1, 'lead', { epoch: 3 })];
    expect(judge(Leadership2, lines)).toBeUndefined();
  });

  test('is broken by a second leader of an epoch, however much later', () => {
    const lines = [
      ...established(),
      at(1, 'serverState', { name: 'LOOKING' }),
      at(2, 'lead', { epoch: 1 }),
    ];
    expect(judge(Leadership2, lines)?.explanation).toContain('both led epoch 1');
  });
});
