/** Named timers of a server and the threads whose waits they end. */
import { assert } from '../../base/assert';
import { onElectionTimer } from './election/fastLeaderElection';
import type { Server } from './machine';
import { onLeaderWaitOver } from './quorum/discovery';
import { onLeaderTick } from './quorum/leader';
import { onLearnerTimer } from './quorum/learner';
import { onHandlerTimeout } from './quorum/learnerHandler';
import { onSessionTimer } from './sessions/sessionTracker';

export function threadOfTimer(timer: string): string {
  if (timer === 'SessionTracker') return 'SessionTracker';
  if (timer.startsWith('handler.')) return `LearnerHandler-${timer.slice('handler.'.length)}`;
  return 'QuorumPeer';
}

export function onTimer(s: Server, timer: string): void {
  const { zks, leader, learner } = s.state;
  s.fx.describe({ thread: threadOfTimer(timer) });
  if (timer.startsWith('fle.')) onElectionTimer(s, timer);
  else if (timer === 'SessionTracker') {
    if (zks !== undefined) onSessionTimer(s, zks);
  } else if (timer === 'leader.tick') {
    if (leader !== undefined) onLeaderTick(s, leader);
  } else if (timer === 'leader.wait') {
    if (leader !== undefined) onLeaderWaitOver(s, leader);
  } else if (timer.startsWith('learner.')) {
    if (learner !== undefined) onLearnerTimer(s, learner, timer);
  } else {
    assert(timer.startsWith('handler.'), `an unknown timer: ${timer}`);
    if (leader !== undefined) onHandlerTimeout(s, leader, Number(timer.slice('handler.'.length)));
  }
}
