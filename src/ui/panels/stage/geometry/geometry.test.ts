import { describe, expect, test } from 'vitest';
import { CAPSULE_HEIGHT, spreadCapsules } from './capsules';
import { chainFor, leaderChain, learnerChain, standaloneChain, type Chain } from './chain';
import { laneOf, linkPlaces } from './links';
import { routeBetween } from './route';
import {
  beside,
  centre,
  edgeTowards,
  lengthOf,
  partOf,
  pathOf,
  pointAt,
  rounded,
  verticalCurve,
} from './shapes';
import type { Box, Point } from './shapes';
import { layoutStage, scaleFor, type StageInput } from './stageLayout';

const overlaps = (a: Box, b: Box) =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
const holds = (outer: Box, inner: Box) =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.w <= outer.x + outer.w &&
  inner.y + inner.h <= outer.y + outer.h;

describe('lines', () => {
  const corner = [
    { x: 0, y: 0 },
    { x: 10, y: 0 },
    { x: 10, y: 30 },
  ];

  test('a point by its share of the length', () => {
    expect(lengthOf(corner)).toBe(40);
    expect(pointAt(corner, 0.5)).toEqual({ x: 10, y: 10 });
    expect(pointAt(corner, -1)).toEqual({ x: 0, y: 0 });
    expect(pointAt(corner, 2)).toEqual({ x: 10, y: 30 });
    expect(() => pointAt([], 0)).toThrow();
  });

  test('a path in words', () => {
    expect(pathOf(corner)).toBe('M0 0L10 0L10 30');
  });

  test('has a part between two places, its corners included, and the way back', () => {
    const way = [
      { x: 5, y: 0 },
      { x: 10, y: 0 },
      { x: 10, y: 10 },
    ];
    expect(partOf(corner, 5 / 40, 20 / 40)).toEqual(way);
    expect(partOf(corner, 20 / 40, 5 / 40)).toEqual([...way].reverse());
    expect(partOf(corner, 0, 1)).toEqual(corner);
  });

  test('a curve leaves and arrives vertically, and keeps its ends', () => {
    const line = verticalCurve({ x: 0, y: 0 }, { x: 100, y: 50 });
    expect(line[0]).toEqual({ x: 0, y: 0 });
    expect(line.at(-1)).toEqual({ x: 100, y: 50 });
    expect(pointAt(line, 0.02).x).toBeLessThan(1);
  });

  test('beside a line going right is below it for positive offsets', () => {
    expect(
      beside(
        [
          { x: 0, y: 0 },
          { x: 8, y: 0 },
        ],
        5,
      ),
    ).toEqual([
      { x: 0, y: 5 },
      { x: 8, y: 5 },
    ]);
  });

  test('rounded corners stay inside the corner and keep the ends', () => {
    const line = rounded(corner, 4);
    expect(line[0]).toEqual({ x: 0, y: 0 });
    expect(line.at(-1)).toEqual({ x: 10, y: 30 });
    expect(lengthOf(line)).toBeLessThan(40);
  });

  test('the way to another box leaves at the edge', () => {
    const box = { x: 0, y: 0, w: 20, h: 10 };
    expect(edgeTowards(box, { x: 110, y: 5 })).toEqual({ x: 20, y: 5 });
    expect(edgeTowards(box, { x: 10, y: 105 })).toEqual({ x: 10, y: 10 });
  });
});

