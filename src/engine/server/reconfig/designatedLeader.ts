/**
 * Who leads once a reconfig is in force: this leader, where it is a voter still; else one of the new
 * voters that have acknowledged the reconfig, as far up to date as can be.
 * Source: Leader.getDesignatedLeader.
 */
import type { QuorumVerifier } from '../../../zk/quorumVerifier';
import type { Sid } from '../../../zk/ids';
import type { Proposal } from '../machine';

/** `acks`: new voters that acknowledged it, ascending; `behind`: what is outstanding behind it, oldest first. */
export function designatedLeader(
  self: Sid,
  next: QuorumVerifier,
  acks: readonly Sid[],
  behind: readonly Proposal[],
): Sid {
  if (next.voters.includes(self)) return self;
  let candidates = acks.filter((sid) => sid !== self);
  let best = candidates[0] as Sid;
  for (const proposal of behind) {
    for (const acked of [proposal.acks, proposal.reconfig?.acks ?? proposal.acks]) {
      candidates = candidates.filter((sid) => acked.includes(sid));
      if (candidates.length === 0) return best;
      best = candidates[0] as Sid;
      if (candidates.length === 1) return best;
    }
  }
  return best;
}
