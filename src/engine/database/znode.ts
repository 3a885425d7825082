/**
 * The record of one znode. It is never changed once it is in a table, only replaced by a copy.
 *
 * Source: DataNode.java, StatPersisted.
 */
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
  /* Set when the record enters a table; a copy keeps what still holds. Signed, for they are small integers then. */
  /** CRC behind path and data, see digest.ts; -1: to be computed. */
  head: number;
  /** Hash of the ACL; -1: to be computed. */
  aclHash: number;
  /** Its digest; counts unsigned. */
  crc: number;
  /** Digest and ACL in 32 bits. */
  share: number;
}

/** A node without children and changes; `time` in ms since 1970. */
export function newNode(
  data: string | null,
  acl: readonly AclEntry[],
  ephemeralOwner: SessionId,
  zxid: Zxid,
  time: number,
): ZNode {
  return {
    data,
    acl,
    czxid: zxid,
    mzxid: zxid,
    pzxid: zxid,
    ctime: time,
    mtime: time,
    version: 0,
    cversion: 0,
    aversion: 0,
    ephemeralOwner,
    head: -1,
    aclHash: -1,
    crc: 0,
    share: 0,
  };
}

/** A record after a child came (with the new count of creations) or went. */
export function withChildren(node: ZNode, cversion: number, pzxid: Zxid): ZNode {
  return {
    data: node.data,
    acl: node.acl,
    czxid: node.czxid,
    mzxid: node.mzxid,
    pzxid,
    ctime: node.ctime,
    mtime: node.mtime,
    version: node.version,
    cversion,
    aversion: node.aversion,
    ephemeralOwner: node.ephemeralOwner,
    head: node.head,
    aclHash: node.aclHash,
    crc: 0,
    share: 0,
  };
}

/** A record with another ACL. */
export function withAcl(node: ZNode, acl: readonly AclEntry[], aversion: number): ZNode {
  return {
    data: node.data,
    acl,
    czxid: node.czxid,
    mzxid: node.mzxid,
    pzxid: node.pzxid,
    ctime: node.ctime,
    mtime: node.mtime,
    version: node.version,
    cversion: node.cversion,
    aversion,
    ephemeralOwner: node.ephemeralOwner,
    head: node.head,
    aclHash: -1,
    crc: 0,
    share: 0,
  };
}

/** A record with other data. */
export function withData(
  node: ZNode,
  data: string | null,
  version: number,
  mzxid: Zxid,
  mtime: number,
): ZNode {
  return {
    data,
    acl: node.acl,
    czxid: node.czxid,
    mzxid,
    pzxid: node.pzxid,
    ctime: node.ctime,
    mtime,
    version,
    cversion: node.cversion,
    aversion: node.aversion,
    ephemeralOwner: node.ephemeralOwner,
    head: -1,
    aclHash: node.aclHash,
    crc: 0,
    share: 0,
  };
}
