/**
 * What a master asks of ZooKeeper, as plain data: by it the answer is known again, and the same call
 * is made once more.
 */

/** Why recovery takes a task out of /tasks. */
export type DropReason = 'assigned' | 'status';

export type MasterAsk =
  | { for: 'root'; path: string }
  /* ---- election ---- */
  | { for: 'runForMaster' }
  | { for: 'checkMaster' }
  | { for: 'masterExists' }
  /* ---- lists that are watched ---- */
  | { for: 'workers' | 'tasks' | 'statuses' }
  /** `round` and `isLast`: of the reading that asks, hardened only. */
  | { for: 'workerData'; worker: string; round: number; isLast: boolean }
  | { for: 'taskData'; task: string }
  | { for: 'statusData'; task: string }
  /* ---- the reads of a recovery ---- */
  | { for: 'recoverTasks' | 'recoverAssign' | 'recoverWorkers' | 'recoverStatus' }
  | { for: 'recoverInbox'; worker: string }
  /* ---- book-style: one call each ---- */
  | { for: 'assign'; worker: string; task: string; data: string }
  /** `name` of a task; a path where the sample passes one. */
  | { for: 'deleteTask'; name: string; task: string; worker: string }
  /** Inbox of a worker that has vanished; `name` as in `deleteTask`. */
  | { for: 'absentInbox'; name: string; worker: string }
  /** Data for a task that is put back. `path`: what is read, and deleted afterwards. */
  | { for: 'reassignData'; path: string; task: string; worker: string; inRecovery: boolean }
  | {
      for: 'recreate';
      path: string;
      task: string;
      worker: string;
      data: string;
      inRecovery: boolean;
    }
  | { for: 'deleteAssignment'; path: string }
  | { for: 'dropTask'; task: string; why: DropReason }
  /** A failed task goes back. */
  | { for: 'assignAnew'; task: string; data: string }
  | { for: 'deleteStatus'; task: string }
  /* ---- hardened: one multi each, with the epoch checked first ---- */
  | { for: 'give'; worker: string; task: string; data: string }
  /** A task that is assigned already, or has a status, leaves /tasks. `path`: what must exist for that. */
  | { for: 'dropIf'; task: string; path: string; why: DropReason }
  /** An assignment whose task is elsewhere (at `path`) leaves a dead inbox. */
  | { for: 'dropAssignment'; worker: string; task: string; path: string }
  | { for: 'assignmentData'; worker: string; task: string }
  | { for: 'moveBack'; worker: string; task: string; data: string }
  | { for: 'retryFailed'; task: string; data: string; version: number }
  | { for: 'dropStatus'; task: string; version: number }
  | { for: 'inbox'; worker: string };

/** What was asked for these reasons. */
export type Asked<For extends MasterAsk['for']> = Extract<MasterAsk, { for: For }>;

export type RecoveryRead = Asked<
  'recoverTasks' | 'recoverAssign' | 'recoverWorkers' | 'recoverInbox' | 'recoverStatus'
>;

const MULTIS = [
  'give',
  'dropIf',
  'dropAssignment',
  'moveBack',
  'retryFailed',
  'dropStatus',
] as const;
export type MultiAsk = Asked<(typeof MULTIS)[number]>;

export function isMulti(what: MasterAsk): what is MultiAsk {
  return MULTIS.some((name) => name === what.for);
}
