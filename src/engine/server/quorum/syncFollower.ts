/**
 * How the leader brings a learner to its own state: DIFF from committedLog, TRUNC
 * of what the learner has too much, or SNAP. Decision and the start of the live
 * forwarding are one step, so nothing falls between them.
 *
 * Source: LearnerHandler.syncFollower, queueCommittedProposals.
 * Left out: synchronisation from the txn log on disk (such a learner gets SNAP),
 * throttling of concurrent synchronisations.
 */
import { counterOf, epochOf, makeZxid, type Zxid } from '../../../zk/ids';
import type { QuorumPacket } from '../../../zk/packets';
import {
  committedSince,
  imageOf,
  lastProcessedZxid,
  maxCommittedLog,
  minCommittedLog,
} from '../../database/zkDatabase';
import type { LeaderState, LearnerHandler, Server } from '../machine';
import { proposedRequest } from '../request';
import { queuePacket, startForwarding } from './leader';

export function syncFollower(s: Server, leader: LeaderState, handler: LearnerHandler): void {
  const { db } = s.state;
  const last = lastProcessedZxid(db);
  const peer = handler.peerLastZxid;
  const hasLog = db.committedLog.length > 0;
  const min = hasLog ? minCommittedLog(db) : last;
  const max = hasLog ? maxCommittedLog(db) : last;

  let currentZxid: Zxid | undefined;
  if (last === peer) {
    choose(s, handler, 'DIFF', peer);
    currentZxid = peer;
  } else if (peer > max && epochOf(peer) === leader.epoch && counterOf(peer) !== 0) {
    currentZxid = keepCommitted(s, leader, handler);
  } else if (peer > max && counterOf(peer) !== 0) {
    choose(s, handler, 'TRUNC', max);
    currentZxid = max;
  } else if (min <= peer && peer <= max && hasLog) {
    currentZxid = walkCommittedLog(s, handler, peer, max);
  }
  if (currentZxid === undefined) {
    sendSnapshot(s, handler);
    currentZxid = last;
  }
  startForwarding(s, leader, handler, currentZxid);
}

function choose(
  s: Server,
  handler: LearnerHandler,
  mode: 'DIFF' | 'TRUNC' | 'SNAP',
  zxid: Zxid,
): void {
  handler.syncMode = mode;
  s.fx.trace({
    type: 'syncMode',
    thread: `LearnerHandler-${handler.sid}`,
    name: mode,
    sid: handler.sid,
    zxid,
    detail: { peerLastZxid: handler.peerLastZxid },
  });
  if (mode !== 'SNAP') queuePacket(s, handler, { kind: mode, zxid });
}

/**
 * The learner is ahead of this leader's tree with txns of this leader: the commits that are still
 * to be applied here stay in its log, only what is outstanding is cut and sent again. Its old acks
 * of that are void, since the cut takes away what they promised.
 *
 * Differs: ZooKeeper cuts down to committedLog, commits not yet applied at the leader included, and
 * goes on counting the old acks.
 */
function keepCommitted(s: Server, leader: LeaderState, handler: LearnerHandler): Zxid {
  const peer = handler.peerLastZxid;
  if (peer <= leader.lastCommitted) {
    choose(s, handler, 'DIFF', peer);
    return peer;
  }
  choose(s, handler, 'TRUNC', leader.lastCommitted);
  for (const { acks } of leader.outstandingProposals) {
    const place = acks.indexOf(handler.sid);
    if (place >= 0) acks.splice(place, 1);
  }
  s.fx.touch('ledger');
  return leader.lastCommitted;
}

/**
 * Queues what the learner lacks; returns the last zxid queued, or undefined when
 * the learner has a txn of another epoch here that nobody knows: it needs SNAP.
 */
function walkCommittedLog(
  s: Server,
  handler: LearnerHandler,
  peer: Zxid,
  max: Zxid,
): Zxid | undefined {
  const isPeerNewEpoch = counterOf(peer) === 0;
  let previous: Zxid | undefined;
  let hasChosen = false;
  let lastQueued = peer;
  for (const entry of committedSince(s.state.db, makeZxid(0, 0))) {
    const { zxid } = entry.hdr;
    if (zxid < peer) {
      previous = zxid;
      continue;
    }
    if (!hasChosen) {
      hasChosen = true;
      if (zxid === peer) {
        choose(s, handler, 'DIFF', max);
        continue;
      }
      if (isPeerNewEpoch) choose(s, handler, 'DIFF', max);
      else {
        if (previous === undefined || epochOf(zxid) !== epochOf(peer)) return undefined;
        choose(s, handler, 'TRUNC', previous);
      }
    }
    const { ref } = proposedRequest(entry, s.fx.head);
    queuePacket(s, handler, { kind: 'PROPOSAL', zxid, entry }, ref);
    queuePacket(s, handler, { kind: 'COMMIT', zxid }, ref);
    lastQueued = zxid;
  }
  if (!hasChosen) {
    if (!isPeerNewEpoch) return undefined;
    choose(s, handler, 'DIFF', max);
  }
  return lastQueued;
}

/** The tree as it is now, straight to the socket, ahead of everything queued. */
function sendSnapshot(s: Server, handler: LearnerHandler): void {
  handler.queuedPackets = [];
  const zxid = lastProcessedZxid(s.state.db);
  choose(s, handler, 'SNAP', zxid);
  const packet: QuorumPacket = { kind: 'SNAP', zxid, image: imageOf(s.state.db) };
  s.fx.send(handler.conn, packet);
}
