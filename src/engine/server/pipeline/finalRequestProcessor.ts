/**
 * FinalRequestProcessor: applies the txn, tells those who watched, answers the client.
 *
 * It runs on the thread of whoever calls it: CommitProcessor for writes, one of
 * its workers for reads, SyncRequestProcessor on a standalone server. The events of
 * a txn are written to their connections while it is applied: before its answer, and
 * before the answer of any read that could show it.
 *
 * Source: FinalRequestProcessor.processRequest, ZooKeeperServer.processTxn.
 */
import { textToBytes } from '../../../base/bytes';
import type { ErrorName } from '../../../zk/errorCode';
import type { OpName } from '../../../zk/opCode';
import { verifierText } from '../../../zk/quorumVerifier';
import type { ProcessTxnResult, ReplyBody } from '../../../zk/records';
import { applyTxn, lastProcessedZxid } from '../../database/zkDatabase';
import type { Request, Server, ServerCnxn, ZksState } from '../machine';
import { countTxn } from '../namespaces';
import { requestFinished } from '../sessions/limits';
import { closeCnxn, noteAnswered, sendReply } from '../sessions/serverCnxn';
import { commitSession, removeSession } from '../sessions/sessionTracker';
import { watchesOf } from '../sessions/watches';
import { readReply } from './finalReads';
import { dropChangesUpTo } from './outstandingChanges';

export function processFinal(s: Server, zks: ZksState, request: Request): void {
  const result = processTxn(s, zks, request);
  const { op } = request.ref;
  if (op === 'closeSession' && request.conn === undefined) {
    s.hand.closeSessionConnection(s, request.sessionId);
    return;
  }
  if (request.conn === undefined) return;
  zks.stats.inProcess -= 1;
  requestFinished(zks, request);
  const cnxn = s.state.cnxns[request.conn];
  if (cnxn === undefined) return;
  answer(s, zks, request, cnxn, result);
}

/** Session bookkeeping first, then the tree, then the pending view. */
function processTxn(s: Server, zks: ZksState, request: Request): ProcessTxnResult | undefined {
  const { entry } = request;
  if (entry === undefined) {
    // A local session ends without a txn.
    if (request.isLocalSession && request.ref.op === 'closeSession') {
      removeSession(s, zks, request.sessionId);
    }
    return undefined;
  }
  if (entry.txn.type === 'createSession') {
    commitSession(s, zks, request.sessionId, entry.txn.timeOut);
  } else if (entry.txn.type === 'closeSession') removeSession(s, zks, request.sessionId);
  const result = applyTxn(s.state.db, entry, zks.role !== 'standalone', watchesOf(s));
  countTxn(s.state.namespaces, entry.txn);
  dropChangesUpTo(zks, request.zxid);
  s.hand.applied(s, request, result);
  return result;
}

function answer(
  s: Server,
  zks: ZksState,
  request: Request,
  cnxn: ServerCnxn,
  result: ProcessTxnResult | undefined,
): void {
  const { op } = request.ref;
  const zxid = lastProcessedZxid(s.state.db);
  if (op === 'createSession') {
    noteAnswered(s, zks, cnxn, request, 'SESS', zxid);
    s.hand.finishSessionInit(s, cnxn.conn, true);
    return;
  }
  const reply = replyOf(s, request, cnxn, result);
  const err = typeof reply === 'string' ? reply : 'OK';
  if (err === 'SESSIONMOVED' || hasMoved(result)) {
    // The client has gone to another server: it is not told, its old connection is closed.
    closeCnxn(s, cnxn);
    return;
  }
  // A check by itself (3.8.0): the record of its answer cannot be written, so none is sent.
  if (op === 'check' && err === 'OK') return;
  noteAnswered(s, zks, cnxn, request, LAST_OPS[op] ?? 'NA', zxid);
  sendReply(s, cnxn, request, zxid, err, typeof reply === 'string' ? undefined : reply);
  if (op === 'closeSession') closeCnxn(s, cnxn);
}

/** What the reply holds; a string is the error, undefined a reply without a body. */
function replyOf(
  s: Server,
  request: Request,
  cnxn: ServerCnxn,
  result: ProcessTxnResult | undefined,
): ReplyBody | ErrorName | undefined {
  if (request.isThrottled) return 'THROTTLEDOP';
  const txn = request.entry?.txn;
  // The server that the client is at may know better than the txn why it failed.
  if (txn?.type === 'error') return request.err ?? txn.err;
  if (request.err !== undefined && request.ref.op !== 'multi') return request.err;
  if (result === undefined) {
    return request.isLocalSession ? undefined : readReply(s, cnxn, request);
  }
  // A multi that failed says so part by part.
  const { op } = request.ref;
  return result.err === 'OK' || op === 'multi' ? writeReply(s, op, result) : result.err;
}

function writeReply(s: Server, op: OpName, result: ProcessTxnResult): ReplyBody | undefined {
  switch (op) {
    case 'create':
      return { path: result.path };
    case 'create2':
    case 'createContainer':
    case 'createTTL':
      return { path: result.path, stat: result.stat };
    case 'setData':
    case 'setACL':
      return { stat: result.stat };
    case 'reconfig':
      return { data: textToBytes(verifierText(s.state.quorumVerifier)), stat: result.stat };
    case 'multi':
      return { results: result.results ?? [] };
    default:
      return undefined;
  }
}

/** A part of a multi found that the session belongs to another server. */
function hasMoved(result: ProcessTxnResult | undefined): boolean {
  return result?.results?.some((part) => part.err === 'SESSIONMOVED') === true;
}

/** How the command cons names the last operation of a connection. */
const LAST_OPS: Partial<Record<OpName, string>> = {
  ping: 'PING',
  closeSession: 'CLOS',
  create: 'CREA',
  create2: 'CREA',
  createTTL: 'CREA',
  createContainer: 'CREA',
  delete: 'DELE',
  deleteContainer: 'DELE',
  setData: 'SETD',
  setACL: 'SETA',
  reconfig: 'RECO',
  sync: 'SYNC',
  check: 'CHEC',
  exists: 'EXIS',
  getData: 'GETD',
  getACL: 'GETA',
  getChildren: 'GETC',
  getChildren2: 'GETC',
  getAllChildrenNumber: 'GETACN',
  getEphemerals: 'GETE',
  setWatches: 'SETW',
  setWatches2: 'STW2',
  addWatch: 'ADDW',
  checkWatches: 'CHKW',
  removeWatches: 'REMW',
  multi: 'MULT',
  multiRead: 'MLTR',
  whoAmI: 'HOMI',
};
