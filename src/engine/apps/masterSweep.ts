/**
 * Recovery of a hardened master: the same five reads as book-style, whoever is alive, on takeover and
 * again after every change of the workers. What it decides from them may be out of date by the time it
 * is done, so each step is a multi that checks what it rests on.
 */
import type { Effects } from '../../bridge/process';
import type { CallResult } from '../client/library/cnxnState';
import type { Asked, RecoveryRead } from './masterAsk';
import { call, failedOp } from './masterCalls';
import { offerAll } from './masterGive';
import { type MasterProcess, noteGiven, type Recovery, setPhase } from './masterState';
import { traceApp } from './traceApp';

/** The workers are known. While one sweep runs, the next one waits. */
export function beginSweep(master: MasterProcess, effects: Effects): void {
  if (master.recovery !== null) {
    master.recoversAgain = true;
    return;
  }
  if (master.phase === 'workers') setPhase(master, 'recovery', effects);
  master.recoversAgain = false;
  master.recovery = { tasks: [], inboxes: [], alive: [], assigned: [], dead: [] };
  call(master, { for: 'recoverTasks' }, effects);
}

/** What cannot be read is not there. */
export function onSweepRead(
  master: MasterProcess,
  what: RecoveryRead,
  { reply }: CallResult,
  effects: Effects,
): void {
  const { recovery } = master;
  if (recovery === null) return;
  const children = reply?.children ?? [];
  switch (what.for) {
    case 'recoverTasks':
      recovery.tasks = children;
      call(master, { for: 'recoverAssign' }, effects);
      return;
    case 'recoverAssign':
      recovery.inboxes = children;
      call(master, { for: 'recoverWorkers' }, effects);
      return;
    case 'recoverWorkers':
      recovery.alive = children;
      for (const worker of recovery.inboxes) call(master, { for: 'recoverInbox', worker }, effects);
      if (recovery.inboxes.length === 0) call(master, { for: 'recoverStatus' }, effects);
      return;
    case 'recoverInbox':
      onInbox(master, recovery, what.worker, children, effects);
      return;
    case 'recoverStatus':
      tidy(master, recovery, children, effects);
      finish(master, recovery, effects);
  }
}

function onInbox(
  master: MasterProcess,
  recovery: Recovery,
  worker: string,
  children: readonly string[],
  effects: Effects,
): void {
  const found = children.map((task) => ({ worker, task }));
  (recovery.alive.includes(worker) ? recovery.assigned : recovery.dead).push(...found);
  recovery.inboxes = recovery.inboxes.filter((name) => name !== worker);
  if (recovery.inboxes.length === 0) call(master, { for: 'recoverStatus' }, effects);
}

/** The inbox itself stays: its worker may be coming back, and has made sure of it before it registers. */
function tidy(
  master: MasterProcess,
  { tasks, assigned, dead }: Recovery,
  statuses: readonly string[],
  effects: Effects,
): void {
  for (const { worker, task } of assigned) {
    if (!tasks.includes(task)) continue;
    const path = `/assign/${worker}/${task}`;
    call(master, { for: 'dropIf', task, path, why: 'assigned' }, effects);
  }
  for (const task of statuses) {
    if (!tasks.includes(task)) continue;
    call(master, { for: 'dropIf', task, path: `/status/${task}`, why: 'status' }, effects);
  }
  for (const { worker, task } of dead) {
    const elsewhere = [
      ...(statuses.includes(task) ? [`/status/${task}`] : []),
      ...(tasks.includes(task) ? [`/tasks/${task}`] : []),
    ][0];
    if (elsewhere === undefined) call(master, { for: 'assignmentData', worker, task }, effects);
    else call(master, { for: 'dropAssignment', worker, task, path: elsewhere }, effects);
  }
}

function finish(master: MasterProcess, { assigned }: Recovery, effects: Effects): void {
  master.recovery = null;
  master.given = {};
  for (const { worker, task } of assigned) noteGiven(master, task, worker);
  if (master.phase === 'recovery') {
    setPhase(master, 'tasks', effects);
    call(master, { for: 'tasks' }, effects);
    call(master, { for: 'statuses' }, effects);
  } else offerAll(master, effects);
  if (master.recoversAgain) beginSweep(master, effects);
}

export function onAssignmentData(
  master: MasterProcess,
  { worker, task }: Asked<'assignmentData'>,
  { err, reply }: CallResult,
  effects: Effects,
): void {
  if (err !== 'OK') return;
  call(master, { for: 'moveBack', worker, task, data: reply?.data ?? '' }, effects);
}

export function onMovedBack(
  master: MasterProcess,
  { worker, task, data }: Asked<'moveBack'>,
  result: CallResult,
  effects: Effects,
): void {
  if (result.err === 'OK') {
    traceApp(effects, 'requeued', { task, worker, isEmpty: data === '' });
  } else if (failedOp(result) === 1) {
    call(master, { for: 'dropAssignment', worker, task, path: `/tasks/${task}` }, effects);
  }
}
