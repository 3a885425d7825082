/**
 * Threads of a server that a person can freeze, step and slow down, by the names
 * that commands use (a processor's thread goes by its class).
 */

const FIXED = [
  'NIOWorkerThread',
  'RequestThrottler',
  'ReadOnlyRequestProcessor',
  'PrepRequestProcessor',
  'SyncRequestProcessor',
  'CommitProcessor',
  'FollowerRequestProcessor',
  'SessionTracker',
  'ContainerManagerTask',
  'QuorumPeer',
  'WorkerReceiver',
] as const;

/** One per worker of CommitProcessor, per learner, per learner. */
const NUMBERED = /^(CommitProcWorkThread|LearnerHandler|Sender)-\d+$/;

/** Whether a server may have a thread of this name (in some role). */
export function isThreadName(name: string): boolean {
  return (FIXED as readonly string[]).includes(name) || NUMBERED.test(name);
}

export const THREAD_NAMES: readonly string[] = FIXED;
