/** REVALIDATE at the leader: touches the session and moves its ownership. Source: LearnerHandler.revalidateSession. */
import type { SessionId } from '../../../zk/ids';
import type { Owner, Server } from '../machine';
import { setOwner, touchSession } from './sessionTracker';

export function checkRevalidation(
  s: Server,
  sessionId: SessionId,
  timeoutMs: number,
  owner: Owner,
): boolean {
  const { zks } = s.state;
  if (zks?.tracker === undefined) return false;
  const isValid = touchSession(s, zks, sessionId, timeoutMs);
  if (isValid) setOwner(s, zks, sessionId, owner);
  return isValid;
}
