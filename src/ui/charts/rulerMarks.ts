/**
 * Where the marks of a session's ruler stand, from the moment in which the client last heard from a server:
 * it pings at one third of the timeout and gives its server up at two. The leader counts for itself.
 */
import { scaleLinear } from 'd3-scale';

export interface RulerMarks {
  marks: readonly { x: number; text: string; anchor: 'middle' | 'end' }[];
  /** Right end of the client's bar, px: now. */
  heard: number;
  /** Two thirds are over: the client looks for another server. */
  isOver: boolean;
  /** When the leader ends the session unless it hears of it, px. */
  expires?: number;
}

export function rulerMarks(
  timeoutMs: number,
  heardAgoMs: number,
  width: number,
  expiresInMs?: number,
): RulerMarks {
  const expiresAt = expiresInMs === undefined ? undefined : heardAgoMs + expiresInMs;
  const end = Math.max(1, timeoutMs, expiresAt ?? 0);
  const x = scaleLinear([0, end], [0, width]).clamp(true);
  const third = timeoutMs / 3;
  // A label at the very end is drawn to the left of its mark.
  const isLast = x(timeoutMs) > width - 16;
  return {
    marks: [
      { x: x(third), text: '1/3', anchor: 'middle' },
      { x: x(2 * third), text: '2/3', anchor: 'middle' },
      {
        x: isLast ? x(timeoutMs) - 1 : x(timeoutMs),
        text: '3/3',
        anchor: isLast ? 'end' : 'middle',
      },
    ],
    heard: x(heardAgoMs),
    isOver: heardAgoMs >= 2 * third,
    ...(expiresAt === undefined ? {} : { expires: x(expiresAt) }),
  };
}
