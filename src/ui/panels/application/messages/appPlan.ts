/** How messages fly over the page of the application. */
import type { Frame } from '../../../../bridge/frame';
import type { ProcessName } from '../../../../bridge/names';
import { CAPSULE_HEIGHT, type CapsuleBounds } from '../../stage/geometry/capsules';
import type { Box, Point, Polyline } from '../../stage/geometry/shapes';
import { faultBetween } from '../../stage/links/linkFaults';
import type { LineView } from '../../stage/links/Links';
import type { FlightPlan } from '../../stage/motion/flightPlan';
import { type AppLayout, laneOf } from '../geometry/appLayout';
import { messageWords, wordsWidth } from './appMessage';

/** Half of what a fault's label and its button take, and their height. */
const LABEL = { half: 44, h: 22 };
/** A capsule may lie on the edge of what its lane leads to, by so much. */
const OVER = 26;

export function appPlan(layout: AppLayout, lines: readonly LineView[]): FlightPlan {
  const covered = Object.values({ ...layout.cards, ...layout.servers, board: layout.board }).map(
    ({ x, y, w, h }): Box => ({ x: x + OVER, y: y + 4, w: w - 2 * OVER, h: h - 8 }),
  );
  return {
    width: layout.width,
    laneBetween: (from, to) => laneOf(layout, from, to),
    capsule({ message, line, share, at }) {
      const width = wordsWidth(messageWords(message));
      const bounds = boundsOf(layout, line, at, width);
      return { id: message.id, at, line, share, width, bounds, side: 0 };
    },
    covered,
    labels: (frame) => labelsOf(lines, frame),
  };
}

/** Beside the board a capsule stays in the gap between it and the cards, as far as it is short enough. */
function boundsOf(layout: AppLayout, line: Polyline, at: Point, width: number): CapsuleBounds {
  const { board } = layout;
  const y0 = CAPSULE_HEIGHT / 2;
  // Below it there is room for all.
  if (at.y > board.y + board.h) return { y0 };
  const isLeft = at.x < board.x + board.w / 2;
  const ends = line.map(({ x }) => x);
  const [from, to] = isLeft ? [Math.min(...ends), board.x] : [board.x + board.w, Math.max(...ends)];
  const half = width / 2 - OVER + 1;
  return to - from < 2 * half ? { y0 } : { x0: from + half, x1: to - half, y0 };
}

function labelsOf(lines: readonly LineView[], frame: Frame): Box[] {
  return lines
    .filter(({ a, b }) => faultBetween(frame.links, a, b) !== undefined)
    .map(({ label: { x, y } }) => ({
      x: x - LABEL.half,
      y: y - LABEL.h / 2,
      w: 2 * LABEL.half,
      h: LABEL.h,
    }));
}

/** Both ends are servers: it flies as a dot. */
export function isInside(from: ProcessName, to: ProcessName): boolean {
  return /^\d+$/.test(from) && /^\d+$/.test(to);
}
