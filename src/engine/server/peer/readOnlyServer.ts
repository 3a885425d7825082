/**
 * The read-only server: with `readonlymode.enabled` a server that is LOOKING for longer than a
 * grace period serves reads of what it has, to clients that said they would take that.
 *
 * Source: QuorumPeer.run (LOOKING), ReadOnlyZooKeeperServer.
 */
import type { Server } from '../machine';
import { closeAllClients } from '../sessions/serverCnxn';
import { makeZks } from './zooKeeperServer';

const TIMER = 'readOnly.start';
const GRACE_MIN_MS = 2000;
/** Threads that no other server than this one has while LOOKING. */
const THREADS = [
  'RequestThrottler',
  'ReadOnlyRequestProcessor',
  'PrepRequestProcessor',
  'SessionTracker',
];

export function isReadOnlyTimer(timer: string): boolean {
  return timer === TIMER;
}

/** The server is LOOKING from now on: it may be partitioned, or be about to find a leader. */
export function armReadOnly(s: Server): void {
  const { readOnlyModeEnabled, tickTime } = s.state.spec.config;
  if (readOnlyModeEnabled) s.fx.setTimer(TIMER, Math.max(GRACE_MIN_MS, tickTime) * 1000);
}

export function startReadOnly(s: Server): void {
  if (s.state.peerState !== 'LOOKING') return;
  s.state.zks = makeZks(s, 'readOnly');
  s.state.zks.serving = true;
  s.fx.trace({ type: 'serving', name: 'read-only' });
  for (const section of [...THREADS, 'role', 'FinalRequestProcessor', 'sessions']) {
    s.fx.touch(section);
  }
}

/** The election is over: its clients lose their connections, and it is no more. */
export function stopReadOnly(s: Server): void {
  s.fx.clearTimer(TIMER);
  if (s.state.zks?.role !== 'readOnly') return;
  s.fx.trace({ type: 'notServing', name: 'read-only' });
  closeAllClients(s);
  s.fx.clearTimer('SessionTracker');
  for (const thread of THREADS) delete s.state.threads[thread];
  s.state.zks = undefined;
}
