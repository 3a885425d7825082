import { describe, expect, test } from 'vitest';
import type { CheckView } from '../../../bridge/frame';
import type { ProcessName } from '../../../bridge/names';
import type { TraceEntry } from '../../../bridge/traceEntry';
import type { TraceId } from '../../../base/traceId';
import { makeZxid, type SessionId } from '../../../zk/ids';
import { type EdgeCase, edgesOf, startEdgeWatch, watchEdges } from './edgeCases';
import { edgeLines, hasAll, noteFound, startEdgeTable } from './edgeTable';

const TASK = 'task-0000000003';
const SUBMISSION = 'c-1.0.1';
const ASSIGNMENT = `/assign/worker-w-1/${TASK}`;
const MASTER_SESSION = '0100000000000001';

type Line = Partial<TraceEntry> & { type: TraceEntry['type'] };

function app(process: string, name: string, detail: TraceEntry['detail'] = {}): Line {
  return { type: 'app', process: process as ProcessName, name, detail };
}

/** A server that is alone logs and applies what changes the tree so. */
function txn(n: number, change: string, sessionId = MASTER_SESSION): Line[] {
  const zxid = makeZxid(0, n);
  const request = { sessionId: sessionId as SessionId, cxid: n, op: 'multi' as const };
  const process = '1' as ProcessName;
  return [
    { type: 'append', process, zxid, request, changes: [change] },
    { type: 'apply', process, zxid, request },
  ];
}

const lost = (
  process: string,
  op: 'create' | 'getChildren',
  path: string,
  err: TraceEntry['err'] = 'CONNECTIONLOSS',
): Line => ({
  type: 'result',
  process: process as ProcessName,
  err: err as NonNullable<TraceEntry['err']>,
  request: { sessionId: MASTER_SESSION as SessionId, cxid: 1, op, path },
});
const crash = (process: string): Line => ({
  type: 'command',
  process: process as ProcessName,
  name: 'crash',
});

/** One run of the task at a worker, up to its accepted effect. */
function runs(id: string, task = TASK): Line[] {
  return [
    app(`worker ${id}`, 'effect', { task, submission: SUBMISSION, kind: 'once', token: 1 }),
    app('storage s-1', 'stored', {
      by: id,
      what: 'effect',
      key: SUBMISSION,
      outcome: 'accepted',
      kind: 'once',
    }),
  ];
}

function edge(check: string, values: Record<string, string>, lines: readonly Line[]): EdgeCase {
  const watch = startEdgeWatch([1]);
  const entries = lines.map((line, i) => ({
    id: i as TraceId,
    at: i,
    process: '1' as ProcessName,
    event: i + 1,
    ...line,
  }));
  watchEdges(watch, entries);
  const view: CheckView = {
    name: check,
    holds: false,
    brokenAt: lines.length,
    explanation: 'why',
    sentence: { key: 'check', values },
  };
  const edges = edgesOf(watch, view).map((found) => found.edge);
  expect(edges).toHaveLength(1);
  return edges[0] as EdgeCase;
}

describe('a second effect of a submission', () => {
  const registered = txn(1, '~/workers/worker-w-1');
  const gone = txn(2, '-/workers/worker-w-1');
  const twice = (lines: readonly Line[]) =>
    edge('NoDuplicateEffect', { submission: SUBMISSION }, lines);

  test('is E5 when the worker died before it said so', () => {
    const lines = [...registered, ...runs('w-1'), crash('worker w-1'), ...gone, ...runs('w-2')];
    expect(twice(lines)).toBe('E5');
  });

  test('is E6 when it had said so', () => {
    const said = txn(3, `+/status/${TASK}`);
    const lines = [...registered, ...runs('w-1'), ...said, crash('worker w-1'), ...runs('w-2')];
    expect(twice(lines)).toBe('E6');
  });

  test('is E13 when the worker was taken for dead and was not', () => {
    expect(twice([...registered, ...runs('w-2'), ...gone, ...runs('w-1')])).toBe('E13');
    expect(twice([...registered, ...runs('w-1'), ...gone, ...runs('w-2')])).toBe('E13');
  });

  test('is E8 when it was submitted twice because an answer was lost', () => {
    const again = [...runs('w-1'), ...runs('w-1', 'task-0000000004')];
    const uncertain = app('taskclient c-1', 'uncertain', { submission: SUBMISSION });
    expect(twice([...registered, uncertain, ...again])).toBe('E8');
    expect(twice([...registered, ...again])).toBe('other');
  });

  test('has a name of its own when a retry lost the name of the task', () => {
    expect(twice([...registered, ...runs('w-1', 'null'), ...runs('w-2')])).toBe('null');
  });
});

