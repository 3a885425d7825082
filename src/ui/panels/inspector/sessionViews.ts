/** The two sides of a session: the client that believes in it, the leader that counts its time. */
import type { ClientSection, Frame, SessionsSection } from '../../../bridge/frame';
import { NO_SESSION, type SessionId } from '../../../zk/ids';
import { clientsOf, sectionOf, serverOf, serversOf } from '../../parts/sections';

export type SessionRow = SessionsSection['rows'][number];

/**
 * The row of the leader (or the standalone server), which alone decides when a global session expires; of a
 * local session the row of its own server.
 */
export function leaderKnows(frame: Frame, sessionId: SessionId): SessionRow | undefined {
  let local: SessionRow | undefined;
  for (const sid of serversOf(frame)) {
    const process = serverOf(frame, sid);
    if (process?.status === 'down') continue;
    const role = sectionOf(process, 'role', 'role');
    const row = sectionOf(process, 'sessions', 'sessions')?.rows.find(
      (one) => one.sessionId === sessionId,
    );
    if (row === undefined) continue;
    if (role?.serverState === 'LEADING' || role?.standalone) return row;
    if (row.isLocal) local = row;
  }
  return local;
}

/** The row of the server whose connection carries the session: it knows the identities. */
export function servedRow(frame: Frame, sessionId: SessionId): SessionRow | undefined {
  for (const sid of serversOf(frame)) {
    const row = sectionOf(serverOf(frame, sid), 'sessions', 'sessions')?.rows.find(
      (one) => one.sessionId === sessionId && one.connected,
    );
    if (row !== undefined) return row;
  }
  return undefined;
}

/** The client that says that this is its session. */
export function believerOf(frame: Frame, sessionId: SessionId): ClientSection | undefined {
  if (sessionId === NO_SESSION) return undefined;
  for (const process of clientsOf(frame)) {
    const client = sectionOf(process, 'client', 'client');
    if (client?.sessionId === sessionId && process.status !== 'down') return client;
  }
  return undefined;
}

/** Identities as `scheme:id`, in the order of the connection. */
export function authTexts(row: SessionRow | undefined): string[] {
  return (row?.auth ?? []).map(({ scheme, id }) => (id === '' ? scheme : `${scheme}:${id}`));
}
