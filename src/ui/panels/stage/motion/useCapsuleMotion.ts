/**
 * Moves capsules along their lanes from where they were in the frame before: a
 * new one from the lane's beginning, one that has arrived to its end.
 *
 * As animations of `transform`, which the browser's compositor runs by itself:
 * an animated `offset-distance` would cost the page's thread a new style of
 * each capsule for each picture. Nothing is measured here,
 * and React does not see it: a capsule that only moves is not drawn anew.
 */
import { type RefObject, useLayoutEffect, useRef } from 'react';
import { distance, lengthOf, partOf, type Point, type Polyline } from '../geometry/shapes';
import type { Flight } from '../links/flight';

/** Less than this is no way, design pixels: the capsule just stands there. */
const WAY_MIN = 0.5;

interface Way {
  flight: Flight;
  /** Share of the lane where it started. */
  from: number;
  /** When it started, and for how long, ms. */
  since: number;
  ms: number;
  animation?: Animation;
}

/** `list` has a child for each of `flights`, in their order. `at`: the frame's virtual time, us. */
export function useCapsuleMotion(
  list: RefObject<HTMLElement | null>,
  flights: readonly Flight[],
  at: number,
  stepMs: number,
): void {
  const before = useRef<{ ways: Map<string, Way>; at: number } | undefined>(undefined);
  useLayoutEffect(() => {
    if (list.current === null) return;
    const { children } = list.current;
    const old = before.current;
    const now = performance.now();
    const ways = new Map<string, Way>();
    flights.forEach((flight, i) => {
      const { id } = flight.message;
      const was = old?.ways.get(id);
      if (was !== undefined && was.flight === flight) {
        ways.set(id, was);
        return;
      }
      if (was !== undefined && now - was.since < was.ms) was.animation?.cancel();
      const { line, share, isLeaving } = flight;
      const element = children[i];
      if (line !== undefined && element instanceof HTMLElement) {
        element.style.transform = translate(flight.at);
      }
      const isBack = old !== undefined && at < old.at;
      const from = was !== undefined ? shareNow(was, now) : isBack ? 1 : 0;
      const ms = old === undefined || line === undefined ? 0 : stepMs * (isLeaving ? 0.5 : 1);
      const animation = ms > 0 ? travel(element, line ?? [], from, share, ms) : undefined;
      ways.set(
        id,
        animation === undefined ? still(flight) : { flight, from, since: now, ms, animation },
      );
    });
    before.current = { ways, at };
  }, [list, flights, at, stepMs]);
}

function still(flight: Flight): Way {
  return { flight, from: flight.share, since: 0, ms: 0 };
}

/** Where on its lane it is seen at that moment. */
function shareNow({ flight, from, since, ms }: Way, now: number): number {
  const part = ms === 0 ? 1 : Math.min(1, (now - since) / ms);
  return from + (flight.share - from) * part;
}

function travel(
  element: Element | undefined,
  line: Polyline,
  from: number,
  to: number,
  ms: number,
): Animation | undefined {
  if (element === undefined || Math.abs(to - from) * lengthOf(line) < WAY_MIN) return undefined;
  const way = partOf(line, from, to);
  const length = lengthOf(way);
  let gone = 0;
  const frames = way.map((point, i) => {
    gone += i === 0 ? 0 : distance(way[i - 1] as Point, point);
    return { transform: translate(point), offset: Math.min(1, gone / length) };
  });
  return element.animate(frames, { duration: ms });
}

function translate({ x, y }: Point): string {
  return `translate(${x}px, ${y}px)`;
}
