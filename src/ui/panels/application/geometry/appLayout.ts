/**
 * Where things stand on the page of the application, in design pixels (drawn larger or smaller as a whole, as the
 * stage is): masters and what is outside ZooKeeper at the left, the board in the middle with the ensemble below
 * it, workers and task clients at the right; between them the lines on which their messages travel.
 */
import type { ProcessName } from '../../../../bridge/names';
import type { Sid } from '../../../../zk/ids';
import {
  beside,
  type Box,
  type Polyline,
  rounded,
  verticalCurve,
} from '../../stage/geometry/shapes';
import { type AppGroup, groupOf } from '../views/groups';

export interface AppInput {
  width: number;
  height: number;
  /** Each by number. */
  masters: readonly ProcessName[];
  workers: readonly ProcessName[];
  clients: readonly ProcessName[];
  storages: readonly ProcessName[];
  /** Ascending. */
  servers: readonly Sid[];
  /** Who belongs together, one for each board; undefined: all. */
  groups?: readonly AppGroup[];
}

export interface CardBox extends Box {
  /** How much there is room for: all of it, its title and one line, its title. */
  form: 'full' | 'short' | 'line';
}

/** A way and the way back, on lanes of their own. */
export interface Lane {
  line: Polyline;
  forth: Polyline;
  back: Polyline;
}

export interface AppLayout {
  width: number;
  height: number;
  cards: Readonly<Record<ProcessName, CardBox>>;
  /** What all boards take together. */
  board: Box;
  /** One for each group, one under the other. */
  boards: readonly Box[];
  servers: Readonly<Record<Sid, Box>>;
  /** From a process to the board. */
  toBoard: Readonly<Record<ProcessName, Lane>>;
  /** From a process to a storage: `<process>><storage>`. */
  toStorage: Readonly<Record<string, Lane>>;
  /** From server to server: `1>2`, the smaller sid first. */
  between: Readonly<Record<string, Lane>>;
  /** From the board down to the ensemble. */
  trunk: Polyline;
  /** Where one adds a master, and a worker or a task client. */
  add: { masters: Box; workers: Box };
}

const MARGIN = 14;
const TOP = 10;
const GAP = 9;
/** A row of small buttons between two groups of a column. */
const ADD = 24;
const FULL: Readonly<Record<'master' | 'worker', number>> = { master: 126, worker: 80 };
const SHORT = 56;
const LINE = 30;
const SERVER = { w: 190, h: 56 };
const STORAGE_MIN = 132;
const CLIENT_MIN = 150;

export function layoutApp(input: AppInput): AppLayout {
  const { width, height } = input;
  const side = Math.min(300, 258 + Math.max(0, width - 1280) * 0.12);
  const gap = Math.min(150, 102 + Math.max(0, width - 1280) * 0.12);
  const bottom = height - TOP;
  const cards: Record<ProcessName, CardBox> = {};

  const left = { x: MARGIN, w: side };
  const hasStorage = input.storages.length > 0;
  const mastersEnd = stack(cards, input.masters, left, 'master', {
    y: TOP,
    end: bottom - ADD - (hasStorage ? STORAGE_MIN + GAP : 0),
  });
  // What it holds are sentences: it reaches into the gap, unless a large ensemble does.
  const wide = { x: MARGIN, w: side + (input.servers.length > 3 ? 0.4 : 0.68) * gap };
  share(cards, input.storages, wide, mastersEnd + ADD + GAP, bottom);

  const right = { x: width - MARGIN - side, w: side };
  const hasClients = input.clients.length > 0;
  const workersEnd = stack(cards, input.workers, right, 'worker', {
    y: TOP,
    end: bottom - ADD - (hasClients ? CLIENT_MIN + GAP : 0),
  });
  share(cards, input.clients, right, workersEnd + ADD + GAP, bottom);

  const x = MARGIN + side + gap;
  const servers = serverBoxes(input, x, width - 2 * x, gap, bottom);
  const band = 62 + Math.min(40, Math.max(0, height - 507) * 0.2);
  const board: Box = { x, y: TOP, w: width - 2 * x, h: bottom - SERVER.h - band - TOP };
  const boards = split(board, input.groups?.length ?? 1);
  return {
    width,
    height,
    cards,
    board,
    boards,
    servers,
    toBoard: boardLanes(input, cards, boards),
    toStorage: storageLanes(input, cards, board),
    between: serverLanes(input, servers),
    trunk: [
      { x: x + board.w / 2, y: board.y + board.h },
      { x: x + board.w / 2, y: bottom - SERVER.h },
    ],
    add: {
      masters: { ...left, y: mastersEnd + 5, h: ADD - 4 },
      workers: { ...right, y: workersEnd + 5, h: ADD - 4 },
    },
  };
}

