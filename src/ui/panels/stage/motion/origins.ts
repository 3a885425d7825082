/** Where a chip comes from that was not at its place in the frame before. */
import type { Point } from '../geometry/shapes';

/** One sight of a request: on which process, at which node of its chain, where on the stage. */
export interface Sight {
  process: string;
  node: string;
  request: string;
  at: Point;
}

export interface Origin {
  from: Sight;
  /** It arrived by a message, whose capsule comes to the end of its lane first. */
  delay: boolean;
}

/**
 * The nearest sight of the same request on the same process that has vanished;
 * else where its message arrived; else the nearest one that is still there.
 * Undefined for what simply appears.
 */
export function originOf(
  sight: Sight,
  before: ReadonlyMap<string, Sight>,
  now: ReadonlyMap<string, Sight>,
  arrivals: readonly Sight[],
): Origin | undefined {
  const isSame = (other: Sight) =>
    other.request === sight.request && other.process === sight.process;
  const gone: Sight[] = [];
  const stayed: Sight[] = [];
  for (const [key, other] of before) {
    if (!isSame(other)) continue;
    if (now.has(key)) stayed.push(other);
    else gone.push(other);
  }
  const left = nearest(sight, gone);
  if (left !== undefined) return { from: left, delay: false };
  const arrived = arrivals.find(isSame);
  if (arrived !== undefined) return { from: arrived, delay: true };
  const parted = nearest(sight, stayed);
  return parted === undefined ? undefined : { from: parted, delay: false };
}

function nearest(sight: Sight, others: readonly Sight[]): Sight | undefined {
  let best: Sight | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const other of others) {
    const d = Math.hypot(other.at.x - sight.at.x, other.at.y - sight.at.y);
    if (d < least) {
      best = other;
      least = d;
    }
  }
  return best;
}
