/** Section `log`: the txn log, the snapshots and the disk under them. */
import type { LogSection } from '../../../bridge/frame';
import { snapshotZxids } from '../../database/snapshot';
import { logRecords } from '../../database/txnLog';
import { lastProcessedZxid } from '../../database/zkDatabase';
import type { ServerState } from '../machine';
import { viewOfTxn } from './requestView';
import { knownCommitted } from '../knownCommitted';

const RECORDS_MAX = 64;

export function logSection(state: ServerState): LogSection {
  const { disk, diskFault } = state;
  const committed = knownCommitted(state);
  const applied = lastProcessedZxid(state.db);
  return {
    type: 'log',
    records: logRecords(disk, RECORDS_MAX).map(({ entry, synced }) => ({
      zxid: entry.hdr.zxid,
      request: viewOfTxn(entry),
      synced,
      committed: entry.hdr.zxid <= committed,
      applied: entry.hdr.zxid <= applied,
    })),
    total: disk.logTotal,
    snapshots: snapshotZxids(disk),
    files: Object.keys(disk.files)
      .sort()
      .map((name) => ({
        name,
        records: disk.files[name]?.records.length ?? 0,
        synced: disk.files[name]?.synced ?? 0,
      })),
    disk: { fault: diskFault.fault, extraMicros: diskFault.extraMicros },
  };
}
