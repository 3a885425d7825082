/**
 * Bytes of a server's files, as conf and dirs tell them.
 * Differs: a log counts without the zeros that a real one is filled up with in advance, and a
 * snapshot, which is no bytes here, as what its tree had in data and paths.
 */
import { encodeTxn } from '../../../zk/jute/records/txn';
import type { SnapshotImage } from '../../../zk/packets';
import type { LoggedTxn } from '../../../zk/records';
import { approximateDataSize, treeOfImage, type TreeImage } from '../../database/dataTree';
import { LOG_PREFIX, SNAPSHOT_PREFIX } from '../../database/disk';
import type { ServerState } from '../machine';

/** Magic, version, database id. */
const HEADER_BYTES = 16;
/** Around a record of the log: checksum, length, end mark. */
const AROUND_TXN_BYTES = 13;

export function logDirSize(state: ServerState): number {
  let bytes = 0;
  for (const name of Object.keys(state.disk.files)) {
    if (!name.startsWith(LOG_PREFIX)) continue;
    bytes += HEADER_BYTES;
    for (const record of state.disk.files[name]?.records ?? []) {
      bytes += AROUND_TXN_BYTES + encodeTxn(record as LoggedTxn).length;
    }
  }
  return bytes;
}

export function dataDirSize(state: ServerState): number {
  let bytes = 0;
  for (const name of Object.keys(state.disk.files)) {
    if (!name.startsWith(SNAPSHOT_PREFIX)) continue;
    bytes += HEADER_BYTES;
    for (const record of state.disk.files[name]?.records ?? []) {
      const image = (record as SnapshotImage).nodes as TreeImage;
      bytes += approximateDataSize(treeOfImage(image));
    }
  }
  return bytes;
}
