import { describe, expect, test } from 'vitest';
import { appName, serverName } from '../../bridge/names';
import { make } from './clientApi.test-support';
import { passUntil } from './ensemble.test-support';
import { isApp, sends, Stage, type Style } from './appStage.test-support';

const M1 = appName('master', 'm-1');
const M2 = appName('master', 'm-2');
const ZK1 = serverName(1);
const EXPIRY_MS = 7000;
const STYLES = ['book', 'hardened'] as const;
const RESIZE = 'resize 7 id=c-1.0.1';

describe.each(STYLES)('a %s master at work', (style) => {
  test('gives a task with its data to a live worker and takes it out of /tasks', () => {
    const stage = new Stage(style);
    stage.master('m-1');
    stage.worker('w-1');
    const task = stage.task();
    stage.pass(300);
    expect(stage.ls('/tasks')).toEqual([]);
    expect(stage.get(`/assign/worker-w-1/${task}`)).toBe(RESIZE);
    expect(stage.told('assigned')).toEqual([{ task, worker: 'worker-w-1' }]);
  });

  test('chooses among all live workers', () => {
    const stage = new Stage(style);
    stage.master('m-1');
    for (const id of ['w-1', 'w-2', 'w-3']) stage.worker(id);
    for (let n = 1; n <= 20; n += 1) {
      stage.task({ submission: `c-1.0.${n}` });
      stage.pass(200);
    }
    const counts = ['w-1', 'w-2', 'w-3'].map((id) => stage.inbox(id).length);
    expect(counts.reduce((sum, n) => sum + n)).toBe(20);
    for (const count of counts) expect(count).toBeGreaterThan(1);
  });

  test('puts back what a dead worker had, with its data, and gives it to another', () => {
    const stage = new Stage(style);
    stage.master('m-1');
    const w1 = stage.worker('w-1');
    const tasks = [1, 2].map((n) => {
      const task = stage.task({ submission: `c-1.0.${n}` });
      stage.pass(200);
      return task;
    });
    expect(stage.inbox('w-1')).toEqual(tasks);
    stage.worker('w-2');
    stage.kill(w1);
    expect(stage.told('requeued').map(({ isEmpty }) => isEmpty)).toEqual([false, false]);
    expect(stage.inbox('w-1')).toEqual([]);
    expect(stage.inbox('w-2')).toEqual(tasks);
    expect(stage.get(`/assign/worker-w-2/${tasks[1]}`)).toBe('resize 7 id=c-1.0.2');
  });

  test('gives what was submitted while no master lived', () => {
    const stage = new Stage(style);
    stage.master('m-1');
    stage.master('m-2');
    stage.worker('w-1');
    stage.give({ type: 'crash', process: M1 });
    const task = stage.task();
    stage.pass(1000);
    expect(stage.ls('/tasks')).toEqual([task]);
    stage.pass(EXPIRY_MS);
    expect(stage.ls('/tasks')).toEqual([]);
    expect(stage.inbox('w-1')).toEqual([task]);
  });

  test('gives a task only to a worker that can do what it needs', () => {
    const stage = new Stage(style);
    stage.master('m-1');
    stage.worker('w-1');
    stage.worker('w-2', 'gpu');
    stage.worker('w-3', 'mail');
    const tasks = [1, 2, 3, 4, 5].map((n) => {
      const task = stage.task({ submission: `c-1.0.${n}`, needs: 'gpu' });
      stage.pass(200);
      return task;
    });
    expect(stage.inbox('w-2')).toEqual(tasks);
    const section = stage.section(M1);
    expect(section.workers).toEqual([
      { worker: 'worker-w-1', tasks: 0 },
      { worker: 'worker-w-2', can: 'gpu', tasks: 5 },
      { worker: 'worker-w-3', can: 'mail', tasks: 0 },
    ]);
  });

  test('assigns a failed task anew with the data its status brings', () => {
    const stage = new Stage(style);
    stage.master('m-1');
    stage.worker('w-1');
    const task = stage.task();
    stage.pass(300);
    fails(stage, task);
    stage.pass(300);
    expect(stage.told('anew')).toEqual([{ task }]);
    expect(stage.ls('/status')).toEqual([]);
    expect(stage.get(`/assign/worker-w-1/${task}`)).toBe(`${RESIZE} failed=1`);
    expect(stage.told('assigned')).toHaveLength(2);
  });

  test('leaves a failed task alone while no master lives, and assigns it anew on takeover', () => {
    const stage = new Stage(style);
    stage.master('m-1');
    stage.worker('w-1');
    const task = stage.task();
    stage.pass(300);
    stage.give({ type: 'crash', process: M1 });
    fails(stage, task);
    stage.pass(EXPIRY_MS);
    expect(stage.ls('/status')).toEqual([task]);
    expect(stage.inbox('w-1')).toEqual([]);
    stage.master('m-2');
    stage.pass(500);
    expect(stage.ls('/status')).toEqual([]);
    expect(stage.get(`/assign/worker-w-1/${task}`)).toBe(`${RESIZE} failed=1`);
  });

  test('leaves alone the status of a task that is done', () => {
    const stage = new Stage(style);
    stage.master('m-1');
    stage.worker('w-1');
    const task = stage.task();
    stage.pass(300);
    expect(stage.section(M1).workers).toEqual([{ worker: 'worker-w-1', tasks: 1 }]);
    stage.status(task, 'done');
    stage.pass(500);
    expect(stage.get(`/status/${task}`)).toBe('done');
    expect(stage.told('anew')).toEqual([]);
    expect(stage.section(M1).workers).toEqual([{ worker: 'worker-w-1', tasks: 0 }]);
  });
});

