/**
 * Faults of links and connections, as a person orders them. Each takes effect at
 * the playhead, on what is in flight too. Returned: why it was refused, if it was.
 */
import { assert } from '../../base/assert';
import { pushItem } from '../../base/agenda';
import type { TraceId } from '../../base/traceId';
import type { Command } from '../../bridge/command';
import type { ProcessName } from '../../bridge/names';
import type { Said } from '../../bridge/sentences/sentence';
import { sayOfWorld } from '../../bridge/sentences/world';
import type { ConnectionKind } from '../../zk/packets';
import { isHeld, takeFlights } from './flights';
import { applyLink, CHANNELS, ensureLink, linkOf, shortestLatency } from './links';
import { forceEnd, forget, refuseByNetwork } from './network';
import type { Connection, Flight, Lane, Link, World } from './worldState';

type Of<Type extends Command['type']> = Extract<Command, { type: Type }>;

/** A sentence, or undefined when it was done. */
export type Refusal = Said | undefined;

export function cut(world: World, c: Of<'cut'>): Refusal {
  const channels = c.channel === undefined ? CHANNELS : [c.channel];
  for (const [from, to] of directions(c.a, c.b, c.oneway === true)) {
    const link = ensureLink(world, from, to);
    for (const channel of channels) if (!link.cut.includes(channel)) link.cut.push(channel);
  }
  refresh(world);
  return undefined;
}

/** Cuts and partitions end; old connections across a partition are reset. */
export function heal(world: World, c: Of<'heal'>, cause: TraceId): Refusal {
  const { a, b } = c;
  if (a === undefined || b === undefined) {
    for (const link of sortedLinks(world)) healLink(world, link, cause);
    refresh(world);
    return undefined;
  }
  const broken = directions(a, b, false).flatMap(([from, to]) => {
    const link = linkOf(world, from, to);
    return link !== undefined && (link.cut.length > 0 || link.partitioned) ? [link] : [];
  });
  if (broken.length === 0) return sayOfWorld('world.nothingCut', { a, b });
  for (const link of broken) healLink(world, link, cause);
  refresh(world);
  return undefined;
}

/** Processes in no group keep talking to all. Replaces the partition that was there. */
export function partition(world: World, c: Of<'partition'>, cause: TraceId): Refusal {
  const { groups } = c;
  const seen = new Set<ProcessName>();
  for (const name of groups.flat()) {
    if (seen.has(name)) return sayOfWorld('world.inTwoGroups', { name });
    seen.add(name);
  }
  if (groups.length < 2 || groups.some((g) => g.length === 0)) {
    return sayOfWorld('world.groups');
  }
  const across = new Set<string>();
  for (const group of groups) {
    for (const other of groups) {
      if (group === other) continue;
      for (const a of group) for (const b of other) across.add(`${a}>${b}`);
    }
  }
  for (const link of sortedLinks(world)) {
    if (link.partitioned && !across.has(`${link.from}>${link.to}`)) rejoin(world, link, cause);
  }
  for (const group of groups) {
    for (const other of groups) {
      if (group === other) continue;
      for (const a of group) for (const b of other) ensureLink(world, a, b).partitioned = true;
    }
  }
  for (const connection of Object.values(world.connections)) {
    if (!across.has(`${connection.a}>${connection.b}`)) continue;
    discardAcross(world, connection);
  }
  refresh(world);
  return undefined;
}

export function hold(world: World, c: Of<'hold'>): Refusal {
  const link = ensureLink(world, c.a, c.b);
  link.held = link.held.filter((h) => h.channel !== c.channel);
  link.held.push(
    c.only === undefined ? { channel: c.channel } : { channel: c.channel, only: c.only },
  );
  refresh(world);
  return undefined;
}

/** What waited arrives at once, in order. */
export function release(world: World, c: Of<'release'>): Refusal {
  const link = linkOf(world, c.a, c.b);
  const held = link?.held.filter((h) => h.channel !== c.channel);
  if (link === undefined || held?.length === link.held.length) {
    return sayOfWorld('world.nothingHeld', { a: c.a, b: c.b, channel: c.channel });
  }
  link.held = held ?? [];
  refresh(world);
  return undefined;
}

/** Direction a to b only. */
export function latency(world: World, c: Of<'latency'>): Refusal {
  const micros = Math.round(c.ms * 1000);
  if (!(micros >= 1)) return sayOfWorld('world.latency', { ms: c.ms });
  const jitter = c.jitterMs === undefined ? undefined : Math.round(c.jitterMs * 1000);
  if (jitter !== undefined && !(jitter >= 0)) {
    return sayOfWorld('world.jitter', { ms: c.jitterMs ?? '' });
  }
  const link = ensureLink(world, c.a, c.b);
  link.latency = micros;
  link.jitter = jitter;
  refresh(world);
  return undefined;
}

/** Both ends notice at once; what was in flight is lost. */
export function reset(world: World, c: Of<'reset'>, cause: TraceId): Refusal {
  const found = between(world, c.a, c.b, c.channel);
  if (found.length === 0)
    return sayOfWorld('world.noConnection', { channel: c.channel, a: c.a, b: c.b });
  for (const connection of found) resetConnection(world, connection, cause);
  return undefined;
}

