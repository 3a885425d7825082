/**
 * A world of one process for unit tests: virtual time, timers, connections and
 * a record of everything that the machine asked for.
 */
import { drawBelow } from '../../base/random';
import { firstTraceId, type TraceId } from '../../base/traceId';
import { clientName, serverName, type ConnId, type ProcessName } from '../../bridge/names';
import {
  DEFAULT_TIMING,
  type ClientSpec,
  type Effects,
  type Machine,
  type MachineEvent,
  type ProcessSpec,
} from '../../bridge/process';
import type { TraceDraft } from '../../bridge/traceEntry';
import { makeZxid, NO_SESSION, type SessionId, type Sid, type Zxid } from '../../zk/ids';
import type { ClientReply, Packet } from '../../zk/packets';
import type { Stat } from '../../zk/records';
import type { ClientState } from './clientState';
import { clientMachine } from './client';

export const SESSION = '0100000000000001' as SessionId;
export const PASSWORD = '0123456789abcdef0123456789abcdef';

export interface Sent {
  at: number;
  conn: ConnId;
  packet: Packet;
  about: Partial<TraceDraft>;
}

export interface Harness<State> {
  now: number;
  state: State;
  sent: Sent[];
  opened: { at: number; conn: ConnId; to: ProcessName }[];
  closed: ConnId[];
  refused: ConnId[];
  trace: TraceDraft[];
  /** What the machine said of the head of the event under way. */
  head: Partial<TraceDraft>;
  timers: Map<string, { at: number; data: unknown }>;
  touched: Set<string>;
  exit?: { code: number; reason: string };
  step(event: MachineEvent): void;
  /** Lets virtual time pass, timers included. */
  advance(ms: number): void;
}

export function makeHarness<Spec extends ProcessSpec, State>(
  machine: Machine<Spec, State>,
  spec: Spec,
): Harness<State> {
  let traceId: number = firstTraceId(10, 0);
  let conns = 0;
  const draws: Record<string, number> = {};
  const nextId = () => {
    traceId += 1;
    return traceId as TraceId;
  };
  const harness = {
    now: 0,
    sent: [],
    opened: [],
    closed: [],
    refused: [],
    trace: [],
    head: {},
    timers: new Map(),
    touched: new Set(),
  } as unknown as Harness<State>;
  const effects: Effects = {
    get now() {
      return harness.now;
    },
    get head() {
      return traceId as TraceId;
    },
    send(conn, packet, about = {}) {
      harness.sent.push({ at: harness.now, conn, packet, about });
      return nextId();
    },
    open(_channel, to) {
      conns += 1;
      const conn = `${spec.name}/0/${conns}`;
      harness.opened.push({ at: harness.now, conn, to });
      return conn;
    },
    accept: () => {},
    refuse: (conn) => harness.refused.push(conn),
    close: (conn) => harness.closed.push(conn),
    later: () => {},
    setTimer: (name, delay, data) => harness.timers.set(name, { at: harness.now + delay, data }),
    clearTimer: (name) => harness.timers.delete(name),
    random(purpose, bound) {
      draws[purpose] = (draws[purpose] ?? -1) + 1;
      return drawBelow(spec.seed, purpose, draws[purpose], bound);
    },
    trace(draft) {
      harness.trace.push(draft);
      return nextId();
    },
    traceRequest(type, request, zxid, thread, queue, name) {
      harness.trace.push({ type, request, zxid, thread, queue, name });
      return nextId();
    },
    describe: (draft) => Object.assign(harness.head, draft),
    describeWork: (thread, request, zxid, name, kind, idle) => {
      const draft = { thread, request, zxid, name, kind, idle };
      for (const [key, value] of Object.entries(draft)) {
        if (value !== undefined) Object.assign(harness.head, { [key]: value });
      }
    },
    disk: () => {},
    touch: (section) => harness.touched.add(section),
    exit: (code, reason) => {
      harness.exit = { code, reason };
    },
  };
  harness.step = (event) => {
    harness.head = {};
    machine.step(harness.state, event, effects);
    machine.check(harness.state);
    // State is plain data, so a fork may carry it off at any event.
    harness.state = JSON.parse(JSON.stringify(harness.state)) as State;
  };
  harness.advance = (ms) => {
    const until = harness.now + ms * 1000;
    for (;;) {
      const due = [...harness.timers].filter(([, { at }]) => at <= until);
      due.sort(([, a], [, b]) => a.at - b.at);
      const first = due[0];
      if (first === undefined) break;
      harness.timers.delete(first[0]);
      harness.now = Math.max(harness.now, first[1].at);
      harness.step({ type: 'local', work: { timer: first[0], data: first[1].data } });
    }
    harness.now = until;
  };
  harness.state = machine.start(spec, effects);
  return harness;
}

