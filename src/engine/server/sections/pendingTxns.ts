/** Section `pendingTxns` of a follower. */
import type { PendingTxnsSection } from '../../../bridge/frame';
import type { LearnerState } from '../machine';
import { viewOf } from './requestView';

export function pendingTxnsSection(learner: LearnerState): PendingTxnsSection {
  return {
    type: 'pendingTxns',
    items: learner.pendingTxns.map(viewOf),
    pendingSyncs: learner.pendingSyncs.map(viewOf),
  };
}
