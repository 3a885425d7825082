/** Lets a live run go on to a goal; with a stop, no farther than to where its condition holds. */
import type { Goal, StopAt } from '../bridge/host';
import { isQuiet } from '../engine/world/quiet';
import { type AsyncRun, frameAsync, runUntilAsync, stepAsync } from './asyncDriver';
import { goOnToCondition, goOnUnlessStopped } from './conditionGoal';
import { type Reached, reachedBy, type TraceGoal } from './goals';
import type { TraceStore } from './traceStore';

/** False when `eventsMax` have happened before, or nothing is left. */
export async function goOn(
  run: AsyncRun,
  trace: TraceStore,
  goal: Goal,
  eventsMax: number,
): Promise<boolean> {
  switch (goal.type) {
    case 'time':
      return runUntilAsync(run, goal.at, eventsMax);
    case 'events': {
      const wanted = Math.min(goal.n, eventsMax);
      for (let i = 0; i < wanted; i += 1) if ((await stepAsync(run)).length === 0) return false;
      return wanted === goal.n;
    }
    case 'quiet': {
      // What was projected before may be old; from here on each event brings its sections.
      await frameAsync(run);
      for (let i = 0; i < eventsMax; i += 1) {
        if (isQuiet(run.world)) return true;
        if ((await stepAsync(run, true)).length === 0) return true;
      }
      return false;
    }
    case 'condition':
      return goOnToCondition(run, goal, eventsMax);
    default: {
      const isReached = reachedIn(run, trace, goal);
      for (let i = 0; i < eventsMax; i += 1) {
        const entries = await stepAsync(run);
        if (entries.length === 0) return false;
        if (isReached(entries)) return true;
      }
      return false;
    }
  }
}

/** By single events, whatever the goal is: the condition is looked at behind each of them. */
export async function goOnStopping(
  run: AsyncRun,
  trace: TraceStore,
  goal: Goal,
  eventsMax: number,
  stopAt: StopAt,
): Promise<boolean> {
  const { events } = run.world;
  switch (goal.type) {
    case 'condition':
      return goOnToCondition(run, goal, eventsMax);
    case 'time': {
      const below = goal.at + 1;
      const isStopped = await goOnUnlessStopped(run, stopAt, () => false, eventsMax, { below });
      if (isStopped || run.world.events === events + eventsMax) return isStopped;
      // No event is left up to there: only the clock goes on.
      return runUntilAsync(run, goal.at);
    }
    case 'events': {
      const isThere = () => run.world.events >= events + goal.n;
      return goOnUnlessStopped(run, stopAt, isThere, eventsMax);
    }
    case 'quiet':
      return goOnUnlessStopped(run, stopAt, () => isQuiet(run.world), eventsMax, {
        isProjecting: true,
      });
    default: {
      const isReached = reachedIn(run, trace, goal);
      const isThere: Reached = (entries) => entries.length > 0 && isReached(entries);
      return goOnUnlessStopped(run, stopAt, isThere, eventsMax);
    }
  }
}

function reachedIn(run: AsyncRun, trace: TraceStore, goal: TraceGoal): Reached {
  const voters = run.world.processes.find((p) => p.kind === 'server')?.voters.length ?? 1;
  return reachedBy(goal, trace.entries, voters);
}
