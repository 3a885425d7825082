/**
 * The leader's way to a quorum: the epoch to propose, the acknowledgement of the
 * epoch, the acknowledgement of NEWLEADER. Each wait ends when a quorum is in
 * or initLimit is over. Source: Leader.lead, getEpochToPropose,
 * waitForEpochAck, waitForNewLeaderAck.
 * Left out: loadData also removes ephemeral nodes of sessions that have no timeout;
 * only a fuzzy snapshot could hold such a node, and images here are never fuzzy.
 */
import { makeZxid, NO_ZXID, type Sid, type Zxid } from '../../../zk/ids';
import { writeEpoch } from '../../database/epochFiles';
import { writeSnapshot } from '../../database/snapshot';
import { imageOf, lastProcessedZxid } from '../../database/zkDatabase';
import { EXIT_SNAPSHOT, failsToAppend } from '../diskFault';
import { diskReport, type LeaderState, type Server } from '../machine';
import { containsQuorum, newQuorumVerifier } from '../../../zk/quorumVerifier';
import { setLastSeenQuorumVerifier } from '../reconfig/configuration';
import { isParticipant, isQuorum } from '../reconfig/verifiers';
import { armTimer, disarmTimer } from '../threads';

const WAIT_TIMER = 'leader.wait';

/** What a leader is when it begins to lead. The snapshot holds an uncommitted tail too, as ZooKeeper's does. */
export function beginToLead(s: Server): void {
  const zxid = lastProcessedZxid(s.state.db);
  const leader: LeaderState = {
    phase: 'epoch',
    epoch: -1,
    lastProposed: NO_ZXID,
    lastCommitted: NO_ZXID,
    allowedToCommit: true,
    outstandingProposals: [],
    toBeApplied: [],
    pendingSyncs: {},
    handlers: {},
    handlersMade: 0,
    connectingFollowers: [],
    electingFollowers: [],
    newLeaderAcks: [],
    summary: { epoch: s.state.currentEpoch, zxid },
    tick: 0,
    tickSkip: true,
  };
  s.state.leader = leader;
  setZabState(s, 'DISCOVERY');
  if (failsToAppend(s)) {
    s.fx.exit(EXIT_SNAPSHOT, 'Severe unrecoverable error, exiting');
    return;
  }
  writeSnapshot(s.state.disk, diskReport(s), imageOf(s.state.db), false);
  s.fx.trace({ type: 'snapshot', zxid });
  s.fx.touch('log');
  armWait(s);
  proposeEpoch(s, leader, s.state.sid, s.state.acceptedEpoch);
}

export function setZabState(s: Server, zabState: Server['state']['zabState']): void {
  if (s.state.zabState === zabState) return;
  s.state.zabState = zabState;
  s.fx.trace({ type: 'zabState', name: zabState, epoch: s.state.acceptedEpoch });
  s.fx.touch('role');
}

function armWait(s: Server): void {
  const { initLimit, tickTime } = s.state.spec.config;
  armTimer(s, 'QuorumPeer', WAIT_TIMER, initLimit * tickTime * 1000);
}

/** initLimit is over while a quorum was still missing. */
export function onLeaderWaitOver(s: Server, leader: LeaderState): void {
  const what = {
    epoch: 'Timeout while waiting for epoch from quorum',
    epochAck: 'Timeout while waiting for epoch to be acked by quorum',
    newLeader: 'Timeout while waiting for NEWLEADER acks',
    broadcast: '',
  }[leader.phase];
  if (leader.phase !== 'broadcast') s.hand.leaveRole(s, what);
}

/**
 * A server connected with its acceptedEpoch. Later arrivals, when the quorum is
 * complete, just get the epoch.
 */
export function proposeEpoch(s: Server, leader: LeaderState, sid: Sid, accepted: number): void {
  if (leader.phase !== 'epoch') return;
  leader.epoch = Math.max(leader.epoch, accepted + 1);
  const isNew = isParticipant(s.state, sid) && !leader.connectingFollowers.includes(sid);
  if (isNew) leader.connectingFollowers.push(sid);
  const isQuorum =
    leader.connectingFollowers.includes(s.state.sid) &&
    containsQuorum(s.state.quorumVerifier, leader.connectingFollowers);
  if (!isQuorum || leader.epoch === s.state.acceptedEpoch) return;
  // acceptedEpoch is on disk before anybody hears of the epoch. The wait is over even so.
  leader.phase = 'epochAck';
  disarmTimer(s, 'QuorumPeer', WAIT_TIMER);
  s.fx.later(epochFileTime(s), { disk: 'acceptedEpoch', data: s.state.period });
}

