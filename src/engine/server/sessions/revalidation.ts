/** REVALIDATE at the leader: touches the session and moves its ownership. Source: LearnerHandler.revalidateSession. */
import type { SessionId } from '../../../zk/ids';
import type { Owner, Server } from '../machine';
import { isGlobalSession } from './localSessions';
import { setOwner, touchSession } from './sessionTracker';

export function checkRevalidation(
  s: Server,
  sessionId: SessionId,
  timeoutMs: number,
  owner: Owner,
): boolean {
  const { zks } = s.state;
  if (zks?.tracker === undefined) return false;
  // A local session is its own server's: to another one it is unknown.
  if (zks.localTracker !== undefined && !isGlobalSession(s, zks, sessionId)) return false;
  const isValid = touchSession(s, zks, sessionId, timeoutMs);
  if (isValid) setOwner(s, zks, sessionId, owner);
  return isValid;
}
