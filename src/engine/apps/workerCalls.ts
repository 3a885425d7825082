/** What workers of both styles ask of ZooKeeper about themselves and their inbox, and note down of it. */
import type { Effects } from '../../bridge/process';
import type { ReplyBody } from '../../zk/records';
import { ask } from './program';
import { createEphemeral, createPersistent, exists, getChildren, getData } from './requests';
import { decodeTask, workerNode } from '../../bridge/taskData';
import { traceApp } from './traceApp';
import { beginNext } from './workerRun';
import { inboxPath, workerData, workerPath, type WorkerState } from './workerState';

/** The root that a master makes last. */
export const LAST_ROOT = '/status';

/**
 * Whether the first master has made the roots; the watch tells when it has. The sample leaves this to
 * whoever starts its processes, the master first; here all may begin at once.
 */
export function lookForRoots(worker: WorkerState, effects: Effects): void {
  ask(worker.program, exists(LAST_ROOT), { for: 'roots' }, effects, true);
}

export function createInbox(worker: WorkerState, effects: Effects): void {
  const body = createPersistent(inboxPath(worker), '');
  ask(worker.program, body, { for: 'inboxNode' }, effects);
}

export function register(worker: WorkerState, effects: Effects): void {
  const body = createEphemeral(workerPath(worker), workerData(worker, 'Idle'));
  ask(worker.program, body, { for: 'register' }, effects);
}

/** Sets the watch by the same call that reads. */
export function listInbox(worker: WorkerState, effects: Effects): void {
  ask(worker.program, getChildren(inboxPath(worker)), { for: 'inbox' }, effects, true);
}

export function readAssignment(
  worker: WorkerState,
  task: string,
  path: string,
  effects: Effects,
): void {
  ask(worker.program, getData(path), { for: 'read', task, path }, effects);
}

export function noteRegistered(worker: WorkerState, effects: Effects): void {
  worker.isRegistered = true;
  worker.said = 'Idle';
  const { id, can = null } = worker.settings;
  traceApp(effects, 'workerRegistered', { worker: workerNode(id), can });
  effects.touch('worker');
}

/** Into the queue of the thread. */
export function take(
  worker: WorkerState,
  task: string,
  reply: ReplyBody | undefined,
  effects: Effects,
): void {
  const czxid = reply?.stat?.czxid;
  if (czxid === undefined) return;
  worker.inbox.push({ task, data: decodeTask(reply?.data), czxid });
  beginNext(worker, effects);
}
