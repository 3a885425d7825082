/**
 * ClientCnxn: the client library of one session. Keeps one connection alive,
 * numbers the requests, matches the replies, and says what became of each.
 *
 * What the caller learns is put into `waitingEvents` in the order in which the
 * library's EventThread would deliver it; whoever owns the state drains it.
 *
 * Source: ZooKeeper 3.8.0, ClientCnxn.java (SendThread), ClientCnxnSocketNIO.java.
 * Differs: the state says CONNECTING from the moment the connection is lost; what Java's field says
 * until the next attempt begins, up to two seconds later, is `statedOf`.
 * Left out: SASL, zookeeper.request.timeout.
 * Over 300 lines: one thread of the original, whose timers and queues make sense only together.
 */
import { assert } from '../../../base/assert';
import { serverName } from '../../../bridge/names';
import type { Effects } from '../../../bridge/process';
import type { ClientReply, ConnectResponse, WatcherEventPacket } from '../../../zk/packets';
import { NO_SESSION } from '../../../zk/ids';
import type { RequestBody } from '../../../zk/records';
import { belowChroot } from './chroot';
import {
  AUTH_XID,
  PING_XID,
  connectTimeoutMs,
  initialCnxn,
  isAlive,
  isConnected,
  pingIdleMs,
  readTimeoutMs,
  requestRef,
  type Call,
  type ClientCnxn,
  type ClientStateName,
  type OutgoingPacket,
  type SessionOptions,
} from './cnxnState';
import {
  failAll,
  failPacket,
  finishPacket,
  queueNodeEvent,
  queueSessionEvent,
} from './eventThread';
import { makeHostProvider, nextHost, onHostConnected } from './hostProvider';
import { armRwPing, endRwPing, onRwPingTimer } from './pingRwServer';
import { setWatchesRequests } from './watchManager';

const XID_MAX = 0x7fffffff;
/** ClientCnxnSocketNIO.cleanup sleeps this long after it closed the socket, ms. */
const CLEANUP_MS = 100;
/** Bound of the random sleep before each connect but the first, ms. */
const RECONNECT_JITTER_MS = 1000;

/** All timers of the library. */
const TIMERS = ['ping', 'timeout', 'cleanup', 'connect'] as const;

/** Begins a session: the first connect goes out at once. */
export function startCnxn(options: SessionOptions, effects: Effects): ClientCnxn {
  assert(options.hosts.length > 0, 'a connect string names a host');
  // The session before may have expired a moment ago, with its cleanup still to come.
  for (const timer of TIMERS) effects.clearTimer(timer);
  const cnxn = initialCnxn(makeHostProvider(options.hosts, effects), options, effects.now);
  scheduleConnect(cnxn, effects);
  return cnxn;
}

/** Hands a request in. It is written at once when a session stands, else when one does. */
export function queuePacket(cnxn: ClientCnxn, call: Call, effects: Effects): void {
  const packet = packetOf(cnxn, call);
  if (!isAlive(cnxn) || cnxn.closing) {
    failPacket(cnxn, packet, effects);
    effects.touch('client');
    return;
  }
  if (packet.body.op === 'closeSession') cnxn.closing = true;
  cnxn.outgoingQueue.push(packet);
  if (cnxn.phase === 'serve') writeQueue(cnxn, effects);
  effects.touch('client');
}

/** Claims an identity, on this connection and every later one. Nothing tells whether it is granted. */
export function addAuthInfo(
  cnxn: ClientCnxn,
  scheme: string,
  auth: string | null,
  effects: Effects,
): void {
  if (!isAlive(cnxn)) return;
  cnxn.authInfo.push({ scheme, auth });
  queuePacket(cnxn, { call: 0, body: { op: 'auth', scheme, auth } }, effects);
}

