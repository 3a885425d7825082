/** Requests as they enter a server. Source: Request.java. */
import type { TraceId } from '../../base/traceId';
import type { ConnId } from '../../bridge/names';
import type { RequestRef } from '../../bridge/traceEntry';
import { NO_ZXID, type SessionId, type Sid, type Zxid } from '../../zk/ids';
import { opNameOf } from '../../zk/jute/archive/codes';
import { isWriteOp, type OpName } from '../../zk/opCode';
import type { AuthId, LoggedTxn, RequestBody } from '../../zk/records';
import { OWNER_ME, type Owner, type Request } from './machine';

function refOf(sessionId: SessionId, cxid: number, op: OpName, path?: string | null): RequestRef {
  return path === undefined || path === null
    ? { sessionId, cxid, op }
    : { sessionId, cxid, op, path };
}

/** The operation that a body is, or was meant to be: `raw` only where its number is none. */
export function opOf(body: RequestBody): OpName {
  return body.op === 'raw' ? (opNameOf(body.type) ?? 'raw') : body.op;
}

const NOBODY: readonly AuthId[] = [];

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
  authInfo: readonly AuthId[] = NOBODY,
  now = 0,
): Request {
  const ref = refOf(sessionId, cxid, opOf(body), pathOf(body));
  const owner = OWNER_ME;
  return makeRequest(ref, body, conn, owner, undefined, undefined, NO_ZXID, cause, authInfo, now);
}

/** A REQUEST of a learner, as its LearnerHandler makes it. */
export function learnerRequest(
  sessionId: SessionId,
  cxid: number,
  body: RequestBody,
  owner: Owner,
  learner: Sid,
  cause: TraceId,
  authInfo: readonly AuthId[] = NOBODY,
): Request {
  const ref = refOf(sessionId, cxid, opOf(body), pathOf(body));
  const syncFrom = body.op === 'sync' ? learner : undefined;
  return makeRequest(ref, body, undefined, owner, syncFrom, undefined, NO_ZXID, cause, authInfo, 0);
}

/** A request made from a proposal, on a learner. */
export function proposedRequest(entry: LoggedTxn, cause: TraceId): Request {
  const path = 'path' in entry.txn ? entry.txn.path : undefined;
  const { clientId, cxid, type, zxid } = entry.hdr;
  const ref = refOf(clientId, cxid, type, path);
  const owner = OWNER_ME;
  return makeRequest(ref, undefined, undefined, owner, undefined, entry, zxid, cause, NOBODY, 0);
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
  authInfo: readonly AuthId[],
  createdAt: number,
): Request {
  return {
    ref,
    sessionId: ref.sessionId,
    cxid: ref.cxid,
    body,
    conn,
    authInfo,
    isLocalSession: false,
    createdAt,
    owner,
    syncFrom,
    entry,
    zxid,
    err: undefined,
    isThrottled: false,
    largeBytes: 0,
    cause,
    commitCause: undefined,
  };
}

export function isPing(request: Request): boolean {
  return request.ref.op === 'ping';
}

/** What becomes a txn; what opens or closes a local session, or was throttled, never does. */
export function isWrite(request: Request): boolean {
  return (
    request.entry !== undefined ||
    (isWriteOp(request.ref.op) && !request.isLocalSession && !request.isThrottled)
  );
}
