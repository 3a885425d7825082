/**
 * A book-style master at work: gives new tasks to workers, puts back what a vanished worker had, and
 * assigns failed tasks anew.
 *
 * Source: the published example of the ZooKeeper book, Master (getWorkers to deleteTask). Defects are
 * kept and marked. Differs: workers say what they can do, and failed tasks come back; the example
 * knows neither.
 */
import type { Effects } from '../../bridge/process';
import type { CallResult } from '../client/library/cnxnState';
import type { Asked } from './masterAsk';
import { call } from './masterCalls';
import {
  ableWorkers,
  chooseWorker,
  type MasterProcess,
  noteAssigned,
  setPhase,
  type WorkerSeen,
} from './masterState';
import { decodeStatus, decodeTask, decodeWorker, encodeTask } from '../../bridge/taskData';
import { traceApp } from './traceApp';

/* ---- workers ---- */

/** E15, defect: names are compared, so a worker that went and came back between two reads never went. */
export function onWorkers(
  master: MasterProcess,
  { err, reply }: CallResult,
  effects: Effects,
): void {
  if (err !== 'OK') return;
  const names = reply?.children ?? [];
  const before = master.workers;
  const workers: Record<string, WorkerSeen> = {};
  for (const name of names) {
    const known = before?.[name];
    workers[name] = known ?? {};
    if (known === undefined) {
      call(master, { for: 'workerData', worker: name, round: 0, isLast: false }, effects);
    }
  }
  master.workers = workers;
  if (master.phase === 'workers') setPhase(master, 'recovery', effects);
  for (const worker of Object.keys(before ?? {})) {
    if (workers[worker] !== undefined) continue;
    for (const task of Object.keys(master.given)) {
      if (master.given[task] === worker) delete master.given[task];
    }
    call(master, { for: 'absentInbox', name: worker, worker }, effects);
  }
}

export function onWorkerData(
  master: MasterProcess,
  { worker }: Asked<'workerData'>,
  { err, reply }: CallResult,
): void {
  const known = master.workers?.[worker];
  if (err !== 'OK' || known === undefined) return;
  const can = decodeWorker(reply?.data)?.can;
  if (can !== undefined) known.can = can;
}

/**
 * E2, defect: what is assigned to the vanished worker behind this read lands in an inbox that nobody
 * empties. Calls of one session are carried out in order, so that takes a lost connection: the
 * assignment is retried well, this read with a path that is none.
 */
export function onAbsentInbox(
  master: MasterProcess,
  { worker }: Asked<'absentInbox'>,
  { err, reply }: CallResult,
  effects: Effects,
): void {
  if (err !== 'OK') return;
  for (const task of reply?.children ?? []) {
    const path = `/assign/${worker}/${task}`;
    call(master, { for: 'reassignData', path, task, worker, inRecovery: false }, effects);
  }
}

export function onReassignData(
  master: MasterProcess,
  what: Asked<'reassignData'>,
  { err, reply }: CallResult,
  effects: Effects,
): void {
  if (err !== 'OK') return;
  call(master, { ...what, for: 'recreate', data: reply?.data ?? '' }, effects);
}

/** E1 the other way round: the task is back, and its assignment is deleted by a second call. */
export function onRecreated(
  master: MasterProcess,
  what: Asked<'recreate'>,
  { err }: CallResult,
  effects: Effects,
): void {
  const { path, task, worker, data, inRecovery } = what;
  if (err === 'OK') {
    traceApp(effects, 'requeued', { task, worker, isEmpty: data === '' });
    call(master, { for: 'deleteAssignment', path }, effects);
  } else if (err === 'NODEEXISTS' && !inRecovery) {
    // The sample trusts that the task is about to be deleted, and tries until it is.
    call(master, what, effects);
  }
}

/* ---- tasks ---- */

/** E15, defect: names are compared here too. */
export function onTasks(master: MasterProcess, { err, reply }: CallResult, effects: Effects): void {
  if (err !== 'OK') return;
  const names = reply?.children ?? [];
  const before = master.tasks ?? [];
  master.tasks = names;
  for (const task of Object.keys(master.pending)) {
    if (!names.includes(task)) delete master.pending[task];
  }
  if (master.phase === 'tasks') setPhase(master, 'steady', effects);
  for (const task of names) {
    // E3, defect: a task that was seen once is never looked at again, given out or not.
    if (before.includes(task)) continue;
    master.pending[task] = {};
    call(master, { for: 'taskData', task }, effects);
  }
}

export function onTaskData(
  master: MasterProcess,
  { task }: Asked<'taskData'>,
  { err, reply }: CallResult,
  effects: Effects,
): void {
  if (err !== 'OK') return;
  const data = reply?.data ?? '';
  const seen = master.pending[task];
  if (seen !== undefined) seen.data = data;
  const able = ableWorkers(master, decodeTask(data).needs);
  if (able.length === 0) {
    // E3, defect: a draw from an empty list throws, and the task is in the cache already.
    traceApp(effects, 'noWorker', { task });
    return;
  }
  const worker = chooseWorker(master, task, able, effects);
  call(master, { for: 'assign', worker, task, data }, effects);
}

/**
 * E1: the master may die between this create and the delete; then the task is in both places.
 * E2, defect: nothing tells whether the worker is still alive; its inbox outlives it.
 */
export function onAssigned(
  master: MasterProcess,
  { task, worker }: Asked<'assign'>,
  { err }: CallResult,
  effects: Effects,
): void {
  if (err === 'OK') call(master, { for: 'deleteTask', name: task, task, worker }, effects);
  // Defect: NODEEXISTS, as after a retry of a create that had come through, is taken for somebody
  // else's work; the task stays in both places. Any other error loses sight of it.
}

export function onTaskDeleted(
  master: MasterProcess,
  { task, worker }: Asked<'deleteTask'>,
  { err }: CallResult,
  effects: Effects,
): void {
  if (err === 'OK' || err === 'NONODE') noteAssigned(master, task, worker, effects);
}

export function onDropped(
  { task, why }: Asked<'dropTask'>,
  { err }: CallResult,
  effects: Effects,
): void {
  if (err === 'OK') traceApp(effects, 'dropped', { task, why });
}

/* ---- failed tasks ---- */

export function onStatuses(
  master: MasterProcess,
  { err, reply }: CallResult,
  effects: Effects,
): void {
  if (err !== 'OK') return;
  const names = reply?.children ?? [];
  const before = master.statuses ?? [];
  master.statuses = names;
  for (const task of names) {
    if (before.includes(task)) continue;
    delete master.given[task];
    call(master, { for: 'statusData', task }, effects);
  }
}

export function onStatusData(
  master: MasterProcess,
  { task }: Asked<'statusData'>,
  { err, reply }: CallResult,
  effects: Effects,
): void {
  const status = err === 'OK' ? decodeStatus(reply?.data) : undefined;
  if (status?.status !== 'failed' || status.task === undefined) return;
  call(master, { for: 'assignAnew', task, data: encodeTask(status.task) }, effects);
}

/** Two calls, as with everything that this master moves. */
export function onBackAgain(
  master: MasterProcess,
  { task }: Asked<'assignAnew'>,
  { err }: CallResult,
  effects: Effects,
): void {
  if (err !== 'OK' && err !== 'NODEEXISTS') return;
  call(master, { for: 'deleteStatus', task }, effects);
}

export function onStatusDeleted(
  { task }: Asked<'deleteStatus'>,
  { err }: CallResult,
  effects: Effects,
): void {
  if (err === 'OK') traceApp(effects, 'anew', { task });
}
