/**
 * A worker runs its tasks, one at a time: steps, the effect, the status, and the assignment goes.
 *
 * The work is done by a thread of its own: each step and each pause between two of its calls is a
 * timer, so that a crash, a pause or a lost connection may fall in between. What the EventThread
 * hears in the meantime it hears at once.
 */
import type { Effects } from '../../bridge/process';
import type { StorageOutcome, StorageWrite } from './storageLink';
import { store } from './storageLink';
import { ask, isHardened } from './program';
import { createPersistent, remove } from './requests';
import { encodeStatus, type StatusData, type TaskData } from '../../bridge/taskData';
import { traceApp } from './traceApp';
import {
  type EffectAsk,
  inboxPath,
  type Running,
  sayState,
  STEP_MS,
  stepsOf,
  type WorkerState,
} from './workerState';

/**
 * Between two calls of the thread, ms. Other threads may always run there; E5, E6 and E7 are what may
 * happen in that time.
 */
export const BETWEEN_CALLS_MS = 10;
/** A write to the storage that nobody answered is made again after this long, ms. */
const AGAIN_MS = 500;

/** Begins the oldest assignment of the inbox when nothing runs. */
export function beginNext(worker: WorkerState, effects: Effects): void {
  if (worker.running === null && !worker.isSuspended && !worker.isOver) {
    const next = worker.inbox.shift();
    if (next !== undefined) begin(worker, next, effects);
  }
  sayState(worker, effects);
  effects.touch('worker');
}

function begin(worker: WorkerState, next: WorkerState['inbox'][number], effects: Effects): void {
  worker.runs += 1;
  const run = worker.runs;
  const { task, data } = next;
  worker.running = {
    ...next,
    run,
    step: 0,
    steps: stepsOf(data),
    doing: 'steps',
    status: (data.failed ?? 0) < (data.fails ?? 0) ? 'failed' : 'done',
    isAsked: false,
    isUncertain: false,
  };
  traceApp(effects, 'begin', { task, submission: data.submission, kind: data.kind, run });
  armStep(worker, effects);
}

function armStep(worker: WorkerState, effects: Effects): void {
  effects.setTimer('step', (worker.settings.stepMs ?? STEP_MS) * 1000);
}

/** A timer of the thread; false: it is none. */
export function onThreadTimer(worker: WorkerState, name: string, effects: Effects): boolean {
  const { running } = worker;
  switch (name) {
    case 'step':
      if (running !== null) onStep(worker, running, effects);
      return true;
    case 'thread':
      goOn(worker, effects);
      return true;
    default:
      return false;
  }
}

function onStep(worker: WorkerState, running: Running, effects: Effects): void {
  running.step += 1;
  const { task, step, steps } = running;
  traceApp(effects, 'step', { task, step, steps });
  effects.touch('worker');
  if (step < steps) armStep(worker, effects);
  else goOn(worker, effects);
}

/** The order of a person: the run of now fails at once, if it still works. */
export function failRunning(worker: WorkerState, effects: Effects): void {
  const { running } = worker;
  if (running?.doing !== 'steps') return;
  effects.clearTimer('step');
  running.status = 'failed';
  running.step = running.steps;
  goOn(worker, effects);
}

/** The thread does what comes next; hardened: not while the connection is lost. */
export function goOn(worker: WorkerState, effects: Effects): void {
  const { running } = worker;
  if (running === null || worker.isSuspended || worker.isOver) return;
  switch (running.doing) {
    case 'steps':
      if (running.step < running.steps) return;
      if (running.status === 'failed') noteFailed(running, effects);
      else takeEffect(worker, running, effects);
      return;
    case 'effect':
      if (!running.isAsked) askStorage(worker, running, effects);
      return;
    case 'executed':
    case 'status':
      report(worker, running, effects);
      return;
    case 'release':
      release(worker, running, effects);
  }
}

/** The count stands in the data of the task, so that no crash of whomever forgets it. */
function noteFailed(running: Running, effects: Effects): void {
  const { task, run, data } = running;
  running.data = { ...data, failed: (data.failed ?? 0) + 1 };
  traceApp(effects, 'failedRun', { task, submission: data.submission, run });
  pauseBeforeStatus(running, effects);
  effects.touch('worker');
}

