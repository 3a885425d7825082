/**
 * Synchronisation at the learner: DIFF, TRUNC or SNAP, then the missing history,
 * NEWLEADER, UPTODATE. Source: Learner.syncWithLeader.
 *
 * NEWLEADER is several steps, each a point at which the server may die: write the
 * snapshot, make the history durable, write currentEpoch, acknowledge. In the
 * profile `fixed` they come in the order of 3.9.4 (history, epoch, ACK, the
 * processors only at UPTODATE). With the switches `epochBeforeLog` and
 * `ackNewLeaderBeforeFsync` (3.8.0) the epoch is written first, the processors
 * start, and the history is given to SyncRequestProcessor, which acknowledges
 * each of its txns by itself.
 */
import { epochOf, makeZxid, NO_ZXID, type Sid, type Zxid } from '../../../zk/ids';
import type { QuorumPacket } from '../../../zk/packets';
import type { LoggedTxn } from '../../../zk/records';
import { removeSnapshotsAbove, writeSnapshot } from '../../database/snapshot';
import { appendTxn, commitLog, lastLoggedZxid, truncateLog } from '../../database/txnLog';
import {
  applyTxn,
  clearDatabase,
  imageOf,
  lastProcessedZxid,
  restoreImage,
  setLastProcessedZxid,
} from '../../database/zkDatabase';
import { loadDatabase } from '../../database/recovery';
import { failsToAppend } from '../diskFault';
import { diskReport, type LearnerState, type Server } from '../machine';
import { writeConfigNode } from '../peer/configNode';
import { setCurrentEpoch, setZabState } from './discovery';
import {
  configFromString,
  processReconfig,
  setLastSeenQuorumVerifier,
  verifierOfTxn,
} from '../reconfig/configuration';
import { commitProposal, logProposal, noteProposedReconfig } from './follower';

const EXIT_QUORUM_PACKET = 13;

/** Something to write to the disk before the thread goes on; what is behind it is `continueAfterDisk`. */
type Write = 'snapshot' | 'history' | 'currentEpoch';

/** Handles one packet; returns the write that it waits for, if any. */
export function onSyncPacket(
  s: Server,
  learner: LearnerState,
  packet: QuorumPacket,
): Write | undefined {
  if (learner.phase === 'syncMode') {
    begin(s, learner, packet);
    return undefined;
  }
  switch (packet.kind) {
    case 'PROPOSAL':
      onProposal(s, learner, packet.entry);
      return undefined;
    case 'COMMIT':
      onCommit(s, learner, packet.zxid);
      return undefined;
    case 'COMMITANDACTIVATE':
      onCommitAndActivate(s, learner, packet.zxid, packet.designatedLeader);
      return undefined;
    case 'NEWLEADER':
      learner.newLeaderSeen = true;
      if (packet.config !== undefined) {
        learner.newLeaderVerifier = configFromString(packet.config);
        setLastSeenQuorumVerifier(s, learner.newLeaderVerifier);
      }
      return learner.snapshotNeeded ? 'snapshot' : afterSnapshot(s, learner);
    case 'UPTODATE':
      onUpToDate(s, learner);
      return undefined;
    case 'PING':
      // Between NEWLEADER and UPTODATE it is read and not answered.
      s.fx.describe({ idle: true });
      return undefined;
    default:
      s.fx.trace({ type: 'violation', name: 'unexpectedPacket', kind: packet.kind });
      return undefined;
  }
}

function begin(s: Server, learner: LearnerState, packet: QuorumPacket): void {
  learner.phase = 'syncing';
  const { db, disk } = s.state;
  if (packet.kind === 'DIFF') {
    s.state.syncMode = 'DIFF';
  } else if (packet.kind === 'SNAP') {
    s.state.syncMode = 'SNAP';
    clearDatabase(db);
    restoreImage(db, packet.image);
    setLastProcessedZxid(db, packet.zxid);
    learner.snapshotNeeded = true;
    learner.syncSnapshot = true;
  } else if (packet.kind === 'TRUNC') {
    s.state.syncMode = 'TRUNC';
    if (!truncate(s, packet.zxid)) {
      s.fx.exit(
        EXIT_QUORUM_PACKET,
        `Not able to truncate the log to 0x${packet.zxid.toString(16)}`,
      );
      return;
    }
    learner.snapshotNeeded = true;
  } else {
    s.fx.exit(EXIT_QUORUM_PACKET, `Got unexpected packet from leader: ${packet.kind}`);
    return;
  }
  writeConfigNode(s);
  // TRUNC has put another database in the place of the one before.
  const zxid = lastProcessedZxid(s.state.db);
  learner.lastQueued = zxid;
  s.fx.trace({
    type: 'load',
    name: packet.kind,
    zxid,
    detail: { lastLogged: lastLoggedZxid(disk) },
  });
  s.fx.touch('role');
  s.fx.touch('tree');
  s.fx.touch('sessions');
  s.fx.touch('log');
}

