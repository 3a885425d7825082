import { describe, expect, test } from 'vitest';
import type { TraceId } from '../../../base/traceId';
import type { ProcessName } from '../../../bridge/names';
import type { TraceEntry } from '../../../bridge/traceEntry';
import { makeZxid, type SessionId } from '../../../zk/ids';
import { journeyOf } from './journey';

const request = {
  sessionId: '0100000000000001' as SessionId,
  cxid: 1,
  op: 'create' as const,
  path: '/a',
};
const zxid = makeZxid(1, 5);

function entry(
  id: number,
  process: string,
  type: TraceEntry['type'],
  cause: number | undefined,
  over: Partial<TraceEntry> = {},
): TraceEntry {
  return {
    id: id as TraceId,
    at: id * 100,
    process: process as ProcessName,
    type,
    ...(cause === undefined ? {} : { cause: cause as TraceId }),
    ...over,
  };
}

const head = (over: Partial<TraceEntry> = {}) => ({ head: true, ...over });

/** A write at the leader 3 of three: two followers log it at the same depth. */
const trace: TraceEntry[] = [
  entry(1, '3', 'timer', undefined, head({ idle: true })),
  entry(2, 'client a', 'command', undefined, head({ event: 2 })),
  entry(3, 'client a', 'send', 2, { request }),
  entry(4, '3', 'deliver', 3, head({ event: 3, request })),
  entry(5, '3', 'work', 4, head({ event: 4, request })),
  entry(6, '3', 'propose', 5, { request, zxid }),
  entry(7, '3', 'send', 6, { zxid, kind: 'PROPOSAL' }),
  entry(8, '3', 'send', 6, { zxid, kind: 'PROPOSAL' }),
  entry(9, '1', 'deliver', 7, head({ event: 5, zxid })),
  entry(10, '2', 'deliver', 8, head({ event: 6, zxid })),
  entry(11, '2', 'timer', undefined, head({ event: 7, idle: true })),
  entry(12, '1', 'disk', 9, head({ event: 8 })),
  entry(13, '1', 'send', 12, { zxid, kind: 'ACK' }),
  entry(14, '3', 'deliver', 13, head({ event: 9, zxid })),
  entry(15, '3', 'commit', 14, { request, zxid }),
  entry(16, '3', 'deliver', undefined, head({ event: 10, zxid: makeZxid(1, 6) })),
];

describe('the journey of a write', () => {
  const journey = journeyOf(trace, request);

  test('has every event about it, and no other', () => {
    expect(journey.steps.map(({ event }) => event)).toEqual([2, 3, 4, 5, 6, 8, 9]);
    expect(journey.zxid).toBe(zxid);
    expect(journey.took).toBe(1200);
  });

  test('is numbered by causal depth: what runs at once carries the same number', () => {
    expect(journey.steps.map(({ depth }) => depth)).toEqual([1, 2, 3, 4, 4, 5, 6]);
  });

  test('leaves out what an event also did', () => {
    const both = [...trace, entry(17, '3', 'apply', 16, { request, zxid })];
    expect(
      journeyOf(both, request)
        .steps.at(-1)
        ?.results.map(({ type }) => type),
    ).toEqual(['apply']);
  });
});

test('a request that the trace does not know has no journey', () => {
  expect(journeyOf(trace, { ...request, cxid: 9 })).toEqual({ steps: [], took: 0 });
  expect(journeyOf([], request)).toEqual({ steps: [], took: 0 });
});

test('a read has no zxid, though its reply carries one', () => {
  const read = { ...request, cxid: 2, op: 'getData' as const };
  const entries = [
    entry(1, '1', 'deliver', undefined, head({ request: read, event: 1 })),
    entry(2, '1', 'reply', 1, { request: read, zxid }),
    entry(3, '1', 'deliver', undefined, head({ zxid, event: 2 })),
  ];
  const journey = journeyOf(entries, read);
  expect(journey.zxid).toBeUndefined();
  expect(journey.steps).toHaveLength(1);
});
