/**
 * State of ClientCnxn: what the client library of one session holds, and the
 * times it keeps.
 *
 * Source: ZooKeeper 3.8.0, ClientCnxn.java (fields, SendThread).
 */
import { assert } from '../../../base/assert';
import type { ConnId } from '../../../bridge/names';
import type { RequestRef } from '../../../bridge/traceEntry';
import type { ErrorName } from '../../../zk/errorCode';
import { NO_SESSION, ZXID_ZERO, type SessionId, type Sid, type Zxid } from '../../../zk/ids';
import type { ReplyBody, RequestBody } from '../../../zk/records';
import type { HostProvider } from './hostProvider';
import type { KeeperState, WatchedEvent } from './watchedEvent';
import { emptyWatchManager, type WatchManager } from './watchManager';

/** Xid of a ping and of its reply. */
export const PING_XID = -2;
/** Xid of an auth packet and of its reply. */
export const AUTH_XID = -4;
/** A ping goes out at the latest when nothing was sent for longer than this, ms. */
const MAX_SEND_PING_INTERVAL_MS = 10_000;
/** A ping goes out up to this much earlier than half the read timeout, ms. */
const PING_SLACK_MS = 1000;
/** First pause between two looks for a server that also writes, ms; doubled at each. */
export const MIN_PING_RW_TIMEOUT_MS = 100;
const NO_PASSWORD = '00000000000000000000000000000000';

export type ClientStateName =
  | 'NOT_CONNECTED'
  | 'CONNECTING'
  | 'CONNECTED'
  | 'CONNECTEDREADONLY'
  | 'CLOSED'
  | 'AUTH_FAILED';

/** What a session is opened with. */
export interface SessionOptions {
  hosts: readonly Sid[];
  /** Wanted session timeout, ms. */
  timeoutMs: number;
  /** Path in front of all that the caller names; '' for none. */
  chroot?: string;
  /** A read-only server will do. */
  canBeReadOnly?: boolean;
}

/** A request as the caller hands it in. */
export interface Call {
  /** Number by which the caller knows it again; 0: nobody asks. */
  call: number;
  /** Paths as the caller names them, below the chroot. `watch` follows `watcher`. */
  body: RequestBody;
  /** Watcher object to be registered when the reply says so. */
  watcher?: string;
  /** removeWatches and checkWatches: whom to strike out, null for all; `local` also without a server. */
  removal?: { watcher: string | null; local: boolean };
  /** The path is the server's own, whatever the chroot (getConfig). */
  isUnrooted?: boolean;
}

/** A request from the moment it was handed in until it is answered. */
export interface OutgoingPacket {
  call: number;
  /** 0 until it is written. */
  xid: number;
  /** As it is sent. */
  body: RequestBody;
  /** As the caller named it; null when the call has none. */
  clientPath: string | null;
  watcher?: string;
  removal?: { watcher: string | null; local: boolean };
}

/** How a call ended. */
export interface CallResult {
  call: number;
  err: ErrorName;
  /** Of the exception, as Java's has it: as the caller named it, null where the call has none. */
  path: string | null;
  /** Present when err is OK; of a multi also when one of its operations failed. */
  reply?: ReplyBody;
}

/** What the EventThread delivers. */
export type WaitingEvent =
  | ({ type: 'result' } & CallResult)
  /** `watchers` are told: by name, the default one (DEFAULT_WATCHER) first. */
  | { type: 'event'; event: WatchedEvent; watchers: string[] }
  /** A connect attempt to `sid` failed. */
  | { type: 'attemptFailed'; sid: Sid }
  /** The SendThread has ended; nothing follows. */
  | { type: 'ended' };

export interface ClientCnxn {
  state: ClientStateName;
  /** What Java's field still says between the loss of a connection and the next attempt; see `statedOf`. */
  keptState: ClientStateName | null;
  /** What the SendThread does: `pause` before a connect, `connect` waits for TCP, `prime` for the session. */
  phase: 'pause' | 'connect' | 'prime' | 'serve' | 'cleanup' | 'ended';
  hostProvider: HostProvider;
  /** Connection it has or tries. */
  conn: ConnId | null;
  server: Sid | null;
  sessionId: SessionId;
  passwd: string;
  chroot: string;
  canBeReadOnly: boolean;
  /** Until then a session of its own is asked for: one of a read-only server is not known elsewhere. */
  hasSeenRwServer: boolean;
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
  /** Identities to claim on every connection, oldest first. */
  authInfo: { scheme: string; auth: string | null }[];
  watches: WatchManager;
  /** State of the last event: a session event is not told when it is this one. */
  sessionState: KeeperState;
  /** Expired and AuthFailed are the last that it delivers. */
  isEventThreadDead: boolean;
  /** The look for a server that also writes, while the one at hand is read-only. */
  rwPing: { conn: ConnId | null; sid: Sid; timeoutMs: number; lastAt: number };
  /** That server, found: the next connect goes there. */
  rwServer: Sid | null;
  /** Virtual times, us. */
  lastHeard: number;
  lastSend: number;
  waitingEvents: WaitingEvent[];
}

/** `now` in microseconds. */
export function initialCnxn(
  hostProvider: HostProvider,
  options: SessionOptions,
  now: number,
): ClientCnxn {
  return {
    state: 'NOT_CONNECTED',
    keptState: null,
    phase: 'pause',
    hostProvider,
    conn: null,
    server: null,
    sessionId: NO_SESSION,
    passwd: NO_PASSWORD,
    chroot: options.chroot ?? '',
    canBeReadOnly: options.canBeReadOnly === true,
    hasSeenRwServer: false,
    wantedTimeout: options.timeoutMs,
    sessionTimeout: options.timeoutMs,
    lastXid: 0,
    lastZxid: ZXID_ZERO,
    isFirstConnect: true,
    closing: false,
    outgoingQueue: [],
    pendingQueue: [],
    authInfo: [],
    watches: emptyWatchManager(),
    sessionState: 'Disconnected',
    isEventThreadDead: false,
    rwPing: { conn: null, sid: 0, timeoutMs: MIN_PING_RW_TIMEOUT_MS, lastAt: now },
    rwServer: null,
    lastHeard: now,
    lastSend: now,
    waitingEvents: [],
  };
}

/** ZooKeeper.States.isAlive: not closed, expired or refused for good. */
export function isAlive(cnxn: ClientCnxn): boolean {
  return cnxn.state !== 'CLOSED' && cnxn.state !== 'AUTH_FAILED';
}

/** ZooKeeper.getState: a lost connection is not told before the next attempt begins. */
export function statedOf(cnxn: ClientCnxn): ClientStateName {
  return isAlive(cnxn) ? (cnxn.keptState ?? cnxn.state) : cnxn.state;
}

export function isConnected(cnxn: ClientCnxn): boolean {
  return cnxn.state === 'CONNECTED' || cnxn.state === 'CONNECTEDREADONLY';
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
  assert(cnxn.phase === 'serve' || !isConnected(cnxn), 'CONNECTED means that a session stands');
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
