import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DiskImage, DiskOp } from '../../bridge/process';
import type { Disk } from './disk';
import {
  append,
  applyDiskOp,
  fsync,
  loseUnsynced,
  openDisk,
  remove,
  rename,
  truncate,
} from './disk';

const LOGS = ['version-2/log.1', 'version-2/log.a', 'version-2/log.10'];
const FILES = [
  ...LOGS,
  'version-2/snapshot.0',
  'version-2/snapshot.0.tmp',
  'version-2/currentEpoch',
];

interface Act {
  do: 'append' | 'fsync' | 'rename' | 'truncate' | 'remove';
  file: string;
  to: string;
  n: number;
}

const acts = fc.array(
  fc.record({
    do: fc.constantFrom<Act['do']>(
      'append',
      'append',
      'append',
      'fsync',
      'rename',
      'truncate',
      'remove',
    ),
    file: fc.constantFrom(...FILES),
    to: fc.constantFrom(...FILES),
    n: fc.nat(4),
  }),
  { maxLength: 60, size: 'max' },
);

function act(disk: Disk, report: (op: DiskOp) => void, one: Act): void {
  if (one.do === 'append') append(disk, report, one.file, one.n);
  else if (disk.files[one.file] === undefined) return;
  else if (one.do === 'fsync') fsync(disk, report, one.file);
  else if (one.do === 'truncate') truncate(disk, report, one.file, one.n);
  else if (one.do === 'remove') remove(disk, report, one.file);
  else if (one.file !== one.to) rename(disk, report, one.file, one.to);
}

/** What a disk knows about its files, found out anew. */
function lawsHold(disk: Disk): void {
  const fresh = openDisk(disk.files);
  expect(disk.logs).toEqual(fresh.logs);
  expect(disk.logs).toEqual(LOGS.filter((file) => disk.files[file] !== undefined));
  expect(disk.snapshots).toEqual(fresh.snapshots);
  expect(disk.logTotal).toBe(fresh.logTotal);
  const unforced = Object.entries(disk.files).filter(([, f]) => f.synced < f.records.length);
  expect(disk.toFlush.slice().sort()).toEqual(unforced.map(([name]) => name).sort());
}

test('the world, doing the reported operations, holds the same disk as the process', () => {
  fc.assert(
    fc.property(acts, (list) => {
      const disk = openDisk({});
      const world: DiskImage = {};
      for (const one of list) {
        act(disk, (op) => applyDiskOp(world, op), one);
        lawsHold(disk);
      }
      expect(world).toEqual(disk.files);
    }),
    { numRuns: 200 },
  );
});

test('a crash keeps exactly what was forced, in every file', () => {
  fc.assert(
    fc.property(acts, (list) => {
      const disk = openDisk({});
      for (const one of list) act(disk, () => undefined, one);
      const before = structuredClone(disk.files);
      loseUnsynced(disk.files);
      for (const [name, file] of Object.entries(before)) {
        const kept = file.records.slice(0, file.synced);
        expect(disk.files[name]?.records ?? []).toEqual(kept);
        expect(disk.files[name] === undefined).toBe(kept.length === 0);
      }
    }),
    { numRuns: 200 },
  );
});

test('a process works on files of its own', () => {
  const image: DiskImage = { 'version-2/log.1': { records: ['a'], synced: 1 } };
  const disk = openDisk(image);
  append(disk, () => undefined, 'version-2/log.1', 'b');
  expect(image['version-2/log.1']).toEqual({ records: ['a'], synced: 1 });
});

test('an operation on a file that is not there is a mistake of ours', () => {
  expect(() => applyDiskOp({}, { type: 'fsync', file: 'x' })).toThrow('file x is on disk');
  expect(() => applyDiskOp({}, { type: 'delete', file: 'x' })).toThrow('file x is on disk');
});

test('a list of records that is cut is another list: who shares it finds it as it was', () => {
  const files: DiskImage = {
    a: { records: [1, 2, 3], synced: 1 },
    b: { records: [4, 5], synced: 2 },
  };
  const [a, b] = [files['a']?.records, files['b']?.records];
  loseUnsynced(files);
  applyDiskOp(files, { type: 'truncate', file: 'b', length: 1 });
  applyDiskOp(files, { type: 'append', file: 'a', record: 9 });
  applyDiskOp(files, { type: 'append', file: 'b', record: 9 });
  expect([files['a']?.records, files['b']?.records]).toEqual([
    [1, 9],
    [4, 9],
  ]);
  expect([a, b]).toEqual([
    [1, 2, 3],
    [4, 5],
  ]);
});
