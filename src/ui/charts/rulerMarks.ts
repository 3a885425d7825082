/** Where the marks of a session's ruler stand: a client pings at one third, gives its server up at two. */
import { scaleLinear } from 'd3-scale';

export interface RulerMarks {
  marks: readonly { x: number; text: string; anchor: 'middle' | 'end' }[];
  /** Right end of the bar, px. */
  heard: number;
  /** Two thirds are over: the client looks for another server. */
  isOver: boolean;
}

export function rulerMarks(timeoutMs: number, heardAgoMs: number, width: number): RulerMarks {
  const x = scaleLinear([0, Math.max(1, timeoutMs)], [0, width]).clamp(true);
  const third = timeoutMs / 3;
  return {
    marks: [
      { x: x(third), text: '1/3', anchor: 'middle' },
      { x: x(2 * third), text: '2/3', anchor: 'middle' },
      { x: x(timeoutMs) - 1, text: '3/3', anchor: 'end' },
    ],
    heard: x(heardAgoMs),
    isOver: heardAgoMs >= 2 * third,
  };
}
