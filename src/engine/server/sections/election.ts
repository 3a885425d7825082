/** Section `election`. */
import type { ElectionSection, VoteView } from '../../../bridge/frame';
import type { Sid } from '../../../zk/ids';
import type { ReceivedVote, ServerState, Vote } from '../machine';

export function electionSection(state: ServerState): ElectionSection {
  const { election, peerState, currentVote, quorumVerifier } = state;
  const looking = peerState === 'LOOKING';
  const vote = looking ? election.proposal : currentVote;
  return {
    type: 'election',
    round: election.logicalclock,
    looking,
    vote: vote === undefined ? null : voteView(vote),
    because: election.because,
    recvset: rows(election.recvset),
    outofelection: rows(election.outofelection),
    quorum: quorumVerifier.quorum,
    finalizing: election.finalizing,
  };
}

function voteView({ leader, zxid, peerEpoch, electionEpoch }: Vote): VoteView {
  return { leader, zxid, peerEpoch, electionEpoch };
}

/** By ascending sid of who cast them. */
function rows(votes: Record<Sid, ReceivedVote>): ElectionSection['recvset'] {
  return Object.keys(votes).map((key) => {
    const sid = Number(key);
    const vote = votes[sid] as ReceivedVote;
    return { sid, state: vote.state, ...voteView(vote) };
  });
}
