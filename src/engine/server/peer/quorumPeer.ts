/**
 * QuorumPeer: the roles of a server, one after the other, over the one database
 * that outlives them. Source: QuorumPeer.run, Leader.shutdown, Learner.shutdown,
 * ZooKeeperServer.shutdown.
 */
import { makeZxid, type Zxid } from '../../../zk/ids';
import { knownCommitted } from '../knownCommitted';
import { writeConfigNode } from './configNode';
import { treeDigestLike } from '../../database/dataTree';
import { fastForward, loadDatabase } from '../../database/recovery';
import { writeSnapshot } from '../../database/snapshot';
import { imageOf, lastProcessedZxid, setLastProcessedZxid } from '../../database/zkDatabase';
import { startLookForLeader, updateElectionVote } from '../election/fastLeaderElection';
import { startContainerManager, stopContainerManager } from '../containerManager';
import { diskReport, type LeaderState, type Server, type Vote, type ZksState } from '../machine';
import { forceLog, shutdownSync } from '../pipeline/syncRequestProcessor';
import { beginToLead, setZabState } from '../quorum/discovery';
import { startTicking } from '../quorum/leader';
import { beginToFollow } from '../quorum/learner';
import { releaseNewLeader } from '../quorum/learnerHandler';
import { processReconfig } from '../reconfig/configuration';
import { designatedLeader } from '../reconfig/designatedLeader';
import { isReconfigEnabled } from '../reconfig/verifiers';
import { closeAllClients } from '../sessions/serverCnxn';
import { trackAll } from '../sessions/sessionTracker';
import { endRoleThreads } from '../threads';
import { armReadOnly, stopReadOnly } from './readOnlyServer';
import { makeZks } from './zooKeeperServer';

const ROLE_TIMERS = [
  'leader.tick',
  'leader.wait',
  'learner.read',
  'learner.retry',
  'SessionTracker',
];

/** The election ended: this server leads or follows. */
export function enterRole(s: Server, vote: Vote): void {
  s.state.currentVote = vote;
  stopReadOnly(s);
  beginPeriod(s);
  s.fx.trace({ type: 'serverState', name: s.state.peerState, sid: vote.leader });
  if (s.state.peerState === 'LEADING') {
    s.state.zks = makeZks(s, 'leader');
    beginToLead(s);
  } else beginToFollow(s, vote.leader);
}

/** Work that was scheduled before is void; the threads of the old role are gone. */
function beginPeriod(s: Server): void {
  s.state.period += 1;
  endRoleThreads(s);
  touchEverything(s);
}

/** The leader's quorum stands, or the learner's processors are to be built. */
export function startServing(s: Server): void {
  const { leader, learner } = s.state;
  if (leader !== undefined) {
    const zxid = makeZxid(leader.epoch, 0);
    const zks = s.state.zks as ZksState;
    leader.lastCommitted = zxid;
    activateLastSeen(s, leader, zxid);
    trackAll(s, zks);
    setLastProcessedZxid(s.state.db, zxid);
    updateElectionVote(s, leader.epoch);
    zks.serving = true;
    s.fx.trace({ type: 'established', epoch: leader.epoch, zxid });
    setZabState(s, 'BROADCAST');
    startTicking(s);
    startContainerManager(s, zks);
    releaseNewLeader(s, leader);
  } else if (learner !== undefined) {
    s.state.zks = makeZks(s, 'follower');
    s.state.zks.serving = learner.phase === 'BROADCAST';
  }
  touchEverything(s);
}

/** The quorum of NEWLEADER has accepted the last membership that this leader has seen: it is in force. */
function activateLastSeen(s: Server, leader: LeaderState, zxid: Zxid): void {
  if (!isReconfigEnabled(s.state)) return;
  const last = s.state.lastSeenQuorumVerifier;
  const acks = leader.newLeaderAcks.filter((sid) => last.voters.includes(sid));
  const designated = designatedLeader(
    s.state.sid,
    last,
    acks.sort((a, b) => a - b),
    [],
  );
  processReconfig(s, last, designated, zxid);
  if (designated !== s.state.sid) leader.allowedToCommit = false;
}

