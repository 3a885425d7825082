import { describe, expect, test } from 'vitest';
import type { Recording } from '../../bridge/recording';
import type { TraceEntry } from '../../bridge/traceEntry';
import {
  createRun,
  frameOf,
  order,
  recordingOf,
  replay,
  type Run,
  runUntil,
  stepEvent,
} from './inProcess';
import { runFrom, runTo, stateOf } from './driver';
import { MACHINES } from './machines';
import { appsFor, dice, submitSomething, testConfig, wander } from './randomRun.test-support';
import { fingerprintOf } from './worldFrame';

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];
/** With the application on top: book-style at the odd ones, hardened at the even ones. */
const APP_SEEDS = [101, 102, 103, 104];

interface Live {
  run: Run;
  trace: TraceEntry[];
  taken: number;
}

function live(seed: number): Live {
  const trace: TraceEntry[] = [];
  const servers = seed % 4 === 0 ? [1] : seed % 4 === 1 ? [1, 2, 3, 4, 5] : [1, 2, 3];
  const config = testConfig(seed, servers, {
    jitterMicros: seed % 2 === 0 ? 700 : 0,
    apps: seed > 100 ? appsFor(servers, seed % 2 === 0 ? 'hardened' : 'book') : [],
  });
  const run = createRun(config, { project: true, onTrace: (entries) => trace.push(...entries) });
  const roll = dice(seed);
  runUntil(run, 3_000_000);
  const taken = wander(run, roll, 120, () => {
    if (seed > 100 && roll(3) === 0) order(run, submitSomething(roll));
  });
  return { run, trace, taken };
}

/** The recording again, one single event after the other. */
function singly(recording: Recording): { run: Run; trace: TraceEntry[] } {
  const trace: TraceEntry[] = [];
  const run = createRun(recording.config, {
    project: true,
    onTrace: (entries) => trace.push(...entries),
  });
  const to = (at: number, event: number) => {
    while (run.world.events < event) expect(stepEvent(run)).not.toEqual([]);
    runTo(run, at, event);
  };
  for (const { at, event, command } of recording.commands) {
    to(at, event);
    expect(order(run, command)).toBeUndefined();
  }
  to(recording.at, recording.events);
  return { run, trace };
}

describe('a run of real servers and clients', () => {
  test.each([...SEEDS, ...APP_SEEDS])(
    'is the same by windows and by single events, seed %i',
    (seed) => {
      const { run, trace, taken } = live(seed);
      const names = new Set(trace.filter(({ type }) => type === 'app').map(({ name }) => name));
      if (seed > 100) for (const name of ['choose', 'submitted']) expect(names).toContain(name);
      const recording = recordingOf(run);
      expect(taken).toBeGreaterThan(10);
      expect(recording.events).toBeGreaterThan(150);
      const single = singly(recording);
      expect(fingerprintOf(single.run.world)).toBe(recording.fingerprint);
      expect(single.trace).toEqual(trace);
      expect(frameOf(single.run)).toEqual(frameOf(run));
      const again = replay(recording, { project: true });
      expect(fingerprintOf(again.world)).toBe(recording.fingerprint);
      expect(frameOf(again)).toEqual(frameOf(run));
      expect(recordingOf(again)).toEqual(recording);
    },
  );

  test('numbers its events from 1 without a gap, and each cause is written before its effect', () => {
    const { trace } = live(3);
    const heads = trace.filter((entry) => entry.head === true);
    expect(heads.map((entry) => entry.event)).toEqual(heads.map((_, i) => i + 1));
    const seen = new Set<number>();
    for (const entry of trace) {
      if (entry.cause !== undefined) expect(seen.has(entry.cause)).toBe(true);
      expect(seen.has(entry.id)).toBe(false);
      seen.add(entry.id);
    }
  });

  test('shows the same frame when it is replayed to any event of a stepped stretch', () => {
    const run = createRun(testConfig(11, [1, 2, 3]), { project: true });
    runUntil(run, 2_000_000);
    order(run, { type: 'zk', letter: 'a', line: 'create /x 1' });
    const frames = [frameOf(run)];
    for (let i = 0; i < 60; i += 1) {
      stepEvent(run);
      if (i === 30) order(run, { type: 'crash', process: run.world.processes[2]!.name });
      frames.push(frameOf(run));
    }
    const recording = recordingOf(run);
    const lastOf = new Map(frames.map((frame) => [frame.event, frame]));
    for (const [event, frame] of lastOf) {
      expect(frameOf(replay(recording, { project: true, toEvent: event }))).toEqual(frame);
    }
  });

  test.each([2, 102, 103])(
    'goes on from a copy of its state as if nothing had been, seed %i',
    (seed) => {
      const { run } = live(seed);
      const copy = runFrom(structuredClone(stateOf(run)), MACHINES, { project: true });
      for (const r of [run, copy]) {
        wander(r, dice(99), 40);
      }
      expect(frameOf(copy)).toEqual(frameOf(run));
      expect(recordingOf(copy)).toEqual(recordingOf(run));
    },
  );
});