/**
 * Cuts the log and builds the tree anew from what is left. A snapshot above the
 * cut holds what the leader never had, so it goes too.
 */
function truncate(s: Server, zxid: Zxid): boolean {
  const { disk } = s.state;
  if (!truncateLog(disk, diskReport(s), zxid)) return false;
  removeSnapshotsAbove(disk, diskReport(s), zxid);
  s.fx.trace({ type: 'truncate', zxid });
  const loaded = loadDatabase(disk, diskReport(s), s.state.spec.config.commitLogCount);
  if ('error' in loaded) return false;
  s.state.db = loaded.db;
  // The state is the one the leader named, whether or not a record ends just there.
  setLastProcessedZxid(s.state.db, zxid);
  return true;
}

function onProposal(s: Server, learner: LearnerState, entry: LoggedTxn): void {
  const { zxid } = entry.hdr;
  const isGap = epochOf(zxid) === epochOf(learner.lastQueued) && zxid !== learner.lastQueued + 1;
  // 3.8.0 goes on, with a warning.
  if (isGap && !s.state.switches.epochBeforeLog) {
    s.hand.leaveRole(s, 'a proposal is missing in the history of the leader');
    return;
  }
  learner.lastQueued = zxid;
  noteProposedReconfig(s, entry);
  learner.packetsNotCommitted.push(entry);
  s.fx.touch('pendingTxns');
}

function onCommitAndActivate(s: Server, learner: LearnerState, zxid: Zxid, designated: Sid): void {
  const entry = learner.packetsNotCommitted.find((one) => one.hdr.zxid === zxid);
  const verifier = entry === undefined ? undefined : verifierOfTxn(entry);
  if (verifier !== undefined && processReconfig(s, verifier, designated, zxid)) {
    s.hand.leaveRole(s, 'changes proposed in reconfig');
    return;
  }
  onCommit(s, learner, zxid);
}

/** SNAP and TRUNC apply at once to the tree that is being rebuilt; DIFF waits for NEWLEADER. */
function onCommit(s: Server, learner: LearnerState, zxid: Zxid): void {
  if (learner.snapshotNeeded && !learner.newLeaderSeen) {
    const head = learner.packetsNotCommitted[0];
    if (head?.hdr.zxid !== zxid) {
      s.fx.trace({ type: 'violation', name: 'commitInconsistent', zxid });
      return;
    }
    learner.packetsNotCommitted.shift();
    applyDirectly(s, head);
    return;
  }
  learner.packetsCommitted.push(zxid);
}

function applyDirectly(s: Server, entry: LoggedTxn): void {
  applyTxn(s.state.db, entry);
  traceApply(s, entry);
  s.fx.touch('tree');
  s.fx.touch('sessions');
  s.fx.touch('role');
}

function traceApply(s: Server, entry: LoggedTxn): void {
  const { clientId: sessionId, cxid, type: op, zxid } = entry.hdr;
  s.fx.trace({ type: 'apply', name: 'sync', zxid, request: { sessionId, cxid, op } });
}

/** One write of NEWLEADER is done; returns the next one. */
export function continueAfterDisk(
  s: Server,
  learner: LearnerState,
  what: string,
): Write | undefined {
  if (what === 'snapshot') {
    const image = imageOf(s.state.db);
    writeSnapshot(s.state.disk, diskReport(s), image, learner.syncSnapshot);
    if (!learner.syncSnapshot) commitLog(s.state.disk, diskReport(s));
    s.fx.trace({ type: 'snapshot', name: 'durable', zxid: image.zxid });
    s.fx.touch('log');
    s.fx.touch('role');
    learner.snapshotNeeded = false;
    return afterSnapshot(s, learner);
  }
  if (what === 'history') {
    commitLog(s.state.disk, diskReport(s));
    s.fx.traceRequest('fsync', undefined, lastLoggedZxid(s.state.disk));
    s.fx.touch('log');
    return 'currentEpoch';
  }
  setCurrentEpoch(s, learner.newEpoch);
  afterEpoch(s, learner);
  return undefined;
}

