import { describe, expect, test } from 'vitest';
import type { Command } from '../../bridge/command';
import type { Recording } from '../../bridge/recording';
import type { TraceEntry } from '../../bridge/traceEntry';
import {
  frameOf,
  order,
  recordingOf,
  replayInto,
  type Run,
  runEvents,
  runTo,
  runUntil,
  startRun,
  stepEvent,
} from './driver';
import { type Dice, dice, randomCommand, testConfig } from './randomRun.test-support';
import { TALKERS } from './talker.test-support';

const ROUNDS = 250;

function randomOrder(run: Run, roll: Dice): Command {
  const names = run.world.processes.map((p) => p.name);
  const process = names[roll(names.length)]!;
  const others = names.filter((name) => name !== process);
  const set = (key: string, value: string | number): Command => ({
    type: 'set',
    process,
    key,
    value: String(value),
  });
  switch (roll(12)) {
    case 0:
    case 1:
    case 2:
      return set('open', others[roll(others.length)]!);
    case 3:
    case 4:
      return set('send', 1 + roll(4));
    case 5:
    case 6:
    case 7:
      return set('chat', 5 + roll(40));
    case 8:
      return set('close', 'now');
    case 9:
      return set('timer', roll(9000));
    case 10:
      return set(roll(2) === 0 ? 'write' : 'fsync', roll(100));
    default:
      return roll(6) === 0 ? set('exit', 1) : set('send', 2);
  }
}

function live(seed: number): { run: Run; trace: TraceEntry[] } {
  const trace: TraceEntry[] = [];
  const config = testConfig(seed, [1, 2, 3, 4], {
    linkMicros: 300,
    jitterMicros: seed % 3 === 0 ? 500 : 0,
  });
  const run = startRun(config, TALKERS, {
    project: true,
    onTrace: (entries) => trace.push(...entries),
  });
  const roll = dice(seed);
  for (let i = 0; i < ROUNDS; i += 1) {
    const kind = roll(8);
    if (kind < 2) runUntil(run, run.world.now + roll(3000));
    else if (kind < 4) runEvents(run, roll(12));
    else if (kind < 7) order(run, randomOrder(run, roll));
    else order(run, randomCommand(run, roll));
  }
  return { run, trace };
}

function singly(recording: Recording): { run: Run; trace: TraceEntry[] } {
  const trace: TraceEntry[] = [];
  const run = startRun(recording.config, TALKERS, {
    project: true,
    onTrace: (entries) => trace.push(...entries),
  });
  const to = (at: number, event: number) => {
    while (run.world.events < event && stepEvent(run).length > 0);
    runTo(run, at, event);
  };
  for (const { at, event, command } of recording.commands) {
    to(at, event);
    expect(order(run, command)).toBeUndefined();
  }
  to(recording.at, recording.events);
  return { run, trace };
}

describe('processes that talk, die, pause and quarrel at random', () => {
  test.each(Array.from({ length: 60 }, (_, i) => i + 1))(
    'do the same by windows and by single events, seed %i',
    (seed) => {
      const { run, trace } = live(seed);
      const recording = recordingOf(run);
      const single = singly(recording);
      expect(single.trace).toEqual(trace);
      expect(recordingOf(single.run)).toEqual(recording);
      expect(frameOf(single.run)).toEqual(frameOf(run));
      const windows = startRun(recording.config, TALKERS, { project: true });
      replayInto(windows, recording);
      expect(recordingOf(windows)).toEqual(recording);
      expect(frameOf(windows)).toEqual(frameOf(run));
    },
  );

  test('happens at all: messages, deaths and pauses are in these runs', () => {
    const types = new Map<string, number>();
    for (let seed = 1; seed <= 20; seed += 1) {
      for (const { type, name } of live(seed).trace) {
        const key = type === 'command' ? `${type} ${name}` : type;
        types.set(key, (types.get(key) ?? 0) + 1);
      }
    }
    const wanted = ['deliver', 'closed', 'refused', 'accepted', 'timer', 'exit', 'command crash'];
    for (const type of [...wanted, 'command pause', 'command resume', 'command partition']) {
      expect(types.get(type) ?? 0, type).toBeGreaterThan(2);
    }
  });
});
