/** Limits of a standalone server and of a leader, as the recordings of `limits` have them. */
import { describe, expect, test } from 'vitest';
import { DEFAULT_ZOO_CONFIG, type ZooConfig } from '../../../zk/config';
import type { Request, Server, ZksState } from '../machine';
import {
  countLarge,
  initialLimits,
  isLargeRefused,
  isStale,
  mustStall,
  requestFinished,
  shouldThrottleOp,
  takeConnectionToken,
} from './limits';

/** What the functions read of a server, at `ms`. */
function bench(change: Partial<ZooConfig>) {
  const config = { ...DEFAULT_ZOO_CONFIG, ...change };
  const timers: string[] = [];
  const fx = { now: 0, setTimer: (name: string) => timers.push(name) };
  const s = { state: { spec: { config, startAt: 0 }, cnxns: {} }, fx } as unknown as Server;
  const zks = { limits: initialLimits(config, 0), stats: { inProcess: 0 } } as unknown as ZksState;
  const at = (ms: number) => {
    fx.now = ms * 1000;
  };
  return { s, zks, at, timers };
}

const request = (op: string, createdAt = 0): Request =>
  ({ ref: { op }, conn: 'c', createdAt, largeBytes: 0 }) as unknown as Request;

describe('connect requests', () => {
  test('take tokens, which come back with time, never more than there were', () => {
    const { s, zks, at } = bench({
      connectionThrottleTokens: 2,
      connectionThrottleFillTime: 1000,
      connectionThrottleFillCount: 1,
    });
    const take = () => takeConnectionToken(s, zks);
    expect([take(), take(), take()]).toEqual([true, true, false]);
    at(1000);
    expect(take()).toBe(false);
    at(1001);
    expect([take(), take()]).toEqual([true, false]);
    at(60_000);
    expect([take(), take(), take()]).toEqual([true, true, false]);
  });

  test('need none when nothing is configured', () => {
    const { s, zks } = bench({});
    for (let k = 0; k < 100; k += 1) expect(takeConnectionToken(s, zks)).toBe(true);
  });
});

test('large requests under way are added up, small ones are not', () => {
  const { s, zks } = bench({ largeRequestThreshold: 1000, largeRequestMaxBytes: 10_000 });
  expect(isLargeRefused(s, zks, 10_001)).toBe(true);
  const first = request('create');
  countLarge(s, zks, first, 6000);
  countLarge(s, zks, request('create'), 1000);
  expect(zks.limits.largeRequestBytes).toBe(6000);
  expect(isLargeRefused(s, zks, 4000)).toBe(false);
  expect(isLargeRefused(s, zks, 4001)).toBe(true);
  expect(isLargeRefused(s, zks, 900)).toBe(false);
  requestFinished(zks, first);
  requestFinished(zks, first);
  expect(zks.limits.largeRequestBytes).toBe(0);
});

test('the throttler sleeps while enough is under way, and looks again only when it wakes', () => {
  const { s, zks, at, timers } = bench({
    requestThrottleMaxRequests: 1,
    requestThrottleStallTime: 50,
  });
  expect(mustStall(s, zks)).toBe(false);
  zks.stats.inProcess = 1;
  expect(mustStall(s, zks)).toBe(true);
  zks.stats.inProcess = 0;
  at(49);
  expect(mustStall(s, zks)).toBe(true);
  expect(timers).toHaveLength(1);
  at(50);
  expect(mustStall(s, zks)).toBe(false);
});

test('who waited too long is throttled, but for what keeps or ends a session', () => {
  const { s, at } = bench({ throttledOpWaitTime: 500 });
  at(500);
  expect(shouldThrottleOp(s, request('getData'))).toBe(false);
  at(501);
  expect(shouldThrottleOp(s, request('getData'))).toBe(true);
  for (const op of ['ping', 'createSession', 'closeSession']) {
    expect(shouldThrottleOp(s, request(op))).toBe(false);
  }
  expect(shouldThrottleOp(bench({}).s, request('getData'))).toBe(false);
});

test('with a limit to requests under way those of a client that has gone are stale', () => {
  const { s } = bench({ requestThrottleMaxRequests: 1 });
  expect(isStale(s, request('getData'))).toBe(true);
  s.state.cnxns['c'] = {} as never;
  expect(isStale(s, request('getData'))).toBe(false);
  expect(isStale(bench({}).s, request('getData'))).toBe(false);
});
