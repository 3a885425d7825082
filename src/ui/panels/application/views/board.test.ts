import { describe, expect, test } from 'vitest';
import { appFrame, node, ROOTS } from '../fixtures/appFrames';
import { boardOf, fitInboxes, fitRows, placesOf } from './board';
import { shortTask } from '../../../../bridge/taskData';
import { shortPath, taskOfPath } from './taskPaths';
import { truthOf } from './truth';

const T = (n: number) => `task-${String(n).padStart(10, '0')}`;

const NODES = [
  ...ROOTS,
  node('/master', 'm-1', 'm-1'),
  node('/workers/worker-w-1', 'Working can=gpu', 'w-1'),
  node('/assign/worker-w-1'),
  node(`/assign/worker-w-1/${T(3)}`, 'pay 7 id=c-1.0.3 once steps=4'),
  node('/assign/worker-w-2'),
  node(`/assign/worker-w-2/${T(4)}`, ''),
  node(`/tasks/${T(5)}`, 'train id=c-1.0.5 needs=gpu'),
  node(`/status/${T(1)}`, 'done'),
  node(`/status/${T(3)}`, 'failed pay 7 id=c-1.0.3 once steps=4'),
  node('/tasks-elsewhere', 'is no task'),
];

describe('the board', () => {
  const board = boardOf(truthOf(appFrame(NODES, [])));

  test('has a column per root, tasks with their kinds and needs', () => {
    expect(board.roots).toEqual(['/master', '/workers', '/tasks', '/assign', '/status']);
    expect(board.workers.map(({ worker }) => worker)).toEqual(['w-1']);
    expect(board.tasks).toMatchObject([{ task: T(5), kind: 'any', needs: 'gpu', text: 'train' }]);
    expect(board.assign[0]?.tickets).toMatchObject([{ task: T(3), kind: 'once', text: 'pay 7' }]);
  });

  test('marks an inbox whose worker is gone, and a task whose data is lost', () => {
    expect(board.assign.map(({ worker, isDead }) => [worker, isDead])).toEqual([
      ['w-1', false],
      ['w-2', true],
    ]);
    expect(board.assign[1]?.tickets[0]?.isEmpty).toBe(true);
  });

  test('reads what a person wrote by hand as the master does', () => {
    const byHand = boardOf(
      truthOf(appFrame([...ROOTS, node(`/tasks/${T(6)}`, 'mail 3 once needs=smtp')], [])),
    );
    expect(byHand.tasks).toMatchObject([{ kind: 'once', needs: 'smtp', text: 'mail 3' }]);
  });

  test('says how a run ended', () => {
    expect(board.status).toMatchObject([
      { task: T(1), status: 'done' },
      { task: T(3), status: 'failed', submission: 'c-1.0.3', kind: 'once', text: 'pay 7' },
    ]);
  });

  test('knows every place of a task', () => {
    expect(placesOf(board, T(3)).map(({ path }) => path)).toEqual([
      `/assign/worker-w-1/${T(3)}`,
      `/status/${T(3)}`,
    ]);
  });

  test('counts the znodes that the section does not have', () => {
    const frame = appFrame(NODES, []);
    const section = frame.processes['3']?.sections['tree'];
    if (section?.type !== 'tree') throw new Error('no tree');
    section.total += 40;
    expect(boardOf(truthOf(frame)).unseen).toBe(40);
    expect(board.unseen).toBe(0);
  });
});

describe('what fits', () => {
  test('keeps a row for saying how many do not', () => {
    expect(fitRows([1, 2, 3], 3)).toEqual({ shown: [1, 2, 3], hidden: 0 });
    expect(fitRows([1, 2, 3, 4], 3)).toEqual({ shown: [1, 2], hidden: 2 });
    expect(fitRows([1, 2, 3, 4], 3, true)).toEqual({ shown: [3, 4], hidden: 2 });
  });

  test('is shared among the inboxes', () => {
    const ticket = (n: number) => ({
      task: T(n),
      path: '',
      submission: '',
      kind: 'any' as const,
      text: '',
      isEmpty: false,
    });
    const inbox = (worker: string, count: number) => ({
      worker,
      path: worker,
      tickets: Array.from({ length: count }, (_, i) => ticket(i)),
      isDead: false,
    });
    const { shown, hidden } = fitInboxes([inbox('w-1', 9), inbox('w-2', 1), inbox('w-3', 0)], 7);
    expect(shown.map(({ shown: own, hidden: rest }) => [own.length, rest])).toEqual([
      [3, 6],
      [1, 0],
      [0, 0],
    ]);
    expect(hidden).toBe(0);
    expect(fitInboxes([inbox('w-1', 1), inbox('w-2', 1), inbox('w-3', 1)], 2).hidden).toBe(2);
  });
});

describe('a task', () => {
  test('is said in short', () => {
    expect(shortTask(T(0))).toBe('task-0');
    expect(shortTask(T(30))).toBe('task-30');
    expect(shortPath(`/assign/worker-w-12/${T(3)}`)).toBe('/assign/w-12/task-3');
    expect(taskOfPath(`/status/${T(3)}`)).toBe(T(3));
    expect(taskOfPath('/assign/worker-w-1')).toBeUndefined();
    expect(taskOfPath('/workers/worker-w-1')).toBeUndefined();
  });
});
