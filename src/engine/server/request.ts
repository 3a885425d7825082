/** Requests as they enter a server. Source: Request.java. */
import type { TraceId } from '../../base/traceId';
import type { ConnId } from '../../bridge/names';
import type { RequestRef } from '../../bridge/traceEntry';
import { NO_ZXID, type SessionId, type Sid, type Zxid } from '../../zk/ids';
import { isWriteOp, type OpName } from '../../zk/opCode';
import type { LoggedTxn, RequestBody } from '../../zk/records';
import { OWNER_ME, type Owner, type Request } from './machine';

function refOf(sessionId: SessionId, cxid: number, op: OpName, path?: string | null): RequestRef {
  return path === undefined || path === null
    ? { sessionId, cxid, op }
    : { sessionId, cxid, op, path };
}

function pathOf(body: RequestBody): string | null | undefined {
  return 'path' in body ? body.path : undefined;
}

/** A request of a client of this server; without `conn` one of the server itself (expiry). */
export function localRequest(
  sessionId: SessionId,
  cxid: number,
  body: RequestBody,
  conn: ConnId | undefined,
  cause: TraceId,
): Request {
  const ref = refOf(sessionId, cxid, body.op, pathOf(body));
  return makeRequest(ref, body, conn, OWNER_ME, undefined, undefined, NO_ZXID, cause);
}

/** A REQUEST of a learner, as its LearnerHandler makes it. */
export function learnerRequest(
  sessionId: SessionId,
  cxid: number,
  body: RequestBody,
  owner: Owner,
  learner: Sid,
  cause: TraceId,
): Request {
  const ref = refOf(sessionId, cxid, body.op, pathOf(body));
  const syncFrom = body.op === 'sync' ? learner : undefined;
  return makeRequest(ref, body, undefined, owner, syncFrom, undefined, NO_ZXID, cause);
}

/** A request made from a proposal, on a learner. */
export function proposedRequest(entry: LoggedTxn, cause: TraceId): Request {
  const path = 'path' in entry.txn ? entry.txn.path : undefined;
  const ref = refOf(entry.hdr.clientId, entry.hdr.cxid, entry.hdr.type, path);
  return makeRequest(ref, undefined, undefined, OWNER_ME, undefined, entry, entry.hdr.zxid, cause);
}

function makeRequest(
  ref: RequestRef,
  body: RequestBody | undefined,
  conn: ConnId | undefined,
  owner: Owner,
  syncFrom: Sid | undefined,
  entry: LoggedTxn | undefined,
  zxid: Zxid,
  cause: TraceId,
): Request {
  return {
    ref,
    sessionId: ref.sessionId,
    cxid: ref.cxid,
    body,
    conn,
    owner,
    syncFrom,
    entry,
    zxid,
    err: undefined,
    cause,
    commitCause: undefined,
  };
}

export function isPing(request: Request): boolean {
  return request.ref.op === 'ping';
}

export function isWrite(request: Request): boolean {
  return request.entry !== undefined || isWriteOp(request.ref.op);
}