/** One under the other, as tall as there is room for; returns where the last one ends. */
function stack(
  cards: Record<ProcessName, CardBox>,
  names: readonly ProcessName[],
  { x, w }: { x: number; w: number },
  role: 'master' | 'worker',
  { y: top, end }: { y: number; end: number },
): number {
  const slot = (end - top + GAP) / Math.max(1, names.length) - GAP;
  const full = FULL[role];
  const form = slot >= full ? 'full' : slot >= SHORT ? 'short' : 'line';
  // What is left over goes into the cards, so that a larger page is no page with a hole.
  const h = form === 'full' ? Math.min(slot, full * 1.12) : form === 'short' ? SHORT : LINE;
  const step = Math.min(h, Math.max(LINE - 4, slot));
  names.forEach((name, i) => {
    cards[name] = { x, y: top + i * (step + GAP), w, h: step, form };
  });
  return names.length === 0 ? top : top + names.length * (step + GAP) - GAP;
}

/** The rest of a column, in equal parts. */
function share(
  cards: Record<ProcessName, CardBox>,
  names: readonly ProcessName[],
  { x, w }: { x: number; w: number },
  top: number,
  bottom: number,
): void {
  const h = (bottom - top + GAP) / Math.max(1, names.length) - GAP;
  names.forEach((name, i) => {
    const form = h >= 118 ? 'full' : h >= SHORT ? 'short' : 'line';
    cards[name] = { x, y: top + i * (h + GAP), w, h, form };
  });
}

function serverBoxes(
  { servers }: AppInput,
  x: number,
  w: number,
  side: number,
  bottom: number,
): Record<Sid, Box> {
  const gap = servers.length > 5 ? 6 : 10;
  // More than three reach out below the gaps at the sides.
  const room = servers.length > 3 ? w + side : w;
  const each = Math.min(
    SERVER.w,
    (room - gap * (servers.length - 1)) / Math.max(1, servers.length),
  );
  const all = each * servers.length + gap * (servers.length - 1);
  return Object.fromEntries(
    servers.map((sid, i) => [
      sid,
      { x: x + w / 2 - all / 2 + i * (each + gap), y: bottom - SERVER.h, w: each, h: SERVER.h },
    ]),
  );
}

/** One under the other, of equal height. */
function split({ x, y, w, h }: Box, count: number): Box[] {
  const each = (h - GAP * (count - 1)) / count;
  return Array.from({ length: count }, (_, i) => ({ x, y: y + i * (each + GAP), w, h: each }));
}

/** Both ends have to do with the same ensemble. */
function isTogether(groups: AppInput['groups'], a: ProcessName, b: ProcessName): boolean {
  if (groups === undefined) return true;
  return groups.some(({ processes }) => processes.includes(a) && processes.includes(b));
}

/** From each card's inner edge to that of its board. */
function boardLanes(
  { masters, workers, clients, groups }: AppInput,
  cards: Readonly<Record<ProcessName, CardBox>>,
  boards: readonly Box[],
): Record<ProcessName, Lane> {
  const out: Record<ProcessName, Lane> = {};
  boards.forEach((board, i) => {
    const isOwn = (name: ProcessName) => groups === undefined || groupOf(groups, name) === i;
    const left = masters.filter(isOwn);
    const right = [...workers, ...clients].filter(isOwn);
    Object.assign(out, lanesToOne(left, right, cards, board));
  });
  return out;
}

