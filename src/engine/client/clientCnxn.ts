/**
 * ClientCnxn: the client library of one session. Keeps one connection alive,
 * numbers the requests, matches the replies, and says what became of each.
 *
 * What the caller learns is put into `waitingEvents` in the order in which the
 * library's EventThread would deliver it; whoever owns the state drains it.
 *
 * Source: ZooKeeper 3.8.0, ClientCnxn.java (SendThread), ClientCnxnSocketNIO.java.
 * Differs: the state says CONNECTING from the moment the connection is lost; in Java the field keeps
 * CONNECTED until the next attempt begins, up to two seconds later.
 * Left out: SASL, read-only servers, auth and watches (the last two are sent again behind CONNECT).
 * Over 300 lines: one thread of the original, whose timers and queues make sense only together.
 */
import { assert } from '../../base/assert';
import { serverName } from '../../bridge/names';
import type { Effects } from '../../bridge/process';
import type { TraceDraft } from '../../bridge/traceEntry';
import type { ErrorName } from '../../zk/errorCode';
import type { Sid, Zxid } from '../../zk/ids';
import type { ClientReply, ConnectResponse } from '../../zk/packets';
import type { ReplyBody, RequestBody } from '../../zk/records';
import {
  PING_XID,
  connectTimeoutMs,
  initialCnxn,
  isAlive,
  pingIdleMs,
  readTimeoutMs,
  requestRef,
  type ClientCnxn,
  type ClientStateName,
  type KeeperState,
  type OutgoingPacket,
  type WaitingEvent,
} from './cnxnState';
import { makeHostProvider, nextHost, onHostConnected } from './hostProvider';

const XID_MAX = 0x7fffffff;
/** ClientCnxnSocketNIO.cleanup sleeps this long after it closed the socket, ms. */
const CLEANUP_MS = 100;
/** Bound of the random sleep before each connect but the first, ms. */
const RECONNECT_JITTER_MS = 1000;

/** All timers of the library. */
const TIMERS = ['ping', 'timeout', 'cleanup', 'connect'] as const;

/** Begins a session: the first connect goes out at once. */
export function startCnxn(hosts: readonly Sid[], timeoutMs: number, effects: Effects): ClientCnxn {
  assert(hosts.length > 0, 'a connect string names a host');
  // The session before may have expired a moment ago, with its cleanup still to come.
  for (const timer of TIMERS) effects.clearTimer(timer);
  const cnxn = initialCnxn(makeHostProvider(hosts, effects), timeoutMs, effects.now);
  scheduleConnect(cnxn, effects);
  return cnxn;
}

/** Hands a request in. It is written at once when a session stands, else when one does. */
export function queuePacket(
  cnxn: ClientCnxn,
  call: number,
  body: RequestBody,
  effects: Effects,
): void {
  const packet: OutgoingPacket = { call, xid: 0, body };
  if (!isAlive(cnxn) || cnxn.closing) {
    failPacket(cnxn, packet, effects);
    return;
  }
  if (body.op === 'closeSession') cnxn.closing = true;
  cnxn.outgoingQueue.push(packet);
  if (cnxn.phase === 'serve') writeQueue(cnxn, effects);
  effects.touch('client');
}

/** Ends the session in good order; `ended` follows, also when no server answers. */
export function closeCnxn(cnxn: ClientCnxn, effects: Effects): void {
  queuePacket(cnxn, 0, { op: 'closeSession' }, effects);
}

/** TCP stands: the session is asked for, everything else waits for the answer. */
export function onAccepted(cnxn: ClientCnxn, effects: Effects): void {
  assert(cnxn.phase === 'connect' && cnxn.conn !== null, 'an accept answers a connect');
  cnxn.phase = 'prime';
  cnxn.isFirstConnect = false;
  cnxn.lastHeard = effects.now;
  cnxn.lastSend = effects.now;
  effects.setTimer('timeout', connectTimeoutMs(cnxn) * 1000);
  // Auth packets and setWatches belong right behind this one, once they exist.
  effects.send(cnxn.conn, {
    kind: 'CONNECT',
    lastZxidSeen: cnxn.lastZxid,
    timeOut: cnxn.wantedTimeout,
    sessionId: cnxn.sessionId,
    passwd: cnxn.passwd,
    readOnly: false,
  });
  effects.touch('client');
}

