/**
 * FinalRequestProcessor: applies the txn, answers the client.
 *
 * It runs on the thread of whoever calls it: CommitProcessor for writes, one of
 * its workers for reads, SyncRequestProcessor on a standalone server.
 * Source: FinalRequestProcessor.processRequest, ZooKeeperServer.processTxn.
 */
import type { ErrorName } from '../../../zk/errorCode';
import type { ClientReply } from '../../../zk/packets';
import type { ProcessTxnResult, ReplyBody, RequestBody } from '../../../zk/records';
import { childrenOf, getNode, statOf } from '../../database/dataTree';
import { applyTxn, lastProcessedZxid } from '../../database/zkDatabase';
import type { Request, Server, ServerCnxn, ZksState } from '../machine';
import { commitSession, removeSession } from '../sessions/sessionTracker';
import { dropChangesUpTo } from './outstandingChanges';

export function processFinal(s: Server, zks: ZksState, request: Request): void {
  const result = processTxn(s, zks, request);
  const { op } = request.ref;
  if (op === 'closeSession' && request.conn === undefined) {
    s.hand.closeSessionConnection(s, request.sessionId);
    return;
  }
  const cnxn = request.conn === undefined ? undefined : s.state.cnxns[request.conn];
  if (cnxn === undefined) return;
  answer(s, request, cnxn, result);
}

/** Session bookkeeping first, then the tree, then the pending view. */
function processTxn(s: Server, zks: ZksState, request: Request): ProcessTxnResult | undefined {
  const { entry } = request;
  if (entry === undefined) return undefined;
  if (entry.txn.type === 'createSession') {
    commitSession(s, zks, request.sessionId, entry.txn.timeOut);
  } else if (entry.txn.type === 'closeSession') removeSession(s, zks, request.sessionId);
  const result = applyTxn(s.state.db, entry, zks.role !== 'standalone');
  dropChangesUpTo(zks, request.zxid);
  s.hand.applied(s, request, result);
  return result;
}

function answer(
  s: Server,
  request: Request,
  cnxn: ServerCnxn,
  result: ProcessTxnResult | undefined,
): void {
  const { op } = request.ref;
  if (op === 'createSession') {
    s.hand.finishSessionInit(s, cnxn.conn, true);
    return;
  }
  const txn = request.entry?.txn;
  let err: ErrorName = 'OK';
  let body: ReplyBody | undefined;
  if (txn?.type === 'error') err = request.err ?? txn.err;
  else if (request.entry === undefined && request.err !== undefined) err = request.err;
  else if (result !== undefined) {
    err = result.err;
    body = writeReply(op, result);
  } else {
    const read = readReply(s, request.body as RequestBody);
    if (typeof read === 'string') err = read;
    else body = read;
  }
  if (err === 'SESSIONMOVED') {
    // The client has gone to another server: it is not told, its old connection is closed.
    s.hand.closeSessionConnection(s, request.sessionId);
    return;
  }
  const reply: ClientReply = {
    kind: 'REPLY',
    xid: request.cxid,
    zxid: lastProcessedZxid(s.state.db),
    err,
    op,
  };
  if (err === 'OK' && body !== undefined) reply.body = body;
  s.fx.trace({
    type: 'reply',
    thread: 'FinalRequestProcessor',
    request: request.ref,
    zxid: reply.zxid,
    err,
  });
  s.fx.send(cnxn.conn, reply, { request: request.ref, idle: op === 'ping' ? true : undefined });
  if (op === 'closeSession') s.hand.closeSessionConnection(s, request.sessionId);
}

function writeReply(op: string, result: ProcessTxnResult): ReplyBody | undefined {
  if (op === 'create') return { path: result.path };
  if (op === 'create2') return { path: result.path, stat: result.stat };
  if (op === 'setData') return { stat: result.stat };
  return undefined;
}

/** The tree as applied here and now; a string is the error. */
function readReply(s: Server, body: RequestBody): ReplyBody | ErrorName | undefined {
  if (body.op === 'ping') return undefined;
  if (body.op === 'sync') return { path: body.path };
  if (!('path' in body)) return undefined;
  const { path } = body;
  if (path === null) return 'MARSHALLINGERROR';
  if (body.op === 'exists' && path.includes('\0')) return 'BADARGUMENTS';
  const { tree } = s.state.db;
  const node = getNode(tree, path);
  const stat = statOf(tree, path);
  if (node === undefined || stat === undefined) return 'NONODE';
  if (body.op === 'exists') return { stat };
  if (body.op === 'getData') return { data: node.data, stat };
  const children = childrenOf(tree, path);
  return body.op === 'getChildren2' ? { children, stat } : { children };
}
