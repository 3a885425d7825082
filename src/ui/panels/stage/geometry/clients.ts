/**
 * Where clients hang: under the learner they talk to, beside the leader, with a
 * lane between client and server on which their messages travel.
 */
import type { Sid } from '../../../../zk/ids';
import { centre, edgeTowards, rounded, type Box, type Polyline } from './shapes';

export interface ClientInput {
  letter: string;
  /** Server it is connected to, or tries. */
  sid?: Sid;
  /** Under which server of a row it stands while it has none. */
  near?: Sid;
  /** Width that its texts take; as much as there is room for, if not given. */
  wish?: number;
}

export interface ClientPlace extends Box {
  size: 'full' | 'small';
  /** From the client to its server; none without a server. */
  lane?: Polyline;
}

export interface ClientRoom {
  width: number;
  height: number;
  top: Sid;
  composition: 'line' | 'ring' | 'apart';
  groups?: readonly { servers: readonly Sid[] }[];
  covered?: number;
}

export const CLIENT_HEIGHT = 28;
/** Horizontal part of a lane at the foot, at most: the capsule of a request fits on it. */
const LANE = 118;
/** At most so far below its card. */
const DROP = 44;
const FULL_MAX = 330;
const FULL_MIN = 186;
const SMALL = 74;

export function clientPlaces(
  clients: readonly ClientInput[],
  cards: Readonly<Record<Sid, Box>>,
  room: ClientRoom,
): Record<string, ClientPlace> {
  const beside: ClientInput[] = [];
  const under: Record<Sid, ClientInput[]> = {};
  const count = Object.keys(cards).length;
  // Two or three keep their clients where they are when they are led.
  const isApart = room.composition === 'apart';
  const isRow = isApart
    ? room.groups?.some(({ servers }) => servers.length > 1) === true
    : room.composition === 'ring' && count > 3;
  const isSide = !isRow && !isApart && count > 1;
  for (const client of clients) {
    const { sid } = client;
    if (sid === undefined || cards[sid] === undefined || (isSide && sid === room.top)) {
      beside.push(client);
    } else {
      under[sid] = [...(under[sid] ?? []), client];
    }
  }
  const out: Record<string, ClientPlace> = {};
  if (isRow) {
    placeInRow(clients, cards, room, out);
    return out;
  }
  for (const [sid, group] of Object.entries(under)) {
    const card = cards[Number(sid)];
    if (card !== undefined) placeUnder(group, card, room, out);
  }
  placeBeside(beside, cards, room, out);
  return out;
}

function placeUnder(
  group: readonly ClientInput[],
  card: Box,
  room: ClientRoom,
  out: Record<string, ClientPlace>,
): void {
  const slot = card.w / group.length;
  const foot = room.height - CLIENT_HEIGHT - 5 - Math.min(16, (room.height - 476) * 0.06);
  const y = Math.min(foot, card.y + card.h + DROP);
  const lane = Math.min(LANE, Math.max(70, slot * 0.28));
  const isFull = slot >= FULL_MIN + lane + 24;
  const most = isFull ? Math.min(FULL_MAX, slot - lane - 24) : Math.min(SMALL, slot - 20);
  const reach = Math.max(10, Math.min(lane, slot - most - 14));
  group.forEach((client, i) => {
    const w = isFull ? Math.min(client.wish ?? most, most) : most;
    const x = card.x + i * slot + Math.max(4, (slot - w - reach) / 2);
    const mid = y + CLIENT_HEIGHT / 2;
    const end = x + w + reach;
    out[client.letter] = {
      x,
      y,
      w,
      h: CLIENT_HEIGHT,
      size: isFull ? 'full' : 'small',
      lane: rounded(
        [
          { x: x + w, y: mid },
          { x: end, y: mid },
          { x: end, y: card.y + card.h },
        ],
        9,
      ),
    };
  });
}

/** The leader's clients and those of nobody, right and left of it in turn. */
function placeBeside(
  clients: readonly ClientInput[],
  cards: Readonly<Record<Sid, Box>>,
  room: ClientRoom,
  out: Record<string, ClientPlace>,
): void {
  const top = cards[room.top];
  if (top === undefined || clients.length === 0) return;
  const sides = [
    { x: top.x + top.w + 14, w: room.width - top.x - top.w - 28, edge: top.x + top.w },
    { x: 14, w: top.x - 28, edge: top.x },
  ];
  const perSide = Math.ceil(clients.length / 2);
  const step = Math.min(66, (top.h - 8) / perSide);
  clients.forEach((client, i) => {
    const isRight = i % 2 === 0;
    const side = sides[isRight ? 0 : 1] as { x: number; w: number; edge: number };
    const w = Math.min(side.w, Math.max(60, client.wish ?? side.w));
    const y = top.y + 10 + Math.floor(i / 2) * step;
    // With room between pill and card the lane runs straight across, else it bends under the pill.
    const isWide = side.w >= w + LANE;
    const gap = isWide ? LANE : 0;
    const x = isRight ? side.x + gap : side.x + side.w - gap - w;
    const bend = y + CLIENT_HEIGHT + Math.max(4, Math.min(20, step - CLIENT_HEIGHT - 10));
    const mid = y + CLIENT_HEIGHT / 2;
    const lane: Polyline = isWide
      ? [
          { x: isRight ? x : x + w, y: mid },
          { x: side.edge, y: mid },
        ]
      : rounded(
          [
            { x: x + w / 2, y: y + CLIENT_HEIGHT },
            { x: x + w / 2, y: bend },
            { x: side.edge, y: bend },
          ],
          9,
        );
    out[client.letter] = {
      x,
      y,
      w,
      h: CLIENT_HEIGHT,
      size: side.w >= 150 ? 'full' : 'small',
      ...(client.sid === room.top ? { lane } : {}),
    };
  });
}

/** Nobody leads: one row at the foot, in the order of their servers from left to right. */
function placeInRow(
  clients: readonly ClientInput[],
  cards: Readonly<Record<Sid, Box>>,
  room: ClientRoom,
  out: Record<string, ClientPlace>,
): void {
  const width = room.width - (room.covered ?? 0);
  const xOf = (client: ClientInput) => {
    const card = cards[client.sid ?? client.near ?? -1];
    return card === undefined ? width : centre(card).x;
  };
  const sorted = [...clients].sort((a, b) => xOf(a) - xOf(b));
  const slot = (width - 24) / Math.max(1, sorted.length);
  const isFull = slot >= FULL_MIN;
  const gap = isFull ? 12 : 4;
  const most = isFull ? Math.min(FULL_MAX, slot - gap) : Math.min(SMALL, slot - gap);
  let left = 12;
  const y = room.height - CLIENT_HEIGHT - 6;
  sorted.forEach((client, i) => {
    // As near under its server as those to the left and to the right of it allow.
    const w = isFull ? Math.min(client.wish ?? most, most) : most;
    const rightmost = width - 12 - (sorted.length - i) * (most + gap) + gap + most - w;
    const x = Math.min(Math.max(left, xOf(client) - w / 2), rightmost);
    left = x + w + gap;
    const box: Box = { x, y, w, h: CLIENT_HEIGHT };
    const card = client.sid === undefined ? undefined : cards[client.sid];
    const from = { x: box.x + w / 2, y };
    out[client.letter] = {
      ...box,
      size: isFull ? 'full' : 'small',
      ...(card === undefined ? {} : { lane: [from, edgeTowards(card, from)] }),
    };
  });
}
