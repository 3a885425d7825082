/** What flights need of the drawing they fly over: lanes, room for words, what stays free. */
import type { Frame } from '../../../../bridge/frame';
import type { ProcessName } from '../../../../bridge/names';
import { chipWidth } from '../../../parts/fitQueue';
import type { CapsuleInput } from '../geometry/capsules';
import type { Box, Polyline } from '../geometry/shapes';
import { CAPSULE_PATH } from '../links/Capsules';
import type { Flight } from '../links/flight';
import { capsuleWidth, hasChip } from '../links/messageText';
import { boundsOf, coveredBy, labelsOf, laneBetween, type Picture, sideOf } from '../picture';

export type Placed = Required<Pick<Flight, 'message' | 'line' | 'share' | 'at'>>;

export interface FlightPlan {
  width: number;
  /** From the sender to the receiver, the same object for the same lane; undefined: one of them is not drawn. */
  laneBetween(from: ProcessName, to: ProcessName): Polyline | undefined;
  /** The capsule of a message at that place. */
  capsule(placed: Placed): CapsuleInput;
  /** What no capsule may lie on. */
  covered: readonly Box[];
  /** What stands on lanes already. */
  labels(frame: Frame): readonly Box[];
}

/** The plan of the ensemble's stage. */
export function planOf(picture: Picture): FlightPlan {
  return {
    width: picture.width,
    laneBetween: (from, to) => laneBetween(picture, from, to),
    capsule({ message, line, share, at }) {
      const { id, from, to, request } = message;
      const width = capsuleWidth(
        message,
        request !== undefined && hasChip(message) ? chipWidth(request, CAPSULE_PATH) : 0,
      );
      const bounds = boundsOf(picture, from, to, width);
      return { id, at, line, share, width, bounds, side: sideOf(picture, from, to) };
    },
    covered: coveredBy(picture),
    labels: (frame) => labelsOf(picture, frame),
  };
}
