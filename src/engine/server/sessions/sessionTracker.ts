/**
 * Sessions of a server: at the leader (and standalone) with their expiry, at a
 * learner as a table of what was heard since the leader's last ping.
 *
 * A session lives between its timeout and one tickTime more after its last
 * touch at the leader, since sessions expire in buckets of a tick.
 * Source: SessionTrackerImpl, ExpiryQueue, LeaderSessionTracker, LearnerSessionTracker.
 */
import type { ErrorName } from '../../../zk/errorCode';
import type { SessionId } from '../../../zk/ids';
import { nowMs, type Owner, type Server, type TrackedSession, type ZksState } from '../machine';
import { localRequest } from '../request';
import { finishUpgrade, isGlobalSession } from './localSessions';

const TIMER = 'SessionTracker';
/** No session, so nothing to wake up for. */
export const NEVER_MS = Number.MAX_SAFE_INTEGER;

function bucketEnd(s: Server, timeoutMs: number): number {
  const tick = s.state.spec.config.tickTime;
  return (Math.floor((nowMs(s) + timeoutMs) / tick) + 1) * tick;
}

/** The SessionTracker thread sleeps until the earliest bucket that it knows of ends. */
function wakeBy(s: Server, zks: ZksState, atMs: number): void {
  if (atMs >= zks.trackerWakesAtMs) return;
  zks.trackerWakesAtMs = atMs;
  s.fx.setTimer(TIMER, Math.max(0, atMs * 1000 - s.fx.now));
}

/** Begins to watch a session (or touches it when it is known). */
export function trackSession(s: Server, zks: ZksState, id: SessionId, timeoutMs: number): void {
  if (zks.tracker === undefined) return;
  if (zks.tracker[id] === undefined) {
    zks.tracker[id] = { timeoutMs, isClosing: false, owner: undefined, expiresAtMs: 0 };
    s.fx.trace({
      type: 'sessionOpen',
      name: 'tracked',
      request: { sessionId: id, cxid: 0, op: 'createSession' },
      detail: { timeoutMs },
    });
  }
  touchSession(s, zks, id, timeoutMs);
}

/** False: the tracker does not know the session, or it is closing. A learner cannot judge and notes it. */
export function touchSession(s: Server, zks: ZksState, id: SessionId, timeoutMs: number): boolean {
  const local = zks.localTracker?.[id];
  if (local !== undefined && touchTracked(s, zks, local, id, timeoutMs)) return true;
  if (zks.tracker === undefined) {
    if (zks.localTracker !== undefined && !isGlobalSession(s, zks, id)) {
      if (zks.upgrading[id] === undefined) return false;
    }
    zks.touchTable[id] = timeoutMs;
    s.fx.touch('sessions');
    return true;
  }
  const session = zks.tracker[id];
  return session !== undefined && touchTracked(s, zks, session, id, timeoutMs);
}

/** False: it is closing. */
function touchTracked(
  s: Server,
  zks: ZksState,
  session: TrackedSession,
  id: SessionId,
  timeoutMs: number,
): boolean {
  if (session.isClosing) return false;
  const end = bucketEnd(s, timeoutMs);
  if (end !== session.expiresAtMs) {
    session.expiresAtMs = end;
    session.timeoutMs = timeoutMs;
    wakeBy(s, zks, end);
    s.fx.touch('sessions');
    // One entry per bucket and session: what an expiry is held against.
    s.fx.trace({
      type: 'touch',
      request: { sessionId: id, cxid: 0, op: 'ping' },
      detail: { timeoutMs },
      idle: true,
    });
  }
  return true;
}

/** A new session that this server alone knows. Source: UpgradeableSessionTracker, LocalSessionTracker. */
export function trackLocalSession(
  s: Server,
  zks: ZksState,
  id: SessionId,
  timeoutMs: number,
): void {
  if (zks.localTracker === undefined) return;
  const session: TrackedSession = {
    timeoutMs,
    isClosing: false,
    owner: undefined,
    expiresAtMs: 0,
  };
  zks.localTracker[id] = session;
  s.fx.trace({
    type: 'sessionOpen',
    name: 'local',
    request: { sessionId: id, cxid: 0, op: 'createSession' },
    detail: { timeoutMs },
  });
  touchTracked(s, zks, session, id, timeoutMs);
}

/** The bucket's end: whoever was not touched since is to be closed. */
export function onSessionTimer(s: Server, zks: ZksState): void {
  zks.trackerWakesAtMs = NEVER_MS;
  const local = expireFrom(s, zks, zks.localTracker);
  const global = expireFrom(s, zks, zks.tracker);
  if (!local.hasExpired && !global.hasExpired) s.fx.describe({ idle: true });
  wakeBy(s, zks, Math.min(local.next, global.next));
}

