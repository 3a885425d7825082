/** Section `sessions`: those that are committed here, those that a leader tracks already, local ones. */
import type { SessionsSection } from '../../../bridge/frame';
import type { SessionId, Sid } from '../../../zk/ids';
import { ephemeralCount } from '../../database/dataTree';
import { OWNER_ME, type Owner, type ServerCnxn, type ServerState } from '../machine';

type Row = SessionsSection['rows'][number];

export function sessionsSection(state: ServerState): SessionsSection {
  const { zks, db } = state;
  const connected = new Map<SessionId, ServerCnxn>();
  for (const conn of Object.keys(state.cnxns)) {
    const cnxn = state.cnxns[conn];
    if (cnxn?.established === true) connected.set(cnxn.sessionId, cnxn);
  }
  const tables = [db.sessions, zks?.tracker ?? {}, zks?.localTracker ?? {}];
  const ids = new Set(tables.flatMap((table) => Object.keys(table)));
  const rows = ([...ids].sort() as SessionId[]).map((id) => rowOf(state, id, connected.get(id)));
  const touchTable = Object.keys(zks?.touchTable ?? {}).sort() as SessionId[];
  return { type: 'sessions', rows, touchTable };
}

function rowOf(state: ServerState, sessionId: SessionId, cnxn: ServerCnxn | undefined): Row {
  const local = state.zks?.localTracker?.[sessionId];
  const tracked = local ?? state.zks?.tracker?.[sessionId];
  const row: Row = {
    sessionId,
    timeoutMs: tracked?.timeoutMs ?? state.db.sessions[sessionId] ?? 0,
    isClosing: tracked?.isClosing ?? false,
    connected: cnxn !== undefined,
    ephemerals: ephemeralCount(state.db.tree, sessionId),
  };
  if (cnxn !== undefined) row.auth = [...cnxn.ids];
  if (local !== undefined) row.isLocal = true;
  if (tracked !== undefined) row.expiresAt = tracked.expiresAtMs * 1000;
  if (tracked?.owner !== undefined) row.owner = ownerSid(state, tracked.owner);
  return row;
}

/** An owner of a learner's begins with its sid. */
function ownerSid(state: ServerState, owner: Owner): Sid {
  return owner === OWNER_ME ? state.sid : Number(owner.slice(0, owner.indexOf('/')));
}
