/**
 * Watches of a server: two tables, data and child, each path to the connections that watch it.
 *
 * One mode for each connection, path and table: the last registration wins, so a plain watch over
 * a persistent one makes it fire once more and no more (3.8.0).
 *
 * Source: WatchManager.java, WatcherModeManager.java, WatcherMode.java, PathParentIterator.java.
 */
import type { ConnId } from '../../bridge/names';
import type { WatchEventType } from '../../zk/packets';

export type WatcherMode = 'standard' | 'persistent' | 'persistentRecursive';

export interface WatchTable {
  /** Path (as a key) to connections and their modes. */
  paths: Record<string, Record<ConnId, WatcherMode>>;
  /** watch2Paths: keeps a connection whose watches have all fired, until it is gone. */
  conns: Record<ConnId, Record<string, 1>>;
  /** Recursive watches; while there is none, no ancestor is looked at. */
  recursive: number;
}

export interface WatchTables {
  data: WatchTable;
  child: WatchTable;
}

export interface WatchRow {
  path: string;
  conn: ConnId;
  mode: WatcherMode;
}

export function createWatchTables(): WatchTables {
  return { data: emptyTable(), child: emptyTable() };
}

function emptyTable(): WatchTable {
  return { paths: {}, conns: {}, recursive: 0 };
}

/** Any text may be watched, also one that is the name of a property of every object. */
function keyOf(path: string): string {
  return path.startsWith('/') ? path : ` ${path}`;
}

function pathOf(key: string): string {
  return key.startsWith('/') ? key : key.slice(1);
}

export function addWatch(table: WatchTable, conn: ConnId, path: string, mode: WatcherMode): void {
  const key = keyOf(path);
  const holders = table.paths[key];
  if (holders === undefined) table.paths[key] = { [conn]: mode };
  else {
    if (holders[conn] === 'persistentRecursive') table.recursive -= 1;
    holders[conn] = mode;
  }
  if (mode === 'persistentRecursive') table.recursive += 1;
  const own = table.conns[conn];
  if (own === undefined) table.conns[conn] = { [key]: 1 };
  else own[key] = 1;
}

/** False: this connection has none on that path in this table. */
export function removeWatch(table: WatchTable, conn: ConnId, path: string): boolean {
  const key = keyOf(path);
  if (table.conns[conn]?.[key] === undefined) return false;
  removeEntry(table, conn, key);
  return true;
}

function removeEntry(table: WatchTable, conn: ConnId, key: string): void {
  const own = table.conns[conn];
  if (own !== undefined) delete own[key];
  const holders = table.paths[key];
  if (holders === undefined) return;
  if (holders[conn] === 'persistentRecursive') table.recursive -= 1;
  delete holders[conn];
  for (const _ in holders) return;
  delete table.paths[key];
}

/** As 3.8.0 answers checkWatches: true for every connection where any has a watch on the path. */
export function containsWatch(table: WatchTable, path: string): boolean {
  return table.paths[keyOf(path)] !== undefined;
}

/** The connection is gone, and all its watches with it. */
export function removeWatcher(tables: WatchTables, conn: ConnId): void {
  for (const table of [tables.data, tables.child]) {
    const own = table.conns[conn];
    if (own === undefined) continue;
    for (const key of Object.keys(own)) removeEntry(table, conn, key);
    delete table.conns[conn];
  }
}

/** Whether any change could be of interest to anybody. */
export function hasWatches(tables: WatchTables): boolean {
  for (const _ in tables.data.paths) return true;
  for (const _ in tables.child.paths) return true;
  return false;
}

/**
 * Whom this change is told, each once; plain watches on the path are used up. A deletion is of
 * interest to both tables, any other change to one.
 */
export function triggerWatch(tables: WatchTables, path: string, type: WatchEventType): ConnId[] {
  const told: ConnId[] = [];
  if (type !== 'NodeChildrenChanged') trigger(tables.data, path, type, told);
  if (type === 'NodeChildrenChanged' || type === 'NodeDeleted') {
    trigger(tables.child, path, type, told);
  }
  return told;
}

function trigger(table: WatchTable, path: string, type: WatchEventType, told: ConnId[]): void {
  const key = keyOf(path);
  const holders = table.paths[key];
  for (const conn in holders) {
    const mode = holders[conn];
    if (mode === 'persistentRecursive') {
      if (type !== 'NodeChildrenChanged') tell(told, conn);
      continue;
    }
    tell(told, conn);
    if (mode === 'standard') removeEntry(table, conn, key);
  }
  if (table.recursive === 0 || type === 'NodeChildrenChanged') return;
  for (let above = parentOf(path); above !== undefined; above = parentOf(above)) {
    const recursive = table.paths[above];
    for (const conn in recursive) {
      if (recursive[conn] === 'persistentRecursive') tell(told, conn);
    }
  }
}

function tell(told: ConnId[], conn: ConnId): void {
  if (!told.includes(conn)) told.push(conn);
}

/** '/' above the top; undefined above '/'. */
function parentOf(path: string): string | undefined {
  if (path.length <= 1) return undefined;
  const slash = path.lastIndexOf('/');
  return slash <= 0 ? '/' : path.slice(0, slash);
}

/** Watches in both tables. */
export function watchCount(tables: WatchTables): number {
  let count = 0;
  for (const table of [tables.data, tables.child]) {
    for (const key in table.paths) {
      for (const _ in table.paths[key]) count += 1;
    }
  }
  return count;
}

/** Of one table, by path, then in the order of registration. */
export function listWatches(table: WatchTable): WatchRow[] {
  const rows: WatchRow[] = [];
  for (const key of Object.keys(table.paths).sort()) {
    const holders = table.paths[key] as Record<ConnId, WatcherMode>;
    for (const conn in holders) {
      rows.push({ path: pathOf(key), conn, mode: holders[conn] as WatcherMode });
    }
  }
  return rows;
}

/** Connections that have, or had, a watch in this table, with the paths that they have, sorted. */
export function watchersOf(table: WatchTable): { conn: ConnId; paths: string[] }[] {
  return Object.keys(table.conns).map((conn) => {
    const own = table.conns[conn] as Record<string, 1>;
    return { conn, paths: Object.keys(own).map(pathOf).sort() };
  });
}
