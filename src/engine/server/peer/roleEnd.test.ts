import { describe, expect, test } from 'vitest';
import type { Command } from '../../../bridge/command';
import { clientName, serverName } from '../../../bridge/names';
import { DEFAULT_TIMING, type Timing } from '../../../bridge/process';
import type { TraceEntry } from '../../../bridge/traceEntry';
import { DEFAULT_ZOO_CONFIG } from '../../../zk/config';
import { epochOf, makeZxid, type Zxid } from '../../../zk/ids';
import { ALL_CHECKS } from '../../checks/all';
import { createRun, frameOf, order, runUntil, runWhile, type Run } from '../../world/inProcess';

/** Three servers of which 3 leads, and a client of server 3; ticks of 200 ms. */
function ensemble(timing: Partial<Timing> = {}): { run: Run; trace: TraceEntry[] } {
  const trace: TraceEntry[] = [];
  const run = createRun(
    {
      seed: 1,
      ensembles: [{ servers: [1, 2, 3] }],
      clients: [{ letter: 'a', hosts: [3], timeoutMs: 4000 }],
      config: { ...DEFAULT_ZOO_CONFIG, tickTime: 200 },
      timing: { ...DEFAULT_TIMING, ...timing },
      linkMicros: 1000,
      jitterMicros: 0,
      profile: 'fixed',
    },
    {
      project: true,
      invariants: true,
      checks: ALL_CHECKS,
      onTrace: (entries) => {
        trace.push(...entries);
      },
    },
  );
  runUntil(run, 4_000_000);
  return { run, trace };
}

function give(run: Run, command: Command): void {
  expect(order(run, command)).toBeUndefined();
}

const type = (run: Run, line: string) => give(run, { type: 'zk', letter: 'a', line });

/** One event at a time, until one has an entry like this. */
function runToEntry(run: Run, isIt: (entry: TraceEntry) => boolean): void {
  expect(runWhile(run, (entries) => !entries.some(isIt), 100_000)).toBe(true);
}

function seconds(run: Run, n: number): void {
  runUntil(run, run.world.now + n * 1_000_000);
}

/** Without the membership, which each server writes by itself, with its own clock. */
function treeOf(run: Run, name: string): unknown {
  const section = frameOf(run).processes[name]?.sections['tree'];
  expect(section?.type).toBe('tree');
  if (section?.type !== 'tree') return undefined;
  return { ...section, nodes: section.nodes.filter(({ path }) => path !== '/zookeeper/config') };
}

function expectAllHold(run: Run): void {
  expect(frameOf(run).checks.filter(({ holds }) => !holds)).toEqual([]);
}

describe('a txn that only the followers have logged when their leader dies', () => {
  test('is in their trees and not known to be committed, while what was committed stays so', () => {
    const { run } = ensemble();
    type(run, 'create /a 1');
    seconds(run, 1);
    type(run, 'create /b 2');
    runToEntry(run, ({ type, process }) => type === 'append' && process === serverName(2));
    give(run, { type: 'crash', process: serverName(3) });
    runToEntry(run, ({ type, name, process }) => {
      return type === 'serverState' && name === 'LOOKING' && process === serverName(2);
    });
    const log = frameOf(run).processes['2']?.sections['log'];
    const records = log?.type === 'log' ? log.records.slice(-2) : [];
    expect(records).toMatchObject([
      { request: { path: '/a' }, synced: true, applied: true, committed: true },
      { request: { path: '/b' }, synced: true, applied: true, committed: false },
    ]);
    seconds(run, 3);
    const later = frameOf(run).processes['2']?.sections['log'];
    expect(later?.type === 'log' && later.records.every(({ committed }) => committed)).toBe(true);
  });

  test('a follower that returns knows its history to be committed once it serves', () => {
    const { run } = ensemble();
    type(run, 'create /a 1');
    seconds(run, 1);
    give(run, { type: 'crash', process: serverName(1) });
    give(run, { type: 'restart', process: serverName(1) });
    seconds(run, 3);
    const log = frameOf(run).processes['1']?.sections['log'];
    expect(log?.type === 'log' && log.records.every(({ committed }) => committed)).toBe(true);
  });
});

