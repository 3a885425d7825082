/**
 * The way of a submission: create in /tasks, a watch on its status, the result, the status deleted.
 * Both styles go it; they differ in what they do when an answer is lost.
 *
 * Source: the published master-worker example of the ZooKeeper book (Client).
 */
import { bytesToText } from '../../base/bytes';
import type { TaskOrder } from '../../bridge/app';
import type { Effects } from '../../bridge/process';
import type { ReplyBody } from '../../zk/records';
import { ask, isHardened } from './program';
import { createSequential, exists, getData, remove } from './requests';
import type { Submission, TaskClientState } from './taskClientState';
import { decodeStatus, encodeTask } from '../../bridge/taskData';
import { traceApp } from './traceApp';

const TASKS = '/tasks/';

/** A person's order. Hardened: without a connection it waits for one. */
export function submit(client: TaskClientState, order: TaskOrder, effects: Effects): void {
  const { settings, incarnation, submissions } = client;
  const id = `${settings.id}.${incarnation}.${submissions.length + 1}`;
  const submission: Submission = {
    id,
    order,
    state: 'CREATING',
    isAsked: false,
    tasks: [],
    failed: null,
    isConsumed: false,
  };
  submissions.push(submission);
  traceApp(effects, 'submitted', { submission: id, kind: order.kind });
  effects.touch('taskclient');
  if (client.isConnected || !isHardened(client)) createTask(client, submission, effects);
}

export function createTask(
  client: TaskClientState,
  submission: Submission,
  effects: Effects,
): void {
  const { id, order } = submission;
  submission.isAsked = true;
  const data = encodeTask({ ...order, submission: id });
  const body = createSequential(`${TASKS}task-`, data);
  ask(client.program, body, { for: 'create', submission: id }, effects);
}

/** No master has made the roots yet; the watch tells when one has. */
export function lookForRoot(client: TaskClientState, effects: Effects): void {
  ask(client.program, exists('/tasks'), { for: 'root' }, effects, true);
}

/** /tasks is there now. */
export function createAgain(client: TaskClientState, effects: Effects): void {
  for (const submission of client.submissions) {
    const { state, isAsked } = submission;
    if (state === 'CREATING' && !isAsked) createTask(client, submission, effects);
  }
}

export function onCreated(
  client: TaskClientState,
  submission: Submission,
  reply: ReplyBody | undefined,
  effects: Effects,
): void {
  const task = (reply?.path ?? TASKS).slice(TASKS.length);
  traceApp(effects, 'acknowledged', { submission: submission.id, task });
  awaitStatus(client, submission, task, effects);
}

/** Its name is known from now on. */
export function awaitStatus(
  client: TaskClientState,
  submission: Submission,
  task: string,
  effects: Effects,
): void {
  submission.state = 'WAITING';
  if (!submission.tasks.includes(task)) submission.tasks.push(task);
  effects.touch('taskclient');
  watchStatus(client, submission, task, effects);
}

/** Told once, however often it is tried without a connection. */
export function noteUncertain(submission: Submission, effects: Effects): void {
  if (submission.state === 'UNCERTAIN') return;
  submission.state = 'UNCERTAIN';
  traceApp(effects, 'uncertain', { submission: submission.id });
  effects.touch('taskclient');
}

/** exists with a watch: also while there is no status yet. */
export function watchStatus(
  client: TaskClientState,
  { id }: Submission,
  task: string,
  effects: Effects,
): void {
  const about = { for: 'status' as const, submission: id, task };
  ask(client.program, exists(`/status/${task}`), about, effects, true);
}

export function readStatus(
  client: TaskClientState,
  submission: Submission,
  task: string,
  effects: Effects,
): void {
  submission.state = 'READING';
  effects.touch('taskclient');
  const about = { for: 'read' as const, submission: submission.id, task };
  ask(client.program, getData(`/status/${task}`), about, effects);
}

/** There is a status, or none: the watch tells of the change. */
export function onStatusSeen(
  client: TaskClientState,
  submission: Submission,
  task: string,
  stat: ReplyBody['stat'],
  effects: Effects,
): void {
  if (submission.isConsumed) return;
  if (stat === undefined) {
    submission.state = 'WAITING';
    effects.touch('taskclient');
  } else if (submission.failed !== stat.czxid) readStatus(client, submission, task, effects);
  else {
    submission.state = 'FAILED';
    effects.touch('taskclient');
  }
}

/** A failed task is the master's: it assigns it anew, and the client waits on. */
export function onStatusRead(
  client: TaskClientState,
  submission: Submission,
  task: string,
  reply: ReplyBody | undefined,
  effects: Effects,
): void {
  effects.touch('taskclient');
  if (decodeStatus(reply?.data)?.status === 'failed') {
    submission.state = 'FAILED';
    submission.failed = reply?.stat?.czxid ?? null;
    watchStatus(client, submission, task, effects);
    return;
  }
  const status = bytesToText(reply?.data ?? '').split(' ', 1)[0] as string;
  traceApp(effects, 'consumed', { submission: submission.id, task, status });
  submission.isConsumed = true;
  deleteStatus(client, submission, task, effects);
}

export function deleteStatus(
  client: TaskClientState,
  { id }: Submission,
  task: string,
  effects: Effects,
): void {
  const about = { for: 'delete' as const, submission: id, task };
  ask(client.program, remove(`/status/${task}`), about, effects);
}

export function noteDone(submission: Submission, effects: Effects): void {
  submission.state = 'DONE';
  effects.touch('taskclient');
}
