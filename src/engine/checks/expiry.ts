/**
 * A leader ends a session only when it heard nothing of it for its whole timeout.
 *
 * Source: reference properties seen by clients (SessionExpiryNotEarly);
 * SessionTrackerImpl, ExpiryQueue.
 */
import { sayOfCheck } from '../../bridge/sentences/checks';
import type { SessionId } from '../../zk/ids';
import { defineCheck } from './defineCheck';

interface Touched {
  /** Virtual time, microseconds. */
  at: number;
  timeoutMs: number;
}

interface Sessions {
  sids: readonly number[];
  /** By server: what it heard of each session since it began to lead. */
  servers: Record<SessionId, Touched>[];
  /** The newest tick of a SessionTracker: only what it leads to is an expiry. */
  tick: number;
}

export const SessionExpiryNotEarly = defineCheck<Sessions>({
  name: 'SessionExpiryNotEarly',
  types: ['timer', 'touch', 'sessionClosing', 'sessionClose', 'start'],
  initial: ({ sids }) => ({ sids, servers: sids.map(() => ({})), tick: -1 }),
  step(state, entry, index) {
    const touched = state.servers[index];
    if (touched === undefined) return undefined;
    switch (entry.type) {
      case 'start':
        state.servers[index] = {};
        return undefined;
      case 'timer':
        if (entry.name === 'SessionTracker') state.tick = entry.id;
        return undefined;
      case 'touch': {
        const timeoutMs = entry.detail?.['timeoutMs'];
        // A touch that was refused keeps nobody alive.
        if (entry.err !== undefined || entry.request === undefined) return undefined;
        if (typeof timeoutMs !== 'number') return undefined;
        touched[entry.request.sessionId] = { at: entry.at, timeoutMs };
        return undefined;
      }
      default: {
        const sessionId = entry.request?.sessionId;
        if (sessionId === undefined) return undefined;
        const last = touched[sessionId];
        if (entry.type === 'sessionClose') delete touched[sessionId];
        if (last === undefined || entry.type === 'sessionClose' || entry.cause !== state.tick) {
          return undefined;
        }
        const silentMs = (entry.at - last.at) / 1000;
        if (silentMs >= last.timeoutMs) return undefined;
        return sayOfCheck('check.expiresEarly', {
          sid: state.sids[index] ?? '',
          session: sessionId,
          silent: silentMs,
          timeout: last.timeoutMs,
        });
      }
    }
  },
});
