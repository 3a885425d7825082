/**
 * RequestThrottler: the door of every role. It holds nothing back here (its
 * limits are off by default); on its thread the session is touched.
 * Source: RequestThrottler.run, ZooKeeperServer.submitRequestNow.
 * Left out: request_throttle_max_requests.
 */
import type { ConnId } from '../../../bridge/names';
import { FIRST } from '../chains';
import type { Request, Server, Thread, ZksState } from '../machine';
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
  const request = zks.throttler.shift();
  if (request === undefined) return undefined;
  thread.working = request;
  return serviceTime(s, 'RequestThrottler', s.state.spec.timing.processor / 2);
}

/** A session is refreshed when a request arrives, not when it is executed. */
export function doThrottler(s: Server, zks: ZksState, request: Request): void {
  // A request of a client goes on even when the connection it came by is closed by now.
  if (request.conn !== undefined) {
    const timeoutMs = timeoutOf(s, zks, request, request.conn);
    if (!s.hand.touch(s, request.sessionId, timeoutMs)) {
      s.fx.trace({ type: 'touch', request: request.ref, name: 'dropped', err: 'SESSIONEXPIRED' });
      return;
    }
  }
  s.hand.process(s, FIRST[zks.role], request);
}

/** Session timeout that its connection agreed on, ms; else the one that the session is known by. */
function timeoutOf(s: Server, zks: ZksState, request: Request, conn: ConnId): number {
  const { sessionId, body } = request;
  const known = s.state.cnxns[conn]?.timeoutMs ?? zks.tracker?.[sessionId]?.timeoutMs;
  if (known !== undefined) return known;
  return body?.op === 'createSession' ? body.timeOut : (s.state.db.sessions[sessionId] ?? 0);
}