/** As a worker reports it: the status comes and the assignment goes. */
function fails(stage: Stage, task: string): void {
  const data = { text: 'resize 7', kind: 'any' as const, submission: 'c-1.0.1', failed: 1 };
  stage.hand.send({ op: 'delete', path: `/assign/worker-w-1/${task}`, version: -1 });
  stage.status(task, 'failed', data);
  stage.pass(20);
}

describe('E1: the master dies between the assignment and the end of the task in /tasks', () => {
  test('book-style: it is in both places until the next recovery', () => {
    const stage = new Stage('book');
    stage.master('m-1');
    stage.master('m-2');
    stage.worker('w-1');
    const task = stage.task();
    for (let i = 0; stage.inbox('w-1').length === 0 && i < 5000; i += 1) stage.pass(0.1);
    stage.give({ type: 'crash', process: M1 });
    stage.pass(500);
    expect(stage.ls('/tasks')).toEqual([task]);
    expect(stage.inbox('w-1')).toEqual([task]);
    stage.pass(EXPIRY_MS);
    expect(stage.told('dropped', M2)).toEqual([{ task, why: 'assigned' }]);
    expect(stage.ls('/tasks')).toEqual([]);
    expect(stage.inbox('w-1')).toEqual([task]);
    expect(stage.told('choose', M2)).toEqual([]);
  });

  test('hardened: it is never in both places', () => {
    const stage = new Stage('hardened');
    stage.master('m-1');
    stage.worker('w-1');
    const task = stage.task();
    for (let i = 0; i < 600; i += 1) {
      stage.pass(0.1);
      expect([...stage.ls('/tasks'), ...stage.inbox('w-1')]).toEqual([task]);
    }
    expect(stage.inbox('w-1')).toEqual([task]);
  });

  test.each(['assigned', 'status'] as const)(
    'hardened: on takeover, too, what is %s already leaves /tasks',
    (why) => {
      const stage = new Stage('hardened');
      stage.master('m-1');
      stage.worker('w-1');
      stage.give({ type: 'crash', process: M1 });
      const task = stage.task();
      if (why === 'assigned') stage.make(`/assign/worker-w-1/${task}`, RESIZE);
      else stage.status(task, 'done');
      stage.pass(EXPIRY_MS);
      stage.master('m-2');
      expect(stage.told('dropped')).toEqual([{ task, why }]);
      expect(stage.ls('/tasks')).toEqual([]);
      expect(stage.told('choose')).toEqual([]);
    },
  );
});

/**
 * The worker dies while the master reads the task; the master asks for the workers, chooses from
 * those it knew, and learns that it is gone; then its connection breaks, with all that came after.
 * Calls of a session are in order, so without the break the read of the inbox would find the task.
 */
