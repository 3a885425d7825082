import { expect, test } from 'vitest';
import { CONTAINER_OWNER, kindOfOwner, TTL_MAX_MS, ttlOf, ttlOwner } from './ephemeralType';
import type { SessionId } from './ids';
import { NO_SESSION } from './ids';

test('the stored owner tells the kind of a node', () => {
  expect(kindOfOwner(NO_SESSION)).toBe('persistent');
  expect(kindOfOwner(CONTAINER_OWNER)).toBe('container');
  expect(kindOfOwner('8000000000000001' as SessionId)).toBe('ephemeral');
  expect(kindOfOwner('0100001467c90000' as SessionId)).toBe('ephemeral');
  expect(kindOfOwner('fe00000000000001' as SessionId)).toBe('ephemeral');
  expect(kindOfOwner(ttlOwner(1))).toBe('ttl');
  expect(kindOfOwner(ttlOwner(TTL_MAX_MS))).toBe('ttl');
});

test('a time to live stands in the low 40 bits of the owner', () => {
  expect(ttlOwner(3600000)).toBe('ff0000000036ee80');
  expect(ttlOwner(TTL_MAX_MS)).toBe('ff0000ffffffffff');
  for (const ttl of [1, 123456789, 0x100000000, TTL_MAX_MS]) expect(ttlOf(ttlOwner(ttl))).toBe(ttl);
});
