import { describe, expect, it } from 'vitest';
import { emptyJavaMap, keysInHashOrder, putEntry, takeEntry } from './hashOrder';

describe('a Java HashMap', () => {
  it('gives its keys in the order that Java 17 printed, also after it has shrunk', () => {
    const map = emptyJavaMap<number>();
    for (let i = 0; i < 30; i += 1) putEntry(map, `/app/node-${i * 7}`, i);
    putEntry(map, '/ä', 1);
    putEntry(map, '/', 2);
    for (let i = 0; i < 12; i += 1) takeEntry(map, `/app/node-${i * 7}`);
    const numbers = [140, 161, 182, 119, 'ä', 133, 154, 175, 196, 84, 112, '', 91, 105, 98, 203];
    const expected = [...numbers, 126, 147, 168, 189].map((n) =>
      typeof n === 'number' ? `/app/node-${n}` : `/${n}`,
    );
    expect(keysInHashOrder(map)).toEqual(expected);
    expect(map.size).toBe(20);
    expect(takeEntry(map, '/none')).toBeUndefined();
  });
});
