/**
 * How a txn changes the table of znodes.
 *
 * A txn carries results, not wishes (new version, parent's new cversion), and each rule
 * here is "raise, never lower": a log that is replayed over a tree which holds part of it
 * already ends in the same tree.
 *
 * Source: DataTree.java (createNode, deleteNode, setData, killSession, processTxn),
 * DataNode.copyStat.
 * Left out: the refresh of a node's ACL by a replayed creation, since a node holds its list
 * itself and no cache can have lost it.
 */
import { unreachable } from '../../base/assert';
import type { ErrorName } from '../../zk/errorCode';
import { CONTAINER_OWNER, kindOfOwner, ttlOwner } from '../../zk/ephemeralType';
import type { SessionId, Zxid } from '../../zk/ids';
import { NO_SESSION } from '../../zk/ids';
import { nameOf, parentOf } from '../../zk/paths';
import type { WatchEventType } from '../../zk/packets';
import type {
  AclEntry,
  LoggedTxn,
  MultiResult,
  ProcessTxnResult,
  Stat,
  Txn,
  TxnHeader,
} from '../../zk/records';
import type { NodeTable } from './nodeTable';
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
import { accountFor, noteCreated, noteDeleted } from './quota';
import type { ZNode } from './znode';
import { newNode, withAcl, withChildren, withData } from './znode';

/**
 * Called for each change that a watch could tell, in the order of the original: `path` as
 * clients name it, `acl` of the node that the event is about (of a deleted one: what it had).
 */
export type OnChange = (type: WatchEventType, path: string, acl: readonly AclEntry[]) => void;

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
    ephemeralOwner: ownerShown(node.ephemeralOwner),
    dataLength: node.data === null ? 0 : node.data.length,
    numChildren,
    pzxid: node.pzxid,
  };
}

/** Clients see the owners of ephemeral nodes alone. */
function ownerShown(owner: SessionId): SessionId {
  return owner === NO_SESSION || kindOfOwner(owner) === 'ephemeral' ? owner : NO_SESSION;
}

/** Applies one txn; see `processTxn` of dataTree.ts. */
export function applyToTable(
  table: NodeTable,
  { hdr, txn }: LoggedTxn,
  onChange?: OnChange,
): ProcessTxnResult {
  return txn.type === 'multi'
    ? applyMulti(table, hdr, txn.txns, onChange)
    : applyOne(table, hdr, txn, onChange);
}

function applyOne(
  table: NodeTable,
  hdr: TxnHeader,
  txn: Exclude<Txn, { type: 'multi' }>,
  onChange: OnChange | undefined,
): ProcessTxnResult {
  switch (txn.type) {
    case 'create':
    case 'create2':
    case 'createContainer':
    case 'createTTL': {
      const err = createNode(table, hdr, txn, ownerOf(hdr, txn), onChange);
      if (err !== 'OK' || txn.type === 'create') return { err, path: txn.path };
      const node = findNode(table, txn.path) as ZNode;
      return { err, path: txn.path, stat: copyStat(node, countChildren(table, txn.path)) };
    }
    case 'delete':
    case 'deleteContainer':
      return { err: deleteNode(table, txn.path, hdr.zxid, onChange), path: txn.path };
    case 'setData':
    case 'reconfig': {
      const key = keyOf(txn.path);
      const old = findNode(table, key);
      if (old === undefined) return { err: 'NONODE', path: txn.path };
      const node = withData(old, txn.data, txn.version, hdr.zxid, hdr.time);
      putNode(table, key, node);
      accountFor(table, key, lengthOf(txn.data) - lengthOf(old.data), 0);
      onChange?.('NodeDataChanged', txn.path, node.acl);
      return { err: 'OK', path: txn.path, stat: copyStat(node, countChildren(table, key)) };
    }
    case 'setACL': {
      const key = keyOf(txn.path);
      const old = findNode(table, key);
      if (old === undefined) return { err: 'NONODE', path: txn.path };
      const node = withAcl(old, txn.acl, txn.version);
      putNode(table, key, node);
      return { err: 'OK', path: txn.path, stat: copyStat(node, countChildren(table, key)) };
    }
    case 'check':
      return { err: 'OK', path: txn.path };
    case 'closeSession':
      killSessionIn(table, hdr.clientId, hdr.zxid, txn.paths2Delete, onChange);
      return { err: 'OK' };
    case 'createSession':
      return { err: 'OK' };
    case 'error':
      return { err: txn.err };
    default:
      return unreachable(txn);
  }
}

/**
 * All with one zxid, or none: where one of them is an error the others have no effect, those
 * before it are told as 0 and those behind it as RUNTIMEINCONSISTENCY.
 */
