/**
 * A task client in the style of the book: what was lost is asked again at once; when its session has
 * expired, the process ends.
 *
 * Source: the published master-worker example of the ZooKeeper book (Client).
 */
import type { Effects } from '../../bridge/process';
import type { CallResult } from '../client/library/cnxnState';
import type { WatchedEvent } from '../client/library/watchedEvent';
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
  readStatus,
  watchStatus,
} from './taskClientCalls';
import { submissionOf, type TaskClientAsk, type TaskClientState } from './taskClientState';

export function onBookSession(
  client: TaskClientState,
  { state }: WatchedEvent,
  effects: Effects,
): void {
  client.isConnected = state === 'SyncConnected';
  if (state !== 'Expired' && state !== 'AuthFailed') return;
  client.isOver = true;
  effects.exit(0, `session ${state === 'Expired' ? 'expired' : 'refused'}`);
}

/** Other errors than those that stand here are logged, and that is all. */
export function onBookResult(
  client: TaskClientState,
  about: TaskClientAsk,
  { err, reply }: CallResult,
  effects: Effects,
): void {
  if (about.for === 'root') {
    if (err === 'CONNECTIONLOSS') lookForRoot(client, effects);
    else if (err === 'OK') createAgain(client, effects);
    return;
  }
  const submission = 'submission' in about ? submissionOf(client, about.submission) : undefined;
  if (submission === undefined) return;
  const isLost = err === 'CONNECTIONLOSS';
  switch (about.for) {
    case 'create':
      submission.isAsked = false;
      if (err === 'OK') onCreated(client, submission, reply, effects);
      else if (isLost) {
        // E8: it may have arrived, and then there are two of it. The sample says so in a comment.
        noteUncertain(submission, effects);
        createTask(client, submission, effects);
      } else if (err === 'NONODE') lookForRoot(client, effects);
      return;
    case 'status':
      if (isLost) watchStatus(client, submission, about.task, effects);
      else if (err === 'OK' || err === 'NONODE') {
        onStatusSeen(client, submission, about.task, reply?.stat, effects);
      }
      return;
    case 'read':
      if (isLost) readStatus(client, submission, about.task, effects);
      else if (err === 'OK') onStatusRead(client, submission, about.task, reply, effects);
      else if (err === 'NONODE') watchStatus(client, submission, about.task, effects);
      return;
    case 'delete':
      if (isLost) deleteStatus(client, submission, about.task, effects);
      // Also when it could not be deleted: it stays for ever (E7).
      else noteDone(submission, effects);
      return;
  }
}