describe('SyncRequestProcessor at the end of its role', () => {
  test('still logs the txn in hand, so that no txn behind it follows a hole', () => {
    const { run, trace } = ensemble({ append: 50_000 });
    type(run, 'create /a 1 ; create /b 2 ; create /c 3');
    runToEntry(run, ({ type, process }) => type === 'append' && process === serverName(2));
    give(run, { type: 'crash', process: serverName(3) });
    seconds(run, 5);
    const logged = trace
      .filter(({ type, process }) => type === 'append' && process === serverName(2))
      .map(({ zxid }) => zxid as Zxid)
      .filter((zxid) => epochOf(zxid) === 1);
    expect(logged).toEqual([1, 2, 3, 4].map((counter) => makeZxid(1, counter)));
    expectAllHold(run);
  });

  test('that died of a failed fsync leaves nothing behind that a vote counts and a crash loses', () => {
    const { run, trace } = ensemble();
    give(run, { type: 'disk', process: serverName(1), fault: 'fail-fsync' });
    type(run, 'create /a 1 ; set /a 2 ; set /a 3');
    seconds(run, 3);
    expect(trace.some(({ type }) => type === 'fsyncFailed')).toBe(true);
    expect(frameOf(run).processes['1']?.sections['role']).toMatchObject({ zabState: 'BROADCAST' });
    give(run, { type: 'crash', process: serverName(1) });
    give(run, { type: 'restart', process: serverName(1) });
    seconds(run, 3);
    type(run, 'set /a 4');
    seconds(run, 1);
    expectAllHold(run);
    const trees = ['1', '2', '3'].map((name) => treeOf(run, name));
    expect(trees[0]).toEqual(trees[1]);
    expect(trees[0]).toEqual(trees[2]);
  });

  test('that died of a failed append goes back to what its log holds', () => {
    const { run, trace } = ensemble();
    give(run, { type: 'disk', process: serverName(1), fault: 'fail-append' });
    type(run, 'create /a 1 ; set /a 2 ; set /a 3');
    seconds(run, 3);
    expect(trace.some(({ type, err }) => type === 'append' && err === 'SYSTEMERROR')).toBe(true);
    expectAllHold(run);
    const trees = ['1', '3'].map((name) => treeOf(run, name));
    expect(trees[0]).toEqual(trees[1]);
  });
});

describe('a learner that dies while it is being synchronized', () => {
  test('between the history and currentEpoch starts again', () => {
    const { run } = ensemble();
    give(run, { type: 'crash', process: serverName(1) });
    give(run, { type: 'crash', process: serverName(2) });
    seconds(run, 3);
    give(run, { type: 'restart', process: serverName(2) });
    seconds(run, 3);
    type(run, 'create /a 1');
    seconds(run, 1);
    give(run, { type: 'restart', process: serverName(1) });
    runToEntry(
      run,
      ({ type, name, process }) =>
        type === 'disk' && name === 'history' && process === serverName(1),
    );
    give(run, { type: 'crash', process: serverName(1) });
    give(run, { type: 'restart', process: serverName(1) });
    seconds(run, 4);
    const server = frameOf(run).processes['1'];
    expect(server?.status).toBe('running');
    expect(server?.sections['role']).toMatchObject({ zabState: 'BROADCAST' });
    expectAllHold(run);
  });
});

describe('a learner whose leader goes away while it is being synchronized', () => {
  test('has the history that it appended on disk before it votes for it', () => {
    const { run } = ensemble();
    give(run, { type: 'crash', process: serverName(1) });
    type(run, 'create /a 1 ; create /b 2');
    seconds(run, 1);
    give(run, { type: 'restart', process: serverName(1) });
    runToEntry(run, ({ type, name, process }) => {
      return type === 'apply' && name === 'sync' && process === serverName(1);
    });
    give(run, { type: 'reset', a: serverName(1), b: serverName(3), channel: 'quorum' });
    seconds(run, 4);
    expectAllHold(run);
    expect(frameOf(run).processes['1']?.sections['role']).toMatchObject({ zabState: 'BROADCAST' });
  });
});

describe('a learner that comes back ahead of its leader’s tree', () => {
  test('keeps what is committed, even what the leader has still to apply', () => {
    const { run, trace } = ensemble();
    give(run, { type: 'freeze', process: serverName(3), thread: 'CommitProcessor' });
    type(run, 'create /a 1 ; create /b 2');
    seconds(run, 1);
    expect(trace.filter(({ type }) => type === 'commit').length).toBeGreaterThanOrEqual(2);
    give(run, { type: 'reset', a: serverName(1), b: serverName(3), channel: 'quorum' });
    seconds(run, 3);
    expect(trace.some(({ type }) => type === 'truncate')).toBe(false);
    give(run, { type: 'thaw', process: serverName(3), thread: 'CommitProcessor' });
    seconds(run, 2);
    expectAllHold(run);
    const trees = ['1', '3'].map((name) => treeOf(run, name));
    expect(trees[0]).toEqual(trees[1]);
  });

  test('is not counted for what was cut from its log until it has logged it again', () => {
    const { run, trace } = ensemble();
    // Only server 1 hears the proposal; neither the leader nor 2 has it on disk.
    give(run, { type: 'cut', a: serverName(3), b: serverName(2), channel: 'quorum' });
    give(run, { type: 'disk', process: serverName(3), fault: 'slow', ms: 900 });
    type(run, 'create /a 1');
    runToEntry(
      run,
      ({ type, process, kind }) =>
        type === 'deliver' && kind === 'ACK' && process === serverName(3),
    );
    give(run, { type: 'reset', a: serverName(1), b: serverName(3), channel: 'quorum' });
    seconds(run, 4);
    expect(
      trace.some(({ type, process }) => type === 'result' && process === clientName('a')),
    ).toBe(true);
    expectAllHold(run);
  });
});
