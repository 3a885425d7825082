import { describe, expect, test } from 'vitest';
import type { Frame } from '../../../../bridge/frame';
import { writeAtFollower } from '../fixtures/frames';
import { drawStage } from '../picture';
import { planOf } from './flightPlan';
import { arrived, flightsOf } from './useFlights';

const pictureOf = (frame: Frame) =>
  drawStage(frame, { width: 1280, height: 480, composition: 'line', top: 3 });

describe('flights', () => {
  const frame = writeAtFollower();
  const picture = planOf(pictureOf(frame));
  const flights = flightsOf(frame, picture);

  test('that stand where they stood are the same objects', () => {
    const next = flightsOf({ ...frame, event: frame.event + 1 }, picture, flights);
    expect(next).toHaveLength(flights.length);
    for (const [i, flight] of next.entries()) expect(flight).toBe(flights[i]);
  });

  test('that move or wait are new ones, the others are kept', () => {
    const [first, ...rest] = frame.messages;
    if (first === undefined) throw new Error('the fixture has messages');
    const held = { ...frame, messages: [{ ...first, waits: 'held' as const }, ...rest] };
    const next = flightsOf(held, picture, flights);
    const changed = next.filter((flight) => !flights.includes(flight));
    expect(changed.map(({ message }) => message.id)).toEqual([first.id]);
  });

  test('that were delivered run to the end of their lane', () => {
    const messages = frame.messages.slice(1);
    const at = Math.max(...frame.messages.map(({ arrivesAt }) => arrivesAt ?? 0));
    const leaving = arrived(flights, { ...frame, messages, at }, picture);
    expect(leaving.map(({ message }) => message.id)).toEqual([frame.messages[0]?.id]);
    const [{ share, at: place, line = [] } = { share: 0, at: undefined }] = leaving;
    expect(share).toBe(1);
    expect(place?.x).toBeCloseTo(line.at(-1)?.x ?? 0, 0);
    expect(place?.y).toBeCloseTo(line.at(-1)?.y ?? 0, 0);
  });
});
