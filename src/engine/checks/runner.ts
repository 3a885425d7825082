/** All checks together, for whoever runs a world without a page. */
import type { Broken } from '../../bridge/check';
import { checkViews } from '../../bridge/checkViews';
import type { CheckView } from '../../bridge/frame';
import type { WorldConfig } from '../../bridge/recording';
import type { TraceEntry } from '../../bridge/traceEntry';
import { ALL_CHECKS } from './all';

/** States of all checks, in the order of ALL_CHECKS. Plain data: a checkpoint may clone it. */
export type ChecksState = unknown[];

export function startChecks(config: WorldConfig): ChecksState {
  return ALL_CHECKS.map((check) => check.initial(config));
}

/** Entries in total order, each exactly once. */
export function feedChecks(states: ChecksState, entries: readonly TraceEntry[]): void {
  for (let i = 0; i < ALL_CHECKS.length; i += 1) ALL_CHECKS[i]?.feed(states[i], entries);
}

/**
 * What broke first by event, with the name of its check; undefined while everything holds. Checks with the
 * names `borne` may break.
 */
export function firstBroken(
  states: ChecksState,
  borne: readonly string[] = [],
): (Broken & { name: string }) | undefined {
  let first: (Broken & { name: string }) | undefined;
  ALL_CHECKS.forEach((check, i) => {
    const broken = check.broken(states[i]);
    if (broken === undefined || borne.includes(check.name)) return;
    if (first === undefined || (broken.event ?? 0) < (first.event ?? 0)) {
      first = { name: check.name, ...broken };
    }
  });
  return first;
}

/** For the list `Checks` of the page. */
export function viewChecks(states: ChecksState): CheckView[] {
  return checkViews(ALL_CHECKS, states);
}
