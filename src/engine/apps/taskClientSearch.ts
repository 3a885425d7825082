/**
 * The search of a hardened task client for its submissions, by their ids, before it creates one again
 * (E8).
 *
 * Tasks move while it looks, so one look that finds nothing proves nothing. But whatever moves into a
 * list changes that list's pzxid: two looks in a row that find nothing and see the same pzxids prove
 * that it is nowhere.
 *
 * Left out: book-style workers write no id with `done`, so a status of theirs is not recognised.
 */
import type { Effects } from '../../bridge/process';
import { awaitStatus, createTask, noteDone } from './taskClientCalls';
import { beginLook } from './taskClientLook';
import type { Look, Submission, TaskClientState } from './taskClientState';
import { traceApp } from './traceApp';

/** Those whose create may have arrived; in a new session also those whose status may be gone. */
function isLookedFor(client: TaskClientState, submission: Submission): boolean {
  const { state, tasks, isConsumed } = submission;
  if (state === 'UNCERTAIN') return true;
  return client.isNewSession && tasks.length > 0 && !isConsumed;
}

export function beginSearch(client: TaskClientState, effects: Effects): void {
  client.searchedBefore = null;
  if (client.submissions.some((submission) => isLookedFor(client, submission))) {
    beginLook(client, 'search', effects);
  } else client.isNewSession = false;
}

/** The look is over. */
export function onSearched(client: TaskClientState, look: Look, effects: Effects): void {
  const missing: Submission[] = [];
  for (const submission of client.submissions) {
    if (!isLookedFor(client, submission)) continue;
    const task = look.found.find((found) => found.submission === submission.id)?.task;
    if (task === undefined) missing.push(submission);
    else onFound(client, submission, task, effects);
  }
  const seen = look.seen.sort().join('\n');
  if (missing.length > 0 && seen !== client.searchedBefore) {
    client.searchedBefore = seen;
    beginLook(client, 'search', effects);
    return;
  }
  client.search = null;
  client.isNewSession = false;
  for (const submission of missing) onNowhere(client, submission, effects);
}

function onFound(
  client: TaskClientState,
  submission: Submission,
  task: string,
  effects: Effects,
): void {
  if (!submission.tasks.includes(task)) {
    traceApp(effects, 'found', { submission: submission.id, task });
  }
  awaitStatus(client, submission, task, effects);
}

/** It never arrived; or it was done, and its status has been swept away. */
function onNowhere(client: TaskClientState, submission: Submission, effects: Effects): void {
  if (submission.tasks.length > 0) {
    noteDone(submission, effects);
    return;
  }
  submission.state = 'CREATING';
  effects.touch('taskclient');
  createTask(client, submission, effects);
}
