import { describe, expect, test } from 'vitest';
import { appName, serverName } from '../../bridge/names';
import { give, passUntil } from './ensemble.test-support';
import { sends, Stage } from './appStage.test-support';

const M1 = appName('master', 'm-1');
const M2 = appName('master', 'm-2');
const ZK1 = serverName(1);
/** Sessions have 4 s; then the expiry is seen within 2 s more. */
const EXPIRY_MS = 7000;
const STYLES = ['book', 'hardened'] as const;

describe.each(STYLES)('a %s master', (style) => {
  test('makes the roots, takes the lock with its id, and comes to rest', () => {
    const stage = new Stage(style);
    const m1 = stage.master('m-1');
    expect(stage.states(m1)).toEqual(['RUNNING', 'ELECTED']);
    const phases = stage.told('masterPhase', m1).map(({ phase }) => phase);
    expect(phases).toEqual(['workers', 'recovery', 'tasks', 'steady']);
    expect(stage.get('/master')).toBe('m-1');
    const roots = ['assign', 'master', 'status', 'tasks', 'workers', 'zookeeper'];
    if (style === 'hardened') roots.push('epoch');
    expect(stage.ls('/')).toEqual(roots.sort());
  });

  test('waits as a backup, and is elected when the primary crashed and its session expired', () => {
    const stage = new Stage(style);
    stage.master('m-1');
    stage.master('m-2');
    expect(stage.states(M2)).toEqual(['RUNNING', 'NOTELECTED']);
    stage.give({ type: 'crash', process: M1 });
    stage.pass(1000);
    expect(stage.states(M2).at(-1)).toBe('NOTELECTED');
    stage.pass(EXPIRY_MS);
    expect(stage.states(M2)).toEqual(['RUNNING', 'NOTELECTED', 'RUNNING', 'ELECTED']);
    expect(stage.get('/master')).toBe('m-2');
    const [first] = stage.told('masterState', M1).filter(({ state }) => state === 'ELECTED');
    const [second] = stage.told('masterState', M2).filter(({ state }) => state === 'ELECTED');
    expect(second?.token).toBeGreaterThan(first?.token ?? Number.POSITIVE_INFINITY);
  });

  test('E16: runs again when the lock vanished between its create and its exists', () => {
    const stage = new Stage(style);
    stage.make('/master', 'somebody');
    const settings = { role: 'master' as const, id: 'm-1', hosts: [1], timeoutMs: 4000, style };
    stage.give({ type: 'app', settings });
    passUntil(stage.e, (entry) => sends(entry, M1, style === 'book' ? 'create2' : 'multi'));
    stage.give({ type: 'latency', a: M1, b: ZK1, ms: 200 });
    passUntil(stage.e, (entry) => sends(entry, M1, 'exists', '/master'));
    expect(stage.states(M1).at(-1)).toBe('NOTELECTED');
    stage.hand.send({ op: 'delete', path: '/master', version: -1 });
    stage.pass(100);
    expect(stage.get('/master')).toBeUndefined();
    stage.pass(2000);
    expect(stage.states(M1).at(-1)).toBe('ELECTED');
    expect(stage.get('/master')).toBe('m-1');
  });

  test('E14: recognises its own lock when only the answer to its create was lost', () => {
    const stage = new Stage(style);
    stage.give({
      type: 'app',
      settings: { role: 'master', id: 'm-1', hosts: [1], timeoutMs: 4000, style },
    });
    for (let i = 0; stage.get('/master') === undefined && i < 5000; i += 1) stage.pass(0.1);
    stage.give({ type: 'reset', a: M1, b: ZK1, channel: 'client' });
    stage.pass(3000);
    const states = stage.states(M1);
    expect(states.filter((state) => state === 'CHECKING')).toHaveLength(1);
    expect(states.at(-1)).toBe('ELECTED');
    expect(stage.ownerOf('/master')).toBe(stage.stateOf(M1).program.cnxn.sessionId);
    // Its epoch is the one that came with the lock, whichever way it learned of it.
    if (style === 'hardened') expect(stage.stateOf(M1).token).toBe(1);
  });

  test('stops when its session has expired (E10): ZooKeeper refuses what it still sends', () => {
    const stage = new Stage(style);
    stage.master('m-1');
    stage.master('m-2');
    stage.worker('w-1');
    const task = stage.task();
    // Its read of the task is on its way back when it is paused.
    passUntil(stage.e, (entry) => sends(entry, M1, 'getData', `/tasks/${task}`));
    stage.give({ type: 'pause', process: M1 });
    stage.pass(EXPIRY_MS);
    expect(stage.get('/master')).toBe('m-2');
    expect(stage.told('assigned', M2)).toHaveLength(1);
    stage.give({ type: 'resume', process: M1 });
    stage.pass(5000);
    expect(stage.told('choose', M1)).toHaveLength(1);
    expect(stage.told('assigned', M1)).toEqual([]);
    expect(stage.inbox('w-1')).toEqual([task]);
    expect(stage.states(M1).at(-1)).toBe('STOPPED');
    expect(stage.isUp(M1)).toBe(false);
    // It may be begun again, and is a backup.
    stage.give({ type: 'restart', process: M1 });
    stage.pass(500);
    expect(stage.states(M1).at(-1)).toBe('NOTELECTED');
  });
});