export type ClientHarness = Harness<ClientState>;

export function makeClient(
  hosts: Sid[],
  sessionTimeout = 30_000,
  seed = 1,
  more: Partial<ClientSpec> = {},
): ClientHarness {
  const spec: ClientSpec = {
    type: 'client',
    name: clientName('a'),
    incarnation: 0,
    startAt: 0,
    seed,
    timing: DEFAULT_TIMING,
    letter: 'a',
    hosts,
    sessionTimeout,
    ...more,
  };
  return makeHarness(clientMachine, spec);
}

/** The connection that was opened last. */
export function lastConn(client: ClientHarness): ConnId {
  return client.opened.at(-1)?.conn as ConnId;
}

/** Something happens on the connection opened last. */
export function onConn(
  client: ClientHarness,
  type: 'accepted' | 'refused' | 'closed',
  conn = lastConn(client),
): void {
  const from = serverName(1);
  client.step({ type, conn, channel: 'client', from, sent: 0 as TraceId });
}

export function receive(client: ClientHarness, packet: Packet, conn = lastConn(client)): void {
  client.step({
    type: 'message',
    conn,
    packet,
    from: serverName(1),
    channel: 'client',
    sent: 0 as TraceId,
  });
}

/** Accepts the connection and answers the CONNECT. */
export function connect(client: ClientHarness, timeOut = 30_000, sessionId = SESSION): void {
  onConn(client, 'accepted');
  receive(client, { kind: 'CONNECTED', timeOut, sessionId, passwd: PASSWORD, readOnly: false });
}

export function reply(xid: number, rest: Partial<ClientReply> = {}): ClientReply {
  return { kind: 'REPLY', xid, zxid: 1 as Zxid, err: 'OK', op: 'getData', ...rest };
}

export function type(client: ClientHarness, line: string): void {
  client.step({ type: 'command', command: { type: 'console', line } });
}

/** Requests written so far, pings apart. */
export function requests(client: ClientHarness): { xid: number; op: string }[] {
  const found: { xid: number; op: string }[] = [];
  for (const { packet } of client.sent) {
    if (packet.kind === 'REQUEST' && 'xid' in packet && packet.xid !== -2) {
      found.push({ xid: packet.xid, op: packet.body.op });
    }
  }
  return found;
}

export function pings(client: ClientHarness): Sent[] {
  return client.sent.filter(({ packet }) => 'xid' in packet && packet.xid === -2);
}

/** Console lines from `from` on, without those typed. */
export function printed(client: ClientHarness, from = 0): string[] {
  return client.state.zkCli.lines
    .slice(from)
    .filter(({ kind }) => kind !== 'input')
    .map(({ text }) => text);
}

/** Of a node that was just created. */
export const FRESH_STAT: Stat = {
  czxid: makeZxid(0, 2),
  mzxid: makeZxid(0, 2),
  pzxid: makeZxid(0, 2),
  ctime: 0,
  mtime: 0,
  version: 0,
  cversion: 0,
  aversion: 0,
  ephemeralOwner: NO_SESSION,
  dataLength: 1,
  numChildren: 0,
};
