import { describe, expect, test } from 'vitest';
import type { TraceId } from '../../base/traceId';
import type { ProcessName } from '../../bridge/names';
import type { TraceEntry } from '../../bridge/traceEntry';
import type { SessionId, Zxid } from '../../zk/ids';
import type { OpName } from '../../zk/opCode';
import { ClientFIFO, LinearizableWrites, MonotonicReads } from './clients';
import { SessionExpiryNotEarly } from './expiry';
import { at, established, judge, z, type Written } from './writtenTrace.test-support';

const request = (session: string, cxid: number, op: OpName) => ({
  sessionId: session.padStart(16, '0') as SessionId,
  cxid,
  op,
});

const client = (
  letter: string,
  type: TraceEntry['type'],
  session: string,
  cxid: number,
  op: OpName,
  zxid?: Zxid,
): Written => ({
  type,
  process: `client ${letter}` as ProcessName,
  request: request(session, cxid, op),
  zxid,
});

describe('ClientFIFO', () => {
  const reply = (sid: number, cxid: number, op: OpName, zxid: Zxid) =>
    at(sid, 'reply', { request: request('1', cxid, op), zxid });
  const good = [
    ...established(),
    reply(1, 1, 'create', z(1, 1)),
    reply(1, 2, 'getData', z(1, 1)),
    reply(1, -2, 'ping', z(1, 1)),
    reply(1, 3, 'setData', z(1, 2)),
  ];

  test('holds for answers in the order of the cxids', () => {
    expect(judge(ClientFIFO, good)).toBeUndefined();
  });

  test('lets another server answer a connection that the session has left', () => {
    expect(judge(ClientFIFO, [...good, reply(2, 2, 'getData', z(1, 1))])).toBeUndefined();
  });

  test('is broken by an answer out of order', () => {
    const broken = judge(ClientFIFO, [...good, reply(1, 2, 'getData', z(1, 2))]);
    expect(broken?.explanation).toContain('answers cxid 2');
  });

  test('is broken by a later write with a smaller zxid', () => {
    const broken = judge(ClientFIFO, [...good, reply(1, 4, 'setData', z(1, 1))]);
    expect(broken?.event).toBe(good.length + 1);
  });
});

describe('MonotonicReads', () => {
  const good = [
    client('a', 'result', '1', 1, 'create', z(1, 4)),
    client('b', 'result', '2', 1, 'getData', z(1, 2)),
    client('a', 'result', '1', 2, 'getData', z(1, 4)),
    client('a', 'result', '1', 3, 'getData'),
  ];

  test('holds when only another session is further back', () => {
    expect(judge(MonotonicReads, good)).toBeUndefined();
  });

  test('is broken by a read that stands before what the session has seen', () => {
    const broken = judge(MonotonicReads, [
      ...good,
      client('a', 'result', '1', 4, 'exists', z(1, 3)),
    ]);
    expect(broken?.explanation).toContain('stands at 0x100000003');
  });
});

describe('LinearizableWrites', () => {
  const good = [
    client('a', 'send', '1', 1, 'create'),
    client('b', 'send', '2', 1, 'create'),
    client('b', 'result', '2', 1, 'create', z(1, 2)),
    client('a', 'result', '1', 1, 'create', z(1, 1)),
  ];

  test('holds when writes overlap, in whatever order they end', () => {
    expect(judge(LinearizableWrites, good)).toBeUndefined();
  });

  test('is broken when a write was sent after another was answered and has a smaller zxid', () => {
    const lines = [
      client('b', 'send', '2', 1, 'create'),
      client('b', 'result', '2', 1, 'create', z(1, 2)),
      client('a', 'send', '1', 1, 'create'),
      client('a', 'result', '1', 1, 'create', z(1, 1)),
    ];
    expect(judge(LinearizableWrites, lines)?.event).toBe(4);
  });
});

describe('SessionExpiryNotEarly', () => {
  const session = request('9', 0, 'closeSession');
  const touch = (micros: number, rest: Partial<TraceEntry> = {}) =>
    at(1, 'touch', { at: micros, request: session, detail: { timeoutMs: 4000 }, ...rest });
  const tick = (micros: number) =>
    at(1, 'timer', { name: 'SessionTracker', at: micros, id: 77 as TraceId });
  const closing = (micros: number, cause: number) =>
    at(1, 'sessionClosing', { at: micros, request: session, cause: cause as TraceId });

  test('holds when the timeout has passed since the last touch', () => {
    const lines = [touch(1_000_000), touch(2_000_000), tick(6_000_000), closing(6_000_000, 77)];
    expect(judge(SessionExpiryNotEarly, lines)).toBeUndefined();
  });

  test('does not mind a session that its client closes', () => {
    const lines = [touch(1_000_000), tick(1_100_000), closing(1_200_000, 50)];
    expect(judge(SessionExpiryNotEarly, lines)).toBeUndefined();
  });

  test('is broken by an expiry too early', () => {
    const lines = [touch(1_000_000), touch(2_000_000), tick(5_999_000), closing(5_999_000, 77)];
    expect(judge(SessionExpiryNotEarly, lines)?.explanation).toContain('after 3999 ms');
  });

  test('does not count a touch that was refused', () => {
    const lines = [
      touch(1_000_000),
      touch(2_000_000, { err: 'SESSIONEXPIRED' }),
      tick(5_500_000),
      closing(5_500_000, 77),
    ];
    expect(judge(SessionExpiryNotEarly, lines)).toBeUndefined();
  });
});
