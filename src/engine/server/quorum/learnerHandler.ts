/**
 * LearnerHandler: the leader's end of one learner. A reader that goes through
 * the handshake and then takes packets, and a Sender that writes queuedPackets.
 *
 * While the reader waits for a quorum it reads nothing. Source: LearnerHandler.java.
 * Differs: a learner that connects anew ends its older handler at once.
 */
import type { ConnId } from '../../../bridge/names';
import { epochOf, makeZxid, NO_ZXID, type SessionId, type Sid } from '../../../zk/ids';
import type { QuorumPacket } from '../../../zk/packets';
import { verifierText } from '../../../zk/quorumVerifier';
import type { LeaderState, LearnerHandler, Server, Thread } from '../machine';
import { learnerRequest } from '../request';
import { isReconfigEnabled } from '../reconfig/verifiers';
import { checkRevalidation } from '../sessions/revalidation';
import {
  armTimer,
  block,
  handlerTimer,
  learnerHandlerName,
  senderName,
  serviceTime,
  threadOf,
  unblock,
} from '../threads';
import { ackEpoch, ackNewLeader, proposeEpoch } from './discovery';
import { dropHandler, forgetHandler, queuePacket } from './leader';
import { syncFollower } from './syncFollower';

export function onLearnerConnect(s: Server, leader: LeaderState, conn: ConnId, sid: Sid): void {
  const older = leader.handlers[sid];
  if (older !== undefined) dropHandler(s, leader, older, 'connected anew');
  leader.handlersMade += 1;
  const { initLimit, syncLimit } = s.state.spec.config;
  leader.handlers[sid] = {
    sid,
    conn,
    owner: `${sid}/${leader.handlersMade}`,
    phase: 'FOLLOWERINFO',
    queuedPackets: [],
    sending: undefined,
    senderStarted: false,
    forwarding: false,
    syncMode: undefined,
    peerLastZxid: NO_ZXID,
    lastAckZxid: NO_ZXID,
    tickOfNextAckDeadline: leader.tick + initLimit + syncLimit,
    limitCurrent: undefined,
    limitNext: undefined,
  };
  s.state.quorumConns[conn] = sid;
  s.fx.accept(conn);
  armReadTimeout(s, leader.handlers[sid] as LearnerHandler);
  s.fx.touch('learners');
}

/** Socket read timeout: initLimit until the NEWLEADER ack, syncLimit afterwards. */
function armReadTimeout(s: Server, handler: LearnerHandler): void {
  const { initLimit, syncLimit, tickTime } = s.state.spec.config;
  const limit = handler.phase === 'FORWARDING' ? syncLimit : initLimit;
  armTimer(s, readerOf(handler), handlerTimer(handler.sid), limit * tickTime * 1000);
}

function readerOf(handler: LearnerHandler): string {
  return learnerHandlerName(handler.sid);
}

/** It reads nothing until a quorum is there; that wait, too, has initLimit. */
function waitForQuorum(
  s: Server,
  handler: LearnerHandler,
  phase: 'waitEpoch' | 'waitEpochAck' | 'waitNewLeader',
): void {
  handler.phase = phase;
  block(s, readerOf(handler));
}

/** The wait is over: it reads what came meanwhile, and the next read has its full time. */
function readOn(
  s: Server,
  handler: LearnerHandler,
  phase: 'ACKEPOCH' | 'NEWLEADER' | 'FORWARDING',
): void {
  handler.phase = phase;
  armReadTimeout(s, handler);
  unblock(s, readerOf(handler));
}

/** The reader takes one packet. */
export function onLearnerPacket(
  s: Server,
  leader: LeaderState,
  handler: LearnerHandler,
  packet: QuorumPacket,
): void {
  const { sid } = handler;
  armReadTimeout(s, handler);
  s.fx.touch('learners');
  if (handler.phase === 'FORWARDING') {
    handleForwarding(s, leader, handler, packet);
  } else if (handler.phase === 'FOLLOWERINFO' && packet.kind === 'FOLLOWERINFO') {
    if ((packet.configVersion ?? 0) > s.state.quorumVerifier.version) {
      dropHandler(
        s,
        leader,
        handler,
        'Follower is ahead of the leader (has a later activated configuration)',
      );
      return;
    }
    waitForQuorum(s, handler, 'waitEpoch');
    proposeEpoch(s, leader, sid, epochOf(packet.zxid));
    if (leader.phase !== 'epoch' && s.state.acceptedEpoch === leader.epoch) {
      sendLeaderInfo(s, leader, handler);
    }
  } else if (handler.phase === 'ACKEPOCH' && packet.kind === 'ACKEPOCH') {
    handler.peerLastZxid = packet.zxid;
    waitForQuorum(s, handler, 'waitEpochAck');
    const verdict = ackEpoch(s, leader, sid, packet.currentEpoch, packet.zxid);
    if (verdict === 'refuse') {
      dropHandler(s, leader, handler, 'Follower is ahead of the leader');
    } else if (verdict === 'go') releaseEpochAck(s, leader);
  } else if (handler.phase === 'NEWLEADER' && packet.kind === 'ACK') {
    waitForQuorum(s, handler, 'waitNewLeader');
    handler.lastAckZxid = packet.zxid;
    ackNewLeader(s, leader, sid, packet.zxid);
    if (leader.phase === 'broadcast') releaseNewLeader(s, leader);
  } else dropHandler(s, leader, handler, `unexpected ${packet.kind}`);
}

/** The epoch is on the leader's disk: everybody who waits hears it. */
export function releaseEpoch(s: Server, leader: LeaderState): void {
  for (const handler of Object.values(leader.handlers)) {
    if (handler.phase === 'waitEpoch') sendLeaderInfo(s, leader, handler);
  }
}

