/**
 * Keeps capsules apart, and off the cards. A capsule stands at its true place
 * along the lane, set aside from it as far as it must; near an end of its lane,
 * where it would cover a card, it stands a little farther along.
 */
import { type Box, lengthOf, type Point, pointAt, type Polyline } from './shapes';

export interface CapsuleInput {
  id: string;
  /** Where its message is on its lane. */
  at: Point;
  /** The lane, and the share of it: it may be moved along. Without, it is only set aside. */
  line?: Polyline;
  share?: number;
  width: number;
  /** To which side it moves when there is no room: 1 right, -1 left, 0 none: both in turn. */
  side: -1 | 0 | 1;
  /** Its middle stays within these, so that it covers neither end of its lane. */
  bounds?: CapsuleBounds;
}

export interface CapsuleBounds {
  x0?: number;
  x1?: number;
  y0?: number;
  y1?: number;
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
/** Moved along its lane by so much at most. */
const ALONG_MAX = 140;
const GAP = 5;
/** A capsule farther than that from its place says nothing about it. */
const ASIDE_MAX = 300;
/** Between a capsule and the stage's edges: its width is an estimate. */
const EDGE = 8;

/**
 * Earlier ones keep their place; each later one takes the first free place, or becomes a dot. `covered`: what no
 * capsule that is set aside to both sides may lie on. `labels`: as high as a capsule, and there before all of them.
 */
export function spreadCapsules(
  capsules: readonly CapsuleInput[],
  width: number,
  covered: readonly Box[] = [],
  labels: readonly Box[] = [],
): Record<string, CapsulePlace> {
  const taken: Taken[] = labels.map(({ x, y, w, h }) => ({ x0: x, x1: x + w, y: y + h / 2 }));
  const out: Record<string, CapsulePlace> = {};
  for (const capsule of capsules) {
    const { id, at } = capsule;
    const box = capsule.side === 0 ? stacked(capsule, taken, covered) : aside(capsule, taken);
    if (box !== undefined && box.x0 >= EDGE && box.x1 <= width - EDGE) {
      taken.push(box);
      out[id] = { dx: (box.x0 + box.x1) / 2 - at.x, dy: box.y - at.y, dot: false };
    } else {
      taken.push({ x0: at.x - DOT / 2, x1: at.x + DOT / 2, y: at.y });
      out[id] = { dx: 0, dy: 0, dot: true };
    }
  }
  return out;
}

interface Taken {
  x0: number;
  x1: number;
  y: number;
}

/** Beside its lane, then beyond whatever stands there. */
function aside(capsule: CapsuleInput, taken: readonly Taken[]): Taken | undefined {
  const { at, width, side } = capsule;
  const { y } = within(at, capsule.bounds);
  let near = at.x + side * 10;
  for (let k = 0; k < TRIES; k += 1) {
    const x0 = side > 0 ? near : near - width;
    const box = { x0, x1: x0 + width, y };
    const blocker = taken.find((other) => overlaps(other, box));
    if (blocker === undefined) return box;
    near = side > 0 ? blocker.x1 + GAP : blocker.x0 - GAP;
    if (Math.abs(near - at.x) > ASIDE_MAX) return undefined;
  }
  return undefined;
}

/** Ways off the true place, along the lane and across, nearest first. */
const OFFSETS: readonly { along: number; dy: number }[] = offsets();

function offsets(): { along: number; dy: number }[] {
  const all: { along: number; dy: number; cost: number }[] = [];
  const step = CAPSULE_HEIGHT + 2;
  for (let along = -ALONG_MAX; along <= ALONG_MAX; along += 10) {
    for (let k = -2; k <= 2; k += 1) {
      // One row aside says the same; more rows lead away from the lane, and along is not where it is.
      const cost = 1.2 * Math.abs(along) + k * k * step + (k > 0 ? 1 : 0);
      all.push({ along, dy: k * step, cost });
    }
  }
  return all.sort((a, b) => a.cost - b.cost || a.along - b.along);
}

/** On its line, above and below it or farther along, as far as its bounds let it. */
function stacked(
  capsule: CapsuleInput,
  taken: readonly Taken[],
  covered: readonly Box[],
): Taken | undefined {
  const { width, line, share = 0, bounds } = capsule;
  const length = line === undefined ? 0 : lengthOf(line);
  for (const { along, dy } of OFFSETS) {
    const to = length === 0 ? 0 : share + along / length;
    if (along !== 0 && (line === undefined || to < 0 || to > 1)) continue;
    const at = along === 0 || line === undefined ? capsule.at : pointAt(line, to);
    const near = within(at, bounds);
    const box = { x0: near.x - width / 2, x1: near.x + width / 2, y: near.y + dy };
    if (!isWithin(box.y, bounds)) continue;
    if (taken.some((other) => overlaps(other, box))) continue;
    if (!covered.some((other) => liesOn(box, other))) return box;
  }
  return undefined;
}

function liesOn({ x0, x1, y }: Taken, box: Box): boolean {
  const half = CAPSULE_HEIGHT / 2;
  return x0 < box.x + box.w && x1 > box.x && y - half < box.y + box.h && y + half > box.y;
}

function within(at: Point, bounds: CapsuleBounds = {}): Point {
  return { x: clamp(at.x, bounds.x0, bounds.x1), y: clamp(at.y, bounds.y0, bounds.y1) };
}

function isWithin(y: number, { y0 = -1e9, y1 = 1e9 }: CapsuleBounds = {}): boolean {
  return y0 > y1 || (y >= y0 && y <= y1);
}

/** Bounds that leave no room bind nothing. */
function clamp(n: number, low = Number.NEGATIVE_INFINITY, high = Number.POSITIVE_INFINITY): number {
  return low > high ? n : Math.min(high, Math.max(low, n));
}

function overlaps(a: Taken, b: Taken): boolean {
  return a.x0 < b.x1 + 3 && b.x0 < a.x1 + 3 && Math.abs(a.y - b.y) < CAPSULE_HEIGHT + 1;
}
