/** Single events until a condition holds: as a goal, or on the way to another one. */
import type { Frame } from '../bridge/frame';
import type { Goal, StopAt } from '../bridge/host';
import type { TraceEntry } from '../bridge/traceEntry';
import { checkViews } from '../bridge/checkViews';
import { buildFrame } from '../engine/world/worldFrame';
import { feedTally, looksAtFrame, missingOf, startTally } from '../scenarios/condition';
import { type AsyncRun, frameAsync, stepAsync } from './asyncDriver';

/**
 * Looked at before the first event too. Where entries alone decide, no process is asked for its
 * sections. False when `eventsMax` have happened before, or nothing is left.
 */
export async function goOnToCondition(
  run: AsyncRun,
  { condition, counts }: Extract<Goal, { type: 'condition' }>,
  eventsMax: number,
): Promise<boolean> {
  const looks = looksAtFrame(condition);
  let tally = startTally(condition, counts);
  // What was projected before may be old; from here on each event brings its sections.
  const first = looks ? await frameAsync(run) : undefined;
  if (missingOf(tally, first) === undefined) return true;
  for (let i = 0; i < eventsMax; i += 1) {
    const entries = await stepAsync(run, looks);
    if (entries.length === 0) return false;
    const frame = looks ? lookAt(run) : undefined;
    tally = feedTally(tally, entries, frame);
    if (missingOf(tally, frame) === undefined) return true;
  }
  return false;
}

/**
 * Goes on event by event to where `isReached` says of the entries of the last one (none at first) that it is,
 * or to where the condition holds. False as above, and when the next event lies at time `below` or later.
 * With `isProjecting` the world's sections are those of now whenever `isReached` is asked.
 */
export async function goOnUnlessStopped(
  run: AsyncRun,
  { condition, counts }: StopAt,
  isReached: (entries: readonly TraceEntry[]) => boolean,
  eventsMax: number,
  { below, isProjecting = false }: { below?: number; isProjecting?: boolean } = {},
): Promise<boolean> {
  const looks = looksAtFrame(condition);
  let tally = startTally(condition, counts);
  if (looks || isProjecting) await frameAsync(run);
  if (isReached([])) return true;
  for (let i = 0; i < eventsMax; i += 1) {
    const entries = await stepAsync(run, looks || isProjecting, below);
    if (entries.length === 0) return false;
    const frame = looks ? lookAt(run) : undefined;
    tally = feedTally(tally, entries, frame);
    if (missingOf(tally, frame) === undefined || isReached(entries)) return true;
  }
  return false;
}

function lookAt({ world, options, checkStates }: AsyncRun): Frame {
  return buildFrame(world, checkViews(options.checks, checkStates));
}
