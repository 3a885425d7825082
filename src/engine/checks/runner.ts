/**
 * All checks in one pass over the trace: each entry goes to the laws that ask
 * for its type, and most entries to none.
 */
import type { Broken } from '../../bridge/check';
import type { CheckView } from '../../bridge/frame';
import type { WorldConfig } from '../../bridge/recording';
import type { TraceEntry } from '../../bridge/traceEntry';
import { ALL_CHECKS } from './all';
import type { LawState } from './defineCheck';

/** Plain data: a checkpoint may clone it. */
export interface ChecksState {
  event: number;
  /** In the order of ALL_CHECKS. */
  laws: LawState<unknown>[];
}

/** By type of entry: places in ALL_CHECKS. */
const READERS: ReadonlyMap<string, readonly number[]> = (() => {
  const readers = new Map<string, number[]>();
  ALL_CHECKS.forEach((check, place) => {
    for (const type of check.types) readers.set(type, [...(readers.get(type) ?? []), place]);
  });
  return readers;
})();

export function startChecks(config: WorldConfig): ChecksState {
  return { event: 0, laws: ALL_CHECKS.map((check) => check.initial(config)) };
}

/** Entries in total order, each exactly once. */
export function feedChecks(state: ChecksState, entries: readonly TraceEntry[]): void {
  for (const entry of entries) {
    if (entry.event !== undefined) state.event = entry.event;
    const readers = READERS.get(entry.type);
    if (readers === undefined) continue;
    for (const place of readers) {
      ALL_CHECKS[place]?.see(state.laws[place] as LawState<unknown>, entry, state.event);
    }
  }
}

/** What broke first by event, with the name of its check; undefined while everything holds. */
export function firstBroken(state: ChecksState): (Broken & { name: string }) | undefined {
  let first: (Broken & { name: string }) | undefined;
  ALL_CHECKS.forEach((check, place) => {
    const broken = check.broken(state.laws[place] as LawState<unknown>);
    if (broken === undefined) return;
    if (first === undefined || (broken.event ?? 0) < (first.event ?? 0)) {
      first = { name: check.name, ...broken };
    }
  });
  return first;
}

/** For the list `Checks` of the page; the same array shape each time. */
export function viewChecks(state: ChecksState): CheckView[] {
  return ALL_CHECKS.map((check, place) => {
    const broken = check.broken(state.laws[place] as LawState<unknown>);
    if (broken === undefined) return { name: check.name, holds: true };
    return {
      name: check.name,
      holds: false,
      brokenAt: broken.event,
      explanation: broken.explanation,
    };
  });
}
