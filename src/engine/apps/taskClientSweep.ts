/**
 * E9: a client that died leaves its results in /status for ever. Hardened task clients stand in
 * /clients by an ephemeral, `c-1.0` (id and incarnation), and each of them sweeps away the results of
 * those who no longer do: done, and the task neither in /tasks nor in an inbox. A failed one is the
 * master's.
 *
 * It waits a while first: a client whose session has expired comes back with a new one.
 */
import type { Effects } from '../../bridge/process';
import type { CallResult } from '../client/library/cnxnState';
import { ask } from './program';
import { createEphemeral, createPersistent, getChildren, remove } from './requests';
import { beginLook } from './taskClientLook';
import type { Look, TaskClientAsk, TaskClientState } from './taskClientState';
import { traceApp } from './traceApp';

const ROOT = '/clients';
/** From the change of the group to the sweep, ms. */
const SWEEP_AFTER_MS = 20_000;

function markerPath({ settings, incarnation }: TaskClientState): string {
  return `${ROOT}/${settings.id}.${incarnation}`;
}

export function createMarkerRoot(client: TaskClientState, effects: Effects): void {
  ask(client.program, createPersistent(ROOT, ''), { for: 'marker', step: 'root' }, effects);
}

/** Root, marker, list: each when the one before is there. */
export function onMarkerResult(
  client: TaskClientState,
  { step }: Extract<TaskClientAsk, { for: 'marker' }>,
  { err }: CallResult,
  effects: Effects,
): void {
  if (step === 'root' && (err === 'OK' || err === 'NODEEXISTS')) {
    const body = createEphemeral(markerPath(client), '');
    ask(client.program, body, { for: 'marker', step: 'marker' }, effects);
  } else if (step === 'marker' && err === 'NONODE') createMarkerRoot(client, effects);
  // It exists when an answer was lost: nobody else has that name, and with its session it went.
  else if (step === 'marker' && (err === 'OK' || err === 'NODEEXISTS')) {
    watchClients(client, effects);
  } else if (step === 'list' && err === 'OK') effects.setTimer('sweep', SWEEP_AFTER_MS * 1000);
}

/** Somebody came or went. */
export function watchClients(client: TaskClientState, effects: Effects): void {
  ask(client.program, getChildren(ROOT), { for: 'marker', step: 'list' }, effects, true);
}

export function onSweepTimer(client: TaskClientState, effects: Effects): void {
  // Without a connection the list is asked for again when there is one.
  if (client.isConnected) beginLook(client, 'sweep', effects);
}

/** The look is over. */
export function onSwept(client: TaskClientState, look: Look, effects: Effects): void {
  client.sweep = null;
  const dead = look.found.filter(({ submission }) => !look.clients.includes(ownerOf(submission)));
  const running = dead.filter(({ status }) => status === null);
  for (const { task, submission, status } of dead) {
    if (status !== 'done' || running.some((other) => other.task === task)) continue;
    const about = { for: 'sweep' as const, task, submission };
    ask(client.program, remove(`/status/${task}`), about, effects);
  }
  const isOver = dead.every(({ status }) => status === 'done') && running.length === 0;
  if (!isOver) effects.setTimer('sweep', SWEEP_AFTER_MS * 1000);
}

/** `c-1.0` of `c-1.0.3`. */
function ownerOf(submission: string): string {
  return submission.slice(0, submission.lastIndexOf('.'));
}

export function onSweepResult(
  { task, submission }: Extract<TaskClientAsk, { for: 'sweep' }>,
  { err }: CallResult,
  effects: Effects,
): void {
  if (err === 'OK') traceApp(effects, 'consumed', { submission, task, status: 'swept' });
}
