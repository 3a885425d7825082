/**
 * The tape's axis. Three spaces: virtual time (us); tape units, in which a
 * stretch without a shown event counts for no more than GAP_MICROS; pixels.
 */

/** A longer stretch than this is drawn as long as this, us. */
export const GAP_MICROS = 8000;
/** From here on such a stretch gets a mark that says that time was left out, us. */
export const BREAK_MICROS = 100_000;
/** So many shown events fit a tape before it shows a part only. */
const EVENTS_MAX = 600;

export interface TimeAxis {
  /** Ascending knots: virtual time and its tape units. */
  times: number[];
  units: number[];
  left: number;
  width: number;
}

/**
 * @param times Times of shown events, ascending.
 * @param now The newest virtual time.
 * @param focus Virtual time that must be seen.
 * @param left, width Place of the tape, px.
 */
export function makeTimeAxis(
  times: readonly number[],
  now: number,
  focus: number,
  left: number,
  width: number,
): TimeAxis {
  const [first, behind] = partOf(times, focus);
  const axis: TimeAxis = { times: [], units: [], left, width };
  const begin = first === 0 ? 0 : (times[first] as number);
  axis.times.push(begin);
  axis.units.push(0);
  for (let i = first; i < behind; i += 1) knot(axis, times[i] as number);
  if (behind === times.length) knot(axis, now);
  return axis;
}

/** The stretch of events that is drawn: all, or the newest, or that around the focus. */
function partOf(times: readonly number[], focus: number): [number, number] {
  const n = times.length;
  if (n <= EVENTS_MAX) return [0, n];
  let at = lowerBound(times, focus);
  if (at >= n - EVENTS_MAX / 2) at = n - EVENTS_MAX / 2;
  const first = Math.max(0, Math.floor(at - EVENTS_MAX / 2));
  return [first, Math.min(n, first + EVENTS_MAX)];
}

function knot(axis: TimeAxis, time: number): void {
  const last = axis.times.length - 1;
  const before = axis.times[last] as number;
  if (time <= before) return;
  axis.times.push(time);
  axis.units.push((axis.units[last] as number) + Math.min(time - before, GAP_MICROS));
}

/** Index of the first value that is not below `x`. */
function lowerBound(values: readonly number[], x: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] as number) < x) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Pixel of a virtual time; times off the axis stay at its ends. */
export function timeToPx(axis: TimeAxis, time: number): number {
  const total = axis.units[axis.units.length - 1] as number;
  return axis.left + (total === 0 ? 1 : between(axis.times, axis.units, time) / total) * axis.width;
}

/** Virtual time of a pixel. */
export function pxToTime(axis: TimeAxis, px: number): number {
  const total = axis.units[axis.units.length - 1] as number;
  return between(axis.units, axis.times, ((px - axis.left) / axis.width) * total);
}

/** Whether a virtual time lies on the part that is drawn. */
export function isOnAxis(axis: TimeAxis, time: number): boolean {
  return time >= (axis.times[0] as number) && time <= (axis.times.at(-1) as number);
}

/** Pixels at which time was left out. */
export function breaksOf(axis: TimeAxis): number[] {
  const found: number[] = [];
  for (let i = 1; i < axis.times.length; i += 1) {
    const [a, b] = [axis.times[i - 1] as number, axis.times[i] as number];
    if (b - a >= BREAK_MICROS) found.push((timeToPx(axis, a) + timeToPx(axis, b)) / 2);
  }
  return found;
}

/** Linear between the knots of an ascending table. */
function between(xs: readonly number[], ys: readonly number[], x: number): number {
  const at = lowerBound(xs, x);
  if (at <= 0) return ys[0] as number;
  if (at >= xs.length) return ys[xs.length - 1] as number;
  const [x0, x1] = [xs[at - 1] as number, xs[at] as number];
  const [y0, y1] = [ys[at - 1] as number, ys[at] as number];
  return y0 + ((x - x0) / (x1 - x0)) * (y1 - y0);
}
