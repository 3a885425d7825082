/** The trace of the live run, in total order, findable by event; old entries go when it gets long. */
import { sayOfHost } from '../bridge/sentences/host';
import type { Said } from '../bridge/sentences/sentence';
import type { TraceEntry } from '../bridge/traceEntry';

export const ENTRIES_MAX = 400_000;

export interface TraceStore {
  entries: TraceEntry[];
  /** Place in `entries` of the head of event `firstEvent + i`. */
  heads: number[];
  /** Number of the oldest event that is kept, from 1. */
  firstEvent: number;
  /** Place up to which the page has been told. */
  told: number;
}

export function emptyTrace(): TraceStore {
  return { entries: [], heads: [], firstEvent: 1, told: 0 };
}

/** Entries in total order. The oldest quarter goes when more than `max` are kept. */
export function keepTrace(
  store: TraceStore,
  entries: readonly TraceEntry[],
  max: number = ENTRIES_MAX,
): void {
  for (const entry of entries) {
    if (entry.head === true) store.heads.push(store.entries.length);
    store.entries.push(entry);
  }
  if (store.entries.length > max) dropOldest(store, max);
}

function dropOldest(store: TraceStore, max: number): void {
  // Whole events go, so that the first one kept begins with its head.
  const wanted = store.entries.length - Math.floor((max * 3) / 4);
  const events = store.heads.findIndex((place) => place >= wanted);
  if (events <= 0) return;
  const dropped = store.heads[events] as number;
  store.entries = store.entries.slice(dropped);
  store.heads = store.heads.slice(events).map((place) => place - dropped);
  store.firstEvent += events;
  store.told = Math.max(0, store.told - dropped);
}

/** Entries of events `from` to `to`, both included, and orders given behind them; an error when they are gone. */
export function traceBetween(store: TraceStore, from: number, to: number): TraceEntry[] | Said {
  if (from > to || to < 1) return [];
  if (from < store.firstEvent && store.firstEvent > 1) {
    return sayOfHost('host.notKept', { event: store.firstEvent, max: ENTRIES_MAX });
  }
  const start = store.heads[Math.max(from, 1) - store.firstEvent];
  if (start === undefined) return [];
  return store.entries.slice(start, store.heads[to + 1 - store.firstEvent]);
}

/** What was written since it was asked last. */
export function untold(store: TraceStore): TraceEntry[] {
  const fresh = store.told === 0 ? store.entries : store.entries.slice(store.told);
  store.told = store.entries.length;
  return fresh;
}
