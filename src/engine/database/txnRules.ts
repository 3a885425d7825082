/**
 * How a txn changes the table of znodes.
 *
 * A txn carries results, not wishes (new version, parent's new cversion), and each rule
 * here is "raise, never lower": a log that is replayed over a tree which holds part of it
 * already ends in the same tree.
 *
 * Source: DataTree.java (createNode, deleteNode, setData, killSession, processTxn),
 * DataNode.copyStat.
 * Left out: quotas, watches, container and TTL nodes; and the refresh of a node's ACL by a
 * replayed creation, since a node holds its list itself and no cache can have lost it.
 */
import { unreachable } from '../../base/assert';
import type { ErrorName } from '../../zk/errorCode';
import type { SessionId, Zxid } from '../../zk/ids';
import { NO_SESSION } from '../../zk/ids';
import { nameOf, parentOf } from '../../zk/paths';
import type { AclEntry, LoggedTxn, ProcessTxnResult, Stat, TxnHeader } from '../../zk/records';
import type { NodeTable, ZNode } from './nodeTable';
import {
  addChild,
  countChildren,
  ephemeralPaths,
  findNode,
  hasChild,
  keyOf,
  putNode,
  removeChild,
  removeNode,
} from './nodeTable';

/** The stat as a client sees it. */
export function copyStat(node: ZNode, numChildren: number): Stat {
  return {
    czxid: node.czxid,
    mzxid: node.mzxid,
    ctime: node.ctime,
    mtime: node.mtime,
    version: node.version,
    // Every child was created once, and those that are gone were deleted once.
    cversion: (node.cversion * 2 - numChildren) | 0,
    aversion: node.aversion,
    ephemeralOwner: node.ephemeralOwner,
    dataLength: node.data === null ? 0 : node.data.length,
    numChildren,
    pzxid: node.pzxid,
  };
}

/** Applies one txn; see `processTxn` of dataTree.ts. */
export function applyToTable(table: NodeTable, { hdr, txn }: LoggedTxn): ProcessTxnResult {
  switch (txn.type) {
    case 'create':
    case 'create2': {
      const owner = txn.ephemeral ? hdr.clientId : NO_SESSION;
      const err = createNode(table, hdr, txn.path, txn.data, txn.acl, owner, txn.parentCVersion);
      if (err !== 'OK' || txn.type === 'create') return { err, path: txn.path };
      const node = findNode(table, txn.path) as ZNode;
      return { err, path: txn.path, stat: copyStat(node, countChildren(table, txn.path)) };
    }
    case 'delete':
      return { err: deleteNode(table, txn.path, hdr.zxid), path: txn.path };
    case 'setData': {
      const key = keyOf(txn.path);
      const old = findNode(table, key);
      if (old === undefined) return { err: 'NONODE', path: txn.path };
      const node = withData(old, txn.data, txn.version, hdr.zxid, hdr.time);
      putNode(table, key, node);
      return { err: 'OK', path: txn.path, stat: copyStat(node, countChildren(table, key)) };
    }
    case 'closeSession':
      killSessionIn(table, hdr.clientId, hdr.zxid, txn.paths2Delete);
      return { err: 'OK' };
    case 'createSession':
      return { err: 'OK' };
    case 'error':
      return { err: txn.err };
    default:
      return unreachable(txn);
  }
}

function createNode(
  table: NodeTable,
  hdr: TxnHeader,
  path: string,
  data: string | null,
  acl: readonly AclEntry[],
  ephemeralOwner: SessionId,
  parentCVersion: number,
): ErrorName {
  const { zxid, time } = hdr;
  const parentPath = parentOf(path);
  const name = nameOf(path);
  const parent = findNode(table, parentPath);
  if (parent === undefined) return 'NONODE';
  // A replay must lift the parent even when the child is there already: the tree may have
  // got the child from a snapshot that was taken before the parent was raised.
  raiseCVersion(table, parentPath, parent, parentCVersion, zxid);
  if (hasChild(table, parentPath, name)) return 'NODEEXISTS';
  addChild(table, parentPath, name);
  putNode(table, path, {
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
    share: 0,
  });
  return 'OK';
}

/** -1 asks for one more than there is: what the oldest logs mean. */
function raiseCVersion(
  table: NodeTable,
  path: string,
  node: ZNode,
  cversionAsked: number,
  zxid: Zxid,
): void {
  const cversion = cversionAsked === -1 ? (node.cversion + 1) | 0 : cversionAsked;
  if (cversion > node.cversion) putNode(table, path, withChildren(node, cversion, zxid));
}

function deleteNode(table: NodeTable, path: string, zxid: Zxid): ErrorName {
  const parentPath = parentOf(path);
  const parent = findNode(table, parentPath);
  if (parent === undefined) return 'NONODE';
  // The parent's pzxid moves even when the node is gone: a replay over a snapshot that was
  // taken between the two must not lose it.
  removeChild(table, parentPath, nameOf(path));
  if (zxid > parent.pzxid) putNode(table, parentPath, withChildren(parent, parent.cversion, zxid));
  return removeNode(table, path) ? 'OK' : 'NONODE';
}

/** See `killSession` of dataTree.ts. */
export function killSessionIn(
  table: NodeTable,
  session: SessionId,
  zxid: Zxid,
  paths2Delete: readonly string[],
): string[] {
  const removed: string[] = [];
  for (const path of paths2Delete) {
    if (deleteNode(table, path, zxid) === 'OK') removed.push(path);
  }
  for (const path of ephemeralPaths(table, session)) {
    if (deleteNode(table, path, zxid) === 'OK') removed.push(path);
  }
  return removed;
}

function withChildren(node: ZNode, cversion: number, pzxid: Zxid): ZNode {
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
    share: 0,
  };
}
