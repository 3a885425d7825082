import { describe, expect, test } from 'vitest';
import type { TraceId } from '../../../../base/traceId';
import type { ProcessName } from '../../../../bridge/names';
import type { TraceEntry } from '../../../../bridge/traceEntry';
import { appendTrace, emptyTrace } from '../../../store/runTrace';
import { appFrame, AT, backup, master, node, OWN, ROOTS, worker } from '../fixtures/appFrames';
import { z } from '../../stage/fixtures/build';
import { emptyHistory, pauseOf, readHistory, requestsOf } from './history';
import { truthOf } from './truth';
import { masterSentences, saidOf, tokenText, workerSentences } from './words';

let ids = 0;
function entry(process: string, at: number, part: Partial<TraceEntry>): TraceEntry {
  ids += 1;
  return {
    id: ids as TraceId,
    at,
    process: process as ProcessName,
    type: 'work',
    head: true,
    event: ids,
    ...part,
  };
}

function historyOf(entries: TraceEntry[]) {
  const run = emptyTrace();
  appendTrace(run, entries);
  return readHistory(emptyHistory(), run);
}

const M1 = 'master m-1' as ProcessName;
const command = (at: number, name: string, process = M1) =>
  entry(process, at, { type: 'command', name });

describe('a split brain explains itself', () => {
  const nodes = [...ROOTS, node('/master', 'm-2', 'm-2')];
  const old = master('m-1');
  const frame = appFrame(nodes, [old, master('m-2', { token: 9 })], { live: ['m-2'] });
  const truth = truthOf(frame);
  const history = historyOf([command(5_000_000, 'pause'), command(16_200_000, 'resume')]);

  test('the old master: how long it was paused, and what it has not heard', () => {
    expect(masterSentences(frame, old, truth, history)).toEqual([
      { key: 'application.wasPaused', values: { s: '11.2' } },
      { key: 'application.notHeard' },
    ]);
  });

  test('a pause of long ago is not told again', () => {
    const late = { ...frame, at: AT + 60_000_000 };
    expect(masterSentences(late, old, truth, history)).toEqual([{ key: 'application.notHeard' }]);
  });

  test('while it still stands there: for how long, and that its session has ended', () => {
    const paused = { ...old, status: 'paused' as const };
    const still = historyOf([command(8_000_000, 'pause')]);
    expect(masterSentences(frame, paused, truth, still)).toEqual([
      { key: 'application.paused', values: { s: '12.0' } },
      { key: 'application.sessionGone' },
    ]);
  });
});

describe('a master', () => {
  const nodes = [...ROOTS, node('/master', 'm-1', 'm-1')];
  const sentences = (process: ReturnType<typeof master>, own = nodes) => {
    const frame = appFrame(own, [process], { live: ['m-1', 'm-2'] });
    return masterSentences(frame, process, truthOf(frame), emptyHistory()).map(({ key }) => key);
  };

  test('says what it is at', () => {
    expect(sentences(master('m-1', { phase: 'recovery' }))).toEqual(['application.phase.recovery']);
    const doing = [{ what: 'assign' as const, task: 'task-0000000003', worker: 'worker-w-1' }];
    expect(sentences(master('m-1', { doing }))).toEqual(['application.doing.assign']);
    const pending = [{ task: 'task-0000000003' }];
    expect(sentences(master('m-1', { pending }))).toEqual(['application.pending']);
    expect(sentences(master('m-1'))).toEqual(['application.knows']);
  });

  test('that waits says for whom; when the lock is gone, that it has not heard', () => {
    expect(sentences(backup('m-2'))).toEqual(['application.waitsFor']);
    expect(sentences(backup('m-2'), [...ROOTS])).toEqual(['application.vanished']);
  });

  test('that is dead leaves its lock for a while, but only its own', () => {
    const dead = master('m-1', {}, { status: 'down' });
    const gone = { ...dead, sections: {} };
    const frame = appFrame(nodes, [gone], { live: ['m-1'] });
    expect(
      masterSentences(frame, gone, truthOf(frame), historyOf([command(18_000_000, 'crash')])),
    ).toEqual([
      { key: 'application.crashed', values: { s: '2.0' } },
      { key: 'application.masterStays', values: { id: 'm-1', s: '8.0' } },
    ]);
    const others = appFrame([...ROOTS, node('/master', 'm-2', 'm-2')], [gone], { live: ['m-2'] });
    expect(
      masterSentences(others, gone, truthOf(others), emptyHistory()).map(({ key }) => key),
    ).toEqual(['application.down']);
  });

  test('names its token: a number, or a zxid in short', () => {
    expect(tokenText(5)).toBe('5');
    expect(tokenText(4294967303)).toBe('0x1·7');
    const section = master('m-1').sections['master'];
    if (section?.type !== 'master') throw new Error('no master');
    expect(saidOf(section)).toEqual({
      key: 'application.said.masterToken',
      values: { token: '5' },
    });
  });
});

test('a worker whose znode is gone while it works has not heard of that', () => {
  const process = worker('w-1');
  const frame = appFrame([...ROOTS], [process], { live: [] });
  expect(workerSentences(frame, process, truthOf(frame), emptyHistory())).toEqual([
    { key: 'application.workerGone' },
  ]);
});

describe('the past of a task', () => {
  const sessionId = OWN['c-1'] as never;
  const create = { sessionId, cxid: 1, op: 'create', path: '/tasks/task-' } as const;
  const named = { ...create, path: '/tasks/task-0000000003' };
  const multi = { sessionId: OWN['m-1'] as never, cxid: 9, op: 'multi' } as const;
  const ops =
    'check /epoch\ncreate /assign/worker-w-1/task-0000000003\ndelete /tasks/task-0000000003';
  const history = historyOf([
    entry('taskclient c-1', 1000, {
      type: 'send',
      kind: 'REQUEST',
      channel: 'client',
      request: create,
    }),
    entry('3', 2000, { type: 'propose', request: create, zxid: z(7) }),
    entry('3', 3000, { type: 'apply', request: create, zxid: z(7) }),
    entry('1', 3500, { type: 'apply', request: named, zxid: z(7) }),
    entry('master m-1', 4000, {
      type: 'send',
      kind: 'REQUEST',
      channel: 'client',
      request: multi,
      detail: { ops },
    }),
    entry('3', 6000, { type: 'apply', request: multi, zxid: z(8), err: 'NONODE' }),
  ]);

  test('has the create that made it, though its number came later, and the parts of a multi', () => {
    expect(requestsOf(history, 'task-0000000003', 9000)).toMatchObject([
      { by: 'taskclient c-1', zxid: z(7), err: 'OK', lines: ['create /tasks/task-0000000003'] },
      { by: 'master m-1', zxid: z(8), err: 'NONODE', lines: ops.split('\n').slice(1) },
    ]);
  });

  test('ends where one looks back to', () => {
    expect(requestsOf(history, 'task-0000000003', 4500)).toMatchObject([
      { zxid: z(7) },
      { by: 'master m-1' },
    ]);
    expect(requestsOf(history, 'task-0000000003', 4500)[1]).not.toHaveProperty('zxid');
  });
});

test('a process that crashed stands still no more', () => {
  const history = historyOf([command(5_000_000, 'pause'), command(6_000_000, 'crash')]);
  expect(pauseOf(history, M1, 5_500_000)).toMatchObject({ ms: 500, isOver: false });
  expect(pauseOf(history, M1, 7_000_000)).toBeUndefined();
});