describe('the stage', () => {
  const input = (servers: number[], over: Partial<StageInput> = {}): StageInput => ({
    width: 1280,
    height: 480,
    servers,
    top: servers.at(-1) ?? 1,
    composition: 'line',
    clients: [],
    ...over,
  });
  const sids = (n: number) => Array.from({ length: n }, (_, i) => i + 1);
  const stage = (i: StageInput) => ({ x: 0, y: 0, w: i.width, h: i.height });

  test.each([1, 2, 3, 5, 7, 9])('%i servers fit without overlap, led or in an election', (n) => {
    for (const composition of ['line', 'ring'] as const) {
      for (const [width, height] of [
        [1280, 480],
        [1477, 615],
      ] as const) {
        const i = input(sids(n), { composition, width, height });
        const cards = Object.values(layoutStage(i).cards);
        expect(cards).toHaveLength(n);
        cards.forEach((card, k) => {
          expect(holds(stage(i), card), `${composition} ${k} ${JSON.stringify(card)}`).toBe(true);
          for (const other of cards.slice(k + 1)) {
            expect(
              overlaps(card, other),
              `${composition} ${n} ${JSON.stringify([card, other])}`,
            ).toBe(false);
          }
        });
      }
    }
  });

  test('the leader is on top and wider than its learners', () => {
    const { cards } = layoutStage(input([1, 2, 3]));
    expect(cards[3]?.y).toBeLessThan(cards[1]?.y ?? 0);
    expect(cards[3]?.w).toBeGreaterThan(cards[1]?.w ?? 0);
    expect(cards[1]?.y).toBe(cards[2]?.y);
  });

  test('a selected one of five grows to its chain, the others stay on the stage', () => {
    const i = input(sids(5), { grown: 2 });
    const { cards } = layoutStage(i);
    expect(cards[2]).toMatchObject({ form: 'chain' });
    expect(cards[1]).toMatchObject({ form: 'compact' });
    const all = Object.values(cards);
    all.forEach((card, k) => {
      expect(holds(stage(i), card)).toBe(true);
      for (const other of all.slice(k + 1)) expect(overlaps(card, other)).toBe(false);
    });
  });

  test('an election among three keeps everyone near its place', () => {
    const led = layoutStage(input([1, 2, 3])).cards;
    const looking = layoutStage(input([1, 2, 3], { composition: 'ring' })).cards;
    for (const sid of [1, 2, 3]) {
      const [a, b] = [led[sid] as Box, looking[sid] as Box];
      expect(Math.abs(centre(a).x - centre(b).x)).toBeLessThan(20);
    }
  });

  test('clients: beside the leader, under a learner, each with its lane; none covers a card', () => {
    const i = input([1, 2, 3], {
      clients: [
        { letter: 'a', sid: 1 },
        { letter: 'b', sid: 2 },
        { letter: 'c', sid: 3 },
        { letter: 'd', sid: 1 },
        { letter: 'e' },
      ],
    });
    const { cards, clients } = layoutStage(i);
    expect(Object.keys(clients).sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
    const boxes = [...Object.values(cards), ...Object.values(clients)] as Box[];
    boxes.forEach((box, k) => {
      expect(holds(stage(i), box), JSON.stringify(box)).toBe(true);
      for (const other of boxes.slice(k + 1)) {
        expect(overlaps(box, other), JSON.stringify([box, other])).toBe(false);
      }
    });
    expect(clients.a?.lane?.at(-1)?.y).toBe((cards[1]?.y ?? 0) + (cards[1]?.h ?? 0));
    expect(clients.e?.lane).toBeUndefined();
  });

  test('forty clients still fit', () => {
    for (const composition of ['line', 'ring'] as const) {
      const clients = Array.from({ length: 40 }, (_, k) => ({ letter: `c${k}`, sid: (k % 3) + 1 }));
      const i = input([1, 2, 3], { clients, composition });
      const places = Object.values(layoutStage(i).clients);
      expect(places).toHaveLength(40);
      for (const place of places) expect(holds(stage(i), place), JSON.stringify(place)).toBe(true);
    }
  });

  test('ensembles side by side keep to their columns, and to themselves', () => {
    const groups = [
      { servers: [1, 2], top: 2 },
      { servers: [3, 4, 5], top: 5 },
    ];
    for (const width of [1200, 1280]) {
      const input: StageInput = {
        width,
        height: 500,
        servers: [1, 2, 3, 4, 5],
        top: 2,
        composition: 'apart',
        groups,
        clients: [
          { letter: 'a', sid: 2 },
          { letter: 'b', near: 4 },
        ],
      };
      const layout = layoutStage(input);
      const cards = Object.values(layout.cards);
      expect(cards).toHaveLength(5);
      for (const [i, card] of cards.entries()) {
        expect(holds({ x: 0, y: 0, w: width, h: 500 }, card)).toBe(true);
        for (const other of cards.slice(i + 1)) expect(overlaps(card, other)).toBe(false);
      }
      const right = Math.max(...[1, 2].map((sid) => (layout.cards[sid]?.x ?? 0) + 200));
      expect(layout.clients['b']?.x).toBeGreaterThan(right);
      const links = linkPlaces(layout, input.servers, 'apart', 2, groups);
      expect(links.map(({ a, b }) => `${a}-${b}`)).toEqual(['1-2', '3-4', '3-5', '4-5']);
      for (const { line } of links) expect(lengthOf(line)).toBeGreaterThan(30);
    }
  });

  test('five servers beside three: no card covers another', () => {
    const groups = [
      { servers: [1, 2, 3], top: 3 },
      { servers: [4, 5, 6, 7, 8], top: 8 },
    ];
    for (const width of [1200, 1280]) {
      const { cards } = layoutStage({
        width,
        height: 620,
        servers: [1, 2, 3, 4, 5, 6, 7, 8],
        top: 3,
        composition: 'apart',
        groups,
        clients: [],
      });
      const all = Object.values(cards);
      for (const [i, card] of all.entries()) {
        expect(holds({ x: 0, y: 0, w: width, h: 620 }, card)).toBe(true);
        for (const other of all.slice(i + 1)) expect(overlaps(card, other)).toBe(false);
      }
    }
  });

  test('servers that stand alone beside each other have a row each, with their whole chain', () => {
    const { cards, clients } = layoutStage({
      width: 1280,
      height: 500,
      servers: [1, 2],
      top: 1,
      composition: 'apart',
      groups: [
        { servers: [1], top: 1 },
        { servers: [2], top: 2 },
      ],
      clients: [
        { letter: 'a', sid: 1 },
        { letter: 'b', sid: 2 },
      ],
    });
    expect([cards[1]?.form, cards[2]?.form]).toEqual(['chain', 'chain']);
    const places = [cards[1], clients['a'], cards[2], clients['b']] as Box[];
    places.forEach((place, i) => {
      const next = places[i + 1];
      if (next !== undefined) expect(place.y + place.h).toBeLessThan(next.y);
    });
    expect((places[3] as Box).y + (places[3] as Box).h).toBeLessThanOrEqual(500);
  });

  test('the drawing grows with the window, about 1.3 times at 1920 by 1080, and never empties', () => {
    expect(scaleFor(1280, 480)).toBe(1);
    expect(scaleFor(1920, 800)).toBeGreaterThan(1.25);
    expect(scaleFor(1920, 800)).toBeLessThan(1.4);
    expect(scaleFor(960, 400)).toBe(0.75);
    // As tall beside a story: cards give way before letters do.
    expect(scaleFor(960, 480)).toBe(0.8);
  });
});

describe('links', () => {
  const layout = layoutStage({
    width: 1280,
    height: 480,
    servers: [1, 2, 3],
    top: 3,
    composition: 'line',
    clients: [],
  });
  const links = linkPlaces(layout, [1, 2, 3], 'line', 3);

  test('one per pair; two lanes to the leader, dotted between learners', () => {
    expect(links.map(({ a, b, look }) => `${a}-${b} ${look}`)).toEqual([
      '1-2 dotted',
      '1-3 lanes',
      '2-3 lanes',
    ]);
  });

  test('a lane runs from sender to receiver, each direction its own', () => {
    const down = laneOf(links, 3, 1) ?? [];
    const up = laneOf(links, 1, 3) ?? [];
    expect(down[0]?.y).toBeLessThan(down.at(-1)?.y ?? 0);
    expect(up[0]?.y).toBeGreaterThan(up.at(-1)?.y ?? 0);
    expect(down.at(-1)?.x).not.toBe(up[0]?.x);
    expect(laneOf(links, 1, 9)).toBeUndefined();
  });

  test('nine in a ring have a line for each of their 36 pairs', () => {
    const servers = [1, 2, 3, 4, 5, 6, 7, 8, 9];
    const ring = layoutStage({
      width: 1280,
      height: 480,
      servers,
      top: 9,
      composition: 'ring',
      clients: [],
    });
    expect(linkPlaces(ring, servers, 'ring', 9)).toHaveLength(36);
  });
});

describe('chains', () => {
  const inside = (chain: Chain, w: number, h: number) => {
    const card = { x: 0, y: 0, w, h };
    const boxes = [chain.commit, chain.ledger, chain.memo, chain.tree].filter(
      (box): box is Box => box !== undefined,
    );
    boxes.forEach((box, i) => {
      expect(holds(card, box), JSON.stringify(box)).toBe(true);
      for (const other of boxes.slice(i + 1)) expect(overlaps(box, other)).toBe(false);
    });
    for (const { name, x, y } of chain.stations) {
      expect(holds(card, { x: x - 9, y: y - 9, w: 18, h: 18 }), name).toBe(true);
      for (const box of boxes) {
        expect(overlaps(box, { x: x - 9, y: y - 9, w: 18, h: 18 }), name).toBe(false);
      }
    }
    for (const { from, to } of chain.tracks) {
      expect(chain.nodes[from], from).toBeDefined();
      expect(chain.nodes[to], to).toBeDefined();
    }
  };

  test('stand inside their cards, at both sizes', () => {
    inside(leaderChain(864, 200), 864, 200);
    inside(leaderChain(1061, 260), 1061, 260);
    inside(learnerChain(614, 180), 614, 180);
    inside(learnerChain(606, 180), 606, 180);
    inside(learnerChain(700, 220), 700, 220);
    inside(learnerChain(614, 180, true), 614, 180);
    inside(standaloneChain(1060, 260), 1060, 260);
  });

  test('are chosen by the processors that are there', () => {
    const names = (list: string[]) => chainFor(list, 864, 200)?.stations.map((s) => s.name);
    expect(names(['PrepRequestProcessor', 'ProposalRequestProcessor'])).toContain(
      'AckRequestProcessor',
    );
    expect(names(['FollowerRequestProcessor'])).toContain('SendAckRequestProcessor');
    expect(names(['ObserverRequestProcessor'])).not.toContain('SendAckRequestProcessor');
    expect(names(['PrepRequestProcessor', 'FinalRequestProcessor'])).toHaveLength(3);
    expect(names([])).toBeUndefined();
  });

  test('a chip goes from Proposal to the ledger by Sync and Ack', () => {
    const chain = leaderChain(864, 200);
    const way = routeBetween(chain, 'ProposalRequestProcessor', 'ledger');
    expect(way?.[1]).toEqual(chain.nodes.CommitProcessor);
    expect(routeBetween(chain, 'SyncRequestProcessor', 'ledger')?.[1]).toEqual(
      chain.nodes.AckRequestProcessor,
    );
    expect(routeBetween(chain, 'in', 'in')).toHaveLength(1);
    expect(routeBetween(chain, 'in', 'nowhere')).toBeUndefined();
  });

  test('a follower has no track from the low line to the high one but through pendingTxns', () => {
    const chain = learnerChain(614, 180);
    expect(routeBetween(chain, 'lowIn', 'CommitProcessor')).toBeUndefined();
    expect(routeBetween(chain, 'memo', 'FinalRequestProcessor')).toHaveLength(3);
  });
});

describe('capsules', () => {
  test('on one place stand beside each other', () => {
    const at = { x: 400, y: 220 };
    const places = spreadCapsules(
      [
        { id: 'a', at, width: 100, side: 1 },
        { id: 'b', at, width: 100, side: 1 },
        { id: 'c', at, width: 60, side: -1 },
      ],
      1280,
    );
    expect(places.a?.dx).toBe(60);
    expect(places.b?.dx).toBe(165);
    expect(places.c?.dx).toBeLessThan(0);
  });

  test('keep their own place when nothing is there', () => {
    const places = spreadCapsules(
      [
        { id: 'a', at: { x: 400, y: 220 }, width: 100, side: 1 },
        { id: 'b', at: { x: 400, y: 220 + CAPSULE_HEIGHT + 2 }, width: 100, side: 1 },
      ],
      1280,
    );
    expect(places.b).toEqual({ dx: 60, dy: 0, dot: false });
  });

  test('stand a little farther along where they would cover a card', () => {
    const line = [
      { x: 200, y: 100 },
      { x: 600, y: 100 },
    ];
    const card = { x: 0, y: 40, w: 200, h: 120 };
    const capsule = { id: 'a', at: line[0] as Point, line, share: 0, width: 150, side: 0 as const };
    const { a } = spreadCapsules([capsule], 1280, [card]);
    expect(a?.dot).toBe(false);
    expect(a?.dx).toBeGreaterThanOrEqual(75);
    expect(a?.dx).toBeLessThan(100);
    expect(a?.dy).toBe(0);
    // Between two cards with no room between them it is a dot.
    const high = { ...card, y: 0, h: 200 };
    const wall = [high, { ...high, x: 300 }];
    expect(spreadCapsules([capsule], 1280, wall).a?.dot).toBe(true);
  });

  test('become dots when there is no room left', () => {
    const many = Array.from({ length: 30 }, (_, k) => ({
      id: String(k),
      at: { x: 640, y: 240 },
      width: 200,
      side: 0 as const,
    }));
    const places = Object.values(spreadCapsules(many, 1280));
    expect(places.filter((p) => !p.dot)).toHaveLength(5);
    expect(places.filter((p) => p.dot)).toHaveLength(25);
  });
});

test('a capsule stays within its bounds, where they leave room', () => {
  const at = { x: 100, y: 100 };
  const place = (bounds: object) =>
    spreadCapsules([{ id: 'a', at, width: 80, side: 0, bounds }], 1280).a;
  expect(place({ x0: 150, x1: 400 })).toEqual({ dx: 50, dy: 0, dot: false });
  expect(place({ y0: 20, y1: 90 })).toEqual({ dx: 0, dy: -10, dot: false });
  expect(place({ y0: 120, y1: 110 })).toEqual({ dx: 0, dy: 0, dot: false });
});
