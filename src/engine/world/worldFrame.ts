/** What the page may see of a world: one frame, built from what the world knows. */
import { finish } from '../../base/hash';
import type {
  CheckView,
  ConnectionView,
  Frame,
  LinkView,
  MessageView,
  ProcessView,
  RequestView,
} from '../../bridge/frame';
import { isServer, type ProcessName } from '../../bridge/names';
import { bytesToText } from '../../base/bytes';
import type { RequestRef } from '../../bridge/traceEntry';
import { isWriteOp } from '../../zk/opCode';
import type { ConnectionKind, Packet } from '../../zk/packets';
import { kindOf } from './flights';
import { isQuiet } from './quiet';
import type { Connection, Flight, Lane, Link, World } from './worldState';

/** Data on a request is cut to so many characters. */
const DATA_MAX = 80;

/** Rolling hash of the trace so far, 8 hex digits. */
export function fingerprintOf(world: World): string {
  return finish(world.fingerprint).toString(16).padStart(8, '0');
}

/** The frame at the playhead. Sections are those gathered last; `checks` are taken as given. */
export function buildFrame(world: World, checks: CheckView[]): Frame {
  const processes: Record<string, ProcessView> = {};
  for (const record of world.processes) {
    const { name, kind, status, sections } = record;
    const view: ProcessView = {
      name,
      kind,
      status,
      incarnation: Math.max(0, record.incarnation),
      sections,
    };
    if (record.exit !== undefined) view.exit = record.exit;
    if (record.formerSessions !== undefined) view.formerSessions = record.formerSessions;
    processes[name] = view;
  }
  const frame: Frame = {
    event: world.events,
    lastEvent: world.events,
    at: world.now,
    processes,
    messages: messageViews(world),
    links: linkViews(world),
    connections: connectionViews(world),
    checks,
    fingerprint: fingerprintOf(world),
  };
  if (isQuiet(world)) frame.quiet = true;
  return frame;
}

/** In the order of sending. */
function messageViews(world: World): MessageView[] {
  const paused = new Set<ProcessName>();
  for (const { name, status } of world.processes) if (status === 'paused') paused.add(name);
  const flying: { flight: Flight; view: MessageView }[] = [];
  const byOrigin: Record<string, Lane> = {};
  for (const id in world.connections) {
    const c = world.connections[id] as Connection;
    for (const lane of [c.forth, c.back]) {
      byOrigin[lane.origin] = lane;
      for (const flight of lane.waiting) {
        const view = messageView(flight, lane);
        view.waits = lane.cut ? 'cut' : 'held';
        flying.push({ flight, view });
      }
    }
  }
  const heaps = world.processes.map((record) => record.inbound);
  for (const item of [...heaps, world.nowhere].flat()) {
    const flight = item as Flight;
    const lane = byOrigin[flight.origin];
    if (lane === undefined) continue;
    const view = messageView(flight, lane);
    view.arrivesAt = flight.time;
    if (flight.time <= world.now && paused.has(lane.to)) view.waits = 'paused';
    flying.push({ flight, view });
  }
  flying.sort((x, y) => compareFlights(x.flight, y.flight));
  return flying.map(({ view }) => view);
}

function compareFlights(x: Flight, y: Flight): number {
  if (x.sentAt !== y.sentAt) return x.sentAt - y.sentAt;
  if (x.origin !== y.origin) return x.origin < y.origin ? -1 : 1;
  return x.n - y.n;
}

function messageView(flight: Flight, lane: Lane): MessageView {
  const { value, origin, n, sentAt } = flight;
  const view: MessageView = {
    id: origin + n,
    conn: value.conn,
    channel: value.channel,
    from: lane.from,
    to: lane.to,
    kind: kindOf(flight) as MessageView['kind'],
    sentAt,
    // A reset by a person has an entry too, so only an unknown cause leaves none.
    sent: value.sent ?? (0 as MessageView['sent']),
  };
  if (value.type !== 'message') return view;
  const { packet } = value;
  view.packet = packet;
  if ('zxid' in packet) view.zxid = packet.zxid;
  const request = flight.request ?? requestIn(packet);
  if (request !== undefined) view.request = requestView(request, packet);
  const isPing = request?.op === 'ping' || ('op' in packet && packet.op === 'ping');
  if (packet.kind === 'PING' || isPing) view.idle = true;
  return view;
}

/** What a packet says of its request by itself. */
function requestIn(packet: Packet): RequestRef | undefined {
  switch (packet.kind) {
    case 'PROPOSAL': {
      const { hdr, txn } = packet.entry;
      const ref: RequestRef = { sessionId: hdr.clientId, cxid: hdr.cxid, op: hdr.type };
      if ('path' in txn) ref.path = txn.path;
      return ref;
    }
    case 'REQUEST': {
      if (!('sessionId' in packet)) return undefined;
      const { sessionId, cxid, body } = packet;
      const ref: RequestRef = { sessionId, cxid, op: body.op };
      if ('path' in body && body.path !== null) ref.path = body.path;
      return ref;
    }
    default:
      return undefined;
  }
}

function requestView(ref: RequestRef, packet: Packet): RequestView {
  const { sessionId, cxid, op, path } = ref;
  const view: RequestView = { sessionId, cxid, op, isWrite: isWriteOp(op) };
  if (path !== undefined) view.path = path;
  const data = dataIn(packet);
  if (data !== undefined && data !== null) view.data = bytesToText(data).slice(0, DATA_MAX);
  if (packet.kind === 'PROPOSAL') {
    view.zxid = packet.zxid;
    const { txn } = packet.entry;
    if (txn.type === 'error') view.err = txn.err;
  }
  return view;
}

function dataIn(packet: Packet): string | null | undefined {
  if (packet.kind === 'PROPOSAL') {
    return 'data' in packet.entry.txn ? packet.entry.txn.data : undefined;
  }
  if (packet.kind === 'REQUEST') return 'data' in packet.body ? packet.body.data : undefined;
  return undefined;
}

/** Channels that two processes may have between them. */
function channelsBetween(a: ProcessName, b: ProcessName): readonly ConnectionKind[] {
  if (isServer(a) && isServer(b)) return ['quorum', 'election'];
  return isServer(a) || isServer(b) ? ['client'] : ['app'];
}

/** By the order of the processes, then by channel. */
function linkViews(world: World): LinkView[] {
  const views: LinkView[] = [];
  for (const from of world.processes) {
    for (const to of world.processes) {
      const link: Link | undefined = world.links[`${from.name}>${to.name}`];
      if (link === undefined) continue;
      const latencyMicros = link.latency ?? world.config.linkMicros;
      for (const channel of channelsBetween(link.from, link.to)) {
        const cut = link.cut.includes(channel);
        const held = link.held.some((h) => h.channel === channel);
        const { partitioned } = link;
        const isOrdinary = link.latency === undefined && link.jitter === undefined;
        if (isOrdinary && !cut && !held && !partitioned) continue;
        views.push({
          from: link.from,
          to: link.to,
          channel,
          cut,
          held,
          partitioned,
          latencyMicros,
        });
      }
    }
  }
  return views;
}

/** By connection id. */
function connectionViews(world: World): ConnectionView[] {
  return Object.keys(world.connections)
    .sort()
    .map((id) => {
      const { channel, a, b, opened, forth, back } = world.connections[id] as Connection;
      const ends = forth.ended || back.ended || forth.gone || back.gone;
      const state = ends ? 'closing' : opened ? 'open' : 'opening';
      return { conn: id, channel, a, b, state };
    });
}
