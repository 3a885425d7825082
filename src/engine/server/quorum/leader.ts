/**
 * Leader: the ledger of outstanding proposals, what commits them, and the tick
 * loop that watches the quorum.
 *
 * Invariant: outstandingProposals is in zxid order without a gap, so the zxid
 * committed next is always its head. Source: Leader.java (propose, processAck,
 * tryToCommit, processSync, startForwarding, lead).
 */
import { assert } from '../../../base/assert';
import type { RequestRef, TraceDraft } from '../../../bridge/traceEntry';
import { COUNTER_MAX, counterOf, makeZxid, type Sid, type Zxid } from '../../../zk/ids';
import type { QuorumPacket } from '../../../zk/packets';
import type { LoggedTxn } from '../../../zk/records';
import { changesBesides } from '../pipeline/txnChanges';
import { proposalSize } from './proposalSize';
import type { LeaderState, LearnerHandler, Proposal, Request, Server } from '../machine';
import {
  processReconfig,
  setLastSeenQuorumVerifier,
  verifierOfTxn,
} from '../reconfig/configuration';
import { designatedLeader } from '../reconfig/designatedLeader';
import { isQuorum, nextVerifier } from '../reconfig/verifiers';
import { handlerTimer, learnerHandlerName, senderName } from '../threads';

const TICK_TIMER = 'leader.tick';

/** To the learners that get live traffic, by ascending sid. */
function forward(s: Server, leader: LeaderState, packet: QuorumPacket, request: RequestRef): void {
  for (const sid in leader.handlers) {
    const handler = leader.handlers[sid as unknown as Sid] as LearnerHandler;
    if (handler.forwarding) queuePacket(s, handler, packet, request);
  }
}

/** Puts a packet into a handler's queuedPackets; its Sender writes it in time. */
export function queuePacket(
  s: Server,
  handler: LearnerHandler,
  packet: QuorumPacket,
  request?: RequestRef,
): void {
  handler.queuedPackets.push({ packet, cause: s.fx.head, request });
  s.fx.touch('learners');
  if (handler.senderStarted) s.hand.kick(s, senderName(handler.sid));
}

/** The counter is used up: the leader steps down rather than propose. */
export function propose(s: Server, leader: LeaderState, request: Request): void {
  if (counterOf(request.zxid) === COUNTER_MAX) {
    s.hand.leaveRole(s, 'zxid lower 32 bits have rolled over, forcing re-election');
    return;
  }
  const last = leader.outstandingProposals.at(-1);
  assert(last === undefined || last.zxid + 1 === request.zxid, 'proposals come in zxid order');
  const made = verifierOfTxn(request.entry as LoggedTxn);
  if (made !== undefined) setLastSeenQuorumVerifier(s, made);
  leader.outstandingProposals.push(newProposal(s, request));
  leader.lastProposed = request.zxid;
  noteProposal(s, request.entry as LoggedTxn);
  const draft: TraceDraft = {
    type: 'propose',
    thread: 'ProposalRequestProcessor',
    request: request.ref,
    zxid: request.zxid,
    epoch: leader.epoch,
  };
  const changes = changesBesides(request.ref, request.entry?.txn);
  if (changes !== undefined) draft.changes = changes;
  s.fx.trace(draft);
  s.fx.touch('ledger');
  const packet: QuorumPacket = {
    kind: 'PROPOSAL',
    zxid: request.zxid,
    entry: request.entry as LoggedTxn,
  };
  forward(s, leader, packet, request.ref);
}

/** Acks of NEWLEADER and UPTODATE (counter 0), of the committed and of the unknown are ignored. */
export function processAck(s: Server, leader: LeaderState, sid: Sid, zxid: Zxid): void {
  const first = leader.outstandingProposals[0];
  if (counterOf(zxid) === 0 || first === undefined || leader.lastCommitted >= zxid) return;
  if (!leader.allowedToCommit) return;
  const proposal = leader.outstandingProposals[zxid - first.zxid];
  if (proposal === undefined || proposal.acks.includes(sid)) return;
  const { reconfig } = proposal;
  const { voters } = reconfig?.before ?? s.state.quorumVerifier;
  if (voters.includes(sid)) addAck(proposal.acks, sid);
  if (reconfig?.next.voters.includes(sid) && !reconfig.acks.includes(sid)) {
    addAck(reconfig.acks, sid);
  }
  s.fx.touch('ledger');
  let committed: Proposal | undefined = proposal;
  // What stands behind a reconfig may have its quorums already, and nobody acknowledges it again.
  while (committed !== undefined && tryToCommit(s, leader, committed)) {
    committed = committed.reconfig === undefined ? undefined : leader.outstandingProposals[0];
  }
}

