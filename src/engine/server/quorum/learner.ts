/**
 * Learner: from the vote to the first synchronisation packet. Connects to the
 * leader, tells its acceptedEpoch, takes the new one.
 *
 * Everything here runs on the QuorumPeer thread; while that waits for the disk it
 * reads nothing, and no read can time out. Source: Learner.java (connectToLeader,
 * registerWithLeader), Follower.followLeader.
 */
import type { ConnId } from '../../../bridge/names';
import { serverName } from '../../../bridge/names';
import { epochOf, makeZxid, NO_ZXID, type Sid } from '../../../zk/ids';
import type { QuorumPacket } from '../../../zk/packets';
import { lastProcessedZxid } from '../../database/zkDatabase';
import type { LearnerState, Request, Server } from '../machine';
import { EXIT_SNAPSHOT, failsToFsync, failsToWriteFile } from '../diskFault';
import { armTimer, block, disarmTimer, unblock } from '../threads';
import { epochFileTime, setAcceptedEpoch, setZabState } from './discovery';
import { onBroadcastPacket } from './follower';
import { continueAfterDisk, onSyncPacket } from './syncWithLeader';

const THREAD = 'QuorumPeer';
const TRIES_MAX = 5;
const RETRY_MS = 100;
/** Total time to connect, then the socket's read timeout. */
const READ_TIMER = 'learner.read';
const RETRY_TIMER = 'learner.retry';

export function beginToFollow(s: Server, leader: Sid): void {
  s.state.learner = {
    leader,
    conn: undefined,
    connected: false,
    tries: 0,
    phase: 'connecting',
    newEpoch: 0,
    lastLoggedAtStart: lastProcessedZxid(s.state.db),
    snapshotNeeded: false,
    syncSnapshot: false,
    newLeaderSeen: false,
    packetsNotCommitted: [],
    packetsCommitted: [],
    lastQueued: NO_ZXID,
    pendingTxns: [],
    pendingSyncs: [],
    pendingRevalidations: {},
    lastCommitted: NO_ZXID,
  };
  setZabState(s, 'DISCOVERY');
  armRead(s, s.state.spec.config.initLimit);
  connectToLeader(s, s.state.learner);
}

function armRead(s: Server, ticks: number): void {
  armTimer(s, THREAD, READ_TIMER, ticks * s.state.spec.config.tickTime * 1000);
}

/** The thread writes to the disk; the step behind it is `onLearnerDisk`. */
export function waitForDisk(s: Server, what: string): void {
  block(s, THREAD);
  disarmTimer(s, THREAD, READ_TIMER);
  s.fx.later(epochFileTime(s), { disk: what, data: s.state.period });
}

function connectToLeader(s: Server, learner: LearnerState): void {
  learner.tries += 1;
  learner.conn = s.fx.open('quorum', serverName(learner.leader));
  s.state.quorumConns[learner.conn] = learner.leader;
}

export function onLeaderAccepted(s: Server, learner: LearnerState): void {
  learner.connected = true;
  learner.phase = 'LEADERINFO';
  armRead(s, s.state.spec.config.initLimit);
  const packet: QuorumPacket = {
    kind: 'FOLLOWERINFO',
    zxid: makeZxid(s.state.acceptedEpoch, 0),
    sid: s.state.sid,
  };
  const { version } = s.state.quorumVerifier;
  if (version > 0) packet.configVersion = version;
  toLeader(s, packet);
}

export function onLeaderRefused(s: Server, learner: LearnerState, conn: ConnId): void {
  delete s.state.quorumConns[conn];
  learner.conn = undefined;
  if (learner.tries >= TRIES_MAX) s.hand.leaveRole(s, 'Connection refused');
  else s.fx.setTimer(RETRY_TIMER, RETRY_MS * 1000);
}

export function onLearnerTimer(s: Server, learner: LearnerState, name: string): void {
  if (name === RETRY_TIMER) connectToLeader(s, learner);
  else s.hand.leaveRole(s, learner.connected ? 'Read timed out' : 'connect timed out');
}

/** Sends a packet to the leader; lost when the connection is gone. */
export function toLeader(s: Server, packet: QuorumPacket, request?: Request): void {
  const conn = s.state.learner?.conn;
  if (conn === undefined) return;
  const idle = packet.kind === 'PING' ? true : undefined;
  s.fx.send(conn, packet, { request: request?.ref, idle });
}

/** The disk is done: the step that waited for it goes on, then the thread reads again. */
export function onLearnerDisk(s: Server, learner: LearnerState, file: string): void {
  let next: string | undefined;
  const fails = file === 'history' ? failsToFsync(s) : failsToWriteFile(s);
  if (fails) {
    if (file === 'snapshot') s.fx.exit(EXIT_SNAPSHOT, 'Severe unrecoverable error, exiting');
    else s.hand.leaveRole(s, `IOException while writing ${file}`);
    return;
  }
  if (file === 'acceptedEpoch') {
    setAcceptedEpoch(s, learner.newEpoch);
    ackEpoch(s, learner, s.state.currentEpoch);
  } else next = continueAfterDisk(s, learner, file);
  if (s.state.learner !== learner) return;
  if (next !== undefined) {
    waitForDisk(s, next);
    return;
  }
  armNextRead(s, learner);
  unblock(s, THREAD);
}

function armNextRead(s: Server, learner: LearnerState): void {
  const { initLimit, syncLimit } = s.state.spec.config;
  armRead(s, learner.newLeaderSeen ? syncLimit : initLimit);
}

/** The QuorumPeer thread reads one packet of the leader. */
export function onLeaderPacket(s: Server, learner: LearnerState, packet: QuorumPacket): void {
  armNextRead(s, learner);
  if (learner.phase === 'LEADERINFO') registerWithLeader(s, learner, packet);
  else if (learner.phase === 'BROADCAST') onBroadcastPacket(s, learner, packet);
  else {
    const write = onSyncPacket(s, learner, packet);
    if (write !== undefined) waitForDisk(s, write);
  }
}

function registerWithLeader(s: Server, learner: LearnerState, packet: QuorumPacket): void {
  if (packet.kind !== 'LEADERINFO') {
    s.hand.leaveRole(s, `First packet should have been LEADERINFO, was ${packet.kind}`);
    return;
  }
  learner.newEpoch = epochOf(packet.zxid);
  if (learner.newEpoch < s.state.acceptedEpoch) {
    s.hand.leaveRole(s, 'Leader epoch is less than the accepted epoch');
    return;
  }
  if (learner.newEpoch === s.state.acceptedEpoch) {
    // Accepted before: this server must not be counted twice for the epoch.
    ackEpoch(s, learner, -1);
    return;
  }
  waitForDisk(s, 'acceptedEpoch');
}

function ackEpoch(s: Server, learner: LearnerState, currentEpoch: number): void {
  learner.phase = 'syncMode';
  setZabState(s, 'SYNCHRONIZATION');
  toLeader(s, { kind: 'ACKEPOCH', zxid: learner.lastLoggedAtStart, currentEpoch });
}
