import { expect, test } from 'vitest';
import type { SessionId, Zxid } from '../../../../zk/ids';
import { annotate } from '../../../../zk/jute/annotate';
import { OPEN_ACL } from '../../../../zk/records';
import { byteTable } from './byteRows';

test('a request is a row per field, hex beside it; elements of a vector stand under a head', () => {
  const { rows, hidden } = byteTable(
    annotate({
      kind: 'REQUEST',
      xid: 1,
      body: { op: 'create', path: '/a', data: 'hello', acl: OPEN_ACL, flags: 0 },
    }),
  );
  expect(hidden).toBe(0);
  const lines = rows.map(({ offset, hex, depth, name, value }) =>
    [offset ?? '', hex.join('|'), ' '.repeat(depth) + name, value ?? ''].join('; '),
  );
  expect(lines).toEqual([
    '00; 00 00 00 36; len; 54',
    '04; 00 00 00 01; xid; 1',
    '08; 00 00 00 01; type; create',
    '0c; 00 00 00 02 2f 61; path; "/a"',
    '12; 00 00 00 05 68 65 6c 6c|6f; data; "hello"',
    '1b; 00 00 00 01; acl; 1',
    '; ; acl[0]; ',
    '1f; 00 00 00 1f;  perms; 31',
    '23; 00 00 00 05 77 6f 72 6c|64;  id.scheme; "world"',
    '2c; 00 00 00 06 61 6e 79 6f|6e 65;  id.id; "anyone"',
    '36; 00 00 00 00; flags; 0',
  ]);
});

test('the length of a buffer is the head of what is in it', () => {
  const { rows } = byteTable(
    annotate({
      kind: 'PROPOSAL',
      zxid: 0x100000002 as Zxid,
      entry: {
        hdr: {
          clientId: '0100001ac5ee0000' as SessionId,
          cxid: 1,
          zxid: 0x100000002 as Zxid,
          time: 0,
          type: 'delete',
        },
        txn: { type: 'delete', path: '/a' },
      },
    }),
  );
  expect(rows.map(({ depth, name }) => ' '.repeat(depth) + name)).toEqual([
    'type',
    'zxid',
    'data',
    ' hdr',
    '  clientId',
    '  cxid',
    '  zxid',
    '  time',
    '  type',
    ' txn',
    '  path',
    'authinfo',
  ]);
});

test('long data shows its first bytes and says how many are behind them', () => {
  const { rows } = byteTable(
    annotate({
      kind: 'REQUEST',
      xid: 1,
      body: { op: 'setData', path: '/a', data: 'x'.repeat(1000), version: -1 },
    }),
  );
  const data = rows.find(({ name }) => name === 'data');
  expect(data?.hex).toHaveLength(4);
  expect(data?.hidden).toBe(1004 - 32);
  expect(data?.value?.length).toBeLessThan(130);
});

test('many fields are cut, and counted', () => {
  const ops = Array.from({ length: 100 }, (_, i) => {
    return { op: 'delete' as const, path: `/n${i}`, version: -1 };
  });
  const annotated = annotate({ kind: 'REQUEST', xid: 1, body: { op: 'multi', ops } });
  const { rows, hidden } = byteTable(annotated);
  const fields = rows.filter(({ offset }) => offset !== undefined).length;
  expect(rows.length).toBeLessThan(130);
  expect(fields + hidden).toBe(annotated.marks.length);
  expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
});

test('the table of a packet that nobody can read ends with the rest', () => {
  const annotated = annotate({
    kind: 'REQUEST',
    xid: 1,
    body: { op: 'raw', type: 1, hex: '00000009' },
  });
  expect(annotated.error).toMatchObject({ field: 'path', reason: 'end' });
  expect(byteTable(annotated).rows.at(-1)).toMatchObject({ name: 'rest', hex: ['00 00 00 09'] });
});
