import { expect, test } from 'vitest';
import { cellState } from './LogStrip';

const record = { zxid: 1, request: {}, synced: true, committed: false, applied: false } as never;

test.each([
  [{ synced: false, committed: true, applied: true }, 'written'],
  [{ applied: true }, 'synced'],
  [{ committed: true }, 'committed'],
  [{ committed: true, applied: true }, 'applied'],
])('a record with %o is shown as %s', (more, state) => {
  expect(cellState(Object.assign({}, record, more))).toBe(state);
});
