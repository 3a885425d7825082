import { describe, expect, test } from 'vitest';
import type { AppTrace } from '../../bridge/app';
import { checkViews } from '../../bridge/checkViews';
import type { ProcessName } from '../../bridge/names';
import type { SessionId } from '../../zk/ids';
import { ALL_CHECKS } from './all';
import { NoDuplicateEffect, TokensNeverDecrease } from './appEffects';
import { OneLiveMaster, ProcessesThatBelieve } from './appMasters';
import { NoTaskLost } from './appTasks';
import {
  ASSIGNMENT,
  assigned,
  begun,
  by,
  CLIENT,
  connected,
  done,
  MASTER,
  OF_TASK,
  proposed,
  says,
  SESSIONS,
  STORAGE,
  TASK,
  WORKER,
} from './writtenApp.test-support';
import { at, configOf, judge, logs, numbered, type Written, z } from './writtenTrace.test-support';

describe('NoTaskLost', () => {
  const reported = [
    ...assigned,
    ...done(4, WORKER, 'create', `/status/${TASK}`),
    ...done(5, WORKER, 'delete', ASSIGNMENT),
  ];

  test('holds on the way from /tasks to whoever consumes the result', () => {
    const consumed = says(CLIENT, 'consumed', { ...OF_TASK, status: 'done' });
    const lines = [...reported, consumed, ...done(6, CLIENT, 'delete', `/status/${TASK}`)];
    expect(judge(NoTaskLost, lines)).toBeUndefined();
  });

  test('holds when a multi moves it, and when a task client sweeps its result', () => {
    const moved = ['-' + ASSIGNMENT, `+/status/${TASK}`];
    const lines = [
      ...assigned,
      ...done(4, WORKER, 'multi', '', moved),
      ...done(5, CLIENT, 'delete', `/status/${TASK}`),
    ];
    expect(judge(NoTaskLost, lines)).toBeUndefined();
  });

  test('is broken when the assignment goes and there is no status', () => {
    const lines = [...assigned, ...done(4, WORKER, 'delete', ASSIGNMENT)];
    const broken = judge(NoTaskLost, lines);
    // At the first of the three applies.
    expect(broken?.event).toBe(lines.length - 2);
    expect(broken?.explanation).toContain(TASK);
  });

  test('is broken when a result goes that nobody has read', () => {
    const lines = [...reported, ...done(6, MASTER, 'delete', `/status/${TASK}`)];
    expect(judge(NoTaskLost, lines)?.event).toBe(lines.length - 2);
  });

  test('does not count what nobody was told of', () => {
    const lines = [
      ...begun,
      ...done(1, CLIENT, 'create', '/tasks/task-', [`+/tasks/${TASK}`]),
      ...done(2, MASTER, 'delete', `/tasks/${TASK}`),
    ];
    expect(judge(NoTaskLost, lines)).toBeUndefined();
    const late = [...lines, says(CLIENT, 'acknowledged', OF_TASK)];
    expect(judge(NoTaskLost, late)?.event).toBe(late.length);
  });

  test('a create that failed makes nothing', () => {
    const lines = [
      ...assigned,
      ...done(4, WORKER, 'create', `/status/${TASK}`, []),
      ...done(5, WORKER, 'delete', ASSIGNMENT),
    ];
    expect(judge(NoTaskLost, lines)?.event).toBe(lines.length - 2);
  });

  test('what the next leader has in its log counts, applied or not', () => {
    const crash = by('1' as ProcessName, 'command', { name: 'crash' });
    const logged = [proposed(4, WORKER, 'create', `/status/${TASK}`), ...logs(2, z(1, 4))];
    const last = (sid: number) => [
      ...assigned,
      ...logged,
      crash,
      at(sid, 'established', { epoch: 2, zxid: z(2, 0) }),
      { ...proposed(0, WORKER, 'delete', ASSIGNMENT), zxid: z(2, 1) },
      at(sid, 'apply', { zxid: z(2, 1) }),
    ];
    expect(judge(NoTaskLost, last(2))).toBeUndefined();
    expect(judge(NoTaskLost, last(3))?.event).toBe(last(3).length);
  });

  test('what a learner applies while it is synchronized counts when its leader has a quorum, in order', () => {
    const lines = [
      ...assigned,
      proposed(4, WORKER, 'create', `/status/${TASK}`),
      ...logs(2, z(1, 4)),
      ...logs(3, z(1, 4)),
      proposed(5, WORKER, 'delete', ASSIGNMENT),
      ...logs(2, z(1, 5)),
      ...logs(3, z(1, 5)),
      at(3, 'apply', { name: 'sync', zxid: z(1, 5) }),
      at(2, 'established', { epoch: 2, zxid: z(2, 0) }),
    ];
    expect(judge(NoTaskLost, lines)).toBeUndefined();
  });

  test('what a leader still proposes without a quorum, and loses to a snapshot, never was', () => {
    const lost = [
      proposed(4, MASTER, 'delete', ASSIGNMENT),
      at(1, 'append', { zxid: z(1, 4) }),
      at(2, 'established', { epoch: 2, zxid: z(2, 0) }),
      proposed(5, MASTER, 'delete', ASSIGNMENT),
      at(1, 'append', { zxid: z(1, 5) }),
    ];
    const leads = at(1, 'established', { epoch: 3, zxid: z(3, 0) });
    expect(judge(NoTaskLost, [...assigned, ...lost, leads])).toBeUndefined();
    const before = [...assigned, proposed(4, MASTER, 'delete', ASSIGNMENT), ...logs(1, z(1, 4))];
    const snap = at(1, 'load', { name: 'SNAP', zxid: z(1, 3) });
    expect(judge(NoTaskLost, [...before, leads])?.event).toBe(before.length + 1);
    expect(judge(NoTaskLost, [...before, snap, leads])).toBeUndefined();
  });

  test('what was logged and is lost at a crash, or cut off, does not', () => {
    const logged = [proposed(4, WORKER, 'create', `/status/${TASK}`), ...logs(2, z(1, 4))];
    const forgets = [
      [at(2, 'truncate', { zxid: z(1, 3) })],
      [at(2, 'start'), at(2, 'load', { name: 'start', zxid: z(1, 3) })],
      [at(2, 'command', { name: 'wipe' })],
    ];
    for (const lines of forgets) {
      const whole = [
        ...assigned,
        ...logged,
        ...lines,
        at(2, 'established', { epoch: 2, zxid: z(2, 0) }),
        { ...proposed(0, WORKER, 'delete', ASSIGNMENT), zxid: z(2, 1) },
        at(2, 'apply', { zxid: z(2, 1) }),
      ];
      expect(judge(NoTaskLost, whole)?.event).toBe(whole.length);
    }
  });

  test('a server that is alone has what its restart finds in its log', () => {
    const request = { sessionId: SESSIONS[CLIENT] as SessionId, cxid: 1, op: 'create' as const };
    const create = at(1, 'append', { zxid: z(0, 1), request, changes: [`+/tasks/${TASK}`] });
    const lines = (zxid: number) => [
      ...begun,
      at(1, 'load', { name: 'start', zxid: z(0, 0) }),
      create,
      at(1, 'start'),
      at(1, 'load', { name: 'start', zxid: z(0, zxid) }),
      says(CLIENT, 'found', OF_TASK),
    ];
    expect(judge(NoTaskLost, lines(1), 1)).toBeUndefined();
    expect(judge(NoTaskLost, lines(0), 1)?.event).toBe(lines(0).length);
  });
});

