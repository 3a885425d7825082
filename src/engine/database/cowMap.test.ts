import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CowMap } from './cowMap';
import { deleteKey, emptyMap, forEachKey, getKey, hashKey, ownMap, setKey } from './cowMap';

function entriesOf(map: CowMap<number>): [string, number][] {
  const found: [string, number][] = [];
  forEachKey(map, (key, value) => found.push([key, value]));
  return found.sort((a, b) => (a[0] < b[0] ? -1 : 1));
}

const sorted = (twin: Map<string, number>) => [...twin].sort((a, b) => (a[0] < b[0] ? -1 : 1));

type Act = { do: 'set' | 'delete'; key: number } | { do: 'image' };

const acts = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant<'set'>('set'), key: fc.nat(200) }),
    fc.record({ do: fc.constant<'delete'>('delete'), key: fc.nat(200) }),
    fc.record({ do: fc.constant<'image'>('image') }),
  ),
  { maxLength: 600, size: 'max' },
);

test('a map equals its plain twin, and so does every image that was ever taken of it', () => {
  fc.assert(
    fc.property(acts, (list: Act[]) => {
      let gen = 1;
      let map = emptyMap<number>(gen);
      const twin = new Map<string, number>();
      const images: { map: CowMap<number>; twin: [string, number][] }[] = [];
      list.forEach((act, n) => {
        if (act.do === 'image') {
          images.push({ map, twin: sorted(twin) });
          gen += 1;
          map = ownMap(map, gen);
          return;
        }
        const key = `/node-${act.key}`;
        const old = twin.get(key);
        if (act.do === 'set') {
          expect(setKey(map, key, hashKey(key), n)).toBe(old);
          twin.set(key, n);
        } else {
          expect(deleteKey(map, key, hashKey(key))).toBe(old);
          twin.delete(key);
        }
        expect(getKey(map, key, hashKey(key))).toBe(twin.get(key));
        expect(map.count).toBe(twin.size);
      });
      images.push({ map, twin: sorted(twin) });
      for (const image of images) expect(entriesOf(image.map)).toEqual(image.twin);
    }),
    { numRuns: 60 },
  );
});

test('keys whose hashes are equal in all bits are still told apart', () => {
  const map = emptyMap<number>(1);
  for (let i = 0; i < 100; i += 1) setKey(map, `k${i}`, 0x2aaaaaaa, i);
  for (let i = 0; i < 100; i += 2) expect(deleteKey(map, `k${i}`, 0x2aaaaaaa)).toBe(i);
  expect(map.count).toBe(50);
  for (let i = 0; i < 100; i += 1) {
    expect(getKey(map, `k${i}`, 0x2aaaaaaa)).toBe(i % 2 === 0 ? undefined : i);
  }
});

test('a structured clone of a map goes on as the map would', () => {
  const map = emptyMap<number>(1);
  for (let i = 0; i < 500; i += 1) setKey(map, `k${i}`, hashKey(`k${i}`), i);
  const clone = structuredClone(map);
  for (const one of [map, clone]) {
    setKey(one, 'k7', hashKey('k7'), -7);
    deleteKey(one, 'k8', hashKey('k8'));
  }
  expect(entriesOf(clone)).toEqual(entriesOf(map));
  setKey(clone, 'only here', hashKey('only here'), 1);
  expect(getKey(map, 'only here', hashKey('only here'))).toBeUndefined();
});
