/**
 * FastLeaderElection: every voter tells all the others whom it wants, takes over
 * any better vote it hears of, and stops when a quorum wants the same and 200 ms
 * brought nothing better.
 *
 * Two threads: WorkerReceiver sorts what arrives, in every role, and answers
 * those who look for a leader; QuorumPeer (lookForLeader) counts, one message of
 * `recvqueue` at a time, while this server is LOOKING.
 *
 * `recvset` holds what counts in this round, `outofelection` what servers say
 * that follow or lead already. Both stay as they were when the election ends, to
 * be looked at; Java drops them.
 *
 * Source: FastLeaderElection.java (lookForLeader, Messenger.WorkerReceiver).
 * Left out: observers, two-node oracles, `leader.maxTimeToWaitForEpoch`.
 */
import { assert } from '../../../base/assert';
import type { TraceId } from '../../../base/traceId';
import { serverName } from '../../../bridge/names';
import type { Sid } from '../../../zk/ids';
import type { Notification } from '../../../zk/packets';
import { lastProcessedZxid } from '../../database/zkDatabase';
import type { ElectionState, ReceivedVote, Server, Vote } from '../machine';
import { configFromString, processReconfig } from '../reconfig/configuration';
import {
  currentAndNextVoters,
  isParticipant,
  isReconfigEnabled,
  nextVerifier,
} from '../reconfig/verifiers';
import { sameMembership, verifierText } from '../../../zk/quorumVerifier';
import { serviceTime, threadOf } from '../threads';
import { connectAll, haveDelivered, toSend } from './sendWorker';
import { hasQuorum, received, totalOrder, whyBetter } from './vote';

/** How long a quorum waits for a better vote, ms. */
export const FINALIZE_WAIT_MS = 200;
/** Patience before votes are repeated, ms: doubled each time, up to the maximum. */
const NOTIFICATION_INTERVAL_MIN_MS = FINALIZE_WAIT_MS;
const NOTIFICATION_INTERVAL_MAX_MS = 60000;

const NOT_TIMEOUT = 'fle.notTimeout';
const FINALIZE = 'fle.finalize';

type CountName = 'counted' | 'ignoredRound' | 'ignoredNotVoter' | 'outOfElection' | 'discarded';

/** Who is no voter votes for nobody: Long.MIN_VALUE. */
const NOBODY: Sid = -(2 ** 63);

/** Before the first election. */
export function initialElection(): ElectionState {
  return {
    logicalclock: 0,
    because: null,
    recvset: {},
    outofelection: {},
    recvqueue: [],
    notTimeoutMs: NOTIFICATION_INTERVAL_MIN_MS,
    finalizing: false,
  };
}

/** Begins a round: this server must be LOOKING. */
export function startLookForLeader(s: Server): void {
  assert(s.state.peerState === 'LOOKING', 'only a LOOKING server looks for a leader');
  const e = s.state.election;
  e.logicalclock += 1;
  e.recvset = {};
  e.outofelection = {};
  e.notTimeoutMs = NOTIFICATION_INTERVAL_MIN_MS;
  e.finalizing = false;
  propose(s, ownVote(s), 'own');
  awaitMessage(s);
}

/** WorkerReceiver: a notification arrived from another server, whatever role this one has. */
export function onNotification(s: Server, from: Sid, n: Notification, cause: TraceId): void {
  const e = s.state.election;
  if (isReconfigEnabled(s.state)) {
    if (n.config !== undefined && adoptMembership(s, n.config)) return;
    if (!currentAndNextVoters(s.state).includes(from)) {
      answerNonVoter(s, from);
      return;
    }
  }
  if (s.state.peerState === 'LOOKING') {
    e.recvqueue.push({ from, n, cause });
    // Who is behind gets the vote of the newer round, and does not wait for its own timeout.
    if (n.state === 'LOOKING' && n.electionEpoch < e.logicalclock && e.proposal !== undefined) {
      toSend(s, from, notificationOf(s, e.proposal, e.logicalclock));
    }
    s.hand.kick(s, 'QuorumPeer');
    return;
  }
  const vote = s.state.currentVote;
  if (n.state === 'LOOKING' && vote !== undefined) {
    toSend(s, from, notificationOf(s, vote, vote.electionEpoch));
  }
}

/**
 * Another server knows a newer membership: a LOOKING one takes it over at once. True: others vote there,
 * and the election begins anew.
 */
function adoptMembership(s: Server, config: string): boolean {
  const verifier = configFromString(config);
  const before = s.state.quorumVerifier;
  if (s.state.peerState !== 'LOOKING' || verifier.version <= before.version) return false;
  processReconfig(s, verifier, undefined);
  if (sameMembership(before, verifier)) return false;
  s.fx.clearTimer(NOT_TIMEOUT);
  s.fx.clearTimer(FINALIZE);
  s.state.election.recvqueue = [];
  startLookForLeader(s);
  return true;
}

