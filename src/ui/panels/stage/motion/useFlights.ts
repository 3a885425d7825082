/** Messages with their places; those that have just arrived stay for one step to finish their way. */
import { useEffect, useMemo, useState } from 'react';
import type { Frame, MessageView } from '../../../../bridge/frame';
import type { TraceEntry } from '../../../../bridge/traceEntry';
import { chipWidth } from '../../../parts/fitQueue';
import { spreadCapsules } from '../geometry/capsules';
import { pathOf, pointAt, type Polyline } from '../geometry/shapes';
import { CAPSULE_PATH } from '../links/Capsules';
import type { Flight } from '../links/flight';
import { capsuleWidth, hasChip, shareOf } from '../links/messageText';
import { boundsOf, laneBetween, type Picture, sideOf } from '../picture';

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
      flights: picture === undefined ? [] : flightsOf(frame, picture),
      leaving: isStep && now !== undefined ? arrived(now.flights, frame) : [],
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
  const placed: { message: MessageView; line: Polyline; lane: string; share: number }[] = [];
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
    placed.push({ message, line, lane: pathOf(line), share });
    if (message.idle || !fewIds) continue;
    const { request } = message;
    const width = capsuleWidth(
      message,
      request !== undefined && hasChip(message) ? chipWidth(request, CAPSULE_PATH) : 0,
    );
    inputs.push({
      id: message.id,
      at: pointAt(line, share),
      width,
      bounds: boundsOf(picture, message.from, message.to, width),
      side: sideOf(picture, message.from, message.to),
    });
  }
  const places = spreadCapsules(inputs, picture.width);
  const flights = placed.map(({ message, line, lane, share }) => ({
    message,
    line,
    lane,
    share,
    place: places[message.id] ?? { dx: 0, dy: 0, dot: true },
  }));
  return [...flights, ...lost];
}
