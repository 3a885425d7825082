/**
 * Follower in BROADCAST: the QuorumPeer thread reads the leader's packets, one at
 * a time. Source: Follower.processPacket, FollowerZooKeeperServer.
 */
import { counterOf, type SessionId, type Sid, type Zxid } from '../../../zk/ids';
import type { QuorumPacket, TouchTable } from '../../../zk/packets';
import type { LoggedTxn } from '../../../zk/records';
import type { LearnerState, Request, Server } from '../machine';
import {
  processReconfig,
  setLastSeenQuorumVerifier,
  verifierOfTxn,
} from '../reconfig/configuration';
import { proposedRequest } from '../request';

const EXIT_UNMATCHED_COMMIT = 12;

export function onBroadcastPacket(s: Server, learner: LearnerState, packet: QuorumPacket): void {
  processPacket(s, learner, packet);
  // A thread died: whether the server runs is asked behind each packet, so one more was handled.
  if (s.state.learner === learner && s.state.zks?.failed === true) {
    s.hand.leaveRole(s, 'Unexpected internal error');
  }
}

function processPacket(s: Server, learner: LearnerState, packet: QuorumPacket): void {
  switch (packet.kind) {
    case 'PROPOSAL':
      logProposal(s, learner, packet.entry);
      return;
    case 'COMMIT':
      commitProposal(s, learner, packet.zxid);
      return;
    case 'COMMITANDACTIVATE':
      commitAndActivate(s, learner, packet.zxid, packet.designatedLeader);
      return;
    case 'PING':
      s.fx.describe({ idle: true });
      s.hand.toLeader(s, { kind: 'PING', zxid: packet.zxid, touched: takeTouchTable(s) });
      return;
    case 'SYNC': {
      const request = learner.pendingSyncs.shift();
      s.fx.touch('pendingTxns');
      if (request === undefined) s.fx.trace({ type: 'violation', name: 'syncWithoutRequest' });
      else s.hand.commit(s, request);
      return;
    }
    case 'REVALIDATE':
      s.hand.revalidated(s, packet.sessionId, packet.valid === true);
      return;
    default:
      s.fx.trace({ type: 'violation', name: 'unexpectedPacket', kind: packet.kind });
  }
}

/** FollowerZooKeeperServer.logRequest. */
export function logProposal(s: Server, learner: LearnerState, entry: LoggedTxn): void {
  const { zxid } = entry.hdr;
  const request = proposedRequest(entry, s.fx.head);
  s.fx.describeWork(undefined, request.ref);
  learner.lastQueued = zxid;
  noteProposedReconfig(s, entry);
  if (counterOf(zxid) !== 0) {
    learner.pendingTxns.push(request);
    s.fx.traceRequest('enqueue', request.ref, zxid, 'QuorumPeer', 'pendingTxns');
    s.fx.touch('pendingTxns');
  }
  s.hand.process(s, 'SyncRequestProcessor', request);
}

/** A reconfig that is proposed is seen, and not in force. */
export function noteProposedReconfig(s: Server, entry: LoggedTxn): void {
  const verifier = verifierOfTxn(entry);
  if (verifier !== undefined) setLastSeenQuorumVerifier(s, verifier);
}

/** A reconfig is in force; where it changes who leads, this role is over. */
function commitAndActivate(s: Server, learner: LearnerState, zxid: Zxid, designated: Sid): void {
  const entry = learner.pendingTxns[0]?.entry;
  const verifier = entry === undefined ? undefined : verifierOfTxn(entry);
  const changed = verifier !== undefined && processReconfig(s, verifier, designated, zxid);
  commitProposal(s, learner, zxid);
  if (changed) s.hand.leaveRole(s, 'changes proposed in reconfig');
}

/** FollowerZooKeeperServer.commit: the zxid must be that of the head. */
export function commitProposal(s: Server, learner: LearnerState, zxid: Zxid): void {
  const head: Request | undefined = learner.pendingTxns[0];
  if (head === undefined) {
    s.fx.trace({ type: 'violation', name: 'commitWithoutProposal', zxid });
    return;
  }
  if (head.zxid !== zxid) {
    s.fx.trace({ type: 'violation', name: 'commitInconsistent', zxid });
    s.fx.exit(
      EXIT_UNMATCHED_COMMIT,
      `Committing zxid 0x${zxid.toString(16)} but next pending txn 0x${head.zxid.toString(16)}`,
    );
    return;
  }
  s.fx.describeWork(undefined, head.ref);
  learner.pendingTxns.shift();
  learner.lastCommitted = zxid;
  s.fx.touch('pendingTxns');
  s.fx.touch('role');
  s.fx.touch('log');
  s.hand.commit(s, head);
}

/** What was heard from clients since the last ping; the table starts anew. */
function takeTouchTable(s: Server): TouchTable {
  const { zks } = s.state;
  if (zks === undefined) return [];
  const table: TouchTable = [];
  for (const id of Object.keys(zks.touchTable).sort() as SessionId[]) {
    table.push([id, zks.touchTable[id] as number]);
  }
  if (table.length > 0) {
    zks.touchTable = {};
    s.fx.touch('sessions');
  }
  return table;
}
