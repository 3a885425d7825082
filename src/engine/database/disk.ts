/**
 * A process's own copy of its disk. Each operation changes the copy and is reported, so
 * that the world can do the same to the disk that outlives the process.
 *
 * A rename and a removal are durable at once; appended records are so after an fsync. A
 * file of which nothing was ever forced is gone after a crash.
 * Differs: a real truncate is durable only after an fsync of its own; here at once.
 */
import { assert, unreachable } from '../../base/assert';
import type { DiskFile, DiskImage, DiskOp } from '../../bridge/process';

export interface Disk {
  files: DiskImage;
  /** Names of the log files, ascending by zxid. */
  logs: string[];
  /** Names of the snapshot files, ascending by zxid. */
  snapshots: string[];
  /** Records in all log files. */
  logTotal: number;
  /** The log file that the next record goes to; null: a new one. */
  stream: string | null;
  /** Files with records that are not forced yet, oldest first. */
  toFlush: string[];
}

/** Where the operations are told, in order: `effects.disk`. */
export type ReportDiskOp = (op: DiskOp) => void;

export const LOG_PREFIX = 'version-2/log.';
export const SNAPSHOT_PREFIX = 'version-2/snapshot.';

/** A working copy of what lies on disk; the records are shared, the files are not. */
export function openDisk(image: DiskImage): Disk {
  const disk: Disk = {
    files: {},
    logs: [],
    snapshots: [],
    logTotal: 0,
    stream: null,
    toFlush: [],
  };
  for (const [file, { records, synced }] of Object.entries(image)) {
    disk.files[file] = { records: records.slice(), synced };
    enlist(disk, file);
    if (isLog(file)) disk.logTotal += records.length;
  }
  const isUnforced = (file: string) => (image[file]?.synced ?? 0) < sizeOf(disk, file);
  disk.toFlush = [...disk.snapshots, ...disk.logs].filter(isUnforced);
  return disk;
}

/** Appends one record, which lies unforced until `fsync`; makes the file when it is absent. */
export function append(disk: Disk, report: ReportDiskOp, file: string, record: unknown): void {
  if (disk.files[file] === undefined) enlist(disk, file);
  run(disk, report, { type: 'append', file, record });
  if (isLog(file)) disk.logTotal += 1;
  if (!disk.toFlush.includes(file)) disk.toFlush.push(file);
}

/** Forces all records of a file. */
export function fsync(disk: Disk, report: ReportDiskOp, file: string): void {
  run(disk, report, { type: 'fsync', file });
  disk.toFlush = disk.toFlush.filter((name) => name !== file);
}

/** Gives a file another name; a file of that name is replaced. */
export function rename(disk: Disk, report: ReportDiskOp, from: string, to: string): void {
  delist(disk, from);
  delist(disk, to);
  run(disk, report, { type: 'rename', from, to });
  enlist(disk, to);
  const unforced = disk.toFlush.includes(from);
  disk.toFlush = disk.toFlush.filter((name) => name !== from && name !== to);
  if (unforced) disk.toFlush.push(to);
  if (disk.stream === from || disk.stream === to) disk.stream = null;
  disk.logTotal = disk.logs.reduce((sum, log) => sum + sizeOf(disk, log), 0);
}

/** Keeps the first `length` records of a file. */
export function truncate(disk: Disk, report: ReportDiskOp, file: string, length: number): void {
  const before = sizeOf(disk, file);
  run(disk, report, { type: 'truncate', file, length });
  const after = sizeOf(disk, file);
  if (isLog(file)) disk.logTotal -= before - after;
  if (disk.files[file]?.synced === after) {
    disk.toFlush = disk.toFlush.filter((name) => name !== file);
  }
}

/** Removes a file. */
export function remove(disk: Disk, report: ReportDiskOp, file: string): void {
  if (isLog(file)) disk.logTotal -= sizeOf(disk, file);
  delist(disk, file);
  run(disk, report, { type: 'delete', file });
  disk.toFlush = disk.toFlush.filter((name) => name !== file);
  if (disk.stream === file) disk.stream = null;
}

/**
 * Does one reported operation to another copy, in place; throws when the file is not there.
 * A list of records only grows: one that is cut is another list, so that a checkpoint may share it.
 */
export function applyDiskOp(files: DiskImage, op: DiskOp): void {
  switch (op.type) {
    case 'append': {
      const file = files[op.file];
      if (file === undefined) files[op.file] = { records: [op.record], synced: 0 };
      else file.records.push(op.record);
      return;
    }
    case 'fsync': {
      const file = fileOf(files, op.file);
      file.synced = file.records.length;
      return;
    }
    case 'rename': {
      const file = fileOf(files, op.from);
      delete files[op.from];
      files[op.to] = file;
      return;
    }
    case 'truncate': {
      const file = fileOf(files, op.file);
      file.records = file.records.slice(0, op.length);
      file.synced = Math.min(file.synced, op.length);
      return;
    }
    case 'delete':
      fileOf(files, op.file);
      delete files[op.file];
      return;
    case 'struck':
      // What was to be written was not.
      return;
    default:
      unreachable(op);
  }
}

/** What a crash does, in place: every record that was not forced is lost. */
export function loseUnsynced(files: DiskImage): void {
  for (const [name, file] of Object.entries(files)) {
    if (file.records.length > file.synced) file.records = file.records.slice(0, file.synced);
    if (file.synced === 0) delete files[name];
  }
}

/** The number behind the dot of a log's or a snapshot's name. */
export function zxidInName(file: string): number {
  return Number.parseInt(file.slice(file.lastIndexOf('.') + 1), 16);
}

function run(disk: Disk, report: ReportDiskOp, op: DiskOp): void {
  applyDiskOp(disk.files, op);
  report(op);
}

function fileOf(files: DiskImage, name: string): DiskFile {
  const file = files[name];
  assert(file !== undefined, `file ${name} is on disk`);
  return file;
}

function sizeOf(disk: Disk, file: string): number {
  return disk.files[file]?.records.length ?? 0;
}

function isLog(file: string): boolean {
  return file.startsWith(LOG_PREFIX);
}

function listOf(disk: Disk, file: string): string[] | undefined {
  if (isLog(file)) return disk.logs;
  // A snapshot that is still being written bears `.tmp` at its end and does not count.
  return file.startsWith(SNAPSHOT_PREFIX) && !file.endsWith('.tmp') ? disk.snapshots : undefined;
}

function enlist(disk: Disk, file: string): void {
  const list = listOf(disk, file);
  if (list === undefined || list.includes(file)) return;
  list.push(file);
  list.sort(byZxid);
}

function delist(disk: Disk, file: string): void {
  const list = listOf(disk, file);
  const at = list?.indexOf(file) ?? -1;
  if (at >= 0) list?.splice(at, 1);
}

function byZxid(a: string, b: string): number {
  return zxidInName(a) - zxidInName(b);
}
