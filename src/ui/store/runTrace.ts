/**
 * The trace of the run as the page keeps it: entries in total order with an
 * index of events. Mutable and outside of the store, because it holds hundreds
 * of thousands of entries that nobody edits; the store keeps its `version`.
 */
import type { TraceEntry } from '../../bridge/traceEntry';

/** Beyond this many entries the older half is dropped; what was shown stays known by its number. */
export const ENTRIES_MAX = 400_000;

export interface RunTrace {
  /** In total order. The head of an event is followed by what it led to. */
  entries: TraceEntry[];
  /** Index of the head of event `firstEvent + i`. */
  heads: number[];
  firstEvent: number;
  /** Numbers of the events that the page shows (whose head is not idle), ascending, of the whole run. */
  shown: number[];
  /** Entries ever taken, those that were dropped since included. */
  taken: number;
  /** Grows with each change. */
  version: number;
}

export function emptyTrace(): RunTrace {
  return { entries: [], heads: [], firstEvent: 1, shown: [], taken: 0, version: 0 };
}

/** Number of the last event known here; 0 for none. */
export function lastEventOf(trace: RunTrace): number {
  return trace.firstEvent + trace.heads.length - 1;
}

/**
 * Adds what is new; entries of events that are known already are passed over. What a person did to the world
 * (`command` entries that are no head) stands behind the event after which it was done.
 */
export function appendTrace(trace: RunTrace, entries: readonly TraceEntry[]): void {
  if (entries.length === 0) return;
  let isNew = true;
  for (const entry of entries) {
    if (entry.head && entry.event !== undefined) {
      isNew = entry.event > lastEventOf(trace);
      if (isNew) {
        if (trace.heads.length === 0) trace.firstEvent = entry.event;
        trace.heads.push(trace.entries.length);
        if (!entry.idle) trace.shown.push(entry.event);
      }
    }
    if (!isNew) continue;
    trace.entries.push(entry);
    trace.taken += 1;
  }
  if (trace.entries.length > ENTRIES_MAX) dropOlderHalf(trace);
  trace.version += 1;
}

/**
 * Counts an event among those that are shown, though it may be idle: a person acted after it, and a step back
 * must be able to return to where that was. Only the newest event may be so.
 */
export function markShown(trace: RunTrace, event: number): void {
  if (event > (trace.shown.at(-1) ?? 0)) trace.shown.push(event);
}

/** What came since `taken` entries had been taken, as far as it is kept. */
export function entriesSince(trace: RunTrace, taken: number): readonly TraceEntry[] {
  return trace.entries.slice(Math.max(0, trace.entries.length - (trace.taken - taken)));
}

function dropOlderHalf(trace: RunTrace): void {
  const events = Math.floor(trace.heads.length / 2);
  const cut = trace.heads[events] ?? 0;
  trace.entries = trace.entries.slice(cut);
  trace.heads = trace.heads.slice(events).map((index) => index - cut);
  trace.firstEvent += events;
}

/** Entries of one event, its head first; empty when it is not kept. */
export function entriesOf(trace: RunTrace, event: number): readonly TraceEntry[] {
  return entriesBetween(trace, event, event);
}

/** Entries of events `from` to `to`, both included, as far as they are kept. */
export function entriesBetween(trace: RunTrace, from: number, to: number): readonly TraceEntry[] {
  const first = Math.max(0, from - trace.firstEvent);
  const behind = to - trace.firstEvent + 1;
  if (behind <= first || first >= trace.heads.length) return [];
  const end = behind >= trace.heads.length ? trace.entries.length : trace.heads[behind];
  return trace.entries.slice(trace.heads[first], end);
}

/** Index in `shown` of the last shown event up to `event`; -1 for none. */
function shownIndex(trace: RunTrace, event: number): number {
  let low = 0;
  let high = trace.shown.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((trace.shown[middle] as number) <= event) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The last shown event at or before `event`; undefined when nothing was shown yet. */
export function shownAtOrBefore(trace: RunTrace, event: number): number | undefined {
  return trace.shown[shownIndex(trace, event)];
}

/** Where `Step back` leads from `event`: the shown event before it; 0, the beginning, when there is none. */
export function previousShown(trace: RunTrace, event: number): number {
  return shownAtOrBefore(trace, event - 1) ?? 0;
}

/** The first shown event after `event`; undefined when that is not known yet. */
export function nextShown(trace: RunTrace, event: number): number | undefined {
  return trace.shown[shownIndex(trace, event) + 1];
}

/** The nearest event after (`+1`) or before (`-1`) `event` one of whose entries satisfies `is`. */
export function findEvent(
  trace: RunTrace,
  event: number,
  direction: 1 | -1,
  is: (entry: TraceEntry) => boolean,
): number | undefined {
  const last = lastEventOf(trace);
  for (let e = event + direction; e >= trace.firstEvent && e <= last; e += direction) {
    if (entriesOf(trace, e).some(is)) return e;
  }
  return undefined;
}

/** Virtual time (us) of an event that is kept. */
export function timeOf(trace: RunTrace, event: number): number | undefined {
  const index = trace.heads[event - trace.firstEvent];
  return index === undefined ? undefined : trace.entries[index]?.at;
}

/** The last kept event at or before the virtual time `at` (us); 0 when there is none. */
export function eventAtTime(trace: RunTrace, at: number): number {
  let low = 0;
  let high = trace.heads.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const entry = trace.entries[trace.heads[middle] as number];
    if (entry !== undefined && entry.at <= at) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? 0 : trace.firstEvent + low - 1;
}

/**
 * What the sentence of the page is about at `event`: the entries of the last
 * shown event, or the one entry of what a person did to the world after it.
 */
export function tellingEntries(trace: RunTrace, event: number): readonly TraceEntry[] | undefined {
  const shown = shownAtOrBefore(trace, event);
  const since = entriesBetween(trace, shown ?? trace.firstEvent, event);
  const order = since.filter(isWorldOrder).at(-1);
  if (order !== undefined) return [order];
  if (shown === undefined) return undefined;
  return entriesOf(trace, shown);
}

/** Written by the world itself: it happened in no event. */
export function isWorldOrder(entry: TraceEntry): boolean {
  return entry.type === 'command' && entry.head !== true;
}
