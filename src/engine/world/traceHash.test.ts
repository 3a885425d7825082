import { describe, expect, test } from 'vitest';
import { finish, mix } from '../../base/hash';
import { processIndex } from '../../bridge/names';
import type { TraceEntry } from '../../bridge/traceEntry';
import { createRun, runUntil } from './inProcess';
import { dice, testConfig, wander } from './randomRun.test-support';
import { hashEntry, hashSeed } from './traceHash';
import { fingerprintOf } from './worldFrame';

const ENTRIES_PER_INCARNATION = 2 ** 33;

/** Incarnation that wrote the entry; undefined: the world did, as process 0. */
function seedOf({ id, process }: TraceEntry): number {
  const high = Math.floor(id / ENTRIES_PER_INCARNATION);
  if (Math.floor(high / 2048) !== processIndex(process)) return 0;
  return hashSeed(process, high % 2048);
}

describe('the fingerprint', () => {
  test.each([1, 2, 3, 4])(
    'is the fold of all entries, each hashed field by field, seed %i',
    (seed) => {
      let expected = 0;
      let entries = 0;
      const servers = seed === 4 ? [1] : [1, 2, 3];
      const run = createRun(testConfig(seed, servers, { jitterMicros: 300 }), {
        onTrace: (trace) => {
          for (const entry of trace) expected = mix(expected, hashEntry(seedOf(entry), entry));
          entries += trace.length;
        },
      });
      runUntil(run, 3_000_000);
      wander(run, dice(seed), 120);
      expect(entries).toBeGreaterThan(1000);
      expect(fingerprintOf(run.world)).toBe(finish(expected).toString(16).padStart(8, '0'));
    },
  );
});
