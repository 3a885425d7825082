/**
 * ReadOnlyRequestProcessor: the door of a read-only server. What would write, or ask a leader,
 * is answered NOTREADONLY; sessions are opened and closed when they are local ones.
 * Source: ReadOnlyRequestProcessor.run, sendErrorResponse.
 */
import { lastProcessedZxid } from '../../database/zkDatabase';
import { nextOf } from '../chains';
import type { Request, Server, Thread, ZksState } from '../machine';
import { isWrite } from '../request';
import { sendReply } from '../sessions/serverCnxn';
import { serviceTime } from '../threads';

export function submitToReadOnly(s: Server, zks: ZksState, request: Request): void {
  zks.readOnly.push(request);
  request.cause = s.fx.trace({
    type: 'enqueue',
    thread: 'ReadOnlyRequestProcessor',
    queue: 'queuedRequests',
    request: request.ref,
  });
  s.fx.touch('ReadOnlyRequestProcessor');
  s.hand.kick(s, 'ReadOnlyRequestProcessor');
}

export function takeReadOnly(s: Server, zks: ZksState, thread: Thread): number | undefined {
  const request = zks.readOnly.shift();
  if (request === undefined) return undefined;
  thread.working = request;
  return serviceTime(s, 'ReadOnlyRequestProcessor', s.state.spec.timing.processor);
}

export function doReadOnly(s: Server, zks: ZksState, request: Request): void {
  if (!isWrite(request) && request.ref.op !== 'sync') {
    s.hand.process(s, nextOf(zks.role, 'ReadOnlyRequestProcessor'), request);
    return;
  }
  const cnxn = request.conn === undefined ? undefined : s.state.cnxns[request.conn];
  if (cnxn === undefined) return;
  sendReply(s, cnxn, request, lastProcessedZxid(s.state.db), 'NOTREADONLY', undefined);
}
