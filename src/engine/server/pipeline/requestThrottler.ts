/**
 * RequestThrottler: the door of every role. It holds nothing back here (its
 * limits are off by default); on its thread the session is touched.
 * Source: RequestThrottler.run, ZooKeeperServer.submitRequestNow.
 * Left out: request_throttle_max_requests.
 */
import { FIRST } from '../chains';
import type { Request, Server, Thread, ZksState } from '../machine';
import { serviceTime } from '../threads';

/** Puts a request into submittedRequests. */
export function submitToThrottler(s: Server, zks: ZksState, request: Request): void {
  zks.throttler.push(request);
  request.cause = s.fx.trace({
    type: 'enqueue',
    thread: 'RequestThrottler',
    queue: 'submittedRequests',
    request: request.ref,
  });
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
  if (request.conn !== undefined) {
    const cnxn = s.state.cnxns[request.conn];
    if (cnxn === undefined && request.ref.op !== 'closeSession') return;
    const timeoutMs = cnxn?.timeoutMs ?? 0;
    if (cnxn !== undefined && !s.hand.touch(s, request.sessionId, timeoutMs)) {
      s.fx.trace({ type: 'touch', request: request.ref, name: 'dropped', err: 'SESSIONEXPIRED' });
      return;
    }
  }
  s.hand.process(s, FIRST[zks.role], request);
}
