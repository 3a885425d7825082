/**
 * Connections of clients: connect requests, sessions old and new, and the way of
 * a request into the server. Source: NIOServerCnxn, ZooKeeperServer
 * (processConnectRequest, reopenSession, finishSessionInit, processPacket),
 * ReadOnlyZooKeeperServer, LearnerZooKeeperServer.revalidateSession.
 */
import type { TraceId } from '../../../base/traceId';
import type { ConnId, ProcessName } from '../../../bridge/names';
import { maxSessionTimeout, minSessionTimeout } from '../../../zk/config';
import { NO_SESSION, type SessionId } from '../../../zk/ids';
import type {
  ClientPacket,
  ClientRequest,
  ConnectRequest,
  FourLetterPacket,
} from '../../../zk/packets';
import { frameLength } from '../../../zk/jute/clientPacket';
import { nextSessionId } from '../../../zk/sessionIds';
import { sessionPassword } from '../../../zk/sessionPassword';
import { lastProcessedZxid } from '../../database/zkDatabase';
import { answerFourLetterWord } from '../fourletter/answer';
import { OWNER_ME, type Server, type ServerCnxn, type ZksState } from '../machine';
import { localRequest } from '../request';
import { submitToThrottler } from '../pipeline/requestThrottler';
import { processAuth } from './authentication';
import { countLarge, isLargeRefused, takeConnectionToken } from './limits';
import { isGlobalSession, isLocalSession } from './localSessions';
import { readBody } from './rawBody';
import {
  closeCnxn,
  forgetCnxn,
  hasTooManyCnxns,
  noteReceived,
  noteSent,
  openCnxn,
  shouldThrottle,
} from './serverCnxn';
import { setOwner, touchSession, trackLocalSession, trackSession } from './sessionTracker';

const NO_PASSWORD = '0'.repeat(32);

export function onClientConnect(s: Server, conn: ConnId, from: ProcessName): void {
  s.fx.accept(conn);
  if (hasTooManyCnxns(s, from)) {
    s.fx.trace({ type: 'close', name: 'tooManyConnections', peer: from });
    s.fx.close(conn);
  } else openCnxn(s, conn, from);
}

export function onClientClosed(s: Server, conn: ConnId): void {
  if (s.state.cnxns[conn] !== undefined) forgetCnxn(s, conn);
}

export function onClientPacket(
  s: Server,
  conn: ConnId,
  packet: ClientPacket | FourLetterPacket,
  sent: TraceId,
): void {
  const cnxn = s.state.cnxns[conn];
  if (cnxn === undefined) return;
  if (packet.kind === 'FOURLETTER') {
    answerFourLetterWord(s, cnxn, packet);
    return;
  }
  if (packet.kind === 'TEXT') {
    closeCnxn(s, cnxn);
    return;
  }
  if (cnxn.recvDisabled) {
    // Reading is off until the session is settled; TCP keeps what comes.
    cnxn.backlog.push({ packet, sent });
    return;
  }
  const { zks } = s.state;
  noteReceived(s, cnxn);
  const length = frameLength(packet);
  if (isTooLong(s, length)) closeCnxn(s, cnxn);
  else if (zks === undefined || !zks.serving) closeCnxn(s, cnxn);
  else if (isLargeRefused(s, zks, length)) refuseLarge(s, cnxn, length);
  else if (packet.kind === 'CONNECT') processConnectRequest(s, zks, cnxn, packet);
  else if (packet.kind === 'REQUEST' && cnxn.established) {
    processPacket(s, zks, cnxn, packet, length);
  } else closeCnxn(s, cnxn);
}

/** Large requests that are under way leave no room for this one: no answer, the connection ends. */
function refuseLarge(s: Server, cnxn: ServerCnxn, length: number): void {
  s.fx.trace({ type: 'close', name: 'largeRequest', detail: { length } });
  closeCnxn(s, cnxn);
}

/** A frame beyond jute.maxbuffer is not read: no answer, the connection ends. Source: NIOServerCnxn.readLength. */
function isTooLong(s: Server, length: number): boolean {
  if (length <= s.state.spec.config.juteMaxBuffer) return false;
  s.fx.trace({ type: 'close', name: 'frameTooLong', detail: { length } });
  return true;
}

function processPacket(
  s: Server,
  zks: ZksState,
  cnxn: ServerCnxn,
  packet: ClientRequest,
  length: number,
): void {
  const body = packet.body.op === 'raw' ? readBody(packet.body) : packet.body;
  const { sessionId, conn, ids } = cnxn;
  const request = localRequest(sessionId, packet.xid, body, conn, s.fx.head, ids, s.fx.now);
  const idle = body.op === 'ping' ? true : undefined;
  s.fx.describeWork(undefined, request.ref, undefined, undefined, undefined, idle);
  if (request.ref.op === 'auth') {
    // A body that is none ends the connection, as the exception of its reader does.
    if (body.op === 'auth') processAuth(s, cnxn, request, body);
    else closeCnxn(s, cnxn);
    return;
  }
  countLarge(s, zks, request, length);
  if (packet.xid > 0) {
    cnxn.stats.outstanding += 1;
    if (shouldThrottle(s, cnxn)) cnxn.recvDisabled = true;
  }
  submitToThrottler(s, zks, request);
}

