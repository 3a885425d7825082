/**
 * Where cards and clients stand on the stage, in design pixels (the stage is
 * drawn larger or smaller as a whole, see `scaleFor`).
 *
 * Two compositions. `line`: the leader wide on top, learners in a row below.
 * `ring`: nobody leads, all are equal. With two or three servers the ring keeps
 * the places of the line, so that an election moves nothing but the new leader.
 */
import type { Sid } from '../../../../zk/ids';
import type { Box } from './shapes';
import { clientPlaces, type ClientInput, type ClientPlace } from './clients';

export const DESIGN_WIDTH = 1280;
/** Chains and their trees are crammed below this. */
const DESIGN_WIDTH_MIN = 1200;
export const DESIGN_HEIGHT = 480;

export interface StageInput {
  width: number;
  height: number;
  /** Ascending. */
  servers: readonly Sid[];
  /** Takes the upper place. */
  top: Sid;
  composition: 'line' | 'ring' | 'apart';
  /** `apart`: servers that belong together, and who takes their upper place. */
  groups?: readonly { servers: readonly Sid[]; top: Sid }[];
  /** Drawn with its whole chain although the others are compact. */
  grown?: Sid;
  clients: readonly ClientInput[];
  /** Width on the right that something covers. */
  covered?: number;
}

export interface CardPlace extends Box {
  form: 'chain' | 'compact';
}

export interface StageLayout {
  cards: Readonly<Record<Sid, CardPlace>>;
  clients: Readonly<Record<string, ClientPlace>>;
}

export type { ClientInput, ClientPlace };

const MARGIN = 16;
const FOOT = 40;
/** A row's clients and the way to them. */
const CLIENTS_UNDER = 82;
/** What a column takes of the width, by its number of servers. */
const COLUMN_SHARES = [1, 1.4, 1.8];

/** How much larger than its design the stage is drawn in a region of that many CSS pixels. */
export function scaleFor(width: number, height: number): number {
  const fit = Math.min(width / designWidth(width / height), height / DESIGN_HEIGHT);
  // A larger window shows the same drawing larger, and gives some of the room to air.
  return fit <= 1 ? Math.max(0.55, fit) : fit ** 0.7;
}

/** A region that is tall for its width, as beside a story, gets narrower cards rather than smaller letters. */
function designWidth(ratio: number): number {
  return Math.max(DESIGN_WIDTH_MIN, Math.min(DESIGN_WIDTH, ratio * 600));
}

export function layoutStage(input: StageInput): StageLayout {
  const cards = CARDS[input.composition](input);
  return { cards, clients: clientPlaces(input.clients, cards, input) };
}

const CARDS = { line: lineCards, ring: ringCards, apart: apartCards };

function lineCards(input: StageInput): Record<Sid, CardPlace> {
  const { width, height, servers, top } = input;
  const extra = Math.max(0, height - 476);
  if (servers.length === 1) {
    const w = Math.min(1060, width - 2 * MARGIN);
    const h = Math.min(height - FOOT - 60, 236 + extra * 0.4);
    const y = Math.max(8, (height - FOOT - 36 - h) / 2);
    return { [top]: { x: (width - w) / 2, y, w, h, form: 'chain' } };
  }
  const wTop = Math.max(700, Math.min(1120, width - 2 * 222));
  // Learners far out need less height than chains: what they leave, the leader gets.
  const spare = servers.length > 3 && growing(input) === undefined ? 44 : 0;
  const upper: CardPlace = {
    x: (width - wTop) / 2,
    y: 7 + extra * 0.05,
    w: wTop,
    h: 200 + spare + Math.min(74, extra * 0.34),
    form: 'chain',
  };
  const row: Box = {
    x: MARGIN,
    y: upper.y + upper.h + 48 + Math.min(56, extra * 0.26),
    w: width - 2 * MARGIN,
    h: 180 - spare + Math.min(56, extra * 0.24),
  };
  return { [top]: upper, ...learnerCards(input, row) };
}

function learnerCards(input: StageInput, row: Box): Record<Sid, CardPlace> {
  const learners = input.servers.filter((sid) => sid !== input.top);
  const gap = 20;
  if (learners.length <= 2) {
    const w = Math.min(700, (row.w - gap) / 2);
    const all = w * learners.length + gap * (learners.length - 1);
    const x0 = row.x + (row.w - all) / 2;
    return place(learners, (i) => ({
      x: x0 + i * (w + gap),
      y: row.y,
      w,
      h: row.h,
      form: 'chain',
    }));
  }
  const grown = growing(input);
  const count = learners.length;
  const small = count > 4 ? 10 : 12;
  const wGrown = grown === undefined ? 0 : 606;
  const rest = grown === undefined ? count : count - 1;
  const w = Math.min(300, (row.w - wGrown - small * (count - 1)) / rest);
  const h = Math.min(row.h, 140);
  const all = w * rest + wGrown + small * (count - 1);
  let x = row.x + (row.w - all) / 2;
  const out: Record<Sid, CardPlace> = {};
  for (const sid of learners) {
    const isGrown = sid === grown;
    out[sid] = isGrown
      ? { x, y: row.y, w: wGrown, h: row.h, form: 'chain' }
      : { x, y: row.y, w, h, form: 'compact' };
    x += (isGrown ? wGrown : w) + small;
  }
  return out;
}

