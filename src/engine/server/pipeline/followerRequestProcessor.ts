/**
 * FollowerRequestProcessor: queues each request for the commit first, then sends
 * writes and syncs to the leader, so that no commit can be here before the
 * request that waits for it. Source: FollowerRequestProcessor.run.
 */
import type { RequestBody } from '../../../zk/records';
import { nextOf } from '../chains';
import type { Request, Server, Thread, ZksState } from '../machine';
import { isWrite } from '../request';
import { upgradeFor } from '../sessions/localSessions';
import { serviceTime } from '../threads';

/** A local session that needs to be a global one is made so first. */
export function submitToFollower(s: Server, zks: ZksState, request: Request): void {
  const upgrade = upgradeFor(s, zks, request);
  if (typeof upgrade === 'string') request.err = upgrade;
  else if (upgrade !== undefined) enqueue(s, zks, upgrade);
  enqueue(s, zks, request);
}

function enqueue(s: Server, zks: ZksState, request: Request): void {
  zks.follower.push(request);
  request.cause = s.fx.traceRequest(
    'enqueue',
    request.ref,
    undefined,
    'FollowerRequestProcessor',
    'queuedRequests',
  );
  s.fx.touch('FollowerRequestProcessor');
  s.hand.kick(s, 'FollowerRequestProcessor');
}

export function takeFollower(s: Server, zks: ZksState, thread: Thread): number | undefined {
  const request = zks.follower.shift();
  if (request === undefined) return undefined;
  thread.working = request;
  return serviceTime(s, 'FollowerRequestProcessor', s.state.spec.timing.processor);
}

export function doFollower(s: Server, zks: ZksState, request: Request): void {
  s.hand.process(s, nextOf(zks.role, 'FollowerRequestProcessor'), request);
  if (request.isThrottled) return;
  const body = request.body as RequestBody;
  if (body.op === 'sync') {
    s.state.learner?.pendingSyncs.push(request);
    s.fx.touch('pendingTxns');
  } else if (!isWrite(request)) return;
  const { sessionId, cxid, authInfo } = request;
  s.hand.toLeader(s, { kind: 'REQUEST', sessionId, cxid, body, authInfo }, request);
}
