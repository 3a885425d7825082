/** Messages with their places; those that have just arrived stay for one step to finish their way. */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Frame, MessageView } from '../../../../bridge/frame';
import type { TraceEntry } from '../../../../bridge/traceEntry';
import { chipWidth } from '../../../parts/fitQueue';
import { spreadCapsules } from '../geometry/capsules';
import { pathOf, pointAt } from '../geometry/shapes';
import { CAPSULE_PATH, type Flight } from '../links/Capsules';
import { capsuleWidth, hasChip, shareOf } from '../links/messageText';
import { laneBetween, type Picture, sideOf } from '../picture';

export function useFlights(
  frame: Frame,
  trace: readonly TraceEntry[],
  picture: Picture | undefined,
  stepMs: number,
): readonly Flight[] {
  const flights = useMemo(
    () => (picture === undefined ? [] : flightsOf(frame, picture)),
    [frame, picture],
  );
  const before = useRef<{ frame: Frame; flights: readonly Flight[] } | undefined>(undefined);
  const [leaving, setLeaving] = useState<{ of: Frame; flights: readonly Flight[] } | undefined>();

  useEffect(() => {
    const old = before.current;
    before.current = { frame, flights };
    if (old === undefined || old.frame === frame || stepMs === 0 || trace.length === 0) return;
    if (old.frame.at > frame.at) return;
    const gone = arrived(old.flights, frame);
    if (gone.length === 0) return;
    setLeaving({ of: frame, flights: gone });
    const timer = setTimeout(() => setLeaving(undefined), stepMs);
    return () => clearTimeout(timer);
  }, [frame, flights, trace, stepMs]);

  return leaving?.of === frame ? [...flights, ...leaving.flights] : flights;
}

/** Those of `old` that were delivered by `frame`: their time has come, and they are no longer in flight. */
export function arrived(old: readonly Flight[], frame: Frame): Flight[] {
  const still = new Set(frame.messages.map(({ id }) => id));
  return old
    .filter(
      ({ message, lane, isLeaving }) =>
        lane !== undefined &&
        !isLeaving &&
        !still.has(message.id) &&
        message.arrivesAt !== undefined &&
        message.arrivesAt <= frame.at,
    )
    .map((flight) => ({ ...flight, share: 1, isLeaving: true }));
}

export function flightsOf(frame: Frame, picture: Picture): Flight[] {
  const placed: { message: MessageView; lane: string; share: number }[] = [];
  const inputs: Parameters<typeof spreadCapsules>[0][number][] = [];
  const lost: Flight[] = [];
  const fewIds = frame.messages.length <= 60;
  for (const message of frame.messages) {
    const line = laneBetween(picture, message.from, message.to);
    if (line === undefined) {
      lost.push({ message, share: 0, place: { dx: 0, dy: 0, dot: true } });
      continue;
    }
    const share = shareOf(message, frame.at);
    placed.push({ message, lane: pathOf(line), share });
    if (message.idle || !fewIds) continue;
    const { request } = message;
    inputs.push({
      id: message.id,
      at: pointAt(line, share),
      width: capsuleWidth(
        message,
        request !== undefined && hasChip(message) ? chipWidth(request, CAPSULE_PATH) : 0,
      ),
      side: sideOf(picture, message.from, message.to),
    });
  }
  const places = spreadCapsules(inputs, picture.width);
  const flights = placed.map(({ message, lane, share }) => ({
    message,
    lane,
    share,
    place: places[message.id] ?? { dx: 0, dy: 0, dot: true },
  }));
  return [...flights, ...lost];
}
