/**
 * What happens to a message between two processes: TCP, so connections with
 * ordered messages and no silent loss, and the faults of the links.
 *
 * SYN, ACCEPT, REFUSE, FIN and RST are messages like all others and keep their
 * place. Arrival = max(arrival of the one before, sent + latency and jitter).
 */
import { CLASS_DELIVERY, popItem, pushItem } from '../../base/agenda';
import { drawBelow } from '../../base/random';
import type { TraceId } from '../../base/traceId';
import type { ConnId, ProcessName } from '../../bridge/names';
import type { ConnectionOp } from '../../bridge/process';
import type { RequestRef } from '../../bridge/traceEntry';
import type { ConnectionKind } from '../../zk/packets';
import { applyLink } from './links';
import { isHeld, takeFlights } from './flights';
import {
  type Connection,
  type Flight,
  type Lane,
  type ProcessRecord,
  processOf,
  type World,
} from './worldState';

/** Puts a message on a lane. `value.sent` is its entry; `sentAt` microseconds. */
export function transmit(
  world: World,
  lane: Lane,
  sentAt: number,
  value: Flight['value'],
  request?: RequestRef,
  reset?: true,
): void {
  const { n } = lane;
  lane.n = n + 1;
  if (lane.ended || lane.gone || lane.partitioned) return;
  let time = sentAt + lane.latency;
  if (lane.jitter > 0) time += drawBelow(world.config.seed, lane.origin, n, lane.jitter + 1);
  if (time < lane.lastArrival) time = lane.lastArrival;
  const flight: Flight = { time, class: CLASS_DELIVERY, origin: lane.origin, n, value, sentAt };
  if (request !== undefined) flight.request = request;
  if (reset !== undefined) flight.reset = reset;
  if (lane.cut || lane.waiting.length > 0 || (lane.held && isHeld(lane, flight))) {
    lane.waiting.push(flight);
    return;
  }
  lane.lastArrival = time;
  pushItem(lane.inbound, flight);
}

/** Carries out what process `from` asked for on a connection. */
export function connectionOp(world: World, from: ProcessName, op: ConnectionOp): void {
  const { conn, at, sent } = op;
  if (op.type === 'open') {
    const to = op.to as ProcessName;
    openConnection(world, conn, op.channel as ConnectionKind, from, to, at, sent);
    return;
  }
  const c = world.connections[conn];
  if (c === undefined) return;
  const { channel } = c;
  switch (op.type) {
    case 'accept':
      c.acceptSent = true;
      transmit(world, c.back, at, { type: 'accepted', conn, channel, from, sent });
      return;
    case 'refuse':
      transmit(world, c.back, at, { type: 'refused', conn, channel, from, sent });
      closeEnd(world, c, from);
      return;
    case 'close': {
      const mine = c.a === from ? c.forth : c.back;
      const synWaits = c.a === from && !c.synSeen && c.forth.waiting.length > 0;
      if (synWaits) forget(world, c);
      else {
        transmit(world, mine, at, { type: 'closed', conn, channel, from, sent });
        mine.ended = true;
        closeEnd(world, c, from);
      }
    }
  }
}

function openConnection(
  world: World,
  id: ConnId,
  channel: ConnectionKind,
  a: ProcessName,
  b: ProcessName,
  at: number,
  sent: TraceId,
): void {
  const forth = newLane(world, `${id}>`, a, b);
  const back = newLane(world, `${id}<`, b, a);
  const c: Connection = {
    id,
    channel,
    a,
    b,
    aEnd: true,
    bEnd: false,
    synSeen: false,
    acceptSent: false,
    opened: false,
    forth,
    back,
  };
  world.connections[id] = c;
  applyLink(world, c, forth);
  applyLink(world, c, back);
  if (forth.partitioned) {
    // Nobody can be asked; the network itself says no, there and back.
    refuseByNetwork(c, at + forth.latency + back.latency, at, sent);
    return;
  }
  transmit(world, forth, at, { type: 'connect', conn: id, channel, from: a, sent });
}

function newLane(world: World, origin: string, from: ProcessName, to: ProcessName): Lane {
  return {
    origin,
    from,
    to,
    n: 0,
    lastArrival: 0,
    ended: false,
    gone: false,
    inbound: processOf(world, to)?.inbound ?? world.nowhere,
    waiting: [],
    cut: false,
    partitioned: false,
    held: false,
    only: undefined,
    latency: 0,
    jitter: 0,
  };
}

/** `refused` for the opener at that time, whatever the link does. */
export function refuseByNetwork(c: Connection, time: number, sentAt: number, sent: TraceId): void {
  forceEnd(c, c.back, time, sentAt, sent, 'refused');
  c.forth.ended = true;
  c.forth.gone = true;
}

