import { expect, test } from 'vitest';
import type { SessionId } from './ids';
import { firstSessionId, nextSessionId } from './sessionIds';

const id = (text: string) => text as SessionId;

test('the first id of a server object is its sid, 40 bits of its clock, and 16 zero bits', () => {
  expect(firstSessionId(1, 0x1467c9)).toBe('0100001467c90000');
  expect(firstSessionId(3, 0x1468d1)).toBe('0300001468d10000');
  expect(firstSessionId(255, 0)).toBe('ff00000000000000');
  expect(firstSessionId(2, 2 ** 40 + 5.9)).toBe('0200000000050000');
});

test('no session gets the id that marks container nodes', () => {
  expect(firstSessionId(128, 0)).toBe('8000000000000001');
});

test('the successor carries through all digits', () => {
  expect(nextSessionId(id('0100001467c90000'))).toBe('0100001467c90001');
  expect(nextSessionId(id('0100001467c9ffff'))).toBe('0100001467ca0000');
  expect(nextSessionId(id('01000014ffffffff'))).toBe('0100001500000000');
  expect(nextSessionId(id('ffffffffffffffff'))).toBe('0000000000000000');
});