/** The first incarnation leads and crashes; the create of the second ends with CONNECTIONLOSS. */
function fastRestart(style: 'book' | 'hardened'): Stage {
  const stage = new Stage(style);
  stage.master('m-1');
  stage.give({ type: 'crash', process: M1 });
  stage.give({ type: 'restart', process: M1 });
  passUntil(
    stage.e,
    (entry) =>
      sends(entry, M1, style === 'book' ? 'create2' : 'multi') ||
      (entry.type === 'send' && entry.process === M1 && entry.request?.op === 'multi'),
  );
  stage.give({ type: 'reset', a: M1, b: ZK1, channel: 'client' });
  return stage;
}

describe('E14: the lock that a master finds is its own by name, but of its session before', () => {
  test('book-style believes that it leads, and goes on when the lock is gone', () => {
    const stage = fastRestart('book');
    stage.pass(2000);
    expect(stage.states(M1).slice(-2)).toEqual(['CHECKING', 'ELECTED']);
    expect(stage.ownerOf('/master')).not.toBe(stage.stateOf(M1).program.cnxn.sessionId);
    stage.master('m-2');
    stage.pass(EXPIRY_MS);
    expect(stage.get('/master')).toBe('m-2');
    expect(stage.states(M1).at(-1)).toBe('ELECTED');
  });

  test('hardened compares the owner, and waits until the old session has expired', () => {
    const stage = fastRestart('hardened');
    stage.pass(2000);
    expect(stage.states(M1).slice(-2)).toEqual(['CHECKING', 'NOTELECTED']);
    stage.pass(EXPIRY_MS);
    expect(stage.states(M1).at(-1)).toBe('ELECTED');
    expect(stage.ownerOf('/master')).toBe(stage.stateOf(M1).program.cnxn.sessionId);
    expect(stage.stateOf(M1).token).toBe(2);
  });
});

/** m-1 has a wrapper, is paused until m-2 leads, and wakes up; two workers; then a task comes. */
function wokenWithWrapper(style: 'book' | 'hardened'): Stage {
  const stage = new Stage(style);
  stage.master('m-1', { reconnects: true });
  stage.master('m-2');
  stage.worker('w-1');
  stage.worker('w-2');
  stage.give({ type: 'pause', process: M1 });
  stage.pass(EXPIRY_MS);
  stage.give({ type: 'resume', process: M1 });
  stage.pass(5000);
  return stage;
}

describe('E11: a wrapper opens a new session for a master that slept', () => {
  test('book-style: two masters choose for the same tasks', () => {
    const stage = wokenWithWrapper('book');
    expect(stage.states(M1)).toEqual(['RUNNING', 'ELECTED']);
    expect(stage.isUp(M1)).toBe(true);
    expect(stage.stateOf(M1).program.cnxn.state).toBe('CONNECTED');
    expect(stage.get('/master')).toBe('m-2');
    const tasks = [1, 2, 3, 4].map((n) => {
      const task = stage.task({ submission: `c-1.0.${n}` });
      stage.pass(300);
      return task;
    });
    const chosen = [M1, M2].map((m) => stage.told('choose', m).map(({ task }) => task));
    expect(chosen).toEqual([tasks, tasks]);
    const both = tasks.filter(
      (t) => stage.inbox('w-1').includes(t) && stage.inbox('w-2').includes(t),
    );
    expect(both.length).toBeGreaterThan(0);
  });

  test('hardened: nothing of the old session is believed, it becomes a backup', () => {
    const stage = wokenWithWrapper('hardened');
    const states = stage.states(M1);
    expect(states.slice(0, 2)).toEqual(['RUNNING', 'ELECTED']);
    expect(states.slice(-4)).toEqual(['STOPPED', 'RUNNING', 'RUNNING', 'NOTELECTED']);
    const task = stage.task();
    stage.pass(300);
    expect(stage.told('choose', M1)).toEqual([]);
    expect([...stage.inbox('w-1'), ...stage.inbox('w-2')]).toEqual([task]);
  });
});

