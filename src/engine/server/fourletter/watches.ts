/**
 * The words wchs, wchc and wchp: of the data table alone. Source: WatchCommand, WatchManager
 * (toString, dumpWatches), DataTree.dumpWatches, dumpWatchesSummary.
 */
import type { ConnId } from '../../../bridge/names';
import { NO_SESSION, sessionText } from '../../../zk/ids';
import type { Server } from '../machine';
import { dataWatchersOf, dataWatchesOf } from '../sessions/watches';

function sessionOf(s: Server, conn: ConnId): string {
  return sessionText(s.state.cnxns[conn]?.sessionId ?? NO_SESSION);
}

export function wchsText(s: Server): string {
  const pairs = dataWatchesOf(s);
  const connections = dataWatchersOf(s).length;
  const paths = new Set(pairs.map(({ path }) => path)).size;
  return `${connections} connections watching ${paths} paths\nTotal watches:${pairs.length}\n`;
}

export function wchcText(s: Server): string {
  const rows = dataWatchersOf(s).map(({ conn, paths }) => ({ head: sessionOf(s, conn), paths }));
  rows.sort((a, b) => (a.head < b.head ? -1 : 1));
  const lines = rows.flatMap(({ head, paths }) => [head, ...paths.map((path) => `\t${path}`)]);
  return `${lines.map((line) => `${line}\n`).join('')}\n`;
}

export function wchpText(s: Server): string {
  const rows = dataWatchesOf(s);
  const lines = rows.flatMap(({ path, conn }, i) => {
    const line = `\t${sessionOf(s, conn)}`;
    return rows[i - 1]?.path === path ? [line] : [path, line];
  });
  return `${lines.map((line) => `${line}\n`).join('')}\n`;
}