describe('NoDuplicateEffect', () => {
  const stored = (byWhom: string, over: Partial<AppTrace['stored']> = {}) =>
    says(STORAGE, 'stored', {
      by: byWhom,
      what: 'effect',
      key: 'c-1.0.1',
      token: 9,
      kind: 'once',
      outcome: 'accepted',
      seen: 0,
      ...over,
    });

  test('holds for what may run twice, for what was refused, and for a known duplicate', () => {
    const lines = [
      ...begun,
      stored('w-1'),
      stored('w-2', { outcome: 'refused' }),
      stored('w-2', { outcome: 'duplicate' }),
      stored('w-1', { key: 'c-1.0.2', kind: 'any' }),
      stored('w-2', { key: 'c-1.0.2', kind: 'any' }),
      stored('m-1', { what: 'plan', key: 'plan', kind: null }),
      stored('m-1', { what: 'plan', key: 'plan', kind: null }),
    ];
    expect(judge(NoDuplicateEffect, lines)).toBeUndefined();
  });

  test('is broken by a second accepted effect of a submission, whatever its task', () => {
    const lines = [...begun, stored('w-1'), stored('w-2', { token: 10 })];
    const broken = judge(NoDuplicateEffect, lines);
    expect(broken?.event).toBe(lines.length);
    expect(broken?.explanation).toContain('worker w-1');
    expect(broken?.explanation).toContain('worker w-2');
  });

  /** Heads have ids of their own; what follows in the same event names that one as its cause. */
  const runs = (process: ProcessName, event: number, kind: 'any' | 'once') => {
    const cause = event as Written['cause'];
    const { submission } = OF_TASK;
    return [
      { ...says(process, 'effect', { task: TASK, submission, kind, token: 9 }), cause },
      { ...says(process, 'executed', { task: TASK, submission, run: 1 }), cause },
    ];
  };

  test('is broken by a second execution where there is no storage', () => {
    const other = 'worker w-2' as ProcessName;
    const twice = (kind: 'any' | 'once') => [
      ...begun,
      ...runs(WORKER, 91, kind),
      ...runs(other, 92, kind),
    ];
    expect(judge(NoDuplicateEffect, twice('any'))).toBeUndefined();
    expect(judge(NoDuplicateEffect, twice('once'))?.event).toBe(twice('once').length);
  });

  test('with a storage it is the storage that says what took effect', () => {
    const [effect, executed] = runs(WORKER, 91, 'once') as [Written, Written];
    const answered = { ...executed, cause: 95 as Written['cause'] };
    const lines = [
      ...begun,
      effect,
      stored('w-1'),
      answered,
      effect,
      stored('w-1', { outcome: 'duplicate' }),
      answered,
    ];
    expect(judge(NoDuplicateEffect, lines)).toBeUndefined();
  });
});

