import { describe, expect, test } from 'vitest';
import type { SessionId } from '../../zk/ids';
import { NoStuckInbox } from './appInbox';
import {
  ASSIGNMENT,
  assigned,
  by,
  done,
  MASTER,
  says,
  SESSIONS,
  WORKER,
} from './writtenApp.test-support';
import { judge, type Written, z } from './writtenTrace.test-support';

describe('NoStuckInbox', () => {
  /** A tick of the written traces, in lines of 1 ms. */
  const TICK = 2000;
  const state = (name: 'ELECTED' | 'SUSPENDED') =>
    says(MASTER, 'masterState', {
      state: name,
      token: 1,
      sessionId: SESSIONS[MASTER] as SessionId,
    });
  const asks = (cxid: number) => {
    const sessionId = SESSIONS[MASTER] as SessionId;
    return { sessionId, cxid, op: 'getChildren' as const, path: '/workers' };
  };
  const lists = (cxid: number, n: number) => [
    by(MASTER, 'send', { request: asks(cxid) }),
    by(MASTER, 'result', { request: asks(cxid), err: 'OK', zxid: z(1, n) }),
  ];
  const masters = [
    ...assigned,
    ...done(4, WORKER, 'create', '/workers/worker-w-1', ['~/workers/worker-w-1']),
    ...done(5, MASTER, 'create2', '/master', ['~/master']),
    state('ELECTED'),
    says(MASTER, 'masterPhase', { phase: 'steady' }),
    ...lists(7, 5),
  ];
  const gone = [...masters, ...done(6, WORKER, 'closeSession', '', ['-/workers/worker-w-1'])];
  /** Time passes: `ms` of it. */
  const later = (lines: readonly Written[], ms = TICK + 10): Written[] => [
    ...lines,
    {
      ...by(MASTER, 'send', { request: { ...asks(-2), op: 'ping' } }),
      at: (lines.length + ms) * 1000,
    },
  ];

  test('is broken when a master that knows and has nothing to wait for leaves it there', () => {
    const lines = later([...gone, ...lists(8, 6)]);
    const broken = judge(NoStuckInbox, lines);
    expect(broken?.event).toBe(lines.length);
    expect(broken?.explanation).toContain('worker-w-1');
    expect(broken?.explanation).toContain('master m-1');
  });

  test('is not broken before a tick has passed', () => {
    expect(judge(NoStuckInbox, later([...gone, ...lists(8, 6)], TICK - 10))).toBeUndefined();
  });

  test.each([
    ['has not seen that the worker is gone', [...gone, ...lists(8, 5)]],
    ['waits for an answer', [...gone, ...lists(8, 6), by(MASTER, 'send', { request: asks(9) })]],
    ['is suspended', [...gone, ...lists(8, 6), state('SUSPENDED')]],
    ['recovers', [...gone, ...lists(8, 6), says(MASTER, 'masterPhase', { phase: 'recovery' })]],
    ['is paused', [...gone, ...lists(8, 6), by(MASTER, 'command', { name: 'pause' })]],
    ['is dead', [...gone, ...lists(8, 6), by(MASTER, 'command', { name: 'crash' })]],
    [
      'is not connected',
      [...gone, ...lists(8, 6), by(MASTER, 'clientState', { name: 'CONNECTING' })],
    ],
    [
      'has lost /master',
      [...gone, ...lists(8, 6), ...done(7, MASTER, 'delete', '/master', ['-/master'])],
    ],
  ] as [string, Written[]][])('is not broken while the master %s', (_, lines) => {
    expect(judge(NoStuckInbox, later(lines))).toBeUndefined();
  });

  test('is not broken when the assignment goes, or the worker comes back', () => {
    const seen = [...gone, ...lists(8, 6)];
    expect(
      judge(NoStuckInbox, later([...seen, ...done(7, MASTER, 'delete', ASSIGNMENT)])),
    ).toBeUndefined();
    const back = done(7, WORKER, 'create', '/workers/worker-w-1', ['~/workers/worker-w-1']);
    expect(judge(NoStuckInbox, later([...seen, ...back]))).toBeUndefined();
    expect(judge(NoStuckInbox, later(masters))).toBeUndefined();
  });
});
