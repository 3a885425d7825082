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

/** CreateMode flags of this release: 0 PERSISTENT, 1 EPHEMERAL, 2 PERSISTENT_SEQUENTIAL, 3 EPHEMERAL_SEQUENTIAL. */
export type CreateFlags = number;

/** Body of a request by its operation. */
export type RequestBody =
  | {
      op: 'create' | 'create2';
      path: string | null;
      data: string | null;
      acl: readonly AclEntry[] | null;
      flags: CreateFlags;
    }
  | { op: 'delete'; path: string | null; version: number }
  | {
      op: 'exists' | 'getData' | 'getChildren' | 'getChildren2';
      path: string | null;
      watch: boolean;
    }
  | { op: 'setData'; path: string | null; data: string | null; version: number }
  | { op: 'sync'; path: string | null }
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
  | { type: 'delete'; path: string }
  /** version: the new one. */
  | { type: 'setData'; path: string; data: string | null; version: number }
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
}
