import { describe, expect, test } from 'vitest';
import type { RequestView } from '../../bridge/frame';
import { makeZxid, NO_SESSION, type SessionId } from '../../zk/ids';
import { middleEllipsis, requestLabel, requestName, zxidCounter, zxidShort } from './requestText';
import { markOf, sessionName } from './sessions';

const session = '0100012ab3c40000' as SessionId;

describe('a request has one name everywhere', () => {
  const write: RequestView = {
    sessionId: session,
    cxid: 4,
    op: 'create',
    path: '/a',
    isWrite: true,
  };

  test('operation, path, letter, cxid', () => {
    expect(requestName(write, { [session]: 'b' })).toBe('create /a b cxid 4');
  });

  test('with its zxid once it is a transaction; a read never has one', () => {
    const zxid = makeZxid(1, 5);
    expect(requestName({ ...write, zxid }, { [session]: 'b' })).toBe(
      'create /a b cxid 4 zxid 0x100000005',
    );
    const read: RequestView = { ...write, op: 'getData', isWrite: false, zxid };
    expect(requestName(read, { [session]: 'b' })).toBe('getData /a b cxid 4');
  });

  test('without a path, and of a session that no client claims', () => {
    const open: RequestView = { sessionId: session, cxid: 0, op: 'createSession', isWrite: true };
    expect(requestName(open, {})).toBe('createSession 0000 cxid 0');
    expect(sessionName({}, NO_SESSION)).toBe('server');
  });
});

test('a long path keeps both ends', () => {
  expect(middleEllipsis('/app', 9)).toBe('/app');
  expect(middleEllipsis('/workers/w-0000000001', 9)).toBe('/wor…0001');
  expect(middleEllipsis(`/${'x'.repeat(199)}`, 11)).toHaveLength(11);
  expect(middleEllipsis('abc', 1)).toBe('…');
});

test('a zxid in short shows epoch and counter in hex', () => {
  expect(zxidShort(makeZxid(1, 26))).toBe('0x1·1a');
  expect(zxidCounter(makeZxid(3, 26))).toBe('1a');
});

test('letters beyond the sixth share marks again', () => {
  expect([markOf('a'), markOf('b'), markOf('f'), markOf('g')]).toEqual([0, 1, 5, 0]);
});

test('a chip says the path as far as it fits, of a multi how many parts it has, else the operation', () => {
  expect(requestLabel({ op: 'create', path: '/workers/w-0000000001' }, 10)).toBe('/work…0001');
  const ops = [{ op: 'create' }, { op: 'check' }] as const;
  expect(requestLabel({ op: 'multi', ops: [...ops] }, 10)).toBe('multi ×2');
  expect(requestLabel({ op: 'multi', ops: [...ops] }, 6)).toBe('×2');
  expect(requestLabel({ op: 'setWatches2' }, 6)).toBe('setWatches2');
});