/** Ends a lane with a message that no fault of the link stops; nothing follows it. */
export function forceEnd(
  c: Connection,
  lane: Lane,
  time: number,
  sentAt: number,
  sent: TraceId | undefined,
  type: 'refused' | 'closed',
): void {
  const base = { conn: c.id, channel: c.channel, from: lane.from };
  const value: Flight['value'] =
    type === 'closed' ? { type, ...base, sent } : { type, ...base, sent: sent as TraceId };
  const flight: Flight = {
    time,
    class: CLASS_DELIVERY,
    origin: lane.origin,
    n: lane.n,
    value,
    sentAt,
    forced: true,
  };
  if (type === 'closed') flight.reset = true;
  lane.n += 1;
  lane.ended = true;
  lane.lastArrival = time;
  pushItem(lane.inbound, flight);
}

/** The end of `name` is closed: what flies to it is lost, and the connection ends with its other end. */
export function closeEnd(world: World, c: Connection, name: ProcessName): void {
  const isOpener = c.a === name;
  if (isOpener) c.aEnd = false;
  else c.bEnd = false;
  const toMe = isOpener ? c.back : c.forth;
  toMe.gone = true;
  toMe.waiting.length = 0;
  takeFlights(toMe.inbound, toMe.origin);
  const synFlies = !c.synSeen && !c.forth.gone;
  if (!c.aEnd && !c.bEnd && !synFlies) delete world.connections[c.id];
}

/** Nothing of this connection is left, nor in flight. */
export function forget(world: World, c: Connection): void {
  for (const lane of [c.forth, c.back]) {
    lane.waiting.length = 0;
    takeFlights(lane.inbound, lane.origin);
  }
  delete world.connections[c.id];
}

/** To be called when a delivery other than `message` is handed to its process. */
export function noteDelivered(world: World, flight: Flight): void {
  const { value } = flight;
  const c = world.connections[value.conn];
  if (c === undefined) return;
  switch (value.type) {
    case 'connect':
      c.synSeen = true;
      c.bEnd = true;
      break;
    case 'accepted':
      c.opened = true;
      break;
    case 'refused':
    case 'closed': {
      const isForth = flight.origin === c.forth.origin;
      if (isForth) c.bEnd = false;
      else c.aEnd = false;
      (isForth ? c.forth : c.back).gone = true;
      if (!c.aEnd && !c.bEnd) delete world.connections[c.id];
      break;
    }
    default:
  }
}

/**
 * A message reaches a process that is not there. A connect is refused, which
 * takes its way back; all else is lost. None of that is an event.
 */
export function bounce(world: World, flight: Flight): void {
  // Whoever acts next acts after this, even if no event follows.
  if (flight.time > world.now) world.now = flight.time;
  if (flight.value.type !== 'connect') return;
  const { conn, channel, sent } = flight.value;
  const c = world.connections[conn];
  if (c === undefined) return;
  if (!c.aEnd) {
    forget(world, c);
    return;
  }
  c.synSeen = true;
  c.forth.gone = true;
  c.forth.ended = true;
  takeFlights(c.forth.inbound, c.forth.origin);
  c.forth.waiting.length = 0;
  transmit(world, c.back, flight.time, { type: 'refused', conn, channel, from: c.b, sent });
}

/**
 * The process is dead: what flies to it is lost, its peers get an end of stream
 * after what was in flight. A connect that it has not seen goes on, to be refused.
 */
export function killEnds(world: World, record: ProcessRecord, at: number, sent: TraceId): void {
  const { name } = record;
  for (const id in world.connections) {
    const c = world.connections[id] as Connection;
    const { channel } = c;
    if (c.a === name && c.aEnd) {
      if (!c.synSeen && c.forth.waiting.length > 0) forget(world, c);
      else {
        transmit(
          world,
          c.forth,
          at,
          { type: 'closed', conn: id, channel, from: name, sent },
          undefined,
          true,
        );
        c.forth.ended = true;
        closeEnd(world, c, name);
      }
    } else if (c.b === name && c.bEnd) {
      const type = c.acceptSent ? 'closed' : 'refused';
      transmit(world, c.back, at, { type, conn: id, channel, from: name, sent }, undefined, true);
      c.back.ended = true;
      closeEnd(world, c, name);
    }
  }
}

/** Messages to processes that are not there and that have arrived by `until` (not included) bounce. */
export function bounceUntil(world: World, inbound: ProcessRecord['inbound'], until: number): void {
  while (inbound.length > 0 && (inbound[0] as Flight).time < until) {
    bounce(world, popItem(inbound) as Flight);
  }
}