describe('a task in a dead inbox', () => {
  const begun = [
    ...txn(1, '~/workers/worker-w-1'),
    ...txn(2, '~/master'),
    app('master m-1', 'masterState', { state: 'ELECTED' }),
  ];
  const assigned = (sessionId?: string) => txn(3, `+${ASSIGNMENT}`, sessionId);
  const gone = txn(4, '-/workers/worker-w-1');
  const stuck = (lines: readonly Line[]) =>
    edge('NoStuckInbox', { task: TASK, worker: 'worker-w-1', master: 'master m-1' }, lines);

  test('is E2 when the master assigned it to the dead, E11 when somebody did who was none', () => {
    const inbox = '/assign/worker-w-1';
    const read = lost('master m-1', 'getChildren', inbox, 'OK');
    expect(stuck([...begun, ...gone, read, ...assigned()])).toBe('E2');
    expect(stuck([...begun, ...gone, read, ...assigned('0100000000000009')])).toBe('E11');
    // It could have been found there.
    const unread = lost('master m-1', 'getChildren', inbox);
    expect(stuck([...begun, ...gone, ...assigned(), unread])).toBe('retry');
  });

  test('is E4 when the master took over while nobody lived', () => {
    const skipped = app('master m-1', 'recoverySkipped', { why: 'noWorker' });
    const elected = app('master m-1', 'masterState', { state: 'ELECTED' });
    expect(stuck([...begun, ...assigned(), ...gone, elected, skipped])).toBe('E4');
    expect(stuck([...begun, skipped, ...assigned(), ...gone])).toBe('other');
  });

  test('is V1 when the task was put back without its data, retry when its inbox was not read', () => {
    const requeued = app('master m-1', 'requeued', {
      task: TASK,
      worker: 'worker-w-1',
      isEmpty: true,
    });
    expect(stuck([...begun, ...assigned(), ...gone, requeued])).toBe('V1');
    const read = lost('master m-1', 'getChildren', '/assign/worker-w-1');
    expect(stuck([...begun, ...assigned(), ...gone, read])).toBe('retry');
  });
});

test('a task that is nowhere is E7 when the create of its status was lost', () => {
  const is = (lines: readonly Line[]) => edge('NoTaskLost', { task: TASK }, lines);
  const released = txn(2, `-${ASSIGNMENT}`);
  const create = lost('worker w-1', 'create', `/status/${TASK}`);
  expect(is([...txn(1, `+${ASSIGNMENT}`), create, ...released])).toBe('E7');
  expect(is([...txn(1, `+${ASSIGNMENT}`), ...released])).toBe('other');
});

test('the table names the smallest seed, whichever ended first', () => {
  const table = startEdgeTable();
  const result = (seed: number, edges: EdgeCase[]) => ({
    seed,
    events: 1,
    fingerprint: '',
    recording: {} as never,
    found: edges.map((found) => ({ edge: found, check: 'C', event: 1, explanation: 'why' })),
  });
  noteFound(table, result(9, ['E2', 'E4', 'E5', 'E7']));
  expect(hasAll(table)).toBe(false);
  noteFound(table, result(4, ['E2', 'E8', 'V1']));
  expect(hasAll(table)).toBe(true);
  const lines = edgeLines(table, ({ seed }) => `seed-${seed}`);
  expect(lines.map((line) => line.split(',')[0])).toEqual([
    'E2: first at seed 4',
    'E4: first at seed 9',
    'E5: first at seed 9',
    'E7: first at seed 9',
    'E8: first at seed 4',
    'V1: first at seed 4',
  ]);
});
