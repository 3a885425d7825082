import { expect, test } from 'vitest';
import { ZXID_ZERO } from '../../../zk/ids';
import { newNames } from '../case/values';
import { compareItem } from '../compare/compareItems';
import { bodyForm, rawForm } from './replyForm';

const form = (body: Parameters<typeof bodyForm>[0]) => bodyForm(body, newNames());

test('lists are sorted, identities and inner errors have the words of the oracle', () => {
  expect(form({ ephemerals: ['/b', '/a'], number: 3, innerErr: 'OK' })).toEqual({
    ephemerals: ['/a', '/b'],
    number: 3,
    innerErr: 0,
  });
  expect(form({ clientInfo: [{ authScheme: 'digest', user: 'bob' }] })).toEqual({
    clientInfo: [{ scheme: 'digest', user: 'bob' }],
  });
  const acl = [{ perms: 1, scheme: 'world', id: 'anyone' }];
  expect(form({ acl })).toEqual({ acl });
});

test('a failed part of a multi has its error twice, and one that differs is told', () => {
  const got = form({
    results: [
      { op: 'error', err: 'OK' },
      { op: 'error', err: 'NONODE' },
      { op: 'create', err: 'OK', path: '/x' },
      { op: 'getChildren', err: 'OK', children: ['b', 'a'] },
    ],
  });
  const results = [
    { op: 'error', err: 'OK', headerErr: 'OK' },
    { op: 'error', err: 'NONODE', headerErr: 'NONODE' },
    { op: 'create', err: 'OK', path: '/x' },
    { op: 'getChildren', err: 'OK', children: ['a', 'b'] },
  ];
  expect(got).toEqual({ results });
  const other = [...results.slice(0, 3), { op: 'getChildren', err: 'OK', children: ['a'] }];
  expect(compareItem({ results: other }, got, 'item')?.field).toBe('item.results[3].children');
});

test('what answers a request sent as bytes is shown as bytes', () => {
  const header = { kind: 'REPLY', xid: 1, zxid: ZXID_ZERO, err: 'OK' } as const;
  const listed = { ...header, op: 'getChildren' as const, body: { children: ['x'] } };
  expect(rawForm(listed)).toEqual({ bodyHex: '000000010000000178' });
  expect(rawForm({ ...header, op: 'delete' })).toEqual({});
});
