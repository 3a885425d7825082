import { describe, expect, test } from 'vitest';
import type { DiskOp } from '../../bridge/process';
import type { Zxid } from '../../zk/ids';
import { NO_SESSION, NO_ZXID } from '../../zk/ids';
import type { LoggedTxn } from '../../zk/records';
import type { Disk } from './disk';
import { loseUnsynced, openDisk } from './disk';
import {
  appendTxn,
  commitLog,
  hasUnsynced,
  lastLoggedZxid,
  logFiles,
  logRecords,
  readTxns,
  rollLog,
  truncateLog,
} from './txnLog';

const ignore = () => undefined;

function txn(zxid: number): LoggedTxn {
  const hdr = {
    clientId: NO_SESSION,
    cxid: 0,
    zxid: zxid as Zxid,
    time: 0,
    type: 'error' as const,
  };
  return { hdr, txn: { type: 'error', err: 'NONODE' } };
}

function diskWith(...files: number[][]): Disk {
  const disk = openDisk({});
  for (const zxids of files) {
    for (const zxid of zxids) appendTxn(disk, ignore, txn(zxid));
    rollLog(disk);
  }
  commitLog(disk, ignore);
  return disk;
}

const zxidsOf = (entries: readonly LoggedTxn[]) => entries.map((entry) => entry.hdr.zxid);
const read = (disk: Disk, from: number) => zxidsOf(readTxns(disk, from as Zxid));

describe('a file of the log', () => {
  test('is named by its first zxid in hex and grows until it is rolled', () => {
    const disk = diskWith([0x100000001, 0x100000002], [0x10000000a]);
    expect(logFiles(disk)).toEqual([
      { name: 'version-2/log.100000001', records: 2, synced: 2 },
      { name: 'version-2/log.10000000a', records: 1, synced: 1 },
    ]);
    expect(disk.logTotal).toBe(3);
  });

  test('is followed by a new one after a restart, even when it has room', () => {
    const disk = openDisk(diskWith([1, 2]).files);
    appendTxn(disk, ignore, txn(3));
    expect(logFiles(disk).map(({ name }) => name)).toEqual(['version-2/log.1', 'version-2/log.3']);
  });

  test('that begins with the same zxid is overwritten', () => {
    const disk = diskWith([1, 2]);
    appendTxn(disk, ignore, txn(1));
    expect(read(disk, 0)).toEqual([1]);
    expect(disk.logTotal).toBe(1);
  });
});

test('an fsync covers all files with unforced records, the oldest first', () => {
  const disk = openDisk({});
  appendTxn(disk, ignore, txn(1));
  rollLog(disk);
  appendTxn(disk, ignore, txn(2));
  expect(hasUnsynced(disk)).toBe(true);
  const ops: DiskOp[] = [];
  commitLog(disk, (op) => ops.push(op));
  expect(ops).toEqual([
    { type: 'fsync', file: 'version-2/log.1' },
    { type: 'fsync', file: 'version-2/log.2' },
  ]);
  expect(hasUnsynced(disk)).toBe(false);
});

test('a crash before the fsync loses the batch, a crash after it nothing', () => {
  const disk = diskWith([1, 2]);
  appendTxn(disk, ignore, txn(3));
  const before = structuredClone(disk.files);
  loseUnsynced(before);
  expect(read(openDisk(before), 0)).toEqual([1, 2]);
  commitLog(disk, ignore);
  loseUnsynced(disk.files);
  expect(read(openDisk(disk.files), 0)).toEqual([1, 2, 3]);
});

test('reading begins at the first record that is not below, and goes on through all files', () => {
  const disk = diskWith([1, 2, 5], [8, 9], [12]);
  expect(read(disk, 0)).toEqual([1, 2, 5, 8, 9, 12]);
  expect(read(disk, 2)).toEqual([2, 5, 8, 9, 12]);
  expect(read(disk, 6)).toEqual([8, 9, 12]);
  expect(read(disk, 9)).toEqual([9, 12]);
  expect(read(disk, 13)).toEqual([]);
  expect(readTxns(openDisk({}), 0 as Zxid)).toEqual([]);
});

test('the last logged zxid is that of the newest record, and none without a record', () => {
  expect(lastLoggedZxid(diskWith([1, 2], [7]))).toBe(7);
  expect(lastLoggedZxid(openDisk({}))).toBe(NO_ZXID);
});

describe('a truncation', () => {
  test('removes all that is above, whole files too, and outlives a crash', () => {
    const disk = diskWith([1, 2, 5], [8, 9], [12]);
    expect(truncateLog(disk, ignore, 2 as Zxid)).toBe(true);
    expect(read(disk, 0)).toEqual([1, 2]);
    expect(disk.logTotal).toBe(2);
    loseUnsynced(disk.files);
    expect(read(openDisk(disk.files), 0)).toEqual([1, 2]);
  });

  test('may fall between two records or behind all of them', () => {
    const disk = diskWith([1, 2, 5], [8, 9]);
    truncateLog(disk, ignore, 100 as Zxid);
    expect(read(disk, 0)).toEqual([1, 2, 5, 8, 9]);
    truncateLog(disk, ignore, 6 as Zxid);
    expect(read(disk, 0)).toEqual([1, 2, 5]);
  });

  test('is followed by a new file', () => {
    const disk = openDisk({});
    for (const zxid of [1, 2, 3]) appendTxn(disk, ignore, txn(zxid));
    truncateLog(disk, ignore, 2 as Zxid);
    appendTxn(disk, ignore, txn(0x100000001));
    expect(logFiles(disk).map(({ name }) => name)).toEqual([
      'version-2/log.1',
      'version-2/log.100000001',
    ]);
  });

  test('fails when there is no log', () => {
    expect(truncateLog(openDisk({}), ignore, 2 as Zxid)).toBe(false);
  });
});

test('the newest records are listed oldest first, each with whether it is forced', () => {
  const disk = diskWith([1, 2, 3], [4, 5]);
  for (const zxid of [6, 7]) appendTxn(disk, ignore, txn(zxid));
  const listed = logRecords(disk, 4);
  expect(listed.map(({ entry, synced }) => [entry.hdr.zxid, synced])).toEqual([
    [4, true],
    [5, true],
    [6, false],
    [7, false],
  ]);
  expect(logRecords(disk, 100)).toHaveLength(7);
});
