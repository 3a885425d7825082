/** One znode as the table keeps it: replaced whole when it changes. Source: DataNode.java. */
import type { SessionId, Zxid } from '../../zk/ids';
import type { AclEntry } from '../../zk/records';

export interface ZNode {
  readonly data: string | null;
  readonly acl: readonly AclEntry[];
  readonly czxid: Zxid;
  readonly mzxid: Zxid;
  readonly pzxid: Zxid;
  /** ms since 1970. */
  readonly ctime: number;
  readonly mtime: number;
  readonly version: number;
  /** As stored: counts creations of children only. */
  readonly cversion: number;
  readonly aversion: number;
  /** As stored: NO_SESSION for a persistent node; see zk/ephemeralType. */
  readonly ephemeralOwner: SessionId;
  /* Set once, when the record enters a table; -1 until then. A copy keeps what still holds. */
  /** CRC behind path and data; see digest.ts. */
  head: number;
  /** Hash of the ACL. */
  aclHash: number;
  /** Its digest. */
  crc: number;
  /** Digest and ACL in 32 bits. */
  share: number;
}
