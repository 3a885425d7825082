/** What the column shows of where the reader stands. */
import type { Scenario, Step } from '../../../scenarios/scenario';
import type { OpenStory } from '../../store/storyState';
import { stopsOf } from '../../store/storyStops';

export function isOrder(step: Step): boolean {
  return step.type === 'order';
}

/** Steps that a reader sees; orders go with the paragraph behind them. */
export function countOf(scenario: Scenario): number {
  return scenario.steps.filter((step) => !isOrder(step)).length;
}

/** Number of a step among those, from 1; at the end their count. */
export function numberOf(scenario: Scenario, index: number): number {
  return scenario.steps.slice(0, index + 1).filter((step) => !isOrder(step)).length;
}

/** Index of the newest step; at the end, of what follows the last one. */
export function lastIndex({ runner, end }: OpenStory): number {
  return end === undefined ? runner.step : runner.scenario.steps.length;
}

/** More shown events than any way from one paragraph to the next should take. */
const LONG_WAY = 300;

/** The run has gone on for so long since the newest step that something may stand in the story's way. */
export function isLongWait(
  { runner }: OpenStory,
  shown: readonly number[],
  event: number,
): boolean {
  const since = runner.stops.at(-1)?.event ?? 0;
  let count = 0;
  for (let i = shown.length - 1; i >= 0 && (shown[i] as number) > since; i -= 1) {
    if ((shown[i] as number) <= event) count += 1;
  }
  return count > LONG_WAY;
}

/** `Next` leads somewhere. */
export function canGoOn(story: OpenStory, isLookingBack: boolean, isPlaying: boolean): boolean {
  const { runner, focus, isHeld } = story;
  if (focus < stopsOf(story).length - 1 || isLookingBack || isHeld) return true;
  return runner.phase === 'reader' || (runner.phase === 'run' && !isPlaying);
}

/** `Back` leads somewhere: to where the step in focus was shown, or to the one before. */
export function canGoBack(story: OpenStory, event: number): boolean {
  const { focus } = story;
  return focus > 0 || event > (stopsOf(story)[0]?.event ?? event);
}

/** What the paragraph in focus wants the reader to look at. */
export function lookOf({ runner, focus }: OpenStory): string | undefined {
  const step = runner.scenario.steps[runner.stops[focus]?.step ?? -1];
  return step?.type === 'say' ? step.look : undefined;
}
