/**
 * Keeps capsules apart. A capsule stands at its true place along the lane; what
 * may differ is how far it is set aside from the lane.
 */
import type { Point } from './shapes';

export interface CapsuleInput {
  id: string;
  /** Where its message is on its lane. */
  at: Point;
  width: number;
  /** To which side it moves when there is no room: 1 right, -1 left, 0 none: both in turn. */
  side: -1 | 0 | 1;
}

export interface CapsulePlace {
  /** Offset of the capsule's middle from its point on the lane. */
  dx: number;
  dy: number;
  /** It would cover others: it is drawn as a dot. */
  dot: boolean;
}

export const CAPSULE_HEIGHT = 22;
/** A dot and its rim. */
const DOT = 12;
const TRIES = 6;

/** Earlier ones keep their place; each later one takes the first free place, or becomes a dot. */
export function spreadCapsules(
  capsules: readonly CapsuleInput[],
  width: number,
): Record<string, CapsulePlace> {
  const taken: { x0: number; x1: number; y: number }[] = [];
  const out: Record<string, CapsulePlace> = {};
  for (const { id, at, width: w, side } of capsules) {
    let found: CapsulePlace | undefined;
    for (let k = 0; k < TRIES && found === undefined; k += 1) {
      const dx = side === 0 ? 0 : side * (w / 2 + 10);
      const candidates =
        side === 0
          ? [{ dx: 0, dy: (k % 2 === 0 ? k / 2 : -(k + 1) / 2) * (CAPSULE_HEIGHT + 2) }]
          : [{ dx: dx + side * k * (w + 6), dy: 0 }];
      for (const c of candidates) {
        const box = { x0: at.x + c.dx - w / 2, x1: at.x + c.dx + w / 2, y: at.y + c.dy };
        if (box.x0 < 0 || box.x1 > width) continue;
        if (taken.some((t) => overlaps(t, box))) continue;
        taken.push(box);
        found = { ...c, dot: false };
        break;
      }
    }
    if (found === undefined) {
      taken.push({ x0: at.x - DOT / 2, x1: at.x + DOT / 2, y: at.y });
      found = { dx: 0, dy: 0, dot: true };
    }
    out[id] = found;
  }
  return out;
}

function overlaps(
  a: { x0: number; x1: number; y: number },
  b: { x0: number; x1: number; y: number },
): boolean {
  return a.x0 < b.x1 + 3 && b.x0 < a.x1 + 3 && Math.abs(a.y - b.y) < CAPSULE_HEIGHT + 1;
}