/** At the storage, or without one here. */
function takeEffect(worker: WorkerState, running: Running, effects: Effects): void {
  const { task, data, czxid } = running;
  // V1: the master has lost what was to be done, so nothing is.
  if (data.text === '' && data.submission === '') {
    pauseBeforeStatus(running, effects);
    return;
  }
  const { submission, kind } = data;
  traceApp(effects, 'effect', { task, submission, kind, token: czxid });
  if (worker.storage === null) noteExecuted(running, effects);
  else {
    running.doing = 'effect';
    askStorage(worker, running, effects);
  }
  effects.touch('worker');
}

function askStorage(worker: WorkerState, running: Running, effects: Effects): void {
  const { task, data, czxid, run } = running;
  const write: StorageWrite = {
    by: worker.settings.id,
    what: 'effect',
    key: keyOf(task, data),
    text: data.text,
    token: czxid,
    taskKind: data.kind,
  };
  // E5: book-style writes again what is there already.
  if (isHardened(worker) && data.kind === 'once') write.ifAbsent = true;
  const link = worker.storage;
  running.isAsked = true;
  if (link !== null) store(link, write, { run }, effects);
}

/** The submission, so that a task submitted twice shows; a task written by hand has only its name. */
function keyOf(task: string, { submission }: TaskData): string {
  return submission === '' ? task : submission;
}

/** The storage answered. Of a run that was dropped nobody asks any more. */
export function onEffectAnswer(
  worker: WorkerState,
  { run }: EffectAsk,
  outcome: StorageOutcome,
  effects: Effects,
): void {
  const { running } = worker;
  if (running === null || running.run !== run || running.doing !== 'effect') return;
  effects.touch('worker');
  if (outcome === 'lost') {
    running.isAsked = false;
    effects.setTimer('thread', AGAIN_MS * 1000);
  }
  // Refused: a later assignment of this task has been seen there, so it is somebody else's now (E13).
  // Book-style does not look at what the storage says.
  else if (outcome === 'refused' && isHardened(worker)) drop(worker, effects);
  else noteExecuted(running, effects);
}

function noteExecuted(running: Running, effects: Effects): void {
  const { task, data, run } = running;
  traceApp(effects, 'executed', { task, submission: data.submission, run });
  pauseBeforeStatus(running, effects);
}

/** E5: whoever dies in this time has done it, and nobody knows. */
function pauseBeforeStatus(running: Running, effects: Effects): void {
  running.doing = 'executed';
  effects.setTimer('thread', BETWEEN_CALLS_MS * 1000);
}

function report(worker: WorkerState, running: Running, effects: Effects): void {
  const { task, run } = running;
  const path = `/status/${task}`;
  const data = encodeStatus(statusOf(worker, running));
  running.doing = 'status';
  effects.touch('worker');
  if (isHardened(worker)) {
    const ops = [createPersistent(path, data), remove(inboxPath(worker, task))];
    ask(worker.program, { op: 'multi', ops }, { for: 'report', task, run }, effects);
    return;
  }
  const about = { for: 'status' as const, task, path, data };
  ask(worker.program, createPersistent(path, data), about, effects);
  // E6: whoever dies in this time has said so, and has the assignment still.
  running.doing = 'release';
  effects.setTimer('thread', BETWEEN_CALLS_MS * 1000);
}

function statusOf(worker: WorkerState, { status, data }: Running): StatusData {
  return status === 'failed' || isHardened(worker) ? { status, task: data } : { status };
}

/** Book-style: whatever became of the status (E7), and nobody looks whether it worked. */
function release(worker: WorkerState, running: Running, effects: Effects): void {
  const { task } = running;
  const body = remove(inboxPath(worker, task));
  ask(worker.program, body, { for: 'release', task }, effects);
  endRun(worker, running, effects);
}

/** The run is over and known to be. */
export function endRun(worker: WorkerState, running: Running, effects: Effects): void {
  if (running.status === 'done') worker.done += 1;
  else worker.failed += 1;
  worker.running = null;
  beginNext(worker, effects);
}

/** The run is not ours any more: no effect, no status. */
export function drop(worker: WorkerState, effects: Effects): void {
  effects.clearTimer('step');
  effects.clearTimer('thread');
  worker.running = null;
  beginNext(worker, effects);
}
