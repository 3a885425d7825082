/** Snapshots, epoch files, and what a server finds again after a crash. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DiskImage, DiskOp } from '../../bridge/process';
import type { SessionId, Zxid } from '../../zk/ids';
import type { LoggedTxn, Txn } from '../../zk/records';
import { OPEN_ACL } from '../../zk/records';
import { listNodes, treeDigestLike } from './dataTree';
import type { Disk } from './disk';
import { applyDiskOp, loseUnsynced, openDisk } from './disk';
import { readEpoch, writeEpoch } from './epochFiles';
import { fastForward, loadDatabase } from './recovery';
import { newestSnapshot, removeSnapshotsAbove, snapshotZxids, writeSnapshot } from './snapshot';
import { appendTxn, commitLog, rollLog } from './txnLog';
import type { ZKDatabase } from './zkDatabase';
import {
  applyTxn,
  committedWindow,
  createDatabase,
  imageOf,
  lastProcessedZxid,
} from './zkDatabase';

const SESSION = '0100000000000001' as SessionId;
const ignore = () => undefined;

function logged(zxid: number, txn: Txn): LoggedTxn {
  return {
    hdr: { clientId: SESSION, cxid: 1, zxid: zxid as Zxid, time: zxid, type: txn.type },
    txn,
  };
}

/** The n-th txn of a history that touches everything a database holds. */
function nthTxn(zxid: number): LoggedTxn {
  if (zxid % 11 === 1) return logged(zxid, { type: 'createSession', timeOut: 1000 + zxid });
  if (zxid % 11 === 0) return logged(zxid, { type: 'closeSession', paths2Delete: [] });
  if (zxid % 7 === 0) {
    return logged(zxid, { type: 'setData', path: `/n${zxid - 5}`, data: `s${zxid}`, version: 1 });
  }
  if (zxid % 5 === 0) return logged(zxid, { type: 'delete', path: `/n${zxid - 2}` });
  const acl = OPEN_ACL;
  const ephemeral = zxid % 3 === 0;
  return logged(zxid, {
    type: 'create',
    path: `/n${zxid}`,
    data: `c${zxid}`,
    acl,
    ephemeral,
    parentCVersion: -1,
  });
}

function load(disk: Disk): ZKDatabase {
  const loaded = loadDatabase(disk, ignore, 500);
  if ('error' in loaded) throw new Error(loaded.error);
  return loaded.db;
}

const contentOf = (db: ZKDatabase) => ({
  nodes: listNodes(db.tree, 1e6),
  digest: treeDigestLike(db.tree),
  sessions: db.sessions,
  zxid: lastProcessedZxid(db),
});

describe('a snapshot', () => {
  test('is found by the largest zxid, in number and not in text', () => {
    const disk = openDisk({});
    const db = createDatabase(10);
    for (const zxid of [9, 0x10, 2]) {
      db.tree.lastProcessedZxid = zxid as Zxid;
      writeSnapshot(disk, ignore, imageOf(db), true);
    }
    expect(snapshotZxids(disk)).toEqual([2, 9, 0x10]);
    expect(newestSnapshot(disk)?.zxid).toBe(0x10);
    removeSnapshotsAbove(disk, ignore, 9 as Zxid);
    expect(snapshotZxids(disk)).toEqual([2, 9]);
  });

  test('that is forced goes through a temporary file and outlives a crash', () => {
    const disk = openDisk({});
    const ops: string[] = [];
    writeSnapshot(disk, (op) => ops.push(op.type), imageOf(createDatabase(10)), true);
    expect(ops).toEqual(['append', 'fsync', 'rename']);
    loseUnsynced(disk.files);
    expect(Object.keys(disk.files)).toEqual(['version-2/snapshot.0']);
  });

  test('that is not forced is lost by a crash, unless the log was forced after it', () => {
    const disk = openDisk({});
    writeSnapshot(disk, ignore, imageOf(createDatabase(10)), false);
    const early = structuredClone(disk.files);
    loseUnsynced(early);
    expect(early).toEqual({});
    appendTxn(disk, ignore, nthTxn(1));
    commitLog(disk, ignore);
    loseUnsynced(disk.files);
    expect(snapshotZxids(openDisk(disk.files))).toEqual([0]);
  });

  test('never takes a forced one of the same zxid with it', () => {
    const disk = openDisk({});
    writeSnapshot(disk, ignore, imageOf(createDatabase(10)), true);
    writeSnapshot(disk, ignore, imageOf(createDatabase(10)), false);
    loseUnsynced(disk.files);
    expect(snapshotZxids(openDisk(disk.files))).toEqual([0]);
  });
});

