/** The word dump: sessions, their ephemeral nodes, connections. Source: DumpCommand, SessionTrackerImpl, LearnerSessionTracker, ExpiryQueue.dump, DataTree.dumpEphemerals. */
import { sessionText, type SessionId } from '../../../zk/ids';
import { ephemeralOwners, ephemeralsOf } from '../../database/dataTree';
import {
  type Server,
  type ServerCnxn,
  type TrackedSession,
  WALL_CLOCK_START_MS,
  type ZksState,
} from '../machine';
import { javaDateText } from './javaDate';
import { addressOf } from './status';

/** Connections without a session end after so long, which is also the width of their buckets; ms. */
const SESSIONLESS_MS = 10000;

export function dumpText(s: Server, zks: ZksState): string {
  return [
    'SessionTracker dump:\n',
    sessionsText(s, zks),
    'ephemeral nodes dump:\n',
    ephemeralsText(s),
    'Connections dump:\n',
    connectionsText(s),
  ].join('');
}

/** The buckets of the expiry queue at a leader or standalone server; at a learner the table of timeouts. */
function sessionsText(s: Server, zks: ZksState): string {
  const local = zks.localTracker === undefined ? '' : `Local ${setsOf(zks.localTracker)}`;
  if (zks.tracker !== undefined) {
    return `${local}${local === '' ? '' : 'Global '}${setsOf(zks.tracker)}`;
  }
  const ids = Object.keys(s.state.db.sessions).sort() as SessionId[];
  const rows = ids.map((id) => `${sessionText(id)}\t${s.state.db.sessions[id]}ms\n`);
  return `${local}Global Sessions(${ids.length}):\n${rows.join('')}`;
}

function setsOf(table: Record<SessionId, TrackedSession>): string {
  const rows = (Object.keys(table).sort() as SessionId[]).map((id) => ({
    endMs: (table[id] as TrackedSession).expiresAtMs,
    text: sessionText(id),
  }));
  return bucketsText('Session', rows);
}

/** Buckets by their end; whoever is in none of the coming ones is not shown. */
function bucketsText(kind: string, rows: readonly { endMs: number; text: string }[]): string {
  const ends = [...new Set(rows.map((row) => row.endMs))].sort((a, b) => a - b);
  const lines = [`${kind} Sets (${ends.length})/(${rows.length}):`];
  for (const end of ends) {
    const members = rows.filter((row) => row.endMs === end);
    lines.push(`${members.length} expire at ${javaDateText(WALL_CLOCK_START_MS + end)}:`);
    for (const { text } of members) lines.push(`\t${text}`);
  }
  return `${lines.join('\n')}\n`;
}

function ephemeralsText(s: Server): string {
  const { tree } = s.state.db;
  const owners = ephemeralOwners(tree);
  const lines = [`Sessions with Ephemerals (${owners.length}):`];
  for (const owner of owners) {
    lines.push(`${sessionText(owner)}:`);
    for (const path of ephemeralsOf(tree, owner)) lines.push(`\t${path}`);
  }
  return `${lines.join('\n')}\n`;
}

function connectionsText(s: Server): string {
  const rows = Object.keys(s.state.cnxns)
    .sort()
    .map((conn) => {
      const cnxn = s.state.cnxns[conn] as ServerCnxn;
      const text = `ip: ${addressOf(cnxn)} sessionId: ${sessionText(cnxn.sessionId)}`;
      return { endMs: endOf(cnxn), text };
    });
  return bucketsText('Connections', rows);
}

function endOf(cnxn: ServerCnxn): number {
  const timeoutMs = cnxn.established ? cnxn.timeoutMs : SESSIONLESS_MS;
  const at = Math.floor(cnxn.stats.lastReadAt / 1000) + timeoutMs;
  return (Math.floor(at / SESSIONLESS_MS) + 1) * SESSIONLESS_MS;
}
