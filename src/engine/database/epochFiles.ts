/**
 * The two small files of a quorum member: the newest epoch it promised to follow, and the
 * newest one whose NEWLEADER it took over.
 *
 * Source: QuorumPeer.readLongFromFile, AtomicFileWritingIdiom.java.
 */
import type { Disk, ReportDiskOp } from './disk';
import { append, fsync, remove, rename } from './disk';

export type EpochFile = 'acceptedEpoch' | 'currentEpoch';

/** undefined: the file was never written. */
export function readEpoch(disk: Disk, name: EpochFile): number | undefined {
  return disk.files[`version-2/${name}`]?.records[0] as number | undefined;
}

/** Durable when it returns: temporary file, fsync, rename. */
export function writeEpoch(disk: Disk, report: ReportDiskOp, name: EpochFile, value: number): void {
  const file = `version-2/${name}`;
  const temporary = `${file}.tmp`;
  if (disk.files[temporary] !== undefined) remove(disk, report, temporary);
  append(disk, report, temporary, value);
  fsync(disk, report, temporary);
  rename(disk, report, temporary, file);
}