function packetOf(cnxn: ClientCnxn, { call, body, watcher, removal, isUnrooted }: Call) {
  const asked = 'watch' in body ? { ...body, watch: watcher !== undefined } : body;
  const packet: OutgoingPacket = {
    call,
    xid: 0,
    body: isUnrooted === true ? asked : belowChroot(cnxn.chroot, asked),
    // An exception of getEphemerals has no path.
    clientPath: 'path' in body ? body.path : null,
  };
  if (watcher !== undefined) packet.watcher = watcher;
  if (removal !== undefined) packet.removal = removal;
  return packet;
}

/** Ends the session in good order; `ended` follows, also when no server answers. */
export function closeCnxn(cnxn: ClientCnxn, effects: Effects): void {
  queuePacket(cnxn, { call: 0, body: { op: 'closeSession' } }, effects);
}

/** TCP stands: the session is asked for, everything else waits for the answer. */
export function onAccepted(cnxn: ClientCnxn, effects: Effects): void {
  assert(cnxn.phase === 'connect' && cnxn.conn !== null, 'an accept answers a connect');
  cnxn.phase = 'prime';
  cnxn.isFirstConnect = false;
  cnxn.lastHeard = effects.now;
  cnxn.lastSend = effects.now;
  effects.setTimer('timeout', connectTimeoutMs(cnxn) * 1000);
  effects.send(cnxn.conn, {
    kind: 'CONNECT',
    lastZxidSeen: cnxn.lastZxid,
    timeOut: cnxn.wantedTimeout,
    sessionId: cnxn.hasSeenRwServer ? cnxn.sessionId : NO_SESSION,
    passwd: cnxn.passwd,
    readOnly: cnxn.canBeReadOnly,
  });
  primeConnection(cnxn);
  effects.touch('client');
}

/**
 * What has to go out before all else, once the session stands: identities, then watches.
 * Each is put in front of what is there, so that the identities come newest first.
 */
function primeConnection(cnxn: ClientCnxn): void {
  const first: RequestBody[] = [];
  for (const { scheme, auth } of cnxn.authInfo) first.unshift({ op: 'auth', scheme, auth });
  first.push(...setWatchesRequests(cnxn.watches, cnxn.chroot, cnxn.lastZxid));
  cnxn.outgoingQueue.unshift(...first.map((body) => ({ call: 0, xid: 0, body, clientPath: null })));
}

/** Refused, reset, end of stream, or given up by a timer. */
export function onConnectionLost(cnxn: ClientCnxn, effects: Effects): void {
  if (cnxn.phase === 'connect') {
    cnxn.waitingEvents.push({ type: 'attemptFailed', sid: cnxn.server ?? 0 });
  }
  if (isConnected(cnxn)) cnxn.keptState = cnxn.state;
  cnxn.phase = 'cleanup';
  cnxn.conn = null;
  effects.clearTimer('timeout');
  effects.clearTimer('ping');
  endRwPing(cnxn, effects);
  effects.setTimer('cleanup', CLEANUP_MS * 1000);
  if (isAlive(cnxn)) setState(cnxn, 'CONNECTING', effects);
  effects.touch('client');
}

export function onConnectResponse(
  cnxn: ClientCnxn,
  response: ConnectResponse,
  effects: Effects,
): void {
  cnxn.lastHeard = effects.now;
  if (cnxn.phase !== 'prime') {
    dropConnection(cnxn, effects);
    return;
  }
  if (response.timeOut <= 0) {
    setState(cnxn, 'CLOSED', effects);
    queueSessionEvent(cnxn, 'Expired');
    dropConnection(cnxn, effects);
    return;
  }
  cnxn.phase = 'serve';
  cnxn.sessionTimeout = response.timeOut;
  cnxn.sessionId = response.sessionId;
  cnxn.passwd = response.passwd;
  onHostConnected(cnxn.hostProvider);
  const isReadOnly = response.readOnly === true;
  if (!isReadOnly) cnxn.hasSeenRwServer = true;
  setState(cnxn, isReadOnly ? 'CONNECTEDREADONLY' : 'CONNECTED', effects);
  queueSessionEvent(cnxn, isReadOnly ? 'ConnectedReadOnly' : 'SyncConnected');
  if (isReadOnly) armRwPing(cnxn, effects);
  effects.setTimer('timeout', readTimeoutMs(cnxn) * 1000);
  armPing(cnxn, effects);
  writeQueue(cnxn, effects);
}