/** Temp file, fsync, rename: costs one fsync. */
export function epochFileTime(s: Server): number {
  return s.state.spec.timing.fsync + s.state.diskFault.extraMicros;
}

export function setAcceptedEpoch(s: Server, epoch: number): void {
  writeEpoch(s.state.disk, diskReport(s), 'acceptedEpoch', epoch);
  s.state.acceptedEpoch = epoch;
  s.fx.trace({ type: 'acceptedEpoch', epoch });
  s.fx.touch('role');
}

export function setCurrentEpoch(s: Server, epoch: number): void {
  writeEpoch(s.state.disk, diskReport(s), 'currentEpoch', epoch);
  s.state.currentEpoch = epoch;
  s.fx.trace({ type: 'currentEpoch', epoch });
  s.fx.touch('role');
}

/** The epoch is fixed: this is what zxids count from. */
export function epochAccepted(s: Server, leader: LeaderState): void {
  setAcceptedEpoch(s, leader.epoch);
  nameFirstMembership(s, leader);
  const zxid = makeZxid(leader.epoch, 0);
  leader.lastProposed = zxid;
  if (s.state.zks !== undefined) s.state.zks.hzxid = zxid;
  armWait(s);
  ackEpoch(s, leader, s.state.sid, leader.summary.epoch, leader.summary.zxid);
}

/**
 * A server acknowledged the epoch with its own (currentEpoch, last zxid).
 * 'refuse': it knows more than the leader, and only its own connection dies.
 */
export function ackEpoch(
  s: Server,
  leader: LeaderState,
  sid: Sid,
  currentEpoch: number,
  zxid: Zxid,
): 'refuse' | 'go' | 'wait' {
  if (leader.phase !== 'epochAck') return 'go';
  if (currentEpoch !== -1) {
    const mine = leader.summary;
    const knowsMore =
      currentEpoch > mine.epoch || (currentEpoch === mine.epoch && zxid > mine.zxid);
    if (knowsMore) return 'refuse';
    const isNew = isParticipant(s.state, sid) && !leader.electingFollowers.includes(sid);
    if (isNew) leader.electingFollowers.push(sid);
  }
  const isQuorum =
    leader.electingFollowers.includes(s.state.sid) &&
    containsQuorum(s.state.quorumVerifier, leader.electingFollowers);
  if (!isQuorum) return 'wait';
  leader.phase = 'newLeader';
  disarmTimer(s, 'QuorumPeer', WAIT_TIMER);
  s.fx.later(epochFileTime(s), { disk: 'currentEpoch', data: s.state.period });
  return 'go';
}

/** What an ensemble was configured with gets a version from its first leader: the zxid of NEWLEADER. */
function nameFirstMembership(s: Server, leader: LeaderState): void {
  const { quorumVerifier, lastSeenQuorumVerifier } = s.state;
  if (quorumVerifier.version !== 0 || lastSeenQuorumVerifier.version !== 0) return;
  const version = makeZxid(leader.epoch, 0);
  setLastSeenQuorumVerifier(s, newQuorumVerifier(quorumVerifier.members, version));
}

/** currentEpoch is on the leader's disk: it is the leader of this epoch, and acknowledges itself. */
export function epochAcked(s: Server, leader: LeaderState): void {
  setCurrentEpoch(s, leader.epoch);
  s.fx.trace({ type: 'lead', epoch: leader.epoch, zxid: leader.summary.zxid });
  setZabState(s, 'SYNCHRONIZATION');
  armWait(s);
  ackNewLeader(s, leader, s.state.sid, makeZxid(leader.epoch, 0));
}

/** Whether a quorum has acknowledged NEWLEADER by now; an ack with another zxid is not counted. */
export function ackNewLeader(s: Server, leader: LeaderState, sid: Sid, zxid: Zxid): boolean {
  if (leader.phase === 'broadcast') return true;
  if (zxid !== makeZxid(leader.epoch, 0)) {
    s.fx.trace({ type: 'violation', name: 'newLeaderAckZxid', sid, zxid });
    return false;
  }
  if (!leader.newLeaderAcks.includes(sid)) leader.newLeaderAcks.push(sid);
  const isAccepted =
    leader.phase === 'newLeader' &&
    leader.newLeaderAcks.includes(s.state.sid) &&
    isQuorum(s.state, leader.newLeaderAcks);
  if (!isAccepted) return false;
  leader.phase = 'broadcast';
  disarmTimer(s, 'QuorumPeer', WAIT_TIMER);
  s.hand.startServing(s);
  return true;
}
