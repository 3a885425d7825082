/**
 * Watches of this server's connections: the two tables of DataTree, and whom a change is told.
 * Source: DataTree (dataWatches, childWatches).
 */
import type { ConnId } from '../../../bridge/names';
import type { WatchEventType } from '../../../zk/packets';
import type { AclEntry } from '../../../zk/records';
import type { OnChange } from '../../database/txnRules';
import {
  addWatch,
  containsWatch,
  hasWatches,
  listWatches,
  removeWatch as removeFrom,
  triggerWatch,
  watchCount as countWatches,
  type WatcherMode,
  watchersOf,
} from '../../database/watchManager';
import type { Server } from '../machine';
import { sendEvent } from './serverCnxn';

/** Which of the two tables. */
export type WatchKinds = 'data' | 'child' | 'any';

export function watchData(s: Server, conn: ConnId, path: string): void {
  addWatch(s.state.watches.data, conn, path, 'standard');
  note(s, 'data', path);
}

export function watchChildren(s: Server, conn: ConnId, path: string): void {
  addWatch(s.state.watches.child, conn, path, 'standard');
  note(s, 'child', path);
}

/** Stays in both tables until it is removed, or the connection is gone. */
export function watchPersistently(
  s: Server,
  conn: ConnId,
  path: string,
  mode: Exclude<WatcherMode, 'standard'>,
): void {
  addWatch(s.state.watches.data, conn, path, mode);
  addWatch(s.state.watches.child, conn, path, mode);
  note(s, mode, path);
}

/** False: this connection has no such watch. */
export function removeWatch(s: Server, conn: ConnId, path: string, kinds: WatchKinds): boolean {
  const { data, child } = s.state.watches;
  const fromChild = kinds !== 'data' && removeFrom(child, conn, path);
  const fromData = kinds !== 'child' && removeFrom(data, conn, path);
  if (fromChild || fromData) note(s, 'removed', path);
  return fromChild || fromData;
}

function note(s: Server, name: string, path: string): void {
  s.fx.trace({ type: 'watch', name, detail: { path } });
  s.fx.touch('watches');
}

export function hasWatch(s: Server, path: string, kinds: WatchKinds): boolean {
  const { data, child } = s.state.watches;
  return (
    (kinds !== 'data' && containsWatch(child, path)) ||
    (kinds !== 'child' && containsWatch(data, path))
  );
}

/** Tells the watchers of each change; undefined while nobody watches anything. */
export function watchesOf(s: Server): OnChange | undefined {
  const { watches } = s.state;
  if (!hasWatches(watches)) return undefined;
  return (type: WatchEventType, path: string, acl: readonly AclEntry[]) => {
    const told = triggerWatch(watches, path, type);
    if (told.length === 0) return;
    s.fx.touch('watches');
    for (const conn of told) sendEvent(s, conn, type, path, acl);
  };
}

/** Watches in both tables. */
export function watchCount(s: Server): number {
  return countWatches(s.state.watches);
}

/** Of the data table, by path. */
export function dataWatchesOf(s: Server): { path: string; conn: ConnId }[] {
  return listWatches(s.state.watches.data);
}

/** Connections with their paths in the data table; those whose watches have fired count still. */
export function dataWatchersOf(s: Server): { conn: ConnId; paths: string[] }[] {
  return watchersOf(s.state.watches.data);
}