/** This message and those before it on its connection and direction arrive now. */
export function deliver(world: World, c: Of<'deliver'>): Refusal {
  const parts = /^(.+)([<>])(\d+)$/.exec(c.message);
  const connection = parts === null ? undefined : world.connections[parts[1] as string];
  const refusal = sayOfWorld('world.noMessage', { message: c.message });
  if (parts === null || connection === undefined) return refusal;
  const lane = parts[2] === '>' ? connection.forth : connection.back;
  const last = Number(parts[3]);
  const flying = takeFlights(lane.inbound, lane.origin);
  const known = flying.some((f) => f.n === last) || lane.waiting.some((f) => f.n === last);
  for (const flight of flying) {
    if (known && flight.n <= last) {
      flight.time = Math.min(flight.time, world.now);
      flight.forced = true;
    }
    pushItem(lane.inbound, flight);
  }
  if (!known) return refusal;
  while (lane.waiting.length > 0 && (lane.waiting[0] as Flight).n <= last) {
    const flight = lane.waiting.shift() as Flight;
    flight.time = world.now;
    flight.forced = true;
    pushItem(lane.inbound, flight);
  }
  // What waited only behind it goes on by itself.
  reflow(world, connection, lane);
  return undefined;
}

function directions(a: ProcessName, b: ProcessName, oneway: boolean): [ProcessName, ProcessName][] {
  return oneway
    ? [[a, b]]
    : [
        [a, b],
        [b, a],
      ];
}

function sortedLinks(world: World): Link[] {
  return Object.keys(world.links)
    .sort()
    .map((key) => world.links[key] as Link);
}

function between(
  world: World,
  a: ProcessName,
  b: ProcessName,
  channel?: ConnectionKind,
): Connection[] {
  return Object.values(world.connections).filter(
    (c) =>
      ((c.a === a && c.b === b) || (c.a === b && c.b === a)) &&
      (channel === undefined || c.channel === channel),
  );
}

function healLink(world: World, link: Link, cause: TraceId): void {
  link.cut = [];
  if (link.partitioned) rejoin(world, link, cause);
}

function rejoin(world: World, link: Link, cause: TraceId): void {
  link.partitioned = false;
  // Each direction has a link of its own; the second finds the connections gone or reset already.
  const reverse = linkOf(world, link.to, link.from);
  if (reverse !== undefined) reverse.partitioned = false;
  for (const c of between(world, link.from, link.to)) resetConnection(world, c, cause);
}

function resetConnection(world: World, c: Connection, cause: TraceId): void {
  for (const lane of [c.forth, c.back]) {
    takeFlights(lane.inbound, lane.origin);
    lane.waiting.length = 0;
  }
  if (!c.aEnd && !c.bEnd) {
    forget(world, c);
    return;
  }
  if (!c.synSeen) c.forth.gone = true;
  if (c.aEnd) {
    forceEnd(c, c.back, world.now, world.now, cause, c.opened ? 'closed' : 'refused');
  }
  if (c.bEnd) forceEnd(c, c.forth, world.now, world.now, cause, 'closed');
  c.forth.ended = true;
  c.back.ended = true;
}

/** What is in flight across a new partition is lost; a connect on its way is refused. */
function discardAcross(world: World, c: Connection): void {
  let lostConnect: Flight | undefined;
  for (const lane of [c.forth, c.back]) {
    for (const flight of [...takeFlights(lane.inbound, lane.origin), ...lane.waiting]) {
      if (flight.forced === true) pushItem(lane.inbound, flight);
      else if (flight.value.type === 'connect') lostConnect = flight;
    }
    lane.waiting.length = 0;
  }
  if (lostConnect === undefined) return;
  if (!c.aEnd) {
    forget(world, c);
    return;
  }
  const { value, sentAt } = lostConnect;
  assert(value.type === 'connect', 'a connect was lost');
  refuseByNetwork(c, world.now + c.back.latency, sentAt, value.sent);
}

/** After any change of links. */
function refresh(world: World): void {
  world.lookahead = shortestLatency(world);
  for (const id in world.connections) {
    const c = world.connections[id] as Connection;
    reflow(world, c, c.forth);
    reflow(world, c, c.back);
  }
}

/** What flies on this lane stops or goes on, as the link now says. */
function reflow(world: World, c: Connection, lane: Lane): void {
  const wasCut = lane.cut;
  applyLink(world, c, lane);
  const blocks = lane.cut || lane.held;
  if (lane.waiting.length === 0 && !blocks) return;
  const waited = lane.waiting;
  const flying = takeFlights(lane.inbound, lane.origin);
  lane.waiting = [];
  let last = 0;
  const pass = (flight: Flight, soonest: number): void => {
    const stops =
      flight.forced !== true && (lane.waiting.length > 0 || lane.cut || isHeld(lane, flight));
    if (stops) {
      lane.waiting.push(flight);
      return;
    }
    flight.time = Math.max(last, flight.time, soonest);
    last = flight.time;
    pushItem(lane.inbound, flight);
  };
  for (const flight of flying) pass(flight, 0);
  // After a cut TCP sends again; behind a hold the message is there already.
  for (const flight of waited) pass(flight, wasCut ? world.now + lane.latency : world.now);
  lane.lastArrival = Math.max(last, world.now);
}