/** What a server that does not vote asks is answered at once, and counts for nothing. */
function answerNonVoter(s: Server, from: Sid): void {
  const vote = s.state.currentVote ?? ownVote(s);
  toSend(s, from, notificationOf(s, vote, s.state.election.logicalclock));
}

/** By a quorum of the present membership, and of the next one where there is one. */
function isAgreed(s: Server, votes: ElectionState['recvset'], vote: ReceivedVote): boolean {
  const { voters, quorum } = s.state.quorumVerifier;
  if (!hasQuorum(votes, vote, voters, quorum)) return false;
  const next = nextVerifier(s.state);
  return next === undefined || hasQuorum(votes, vote, next.voters, next.quorum);
}

/**
 * QuorumPeer is about to work on the next message: its service time in us, or
 * undefined when there is none. Neither timeout runs while it works, for in Java
 * they are those of the poll which this message ends.
 */
export function takeElection(s: Server): number | undefined {
  const next = s.state.election.recvqueue[0];
  if (next === undefined || s.state.peerState !== 'LOOKING') return undefined;
  s.fx.clearTimer(NOT_TIMEOUT);
  s.fx.clearTimer(FINALIZE);
  const thread = threadOf(s.state, 'QuorumPeer');
  thread.working = undefined;
  thread.doing = 'lookForLeader';
  return serviceTime(s, 'QuorumPeer', s.state.spec.timing.processor);
}

/** QuorumPeer's service time is over: the oldest message of recvqueue is dealt with. */
export function stepElection(s: Server): void {
  const e = s.state.election;
  if (s.state.peerState !== 'LOOKING') return;
  const item = e.recvqueue.shift();
  if (item === undefined) return;
  s.fx.describe({ cause: item.cause, peer: serverName(item.from), kind: 'NOTIFICATION' });
  s.fx.touch('election');
  if (e.finalizing) drain(s, item);
  else consider(s, item.from, item.n);
  if (s.state.peerState === 'LOOKING') awaitMessage(s);
}

/** A poll of recvqueue timed out. */
export function onElectionTimer(s: Server, name: string): void {
  const e = s.state.election;
  if (s.state.peerState !== 'LOOKING') return;
  // The thread was frozen when a message came: the poll did bring something.
  if (e.recvqueue.length > 0) {
    s.hand.kick(s, 'QuorumPeer');
    return;
  }
  if (name === FINALIZE && e.finalizing) {
    finish(s, { ...proposalOf(e), electionEpoch: e.logicalclock });
    return;
  }
  if (name !== NOT_TIMEOUT || e.finalizing) return;
  if (haveDelivered(s)) sendNotifications(s);
  else connectAll(s);
  e.notTimeoutMs = Math.min(2 * e.notTimeoutMs, NOTIFICATION_INTERVAL_MAX_MS);
  awaitMessage(s);
}

/**
 * The new epoch stands: all members must report the same (leader, peerEpoch), or
 * a server that comes later could find no quorum among them (ZOOKEEPER-1732).
 * Source: QuorumPeer.updateElectionVote.
 */
export function updateElectionVote(s: Server, epoch: number): void {
  const vote = s.state.currentVote;
  if (vote === undefined) return;
  s.state.currentVote = { ...vote, peerEpoch: epoch };
  s.fx.touch('election');
}

/** 200 ms of silence end the drain; whatever is no better is lost, and begins them anew. */
function drain(s: Server, item: ElectionState['recvqueue'][number]): void {
  const e = s.state.election;
  if (!totalOrder(item.n, proposalOf(e))) {
    traceCount(s, item.from, item.n, 'discarded');
    return;
  }
  e.finalizing = false;
  // It goes behind what arrived meanwhile, as by LinkedBlockingQueue.put.
  e.recvqueue.push(item);
}

function consider(s: Server, from: Sid, n: Notification): void {
  const voters = currentAndNextVoters(s.state);
  if (!voters.includes(from) || !voters.includes(n.leader) || n.state === 'OBSERVING') {
    traceCount(s, from, n, 'ignoredNotVoter');
    return;
  }
  if (n.state === 'LOOKING') considerLooking(s, from, n);
  else considerSettled(s, from, n);
}

function considerLooking(s: Server, from: Sid, n: Notification): void {
  const e = s.state.election;
  if (n.electionEpoch < e.logicalclock) {
    traceCount(s, from, n, 'ignoredRound');
    return;
  }
  traceCount(s, from, n, 'counted');
  if (n.electionEpoch > e.logicalclock) {
    e.logicalclock = n.electionEpoch;
    e.recvset = {};
    // Compared with the vote it began with: what others wanted in the old round is void.
    const own = ownVote(s);
    propose(s, totalOrder(n, own) ? n : own, 'higherRound');
  } else if (totalOrder(n, proposalOf(e))) {
    propose(s, n, whyBetter(n, proposalOf(e)));
  }
  e.recvset[from] = received(n, n.state);
  const mine = received({ ...proposalOf(e), electionEpoch: e.logicalclock }, 'LOOKING');
  if (isAgreed(s, e.recvset, mine)) e.finalizing = true;
}