/** Closes what is due in one table; `next`: when it has to be looked at again, virtual ms. */
function expireFrom(
  s: Server,
  zks: ZksState,
  table: Record<SessionId, TrackedSession> | undefined,
): { hasExpired: boolean; next: number } {
  const found = { hasExpired: false, next: NEVER_MS };
  if (table === undefined) return found;
  const now = nowMs(s);
  for (const id of Object.keys(table).sort() as SessionId[]) {
    const session = table[id];
    if (session === undefined || session.isClosing) continue;
    if (session.expiresAtMs > now) {
      found.next = Math.min(found.next, session.expiresAtMs);
      continue;
    }
    found.hasExpired = true;
    setSessionClosing(s, zks, id);
    s.hand.submitRequest(s, localRequest(id, 0, { op: 'closeSession' }, undefined, s.fx.head));
  }
  return found;
}

export function setOwner(s: Server, zks: ZksState, id: SessionId, owner: Owner): void {
  const session = zks.tracker?.[id];
  if (session === undefined || session.owner === owner) return;
  session.owner = owner;
  s.fx.touch('sessions');
}

export function setSessionClosing(s: Server, zks: ZksState, id: SessionId): void {
  const session = zks.localTracker?.[id] ?? zks.tracker?.[id];
  if (session === undefined || session.isClosing) return;
  session.isClosing = true;
  s.fx.touch('sessions');
  s.fx.trace({
    type: 'sessionClosing',
    request: { sessionId: id, cxid: 0, op: 'closeSession' },
    detail: { timeoutMs: session.timeoutMs },
  });
}

/**
 * Whether this owner may act for the session; the first to ask becomes its owner. With local
 * sessions a leader cannot judge those of other servers, and lets them pass.
 *
 * Source: SessionTrackerImpl, LeaderSessionTracker and LearnerSessionTracker.checkSession.
 */
export function checkSession(
  s: Server,
  zks: ZksState,
  id: SessionId,
  owner: Owner,
): ErrorName | undefined {
  const local = zks.localTracker?.[id];
  if (local !== undefined) {
    const refused = checkTracked(s, local, owner);
    if (refused !== undefined || !isGlobalSession(s, zks, id)) return refused;
  }
  if (zks.role === 'readOnly') return isGlobalSession(s, zks, id) ? undefined : 'SESSIONEXPIRED';
  const session = zks.tracker?.[id];
  if (session !== undefined) return checkTracked(s, session, owner);
  if (zks.role === 'standalone') return 'UNKNOWNSESSION';
  const isOurs = Number.parseInt(id.slice(0, 2), 16) === s.state.sid;
  return zks.localTracker === undefined || isOurs ? 'SESSIONEXPIRED' : undefined;
}

/** As `checkSession`, of sessions that all servers know; what an ephemeral node needs. */
export function checkGlobalSession(
  s: Server,
  zks: ZksState,
  id: SessionId,
  owner: Owner,
): ErrorName | undefined {
  const session = zks.tracker?.[id];
  if (session !== undefined) return checkTracked(s, session, owner);
  return zks.role === 'standalone' ? 'UNKNOWNSESSION' : 'SESSIONEXPIRED';
}

function checkTracked(s: Server, session: TrackedSession, owner: Owner): ErrorName | undefined {
  if (session.isClosing) return 'SESSIONEXPIRED';
  if (session.owner === undefined) {
    session.owner = owner;
    s.fx.touch('sessions');
  }
  return session.owner === owner ? undefined : 'SESSIONMOVED';
}

/** The createSession txn is applied: a learner notes the session as heard, once. */
export function commitSession(s: Server, zks: ZksState, id: SessionId, timeoutMs: number): void {
  s.fx.trace({
    type: 'sessionOpen',
    name: 'committed',
    request: { sessionId: id, cxid: 0, op: 'createSession' },
    detail: { timeoutMs },
  });
  if (zks.tracker === undefined) zks.touchTable[id] = timeoutMs;
  else if (zks.tracker[id] === undefined) trackSession(s, zks, id, timeoutMs);
  finishUpgrade(zks, id);
  s.fx.touch('sessions');
}

export function removeSession(s: Server, zks: ZksState, id: SessionId): void {
  s.fx.trace({
    type: 'sessionClose',
    request: { sessionId: id, cxid: 0, op: 'closeSession' },
  });
  if (zks.tracker !== undefined) delete zks.tracker[id];
  if (zks.localTracker !== undefined) delete zks.localTracker[id];
  delete zks.touchTable[id];
  s.fx.touch('sessions');
}

/** A new leader gives every known session its full timeout again. */
export function trackAll(s: Server, zks: ZksState): void {
  for (const id of Object.keys(s.state.db.sessions).sort() as SessionId[]) {
    trackSession(s, zks, id, s.state.db.sessions[id] as number);
  }
}
