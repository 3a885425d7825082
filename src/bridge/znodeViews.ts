/** What the page may see of a server's znodes and of the watches on them. */
import type { SessionId, Zxid } from '../zk/ids';
import type { AclEntry, Stat } from '../zk/records';

export interface ZnodeView {
  path: string;
  /** As text, cut to 200 characters; null: null data. */
  data: string | null;
  stat: Stat;
  /** What removes it besides its clients; undefined: nothing does. */
  kind?: 'ephemeral' | 'container' | 'ttl';
  /** Kind `ttl`: ms. */
  ttl?: number;
  /** As stored; undefined: OPEN_ACL. */
  acl?: readonly AclEntry[];
}

export type WatchKind = 'data' | 'child' | 'persistent' | 'persistentRecursive';

/** Section `watches`: what the clients of this server wait for. */
export interface WatchesSection {
  type: 'watches';
  /** By path, then kind in the order of WatchKind; holders ascending; at most 1000 rows. */
  rows: { path: string; kind: WatchKind; holders: SessionId[] }[];
  /** Rows in all. */
  total: number;
}

/** Which znodes of a server somebody wants to see. */
export interface ZnodesWish {
  /** Number of the first one, from 0; or its path, or where that would stand. */
  from: number | string;
  /** At most ZNODES_MAX. */
  count: number;
  /** Only paths that contain this; undefined or '': all. */
  filter?: string;
}

export const ZNODES_MAX = 500;

/** A stretch of the znodes that fit, depth first, siblings by name, /zookeeper last. */
export interface ZnodesPage {
  /** Number of the first one here, among those that fit. */
  from: number;
  /** How many fit. */
  total: number;
  nodes: ZnodeView[];
}

/** Section `tree`. */
export interface TreeSection {
  type: 'tree';
  /** Sorted by path ('/' first), at most 1000. */
  nodes: ZnodeView[];
  /** Number of znodes, the root once. */
  total: number;
  lastProcessedZxid: Zxid;
}