/** m-1 is paused with the answer on its way by which it will choose; m-2 leads and plans; m-1 wakes up. */
function wokenWithStorage(style: 'book' | 'hardened', fencing: boolean): Stage {
  const stage = new Stage(style);
  stage.give({ type: 'app', settings: { role: 'storage', id: 's-1', fencing } });
  stage.master('m-1', { storage: 's-1' });
  stage.master('m-2', { storage: 's-1' });
  stage.worker('w-1');
  const task = stage.task();
  passUntil(stage.e, (entry) => sends(entry, M1, 'getData', `/tasks/${task}`));
  stage.give({ type: 'pause', process: M1 });
  stage.pass(EXPIRY_MS);
  stage.give({ type: 'resume', process: M1 });
  stage.pass(3000);
  return stage;
}

describe.each(STYLES)(
  'E12: a %s master that slept commands something outside ZooKeeper',
  (style) => {
    test('which obeys, as long as nobody looks at tokens', () => {
      const stage = wokenWithStorage(style, false);
      const rows = stage.storage().rows.map(({ by, outcome }) => `${by} ${outcome}`);
      expect(rows.slice(-2)).toEqual(['m-2 accepted', 'm-1 accepted']);
      const [before, last] = stage.storage().rows.slice(-2);
      expect(last?.token).toBeLessThan(before?.token ?? 0);
    });

    test('which refuses, with fencing', () => {
      const stage = wokenWithStorage(style, true);
      const rows = stage.storage().rows.map(({ by, outcome }) => `${by} ${outcome}`);
      expect(rows).toEqual(['m-1 accepted', 'm-2 accepted', 'm-2 accepted', 'm-1 refused']);
      expect(stage.storage().rows.map(({ text }) => text)).toEqual([
        'm-1 takes over',
        'm-2 takes over',
        'task-0 to w-1',
        'task-0 to w-1',
      ]);
      // Only the hardened one listens to the answer.
      expect(stage.states(M1).includes('RESIGNED')).toBe(style === 'hardened');
    });
  },
);

describe('a hardened master', () => {
  test('is suspended without a connection, and afterwards leads with the same epoch', () => {
    const stage = new Stage('hardened');
    stage.master('m-1');
    stage.give({ type: 'reset', a: M1, b: ZK1, channel: 'client' });
    stage.pass(3000);
    expect(stage.states(M1)).toEqual(['RUNNING', 'ELECTED', 'SUSPENDED', 'CHECKING', 'ELECTED']);
    expect(stage.told('masterState', M1).map(({ token }) => token)).toEqual([null, 1, 1, 1, 1]);
    stage.worker('w-1');
    const task = stage.task();
    stage.pass(300);
    expect(stage.inbox('w-1')).toEqual([task]);
  });

  test('resigns when the epoch is not its own, ends its session, and a backup leads', () => {
    const stage = new Stage('hardened');
    stage.master('m-1');
    stage.master('m-2');
    stage.worker('w-1');
    stage.hand.send({ op: 'setData', path: '/epoch', data: 'x', version: -1 });
    const task = stage.task();
    stage.pass(1000);
    expect(stage.states(M1).at(-1)).toBe('RESIGNED');
    expect(stage.told('assigned', M1)).toEqual([]);
    expect(stage.get('/master')).toBe('m-2');
    expect(stage.inbox('w-1')).toEqual([task]);
    expect(stage.isUp(M1)).toBe(true);
  });

  test('that resigned is a candidate again when its wrapper opens a new session', () => {
    const stage = new Stage('hardened');
    const m1 = stage.master('m-1', { reconnects: true });
    stage.worker('w-1');
    stage.hand.send({ op: 'setData', path: '/epoch', data: 'x', version: -1 });
    const task = stage.task();
    stage.pass(3000);
    expect(stage.states(m1)).toEqual([
      'RUNNING',
      'ELECTED',
      'RESIGNED',
      'RUNNING',
      'RUNNING',
      'ELECTED',
    ]);
    expect(stage.inbox('w-1')).toEqual([task]);
  });

  test('raises the epoch in the txn that takes the lock', () => {
    const stage = new Stage('hardened');
    stage.master('m-1');
    const locks = stage.e.trace.filter(
      (entry) => entry.process === M1 && entry.type === 'send' && entry.request?.op === 'multi',
    );
    expect(locks).toHaveLength(1);
    expect(stage.get('/epoch')).toBe('m-1');
  });
});

test('three servers: a master follows its session to another server', () => {
  const stage = new Stage('hardened', 3);
  const m1 = stage.master('m-1', { hosts: [2, 3] });
  expect(stage.states(m1).at(-1)).toBe('ELECTED');
  const at = stage.stateOf(m1).program.cnxn.server as number;
  give(stage.e, { type: 'cut', a: m1, b: serverName(at) });
  stage.pass(6000);
  expect(stage.states(m1)).toContain('SUSPENDED');
  expect(stage.states(m1).at(-1)).toBe('ELECTED');
  expect(stage.stateOf(m1).token).toBe(1);
  expect(stage.stateOf(m1).program.cnxn.server).not.toBe(at);
});
