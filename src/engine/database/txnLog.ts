/**
 * The txn log: files of LoggedTxn records, each named by the zxid of its first record.
 *
 * Source: FileTxnLog.java. Left out: checksums, padding, size roll, torn records (a file
 * is a list of records here, so a record is there or not).
 */
import { assert } from '../../base/assert';
import type { Zxid } from '../../zk/ids';
import { NO_ZXID } from '../../zk/ids';
import type { LoggedTxn } from '../../zk/records';
import type { Disk, ReportDiskOp } from './disk';
import { append, fsync, LOG_PREFIX, remove, truncate, zxidInName } from './disk';

/** Appends one txn; the first after an opening, a roll or a truncation makes a new file. */
export function appendTxn(disk: Disk, report: ReportDiskOp, entry: LoggedTxn): void {
  if (disk.stream === null) {
    const file = LOG_PREFIX + entry.hdr.zxid.toString(16);
    // A file of that name is overwritten, as by the original: it begins with the same txn.
    if (disk.files[file] !== undefined) remove(disk, report, file);
    disk.stream = file;
  }
  append(disk, report, disk.stream, entry);
}

/** The next txn begins a new file. What is not forced yet is so by the next `commitLog`. */
export function rollLog(disk: Disk): void {
  disk.stream = null;
}

/**
 * Forces every file with unforced records, oldest first.
 *
 * Differs: a snapshot that was written without fsync is forced along, in place of the
 * operating system's slow write-back; so no log outlives the snapshot that it stands on.
 */
export function commitLog(disk: Disk, report: ReportDiskOp): void {
  while (disk.toFlush.length > 0) fsync(disk, report, disk.toFlush[0] as string);
}

/** A log file has records that a crash would lose. */
export function hasUnsynced(disk: Disk): boolean {
  return disk.toFlush.some((file) => file.startsWith(LOG_PREFIX));
}

/** Zxid of the last record of the newest file; NO_ZXID when there is no record. */
export function lastLoggedZxid(disk: Disk): Zxid {
  for (let i = disk.logs.length - 1; i >= 0; i -= 1) {
    const last = recordsOf(disk, disk.logs[i] as string).at(-1);
    if (last !== undefined) return last.hdr.zxid;
  }
  return NO_ZXID;
}

/** From the first record whose zxid is `from` or more on, in the order of the files. */
export function readTxns(disk: Disk, from: Zxid): LoggedTxn[] {
  // The file that may hold `from` is the last one whose first zxid is not above it.
  let first = disk.logs.length - 1;
  while (first > 0 && zxidInName(disk.logs[first] as string) > from) first -= 1;
  const found: LoggedTxn[] = [];
  let begun = false;
  for (const file of disk.logs.slice(Math.max(first, 0))) {
    for (const entry of recordsOf(disk, file)) {
      begun ||= entry.hdr.zxid >= from;
      if (begun) found.push(entry);
    }
  }
  return found;
}

/** Removes every record above `zxid`, for good; false when there is no log file. */
export function truncateLog(disk: Disk, report: ReportDiskOp, zxid: Zxid): boolean {
  if (disk.logs.length === 0) return false;
  disk.stream = null;
  for (const file of disk.logs.slice().reverse()) {
    const records = recordsOf(disk, file);
    const at = records.findIndex((entry) => entry.hdr.zxid > zxid);
    if (at === 0) remove(disk, report, file);
    else if (at > 0) truncate(disk, report, file, at);
  }
  return true;
}

/** The newest `max` records, oldest first, and whether each is forced. */
export function logRecords(disk: Disk, max: number): { entry: LoggedTxn; synced: boolean }[] {
  const found: { entry: LoggedTxn; synced: boolean }[] = [];
  for (let f = disk.logs.length - 1; f >= 0 && found.length < max; f -= 1) {
    const file = disk.logs[f] as string;
    const records = recordsOf(disk, file);
    const synced = disk.files[file]?.synced ?? 0;
    for (let i = records.length - 1; i >= 0 && found.length < max; i -= 1) {
      found.push({ entry: records[i] as LoggedTxn, synced: i < synced });
    }
  }
  return found.reverse();
}

/** The log files, oldest first, with the number of their records and of those forced. */
export function logFiles(disk: Disk): { name: string; records: number; synced: number }[] {
  return disk.logs.map((name) => ({
    name,
    records: recordsOf(disk, name).length,
    synced: disk.files[name]?.synced ?? 0,
  }));
}

function recordsOf(disk: Disk, file: string): LoggedTxn[] {
  const found = disk.files[file];
  assert(found !== undefined, 'a listed log file is on disk');
  return found.records as LoggedTxn[];
}
