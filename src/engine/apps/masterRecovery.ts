/**
 * Recovery of a book-style master on takeover: five reads, in order `/tasks`, `/assign`, `/workers`,
 * every inbox, `/status`. What an inbox of a live worker holds is assigned; what one of a dead worker
 * holds goes back into `/tasks`; what is assigned or has a status leaves `/tasks`.
 *
 * Source: the published example of the ZooKeeper book, RecoveredAssignments. Defects are kept and marked.
 */
import type { Effects } from '../../bridge/process';
import type { CallResult } from '../client/library/cnxnState';
import type { RecoveryRead } from './masterAsk';
import { call } from './masterCalls';
import { type MasterProcess, noteGiven, type Recovery, setPhase } from './masterState';
import { traceApp } from './traceApp';

export function beginRecovery(master: MasterProcess, effects: Effects): void {
  master.recovery = { tasks: [], inboxes: [], alive: [], assigned: [], dead: [] };
  call(master, { for: 'recoverTasks' }, effects);
}

export function onRecoveryRead(
  master: MasterProcess,
  what: RecoveryRead,
  { err, reply }: CallResult,
  effects: Effects,
): void {
  const { recovery } = master;
  if (recovery === null) return;
  if (err !== 'OK') {
    // Defect: an inbox that has gone meanwhile is never struck out, and recovery waits for it for ever.
    if (what.for === 'recoverInbox' && err === 'NONODE') return;
    giveUp(master, effects);
    return;
  }
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
      onAlive(master, recovery, children, effects);
      return;
    case 'recoverInbox':
      onInbox(master, recovery, what.worker, children, effects);
      return;
    case 'recoverStatus':
      onStatuses(master, recovery, children, effects);
  }
}

function onAlive(
  master: MasterProcess,
  recovery: Recovery,
  alive: string[],
  effects: Effects,
): void {
  // E4, defect: with nobody alive it returns at once. What lies in the inboxes of the dead stays there,
  // also when workers join later: nobody looks again before the next takeover.
  if (alive.length === 0) {
    traceApp(effects, 'recoverySkipped', { why: 'noWorker' });
    complete(master, effects);
    return;
  }
  recovery.alive = alive;
  for (const worker of recovery.inboxes) call(master, { for: 'recoverInbox', worker }, effects);
}

function onInbox(
  master: MasterProcess,
  recovery: Recovery,
  worker: string,
  children: readonly string[],
  effects: Effects,
): void {
  const inbox = `/assign/${worker}`;
  const isAlive = recovery.alive.includes(worker);
  for (const task of children) {
    if (isAlive) {
      recovery.assigned.push({ worker, task });
      noteGiven(master, task, worker);
      continue;
    }
    if (recovery.tasks.includes(task)) {
      call(master, { for: 'deleteAssignment', path: `${inbox}/${task}` }, effects);
    } else {
      recovery.tasks.push(task);
      // V1, defect: the path of the inbox stands where that of the assignment should. So the task
      // comes back with the inbox's data, which is nothing, and what is deleted for it afterwards is
      // the inbox, which fails with NOTEMPTY: the assignment stays.
      const asked = { path: inbox, task, worker, inRecovery: true };
      call(master, { for: 'reassignData', ...asked }, effects);
    }
    call(master, { for: 'deleteAssignment', path: inbox }, effects);
  }
  recovery.inboxes = recovery.inboxes.filter((name) => name !== worker);
  if (recovery.inboxes.length === 0) call(master, { for: 'recoverStatus' }, effects);
}

/** E1: what an earlier master left in both places leaves /tasks here. */
function onStatuses(
  master: MasterProcess,
  recovery: Recovery,
  statuses: readonly string[],
  effects: Effects,
): void {
  for (const { task } of recovery.assigned) {
    call(master, { for: 'dropTask', task, why: 'assigned' }, effects);
  }
  for (const task of statuses) call(master, { for: 'dropTask', task, why: 'status' }, effects);
  complete(master, effects);
}

/** The tasks are read anew, not taken from what recovery knows. */
function complete(master: MasterProcess, effects: Effects): void {
  master.recovery = null;
  setPhase(master, 'tasks', effects);
  call(master, { for: 'tasks' }, effects);
  call(master, { for: 'statuses' }, effects);
}

/** Defect: a master whose recovery failed stays elected and never reads the tasks. */
function giveUp(master: MasterProcess, effects: Effects): void {
  master.recovery = null;
  traceApp(effects, 'recoverySkipped', { why: 'error' });
}
