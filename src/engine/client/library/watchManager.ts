/**
 * ZKWatchManager: which watcher objects this client holds, by path, in five
 * maps, and whom an event is for. A watcher object is a name here.
 *
 * Source: ZooKeeper 3.8.0, ZKWatchManager.java, ZooKeeper.java (WatchRegistration),
 * ClientCnxn.java (primeConnection).
 * Left out: zookeeper.disableAutoWatchReset.
 */
import type { ErrorName } from '../../../zk/errorCode';
import type { Zxid } from '../../../zk/ids';
import type { WatchEventType } from '../../../zk/packets';
import type { RequestBody, WatcherType } from '../../../zk/records';
import { serverPath } from './chroot';
import {
  emptyJavaMap,
  getEntry,
  type JavaMap,
  keysInHashOrder,
  putEntry,
  takeEntry,
} from './hashOrder';
import type { EventType, KeeperState } from './watchedEvent';

/** The watcher given to the session itself; it hears of all its states. */
export const DEFAULT_WATCHER = 'default';

/** Length of the paths in one setWatches, about; one more path may follow. */
const SET_WATCHES_MAX_LENGTH = 128 * 1024;

const CHILDREN: WatcherType = 1;
const DATA: WatcherType = 2;

/** Watchers by path, each in the order of registration. Paths are the caller's. */
export type WatcherMap = JavaMap<string[]>;

export interface WatchManager {
  data: WatcherMap;
  exist: WatcherMap;
  child: WatcherMap;
  persistent: WatcherMap;
  persistentRecursive: WatcherMap;
}

type MapName = keyof WatchManager;

/** In the order in which they are written into setWatches. */
export const WATCH_MAPS: readonly MapName[] = [
  'data',
  'exist',
  'child',
  'persistent',
  'persistentRecursive',
];

export function emptyWatchManager(): WatchManager {
  return {
    data: emptyJavaMap(),
    exist: emptyJavaMap(),
    child: emptyJavaMap(),
    persistent: emptyJavaMap(),
    persistentRecursive: emptyJavaMap(),
  };
}

/** A reply came to a request that carried a watcher. Source: ZooKeeper.WatchRegistration.register. */
export function registerWatcher(
  watches: WatchManager,
  body: RequestBody,
  clientPath: string,
  watcher: string,
  err: ErrorName,
): void {
  const name = mapFor(body, err);
  if (name === undefined) return;
  const map = watches[name];
  const found = getEntry(map, clientPath);
  if (found === undefined) putEntry(map, clientPath, [watcher]);
  else if (!found.includes(watcher)) found.push(watcher);
}

function mapFor(body: RequestBody, err: ErrorName): MapName | undefined {
  switch (body.op) {
    case 'exists':
      return err === 'OK' ? 'data' : err === 'NONODE' ? 'exist' : undefined;
    case 'getData':
      return err === 'OK' ? 'data' : undefined;
    case 'getChildren':
    case 'getChildren2':
      return err === 'OK' ? 'child' : undefined;
    case 'addWatch':
      if (err !== 'OK' && err !== 'NONODE') return undefined;
      return body.mode === 0 ? 'persistent' : 'persistentRecursive';
    default:
      return undefined;
  }
}

/** Whom an event is for; one-shot watches are struck out. Sorted by name, the default watcher first. */
export function materialize(
  watches: WatchManager,
  type: WatchEventType | 'None',
  clientPath: string | null,
): string[] {
  const found = new Set<string>();
  const add = (watchers: readonly string[] | undefined): void => {
    for (const watcher of watchers ?? []) found.add(watcher);
  };
  if (type === 'None' || clientPath === null) {
    found.add(DEFAULT_WATCHER);
    for (const name of WATCH_MAPS) Object.values(watches[name].entries).forEach(add);
    return sorted(found);
  }
  if (type !== 'NodeChildrenChanged') {
    add(takeEntry(watches.data, clientPath));
    add(takeEntry(watches.exist, clientPath));
  }
  if (type === 'NodeChildrenChanged' || type === 'NodeDeleted') {
    add(takeEntry(watches.child, clientPath));
  }
  add(getEntry(watches.persistent, clientPath));
  if (watches.persistentRecursive.size > 0) {
    for (const path of pathAndParents(clientPath)) {
      add(getEntry(watches.persistentRecursive, path));
    }
  }
  return sorted(found);
}

/** What removing watchers comes to. */
export interface Removal {
  /** Of the call: OK also after a lost connection when something was struck out locally. */
  err: ErrorName;
  /** One event for each kind of which there were some. */
  events: { type: EventType; state: KeeperState; watchers: string[] }[];
}