/** A watch fired. */
export function onNotification(
  cnxn: ClientCnxn,
  event: WatcherEventPacket,
  effects: Effects,
): void {
  if (hear(cnxn, effects)) queueNodeEvent(cnxn, event);
}

export function onReply(cnxn: ClientCnxn, reply: ClientReply, effects: Effects): void {
  if (!hear(cnxn, effects)) return;
  if (reply.xid === PING_XID) {
    effects.describe({ idle: true });
    return;
  }
  if (reply.xid === AUTH_XID) {
    if (reply.err !== 'AUTHFAILED') return;
    setState(cnxn, 'AUTH_FAILED', effects);
    queueSessionEvent(cnxn, 'AuthFailed');
    dropConnection(cnxn, effects);
    return;
  }
  const packet = cnxn.pendingQueue[0];
  if (packet !== undefined) effects.describe({ request: requestRef(cnxn, packet) });
  if (packet === undefined || packet.xid !== reply.xid) {
    // Replies come in the order of the requests. Out of order, nothing on this connection can be trusted;
    // the packet at the head is lost with the others.
    dropConnection(cnxn, effects);
    return;
  }
  cnxn.pendingQueue.shift();
  if (reply.zxid > 0) cnxn.lastZxid = reply.zxid;
  finishPacket(cnxn, packet, reply.err, reply.body, reply.zxid, effects);
  if (packet.body.op === 'closeSession') {
    setState(cnxn, 'CLOSED', effects);
    closeConnection(cnxn, effects);
    endSendThread(cnxn, effects);
  }
}

/** Something came. False: it cannot be read here, since only a ConnectResponse may come first. */
function hear(cnxn: ClientCnxn, effects: Effects): boolean {
  if (cnxn.phase !== 'serve') {
    dropConnection(cnxn, effects);
    return false;
  }
  cnxn.lastHeard = effects.now;
  effects.setTimer('timeout', readTimeoutMs(cnxn) * 1000);
  effects.touch('client');
  return true;
}

/** A timer of the library went off; false: it is not one of the library's. */
export function onTimer(cnxn: ClientCnxn, name: string, effects: Effects): boolean {
  switch (name) {
    case 'ping':
      // After a pause both timers may be overdue, and the SendThread looks at the silence first.
      if (effects.now - cnxn.lastHeard >= readTimeoutMs(cnxn) * 1000) {
        dropConnection(cnxn, effects);
        return true;
      }
      effects.describe({ idle: true });
      sendPing(cnxn, effects);
      return true;
    case 'timeout':
      dropConnection(cnxn, effects);
      return true;
    case 'cleanup':
      onCleanedUp(cnxn, effects);
      return true;
    case 'connect':
      connect(cnxn, effects);
      return true;
    case 'rwPing':
      onRwPingTimer(cnxn, effects);
      return true;
    default:
      return false;
  }
}

/** Chooses the next host and sleeps as long as the library does before it connects. */
function scheduleConnect(cnxn: ClientCnxn, effects: Effects): void {
  const known = cnxn.rwServer;
  cnxn.rwServer = null;
  const { sid, spinMs } = known === null ? nextHost(cnxn.hostProvider) : { sid: known, spinMs: 0 };
  cnxn.server = sid;
  cnxn.phase = 'pause';
  effects.touch('client');
  const jitterMs = cnxn.isFirstConnect ? 0 : effects.random('reconnect', RECONNECT_JITTER_MS);
  const delayMs = spinMs + jitterMs;
  if (delayMs === 0) connect(cnxn, effects);
  else effects.setTimer('connect', delayMs * 1000);
}

