/** How many chips of a queue fit into a width, and how much of their paths. Pixels at 11 px mono. */
import type { RequestView } from '../../bridge/frame';
import { requestLabel } from './requestText';

const CHARACTER = 6.6;
const MORE = 26;
const GAP = 3;
const PATH_MAX = 16;
const PATH_MIN = 4;

export interface QueueFit {
  shown: number;
  /** Most characters of a path. */
  max: number;
}

export function chipWidth(request: RequestView, max: number, bare = false): number {
  const text = requestLabel(request, max);
  const counter = request.isWrite && request.zxid !== undefined ? 9 : 0;
  return (bare ? 22 : 36) + text.length * CHARACTER + counter;
}

/** As many as fit with whole paths; else with shorter ones; else the first few: `least` of them even without room. */
export function fitQueue(
  items: readonly RequestView[],
  width: number,
  bare = false,
  least = 1,
): QueueFit {
  const widthOf = (count: number, max: number) =>
    items.slice(0, count).reduce((sum, item) => sum + chipWidth(item, max, bare) + GAP, -GAP);
  for (let max = PATH_MAX; max >= PATH_MIN; max -= 2) {
    if (widthOf(items.length, max) <= width) return { shown: items.length, max };
  }
  let shown = Math.min(items.length, 12);
  while (shown > least && widthOf(shown, PATH_MIN) > width - MORE) shown -= 1;
  let max = PATH_MIN;
  while (max < PATH_MAX && widthOf(shown, max + 1) <= width - MORE) max += 1;
  return { shown, max };
}