/** A standalone server has no peers: it serves as soon as it is there. */
export function startStandalone(s: Server): void {
  s.state.zks = makeZks(s, 'standalone');
  s.state.zks.serving = true;
  // ZooKeeperServer.loadData ends with a clean snapshot of what was recovered.
  const image = imageOf(s.state.db);
  writeSnapshot(s.state.disk, diskReport(s), image, false);
  s.fx.trace({ type: 'snapshot', zxid: image.zxid });
  trackAll(s, s.state.zks);
  startContainerManager(s, s.state.zks);
  s.fx.trace({ type: 'serving', epoch: 0 });
}

/**
 * The present role is over. SyncRequestProcessor is stopped first, then all that
 * is in the log is applied, committed or not, so that the next vote tells the
 * truth about the disk.
 * Differs: in 3.8.0 a learner's SyncRequestProcessor outlives its role
 * (ZOOKEEPER-4712); here it ends with it, in every profile.
 */
export function leaveRole(s: Server, reason: string): void {
  if (s.state.peerState === 'LOOKING') return;
  s.state.committedBefore = knownCommitted(s.state);
  s.fx.trace({ type: 'notServing', name: reason });
  closeAllClients(s);
  for (const conn of Object.keys(s.state.quorumConns).sort()) s.fx.close(conn);
  s.state.quorumConns = {};
  for (const timer of ROLE_TIMERS) s.fx.clearTimer(timer);
  for (const sid of s.state.spec.voters) s.fx.clearTimer(`handler.${sid}`);
  stopContainerManager(s);
  if (s.state.zks !== undefined) shutdownSync(s, s.state.zks);
  // The next vote counts all that is appended, the history of a synchronization that was broken off
  // and what a failed fsync left included: so it must be there after a crash too.
  forceLog(s);
  restoreFromDisk(s);
  s.state.zks = undefined;
  s.state.leader = undefined;
  s.state.learner = undefined;
  s.state.syncMode = 'NONE';
  if (followDesignated(s)) return;
  s.state.peerState = 'LOOKING';
  beginPeriod(s);
  s.fx.trace({ type: 'serverState', name: 'LOOKING' });
  setZabState(s, 'ELECTION');
  startLookForLeader(s);
  armReadOnly(s);
}

/**
 * A reconfig has named who leads next: this server leads, or follows it, without an election.
 * Source: QuorumPeer.updateServerState.
 */
function followDesignated(s: Server): boolean {
  const vote = s.state.currentVote;
  if (!s.state.reconfigFlag || vote === undefined) return false;
  s.state.reconfigFlag = false;
  s.state.peerState = vote.leader === s.state.sid ? 'LEADING' : 'FOLLOWING';
  enterRole(s, vote);
  return true;
}

/**
 * A tree that a snapshot was still replacing is not to be trusted. Nor is one that
 * was ahead of its log: behind a TRUNC commits went into it that its snapshot was to
 * hold, and where SyncRequestProcessor died commits went on. A vote for them would
 * leave a hole in the log for good. (Differs: ZooKeeper keeps these two.) Any other
 * tree is behind its log at most.
 */
function restoreFromDisk(s: Server): void {
  const { syncMode, learner, zks } = s.state;
  const isAhead = learner?.snapshotNeeded === true || zks?.failed === true;
  if (syncMode === 'SNAP' || isAhead) {
    const { commitLogCount } = s.state.spec.config;
    const loaded = loadDatabase(s.state.disk, diskReport(s), commitLogCount);
    if ('error' in loaded) {
      s.fx.exit(1, loaded.error);
      return;
    }
    s.state.db = loaded.db;
    writeConfigNode(s);
  } else fastForward(s.state.db, s.state.disk);
  s.fx.trace({
    type: 'load',
    name: 'fastForward',
    zxid: lastProcessedZxid(s.state.db),
    detail: { tree: treeDigestLike(s.state.db.tree) },
  });
}

/** Every section: a role begins or ends. */
export function touchEverything(s: Server): void {
  for (const section of ALL_SECTIONS) s.fx.touch(section);
}

const ALL_SECTIONS = [
  'role',
  'election',
  'ledger',
  'learners',
  'pendingTxns',
  'log',
  'sessions',
  'tree',
  'RequestThrottler',
  'LeaderRequestProcessor',
  'PrepRequestProcessor',
  'ProposalRequestProcessor',
  'SyncRequestProcessor',
  'AckRequestProcessor',
  'SendAckRequestProcessor',
  'CommitProcessor',
  'ToBeAppliedRequestProcessor',
  'FinalRequestProcessor',
  'FollowerRequestProcessor',
  'ReadOnlyRequestProcessor',
  'watches',
];
