import { expect, test } from 'vitest';
import type { SessionId } from './ids';
import { sessionPassword } from './sessionPassword';

test('the password of a session is the one that a real 3.8.0 server gave out', () => {
  const password = sessionPassword('01000010e6690000' as SessionId);
  expect(password).toBe('bda4e67b0624078a6386f040bf720c12');
});

test('neighbouring sessions have different passwords of 16 bytes', () => {
  const a = sessionPassword('0100001467c90000' as SessionId);
  const b = sessionPassword('0100001467c90001' as SessionId);
  expect(a).toMatch(/^[0-9a-f]{32}$/);
  expect(b).toMatch(/^[0-9a-f]{32}$/);
  expect(a).not.toBe(b);
});
