/** What a watcher is told. Source: Watcher.java (Event), WatchedEvent.java. */
import type { WatchEventType } from '../../../zk/packets';

/** Watcher.Event.KeeperState. */
export type KeeperState =
  | 'SyncConnected'
  | 'Disconnected'
  | 'ConnectedReadOnly'
  | 'AuthFailed'
  | 'Expired'
  | 'Closed';

/** Watcher.Event.EventType; those of removed watches are the client's own. */
export type EventType =
  | WatchEventType
  | 'None'
  | 'DataWatchRemoved'
  | 'ChildWatchRemoved'
  | 'PersistentWatchRemoved';

export interface WatchedEvent {
  type: EventType;
  state: KeeperState;
  /** As the caller names it; null for an event of the session. */
  path: string | null;
}
