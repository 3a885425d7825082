/** The steps that a reader can look back to, and which of them is in focus. */
import type { Stop } from '../../scenarios/runner';
import type { OpenStory } from './storyState';

/** Steps shown so far, oldest first; the end of the story is one too. */
export function stopsOf({ runner, end }: OpenStory): readonly Stop[] {
  if (end === undefined) return runner.stops;
  return [...runner.stops, { step: runner.scenario.steps.length, event: end.event }];
}

/**
 * The stop that was shown last at `event`. Several stand at the same event: the one in focus stays while
 * it is among them.
 */
export function focusAt(stops: readonly Stop[], focus: number, event: number): number {
  const newest = Math.max(0, stops.filter((stop) => stop.event <= event).length - 1);
  const isAmong = stops[focus]?.event === stops[newest]?.event;
  return isAmong && stops[focus]?.event === event ? focus : newest;
}