function chosenAndGone(style: Style): { stage: Stage; task: string } {
  const stage = new Stage(style);
  stage.master('m-1');
  const w1 = stage.worker('w-1');
  stage.give({ type: 'latency', a: M1, b: ZK1, ms: 50 });
  const task = stage.task();
  passUntil(stage.e, (entry) => sends(entry, M1, 'getData', `/tasks/${task}`));
  // Down the line again at once: what the server tells arrives before the answer to that read.
  w1.send({ op: 'closeSession' });
  passUntil(stage.e, (entry) => isApp(entry, 'choose'));
  return { stage, task };
}

describe('E2: the worker that a master chose is gone', () => {
  test('book-style: the retry lands in a dead inbox, and nobody looks there', () => {
    const { stage, task } = chosenAndGone('book');
    passUntil(stage.e, (entry) => sends(entry, M1, 'getChildren', '/assign/worker-w-1'));
    stage.give({ type: 'reset', a: M1, b: ZK1, channel: 'client' });
    stage.pass(3000);
    expect(stage.ls('/workers')).toEqual([]);
    expect(stage.inbox('w-1')).toEqual([task]);
    expect(stage.ls('/tasks')).toEqual([]);
    stage.worker('w-2');
    stage.pass(20_000);
    expect(stage.inbox('w-1')).toEqual([task]);
    expect(stage.inbox('w-2')).toEqual([]);
  });

  test('hardened: the multi fails, and somebody else is chosen when there is one', () => {
    const { stage, task } = chosenAndGone('hardened');
    stage.pass(1000);
    expect(stage.told('choose')).toEqual([{ task, worker: 'worker-w-1' }]);
    expect(stage.told('assigned')).toEqual([]);
    expect(stage.inbox('w-1')).toEqual([]);
    expect(stage.ls('/tasks')).toEqual([task]);
    stage.worker('w-2');
    stage.pass(1000);
    expect(stage.inbox('w-2')).toEqual([task]);
    expect(stage.ls('/tasks')).toEqual([]);
  });

  test('hardened: it is not chosen again, though no list has told yet that it is gone', () => {
    const stage = new Stage('hardened');
    stage.master('m-1');
    const w1 = stage.worker('w-1');
    stage.give({ type: 'latency', a: M1, b: ZK1, ms: 50 });
    const task = stage.task();
    passUntil(stage.e, (entry) => isApp(entry, 'choose'));
    w1.send({ op: 'closeSession' });
    stage.pass(1000);
    expect(stage.told('choose')).toEqual([{ task, worker: 'worker-w-1' }]);
    expect(stage.told('noWorker')).toEqual([{ task }]);
    expect(stage.told('assigned')).toEqual([]);
    expect(stage.ls('/tasks')).toEqual([task]);
  });

  test('hardened: so it is when the connection breaks in between', () => {
    const { stage, task } = chosenAndGone('hardened');
    stage.pass(5);
    stage.give({ type: 'reset', a: M1, b: ZK1, channel: 'client' });
    stage.pass(3000);
    stage.worker('w-2');
    stage.pass(1000);
    expect(stage.inbox('w-1')).toEqual([]);
    expect(stage.inbox('w-2')).toEqual([task]);
  });
});

describe('E3: a task comes when nobody can take it', () => {
  test.each([undefined, 'gpu'])('book-style: it is never looked at again (needs %s)', (needs) => {
    const stage = new Stage('book');
    stage.master('m-1');
    if (needs !== undefined) stage.worker('w-2');
    const task = stage.task(needs === undefined ? {} : { needs });
    stage.pass(300);
    expect(stage.told('noWorker')).toEqual([{ task }]);
    stage.worker('w-1', 'gpu');
    const next = stage.task({ submission: 'c-1.0.2', needs: 'gpu' });
    stage.pass(20_000);
    expect(stage.inbox('w-1')).toEqual([next]);
    expect(stage.ls('/tasks')).toEqual([task]);
    expect(stage.section(M1).pending.map((t) => t.task)).toEqual([task]);
  });

  test.each([undefined, 'gpu'])('hardened: it waits for a worker to join (needs %s)', (needs) => {
    const stage = new Stage('hardened');
    stage.master('m-1');
    if (needs !== undefined) stage.worker('w-2');
    const task = stage.task(needs === undefined ? {} : { needs });
    stage.pass(300);
    expect(stage.told('noWorker')).toEqual([{ task }]);
    expect(stage.section(M1).pending.map((t) => t.task)).toEqual([task]);
    // A worker that is of no use is not told of.
    if (needs !== undefined) stage.worker('w-3', 'mail');
    expect(stage.told('noWorker')).toHaveLength(1);
    stage.worker('w-1', 'gpu');
    expect(stage.inbox('w-1')).toEqual([task]);
    expect(stage.ls('/tasks')).toEqual([]);
  });
});

