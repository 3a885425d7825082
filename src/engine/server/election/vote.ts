/**
 * The arithmetic of votes: which of two is better, when two are the same, and
 * whether a quorum says the same.
 *
 * Source: FastLeaderElection.totalOrderPredicate, Vote.equals, getVoteTracker.
 * Left out: weights (hierarchical quorums) and the old message version 0; every
 * voter weighs 1 and speaks version 2.
 */
import type { Sid } from '../../../zk/ids';
import type { ServerState as PeerState } from '../../../zk/packets';
import type { ElectionState, ReceivedVote, Vote } from '../machine';

/** What of a vote decides its rank. */
export type Rank = Pick<Vote, 'leader' | 'zxid' | 'peerEpoch'>;

/** Whether `a` is the better vote: by peer epoch, then zxid, then sid. An equal vote is no better. */
export function totalOrder(a: Rank, b: Rank): boolean {
  if (a.peerEpoch !== b.peerEpoch) return a.peerEpoch > b.peerEpoch;
  if (a.zxid !== b.zxid) return a.zxid > b.zxid;
  return a.leader > b.leader;
}

/** The part of the triple by which `better` beats `worse`. */
export function whyBetter(better: Rank, worse: Rank): NonNullable<ElectionState['because']> {
  if (better.peerEpoch !== worse.peerEpoch) return 'higherEpoch';
  return better.zxid !== worse.zxid ? 'higherZxid' : 'higherSid';
}

/**
 * Whether two votes support the same leader. Members of an established ensemble
 * may report different rounds and zxids for one leader, so between two servers
 * that are not LOOKING only the leader and its epoch count (ZOOKEEPER-1732).
 */
export function voteEquals(a: ReceivedVote, b: ReceivedVote): boolean {
  if (a.leader !== b.leader || a.peerEpoch !== b.peerEpoch) return false;
  if (a.state !== 'LOOKING' && b.state !== 'LOOKING') return true;
  return a.zxid === b.zxid && a.electionEpoch === b.electionEpoch;
}

/** A vote together with the state of the server that cast it. */
export function received(vote: Vote, state: PeerState): ReceivedVote {
  const { leader, zxid, electionEpoch, peerEpoch } = vote;
  return { leader, zxid, electionEpoch, peerEpoch, state };
}

/** Whether at least `quorum` of the voters cast a vote equal to `vote`. */
export function hasQuorum(
  votes: Readonly<Record<Sid, ReceivedVote>>,
  vote: ReceivedVote,
  voters: readonly Sid[],
  quorum: number,
): boolean {
  let acks = 0;
  for (const sid of voters) {
    const cast = votes[sid];
    if (cast !== undefined && voteEquals(vote, cast)) acks += 1;
  }
  return acks >= quorum;
}