/** Refused, reset, end of stream, or given up by a timer. */
export function onConnectionLost(cnxn: ClientCnxn, effects: Effects): void {
  if (cnxn.phase === 'connect') {
    cnxn.waitingEvents.push({ type: 'attemptFailed', sid: cnxn.server ?? 0 });
  }
  cnxn.phase = 'cleanup';
  cnxn.conn = null;
  effects.clearTimer('timeout');
  effects.clearTimer('ping');
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
    queueEvent(cnxn, 'Expired');
    dropConnection(cnxn, effects);
    return;
  }
  cnxn.phase = 'serve';
  cnxn.sessionTimeout = response.timeOut;
  cnxn.sessionId = response.sessionId;
  cnxn.passwd = response.passwd;
  onHostConnected(cnxn.hostProvider);
  setState(cnxn, 'CONNECTED', effects);
  queueEvent(cnxn, 'SyncConnected');
  effects.setTimer('timeout', readTimeoutMs(cnxn) * 1000);
  armPing(cnxn, effects);
  writeQueue(cnxn, effects);
}

export function onReply(cnxn: ClientCnxn, reply: ClientReply, effects: Effects): void {
  if (cnxn.phase !== 'serve') {
    // Only a ConnectResponse may come first; the library cannot read anything else there.
    dropConnection(cnxn, effects);
    return;
  }
  cnxn.lastHeard = effects.now;
  effects.setTimer('timeout', readTimeoutMs(cnxn) * 1000);
  effects.touch('client');
  if (reply.xid === PING_XID) {
    effects.describe({ idle: true });
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
    default:
      return false;
  }
}

/** Chooses the next host and sleeps as long as the library does before it connects. */
function scheduleConnect(cnxn: ClientCnxn, effects: Effects): void {
  const { sid, spinMs } = nextHost(cnxn.hostProvider);
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
  queueEvent(cnxn, 'Disconnected');
  scheduleConnect(cnxn, effects);
}

/** End of SendThread.run. After an expiry the EventThread is dead already and tells no more states. */
function endSendThread(cnxn: ClientCnxn, effects: Effects): void {
  failAll(cnxn, effects);
  if (cnxn.sessionState !== 'Expired') {
    if (isAlive(cnxn)) queueEvent(cnxn, 'Disconnected');
    queueEvent(cnxn, 'Closed');
  }
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
    cnxn.lastXid = cnxn.lastXid === XID_MAX ? 1 : cnxn.lastXid + 1;
    packet.xid = cnxn.lastXid;
    cnxn.pendingQueue.push(packet);
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

function finishPacket(
  cnxn: ClientCnxn,
  packet: OutgoingPacket,
  err: ErrorName,
  reply: ReplyBody | undefined,
  zxid: Zxid | undefined,
  effects: Effects,
): void {
  const entry: TraceDraft = { type: 'result', request: requestRef(cnxn, packet), err };
  if (zxid !== undefined && zxid > 0) entry.zxid = zxid;
  effects.trace(entry);
  const result: WaitingEvent = { type: 'result', call: packet.call, err };
  if (reply !== undefined) result.reply = reply;
  cnxn.waitingEvents.push(result);
}

/** Source: ClientCnxn.conLossPacket. */
function failPacket(cnxn: ClientCnxn, packet: OutgoingPacket, effects: Effects): void {
  const err = cnxn.state === 'CLOSED' ? 'SESSIONEXPIRED' : 'CONNECTIONLOSS';
  finishPacket(cnxn, packet, err, undefined, undefined, effects);
}

function failAll(cnxn: ClientCnxn, effects: Effects): void {
  const lost = [...cnxn.pendingQueue, ...cnxn.outgoingQueue];
  cnxn.pendingQueue = [];
  cnxn.outgoingQueue = [];
  for (const packet of lost) failPacket(cnxn, packet, effects);
}

function dropConnection(cnxn: ClientCnxn, effects: Effects): void {
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

function queueEvent(cnxn: ClientCnxn, state: KeeperState): void {
  if (cnxn.sessionState === state) return;
  cnxn.sessionState = state;
  cnxn.waitingEvents.push({ type: 'state', state });
}

function setState(cnxn: ClientCnxn, state: ClientStateName, effects: Effects): void {
  if (cnxn.state === state) return;
  cnxn.state = state;
  effects.trace({ type: 'clientState', name: state, detail: { sessionId: cnxn.sessionId } });
  effects.touch('client');
  effects.touch('console');
}