/** Kept in the order of the sids, as the ledger shows them. */
function addAck(acks: Sid[], sid: Sid): void {
  let i = acks.length;
  for (; i > 0 && (acks[i - 1] as Sid) > sid; i -= 1) acks[i] = acks[i - 1] as Sid;
  acks[i] = sid;
}

function newProposal(s: Server, request: Request): Proposal {
  const proposal = { request, zxid: request.zxid, acks: [] };
  const next = nextVerifier(s.state);
  if (next === undefined) return proposal;
  return { ...proposal, reconfig: { before: s.state.quorumVerifier, next, acks: [] } };
}

/** By a quorum of each membership that counts for it. */
function hasAllQuorums(s: Server, { acks, reconfig }: Proposal): boolean {
  if (reconfig === undefined) return acks.length >= s.state.quorumVerifier.quorum;
  return acks.length >= reconfig.before.quorum && reconfig.acks.length >= reconfig.next.quorum;
}

/** Source: Leader.propose, BufferStats. */
function noteProposal(s: Server, entry: LoggedTxn): void {
  const proposals = s.state.zks?.stats.proposals;
  if (proposals === undefined) return;
  const size = proposalSize(entry);
  proposals.last = size;
  if (size > proposals.max) proposals.max = size;
  if (proposals.min < 0 || size < proposals.min) proposals.min = size;
}

/** Whether it is committed now. */
function tryToCommit(s: Server, leader: LeaderState, proposal: Proposal): boolean {
  if (!leader.allowedToCommit || leader.outstandingProposals[0] !== proposal) return false;
  if (!hasAllQuorums(s, proposal)) return false;
  const { zxid, request } = proposal;
  leader.outstandingProposals.shift();
  leader.toBeApplied.push(proposal);
  leader.lastCommitted = zxid;
  s.fx.trace({ type: 'commit', request: request.ref, zxid, epoch: leader.epoch });
  s.fx.touch('ledger');
  s.fx.touch('role');
  s.fx.touch('log');
  const packet = activate(s, leader, proposal) ?? { kind: 'COMMIT', zxid };
  forward(s, leader, packet, request.ref);
  s.hand.commit(s, request);
  const syncs = leader.pendingSyncs[zxid] ?? [];
  delete leader.pendingSyncs[zxid];
  for (const sync of syncs) sendSync(s, leader, sync);
  return true;
}

/** A reconfig is in force once it is committed; its learners hear by whom they are led then. Undefined: it is none. */
function activate(s: Server, leader: LeaderState, proposal: Proposal): QuorumPacket | undefined {
  const { request, reconfig, zxid } = proposal;
  if (reconfig === undefined || request.entry?.txn.type !== 'reconfig') return undefined;
  const { next, acks } = reconfig;
  const designated = designatedLeader(s.state.sid, next, acks, leader.outstandingProposals);
  processReconfig(s, next, designated, s.state.zks?.hzxid);
  if (designated !== s.state.sid) leader.allowedToCommit = false;
  return { kind: 'COMMITANDACTIVATE', zxid, designatedLeader: designated };
}

/** A learner's sync: answered at once, or behind the COMMIT of what was proposed before it. */
export function processSync(s: Server, leader: LeaderState, request: Request): void {
  if (leader.outstandingProposals.length === 0) {
    sendSync(s, leader, request);
    return;
  }
  const waiting = leader.pendingSyncs[leader.lastProposed];
  if (waiting === undefined) leader.pendingSyncs[leader.lastProposed] = [request];
  else waiting.push(request);
}

