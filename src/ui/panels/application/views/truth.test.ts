import { describe, expect, test } from 'vitest';
import type { ProcessView } from '../../../../bridge/frame';
import { appFrame, backup, master, node, ROOTS, worker } from '../fixtures/appFrames';
import { beliefOf, leftOf, membershipOf, sessionState, truthOf } from './truth';
import { OWN } from '../fixtures/appFrames';

const ofM2 = [...ROOTS, node('/master', 'm-2', 'm-2')];

function judge(process: ProcessView, nodes = ofM2, live = ['m-1', 'm-2'], isLed = true) {
  const frame = appFrame(nodes, [process], { live, isLed });
  return beliefOf(frame, process, truthOf(frame));
}

describe('whose tree is the truth', () => {
  test('is the leader’s, though another server has a smaller number', () => {
    const truth = truthOf(appFrame(ofM2, []));
    expect([truth.sid, truth.isLeader]).toEqual([3, true]);
    expect(truth.nodes.has('/master')).toBe(true);
  });

  test('is that of one who serves when nobody leads, and it is said that it may be behind', () => {
    const truth = truthOf(appFrame(ofM2, [], { isLed: false }));
    expect([truth.sid, truth.isLeader]).toEqual([2, false]);
  });

  test('is nobody’s when all are dead', () => {
    const frame = appFrame(ofM2, []);
    for (const sid of ['1', '2', '3']) {
      const process = frame.processes[sid];
      if (process !== undefined) frame.processes[sid] = { ...process, status: 'down' };
    }
    expect(truthOf(frame).sid).toBeUndefined();
  });
});

describe('what a master believes', () => {
  test('is true when /master belongs to its own session', () => {
    expect(judge(master('m-2'))).toMatchObject({ verdict: 'true', isHolder: true });
  });

  test('is wrong when it belongs to another’s, or to nobody', () => {
    const split = judge(master('m-1'), ofM2, ['m-2']);
    expect(split).toMatchObject({ verdict: 'wrong', isHolder: false, session: 'gone' });
    expect(judge(master('m-1'), [...ROOTS])).toMatchObject({ verdict: 'wrong' });
  });

  test('is judged by the owner, not by the name in the data: a fast restart has the same name', () => {
    const old = [...ROOTS, node('/master', 'm-1', 'gone')];
    expect(judge(master('m-1'), old)).toMatchObject({ verdict: 'wrong', session: 'live' });
  });

  test('as a backup is true while somebody else holds the lock', () => {
    expect(judge(backup('m-1'))).toMatchObject({ verdict: 'true', holder: { id: 'm-2' } });
    expect(judge(backup('m-1'), [...ROOTS])).toMatchObject({ verdict: 'wrong' });
  });

  test('cannot be judged without a leader, and not of one that is dead or knows nothing', () => {
    expect(judge(master('m-2'), ofM2, ['m-2'], false).verdict).toBe('unknown');
    expect(judge(master('m-2', {}, { status: 'down' })).verdict).toBe('unknown');
    expect(judge(master('m-2', { state: 'CHECKING', believes: false })).verdict).toBe('unknown');
  });
});

describe('sessions at the leader', () => {
  test('live with what is left of their time, gone, or unknown', () => {
    const frame = appFrame(ofM2, [], { live: ['m-2'] });
    const truth = truthOf(frame);
    expect(sessionState(truth, OWN['m-2'])).toBe('live');
    expect(sessionState(truth, OWN['m-1'])).toBe('gone');
    expect(sessionState(truth, undefined)).toBe('none');
    expect(leftOf(frame, truth, OWN['m-2'] as never)).toBe(8_000_000);
    const blind = truthOf(appFrame(ofM2, [], { isLed: false }));
    expect(sessionState(blind, OWN['m-2'])).toBe('unknown');
  });
});

describe('a worker', () => {
  const registered = [...ROOTS, node('/workers/worker-w-1', 'Idle', 'w-1')];
  const judgeWorker = (process: ProcessView, nodes = registered) =>
    membershipOf(process, truthOf(appFrame(nodes, [process], { live: ['w-1'] })));

  test('is in the group while its own znode stands', () => {
    expect(judgeWorker(worker('w-1'))).toMatchObject({ stands: true, isWrong: false });
  });

  test('is wrong when that is gone, or is an older session’s', () => {
    expect(judgeWorker(worker('w-1'), [...ROOTS])).toMatchObject({ stands: false, isWrong: true });
    const older = [...ROOTS, node('/workers/worker-w-1', 'Idle', 'gone')];
    expect(judgeWorker(worker('w-1'), older).isWrong).toBe(true);
  });

  test('that has not registered yet claims nothing', () => {
    expect(judgeWorker(worker('w-1', { isRegistered: false }), [...ROOTS]).isWrong).toBe(false);
  });
});
