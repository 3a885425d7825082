/**
 * The pending view: what each path will be once all proposed txns are applied.
 * Source: PrepRequestProcessor.getRecordForPath, addChangeRecord;
 * ZooKeeperServer.processTxn removes.
 */
import { NO_ZXID, type Zxid } from '../../../zk/ids';
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
  };
}

export function addChange(zks: ZksState, record: ChangeRecord): void {
  zks.outstandingChanges.push(record);
  zks.outstandingChangesForPath[record.path] = record;
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