/** A worker dies with a task while no master lives. */
function deadInbox(style: Style): { stage: Stage; task: string } {
  const stage = new Stage(style);
  stage.master('m-1');
  const w1 = stage.worker('w-1');
  const task = stage.task();
  stage.pass(300);
  stage.give({ type: 'crash', process: M1 });
  stage.kill(w1);
  stage.pass(EXPIRY_MS);
  expect(stage.inbox('w-1')).toEqual([task]);
  return { stage, task };
}

describe('E4: a takeover while no worker is alive', () => {
  test('book-style: recovery gives up, and the task stays in the dead inbox for ever', () => {
    const { stage, task } = deadInbox('book');
    stage.master('m-2');
    expect(stage.told('recoverySkipped', M2)).toEqual([{ why: 'noWorker' }]);
    stage.worker('w-2');
    stage.pass(20_000);
    expect(stage.inbox('w-1')).toEqual([task]);
    expect(stage.ls('/tasks')).toEqual([]);
    expect(stage.inbox('w-2')).toEqual([]);
  });

  test('hardened: the task goes back, and to the next worker that joins', () => {
    const { stage, task } = deadInbox('hardened');
    stage.master('m-2');
    expect(stage.ls('/tasks')).toEqual([task]);
    expect(stage.inbox('w-1')).toEqual([]);
    stage.worker('w-2');
    expect(stage.get(`/assign/worker-w-2/${task}`)).toBe(RESIZE);
  });

  test('hardened: what lands in a dead inbox by other hands goes back when a worker joins', () => {
    const stage = new Stage('hardened');
    stage.master('m-1');
    stage.make('/assign/worker-w-1');
    stage.make('/assign/worker-w-1/task-0000000009', RESIZE);
    stage.worker('w-2');
    stage.pass(500);
    expect(stage.inbox('w-1')).toEqual([]);
    expect(stage.inbox('w-2')).toEqual(['task-0000000009']);
  });
});

describe('V1: a takeover that finds a dead worker with a task', () => {
  test('book-style: the task comes back without its data, and the assignment stays', () => {
    const { stage, task } = deadInbox('book');
    stage.worker('w-2');
    stage.master('m-2');
    stage.pass(500);
    expect(stage.told('requeued')).toEqual([{ task, worker: 'worker-w-1', isEmpty: true }]);
    expect(stage.get(`/assign/worker-w-2/${task}`)).toBe('');
    expect(stage.get(`/assign/worker-w-1/${task}`)).toBe(RESIZE);
  });

  test('hardened: it comes back as it was, and the assignment goes', () => {
    const { stage, task } = deadInbox('hardened');
    stage.worker('w-2');
    stage.master('m-2');
    stage.pass(500);
    expect(stage.told('requeued')).toEqual([{ task, worker: 'worker-w-1', isEmpty: false }]);
    expect(stage.get(`/assign/worker-w-2/${task}`)).toBe(RESIZE);
    expect(stage.inbox('w-1')).toEqual([]);
  });

  test.each(['status', 'tasks'] as const)(
    'hardened: it does not come back when it has its place in /%s',
    (place) => {
      const { stage, task } = deadInbox('hardened');
      if (place === 'tasks') stage.make(`/tasks/${task}`, RESIZE);
      else stage.status(task, 'done');
      stage.master('m-2');
      stage.pass(500);
      expect(stage.told('requeued')).toEqual([]);
      expect(stage.inbox('w-1')).toEqual([]);
      expect(stage.ls(`/${place}`)).toEqual([task]);
    },
  );
});

