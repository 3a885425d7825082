/**
 * The records that travel and are stored: requests, replies, txns. One plain
 * object each, fields named as in zookeeper.jute. Data is a binary string
 * (base/bytes) or null, as on the wire.
 */
import type { ErrorName } from './errorCode';
import type { SessionId, Zxid } from './ids';
import type { OpName } from './opCode';

/** Stat as a client sees it (cversion counts creations and deletions); times in ms since 1970. */
export interface Stat {
  czxid: Zxid;
  mzxid: Zxid;
  ctime: number;
  mtime: number;
  version: number;
  cversion: number;
  aversion: number;
  /** Session that owns an ephemeral node; NO_SESSION (all zeros) otherwise. */
  ephemeralOwner: SessionId;
  dataLength: number;
  numChildren: number;
  pzxid: Zxid;
}

export interface AclEntry {
  /** Bits: 1 read, 2 write, 4 create, 8 delete, 16 admin. */
  perms: number;
  scheme: string;
  id: string;
}

export const OPEN_ACL: readonly AclEntry[] = [{ perms: 31, scheme: 'world', id: 'anyone' }];

/** CreateMode flags: 0 PERSISTENT, 1 EPHEMERAL, 2 and 3 the same SEQUENTIAL, 4 CONTAINER, 5 PERSISTENT_WITH_TTL, 6 the same SEQUENTIAL. */
export type CreateFlags = number;

/** One operation of a multi: the body of that request. The wire allows others too, which the server refuses. */
export type MultiOp = Extract<
  RequestBody,
  {
    op:
      | 'create'
      | 'create2'
      | 'createContainer'
      | 'createTTL'
      | 'delete'
      | 'setData'
      | 'check'
      | 'getData'
      | 'getChildren'
      | 'exists';
  }
>;

/** Lists of setWatches; the persistent ones only in setWatches2. A null one ends the request there (MARSHALLINGERROR). */
export interface WatchLists {
  data: readonly string[] | null;
  exist: readonly string[] | null;
  child: readonly string[] | null;
  persistent?: readonly string[] | null;
  persistentRecursive?: readonly string[] | null;
}

/** AddWatchMode 0 and 1; any other number is refused by the server. */
export type AddWatchMode = number;

/** WatcherType: 1 children, 2 data, 3 any; any other number is refused. */
export type WatcherType = number;

/** Body of a request by its operation. */
export type RequestBody =
  | {
      op: 'create' | 'create2' | 'createContainer';
      path: string | null;
      data: string | null;
      acl: readonly AclEntry[] | null;
      flags: CreateFlags;
    }
  | {
      op: 'createTTL';
      path: string | null;
      data: string | null;
      acl: readonly AclEntry[] | null;
      flags: CreateFlags;
      /** ms. */
      ttl: number;
    }
  | { op: 'getACL'; path: string | null }
  | { op: 'setACL'; path: string | null; acl: readonly AclEntry[] | null; version: number }
  /** Only inside a multi; by itself it is refused. */
  | { op: 'check'; path: string | null; version: number }
  | { op: 'multi' | 'multiRead'; ops: readonly MultiOp[] }
  | { op: 'setWatches' | 'setWatches2'; relativeZxid: Zxid; lists: WatchLists }
  | { op: 'addWatch'; path: string | null; mode: AddWatchMode }
  | { op: 'removeWatches' | 'checkWatches'; path: string | null; type: WatcherType }
  | { op: 'auth'; scheme: string | null; auth: string | null }
  | { op: 'whoAmI' }
  | { op: 'getEphemerals'; prefix: string | null }
  | { op: 'getAllChildrenNumber'; path: string | null }
  /** Internal: made by the container manager. */
  | { op: 'deleteContainer'; path: string }
  /** A body that is none of the operation's: `type` is the number on the wire, `hex` its bytes. */
  | { op: 'raw'; type: number; hex: string }
  | { op: 'delete'; path: string | null; version: number }
  | { op: 'exists' | 'getData' | 'getChildren'; path: string | null; watch: boolean }
  | { op: 'getChildren2'; path: string | null; watch: boolean }
  | { op: 'setData'; path: string | null; data: string | null; version: number }
  | { op: 'sync'; path: string | null }
  /** newMembers null: joining and leaving servers, else a whole list. curConfigId -1: whatever is the version. */
  | {
      op: 'reconfig';
      joiningServers: string | null;
      leavingServers: string | null;
      newMembers: string | null;
      curConfigId: Zxid;
    }
  | { op: 'ping' }
  | { op: 'closeSession' }
  /** Made by a server from a ConnectRequest without session; timeOut in ms. */
  | { op: 'createSession'; timeOut: number };

/** Body of a successful reply; an error reply has none. */
export interface ReplyBody {
  path?: string | null;
  stat?: Stat;
  data?: string | null;
  /** In the order of the wire. */
  children?: string[];
  acl?: readonly AclEntry[];
  ephemerals?: string[];
  number?: number;
  clientInfo?: { authScheme: string; user: string }[];
  /** addWatch: the error inside the reply, 0. */
  innerErr?: ErrorName;
  /** multi and multiRead, one per operation. `op` is the type on the wire: error for a failed or undone one. */
  results?: MultiResult[];
}

export interface MultiResult {
  op: OpName;
  err: ErrorName;
  path?: string;
  stat?: Stat;
  data?: string | null;
  children?: string[];
}

/** An authenticated identity of a connection. */
export interface AuthId {
  scheme: string;
  id: string;
}

export interface TxnHeader {
  clientId: SessionId;
  cxid: number;
  zxid: Zxid;
  /** ms since 1970, the leader's clock. */
  time: number;
  type: OpName;
}

export type Txn =
  | {
      type: 'create' | 'create2';
      path: string;
      data: string | null;
      acl: readonly AclEntry[];
      ephemeral: boolean;
      parentCVersion: number;
    }
  | {
      type: 'createContainer';
      path: string;
      data: string | null;
      acl: readonly AclEntry[];
      parentCVersion: number;
    }
  | {
      type: 'createTTL';
      path: string;
      data: string | null;
      acl: readonly AclEntry[];
      parentCVersion: number;
      ttl: number;
    }
  | { type: 'delete' | 'deleteContainer'; path: string }
  /** version: the new aversion; acl: normalised. */
  | { type: 'setACL'; path: string; acl: readonly AclEntry[]; version: number }
  /** version: the current one plus 1; no effect. */
  | { type: 'check'; path: string; version: number }
  /** All with one zxid; one of type error among them undoes the others. */
  | { type: 'multi'; txns: readonly Txn[] }
  /** version: the new one. A reconfig sets the node of the membership. */
  | { type: 'setData' | 'reconfig'; path: string; data: string | null; version: number }
  | { type: 'createSession'; timeOut: number }
  | { type: 'closeSession'; paths2Delete: string[] }
  | { type: 'error'; err: ErrorName };

/** One record of the txn log, and the content of PROPOSAL. Never changed once made; shared freely. */
export interface LoggedTxn {
  readonly hdr: TxnHeader;
  readonly txn: Txn;
}

/** What applying a txn yields for the reply. */
export interface ProcessTxnResult {
  err: ErrorName;
  path?: string;
  stat?: Stat;
  /** Of a multi. */
  results?: MultiResult[];
}
