/**
 * One symbolic session of a case: a raw protocol client that keeps xids, matches replies and writes
 * down what it receives in the oracle's form. It holds no socket; the bench carries its packets.
 */
import type { SessionId, Sid, Zxid } from '../../../zk/ids';
import { NO_SESSION, ZXID_ZERO } from '../../../zk/ids';
import type {
  ClientReply,
  ClientRequest,
  ConnectRequest,
  ConnectResponse,
} from '../../../zk/packets';
import type { Packet } from '../../../zk/packets';
import type { Item, OracleOp, Step } from '../case/caseFile';
import type { Names } from '../case/values';
import { requestBody } from '../case/requests';
import { CONFIG_NODE, freeLengthOfAddresses } from '../compare/configNode';
import { oracleAddresses } from '../case/addresses';
import { zxidFrom, zxidPair } from '../case/values';
import { bodyForm, rawForm } from './replyForm';

const NO_PASSWORD = '0'.repeat(32);
const WRONG_PASSWORD = '01'.repeat(16);
const XID_PING = -2;
/** Requests that have an xid of their own instead of the next one. */
const FIXED_XIDS: Readonly<Record<string, number>> = { auth: -4, setWatches: -8, setWatches2: -8 };

export interface RawSession {
  readonly name: string;
  /** Those of the newest answer; kept over lost connections, presented at the next connect. */
  sessionId: SessionId;
  passwd: string;
  /** Negotiated, ms. */
  timeoutMs: number;
  /** Highest zxid of a reply. */
  lastZxid: Zxid;
  server: Sid;
  /** Where its connection comes from; undefined: a machine of its own. */
  address?: string;
  /** Number of connections opened; names the newest one. */
  generation: number;
  /** The newest connection is not known to be closed. */
  open: boolean;
  /** It was answered with a valid session. */
  connected: boolean;
  answered: boolean;
  /** Heartbeats are sent for it. */
  heartbeats: boolean;
  /** Virtual time of the newest packet, us. */
  lastSend: number;
  pings: number;
  pongs: number;
  xid: number;
  /** In the order of sending; `i` counts from 0 in its step. */
  pending: { xid: number; op: OracleOp; i: number }[];
  /** Received since the last taking, oldest first. */
  items: Item[];
}

export function newSession(name: string): RawSession {
  return {
    name,
    sessionId: NO_SESSION,
    passwd: NO_PASSWORD,
    timeoutMs: 0,
    lastZxid: ZXID_ZERO,
    server: 0,
    generation: 0,
    open: false,
    connected: false,
    answered: false,
    heartbeats: true,
    lastSend: 0,
    pings: 0,
    pongs: 0,
    xid: 0,
    pending: [],
    items: [],
  };
}

/** A new connection begins; the caller opens it and sends the request. `other` is the step's sessionOf. */
export function beginConnection(
  session: RawSession,
  step: Step,
  other: RawSession | undefined,
): ConnectRequest {
  session.generation += 1;
  session.server = step.server ?? 0;
  session.address = step.fromAddress;
  session.open = true;
  session.connected = false;
  session.answered = false;
  session.heartbeats = true;
  session.pending = [];
  session.pings = 0;
  session.pongs = 0;
  const presented = other ?? session;
  const request: ConnectRequest = {
    kind: 'CONNECT',
    lastZxidSeen: step.lastZxidSeen === undefined ? session.lastZxid : zxidFrom(step.lastZxidSeen),
    timeOut: step.timeoutMs ?? 0,
    sessionId: presented.sessionId,
    passwd: step.passwd === 'wrong' ? WRONG_PASSWORD : presented.passwd,
  };
  if (step.legacy !== true) request.readOnly = step.readOnly ?? false;
  return request;
}

/** The packets of one write, in order; the session waits for their replies from now on. */
export function beginRequests(session: RawSession, ops: readonly OracleOp[]): ClientRequest[] {
  return ops.map((op, i) => {
    const fixed = FIXED_XIDS[op.op];
    if (fixed === undefined) session.xid += 1;
    const xid = fixed ?? session.xid;
    session.pending.push({ xid, op, i });
    return { kind: 'REQUEST', xid, body: requestBody(op) };
  });
}