function processConnectRequest(
  s: Server,
  zks: ZksState,
  cnxn: ServerCnxn,
  packet: ConnectRequest,
): void {
  const { config } = s.state.spec;
  if (!takeConnectionToken(s, zks)) {
    s.fx.trace({ type: 'close', name: 'connectionThrottle' });
    closeCnxn(s, cnxn);
    return;
  }
  if (zks.role === 'readOnly' && packet.readOnly !== true) {
    s.fx.trace({ type: 'close', name: 'refusedReadOnly' });
    closeCnxn(s, cnxn);
    return;
  }
  if (packet.lastZxidSeen > lastProcessedZxid(s.state.db)) {
    // The client has seen more than this server: it must look for another one.
    s.fx.trace({ type: 'close', name: 'refusedZxid', zxid: packet.lastZxidSeen });
    closeCnxn(s, cnxn);
    return;
  }
  const wanted = Math.max(packet.timeOut, minSessionTimeout(config));
  cnxn.timeoutMs = Math.min(wanted, maxSessionTimeout(config));
  cnxn.modern = packet.readOnly !== undefined;
  cnxn.recvDisabled = true;
  if (packet.sessionId === NO_SESSION) {
    createSession(s, zks, cnxn);
    return;
  }
  if (zks.role === 'readOnly' && isGlobalSession(s, zks, packet.sessionId)) {
    // Who has the quorum may have ended that session, and nobody here would know.
    s.fx.trace({ type: 'close', name: 'refusedReadOnly' });
    closeCnxn(s, cnxn);
    return;
  }
  for (const other of Object.values(s.state.cnxns)) {
    if (other !== cnxn && other.sessionId === packet.sessionId) closeCnxn(s, other);
  }
  cnxn.sessionId = packet.sessionId;
  if (packet.passwd !== sessionPassword(packet.sessionId)) {
    finishSessionInit(s, cnxn.conn, false);
    return;
  }
  revalidate(s, zks, cnxn);
}

/** The session exists for its client only when its createSession is applied here. */
function createSession(s: Server, zks: ZksState, cnxn: ServerCnxn): void {
  cnxn.sessionId = zks.nextSessionId;
  zks.nextSessionId = nextSessionId(zks.nextSessionId);
  const body = { op: 'createSession', timeOut: cnxn.timeoutMs } as const;
  const { sessionId, conn, ids } = cnxn;
  const request = localRequest(sessionId, 0, body, conn, s.fx.head, ids, s.fx.now);
  s.fx.describeWork(undefined, request.ref);
  if (zks.localTracker !== undefined) trackLocalSession(s, zks, sessionId, cnxn.timeoutMs);
  else if (zks.tracker !== undefined) trackSession(s, zks, sessionId, cnxn.timeoutMs);
  submitToThrottler(s, zks, request);
  s.fx.touch('sessions');
}

/** Leader and standalone judge themselves; a learner asks its leader. */
function revalidate(s: Server, zks: ZksState, cnxn: ServerCnxn): void {
  const { sessionId, timeoutMs } = cnxn;
  if (zks.role !== 'follower' || isLocalSession(zks, sessionId)) {
    const isValid = touchSession(s, zks, sessionId, timeoutMs);
    if (isValid) setOwner(s, zks, sessionId, OWNER_ME);
    finishSessionInit(s, cnxn.conn, isValid);
    return;
  }
  const { learner } = s.state;
  if (learner === undefined) return;
  learner.pendingRevalidations[sessionId] = cnxn.conn;
  s.hand.toLeader(s, { kind: 'REVALIDATE', sessionId, timeOut: timeoutMs });
}

/** Answers the connect request; an invalid session is told so by timeout 0, then the end of the stream. */
export function finishSessionInit(s: Server, conn: ConnId, isValid: boolean): void {
  const cnxn = s.state.cnxns[conn];
  if (cnxn === undefined) return;
  const sessionId = isValid ? cnxn.sessionId : NO_SESSION;
  const passwd = isValid ? sessionPassword(sessionId) : NO_PASSWORD;
  const timeOut = isValid ? cnxn.timeoutMs : 0;
  const request = { sessionId: cnxn.sessionId, cxid: 0, op: 'createSession' } as const;
  const readOnly = cnxn.modern ? s.state.zks?.role === 'readOnly' : undefined;
  noteSent(s, cnxn);
  s.fx.send(conn, { kind: 'CONNECTED', timeOut, sessionId, passwd, readOnly }, { request });
  s.fx.touch('sessions');
  if (!isValid) {
    closeCnxn(s, cnxn);
    return;
  }
  cnxn.established = true;
  enableRecv(s, cnxn);
}

/** It reads on, beginning with what came meanwhile. */
export function enableRecv(s: Server, cnxn: ServerCnxn): void {
  cnxn.recvDisabled = false;
  const backlog = cnxn.backlog;
  cnxn.backlog = [];
  for (const { packet, sent } of backlog) onClientPacket(s, cnxn.conn, packet, sent);
}

/** The session of this id was revalidated by the leader, or not. */
export function onRevalidated(s: Server, sessionId: SessionId, isValid: boolean): void {
  const conn = s.state.learner?.pendingRevalidations[sessionId];
  if (conn === undefined) return;
  delete s.state.learner?.pendingRevalidations[sessionId];
  finishSessionInit(s, conn, isValid);
}
