/**
 * The hand-offs between siblings, in one place: who is called when a processor,
 * the leader or the learner hands something on.
 */
import { unreachable } from '../../base/assert';
import { treeDigestLike } from '../database/dataTree';
import type { ProcessTxnResult } from '../../zk/records';
import { updateElectionVote } from './election/fastLeaderElection';
import { nextOf } from './chains';
import { watchContainers } from './containerManager';
import { noteDigest } from './digestLog';
import type { Hands, ProcessorName, Request, Server, ZksState } from './machine';
import { enterRole, leaveRole, startServing } from './peer/quorumPeer';
import { commitRequest, submitToCommit } from './pipeline/commitProcessor';
import { processFinal } from './pipeline/finalRequestProcessor';
import { submitToFollower } from './pipeline/followerRequestProcessor';
import { ackRequest, afterApplied, bufferAck } from './pipeline/plainProcessors';
import { submitToPrep } from './pipeline/prepRequestProcessor';
import { submitToReadOnly } from './pipeline/readOnlyRequestProcessor';
import { submitToThrottler } from './pipeline/requestThrottler';
import { submitToSync } from './pipeline/syncRequestProcessor';
import { processAck, processSync, propose } from './quorum/leader';
import { toLeader } from './quorum/learner';
import { enableRecv, finishSessionInit, onRevalidated } from './sessions/clientConnections';
import { upgradeFor } from './sessions/localSessions';
import { closeSessionConnection } from './sessions/serverCnxn';
import { touchSession } from './sessions/sessionTracker';
import { kick } from './work';

function process(s: Server, to: ProcessorName, request: Request): void {
  const { zks } = s.state;
  if (zks === undefined) return;
  switch (to) {
    case 'PrepRequestProcessor':
      submitToPrep(s, zks, request);
      return;
    case 'FollowerRequestProcessor':
      submitToFollower(s, zks, request);
      return;
    case 'CommitProcessor':
      submitToCommit(s, zks, request);
      return;
    case 'SyncRequestProcessor':
      submitToSync(s, zks, request);
      return;
    case 'ReadOnlyRequestProcessor':
      submitToReadOnly(s, zks, request);
      return;
    case 'LeaderRequestProcessor':
      call(s, to, request);
      upgradeSession(s, zks, request);
      process(s, nextOf(zks.role, to), request);
      return;
    case 'ProposalRequestProcessor':
      call(s, to, request);
      process(s, nextOf(zks.role, to), request);
      return;
    case 'AckRequestProcessor':
      ackRequest(s, request);
      return;
    case 'SendAckRequestProcessor':
      bufferAck(s, zks, request);
      return;
    case 'ToBeAppliedRequestProcessor':
      call(s, to, request);
      process(s, nextOf(zks.role, to), request);
      afterApplied(s, request);
      return;
    case 'FinalRequestProcessor':
      call(s, to, request);
      processFinal(s, zks, request);
      return;
    default:
      unreachable(to);
  }
}

/** A local session of the leader's that needs to be a global one is made so first. */
function upgradeSession(s: Server, zks: ZksState, request: Request): void {
  const upgrade = upgradeFor(s, zks, request);
  if (typeof upgrade === 'string') request.err = upgrade;
  else if (upgrade !== undefined) {
    process(s, nextOf(zks.role, 'LeaderRequestProcessor'), upgrade);
  }
}

/** A plain call leaves its own entry. */
function call(s: Server, name: ProcessorName, request: Request): void {
  s.fx.traceRequest(
    'call',
    request.ref,
    request.entry === undefined ? undefined : request.zxid,
    undefined,
    undefined,
    name,
  );
}

function withZks(s: Server, act: (zks: ZksState) => void): void {
  if (s.state.zks !== undefined) act(s.state.zks);
}

function applied(s: Server, request: Request, result: ProcessTxnResult | undefined): void {
  s.fx.trace({
    type: 'apply',
    request: request.ref,
    zxid: request.zxid,
    err: result?.err,
    detail: { tree: treeDigestLike(s.state.db.tree) },
  });
  noteDigest(s.state.digestLog, s.state.db.tree, request.zxid);
  const type = request.entry?.txn.type;
  // A multi may create some; the manager looks for itself.
  if (type === 'createContainer' || type === 'createTTL' || type === 'multi') {
    withZks(s, (zks) => watchContainers(s, zks));
  }
  s.fx.touch('tree');
  s.fx.touch('role');
  s.fx.touch('log');
}

export const hands: Hands = {
  kick,
  process,
  commit: (s, request) => withZks(s, (zks) => commitRequest(s, zks, request)),
  propose: (s, request) => {
    if (s.state.leader !== undefined) propose(s, s.state.leader, request);
  },
  processAck: (s, sid, zxid) => {
    if (s.state.leader !== undefined) processAck(s, s.state.leader, sid, zxid);
  },
  processSync: (s, request) => {
    if (s.state.leader !== undefined) processSync(s, s.state.leader, request);
  },
  toLeader,
  touch: (s, sessionId, timeoutMs) =>
    s.state.zks !== undefined && touchSession(s, s.state.zks, sessionId, timeoutMs),
  submitLearnerRequest: (s, request) => withZks(s, (zks) => submitToPrep(s, zks, request)),
  submitRequest: (s, request) => withZks(s, (zks) => submitToThrottler(s, zks, request)),
  leaveRole,
  enterRole,
  enableRecv,
  finishSessionInit,
  revalidated: onRevalidated,
  applied,
  closeSessionConnection,
  startServing,
  updateElectionVote,
};
