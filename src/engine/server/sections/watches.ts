/** Section `watches`: what the clients of this server wait for, by path. */
import type { WatchesSection, WatchKind } from '../../../bridge/frame';
import { NO_SESSION, type SessionId } from '../../../zk/ids';
import { listWatches } from '../../database/watchManager';
import type { ServerState } from '../machine';

const ROWS_MAX = 1000;
const KINDS: readonly WatchKind[] = ['data', 'child', 'persistent', 'persistentRecursive'];

type Row = WatchesSection['rows'][number];

export function watchesSection(state: ServerState): WatchesSection {
  const found = new Map<string, Row>();
  for (const table of ['data', 'child'] as const) {
    for (const { path, conn, mode } of listWatches(state.watches[table])) {
      const kind = mode === 'standard' ? table : mode;
      const key = `${path}\n${kind}`;
      const row = found.get(key) ?? { path, kind, holders: [] };
      found.set(key, row);
      const session: SessionId = state.cnxns[conn]?.sessionId ?? NO_SESSION;
      // A persistent watch stands in both tables and is one.
      if (!row.holders.includes(session)) row.holders.push(session);
    }
  }
  const rows = [...found.values()].sort((a, b) => {
    if (a.path !== b.path) return a.path < b.path ? -1 : 1;
    return KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind);
  });
  for (const row of rows) row.holders.sort();
  return { type: 'watches', rows: rows.slice(0, ROWS_MAX), total: rows.length };
}
