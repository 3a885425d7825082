/**
 * PrepRequestProcessor: gives each write its zxid and turns it into a txn, seen
 * from the state after all earlier proposed txns, committed or not.
 *
 * Three steps for a write at the leader, since other threads may run between
 * its hand-offs: prepare and queue for the commit, propose, queue for the log.
 * Source: PrepRequestProcessor.pRequest, ProposalRequestProcessor.processRequest.
 */
import { assert } from '../../../base/assert';
import { CAPACITY_MIN, capacityOfClone, grownCapacity, inHashOrder } from '../../../base/javaHash';
import type { ErrorName } from '../../../zk/errorCode';
import { nextZxid, NO_SESSION } from '../../../zk/ids';
import type { Txn } from '../../../zk/records';
import { ephemeralsOf, getNode } from '../../database/dataTree';
import { nextOf } from '../chains';
import {
  nowMs,
  WALL_CLOCK_START_MS,
  type Request,
  type Server,
  type Thread,
  type ZksState,
} from '../machine';
import {
  checkSession,
  setOwner,
  setSessionClosing,
  trackSession,
} from '../sessions/sessionTracker';
import { serviceTime } from '../threads';
import { isWrite } from '../request';
import { prepareReconfig } from '../reconfig/prepReconfig';
import { isReconfigEnabled } from '../reconfig/verifiers';
import { addChange } from './outstandingChanges';
import { prepareCreate } from './prepCreate';
import { prepareMulti } from './prepMulti';
import {
  prepareCheck,
  prepareDelete,
  prepareDeleteContainer,
  prepareSetAcl,
  prepareSetData,
} from './prepTxns';

export function submitToPrep(s: Server, zks: ZksState, request: Request): void {
  zks.prep.push(request);
  request.cause = s.fx.traceRequest(
    'enqueue',
    request.ref,
    undefined,
    'PrepRequestProcessor',
    'submittedRequests',
  );
  s.fx.touch('PrepRequestProcessor');
  s.hand.kick(s, 'PrepRequestProcessor');
}

export function takePrep(s: Server, zks: ZksState, thread: Thread): number | undefined {
  const request = zks.prep.shift();
  if (request === undefined) return undefined;
  thread.working = request;
  thread.doing = 'prep';
  return serviceTime(s, 'PrepRequestProcessor', s.state.spec.timing.processor);
}

/** Returns the service time of the next part of the same request, or undefined when it is through. */
export function doPrep(
  s: Server,
  zks: ZksState,
  thread: Thread,
  request: Request,
): number | undefined {
  const part = Math.ceil(s.state.spec.timing.processor / 4);
  if (thread.doing === 'prep') {
    if (request.syncFrom !== undefined) {
      s.hand.processSync(s, request);
      return undefined;
    }
    prepare(s, zks, request);
    s.hand.process(s, nextOf(zks.role, 'PrepRequestProcessor'), request);
    if (zks.role !== 'leader' || request.entry === undefined) return undefined;
    thread.doing = 'propose';
    return part;
  }
  if (thread.doing === 'propose') {
    s.hand.propose(s, request);
    thread.doing = 'log';
    return part;
  }
  s.hand.process(s, 'SyncRequestProcessor', request);
  return undefined;
}

/** A failing write has consumed its zxid already and travels on as an error txn. */
function prepare(s: Server, zks: ZksState, request: Request): void {
  assert(request.body !== undefined, 'Prep works on requests, not on proposals');
  if (!isWrite(request)) {
    // What opens or closes a local session is judged by nobody, nor is what was throttled.
    if (!request.isLocalSession && !request.isThrottled) {
      request.err = checkSession(s, zks, request.sessionId, request.owner);
    }
    request.zxid = zks.hzxid;
    return;
  }
  zks.hzxid = nextZxid(zks.hzxid);
  request.zxid = zks.hzxid;
  const prepared = prepareTxn(s, zks, request);
  let txn: Txn;
  if (typeof prepared === 'string') {
    request.err = prepared;
    txn = { type: 'error', err: prepared };
  } else txn = prepared;
  request.entry = {
    hdr: {
      clientId: request.sessionId,
      cxid: request.cxid,
      zxid: request.zxid,
      time: WALL_CLOCK_START_MS + nowMs(s),
      type: txn.type,
    },
    txn,
  };
}

function prepareTxn(s: Server, zks: ZksState, request: Request): Txn | ErrorName {
  const body = request.body as NonNullable<Request['body']>;
  switch (body.op) {
    case 'createSession':
      trackSession(s, zks, request.sessionId, body.timeOut);
      setOwner(s, zks, request.sessionId, request.owner);
      return { type: 'createSession', timeOut: body.timeOut };
    case 'closeSession':
      return closeSessionTxn(s, zks, request);
    case 'create':
    case 'create2':
    case 'createContainer':
    case 'createTTL':
      return prepareCreate(s, zks, request, body, body.op);
    case 'delete':
      return prepareDelete(s, zks, request, body);
    case 'deleteContainer':
      return prepareDeleteContainer(s, zks, request, body);
    case 'setData':
      return prepareSetData(s, zks, request, body);
    case 'setACL':
      return prepareSetAcl(s, zks, request, body);
    case 'check':
      return prepareCheck(s, zks, request, body);
    case 'reconfig':
      return prepareReconfig(s, zks, request, body);
    case 'multi':
      return prepareMulti(s, zks, request, body);
    case 'raw':
      if (request.ref.op === 'reconfig' && !isReconfigEnabled(s.state)) return 'RECONFIGDISABLED';
      // In 3.8.0 the zxid is taken before the body is looked at.
      return 'MARSHALLINGERROR';
    default:
      throw new Error(`broken law: ${body.op} is no write`);
  }
}

/** The session's ephemerals, without those a pending txn deletes, with those a pending txn creates. */
function closeSessionTxn(s: Server, zks: ZksState, request: Request): Txn {
  const { sessionId, zxid } = request;
  const owned = ephemeralsOf(s.state.db.tree, sessionId);
  const createdAt = (path: string): number => getNode(s.state.db.tree, path)?.czxid ?? 0;
  owned.sort((a, b) => createdAt(a) - createdAt(b));
  // The set of the tree is cloned: its keys go over in its own order, into as few buckets as they need.
  const paths = new Set(inHashOrder(owned, grownCapacity(CAPACITY_MIN, owned.length)));
  let most = paths.size;
  for (const change of zks.outstandingChanges) {
    if (!change.exists) paths.delete(change.path);
    else if (change.ephemeralOwner === sessionId) paths.add(change.path);
    most = Math.max(most, paths.size);
  }
  // They go in the order of a Java hash set, and watchers see it.
  const paths2Delete = inHashOrder([...paths], grownCapacity(capacityOfClone(owned.length), most));
  for (const path of paths2Delete) {
    addChange(zks, {
      zxid,
      path,
      exists: false,
      version: 0,
      cversion: 0,
      childCount: -1,
      ephemeralOwner: NO_SESSION,
      aversion: 0,
      acl: [],
      dataLength: 0,
    });
  }
  setSessionClosing(s, zks, sessionId);
  return { type: 'closeSession', paths2Delete };
}
