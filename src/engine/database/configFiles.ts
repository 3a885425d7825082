/**
 * The two files of the membership of a server that may be reconfigured: the one in force, and the
 * next one while a reconfig is under way. Both hold the membership's text.
 *
 * Source: QuorumPeer.setQuorumVerifier, setLastSeenQuorumVerifier, QuorumPeerConfig.writeDynamicConfig.
 * Differs: the files lie beside the data, so that a server whose disk is wiped begins with what it was
 * configured with; the name of the one in force does not tell its version.
 */
import type { Disk, ReportDiskOp } from './disk';
import { append, fsync, remove, rename } from './disk';

export type ConfigFile = 'zoo.cfg.dynamic' | 'zoo.cfg.dynamic.next';

/** undefined: there is no such file. */
export function readConfigFile(disk: Disk, file: ConfigFile): string | undefined {
  return disk.files[file]?.records[0] as string | undefined;
}

/** Durable when it returns: temporary file, fsync, rename. */
export function writeConfigFile(
  disk: Disk,
  report: ReportDiskOp,
  file: ConfigFile,
  text: string,
): void {
  const temporary = `${file}.tmp`;
  if (disk.files[temporary] !== undefined) remove(disk, report, temporary);
  append(disk, report, temporary, text);
  fsync(disk, report, temporary);
  rename(disk, report, temporary, file);
}

export function removeConfigFile(disk: Disk, report: ReportDiskOp, file: ConfigFile): void {
  if (disk.files[file] !== undefined) remove(disk, report, file);
}
