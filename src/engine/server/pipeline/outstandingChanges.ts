/**
 * The pending view: what each path will be once all proposed txns are applied.
 * '' and '/' are two paths here, as they are there: what parents use, and what clients say.
 *
 * Source: PrepRequestProcessor.getRecordForPath, addChangeRecord, getPendingChanges,
 * rollbackPendingChanges; ZooKeeperServer.processTxn removes.
 */
import { NO_ZXID, type Zxid } from '../../../zk/ids';
import { parentOf } from '../../../zk/paths';
import { childCount, getNode } from '../../database/dataTree';
import type { ChangeRecord, Server, ZksState } from '../machine';

/** The newest pending record of a path, else one made from the tree; undefined: no such node. */
export function recordForPath(s: Server, zks: ZksState, path: string): ChangeRecord | undefined {
  const pending = zks.outstandingChangesForPath[path];
  if (pending !== undefined) return pending.exists ? pending : undefined;
  const node = getNode(s.state.db.tree, path);
  if (node === undefined) return undefined;
  return {
    zxid: NO_ZXID,
    path,
    exists: true,
    version: node.version,
    cversion: node.cversion,
    childCount: childCount(s.state.db.tree, path),
    ephemeralOwner: node.ephemeralOwner,
    aversion: node.aversion,
    acl: node.acl,
    dataLength: node.data === null ? 0 : node.data.length,
  };
}

/** A copy under another zxid, to be changed before it is added. */
export function duplicate(record: ChangeRecord, zxid: Zxid): ChangeRecord {
  return {
    zxid,
    path: record.path,
    exists: record.exists,
    version: record.version,
    cversion: record.cversion,
    childCount: record.childCount,
    ephemeralOwner: record.ephemeralOwner,
    aversion: record.aversion,
    acl: record.acl,
    dataLength: record.dataLength,
  };
}

export function addChange(zks: ZksState, record: ChangeRecord): void {
  zks.outstandingChanges.push(record);
  zks.outstandingChangesForPath[record.path] = record;
}

/** The records that a multi may have to bring back: of its paths and their parents, as they are now. */
export function pendingChangesOf(
  zks: ZksState,
  paths: readonly (string | null)[],
): Map<string, ChangeRecord> {
  const pending = new Map<string, ChangeRecord>();
  const keep = (path: string) => {
    const record = zks.outstandingChangesForPath[path];
    if (record !== undefined) pending.set(path, record);
  };
  for (const path of paths) {
    if (path === null) continue;
    keep(path);
    if (path.includes('/') && !path.includes('\0')) keep(parentOf(path));
  }
  return pending;
}

/** Undoes what the multi with this zxid has added. */
export function rollbackPendingChanges(
  zks: ZksState,
  zxid: Zxid,
  pending: ReadonlyMap<string, ChangeRecord>,
): void {
  const changes = zks.outstandingChanges;
  while (changes.at(-1)?.zxid === zxid) {
    const undone = changes.pop() as ChangeRecord;
    delete zks.outstandingChangesForPath[undone.path];
  }
  const first = changes[0];
  if (first === undefined) return;
  for (const [path, record] of pending) {
    // Older ones are applied by now: the tree has what they said.
    if (record.zxid >= first.zxid) zks.outstandingChangesForPath[path] = record;
  }
}

/** A txn is applied: its records and all older ones leave. */
export function dropChangesUpTo(zks: ZksState, zxid: Zxid): void {
  const changes = zks.outstandingChanges;
  let gone = 0;
  for (;;) {
    const record = changes[gone];
    if (record === undefined || record.zxid > zxid) break;
    if (zks.outstandingChangesForPath[record.path] === record) {
      delete zks.outstandingChangesForPath[record.path];
    }
    gone += 1;
  }
  if (gone > 0) changes.splice(0, gone);
}