/** Undefined: the history could not be logged, and the role is over. */
function afterSnapshot(s: Server, learner: LearnerState): Write | undefined {
  if (s.state.switches.epochBeforeLog) return 'currentEpoch';
  const write = logCommittedHistory(s, learner) ? 'history' : 'currentEpoch';
  return s.state.learner === learner ? write : undefined;
}

/**
 * Appends and applies what is known to be committed; what is not stays queued
 * until UPTODATE. True when there is something to force to disk.
 */
function logCommittedHistory(s: Server, learner: LearnerState): boolean {
  const committed = learner.packetsCommitted.length;
  for (let i = 0; i < committed; i += 1) {
    const entry = learner.packetsNotCommitted[0];
    if (entry === undefined || entry.hdr.zxid !== learner.packetsCommitted[0]) {
      s.hand.leaveRole(s, 'a commit of the history has no proposal');
      return false;
    }
    if (failsToAppend(s)) {
      s.hand.leaveRole(s, 'IOException while writing the history');
      return false;
    }
    learner.packetsNotCommitted.shift();
    learner.packetsCommitted.shift();
    appendTxn(s.state.disk, diskReport(s), entry);
    const { clientId: sessionId, cxid, type: op, zxid } = entry.hdr;
    s.fx.trace({ type: 'append', zxid, request: { sessionId, cxid, op } });
    s.fx.touch('log');
    applyDirectly(s, entry);
  }
  return committed > 0;
}

function afterEpoch(s: Server, learner: LearnerState): void {
  s.state.syncMode = 'NONE';
  if (s.state.switches.ackNewLeaderBeforeFsync) {
    s.hand.startServing(s);
    const history = learner.packetsNotCommitted;
    learner.packetsNotCommitted = [];
    for (const entry of history) logProposal(s, learner, entry);
  }
  sendEpochAck(s, learner, 'NEWLEADER');
}

/** NEWLEADER and UPTODATE are acknowledged alike, by the first zxid of the epoch. */
function sendEpochAck(s: Server, learner: LearnerState, name: 'NEWLEADER' | 'UPTODATE'): void {
  const zxid = makeZxid(learner.newEpoch, 0);
  s.fx.trace({ type: 'ack', name, sid: s.state.sid, zxid });
  s.hand.toLeader(s, { kind: 'ACK', zxid });
}

/**
 * Clients may come. What arrived since NEWLEADER enters the processors in its order.
 * Left out: in 3.8.0 a SyncThread that died since NEWLEADER is forgotten here, and
 * the follower goes on without one; ours leaves after its next packet.
 */
function onUpToDate(s: Server, learner: LearnerState): void {
  const { newLeaderVerifier } = learner;
  if (newLeaderVerifier !== undefined && processReconfig(s, newLeaderVerifier, undefined)) {
    s.hand.leaveRole(s, 'changes proposed in reconfig');
    return;
  }
  sendEpochAck(s, learner, 'UPTODATE');
  learner.phase = 'BROADCAST';
  // The leader is established, and this tree is a part of its history.
  learner.lastCommitted = lastProcessedZxid(s.state.db);
  if (s.state.zks === undefined) s.hand.startServing(s);
  else s.state.zks.serving = true;
  setZabState(s, 'BROADCAST');
  s.hand.updateElectionVote(s, learner.newEpoch);
  s.fx.trace({ type: 'serving', epoch: learner.newEpoch });
  s.fx.touch('role');
  const { packetsNotCommitted, packetsCommitted } = learner;
  learner.packetsNotCommitted = [];
  learner.packetsCommitted = [];
  for (const entry of packetsNotCommitted) logProposal(s, learner, entry);
  for (const zxid of packetsCommitted) commitProposal(s, learner, zxid);
  learner.lastQueued = packetsNotCommitted.at(-1)?.hdr.zxid ?? NO_ZXID;
}