function sendSync(s: Server, leader: LeaderState, request: Request): void {
  const handler = leader.handlers[request.syncFrom as Sid];
  // The handler may be gone, and a newer one does not know this sync.
  if (handler?.owner !== request.owner) return;
  queuePacket(s, handler, { kind: 'SYNC', zxid: makeZxid(0, 0) }, request.ref);
}

/** From here on this learner gets everything; what it lacks of the present is queued first. */
export function startForwarding(
  s: Server,
  leader: LeaderState,
  handler: LearnerHandler,
  lastSeen: Zxid,
): void {
  for (const proposal of leader.toBeApplied) {
    if (proposal.zxid <= lastSeen) continue;
    queueProposal(s, handler, proposal);
    const commit: QuorumPacket = { kind: 'COMMIT', zxid: proposal.zxid };
    queuePacket(s, handler, commit, proposal.request.ref);
  }
  for (const proposal of leader.outstandingProposals) {
    if (proposal.zxid > lastSeen) queueProposal(s, handler, proposal);
  }
  handler.forwarding = true;
}

function queueProposal(s: Server, handler: LearnerHandler, proposal: Proposal): void {
  const entry = proposal.request.entry as LoggedTxn;
  const packet: QuorumPacket = { kind: 'PROPOSAL', zxid: proposal.zxid, entry };
  queuePacket(s, handler, packet, proposal.request.ref);
}

export function startTicking(s: Server): void {
  s.fx.setTimer(TICK_TIMER, halfTick(s));
}

function halfTick(s: Server): number {
  return (s.state.spec.config.tickTime * 1000) / 2;
}

/** Every half tick: look at oneself and at the quorum, ping everybody. */
export function onLeaderTick(s: Server, leader: LeaderState): void {
  s.fx.describe({ idle: true });
  if (!leader.tickSkip) leader.tick += 1;
  if (s.state.zks?.failed === true) {
    s.fx.describe({ idle: undefined });
    s.hand.leaveRole(s, 'Unexpected internal error');
    return;
  }
  if (!leader.tickSkip) {
    const synced = Object.values(leader.handlers).filter((handler) => isSynced(leader, handler));
    if (!isQuorum(s.state, [s.state.sid, ...synced.map(({ sid }) => sid)])) {
      s.fx.describe({ idle: undefined });
      s.hand.leaveRole(s, 'Not sufficient followers synced');
      return;
    }
  }
  leader.tickSkip = !leader.tickSkip;
  for (const handler of Object.values(leader.handlers)) ping(s, leader, handler);
  s.fx.setTimer(TICK_TIMER, halfTick(s));
}

function isSynced(leader: LeaderState, handler: LearnerHandler): boolean {
  return leader.tick <= handler.tickOfNextAckDeadline;
}

/** No pings before the Sender exists; a learner that left its oldest proposal unacked too long is dropped. */
function ping(s: Server, leader: LeaderState, handler: LearnerHandler): void {
  if (!handler.senderStarted) return;
  const { syncLimit, tickTime } = s.state.spec.config;
  const oldest = handler.limitCurrent;
  if (oldest !== undefined && s.fx.now - oldest.at >= syncLimit * tickTime * 1000) {
    s.fx.describe({ idle: undefined });
    dropHandler(s, leader, handler, 'Closing connection to peer due to transaction timeout');
    return;
  }
  queuePacket(s, handler, { kind: 'PING', zxid: leader.lastProposed });
}

/** The handler ends; its learner sees the connection close. */
export function dropHandler(
  s: Server,
  leader: LeaderState,
  handler: LearnerHandler,
  why: string,
): void {
  s.fx.trace({ type: 'close', name: why, sid: handler.sid, channel: 'quorum' });
  s.fx.close(handler.conn);
  forgetHandler(s, leader, handler);
}

export function forgetHandler(s: Server, leader: LeaderState, handler: LearnerHandler): void {
  delete s.state.quorumConns[handler.conn];
  if (leader.handlers[handler.sid] === handler) delete leader.handlers[handler.sid];
  delete s.state.threads[senderName(handler.sid)];
  delete s.state.threads[learnerHandlerName(handler.sid)];
  s.fx.clearTimer(handlerTimer(handler.sid));
  s.fx.touch('learners');
}