/**
 * The reply `err` came to removeWatches or checkWatches (or the connection was lost).
 * `watcher` null: all of that path.
 *
 * A persistent watch is seen by every type and yet removed by Any only, so that Data and
 * Children of it end with NOWATCHER.
 *
 * Source: ZKWatchManager.removeWatcher, ClientCnxn.finishPacket. In Java the events of the
 * kinds come in the order of a hash map of enums, which differs from run to run.
 */
export function removeWatchers(
  watches: WatchManager,
  clientPath: string,
  type: WatcherType,
  { watcher, local }: { watcher: string | null; local: boolean },
  err: ErrorName,
): Removal {
  const kinds: [EventType, MapName[]][] = [
    ['ChildWatchRemoved', ['child']],
    ['DataWatchRemoved', ['data', 'exist']],
    ['PersistentWatchRemoved', ['persistent', 'persistentRecursive']],
  ];
  const isOf = (kind: EventType): boolean =>
    type === CHILDREN
      ? kind === 'ChildWatchRemoved'
      : type === DATA
        ? kind === 'DataWatchRemoved'
        : true;
  const seen = kinds.filter(([kind]) => isOf(kind) || kind === 'PersistentWatchRemoved');
  const isHeld = seen.some(([, names]) =>
    names.some((name) => holds(watches[name], clientPath, watcher)),
  );
  if (!isHeld) return { err: 'NOWATCHER', events: [] };
  if (!local && err !== 'OK') return { err, events: [] };
  const isLost = err === 'CONNECTIONLOSS' || err === 'SESSIONEXPIRED';
  const state = isLost ? 'Disconnected' : 'SyncConnected';
  const removal: Removal = { err: 'OK', events: [] };
  for (const [kind, names] of kinds) {
    if (!isOf(kind)) continue;
    const removed = new Set<string>();
    for (const name of names) strikeOut(watches[name], clientPath, watcher, removed);
    if (removed.size > 0) {
      removal.events.push({ type: kind, state, watchers: sorted(removed) });
    }
  }
  if (removal.events.length === 0) return { err: 'NOWATCHER', events: [] };
  return removal;
}

function holds(map: WatcherMap, path: string, watcher: string | null): boolean {
  const found = getEntry(map, path);
  return found !== undefined && (watcher === null || found.includes(watcher));
}

function strikeOut(
  map: WatcherMap,
  path: string,
  watcher: string | null,
  removed: Set<string>,
): void {
  const found = getEntry(map, path);
  if (found === undefined) return;
  if (watcher === null) {
    for (const each of takeEntry(map, path) ?? []) removed.add(each);
    return;
  }
  const at = found.indexOf(watcher);
  if (at < 0) return;
  found.splice(at, 1);
  removed.add(watcher);
  if (found.length === 0) takeEntry(map, path);
}

/**
 * The requests that tell a server which watches this client holds, in the order in which they
 * are written: each batch is put in front of those before it.
 */
export function setWatchesRequests(
  watches: WatchManager,
  chroot: string,
  relativeZxid: Zxid,
): RequestBody[] {
  const all = WATCH_MAPS.flatMap((name) =>
    keysInHashOrder(watches[name]).map((path) => ({ name, path: serverPath(chroot, path) })),
  );
  const requests: RequestBody[] = [];
  for (let next = 0; next < all.length; ) {
    const lists: Record<MapName, string[]> = {
      data: [],
      exist: [],
      child: [],
      persistent: [],
      persistentRecursive: [],
    };
    for (let length = 0; next < all.length && length < SET_WATCHES_MAX_LENGTH; next += 1) {
      const { name, path } = all[next] as { name: MapName; path: string };
      lists[name].push(path);
      length += path.length;
    }
    const { data, exist, child } = lists;
    const isOld = lists.persistent.length === 0 && lists.persistentRecursive.length === 0;
    requests.unshift(
      isOld
        ? { op: 'setWatches', relativeZxid, lists: { data, exist, child } }
        : { op: 'setWatches2', relativeZxid, lists },
    );
  }
  return requests;
}

function* pathAndParents(path: string): Generator<string> {
  yield path;
  let at = path;
  while (at !== '/') {
    const slash = at.lastIndexOf('/');
    at = slash <= 0 ? '/' : at.slice(0, slash);
    yield at;
  }
}

function sorted(names: ReadonlySet<string>): string[] {
  return [...names].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}

function rank(name: string): number {
  return name === DEFAULT_WATCHER ? 0 : 1;
}
