/** Points, boxes and polylines in design pixels: the origin is the top left corner, y grows downwards. */

export interface Point {
  x: number;
  y: number;
}

export interface Box extends Point {
  w: number;
  h: number;
}

export type Polyline = readonly Point[];

export function centre(box: Box): Point {
  return { x: box.x + box.w / 2, y: box.y + box.h / 2 };
}

export function distance(a: Point, b: Point): number {
  return Math.hypot(b.x - a.x, b.y - a.y);
}

export function lengthOf(line: Polyline): number {
  let sum = 0;
  for (let i = 1; i < line.length; i += 1) sum += distance(line[i - 1] as Point, line[i] as Point);
  return sum;
}

/** The point at the share `t` (0 to 1) of a line's length. An empty line has none. */
export function pointAt(line: Polyline, t: number): Point {
  const [first] = line;
  if (first === undefined) throw new Error('a line without points has no point');
  let left = lengthOf(line) * Math.min(1, Math.max(0, t));
  let from = first;
  for (const to of line.slice(1)) {
    const step = distance(from, to);
    if (step >= left && step > 0) {
      const share = left / step;
      return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
    }
    left -= step;
    from = to;
  }
  return from;
}

/** The way on a line from the share `from` of its length to the share `to`, backwards too: two points or more. */
export function partOf(line: Polyline, from: number, to: number): Polyline {
  const [low, high] = from < to ? [from, to] : [to, from];
  const length = lengthOf(line);
  const points: Point[] = [pointAt(line, low)];
  let gone = 0;
  for (let i = 1; i < line.length; i += 1) {
    gone += distance(line[i - 1] as Point, line[i] as Point);
    if (gone > low * length && gone < high * length) points.push(line[i] as Point);
  }
  points.push(pointAt(line, high));
  return from < to ? points : points.reverse();
}

/** The `d` of an SVG path, rounded to tenths. */
export function pathOf(line: Polyline): string {
  return line.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('');
}

/** Parallel to `line`, `by` to the right of its direction (to the left if negative). */
export function beside(line: Polyline, by: number): Polyline {
  return line.map((point, i) => {
    const before = line[Math.max(0, i - 1)] as Point;
    const after = line[Math.min(line.length - 1, i + 1)] as Point;
    const length = distance(before, after) || 1;
    return {
      x: point.x - ((after.y - before.y) / length) * by,
      y: point.y + ((after.x - before.x) / length) * by,
    };
  });
}

/** From `a` to `b`, leaving and arriving vertically: a cubic curve as `steps` straight pieces. */
export function verticalCurve(a: Point, b: Point, steps = 24): Polyline {
  const middle = (a.y + b.y) / 2;
  return Array.from({ length: steps + 1 }, (_, i) => {
    const t = i / steps;
    const s = 1 - t;
    const [k0, k1, k2, k3] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
    return {
      x: (k0 + k1) * a.x + (k2 + k3) * b.x,
      y: k0 * a.y + (k1 + k2) * middle + k3 * b.y,
    };
  });
}

/** The corners of a polyline cut round. */
export function rounded(line: Polyline, radius: number): Polyline {
  const out: Point[] = [];
  line.forEach((corner, i) => {
    const before = line[i - 1];
    const after = line[i + 1];
    if (before === undefined || after === undefined) {
      out.push(corner);
      return;
    }
    const r = Math.min(radius, distance(before, corner) / 2, distance(corner, after) / 2);
    const enter = towards(corner, before, r);
    const leave = towards(corner, after, r);
    for (let k = 0; k <= 4; k += 1) {
      const t = k / 4;
      const s = 1 - t;
      out.push({
        x: s * s * enter.x + 2 * s * t * corner.x + t * t * leave.x,
        y: s * s * enter.y + 2 * s * t * corner.y + t * t * leave.y,
      });
    }
  });
  return out;
}

/** Where the way from the box's middle to `to` leaves the box. */
export function edgeTowards(box: Box, to: Point): Point {
  const c = centre(box);
  const dx = to.x - c.x;
  const dy = to.y - c.y;
  const shareX = dx === 0 ? Number.POSITIVE_INFINITY : box.w / 2 / Math.abs(dx);
  const shareY = dy === 0 ? Number.POSITIVE_INFINITY : box.h / 2 / Math.abs(dy);
  const share = Math.min(shareX, shareY, 1);
  return { x: c.x + dx * share, y: c.y + dy * share };
}

function towards(from: Point, to: Point, by: number): Point {
  const length = distance(from, to) || 1;
  return {
    x: from.x + ((to.x - from.x) / length) * by,
    y: from.y + ((to.y - from.y) / length) * by,
  };
}

function round(n: number): number {
  return Math.round(n * 10) / 10;
}
