/**
 * A hardened master at work: keeps a queue of tasks that are not given out, tries it again whenever a
 * worker joins, and gives by one multi whose checks say that it is still the master and that the
 * worker is still there.
 */
import type { Effects } from '../../bridge/process';
import type { CallResult } from '../client/library/cnxnState';
import type { Asked } from './masterAsk';
import { call, failedOp } from './masterCalls';
import {
  ableWorkers,
  chooseWorker,
  type MasterProcess,
  noteAssigned,
  setPhase,
} from './masterState';
import { decodeStatus, decodeTask, decodeWorker, encodeTask } from '../../bridge/taskData';
import { traceApp } from './traceApp';

/**
 * Every worker is read anew each time, so that one that went and came back between two lists is known
 * for what it is now (E15). True: there is none, and nothing more to be read.
 */
export function onWorkers(
  master: MasterProcess,
  { err, reply }: CallResult,
  effects: Effects,
): boolean {
  if (err !== 'OK') return false;
  const names = reply?.children ?? [];
  const { reading } = master;
  reading.n += 1;
  reading.found = {};
  names.forEach((worker, i) => {
    const isLast = i === names.length - 1;
    call(master, { for: 'workerData', worker, round: reading.n, isLast }, effects);
  });
  if (names.length === 0) master.workers = {};
  return names.length === 0;
}

/** True: the reading of the workers is complete. */
export function onWorkerData(
  master: MasterProcess,
  { worker, round, isLast }: Asked<'workerData'>,
  { err, reply }: CallResult,
): boolean {
  const { reading } = master;
  if (round !== reading.n) return false;
  if (err === 'OK') {
    const can = decodeWorker(reply?.data)?.can;
    reading.found[worker] = can === undefined ? {} : { can };
  }
  if (!isLast) return false;
  master.workers = reading.found;
  return true;
}

export function onTasks(master: MasterProcess, { err, reply }: CallResult, effects: Effects): void {
  if (err !== 'OK') return;
  const names = reply?.children ?? [];
  master.tasks = names;
  for (const task of Object.keys(master.pending)) {
    if (!names.includes(task)) delete master.pending[task];
  }
  if (master.phase === 'tasks') setPhase(master, 'steady', effects);
  for (const task of names) {
    if (master.pending[task] !== undefined) continue;
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
  const seen = master.pending[task];
  if (seen === undefined) return;
  if (err === 'OK') {
    seen.data = reply?.data ?? '';
    offer(master, task, effects);
  } else delete master.pending[task];
}

/** A worker joined, or one that was tried is gone. */
export function offerAll(master: MasterProcess, effects: Effects): void {
  for (const task of Object.keys(master.pending)) offer(master, task, effects);
}

function offer(master: MasterProcess, task: string, effects: Effects): void {
  const seen = master.pending[task];
  if (seen?.data === undefined || seen.worker !== undefined) return;
  const able = ableWorkers(master, decodeTask(seen.data).needs);
  if (able.length === 0) {
    // E3 mended: it stays pending.
    if (seen.waits === undefined) traceApp(effects, 'noWorker', { task });
    seen.waits = true;
    return;
  }
  delete seen.waits;
  seen.worker = chooseWorker(master, task, able, effects);
  call(master, { for: 'give', worker: seen.worker, task, data: seen.data }, effects);
}

/** By the operation of the multi that failed. */
export function onGiven(
  master: MasterProcess,
  { task, worker }: Asked<'give'>,
  result: CallResult,
  effects: Effects,
): void {
  if (result.err === 'OK') {
    noteAssigned(master, task, worker, effects);
    return;
  }
  const seen = master.pending[task];
  if (seen === undefined) return;
  switch (failedOp(result)) {
    case 1:
      // E2 mended: the worker is gone, so somebody else is chosen.
      if (master.workers !== null) delete master.workers[worker];
      break;
    case 2:
      if (result.err === 'NODEEXISTS') {
        // E1, left behind by a book-style master: it is in both places, and leaves this one.
        const path = `/assign/${worker}/${task}`;
        call(master, { for: 'dropIf', task, path, why: 'assigned' }, effects);
        return;
      }
      // Somebody took the inbox away under a living worker.
      call(master, { for: 'inbox', worker }, effects);
      break;
    default:
      delete master.pending[task];
      return;
  }
  delete seen.worker;
  offer(master, task, effects);
}

export function onDropped(
  master: MasterProcess,
  { task, why }: Asked<'dropIf'>,
  { err }: CallResult,
  effects: Effects,
): void {
  if (err === 'OK') {
    traceApp(effects, 'dropped', { task, why });
    return;
  }
  // Whatever stood in its way is gone.
  const seen = master.pending[task];
  if (seen === undefined) return;
  delete seen.worker;
  offer(master, task, effects);
}

/* ---- failed tasks ---- */

/** `master.statuses`: those that need no second look. */
export function onStatuses(
  master: MasterProcess,
  { err, reply }: CallResult,
  effects: Effects,
): void {
  if (err !== 'OK') return;
  const names = reply?.children ?? [];
  const settled = master.statuses ?? [];
  master.statuses = names.filter((name) => settled.includes(name));
  for (const task of names) {
    if (settled.includes(task)) continue;
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
  if (err !== 'OK') return;
  const status = decodeStatus(reply?.data);
  if (status?.status === 'failed' && status.task !== undefined) {
    const version = reply?.stat?.version ?? 0;
    const data = encodeTask(status.task);
    call(master, { for: 'retryFailed', task, data, version }, effects);
  } else if (master.statuses?.includes(task) === false) master.statuses.push(task);
}
