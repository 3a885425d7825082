/**
 * A hardened worker. While its connection is lost it finishes nothing. What was lost is asked again
 * when it is connected again: in the same session it goes on where it was; in a new one it begins
 * anew, since all that it had has been given to others.
 */
import type { Effects } from '../../bridge/process';
import type { CallResult } from '../client/library/cnxnState';
import type { WatchedEvent } from '../client/library/watchedEvent';
import { ask, openNewSession } from './program';
import { exists, remove } from './requests';
import { forgetUnsent } from './storageLink';
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
import { drop, endRun, goOn } from './workerRun';
import {
  inboxPath,
  type Running,
  sayState,
  type WorkerAsk,
  workerPath,
  type WorkerState,
} from './workerState';

export function onHardenedSession(
  worker: WorkerState,
  event: WatchedEvent,
  effects: Effects,
): void {
  switch (event.state) {
    case 'SyncConnected':
      onConnected(worker, effects);
      return;
    case 'Disconnected':
      if (worker.isSuspended) return;
      worker.isSuspended = true;
      traceApp(effects, 'suspended', {});
      break;
    case 'Expired':
      onExpired(worker, effects);
      break;
    default:
      return;
  }
  effects.touch('worker');
}

function onConnected(worker: WorkerState, effects: Effects): void {
  if (worker.isSuspended) {
    worker.isSuspended = false;
    traceApp(effects, 'resumed', {});
  }
  worker.hasBegun = true;
  effects.touch('worker');
  if (!worker.isRegistered) {
    createInbox(worker, effects);
    return;
  }
  listInbox(worker, effects);
  sayState(worker, effects);
  goOn(worker, effects);
}

/** E13: all that it had has been assigned anew, or will be. */
function onExpired(worker: WorkerState, effects: Effects): void {
  if (worker.storage !== null) forgetUnsent(worker.storage);
  worker.isSuspended = true;
  worker.isRegistered = false;
  worker.inbox = [];
  worker.known = {};
  drop(worker, effects);
  openNewSession(worker.program, effects);
}

/** Nothing is asked again on CONNECTIONLOSS: `onConnected` does so. */
export function onHardenedResult(
  worker: WorkerState,
  about: WorkerAsk,
  { err, reply }: CallResult,
  effects: Effects,
): void {
  switch (about.for) {
    case 'inboxNode':
      if (err === 'NONODE') lookForRoots(worker, effects);
      if (err !== 'OK' && err !== 'NODEEXISTS') return;
      if (worker.isRegistered) listInbox(worker, effects);
      else register(worker, effects);
      return;
    case 'register':
      if (err === 'OK') onRegistered(worker, effects);
      // Its own, when the answer of an earlier try was lost; else of an earlier session, which will expire.
      else if (err === 'NODEEXISTS') lookAtOwner(worker, effects);
      else if (err === 'NONODE') lookForRoots(worker, effects);
      return;
    case 'owner':
      if (err === 'NONODE') register(worker, effects);
      else if (reply?.stat?.ephemeralOwner === worker.program.cnxn.sessionId) {
        onRegistered(worker, effects);
      }
      return;
    case 'inbox':
      // A recovery took the inbox of the life before away with all that was in it.
      if (err === 'NONODE') createInbox(worker, effects);
      else if (err === 'OK') onListed(worker, reply?.children ?? [], effects);
      return;
    case 'read': {
      const czxid = reply?.stat?.czxid;
      // E15: which assignment it is, not what it is called.
      if (czxid === undefined || worker.known[about.task] === czxid) return;
      worker.known[about.task] = czxid;
      worker.inbox = worker.inbox.filter(({ task }) => task !== about.task);
      take(worker, about.task, reply, effects);
      return;
    }
    case 'state':
      if (err !== 'OK') worker.said = about.state === 'Idle' ? 'Working' : 'Idle';
      return;
    case 'report':
      onReported(worker, about, err, effects);
      return;
    case 'roots':
      if (err === 'OK') createInbox(worker, effects);
      return;
    case 'status':
    case 'release':
      return;
  }
}

function onRegistered(worker: WorkerState, effects: Effects): void {
  if (!worker.isRegistered) noteRegistered(worker, effects);
  listInbox(worker, effects);
}

/** The watch tells when it is gone. */
function lookAtOwner(worker: WorkerState, effects: Effects): void {
  ask(worker.program, exists(workerPath(worker)), { for: 'owner' }, effects, true);
}

/** What is no longer in the inbox is not begun; a run that has begun finds out when it reports. */
function onListed(worker: WorkerState, children: readonly string[], effects: Effects): void {
  const there = [...children].sort();
  worker.known = Object.fromEntries(
    there.flatMap((task) => {
      const czxid = worker.known[task];
      return czxid === undefined ? [] : [[task, czxid]];
    }),
  );
  worker.inbox = worker.inbox.filter(({ task }) => worker.known[task] !== undefined);
  for (const task of there) readAssignment(worker, task, inboxPath(worker, task), effects);
  sayState(worker, effects);
  effects.touch('worker');
}

function onReported(
  worker: WorkerState,
  { task, run }: Extract<WorkerAsk, { for: 'report' }>,
  err: CallResult['err'],
  effects: Effects,
): void {
  const { running } = worker;
  if (running === null || running.run !== run) return;
  switch (err) {
    case 'OK':
      noteReported(worker, running, effects);
      return;
    case 'NODEEXISTS':
      // E7: an earlier try arrived and its answer was lost. Whoever else wrote the status, the
      // assignment has served its purpose.
      ask(worker.program, remove(inboxPath(worker, task)), { for: 'release', task }, effects);
      noteReported(worker, running, effects);
      return;
    case 'NONODE':
      // The earlier try arrived and its status is consumed already; or the assignment was taken away.
      if (running.isUncertain) noteReported(worker, running, effects);
      else drop(worker, effects);
      return;
    case 'CONNECTIONLOSS':
      // The same call again when it is connected again.
      running.isUncertain = true;
      return;
    case 'SESSIONEXPIRED':
      return;
    default:
      drop(worker, effects);
  }
}

function noteReported(worker: WorkerState, running: Running, effects: Effects): void {
  const { task, status } = running;
  traceApp(effects, 'reported', { task, status });
  traceApp(effects, 'released', { task });
  endRun(worker, running, effects);
}
