/** Messages with their places; those that have just arrived stay for one step to finish their way. */
import { useEffect, useMemo, useState } from 'react';
import type { Frame } from '../../../../bridge/frame';
import type { TraceEntry } from '../../../../bridge/traceEntry';
import { chipWidth } from '../../../parts/fitQueue';
import { type CapsuleInput, type CapsulePlace, spreadCapsules } from '../geometry/capsules';
import { type Point, pointAt, type Polyline } from '../geometry/shapes';
import { CAPSULE_PATH } from '../links/Capsules';
import type { Flight } from '../links/flight';
import { capsuleWidth, hasChip, shareOf } from '../links/messageText';
import { boundsOf, coveredBy, labelsOf, laneBetween, type Picture, sideOf } from '../picture';

interface Shown {
  frame: Frame;
  picture: Picture | undefined;
  flights: readonly Flight[];
  leaving: readonly Flight[];
}

export function useFlights(
  frame: Frame,
  trace: readonly TraceEntry[],
  picture: Picture | undefined,
  stepMs: number,
): readonly Flight[] {
  const [shown, setShown] = useState<Shown | undefined>(undefined);
  let now = shown;
  if (now === undefined || now.frame !== frame || now.picture !== picture) {
    // Known before this frame is drawn: a capsule that is taken away and put back would start anew.
    const isStep = now !== undefined && stepMs > 0 && trace.length > 0 && now.frame.at <= frame.at;
    now = {
      frame,
      picture,
      flights: picture === undefined ? [] : flightsOf(frame, picture, now?.flights),
      leaving:
        isStep && now !== undefined && picture !== undefined
          ? arrived(now.flights, frame, picture)
          : [],
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
export function arrived(old: readonly Flight[], frame: Frame, picture: Picture): Flight[] {
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
      const input = inputOf({ message, line, share: 1, at: end.at }, picture);
      const places = spreadCapsules([input], picture.width, coveredBy(picture));
      return { ...end, place: places[message.id] ?? place };
    });
}

/** In the order of the frame's messages, those without a lane last; one that stands where it stood is kept as it was. */
export function flightsOf(
  frame: Frame,
  picture: Picture,
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
    if (!lanes.has(ends)) lanes.set(ends, laneBetween(picture, from, to));
    const line = lanes.get(ends);
    if (line === undefined) {
      lost.push(kept(old, { message, share: 0, at: NOWHERE, place: DOT }));
      continue;
    }
    const share = shareOf(message, frame.at);
    const at = placeAt(line, share);
    placed.push({ message, line, share, at });
    if (!message.idle && fewIds) inputs.push(inputOf({ message, line, share, at }, picture));
  }
  const places = spreadCapsules(
    inputs,
    picture.width,
    coveredBy(picture),
    labelsOf(picture, frame),
  );
  const flights = placed.map((flight) =>
    kept(old, { ...flight, place: places[flight.message.id] ?? DOT }),
  );
  return [...flights, ...lost];
}

type Placed = Required<Pick<Flight, 'message' | 'line' | 'share' | 'at'>>;

function inputOf({ message, line, share, at }: Placed, picture: Picture): CapsuleInput {
  const { id, from, to, request } = message;
  const width = capsuleWidth(
    message,
    request !== undefined && hasChip(message) ? chipWidth(request, CAPSULE_PATH) : 0,
  );
  const bounds = boundsOf(picture, from, to, width);
  return { id, at, line, share, width, bounds, side: sideOf(picture, from, to) };
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