/** Spread over the height of the board, so that no two meet. */
function lanesToOne(
  left: readonly ProcessName[],
  right: readonly ProcessName[],
  cards: Readonly<Record<ProcessName, CardBox>>,
  board: Box,
): Record<ProcessName, Lane> {
  const out: Record<ProcessName, Lane> = {};
  const sides: readonly (readonly [readonly ProcessName[], boolean])[] = [
    [left, true],
    [right, false],
  ];
  for (const [names, isLeft] of sides) {
    names.forEach((name, i) => {
      const card = cards[name];
      if (card === undefined) return;
      const own = card.y + Math.min(card.h * 0.5, 40);
      const low = board.y + 34;
      const high = board.y + board.h - 24;
      const spread = low + ((high - low) * (i + 0.5)) / names.length;
      const to = {
        x: isLeft ? board.x : board.x + board.w,
        y: Math.min(high, Math.max(low, own * 0.5 + spread * 0.5)),
      };
      out[name] = lanes(across({ x: isLeft ? card.x + card.w : card.x, y: own }, to));
    });
  }
  return out;
}

/** Masters reach the storage through the gap at the left, workers through the one at the right and below the board. */
function storageLanes(
  { masters, workers, storages, groups }: AppInput,
  cards: Readonly<Record<ProcessName, CardBox>>,
  board: Box,
): Record<string, Lane> {
  const out: Record<string, Lane> = {};
  storages.forEach((storage, s) => {
    const place = cards[storage];
    if (place === undefined) return;
    const edge = place.x + place.w;
    masters.forEach((name) => {
      const card = cards[name];
      if (card === undefined || !isTogether(groups, name, storage)) return;
      const from = { x: card.x + card.w, y: card.y + card.h - 16 };
      const channel = from.x + 22 + 10 * s;
      out[`${name}>${storage}`] = lanes(
        rounded([from, { x: channel, y: from.y }, { x: channel, y: place.y }], 12),
      );
    });
    workers.forEach((name) => {
      const card = cards[name];
      if (card === undefined || !isTogether(groups, name, storage)) return;
      const from = { x: card.x, y: card.y + card.h - 12 };
      const channel = card.x - 20 - 10 * s;
      const y = Math.min(place.y + place.h - 20, board.y + board.h + 26 + 10 * s);
      out[`${name}>${storage}`] = lanes(
        rounded([from, { x: channel, y: from.y }, { x: channel, y }, { x: edge, y }], 12),
      );
    });
  });
  return out;
}

/** Over the heads of those between, in the band above the ensemble. */
function serverLanes(
  { servers, groups }: AppInput,
  boxes: Readonly<Record<Sid, Box>>,
): Record<string, Lane> {
  const out: Record<string, Lane> = {};
  servers.forEach((a, i) => {
    servers.slice(i + 1).forEach((b, k) => {
      const [from, to] = [boxes[a], boxes[b]];
      if (from === undefined || to === undefined) return;
      // Servers of different ensembles know nothing of each other.
      const isApart = groups?.some(
        (group) => group.servers.includes(a) !== group.servers.includes(b),
      );
      if (isApart === true) return;
      const y = from.y - 8 - 5 * k;
      const [x0, x1] = [from.x + from.w * 0.7, to.x + to.w * 0.3];
      out[`${a}>${b}`] = lanes(
        rounded(
          [
            { x: x0, y: from.y },
            { x: x0, y },
            { x: x1, y },
            { x: x1, y: to.y },
          ],
          6,
        ),
      );
    });
  });
  return out;
}

/** Leaving and arriving horizontally. */
function across(a: { x: number; y: number }, b: { x: number; y: number }): Polyline {
  return verticalCurve({ x: a.y, y: a.x }, { x: b.y, y: b.x }).map(({ x, y }) => ({ x: y, y: x }));
}

function lanes(line: Polyline): Lane {
  return { line, forth: beside(line, 0), back: beside([...line].reverse(), 0) };
}

/** The lane of a message; undefined: one of its ends is not on this page. */
export function laneOf(
  layout: AppLayout,
  from: ProcessName,
  to: ProcessName,
): Polyline | undefined {
  const { toBoard, toStorage, between } = layout;
  const isSid = (name: ProcessName) => /^\d+$/.test(name);
  if (isSid(from) && isSid(to)) {
    const isForth = Number(from) < Number(to);
    const lane = between[isForth ? `${from}>${to}` : `${to}>${from}`];
    return isForth ? lane?.forth : lane?.back;
  }
  if (isSid(to)) return toBoard[from]?.forth;
  if (isSid(from)) return toBoard[to]?.back;
  return toStorage[`${from}>${to}`]?.forth ?? toStorage[`${to}>${from}`]?.back;
}