function applyMulti(
  table: NodeTable,
  hdr: TxnHeader,
  txns: readonly Txn[],
  onChange: OnChange | undefined,
): ProcessTxnResult {
  const failedAt = txns.findIndex((txn) => txn.type === 'error');
  const results: MultiResult[] = [];
  let err: ErrorName = 'OK';
  for (let i = 0; i < txns.length; i += 1) {
    const txn = txns[i] as Txn;
    if (txn.type === 'multi') throw new Error('broken law: no multi inside a multi');
    if (failedAt >= 0) {
      const undone = i < failedAt ? 'OK' : 'RUNTIMEINCONSISTENCY';
      const own = txn.type === 'error' ? txn.err : undone;
      if (err === 'OK') err = own;
      results.push({ op: 'error', err: own });
      continue;
    }
    const result = applyOne(table, hdr, txn, onChange);
    if (err === 'OK') err = result.err;
    results.push(resultOf(txn, result));
  }
  return { err, results };
}

/** As its part of the answer: what is created with a stat answers as a create2. */
function resultOf(txn: Txn, { err, path, stat }: ProcessTxnResult): MultiResult {
  if (err !== 'OK') return { op: 'error', err };
  switch (txn.type) {
    case 'create':
      return { op: 'create', err, path: path as string };
    case 'create2':
    case 'createContainer':
    case 'createTTL':
      return { op: 'create2', err, path: path as string, stat: stat as Stat };
    case 'setData':
      return { op: 'setData', err, stat: stat as Stat };
    case 'deleteContainer':
      return { op: 'delete', err };
    default:
      return { op: txn.type, err };
  }
}

type CreateTxn = Extract<Txn, { parentCVersion: number }>;

function ownerOf(hdr: TxnHeader, txn: CreateTxn): SessionId {
  if (txn.type === 'createContainer') return CONTAINER_OWNER;
  if (txn.type === 'createTTL') return ttlOwner(txn.ttl);
  return txn.ephemeral ? hdr.clientId : NO_SESSION;
}

function lengthOf(data: string | null): number {
  return data === null ? 0 : data.length;
}

function createNode(
  table: NodeTable,
  hdr: TxnHeader,
  txn: CreateTxn,
  ephemeralOwner: SessionId,
  onChange: OnChange | undefined,
): ErrorName {
  const { zxid, time } = hdr;
  const { path, data, acl, parentCVersion } = txn;
  const parentPath = parentOf(path);
  const name = nameOf(path);
  const parent = findNode(table, parentPath);
  if (parent === undefined) return 'NONODE';
  // A replay must lift the parent even when the child is there already: the tree may have
  // got the child from a snapshot that was taken before the parent was raised.
  raiseCVersion(table, parentPath, parent, parentCVersion, zxid);
  if (hasChild(table, parentPath, name)) return 'NODEEXISTS';
  addChild(table, parentPath, name);
  putNode(table, path, newNode(data, acl, ephemeralOwner, zxid, time));
  noteCreated(table, path, lengthOf(data));
  if (onChange !== undefined) {
    onChange('NodeCreated', path, acl);
    onChange('NodeChildrenChanged', parentPath === '' ? '/' : parentPath, parent.acl);
  }
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

function deleteNode(
  table: NodeTable,
  path: string,
  zxid: Zxid,
  onChange: OnChange | undefined,
): ErrorName {
  const parentPath = parentOf(path);
  const parent = findNode(table, parentPath);
  if (parent === undefined) return 'NONODE';
  // The parent's pzxid moves even when the node is gone: a replay over a snapshot that was
  // taken between the two must not lose it.
  removeChild(table, parentPath, nameOf(path));
  if (zxid > parent.pzxid) putNode(table, parentPath, withChildren(parent, parent.cversion, zxid));
  const node = findNode(table, path);
  if (node === undefined) return 'NONODE';
  removeNode(table, path);
  noteDeleted(table, path, lengthOf(node.data));
  if (onChange !== undefined) {
    onChange('NodeDeleted', path, node.acl);
    onChange('NodeChildrenChanged', parentPath === '' ? '/' : parentPath, parent.acl);
  }
  return 'OK';
}

/** See `killSession` of dataTree.ts. */
export function killSessionIn(
  table: NodeTable,
  session: SessionId,
  zxid: Zxid,
  paths2Delete: readonly string[],
  onChange?: OnChange,
): string[] {
  const removed: string[] = [];
  for (const path of paths2Delete) {
    if (deleteNode(table, path, zxid, onChange) === 'OK') removed.push(path);
  }
  for (const path of ephemeralPaths(table, session)) {
    if (deleteNode(table, path, zxid, onChange) === 'OK') removed.push(path);
  }
  return removed;
}