export function beginPing(session: RawSession): ClientRequest {
  session.pings += 1;
  return { kind: 'REQUEST', xid: XID_PING, body: { op: 'ping' } };
}

/** The client closes its socket: nothing that still arrives is seen, and nobody is told. */
export function abandon(session: RawSession): void {
  session.open = false;
  session.connected = false;
  session.pending = [];
}

/** The server closed (or refused) the newest connection. */
export function onClosed(session: RawSession): void {
  if (!session.open) return;
  session.open = false;
  const unanswered = session.pending.map((request) => request.op.op);
  session.items.push(unanswered.length > 0 ? { closed: true, unanswered } : { closed: true });
}

/** A packet arrived on the newest connection. */
export function onPacket(session: RawSession, packet: Packet, names: Names): void {
  if (!session.open) return;
  if (packet.kind === 'CONNECTED') onConnected(session, packet, names);
  else if (packet.kind === 'REPLY') {
    if (session.answered) onReply(session, packet, names);
    else session.items.push({ connected: false, insteadReplyHeader: header(packet) });
  } else if (packet.kind === 'EVENT') {
    session.items.push({ event: packet.type, state: packet.state, path: packet.path });
  } else session.items.push({ closed: false, unexpected: packet.kind });
  session.answered = true;
}

function header(reply: ClientReply): Item {
  return { xid: reply.xid, zxid: zxidPair(reply.zxid), err: reply.err };
}

function onConnected(session: RawSession, packet: ConnectResponse, names: Names): void {
  const item: Record<string, unknown> = {
    connected: packet.timeOut > 0,
    timeoutMs: packet.timeOut,
  };
  if (packet.readOnly !== undefined) item['readOnly'] = packet.readOnly;
  if (packet.timeOut > 0) {
    const known = names.sessions.get(packet.sessionId);
    if (packet.sessionId === session.sessionId) item['session'] = 'same';
    else if (known !== undefined) item['session'] = `of:${known}`;
    else {
      item['session'] = 'new';
      item['sessionIdTopByte'] = Number.parseInt(packet.sessionId.slice(0, 2), 16);
      names.sessions.set(packet.sessionId, session.name);
    }
    session.sessionId = packet.sessionId;
    session.passwd = packet.passwd;
    session.timeoutMs = packet.timeOut;
    session.connected = true;
  } else {
    item['session'] = 'none';
    item['sessionIdIsZero'] = packet.sessionId === NO_SESSION;
  }
  session.items.push(item);
}

function onReply(session: RawSession, reply: ClientReply, names: Names): void {
  if (reply.xid === XID_PING) {
    session.pongs += 1;
    return;
  }
  if (reply.zxid > 0) session.lastZxid = reply.zxid;
  const at = session.pending.findIndex((request) => request.xid === reply.xid);
  const request = session.pending[at];
  if (request === undefined) {
    session.items.push({ reply: 'unmatched', ...header(reply) });
    return;
  }
  session.pending.splice(at, 1);
  const item: Record<string, unknown> = {
    reply: request.op.op,
    i: request.i,
    err: reply.err,
    zxid: zxidPair(reply.zxid),
  };
  if (at > 0) item['overtook'] = at;
  if (request.op.op === 'raw') Object.assign(item, rawForm(reply));
  else if (reply.body !== undefined) Object.assign(item, bodyForm(reply.body, names));
  if (request.op.path === CONFIG_NODE) freeLengthOfAddresses(item);
  const tellsMembership = request.op.path === CONFIG_NODE || request.op.op === 'reconfig';
  if (tellsMembership && typeof item['data'] === 'string') {
    item['data'] = oracleAddresses(item['data']);
  }
  session.items.push(item);
}

/** Every reply is in, or none can come any more. */
export function isIdle(session: RawSession): boolean {
  return session.pending.length === 0 || !session.open;
}

export function takeItems(session: RawSession): Item[] {
  const taken = session.items;
  session.items = [];
  return taken;
}
