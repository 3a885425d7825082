/**
 * How a server finds its database again: the newest snapshot, then every later record of
 * the log. All of the log counts as applied, committed or not: which of it stays is
 * decided by the next synchronisation.
 *
 * Source: FileTxnSnapLog.restore, FileTxnSnapLog.fastForwardFromEdits, ZKDatabase.loadDataBase.
 */
import { nextZxid } from '../../zk/ids';
import type { Disk, ReportDiskOp } from './disk';
import { newestSnapshot, writeSnapshot } from './snapshot';
import { lastLoggedZxid, readTxns } from './txnLog';
import type { ZKDatabase } from './zkDatabase';
import { applyTxn, createDatabase, imageOf, lastProcessedZxid, restoreImage } from './zkDatabase';

/**
 * Builds the database from the disk; an empty disk gets `snapshot.0`. `error`: there are
 * log records but no snapshot to stand on, so the server must not start.
 */
export function loadDatabase(
  disk: Disk,
  report: ReportDiskOp,
  committedLogMax: number,
): { db: ZKDatabase } | { error: string } {
  const db = createDatabase(committedLogMax);
  const snapshot = newestSnapshot(disk);
  if (snapshot !== undefined) {
    restoreImage(db, snapshot);
    fastForward(db, disk);
    return { db };
  }
  if (lastLoggedZxid(disk) >= 0) {
    return { error: 'the disk has log records but no snapshot that they could continue' };
  }
  writeSnapshot(disk, report, imageOf(db), false);
  return { db };
}

/** Applies every log record beyond lastProcessedZxid, uncommitted ones too; returns how many. */
export function fastForward(db: ZKDatabase, disk: Disk): number {
  const entries = readTxns(disk, nextZxid(lastProcessedZxid(db)));
  // NONODE and NODEEXISTS are legal here: the tree may be ahead of the record.
  for (const entry of entries) applyTxn(db, entry);
  return entries.length;
}
