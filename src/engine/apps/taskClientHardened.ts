/**
 * A hardened task client. What was lost is asked again when it is connected again, and nothing is
 * created a second time before it was looked for. A session that has expired is followed by a new one.
 */
import type { Effects } from '../../bridge/process';
import type { CallResult } from '../client/library/cnxnState';
import type { WatchedEvent } from '../client/library/watchedEvent';
import { openNewSession } from './program';
import {
  createAgain,
  createTask,
  deleteStatus,
  lookForRoot,
  noteDone,
  noteUncertain,
  onCreated,
  onStatusRead,
  onStatusSeen,
  watchStatus,
} from './taskClientCalls';
import { onLooked } from './taskClientLook';
import { beginSearch, onSearched } from './taskClientSearch';
import {
  type Submission,
  submissionOf,
  type TaskClientAsk,
  type TaskClientState,
} from './taskClientState';
import { createMarkerRoot, onMarkerResult, onSweepResult, onSwept } from './taskClientSweep';
import { traceApp } from './traceApp';

export function onHardenedSession(
  client: TaskClientState,
  { state }: WatchedEvent,
  effects: Effects,
): void {
  switch (state) {
    case 'SyncConnected':
      onConnected(client, effects);
      return;
    case 'Disconnected':
      if (client.isConnected) traceApp(effects, 'suspended', {});
      client.isConnected = false;
      return;
    case 'Expired':
      onExpired(client, effects);
      return;
    default:
      return;
  }
}

function onConnected(client: TaskClientState, effects: Effects): void {
  if (client.hasBegun) traceApp(effects, 'resumed', {});
  client.hasBegun = true;
  client.isConnected = true;
  createMarkerRoot(client, effects);
  for (const submission of client.submissions) goOn(client, submission, effects);
  beginSearch(client, effects);
}

/** What a submission waits for is asked again; an uncertain one is looked for. */
function goOn(client: TaskClientState, submission: Submission, effects: Effects): void {
  const task = submission.tasks.at(-1);
  const { state, isAsked } = submission;
  if (state === 'CREATING' && !isAsked) createTask(client, submission, effects);
  else if (task !== undefined && state !== 'DONE') {
    if (submission.isConsumed) deleteStatus(client, submission, task, effects);
    else watchStatus(client, submission, task, effects);
  }
}

/** What was on its way is uncertain already: its connection was lost first. */
function onExpired(client: TaskClientState, effects: Effects): void {
  client.isConnected = false;
  client.isNewSession = true;
  client.search = null;
  client.sweep = null;
  openNewSession(client.program, effects);
}

/** Nothing but the look for a root is asked again here on CONNECTIONLOSS: `onConnected` does so. */
export function onHardenedResult(
  client: TaskClientState,
  about: TaskClientAsk,
  result: CallResult,
  effects: Effects,
): void {
  switch (about.for) {
    case 'look':
      if (!onLooked(client, about, result, effects)) return;
      if (about.why === 'search' && client.search !== null) {
        onSearched(client, client.search, effects);
      } else if (client.sweep !== null) onSwept(client, client.sweep, effects);
      return;
    case 'marker':
      onMarkerResult(client, about, result, effects);
      return;
    case 'sweep':
      onSweepResult(about, result, effects);
      return;
    case 'root':
      if (result.err === 'OK') createAgain(client, effects);
      return;
    default:
      onSubmissionResult(client, about, result, effects);
  }
}

function onSubmissionResult(
  client: TaskClientState,
  about: Extract<TaskClientAsk, { for: 'create' | 'status' | 'read' | 'delete' }>,
  { err, reply }: CallResult,
  effects: Effects,
): void {
  const submission = submissionOf(client, about.submission);
  if (submission === undefined || submission.state === 'DONE') return;
  switch (about.for) {
    case 'create':
      submission.isAsked = false;
      if (err === 'OK') onCreated(client, submission, reply, effects);
      else if (err === 'CONNECTIONLOSS') noteUncertain(submission, effects);
      else if (err === 'NONODE') lookForRoot(client, effects);
      return;
    case 'status':
      if (err === 'OK' || err === 'NONODE') {
        onStatusSeen(client, submission, about.task, reply?.stat, effects);
      }
      return;
    case 'read':
      if (err === 'OK') onStatusRead(client, submission, about.task, reply, effects);
      else if (err === 'NONODE') watchStatus(client, submission, about.task, effects);
      return;
    case 'delete':
      if (err !== 'CONNECTIONLOSS') noteDone(submission, effects);
  }
}