function sendLeaderInfo(s: Server, leader: LeaderState, handler: LearnerHandler): void {
  s.fx.send(handler.conn, { kind: 'LEADERINFO', zxid: makeZxid(leader.epoch, 0) });
  s.fx.touch('learners');
  readOn(s, handler, 'ACKEPOCH');
}

/** A quorum acknowledged the epoch: every waiting learner is synchronised, each in one step. */
export function releaseEpochAck(s: Server, leader: LeaderState): void {
  for (const handler of Object.values(leader.handlers)) {
    if (handler.phase !== 'waitEpochAck') continue;
    syncFollower(s, leader, handler);
    // NEWLEADER stands behind all queued history and behind the snapshot.
    queuePacket(s, handler, newLeaderPacket(s, leader));
    handler.senderStarted = true;
    threadOf(s.state, senderName(handler.sid));
    s.hand.kick(s, senderName(handler.sid));
    readOn(s, handler, 'NEWLEADER');
  }
}

function newLeaderPacket(s: Server, leader: LeaderState): QuorumPacket {
  const packet: QuorumPacket = { kind: 'NEWLEADER', zxid: makeZxid(leader.epoch, 0) };
  if (isReconfigEnabled(s.state)) packet.config = verifierText(s.state.lastSeenQuorumVerifier);
  return packet;
}

/** The leader serves: learners that acknowledged NEWLEADER are up to date. */
export function releaseNewLeader(s: Server, leader: LeaderState): void {
  for (const handler of Object.values(leader.handlers)) {
    if (handler.phase !== 'waitNewLeader') continue;
    queuePacket(s, handler, { kind: 'UPTODATE', zxid: NO_ZXID });
    readOn(s, handler, 'FORWARDING');
  }
}

function handleForwarding(
  s: Server,
  leader: LeaderState,
  handler: LearnerHandler,
  packet: QuorumPacket,
): void {
  handler.tickOfNextAckDeadline = leader.tick + s.state.spec.config.syncLimit;
  switch (packet.kind) {
    case 'ACK':
      handler.lastAckZxid = packet.zxid;
      updateSyncLimit(handler, packet.zxid);
      s.hand.processAck(s, handler.sid, packet.zxid);
      return;
    case 'PING':
      s.fx.describe({ idle: true });
      for (const [id, timeoutMs] of packet.touched ?? []) s.hand.touch(s, id, timeoutMs);
      return;
    case 'REVALIDATE':
      revalidate(s, handler, packet.sessionId, packet.timeOut ?? 0);
      return;
    case 'REQUEST': {
      const { sessionId, cxid, body, authInfo } = packet;
      const { owner, sid } = handler;
      const request = learnerRequest(sessionId, cxid, body, owner, sid, s.fx.head, authInfo);
      s.fx.describeWork(undefined, request.ref);
      s.hand.submitLearnerRequest(s, request);
      return;
    }
    default:
      s.fx.trace({ type: 'violation', name: 'unexpectedPacket', kind: packet.kind });
  }
}

function revalidate(
  s: Server,
  handler: LearnerHandler,
  sessionId: SessionId,
  timeoutMs: number,
): void {
  const valid = checkRevalidation(s, sessionId, timeoutMs, handler.owner);
  queuePacket(s, handler, { kind: 'REVALIDATE', sessionId, valid });
}

/** The oldest unacked proposal that the Sender wrote, and the newest behind it. */
function updateSyncLimit(handler: LearnerHandler, acked: number): void {
  if (handler.limitCurrent !== undefined && acked >= handler.limitCurrent.zxid) {
    const next = handler.limitNext;
    handler.limitNext = undefined;
    handler.limitCurrent = next !== undefined && next.zxid > acked ? next : undefined;
  }
}

/* ---- Sender ---- */

export function takeSender(s: Server, thread: Thread): number | undefined {
  const handler = s.state.leader?.handlers[thread.index];
  const next = handler?.queuedPackets.shift();
  if (handler === undefined || next === undefined) return undefined;
  handler.sending = next;
  thread.cause = next.cause;
  thread.doing = next.packet.kind;
  return serviceTime(s, thread.name, s.state.spec.timing.processor / 4);
}

/** Writes one packet. */
export function doSender(s: Server, thread: Thread): void {
  const handler = s.state.leader?.handlers[thread.index];
  const sending = handler?.sending;
  if (handler === undefined || sending === undefined) return;
  const { packet, request } = sending;
  handler.sending = undefined;
  s.fx.touch('learners');
  // What went out before NEWLEADER was acknowledged is acknowledged by that.
  if (packet.kind === 'PROPOSAL' && handler.phase === 'FORWARDING') {
    const mark = { zxid: packet.zxid, at: s.fx.now };
    if (handler.limitCurrent === undefined) handler.limitCurrent = mark;
    else handler.limitNext = mark;
  }
  const idle = packet.kind === 'PING' ? true : undefined;
  const zxid = 'zxid' in packet ? packet.zxid : undefined;
  s.fx.describeWork(undefined, request, zxid, undefined, packet.kind, idle);
  s.fx.send(handler.conn, packet, { thread: thread.name, request, idle });
}

export function onLearnerGone(s: Server, leader: LeaderState, handler: LearnerHandler): void {
  forgetHandler(s, leader, handler);
}

/** The learner was silent, or a quorum missing, for too long. */
export function onHandlerTimeout(s: Server, leader: LeaderState, sid: Sid): void {
  const handler = leader.handlers[sid];
  // The quorum is there and acceptedEpoch on its way to the disk: that wait has no limit.
  if (handler?.phase === 'waitEpoch' && leader.phase !== 'epoch') return;
  if (handler !== undefined) dropHandler(s, leader, handler, 'Read timed out');
}
