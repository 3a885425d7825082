/**
 * A worker in the style of the book: it asks, logs what went wrong, and goes on. On Disconnected it
 * only notes it; when its session has expired, the process ends.
 *
 * Source: the published master-worker example of the ZooKeeper book (Worker). Its defects are kept,
 * each named where it stands.
 */
import { textToBytes } from '../../base/bytes';
import type { Effects } from '../../bridge/process';
import { ZXID_ZERO } from '../../zk/ids';
import type { CallResult } from '../client/library/cnxnState';
import type { WatchedEvent } from '../client/library/watchedEvent';
import { ask } from './program';
import { createPersistent } from './requests';
import { traceApp } from './traceApp';
import {
  createInbox,
  listInbox,
  lookForRoots,
  noteRegistered,
  readAssignment,
  register,
  take,
} from './workerCalls';
import { inboxPath, sayState, type WorkerAsk, type WorkerState } from './workerState';

export function onBookSession(worker: WorkerState, event: WatchedEvent, effects: Effects): void {
  if (event.state === 'SyncConnected' && !worker.hasBegun) lookForRoots(worker, effects);
  // Disconnected only sets a flag that nobody asks: the thread goes on, and so does its effect.
  if (event.state === 'Expired' || event.state === 'AuthFailed') {
    worker.isOver = true;
    effects.exit(0, `session ${event.state === 'Expired' ? 'expired' : 'refused'}`);
  }
}

/** Once in a life; the calls are made one behind the other, none waits for the one before. */
function bootstrap(worker: WorkerState, effects: Effects): void {
  if (worker.hasBegun) return;
  worker.hasBegun = true;
  createInbox(worker, effects);
  register(worker, effects);
  listInbox(worker, effects);
}

/** Other errors than those that stand here are logged, and that is all. */
export function onBookResult(
  worker: WorkerState,
  about: WorkerAsk,
  { err, reply }: CallResult,
  effects: Effects,
): void {
  const isLost = err === 'CONNECTIONLOSS';
  switch (about.for) {
    case 'roots':
      // Lost: the next SyncConnected looks again.
      if (err === 'OK') bootstrap(worker, effects);
      return;
    case 'inboxNode':
      if (isLost) createInbox(worker, effects);
      return;
    case 'register':
      if (isLost) register(worker, effects);
      // Defect: NodeExists is taken for its own doing. When it is what an earlier life left behind (a
      // fast restart), it goes with that session, and this worker is in no group and does not know.
      else if (err === 'OK') noteRegistered(worker, effects);
      return;
    case 'inbox':
      if (isLost) listInbox(worker, effects);
      else if (err === 'OK') diffByName(worker, reply?.children ?? [], effects);
      return;
    case 'read':
      // Defect: the retry passes no name on, so that the status will be /status/null.
      if (isLost) readAssignment(worker, 'null', about.path, effects);
      else if (err === 'OK') take(worker, about.task, reply, effects);
      return;
    case 'state':
      if (isLost) {
        worker.said = about.state === 'Idle' ? 'Working' : 'Idle';
        sayState(worker, effects);
      }
      return;
    case 'status':
      if (isLost) createWrongStatus(worker, about, effects);
      else if (err === 'OK' && about.path === `/status/${about.task}`) {
        const status = about.data.startsWith('failed') ? 'failed' : 'done';
        traceApp(effects, 'reported', { task: about.task, status });
      }
      return;
    case 'release':
      // Defect: a lost delete is ignored. The assignment stays, and another life executes it again.
      if (err === 'OK') traceApp(effects, 'released', { task: about.task });
  }
}

/** E15: one that was taken away and came back between two reads is not seen. */
function diffByName(worker: WorkerState, children: readonly string[], effects: Effects): void {
  const added = children.filter((task) => worker.known[task] === undefined);
  worker.known = Object.fromEntries(children.map((task) => [task, ZXID_ZERO]));
  for (const task of added) readAssignment(worker, task, inboxPath(worker, task), effects);
}

/**
 * E7: the retry names a child of what it should create, and always says done. When the first create
 * did not reach the ensemble, there is no such parent, no status, and the client waits for ever; when
 * it did, the client cannot delete the status that it has read.
 */
function createWrongStatus(
  worker: WorkerState,
  about: Extract<WorkerAsk, { for: 'status' }>,
  effects: Effects,
): void {
  const path = `${about.path}/status`;
  const data = textToBytes('done');
  ask(worker.program, createPersistent(path, data), { ...about, path, data }, effects);
}