function considerSettled(s: Server, from: Sid, n: Notification): void {
  const e = s.state.election;
  const vote = received(n, n.state);
  const sameRound = n.electionEpoch === e.logicalclock;
  traceCount(s, from, n, sameRound ? 'counted' : 'outOfElection');
  if (sameRound) {
    e.recvset[from] = vote;
    if (isAgreed(s, e.recvset, vote) && checkLeader(s, e.recvset, vote)) {
      finish(s, vote);
      return;
    }
  }
  e.outofelection[from] = vote;
  if (isAgreed(s, e.outofelection, vote) && checkLeader(s, e.outofelection, vote)) {
    e.logicalclock = n.electionEpoch;
    finish(s, vote);
  }
}

/**
 * A quorum may still name a server that died meanwhile, so the leader itself must
 * have said that it leads. Source: FastLeaderElection.checkLeader.
 */
function checkLeader(s: Server, votes: Readonly<Record<Sid, ReceivedVote>>, vote: Vote): boolean {
  if (vote.leader === s.state.sid) return s.state.election.logicalclock === vote.electionEpoch;
  return votes[vote.leader]?.state === 'LEADING';
}

/** The next poll of recvqueue begins; it does not wait when something is there. */
function awaitMessage(s: Server): void {
  const e = s.state.election;
  if (e.recvqueue.length > 0) {
    s.hand.kick(s, 'QuorumPeer');
  } else if (e.finalizing) {
    s.fx.setTimer(FINALIZE, FINALIZE_WAIT_MS * 1000);
  } else {
    s.fx.setTimer(NOT_TIMEOUT, e.notTimeoutMs * 1000);
  }
}

function finish(s: Server, { leader, zxid, electionEpoch, peerEpoch }: Vote): void {
  const e = s.state.election;
  const vote: Vote = { leader, zxid, electionEpoch, peerEpoch };
  s.fx.clearTimer(NOT_TIMEOUT);
  s.fx.clearTimer(FINALIZE);
  e.recvqueue = [];
  e.finalizing = false;
  e.proposal = vote;
  e.because = 'final';
  s.state.currentVote = vote;
  s.state.peerState = leader === s.state.sid ? 'LEADING' : 'FOLLOWING';
  s.fx.trace({ type: 'elected', name: s.state.peerState, sid: leader, zxid, epoch: peerEpoch });
  s.fx.touch('election');
  s.fx.touch('role');
  s.hand.enterRole(s, vote);
}

/** Source: getInitId, getInitLastLoggedZxid, getPeerEpoch. */
function ownVote(s: Server): Vote {
  return {
    leader: isParticipant(s.state, s.state.sid) ? s.state.sid : NOBODY,
    zxid: lastProcessedZxid(s.state.db),
    electionEpoch: s.state.election.logicalclock,
    peerEpoch: s.state.currentEpoch,
  };
}

function proposalOf(e: ElectionState): Vote {
  assert(e.proposal !== undefined, 'a LOOKING server has a proposal');
  return e.proposal;
}

function propose(s: Server, vote: Vote, because: NonNullable<ElectionState['because']>): void {
  const e = s.state.election;
  const { leader, zxid, peerEpoch } = vote;
  e.proposal = { leader, zxid, electionEpoch: e.logicalclock, peerEpoch };
  e.because = because;
  s.fx.trace({
    type: 'vote',
    name: because,
    sid: leader,
    zxid,
    epoch: peerEpoch,
    detail: { round: e.logicalclock },
  });
  s.fx.touch('election');
  sendNotifications(s);
}

/** To every voter by ascending sid, this server included: its own vote counts when it comes back. */
function sendNotifications(s: Server): void {
  const e = s.state.election;
  const n = notificationOf(s, proposalOf(e), e.logicalclock);
  for (const sid of currentAndNextVoters(s.state)) toSend(s, sid, n);
}

function notificationOf(s: Server, vote: Vote, electionEpoch: number): Notification {
  const { leader, zxid, peerEpoch } = vote;
  const state = s.state.peerState;
  const n: Notification = { kind: 'NOTIFICATION', state, leader, zxid, electionEpoch, peerEpoch };
  if (isReconfigEnabled(s.state)) n.config = verifierText(s.state.quorumVerifier);
  return n;
}

function traceCount(s: Server, from: Sid, n: Notification, name: CountName): void {
  s.fx.trace({
    type: 'countVote',
    name,
    peer: serverName(from),
    sid: n.leader,
    zxid: n.zxid,
    epoch: n.peerEpoch,
    detail: { round: n.electionEpoch },
  });
}
