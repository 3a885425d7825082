/** Named timers of a server and the threads whose waits they end. */
import { assert } from '../../base/assert';
import { onElectionTimer } from './election/fastLeaderElection';
import { isContainerTimer, onContainerTimer } from './containerManager';
import type { Server } from './machine';
import { isReadOnlyTimer, startReadOnly } from './peer/readOnlyServer';
import { onLeaderWaitOver } from './quorum/discovery';
import { onLeaderTick } from './quorum/leader';
import { onLearnerTimer } from './quorum/learner';
import { onHandlerTimeout } from './quorum/learnerHandler';
import { isStallTimer } from './sessions/limits';
import { onSessionTimer } from './sessions/sessionTracker';

export function threadOfTimer(timer: string): string {
  if (timer === 'SessionTracker') return 'SessionTracker';
  if (isContainerTimer(timer)) return 'ContainerManagerTask';
  if (isStallTimer(timer)) return 'RequestThrottler';
  if (timer.startsWith('handler.')) return `LearnerHandler-${timer.slice('handler.'.length)}`;
  return 'QuorumPeer';
}

export function onTimer(s: Server, timer: string): void {
  const { zks, leader, learner } = s.state;
  s.fx.describe({ thread: threadOfTimer(timer) });
  if (timer.startsWith('fle.')) onElectionTimer(s, timer);
  else if (isReadOnlyTimer(timer)) startReadOnly(s);
  else if (isContainerTimer(timer)) {
    if (zks !== undefined) onContainerTimer(s, zks);
  } else if (timer === 'SessionTracker') {
    if (zks !== undefined) onSessionTimer(s, zks);
  } else if (isStallTimer(timer)) {
    s.hand.kick(s, 'RequestThrottler');
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
