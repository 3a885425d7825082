/** A write that a thread waited for is done: the step behind it runs. */
import { failsToWriteFile } from './diskFault';
import type { Server } from './machine';
import { epochAccepted, epochAcked } from './quorum/discovery';
import { onLearnerDisk } from './quorum/learner';
import { releaseEpoch, releaseEpochAck } from './quorum/learnerHandler';

export function onDisk(s: Server, what: string): void {
  const { leader, learner } = s.state;
  s.fx.describe({ thread: 'QuorumPeer' });
  if (learner !== undefined) onLearnerDisk(s, learner, what);
  else if (leader === undefined) return;
  else if (failsToWriteFile(s)) s.hand.leaveRole(s, `IOException while writing ${what}`);
  else if (what === 'acceptedEpoch') {
    epochAccepted(s, leader);
    releaseEpoch(s, leader);
    if (leader.phase !== 'epochAck') releaseEpochAck(s, leader);
  } else epochAcked(s, leader);
}
