/**
 * What came for a frozen thread: messages, ends of streams and timers, in their
 * order. After the thaw they happen one by one, each an event of its own; what
 * arrives meanwhile goes behind them.
 */
import type { Server } from './machine';
import { handleMessage, handleNetworkEvent } from './network';
import { threadOf } from './threads';
import { onTimer } from './timers';

/** Marks local work that takes the oldest stalled event of its thread. */
export const REPLAY = 'replay';

export function scheduleReplay(s: Server, name: string): void {
  const oldest = threadOf(s.state, name).stalled[0];
  if (oldest === undefined) return;
  const cause = 'sent' in oldest ? oldest.sent : undefined;
  s.fx.later(0, { thread: name, data: REPLAY }, cause);
}

export function replayOldest(s: Server, name: string): void {
  const thread = threadOf(s.state, name);
  const event = thread.stalled.shift();
  s.fx.describe({
    thread: name,
    name: event?.type ?? 'void',
    idle: event === undefined || undefined,
  });
  if (event === undefined) return;
  if (event.type === 'message') handleMessage(s, event);
  else if (event.type === 'local') onTimer(s, event.work.timer ?? '');
  else if (event.type !== 'command') handleNetworkEvent(s, event);
  if (!thread.frozen) scheduleReplay(s, name);
}
