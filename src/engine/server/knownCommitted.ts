/** What of its log a server can know to be committed. */
import { makeZxid, type Zxid } from '../../zk/ids';
import { lastProcessedZxid } from '../database/zkDatabase';
import type { ServerState } from './machine';
import { isAlone } from './reconfig/verifiers';

/**
 * The zxid up to which everything is committed, as far as this process has heard. Once
 * its leader is established, so is all of the history that the leader began with, even
 * where no COMMIT was heard for it. What it knew stays known while it is LOOKING; what
 * it has only logged does not become so by being applied at a role's end.
 */
export function knownCommitted(state: ServerState): Zxid {
  const { leader, learner, committedBefore } = state;
  if (isAlone(state)) return lastProcessedZxid(state.db);
  if (leader !== undefined) {
    const epoch = leader.phase === 'broadcast' ? leader.epoch : 0;
    return latest(committedBefore, leader.lastCommitted, epoch);
  }
  if (learner !== undefined) {
    const epoch = learner.phase === 'BROADCAST' ? learner.newEpoch : 0;
    return latest(committedBefore, learner.lastCommitted, epoch);
  }
  return committedBefore;
}

function latest(before: Zxid, heard: Zxid, epoch: number): Zxid {
  return Math.max(before, heard, makeZxid(epoch, 0)) as Zxid;
}