function connect(cnxn: ClientCnxn, effects: Effects): void {
  const sid = cnxn.server;
  assert(cnxn.phase === 'pause' && sid !== null, 'a connect follows its pause');
  cnxn.keptState = null;
  setState(cnxn, 'CONNECTING', effects);
  cnxn.phase = 'connect';
  cnxn.lastHeard = effects.now;
  cnxn.lastSend = effects.now;
  if (sid === 0) {
    // A name that no host has: resolving it fails, which is an attempt that failed.
    onConnectionLost(cnxn, effects);
    return;
  }
  cnxn.conn = effects.open('client', serverName(sid));
  effects.setTimer('timeout', connectTimeoutMs(cnxn) * 1000);
  effects.touch('client');
}

/** The pause after a lost connection is over: all that was outstanding is lost. */
function onCleanedUp(cnxn: ClientCnxn, effects: Effects): void {
  failAll(cnxn, effects);
  if (!isAlive(cnxn) || cnxn.closing) {
    endSendThread(cnxn, effects);
    return;
  }
  queueSessionEvent(cnxn, 'Disconnected');
  scheduleConnect(cnxn, effects);
}

/** End of SendThread.run. */
function endSendThread(cnxn: ClientCnxn, effects: Effects): void {
  failAll(cnxn, effects);
  if (isAlive(cnxn)) queueSessionEvent(cnxn, 'Disconnected');
  queueSessionEvent(cnxn, 'Closed');
  // Calls still get their results, but nothing happens to watchers any more.
  cnxn.isEventThreadDead = true;
  if (isAlive(cnxn)) setState(cnxn, 'CLOSED', effects);
  cnxn.phase = 'ended';
  cnxn.server = null;
  cnxn.waitingEvents.push({ type: 'ended' });
  effects.touch('client');
}

function writeQueue(cnxn: ClientCnxn, effects: Effects): void {
  const conn = cnxn.conn;
  assert(conn !== null, 'a session stands on a connection');
  for (const packet of cnxn.outgoingQueue) {
    if (packet.body.op === 'auth') packet.xid = AUTH_XID;
    else {
      cnxn.lastXid = cnxn.lastXid === XID_MAX ? 1 : cnxn.lastXid + 1;
      packet.xid = cnxn.lastXid;
      cnxn.pendingQueue.push(packet);
    }
    effects.send(
      conn,
      { kind: 'REQUEST', xid: packet.xid, body: packet.body },
      { request: requestRef(cnxn, packet) },
    );
  }
  if (cnxn.outgoingQueue.length > 0) {
    cnxn.outgoingQueue = [];
    cnxn.lastSend = effects.now;
    armPing(cnxn, effects);
  }
  effects.touch('client');
}

function sendPing(cnxn: ClientCnxn, effects: Effects): void {
  assert(cnxn.phase === 'serve' && cnxn.conn !== null, 'only a standing session is kept alive');
  effects.send(
    cnxn.conn,
    { kind: 'REQUEST', xid: PING_XID, body: { op: 'ping' } },
    { idle: true, request: { sessionId: cnxn.sessionId, cxid: PING_XID, op: 'ping' } },
  );
  cnxn.lastSend = effects.now;
  armPing(cnxn, effects);
  effects.touch('client');
}

function armPing(cnxn: ClientCnxn, effects: Effects): void {
  const sinceSend = effects.now - cnxn.lastSend;
  const due = pingIdleMs(readTimeoutMs(cnxn)) * 1000;
  effects.setTimer('ping', Math.max(due - sinceSend, 0));
}

/** The connection is given up, and the next one is tried after a while. */
export function dropConnection(cnxn: ClientCnxn, effects: Effects): void {
  closeConnection(cnxn, effects);
  onConnectionLost(cnxn, effects);
}

function closeConnection(cnxn: ClientCnxn, effects: Effects): void {
  assert(cnxn.conn !== null, 'only an existing connection is closed');
  effects.close(cnxn.conn);
  cnxn.conn = null;
  effects.clearTimer('timeout');
  effects.clearTimer('ping');
}

function setState(cnxn: ClientCnxn, state: ClientStateName, effects: Effects): void {
  if (cnxn.state === state) return;
  cnxn.state = state;
  effects.trace({ type: 'clientState', name: state, detail: { sessionId: cnxn.sessionId } });
  effects.touch('client');
  effects.touch('console');
}
