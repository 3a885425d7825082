import { describe, expect, test } from 'vitest';
import type { ZooConfig } from '../../zk/config';
import { DEFAULT_ZOO_CONFIG } from '../../zk/config';
import type { Bucket } from '../database/cowMap';
import { nodeCount } from '../database/dataTree';
import type { ServerState } from '../server/machine';
import { type Checkpoint, runOfCheckpoint, takeCheckpoint } from './checkpoint';
import { runFrom, type RunState, stateOf } from './driver';
import { createRun, frameOf, order, type Run, runUntil } from './inProcess';
import { MACHINES } from './machines';
import { dice, SERVER_1, testConfig, wander } from './randomRun.test-support';
import { fingerprintOf } from './worldFrame';

/** Logs roll, snapshots are written and sent: all that a state can hold comes up. */
const SMALL: ZooConfig = { ...DEFAULT_ZOO_CONFIG, snapCount: 8, commitLogCount: 4 };

function serverOf(run: Run): ServerState {
  return run.shells[SERVER_1]?.state.machine as ServerState;
}

/** Goes on in a way of its own and says what became of it. */
function future(run: Run, seed: number): unknown {
  wander(run, dice(seed), 25);
  runUntil(run, run.world.now + 3_000_000);
  return { fingerprint: fingerprintOf(run.world), frame: frameOf(run) };
}

describe('a run that goes on from a checkpoint', () => {
  test.each([1, 2, 3, 4, 5, 6])('is the run that goes on from a whole clone, seed %i', (seed) => {
    const config = testConfig(seed, seed === 4 ? [1] : [1, 2, 3], { config: SMALL });
    const run = createRun(config, { project: true });
    const roll = dice(seed);
    const taken: { checkpoint: Checkpoint; clone: RunState }[] = [];
    runUntil(run, 3_000_000);
    wander(run, roll, 90, () => {
      if (roll(8) > 0) return;
      taken.push({ checkpoint: takeCheckpoint(run), clone: structuredClone(stateOf(run)) });
    });
    expect(taken.length).toBeGreaterThan(4);
    // The live run has gone on, and changed nothing of them; nor does one future of another.
    for (const { checkpoint, clone } of taken) {
      const whole = runFrom(clone, MACHINES, { project: true });
      const expected = future(whole, seed);
      const once = runOfCheckpoint(checkpoint, MACHINES, { project: true });
      const again = runOfCheckpoint(checkpoint, MACHINES, { project: true });
      expect(future(once, seed)).toEqual(expected);
      future(again, seed + 100);
      expect(future(runOfCheckpoint(checkpoint, MACHINES, { project: true }), seed)).toEqual(
        expected,
      );
    }
  });
});

describe('a checkpoint of a large tree', () => {
  const ZNODES = 20_000;
  const PARTS = 2000;

  function planted(): Run {
    const run = createRun(testConfig(1, [1]));
    runUntil(run, 2_000_000);
    for (let first = 0; first < ZNODES; first += PARTS) {
      const parts = Array.from({ length: PARTS }, (_, i) => `'create /n${first + i} x'`);
      order(run, { type: 'zk', letter: 'a', line: `txn ${parts.join(' ')}` });
      runUntil(run, run.world.now + 5_000_000);
    }
    expect(nodeCount(serverOf(run).db.tree)).toBe(ZNODES + 5);
    return run;
  }

  test('has its buckets, records and logs in common with the run, and little of its own', () => {
    const run = planted();
    const before = objectsIn(stateOf(run));
    const checkpoint = takeCheckpoint(run);
    const buckets = bucketsOf(serverOf(run));
    const kept = bucketsOf(checkpoint.state.shells[SERVER_1]?.machine as ServerState);
    expect(kept.size).toBeGreaterThan(1000);
    expect([...kept].every((bucket) => buckets.has(bucket))).toBe(true);
    const own = [...objectsIn(checkpoint.state)].filter((object) => !before.has(object));
    expect(before.size).toBeGreaterThan(4 * ZNODES);
    expect(own.length).toBeLessThan(2000);

    // A write on either side copies the buckets on its way and no others.
    order(run, { type: 'zk', letter: 'a', line: 'set /n77 live' });
    runUntil(run, run.world.now + 1_000_000);
    const then = runOfCheckpoint(checkpoint, MACHINES, {});
    order(then, { type: 'zk', letter: 'a', line: 'set /n78 then' });
    runUntil(then, then.world.now + 1_000_000);
    for (const one of [run, then]) {
      const copied = [...bucketsOf(serverOf(one))].filter((bucket) => !kept.has(bucket));
      expect(copied.length).toBeGreaterThan(0);
      expect(copied.length).toBeLessThan(20);
    }
  });
});

function bucketsOf({ db }: ServerState): Set<object> {
  const found = new Set<object>();
  const visit = (bucket: Bucket<unknown> | null): void => {
    if (bucket === null) return;
    found.add(bucket);
    for (const slot of bucket.slots ?? []) visit(slot);
  };
  visit(db.tree.table.nodes.root);
  return found;
}

function objectsIn(value: unknown, found = new Set<object>()): Set<object> {
  if (typeof value !== 'object' || value === null || found.has(value)) return found;
  found.add(value);
  for (const item of Object.values(value)) objectsIn(item, found);
  return found;
}
