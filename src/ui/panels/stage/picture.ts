/** A frame laid out: cards, clients, lines and lanes in design pixels. Numbers only; nothing is drawn here. */
import type { Frame, ProcessView } from '../../../bridge/frame';
import { type ProcessName, serverName, shortName, sidOf, isServer } from '../../../bridge/names';
import { NO_SESSION, type Sid } from '../../../zk/ids';
import { clientsOf, sectionOf, serversOf } from '../../parts/sections';
import type { ClientPlace, StageInput, StageLayout } from './geometry/stageLayout';
import { layoutStage } from './geometry/stageLayout';
import { laneOf, linkPlaces, type LinkPlace } from './geometry/links';
import { type Box, lengthOf, pointAt, type Polyline } from './geometry/shapes';
import { lastCommand, outstandingOf, pillWidth } from './clients/clientText';
import { CAPSULE_HEIGHT, type CapsuleBounds } from './geometry/capsules';
import { faultBetween } from './links/linkFaults';
import type { LineView } from './links/Links';

export interface Picture {
  width: number;
  height: number;
  servers: readonly Sid[];
  layout: StageLayout;
  links: readonly LinkPlace[];
  clients: readonly { name: ProcessName; place: ClientPlace }[];
  lines: readonly LineView[];
  /** Between ensembles that stand side by side. */
  dividers: readonly number[];
}

export type PictureInput = Omit<StageInput, 'servers' | 'clients'>;

export function drawStage(frame: Frame, input: PictureInput): Picture {
  const servers = serversOf(frame);
  const processes = clientsOf(frame);
  const isDown = (name: string) => frame.processes[name]?.status === 'down';
  const layout = layoutStage({
    ...input,
    servers,
    clients: processes.map((process) => ({
      letter: shortName(process.name),
      sid: sectionOf(process, 'client', 'client')?.server,
      // Whose client it is has to be seen even while it has no server.
      ...(input.composition === 'apart' ? nearOf(process) : {}),
      wish: wishOf(process),
    })),
  });
  const links = linkPlaces(layout, servers, input.composition, input.top, input.groups);
  const clients = processes.flatMap((process) => {
    const place = layout.clients[shortName(process.name)];
    return place === undefined ? [] : [{ name: process.name, place }];
  });
  const lines: LineView[] = links.map(({ a, b, look, line, label }) => ({
    a: serverName(a),
    b: serverName(b),
    look,
    line,
    label,
    isDead: isDown(String(a)) || isDown(String(b)),
  }));
  for (const { name, place } of clients) {
    const client = sectionOf(frame.processes[name], 'client', 'client');
    if (place.lane === undefined || client?.server === undefined) continue;
    lines.push({
      a: name,
      b: serverName(client.server),
      look: client.state === 'CONNECTED' ? 'rim' : 'thinRim',
      line: place.lane,
      label: pointAt(place.lane, Math.min(0.5, 58 / Math.max(1, lengthOf(place.lane)))),
      isDead: false,
    });
  }
  return {
    width: input.width,
    height: input.height,
    servers,
    layout,
    links,
    clients,
    lines,
    dividers: dividersOf(layout, input.groups),
  };
}

function nearOf(process: ProcessView): { near?: Sid } {
  const near = sectionOf(process, 'client', 'client')?.hosts[0];
  return near === undefined ? {} : { near };
}

/** Where the room of one ensemble ends and that of the next begins, from left to right. */
function dividersOf({ cards }: StageLayout, groups: PictureInput['groups'] = []): number[] {
  const edges = groups.map(({ servers }) => {
    const own = servers.flatMap((sid) => cards[sid] ?? []);
    const left = Math.min(...own.map(({ x }) => x));
    return { left, right: Math.max(...own.map(({ x, w }) => x + w)) };
  });
  return edges.slice(1).flatMap(({ left }, i) => {
    const { right } = edges[i] as (typeof edges)[number];
    return left >= right ? [(left + right) / 2] : [];
  });
}

/** Width of a pill with its state, command and count in words; what is longer is shortened. */
function wishOf(process: ProcessView): number {
  const count = outstandingOf(process);
  const client = sectionOf(process, 'client', 'client');
  const state = client?.state ?? 'NOT_CONNECTED';
  const isCut = state === 'CONNECTING' && client?.sessionId !== NO_SESSION;
  const command = isCut ? 'last heard 10.0 s ago ·' : lastCommand(process);
  return pillWidth(state, command, count === 0 ? '' : `${count} outstanding`);
}