test('an epoch file holds its last value after a crash at any operation', () => {
  const disk = openDisk({});
  const ops: DiskOp[] = [];
  expect(readEpoch(disk, 'acceptedEpoch')).toBeUndefined();
  for (const epoch of [1, 2]) writeEpoch(disk, (op) => ops.push(op), 'acceptedEpoch', epoch);
  writeEpoch(disk, (op) => ops.push(op), 'currentEpoch', 1);
  expect(readEpoch(disk, 'acceptedEpoch')).toBe(2);
  expect(readEpoch(disk, 'currentEpoch')).toBe(1);
  const seen = ops.map((_, n) => {
    const files: DiskImage = {};
    for (const op of ops.slice(0, n + 1)) applyDiskOp(files, op);
    loseUnsynced(files);
    return readEpoch(openDisk(files), 'acceptedEpoch');
  });
  expect(seen).toEqual([undefined, undefined, 1, 1, 1, 2, 2, 2, 2]);
});

describe('recovery', () => {
  test('of an empty disk writes snapshot.0 and begins at zxid 0', () => {
    const disk = openDisk({});
    const db = load(disk);
    expect(snapshotZxids(disk)).toEqual([0]);
    expect(contentOf(db)).toEqual(contentOf(createDatabase(500)));
  });

  test('refuses a log that has no snapshot to stand on', () => {
    const disk = openDisk({});
    appendTxn(disk, ignore, nthTxn(1));
    expect(loadDatabase(disk, ignore, 500)).toEqual({
      error: 'the disk has log records but no snapshot that they could continue',
    });
  });

  test('puts every replayed txn, and none before the snapshot, into the committed log', () => {
    const disk = openDisk({});
    const db = load(disk);
    for (let zxid = 1; zxid <= 20; zxid += 1) {
      appendTxn(disk, ignore, nthTxn(zxid));
      applyTxn(db, nthTxn(zxid));
      if (zxid === 12) writeSnapshot(disk, ignore, imageOf(db), true);
    }
    commitLog(disk, ignore);
    const zxids = committedWindow(load(openDisk(disk.files))).map((entry) => entry.hdr.zxid);
    expect(zxids).toEqual([13, 14, 15, 16, 17, 18, 19, 20]);
  });

  test('a fast-forward applies what is on disk and not yet in the tree', () => {
    const disk = openDisk({});
    const db = load(disk);
    for (let zxid = 1; zxid <= 9; zxid += 1) {
      appendTxn(disk, ignore, nthTxn(zxid));
      if (zxid <= 6) applyTxn(db, nthTxn(zxid));
    }
    expect(fastForward(db, disk)).toBe(3);
    expect(fastForward(db, disk)).toBe(0);
    expect(contentOf(db)).toEqual(contentOf(load(disk)));
  });

  test('after a crash finds the memory of the last forced txn, whatever was rolled and saved', () => {
    const step = fc.constantFrom('txn', 'txn', 'txn', 'fsync', 'roll', 'snapshot', 'saved');
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120, size: 'max' }), (steps) => {
        const world: DiskImage = {};
        const report = (op: DiskOp) => applyDiskOp(world, op);
        const disk = openDisk({});
        const loaded = loadDatabase(disk, report, 500);
        const db = (loaded as { db: ZKDatabase }).db;
        let zxid = 0;
        let forced = 0;
        for (const one of steps) {
          if (one === 'txn') {
            zxid += 1;
            appendTxn(disk, report, nthTxn(zxid));
            applyTxn(db, nthTxn(zxid));
          } else if (one === 'roll') rollLog(disk);
          else if (one === 'snapshot') writeSnapshot(disk, report, imageOf(db), false);
          else {
            // As the original: what a forced snapshot holds was forced before it.
            commitLog(disk, report);
            forced = zxid;
            if (one === 'saved') writeSnapshot(disk, report, imageOf(db), true);
          }
        }
        loseUnsynced(world);
        const expected = createDatabase(500);
        for (let z = 1; z <= forced; z += 1) applyTxn(expected, nthTxn(z));
        expect(contentOf(load(openDisk(world)))).toEqual(contentOf(expected));
      }),
      { numRuns: 150 },
    );
  });
});