/** The learner that is drawn with its chain among compact ones; with more than four there is no room for it. */
function growing({ servers, top, grown }: StageInput): Sid | undefined {
  const isLearner = grown !== undefined && grown !== top && servers.includes(grown);
  return isLearner && servers.length <= 5 ? grown : undefined;
}

function ringCards(input: StageInput): Record<Sid, CardPlace> {
  const { servers, top, height } = input;
  const width = input.width - (input.covered ?? 0);
  const n = servers.length;
  const wished = n <= 5 ? 262 : n <= 7 ? 226 : 204;
  const w =
    n <= 3
      ? Math.min(
          352,
          n === 3 ? Math.max(width / 2 - 56, Math.min(width / 2 - 38, 222)) : width - 24,
        )
      : Math.min(wished, neighbourWidth(n, width));
  const h = n <= 3 ? 118 : n <= 5 ? 116 : n <= 7 ? 106 : 94;
  const foot = height - FOOT - 6;
  if (n <= 3) {
    const below = servers.filter((sid) => sid !== top);
    const yTop = n === 1 ? (foot - h) / 2 : foot * 0.24 - h / 2 + 4;
    const yBelow = foot * 0.78 - h / 2;
    const xs = below.length === 1 ? [width / 2] : [width * 0.255, width * 0.745];
    return {
      [top]: { x: width / 2 - w / 2, y: yTop, w, h, form: 'compact' },
      ...place(below, (i) => ({
        x: (xs[i] as number) - w / 2,
        y: yBelow,
        w,
        h,
        form: 'compact',
      })),
    };
  }
  const lowest = Math.cos(Math.PI / n);
  const share = n % 2 === 0 ? 1 : lowest;
  const ry = (foot - 8 - h) / (1 + share);
  const rx = Math.min(n <= 5 ? 430 : 500, (width - w - 2 * MARGIN) / 2);
  const middle = { x: width / 2, y: 8 + h / 2 + ry };
  // Clockwise from the top, sids falling, as the votes fall.
  const order = [top, ...[...servers].reverse().filter((sid) => sid !== top)];
  return place(order, (i) => {
    const angle = -Math.PI / 2 + (i * 2 * Math.PI) / n;
    return {
      x: middle.x + rx * Math.cos(angle) - w / 2,
      y: middle.y + ry * Math.sin(angle) - h / 2,
      w,
      h,
      form: 'compact',
    };
  });
}

/** So wide that the two lowest of a ring do not touch: they stand at one height when their number is odd. */
function neighbourWidth(n: number, width: number): number {
  if (n % 2 === 0) return width;
  const chord = Math.sin(Math.PI / n);
  return (chord * (width - 2 * MARGIN) - 8) / (1 + chord);
}

/** Ensembles side by side; servers that stand alone each get a row for their whole chain. */
function apartCards(input: StageInput): Record<Sid, CardPlace> {
  const { groups = [], height } = input;
  const width = input.width - (input.covered ?? 0);
  const out: Record<Sid, CardPlace> = {};
  if (groups.every(({ servers }) => servers.length === 1)) {
    const row = (height - 8) / groups.length;
    const w = Math.min(1060, width - 2 * MARGIN);
    const h = Math.min(236, row - CLIENTS_UNDER);
    groups.forEach(({ top }, i) => {
      const form = h >= 150 ? 'chain' : 'compact';
      out[top] = { x: (width - w) / 2, y: 8 + i * row, w, h, form };
    });
    return out;
  }
  const shares = groups.map(({ servers }) => COLUMN_SHARES[servers.length - 1] ?? 2.4);
  const all = shares.reduce((sum, share) => sum + share, 0);
  let left = 0;
  groups.forEach(({ servers, top }, i) => {
    const column = (width * (shares[i] as number)) / all;
    const within = { ...input, servers, top, width: column, covered: 0 };
    const cards = servers.length === 2 ? pairCards(within) : ringCards(within);
    for (const sid of servers) {
      const card = cards[sid];
      if (card !== undefined) out[sid] = { ...card, x: card.x + left };
    }
    left += column;
  });
  return out;
}

/** One above the other and beside it: their messages have a way to go, and no client's lane crosses a card. */
function pairCards({ servers, top, width, height }: StageInput): Record<Sid, CardPlace> {
  const w = Math.min(352, (width - 3 * MARGIN) / 2);
  const h = 118;
  const left = Math.max(MARGIN, width / 2 - w - MARGIN / 2);
  const foot = height - FOOT - 6;
  return place(servers, (i) => {
    const isUpper = servers[i] === top;
    const x = isUpper ? width - left - w : left;
    return { x, y: foot * (isUpper ? 0.24 : 0.78) - h / 2 + 4, w, h, form: 'compact' };
  });
}

function place(sids: readonly Sid[], at: (index: number) => CardPlace): Record<Sid, CardPlace> {
  return Object.fromEntries(sids.map((sid, i) => [sid, at(i)]));
}
