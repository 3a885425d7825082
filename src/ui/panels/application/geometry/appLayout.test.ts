import { describe, expect, test } from 'vitest';
import type { ProcessName } from '../../../../bridge/names';
import type { Box } from '../../stage/geometry/shapes';
import { layoutApp, laneOf } from './appLayout';

const names = (role: string, letter: string, count: number) =>
  Array.from({ length: count }, (_, i) => `${role} ${letter}-${i + 1}` as ProcessName);

const input = (masters: number, workers: number, clients: number, servers = 3) => ({
  width: 1280,
  height: 507,
  masters: names('master', 'm', masters),
  workers: names('worker', 'w', workers),
  clients: names('taskclient', 'c', clients),
  storages: names('storage', 's', 1),
  servers: Array.from({ length: servers }, (_, i) => i + 1),
});

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

describe.each([
  [2, 3, 1, 3],
  [1, 1, 1, 1],
  [3, 5, 2, 5],
  [5, 8, 1, 7],
])('%i masters, %i workers, %i task clients, %i servers', (masters, workers, clients, servers) => {
  const layout = layoutApp(input(masters, workers, clients, servers));
  const boxes = [...Object.values(layout.cards), ...Object.values(layout.servers), layout.board];

  test('stand apart and inside the page', () => {
    boxes.forEach((a, i) => {
      expect(a.x >= 0 && a.y >= 0 && a.x + a.w <= 1280 && a.y + a.h <= 507.5).toBe(true);
      for (const b of boxes.slice(i + 1)) expect(overlap(a, b)).toBe(false);
    });
  });

  test('each has a line to the board that ends at its edge', () => {
    for (const name of Object.keys(layout.toBoard)) {
      const end = layout.toBoard[name as ProcessName]?.line.at(-1);
      const { board } = layout;
      expect([board.x, board.x + board.w]).toContain(end?.x);
      expect(end !== undefined && end.y > board.y && end.y < board.y + board.h).toBe(true);
    }
  });
});

test('the usual application has room for all that a card says', () => {
  const { cards } = layoutApp(input(2, 3, 1));
  expect(Object.values(cards).map(({ form }) => form)).toEqual(Array(7).fill('full'));
});

test('a message has the lane of its two ends, and the same one each time', () => {
  const layout = layoutApp(input(2, 3, 1));
  const [m, w, s] = ['master m-1', 'worker w-1', 'storage s-1'] as ProcessName[] as [
    ProcessName,
    ProcessName,
    ProcessName,
  ];
  const one = '1' as ProcessName;
  expect(laneOf(layout, m, one)).toBe(laneOf(layout, m, '3' as ProcessName));
  expect(laneOf(layout, one, m)?.[0]).toEqual(laneOf(layout, m, one)?.at(-1));
  expect(laneOf(layout, w, s)?.at(-1)).toEqual(laneOf(layout, s, w)?.[0]);
  expect(laneOf(layout, one, '2' as ProcessName)).toBeDefined();
  // Consoles are not on this page, and masters do not talk to workers.
  expect(laneOf(layout, 'client a' as ProcessName, one)).toBeUndefined();
  expect(laneOf(layout, m, w)).toBeUndefined();
});
