import { describe, expect, test } from 'vitest';
import { firstTraceId, type TraceId } from '../../base/traceId';
import { serverName } from '../../bridge/names';
import type { TraceEntry } from '../../bridge/traceEntry';
import {
  appendTrace,
  emptyTrace,
  ENTRIES_MAX,
  entriesBetween,
  entriesOf,
  entriesSince,
  eventAtTime,
  findEvent,
  lastEventOf,
  nextShown,
  previousShown,
  shownAtOrBefore,
  tellingEntries,
  timeOf,
} from './runTrace';

let n = 0;
function entry(part: Partial<TraceEntry>): TraceEntry {
  n += 1;
  const id = (firstTraceId(1, 0) + n) as TraceId;
  return { id, at: 0, process: serverName(1), type: 'work', ...part };
}
const head = (event: number, part: Partial<TraceEntry> = {}) =>
  entry({ head: true, event, at: event * 10, ...part });

/** Events 1, 2 (idle), 3 with a commit behind it, 4. */
function sample() {
  const trace = emptyTrace();
  appendTrace(trace, [
    head(1),
    head(2, { idle: true }),
    head(3),
    entry({ type: 'commit' }),
    head(4),
  ]);
  return trace;
}

describe('the trace that the page keeps', () => {
  test('knows events by number, idle ones too, and which are shown', () => {
    const trace = sample();
    expect(lastEventOf(trace)).toBe(4);
    expect(trace.shown).toEqual([1, 3, 4]);
    expect(entriesOf(trace, 3).map((e) => e.type)).toEqual(['work', 'commit']);
    expect(entriesBetween(trace, 2, 4)).toHaveLength(4);
    expect(entriesOf(trace, 5)).toEqual([]);
  });

  test('leads a step back over idle events, and to the beginning at last', () => {
    const trace = sample();
    expect(previousShown(trace, 4)).toBe(3);
    expect(previousShown(trace, 3)).toBe(1);
    expect(previousShown(trace, 1)).toBe(0);
    expect(nextShown(trace, 1)).toBe(3);
    expect(nextShown(trace, 4)).toBeUndefined();
    expect(shownAtOrBefore(trace, 2)).toBe(1);
  });

  test('takes nothing twice', () => {
    const trace = sample();
    const before = trace.entries.length;
    appendTrace(trace, [head(4), entry({ type: 'send' }), head(5)]);
    expect(trace.entries).toHaveLength(before + 1);
    expect(trace.shown).toEqual([1, 3, 4, 5]);
  });

  test('finds an event by what it led to, both ways', () => {
    const trace = sample();
    const isCommit = (e: TraceEntry) => e.type === 'commit';
    expect(findEvent(trace, 1, 1, isCommit)).toBe(3);
    expect(findEvent(trace, 4, -1, isCommit)).toBe(3);
    expect(findEvent(trace, 3, 1, isCommit)).toBeUndefined();
  });

  test('knows times', () => {
    const trace = sample();
    expect(timeOf(trace, 3)).toBe(30);
    expect(eventAtTime(trace, 35)).toBe(3);
    expect(eventAtTime(trace, 5)).toBe(0);
    expect(eventAtTime(trace, 999)).toBe(4);
  });

  test('tells of what a person did after the last shown event', () => {
    const trace = sample();
    expect(tellingEntries(trace, 3)?.[0]?.event).toBe(3);
    appendTrace(trace, [entry({ type: 'command', name: 'crash' })]);
    expect(tellingEntries(trace, 4)).toHaveLength(1);
    expect(tellingEntries(trace, 4)?.[0]?.name).toBe('crash');
    expect(tellingEntries(trace, 3)?.[0]?.event).toBe(3);
    appendTrace(trace, [head(5)]);
    expect(tellingEntries(trace, 5)?.[0]?.event).toBe(5);
  });
});

test('whoever reads on gets each entry once, also behind those that were dropped', () => {
  const trace = sample();
  const read = trace.taken;
  expect(entriesSince(trace, 0)).toEqual(trace.entries);
  expect(entriesSince(trace, read)).toEqual([]);
  const more = Array.from({ length: ENTRIES_MAX - trace.entries.length }, (_, i) => head(5 + i));
  appendTrace(trace, more);
  expect(entriesSince(trace, read)).toHaveLength(more.length);
  const newest = head(5 + more.length);
  const before = trace.taken;
  appendTrace(trace, [newest]);
  expect(trace.entries.length).toBeLessThan(ENTRIES_MAX);
  expect(entriesSince(trace, before)).toEqual([newest]);
  expect(entriesSince(trace, read)).toEqual(trace.entries);
});