describe('retries', () => {
  test('book-style: a lost delete of a task is retried with a path where its name is expected', () => {
    const stage = new Stage('book');
    stage.master('m-1');
    stage.worker('w-1');
    const task = stage.task();
    passUntil(stage.e, (entry) => sends(entry, M1, 'delete', `/tasks/${task}`));
    stage.give({ type: 'reset', a: M1, b: ZK1, channel: 'client' });
    stage.pass(20_000);
    // The library throws before anything is sent.
    const isWrong = (path: string) => path.startsWith('/tasks//tasks');
    expect(stage.e.trace.filter(({ request }) => isWrong(request?.path ?? ''))).toEqual([]);
    expect(stage.ls('/tasks')).toEqual([task]);
    expect(stage.inbox('w-1')).toEqual([task]);
  });

  test('book-style: an assignment whose answer was lost is taken for the work of another', () => {
    const stage = new Stage('book');
    stage.master('m-1');
    stage.worker('w-1');
    const task = stage.task();
    for (let i = 0; stage.inbox('w-1').length === 0 && i < 5000; i += 1) stage.pass(0.1);
    stage.give({ type: 'reset', a: M1, b: ZK1, channel: 'client' });
    stage.pass(20_000);
    expect(stage.ls('/tasks')).toEqual([task]);
    expect(stage.inbox('w-1')).toEqual([task]);
  });

  test('hardened: whichever moment the connection breaks at, the task ends up in one place', () => {
    for (let ms = 0; ms < 40; ms += 1) {
      const stage = new Stage('hardened');
      stage.master('m-1');
      stage.worker('w-1');
      const task = stage.task();
      stage.pass(ms);
      stage.give({ type: 'reset', a: M1, b: ZK1, channel: 'client' });
      stage.pass(3000);
      expect(stage.ls('/tasks'), `after ${ms} ms`).toEqual([]);
      expect(stage.inbox('w-1')).toEqual([task]);
    }
  });
});

test('hardened: a worker that dies while a recovery runs is looked after by the next one', () => {
  const stage = new Stage('hardened');
  stage.master('m-1');
  const w1 = stage.worker('w-1');
  const task = stage.task();
  stage.pass(300);
  stage.give({ type: 'latency', a: M1, b: ZK1, ms: 50 });
  stage.hand.send(make('/workers/worker-w-2', { data: 'Idle' }));
  passUntil(stage.e, (entry) => sends(entry, M1, 'getChildren', '/assign/worker-w-1'));
  // Nobody is left, so that the workers are known anew before that recovery is at its end.
  w1.send({ op: 'closeSession' });
  stage.hand.send({ op: 'delete', path: '/workers/worker-w-2', version: -1 });
  stage.pass(2000);
  expect(stage.told('requeued')).toEqual([{ task, worker: 'worker-w-1', isEmpty: false }]);
  expect(stage.inbox('w-1')).toEqual([]);
});

test('hardened: an inbox that was taken away under a living worker is made again', () => {
  const stage = new Stage('hardened');
  stage.master('m-1');
  stage.worker('w-1');
  stage.hand.send({ op: 'delete', path: '/assign/worker-w-1', version: -1 });
  stage.pass(100);
  const task = stage.task();
  stage.pass(500);
  expect(stage.inbox('w-1')).toEqual([task]);
});

test('E15: hardened reads again what a worker can do when its znode is another one', () => {
  const stage = new Stage('hardened');
  stage.master('m-1');
  const w1 = stage.worker('w-1', 'mail');
  const task = stage.task({ needs: 'gpu' });
  stage.pass(300);
  // Both changes come before the master has read the first.
  stage.give({ type: 'latency', a: M1, b: ZK1, ms: 50 });
  w1.send({
    op: 'multi',
    ops: [
      { op: 'delete', path: '/workers/worker-w-1', version: -1 },
      make('/workers/worker-w-1', { flags: 1, data: 'Idle can=gpu' }),
    ],
  });
  stage.pass(1000);
  expect(stage.inbox('w-1')).toEqual([task]);
});

test('hardened: workers that were begun before any master wait for its roots', () => {
  const stage = new Stage('hardened');
  const settings = { hosts: [1], timeoutMs: 4000, style: 'hardened' as const };
  stage.give({ type: 'app', settings: { role: 'worker', id: 'w-1', ...settings } });
  stage.pass(2000);
  expect(stage.ls('/')).toEqual(['zookeeper']);
  stage.master('m-1');
  stage.pass(500);
  expect(stage.ls('/workers')).toEqual(['worker-w-1']);
  expect(stage.section(M1).workers).toEqual([{ worker: 'worker-w-1', tasks: 0 }]);
});