/** The way of a message from its sender to its receiver; undefined when one of them is not on the stage. */
export function laneBetween(
  picture: Picture,
  from: ProcessName,
  to: ProcessName,
): Polyline | undefined {
  if (isServer(from) && isServer(to)) return laneOf(picture.links, sidOf(from), sidOf(to));
  const [client, server] = isServer(from) ? [to, from] : [from, to];
  const place = picture.layout.clients[shortName(client)];
  if (place === undefined || !isServer(server)) return undefined;
  // What still lies on a connection that the client has given up has no lane any more.
  const isAt = picture.lines.some(({ a, b }) => a === client && b === server);
  if (place.lane === undefined || !isAt) return undefined;
  return client === from ? place.lane : reversed(place.lane);
}

/** The same object for the same lane: what flies on it is known by it from frame to frame. */
const reversedLanes = new WeakMap<Polyline, Polyline>();

function reversed(lane: Polyline): Polyline {
  const known = reversedLanes.get(lane) ?? [...lane].reverse();
  reversedLanes.set(lane, known);
  return known;
}

/** To which side of its lane a capsule goes: down to the right, up to the left, across to none. */
export function sideOf(picture: Picture, from: ProcessName, to: ProcessName): -1 | 0 | 1 {
  if (!isServer(from) || !isServer(to)) return 0;
  const link = picture.links.find(
    ({ a, b }) =>
      (String(a) === from && String(b) === to) || (String(a) === to && String(b) === from),
  );
  if (link?.look !== 'lanes') return 0;
  const lane = laneOf(picture.links, sidOf(from), sidOf(to)) ?? [];
  return (lane.at(-1)?.y ?? 0) >= (lane[0]?.y ?? 0) ? 1 : -1;
}

/** What no capsule may lie on. */
export function coveredBy({ layout }: Picture): Box[] {
  return [...Object.values(layout.cards), ...Object.values(layout.clients)];
}

/** Half of what a label of a fault and its button take, of a hold and its two, and their height. */
const LABEL = { half: 54, halfHeld: 74, h: 22 };

/** The labels of links on which something is wrong. */
export function labelsOf({ lines }: Picture, frame: Frame): Box[] {
  return lines.flatMap(({ a, b, label: { x, y } }) => {
    const fault = faultBetween(frame.links, a, b);
    if (fault === undefined) return [];
    const half = fault.kind === 'held' ? LABEL.halfHeld : LABEL.half;
    return [{ x: x - half, y: y - LABEL.h / 2, w: 2 * half, h: LABEL.h }];
  });
}

/** Room between a capsule and what it must not cover. */
const CLEAR = 4;

/** Where the middle of a capsule of that width may be, between the two ends of its lane. */
export function boundsOf(
  picture: Picture,
  from: ProcessName,
  to: ProcessName,
  width: number,
): CapsuleBounds {
  const half = width / 2 + CLEAR;
  const tall = CAPSULE_HEIGHT / 2 + 1;
  const lane = laneBetween(picture, from, to) ?? [];
  if (isServer(from) && isServer(to)) {
    // Where it may go to both sides, the cards themselves are its bounds.
    if (sideOf(picture, from, to) === 0) return {};
    const ys = lane.map(({ y }) => y);
    return { y0: Math.min(...ys) + tall, y1: Math.max(...ys) - tall };
  }
  const [client, server] = isServer(from) ? [to, from] : [from, to];
  const pill = picture.layout.clients[shortName(client)];
  const card = picture.layout.cards[sidOf(server)];
  if (pill === undefined || card === undefined) return {};
  const isUnder = pill.y >= card.y + card.h;
  if (isUnder) {
    const start = pill.lane?.[0];
    const isBeside = start !== undefined && start.x >= pill.x + pill.w;
    const y0 = card.y + card.h + tall;
    return isBeside
      ? { x0: pill.x + pill.w + half, y0, y1: picture.height - tall }
      : { y0, y1: pill.y - tall };
  }
  return pill.x >= card.x + card.w ? { x0: card.x + card.w + half } : { x1: card.x - half };
}
