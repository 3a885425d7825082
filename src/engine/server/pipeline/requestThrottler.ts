/**
 * RequestThrottler: the door of every role. It holds nothing back unless a limit is set; on its
 * thread the session is touched, and what no server knows is refused.
 * Source: RequestThrottler.run, ZooKeeperServer.submitRequestNow, UnimplementedRequestProcessor.
 */
import type { ConnId } from '../../../bridge/names';
import { NO_ZXID } from '../../../zk/ids';
import { FIRST } from '../chains';
import type { Request, Server, Thread, ZksState } from '../machine';
import { setLocalSessionFlag } from '../sessions/localSessions';
import { isStale, mustStall, requestFinished, shouldThrottleOp } from '../sessions/limits';
import { closeCnxn, sendReply } from '../sessions/serverCnxn';
import { serviceTime } from '../threads';

/** Puts a request into submittedRequests. */
export function submitToThrottler(s: Server, zks: ZksState, request: Request): void {
  zks.throttler.push(request);
  request.cause = s.fx.traceRequest(
    'enqueue',
    request.ref,
    undefined,
    'RequestThrottler',
    'submittedRequests',
  );
  s.fx.touch('RequestThrottler');
  s.hand.kick(s, 'RequestThrottler');
}

export function takeThrottler(s: Server, zks: ZksState, thread: Thread): number | undefined {
  dropStale(s, zks);
  if (zks.throttler.length === 0 || mustStall(s, zks)) return undefined;
  const request = zks.throttler.shift() as Request;
  thread.working = request;
  return serviceTime(s, 'RequestThrottler', s.state.spec.timing.processor / 2);
}

/** A client that has gone waits for no answer. */
function dropStale(s: Server, zks: ZksState): void {
  for (let first = zks.throttler[0]; first !== undefined; first = zks.throttler[0]) {
    if (!isStale(s, first)) return;
    zks.throttler.shift();
    requestFinished(zks, first);
  }
}

/** A session is refreshed when a request arrives, not when it is executed. */
export function doThrottler(s: Server, zks: ZksState, request: Request): void {
  if (shouldThrottleOp(s, request)) request.isThrottled = true;
  // A request of a client goes on even when the connection it came by is closed by now.
  if (request.conn !== undefined) {
    const timeoutMs = timeoutOf(s, zks, request, request.conn);
    if (!s.hand.touch(s, request.sessionId, timeoutMs)) {
      s.fx.trace({ type: 'touch', request: request.ref, name: 'dropped', err: 'SESSIONEXPIRED' });
      requestFinished(zks, request);
      return;
    }
  }
  if (!isValid(s, request)) {
    requestFinished(zks, request);
    refuse(s, request);
    return;
  }
  setLocalSessionFlag(zks, request);
  if (request.conn !== undefined) zks.stats.inProcess += 1;
  s.hand.process(s, FIRST[zks.role], request);
}

/**
 * Whether any server knows the operation. A check by itself is none (3.8.0, as recorded, writes a
 * txn for it that nobody answers); sessions are made by connecting. Source: Request.isValid.
 */
function isValid(s: Server, request: Request): boolean {
  const { op } = request.ref;
  if (op === 'check') return s.state.switches['checkOutsideMulti'] === true;
  if (op === 'createSession') {
    const cnxn = request.conn === undefined ? undefined : s.state.cnxns[request.conn];
    return cnxn?.established !== true;
  }
  return op !== 'raw' && op !== 'error';
}

function refuse(s: Server, request: Request): void {
  const cnxn = request.conn === undefined ? undefined : s.state.cnxns[request.conn];
  if (cnxn === undefined) return;
  sendReply(s, cnxn, request, NO_ZXID, 'UNIMPLEMENTED', undefined);
  closeCnxn(s, cnxn);
}

/** Session timeout that its connection agreed on, ms; else the one that the session is known by. */
function timeoutOf(s: Server, zks: ZksState, request: Request, conn: ConnId): number {
  const { sessionId, body } = request;
  const known =
    s.state.cnxns[conn]?.timeoutMs ??
    (zks.localTracker?.[sessionId] ?? zks.tracker?.[sessionId])?.timeoutMs;
  if (known !== undefined) return known;
  return body?.op === 'createSession' ? body.timeOut : (s.state.db.sessions[sessionId] ?? 0);
}
