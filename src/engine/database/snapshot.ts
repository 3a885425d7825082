/**
 * Snapshots on disk: one file each, named by the lastProcessedZxid of the image.
 *
 * Source: FileSnap.java, FileTxnSnapLog.save.
 * Differs: an image is taken in one instant, so it is never fuzzy; and a snapshot written
 * without fsync in place of a forced one of the same zxid goes through a temporary file,
 * so that the older one is not lost with it.
 */
import type { Zxid } from '../../zk/ids';
import type { SnapshotImage } from '../../zk/packets';
import type { Disk, ReportDiskOp } from './disk';
import { append, fsync, remove, rename, SNAPSHOT_PREFIX, zxidInName } from './disk';

/**
 * Writes one snapshot. With `sync` it is durable when this returns (temporary file, fsync,
 * rename); without, a crash before the next `commitLog` loses it.
 */
export function writeSnapshot(
  disk: Disk,
  report: ReportDiskOp,
  image: SnapshotImage,
  sync: boolean,
): void {
  const file = SNAPSHOT_PREFIX + image.zxid.toString(16);
  const before = disk.files[file];
  if (sync || (before !== undefined && before.synced > 0)) {
    const temporary = `${file}.tmp`;
    if (disk.files[temporary] !== undefined) remove(disk, report, temporary);
    append(disk, report, temporary, image);
    fsync(disk, report, temporary);
    rename(disk, report, temporary, file);
    return;
  }
  if (before !== undefined) remove(disk, report, file);
  append(disk, report, file, image);
}

/** The snapshot with the largest zxid, forced or not. */
export function newestSnapshot(disk: Disk): SnapshotImage | undefined {
  const file = disk.snapshots.at(-1);
  return file === undefined ? undefined : (disk.files[file]?.records[0] as SnapshotImage);
}

/** Zxids of all snapshots, ascending. */
export function snapshotZxids(disk: Disk): Zxid[] {
  return disk.snapshots.map((file) => zxidInName(file) as Zxid);
}

/**
 * Removes the snapshots that are newer than `zxid`. After a truncation they hold what the
 * leader never had; the original leaves them in place (bug switch dirtySnapshotSurvivesTrunc).
 */
export function removeSnapshotsAbove(disk: Disk, report: ReportDiskOp, zxid: Zxid): void {
  for (const file of disk.snapshots.slice()) {
    if (zxidInName(file) > zxid) remove(disk, report, file);
  }
}
