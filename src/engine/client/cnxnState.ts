/**
 * State of ClientCnxn: what the client library of one session holds, and the
 * times it keeps.
 *
 * Source: ZooKeeper 3.8.0, ClientCnxn.java (fields, SendThread).
 */
import { assert } from '../../base/assert';
import type { ConnId } from '../../bridge/names';
import type { RequestRef } from '../../bridge/traceEntry';
import type { ErrorName } from '../../zk/errorCode';
import { NO_SESSION, ZXID_ZERO, type SessionId, type Sid, type Zxid } from '../../zk/ids';
import type { ReplyBody, RequestBody } from '../../zk/records';
import type { HostProvider } from './hostProvider';

/** Xid of a ping and of its reply. */
export const PING_XID = -2;
/** A ping goes out at the latest when nothing was sent for longer than this, ms. */
const MAX_SEND_PING_INTERVAL_MS = 10_000;
/** A ping goes out up to this much earlier than half the read timeout, ms. */
const PING_SLACK_MS = 1000;
const NO_PASSWORD = '00000000000000000000000000000000';

export type ClientStateName = 'NOT_CONNECTED' | 'CONNECTING' | 'CONNECTED' | 'CLOSED';
/** Watcher.Event.KeeperState, as far as this release has them. */
export type KeeperState = 'SyncConnected' | 'Disconnected' | 'Expired' | 'Closed';

/** A request from the moment it was handed in until it is answered. */
export interface OutgoingPacket {
  /** Number by which the caller knows it again; 0: nobody asks. */
  call: number;
  /** 0 until it is written. */
  xid: number;
  body: RequestBody;
}

/** How a call ended. */
export interface CallResult {
  call: number;
  err: ErrorName;
  /** Present when err is OK. */
  reply?: ReplyBody;
}

export type WaitingEvent =
  | ({ type: 'result' } & CallResult)
  | { type: 'state'; state: KeeperState }
  /** A connect attempt to `sid` failed. */
  | { type: 'attemptFailed'; sid: Sid }
  /** The SendThread has ended; nothing follows. */
  | { type: 'ended' };

export interface ClientCnxn {
  state: ClientStateName;
  /** What the SendThread does: `pause` before a connect, `connect` waits for TCP, `prime` for the session. */
  phase: 'pause' | 'connect' | 'prime' | 'serve' | 'cleanup' | 'ended';
  hostProvider: HostProvider;
  /** Connection it has or tries. */
  conn: ConnId | null;
  server: Sid | null;
  sessionId: SessionId;
  passwd: string;
  /** As wanted, ms; asked for at each connect. */
  wantedTimeout: number;
  /** Negotiated, wanted before that, ms. */
  sessionTimeout: number;
  lastXid: number;
  /** Zxid of the newest reply that had one. */
  lastZxid: Zxid;
  /** No TCP connect has succeeded yet. */
  isFirstConnect: boolean;
  closing: boolean;
  /** Handed in, not yet written, oldest first. */
  outgoingQueue: OutgoingPacket[];
  /** Written, not yet answered, oldest first. */
  pendingQueue: OutgoingPacket[];
  /** State of the last session event: the same one is not told twice in a row. */
  sessionState: KeeperState;
  /** Virtual times, us. */
  lastHeard: number;
  lastSend: number;
  waitingEvents: WaitingEvent[];
}

/** `now` in microseconds. */
export function initialCnxn(
  hostProvider: HostProvider,
  timeoutMs: number,
  now: number,
): ClientCnxn {
  return {
    state: 'NOT_CONNECTED',
    phase: 'pause',
    hostProvider,
    conn: null,
    server: null,
    sessionId: NO_SESSION,
    passwd: NO_PASSWORD,
    wantedTimeout: timeoutMs,
    sessionTimeout: timeoutMs,
    lastXid: 0,
    lastZxid: ZXID_ZERO,
    isFirstConnect: true,
    closing: false,
    outgoingQueue: [],
    pendingQueue: [],
    sessionState: 'Disconnected',
    lastHeard: now,
    lastSend: now,
    waitingEvents: [],
  };
}

export function isAlive(cnxn: ClientCnxn): boolean {
  return cnxn.state !== 'CLOSED';
}

/** Silence after which the connection is given up, ms. */
export function readTimeoutMs(cnxn: ClientCnxn): number {
  return Math.floor((cnxn.sessionTimeout * 2) / 3);
}

/** Patience for TCP, and then again for the session, ms. */
export function connectTimeoutMs(cnxn: ClientCnxn): number {
  return Math.floor(cnxn.sessionTimeout / cnxn.hostProvider.addresses.length);
}

/**
 * Milliseconds without a write after which a ping is due: when
 * `readTimeout/2 - idle - (idle > 1000 ? 1000 : 0) <= 0` first holds.
 */
export function pingIdleMs(readTimeout: number): number {
  const half = Math.floor(readTimeout / 2);
  const due = half <= PING_SLACK_MS ? half : Math.max(half - PING_SLACK_MS, PING_SLACK_MS + 1);
  return Math.min(due, MAX_SEND_PING_INTERVAL_MS + 1);
}

/** Holds after every step. */
export function checkCnxn(cnxn: ClientCnxn): void {
  assert(
    cnxn.phase === 'serve' || cnxn.state !== 'CONNECTED',
    'CONNECTED means that a session stands',
  );
  assert(
    cnxn.phase !== 'serve' || cnxn.outgoingQueue.length === 0,
    'what can be written is written',
  );
  let before = 0;
  for (const packet of cnxn.pendingQueue) {
    assert(packet.xid > before || packet.xid === 1, 'xids are given in the order of writing');
    before = packet.xid;
  }
}

export function requestRef(cnxn: ClientCnxn, packet: OutgoingPacket): RequestRef {
  const body = packet.body;
  const ref: RequestRef = { sessionId: cnxn.sessionId, cxid: packet.xid, op: body.op };
  if ('path' in body && body.path !== null) ref.path = body.path;
  return ref;
}
