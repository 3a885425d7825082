/** A message in flight with its place on the stage. */
import type { MessageView } from '../../../../bridge/frame';
import type { CapsulePlace } from '../geometry/capsules';
import type { Point, Polyline } from '../geometry/shapes';

export interface Flight {
  message: MessageView;
  /** Its lane; undefined: it has none (its end is not on the stage). */
  line?: Polyline;
  /** 0 to 1. */
  share: number;
  /** The point at that share, in tenths of a design pixel. */
  at: Point;
  place: CapsulePlace;
  /** It was delivered since the last frame and only finishes its way. */
  isLeaving?: boolean;
}
