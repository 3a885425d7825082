import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeZxid, type Sid, type Zxid } from '../../../zk/ids';
import type { ReceivedVote } from '../machine';
import { hasQuorum, totalOrder, voteEquals, whyBetter } from './vote';

const small = fc.integer({ min: 0, max: 2 });
const anyVote: fc.Arbitrary<ReceivedVote> = fc.record({
  leader: fc.integer({ min: 1, max: 3 }),
  zxid: small.map((n) => n as Zxid),
  electionEpoch: small,
  peerEpoch: small,
  state: fc.constantFrom('LOOKING', 'FOLLOWING', 'LEADING'),
});

/** The dumb twin: pads the triple and compares it as text. */
function text(vote: ReceivedVote): string {
  return [vote.peerEpoch, vote.zxid, vote.leader].map((n) => String(n).padStart(20, '0')).join();
}

describe('the order of votes', () => {
  it('is the lexicographic order of (peerEpoch, zxid, sid)', () => {
    fc.assert(
      fc.property(anyVote, anyVote, (a, b) => {
        expect(totalOrder(a, b)).toBe(text(a) > text(b));
      }),
    );
  });

  it('puts a higher peer epoch before a longer history, and a longer history before a sid', () => {
    const short = { leader: 1, zxid: makeZxid(1, 3), peerEpoch: 2 };
    const long = { leader: 3, zxid: makeZxid(1, 9), peerEpoch: 1 };
    expect(totalOrder(short, long)).toBe(true);
    expect(whyBetter(short, long)).toBe('higherEpoch');
    const longer = { leader: 1, zxid: makeZxid(1, 10), peerEpoch: 1 };
    expect(totalOrder(longer, long)).toBe(true);
    expect(whyBetter(longer, long)).toBe('higherZxid');
    expect(whyBetter({ ...long, leader: 4 }, long)).toBe('higherSid');
    expect(totalOrder(long, long)).toBe(false);
  });
});

describe('equality of votes', () => {
  const vote: ReceivedVote = {
    leader: 2,
    zxid: makeZxid(1, 5),
    electionEpoch: 3,
    peerEpoch: 1,
    state: 'LOOKING',
  };

  it('asks for everything while one of the two servers is LOOKING', () => {
    const settled: ReceivedVote = { ...vote, state: 'FOLLOWING' };
    expect(voteEquals(vote, settled)).toBe(true);
    expect(voteEquals(vote, { ...settled, zxid: makeZxid(1, 6) })).toBe(false);
    expect(voteEquals({ ...settled, electionEpoch: 4 }, vote)).toBe(false);
  });

  it('asks for leader and epoch alone between members of an established ensemble', () => {
    const follower: ReceivedVote = { ...vote, state: 'FOLLOWING' };
    const leader: ReceivedVote = {
      ...vote,
      zxid: makeZxid(1, 0),
      electionEpoch: 9,
      state: 'LEADING',
    };
    expect(voteEquals(follower, leader)).toBe(true);
    expect(voteEquals(follower, { ...leader, peerEpoch: 2 })).toBe(false);
    expect(voteEquals(follower, { ...leader, leader: 3 })).toBe(false);
  });

  it('is symmetric', () => {
    fc.assert(
      fc.property(anyVote, anyVote, (a, b) => {
        expect(voteEquals(a, b)).toBe(voteEquals(b, a));
      }),
    );
  });
});

describe('a quorum of votes', () => {
  it('counts each voter once and nobody else', () => {
    const votes = fc.dictionary(fc.constantFrom('1', '2', '3', '4', '5', '6'), anyVote);
    fc.assert(
      fc.property(votes, anyVote, fc.integer({ min: 1, max: 5 }), (cast, vote, size) => {
        const voters: Sid[] = Array.from({ length: size }, (_, i) => i + 1);
        const supporters = Object.entries(cast)
          .filter(([sid]) => voters.includes(Number(sid)))
          .filter(([, other]) => voteEquals(other, vote));
        const quorum = Math.floor(size / 2) + 1;
        expect(hasQuorum(cast as Record<Sid, ReceivedVote>, vote, voters, quorum)).toBe(
          supporters.length > size / 2,
        );
      }),
    );
  });
});
