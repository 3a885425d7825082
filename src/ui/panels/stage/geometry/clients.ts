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
  composition: 'line' | 'ring';
  covered?: number;
}

export const CLIENT_HEIGHT = 28;
/** Horizontal part of a lane at the foot: the capsule of a request fits on it. */
const LANE = 118;
const FULL_MAX = 330;
const FULL_MIN = 200;
const SMALL = 74;

export function clientPlaces(
  clients: readonly ClientInput[],
  cards: Readonly<Record<Sid, Box>>,
  room: ClientRoom,
): Record<string, ClientPlace> {
  const beside: ClientInput[] = [];
  const under: Record<Sid, ClientInput[]> = {};
  const isSide = room.composition === 'line' && Object.keys(cards).length > 1;
  for (const client of clients) {
    const { sid } = client;
    if (sid === undefined || cards[sid] === undefined || (isSide && sid === room.top)) {
      beside.push(client);
    } else {
      under[sid] = [...(under[sid] ?? []), client];
    }
  }
  const out: Record<string, ClientPlace> = {};
  if (room.composition === 'ring') {
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
  const y = room.height - CLIENT_HEIGHT - 5 - Math.min(16, (room.height - 476) * 0.06);
  const isFull = slot >= FULL_MIN + LANE + 24;
  const w = isFull ? Math.min(FULL_MAX, slot - LANE - 24) : Math.min(SMALL, slot - 20);
  const reach = Math.max(10, Math.min(LANE, slot - w - 14));
  group.forEach((client, i) => {
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
    const side = sides[i % 2] as { x: number; w: number; edge: number };
    const y = top.y + 10 + Math.floor(i / 2) * step;
    const from = side.x + side.w / 2;
    const bend = y + CLIENT_HEIGHT + Math.max(4, Math.min(20, step - CLIENT_HEIGHT - 10));
    out[client.letter] = {
      x: side.x,
      y,
      w: side.w,
      h: CLIENT_HEIGHT,
      size: side.w >= 150 ? 'full' : 'small',
      ...(client.sid === room.top
        ? {
            lane: rounded(
              [
                { x: from, y: y + CLIENT_HEIGHT },
                { x: from, y: bend },
                { x: side.edge, y: bend },
              ],
              9,
            ),
          }
        : {}),
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
    const card = client.sid === undefined ? undefined : cards[client.sid];
    return card === undefined ? width : centre(card).x;
  };
  const sorted = [...clients].sort((a, b) => xOf(a) - xOf(b));
  const slot = (width - 24) / Math.max(1, sorted.length);
  const isFull = slot >= FULL_MIN;
  const gap = isFull ? 12 : 4;
  const w = isFull ? Math.min(FULL_MAX, slot - gap) : Math.min(SMALL, slot - gap);
  let left = 12;
  const y = room.height - CLIENT_HEIGHT - 6;
  sorted.forEach((client, i) => {
    // As near under its server as those to the left and to the right of it allow.
    const rightmost = width - 12 - (sorted.length - i) * (w + gap) + gap;
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
