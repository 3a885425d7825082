/**
 * What came for a thread that was frozen or blocked: messages, ends of streams and
 * timers, in their order. Afterwards they happen one by one, each an event of its
 * own; what arrives meanwhile goes behind them.
 */
import type { MachineEvent } from '../../bridge/process';
import type { Server } from './machine';
import { handleMessage, handleNetworkEvent } from './network';
import { scheduleReplay, threadOf } from './threads';
import { onTimer } from './timers';

export function replayOldest(s: Server, name: string): void {
  const thread = threadOf(s.state, name);
  thread.replaying = false;
  const event = mayReplay(thread) ? thread.stalled.shift() : undefined;
  if (event === undefined) {
    s.fx.describe({ thread: name, name: 'void', idle: true });
    return;
  }
  if (thread.frozen) thread.allowed -= 1;
  s.fx.describe({ thread: name, name: event.type });
  happen(s, event);
  // The role may have ended inside, and a handler's thread with it.
  if (s.state.threads[name] === thread) scheduleReplay(s, thread);
}

/** It may have been frozen again, or wait for something else, since this was scheduled. */
function mayReplay(thread: { blocked: boolean; frozen: boolean; allowed: number }): boolean {
  return !thread.blocked && (!thread.frozen || thread.allowed > 0);
}

function happen(s: Server, event: MachineEvent): void {
  if (event.type === 'message') {
    s.fx.describe({ peer: event.from, channel: event.channel, kind: event.packet.kind });
    handleMessage(s, event);
  } else if (event.type === 'local') onTimer(s, event.work.timer ?? '');
  else if (event.type !== 'command') handleNetworkEvent(s, event);
}
