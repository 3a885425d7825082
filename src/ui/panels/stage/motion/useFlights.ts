/** Messages with their places; those that have just arrived stay for one step to finish their way. */
import { useEffect, useMemo, useState } from 'react';
import type { Frame } from '../../../../bridge/frame';
import type { TraceEntry } from '../../../../bridge/traceEntry';
import { type CapsuleInput, type CapsulePlace, spreadCapsules } from '../geometry/capsules';
import { type Point, pointAt, type Polyline } from '../geometry/shapes';
import type { Flight } from '../links/flight';
import { shareOf } from '../links/messageText';
import type { FlightPlan, Placed } from './flightPlan';

interface Shown {
  frame: Frame;
  plan: FlightPlan | undefined;
  flights: readonly Flight[];
  leaving: readonly Flight[];
}

export function useFlights(
  frame: Frame,
  trace: readonly TraceEntry[],
  plan: FlightPlan | undefined,
  stepMs: number,
): readonly Flight[] {
  const [shown, setShown] = useState<Shown | undefined>(undefined);
  let now = shown;
  if (now === undefined || now.frame !== frame || now.plan !== plan) {
    // Known before this frame is drawn: a capsule that is taken away and put back would start anew.
    const isStep = now !== undefined && stepMs > 0 && trace.length > 0 && now.frame.at <= frame.at;
    now = {
      frame,
      plan,
      flights: plan === undefined ? [] : flightsOf(frame, plan, now?.flights),
      leaving:
        isStep && now !== undefined && plan !== undefined ? arrived(now.flights, frame, plan) : [],
    };
    setShown(now);
  }
  const { flights, leaving } = now;

  useEffect(() => {
    if (leaving.length === 0) return;
    const timer = setTimeout(
      () => setShown((old) => (old?.leaving === leaving ? { ...old, leaving: [] } : old)),
      stepMs,
    );
    return () => clearTimeout(timer);
  }, [leaving, stepMs]);

  return useMemo(() => [...flights, ...leaving], [flights, leaving]);
}

/**
 * Those of `old` that were delivered by `frame`: their time has come, and they are no longer in flight. With words they
 * end beside the card that they have come to, not on it.
 */
export function arrived(old: readonly Flight[], frame: Frame, plan: FlightPlan): Flight[] {
  const still = new Set(frame.messages.map(({ id }) => id));
  return old
    .filter(
      ({ message, line, isLeaving }) =>
        line !== undefined &&
        !isLeaving &&
        !still.has(message.id) &&
        message.arrivesAt !== undefined &&
        message.arrivesAt <= frame.at,
    )
    .map((flight) => {
      const { message, line, place } = flight;
      const end = { ...flight, share: 1, at: placeAt(line, 1), isLeaving: true };
      if (line === undefined || place.dot) return end;
      const input = plan.capsule({ message, line, share: 1, at: end.at });
      const places = spreadCapsules([input], plan.width, plan.covered);
      return { ...end, place: places[message.id] ?? place };
    });
}

/** In the order of the frame's messages, those without a lane last; one that stands where it stood is kept as it was. */
export function flightsOf(
  frame: Frame,
  plan: FlightPlan,
  before: readonly Flight[] = [],
): readonly Flight[] {
  const old = new Map(before.map((flight) => [flight.message.id, flight]));
  const lanes = new Map<string, Polyline | undefined>();
  const placed: Placed[] = [];
  const inputs: CapsuleInput[] = [];
  const lost: Flight[] = [];
  const fewIds = frame.messages.length <= LABELS_MAX;
  for (const message of frame.messages) {
    const { from, to } = message;
    const ends = `${from}>${to}`;
    if (!lanes.has(ends)) lanes.set(ends, plan.laneBetween(from, to));
    const line = lanes.get(ends);
    if (line === undefined) {
      lost.push(kept(old, { message, share: 0, at: NOWHERE, place: DOT }));
      continue;
    }
    const share = shareOf(message, frame.at);
    const at = placeAt(line, share);
    placed.push({ message, line, share, at });
    if (!message.idle && fewIds) inputs.push(plan.capsule({ message, line, share, at }));
  }
  const places = spreadCapsules(inputs, plan.width, plan.covered, plan.labels(frame));
  const flights = placed.map((flight) =>
    kept(old, { ...flight, place: places[flight.message.id] ?? DOT }),
  );
  return [...flights, ...lost];
}

/** With more messages than that in flight all are dots. */
const LABELS_MAX = 60;
const NOWHERE: Point = { x: 0, y: 0 };
const DOT: CapsulePlace = { dx: 0, dy: 0, dot: true };

function placeAt(line: Polyline | undefined, share: number): Point {
  if (line === undefined) return NOWHERE;
  const { x, y } = pointAt(line, share);
  return { x: Math.round(x * 10) / 10, y: Math.round(y * 10) / 10 };
}

function isNear(a: Point, b: Point): boolean {
  return a.x === b.x && a.y === b.y;
}

/** The flight as it was when nothing of it that is seen has changed, so that it is not drawn anew. */
function kept(old: ReadonlyMap<string, Flight>, flight: Flight): Flight {
  const was = old.get(flight.message.id);
  if (was === undefined || was.message !== flight.message || was.isLeaving) return flight;
  const isSame =
    isNear(was.at, flight.at) &&
    was.place.dx === flight.place.dx &&
    was.place.dy === flight.place.dy &&
    was.place.dot === flight.place.dot &&
    was.line === flight.line;
  return isSame ? was : flight;
}