describe('TokensNeverDecrease', () => {
  const stored = (token: number, outcome: AppTrace['stored']['outcome'], key = 'plan') =>
    says(STORAGE, 'stored', { by: 'm-1', what: 'plan', key, token, kind: null, outcome, seen: 0 });

  test('holds for equal ones, for other keys, and for what was refused', () => {
    const lines = [...begun, stored(9, 'accepted'), stored(9, 'accepted'), stored(7, 'refused')];
    expect(
      judge(TokensNeverDecrease, [...lines, stored(7, 'accepted', 'c-1.0.1')]),
    ).toBeUndefined();
  });

  test('is broken by a smaller one that is let in', () => {
    const lines = [...begun, stored(9, 'accepted'), stored(7, 'accepted')];
    expect(judge(TokensNeverDecrease, lines)?.event).toBe(lines.length);
  });
});

describe('OneLiveMaster', () => {
  const other = 'master m-2' as ProcessName;
  SESSIONS[other] = '0100000000000004' as SessionId;
  const first = [...begun, ...connected, ...done(1, MASTER, 'create2', '/master', ['~/master'])];

  test('holds when the znode was deleted before, or the session closed', () => {
    const deleted = done(2, MASTER, 'closeSession', '', ['-/master']);
    const second = done(3, other, 'create2', '/master', ['~/master']);
    expect(judge(OneLiveMaster, [...first, ...deleted, ...second])).toBeUndefined();
    const closed = done(2, MASTER, 'closeSession', '');
    expect(judge(OneLiveMaster, [...first, ...closed, ...second])).toBeUndefined();
  });

  test('is broken by a second create while the first session lives', () => {
    const lines = [...first, ...done(2, other, 'create2', '/master', ['~/master'])];
    expect(judge(OneLiveMaster, lines)?.event).toBe(lines.length - 2);
  });
});

test('ProcessesThatBelieve counts those that were elected and have not heard otherwise', () => {
  const other = 'master m-2' as ProcessName;
  const state = (process: ProcessName, name: 'ELECTED' | 'STOPPED') =>
    says(process, 'masterState', { state: name, token: 1, sessionId: '01' as SessionId });
  const count = (...lines: Written[]) => {
    const checkState = ProcessesThatBelieve.initial(configOf(3));
    ProcessesThatBelieve.feed(checkState, numbered([...begun, ...lines]));
    return ProcessesThatBelieve.count?.(checkState);
  };
  const both = [state(MASTER, 'ELECTED'), state(other, 'ELECTED')];
  expect(count()).toBe(0);
  expect(count(...both)).toBe(2);
  expect(count(...both, by(MASTER, 'command', { name: 'pause' }))).toBe(2);
  expect(count(...both, state(MASTER, 'STOPPED'))).toBe(1);
  expect(count(...both, by(MASTER, 'command', { name: 'crash' }))).toBe(1);
  expect(count(...both, by(MASTER, 'exit'), by(other, 'start'))).toBe(0);
});

describe('the checks of the application', () => {
  const views = (lines: readonly Written[]) => {
    const states = ALL_CHECKS.map((check) => check.initial(configOf(3)));
    ALL_CHECKS.forEach((check, i) => {
      check.feed(states[i], numbered(lines));
    });
    return checkViews(ALL_CHECKS, states);
  };

  test('are listed from its first process on', () => {
    expect(views([at(1, 'start')]).map(({ name }) => name)).not.toContain('NoTaskLost');
    expect(
      views(begun)
        .slice(-6)
        .map(({ name }) => name),
    ).toEqual([
      'NoTaskLost',
      'NoDuplicateEffect',
      'NoStuckInbox',
      'OneLiveMaster',
      'TokensNeverDecrease',
      'ProcessesThatBelieve',
    ]);
    expect(views(begun).at(-1)).toEqual({ name: 'ProcessesThatBelieve', holds: true, count: 0 });
  });

  test('read nothing that was before it, however the entries come', () => {
    const before = done(1, CLIENT, 'create', '/tasks/task-', [`+/tasks/${TASK}`]);
    const lines = [...before, ...begun, says(CLIENT, 'acknowledged', OF_TASK)];
    const together = NoTaskLost.initial(configOf(3));
    NoTaskLost.feed(together, numbered(lines));
    const singly = NoTaskLost.initial(configOf(3));
    for (const entry of numbered(lines)) NoTaskLost.feed(singly, [entry]);
    expect(together).toEqual(singly);
  });
});
