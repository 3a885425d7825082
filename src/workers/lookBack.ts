/** While looking back a goal is found in the trace that is there: nothing has to run to know where it lies. */
import type { Goal } from '../bridge/host';
import type { World } from '../engine/world/worldState';
import { reachedBy } from './goals';
import { traceBetween, type TraceStore } from './traceStore';

export interface Passed {
  /** Event to show. */
  event: number;
  reached: boolean;
}

/** From event `from` on; the newest event when the goal lies behind it, or in a trace no longer kept. */
export function passedTo(
  store: TraceStore,
  goal: Goal,
  from: number,
  world: World,
  eventsMax: number,
): Passed {
  const newest = world.events;
  const last = Math.min(newest, from + eventsMax);
  if (goal.type === 'events') {
    const event = Math.min(from + goal.n, last);
    return { event, reached: event === from + goal.n };
  }
  if (from + 1 < store.firstEvent) return { event: newest, reached: false };
  if (goal.type === 'time') {
    let event = from;
    while (event < last && timeOf(store, event + 1) <= goal.at) event += 1;
    return { event, reached: event < last || event === newest };
  }
  // Rest and conditions are matters of states too, not of entries alone: they go on from the newest event.
  if (goal.type === 'quiet' || goal.type === 'condition') return { event: newest, reached: false };
  const place = store.heads[from + 1 - store.firstEvent] ?? store.entries.length;
  const voters = world.processes.find((p) => p.kind === 'server')?.voters.length ?? 1;
  const isReached = reachedBy(goal, store.entries.slice(0, place), voters);
  for (let event = from + 1; event <= last; event += 1) {
    const entries = traceBetween(store, event, event);
    if (!('message' in entries) && isReached(entries)) return { event, reached: true };
  }
  return { event: last, reached: false };
}

function timeOf(store: TraceStore, event: number): number {
  const place = store.heads[event - store.firstEvent];
  return place === undefined ? Number.POSITIVE_INFINITY : (store.entries[place]?.at ?? 0);
}
