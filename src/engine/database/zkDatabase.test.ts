import { describe, expect, test } from 'vitest';
import type { SessionId, Zxid } from '../../zk/ids';
import type { LoggedTxn, Txn } from '../../zk/records';
import { OPEN_ACL } from '../../zk/records';
import type { Bucket, CowMap } from './cowMap';
import { childrenOf, getNode, nodeCount, treeDigestLike } from './dataTree';
import type { TreeImage } from './dataTree';
import type { ZKDatabase } from './zkDatabase';
import {
  applyTxn,
  clearDatabase,
  committedSince,
  committedWindow,
  createDatabase,
  imageOf,
  lastProcessedZxid,
  maxCommittedLog,
  minCommittedLog,
  restoreImage,
  setLastProcessedZxid,
} from './zkDatabase';

const SESSION = '0100000000000001' as SessionId;

function logged(zxid: number, txn: Txn): LoggedTxn {
  return {
    hdr: { clientId: SESSION, cxid: 1, zxid: zxid as Zxid, time: zxid, type: txn.type },
    txn,
  };
}

function creation(zxid: number, path: string): LoggedTxn {
  const txn: Txn = {
    type: 'create',
    path,
    data: '',
    acl: OPEN_ACL,
    ephemeral: false,
    parentCVersion: -1,
  };
  return logged(zxid, txn);
}

const failure = (zxid: number) => logged(zxid, { type: 'error', err: 'NONODE' });
const zxids = (entries: readonly LoggedTxn[]) => entries.map((entry) => entry.hdr.zxid as number);
const upTo = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('the committed log', () => {
  test('is the window of the newest committedLogMax + 1, at every moment', () => {
    const db = createDatabase(10);
    for (let zxid = 1; zxid <= 500; zxid += 1) {
      applyTxn(db, failure(zxid));
      const oldest = Math.max(1, zxid - 10);
      expect(minCommittedLog(db)).toBe(oldest);
      expect(maxCommittedLog(db)).toBe(zxid);
      expect(zxids(committedWindow(db))).toEqual(upTo(oldest, zxid));
      expect(db.committedLog.length).toBeLessThan(100);
    }
  });

  test('yields what a learner lacks, never more than the window', () => {
    const db = createDatabase(10);
    for (let zxid = 1; zxid <= 100; zxid += 1) applyTxn(db, failure(zxid));
    expect(zxids(committedSince(db, 97 as Zxid))).toEqual([98, 99, 100]);
    expect(committedSince(db, 100 as Zxid)).toEqual([]);
    expect(zxids(committedSince(db, 0 as Zxid))).toEqual(upTo(90, 100));
  });

  test('does not take what is no business of a quorum', () => {
    const db = createDatabase(10);
    applyTxn(db, failure(1), false);
    expect(committedWindow(db)).toEqual([]);
    expect([minCommittedLog(db), maxCommittedLog(db), lastProcessedZxid(db)]).toEqual([0, 0, 1]);
  });
});

test('sessions come with createSession and go with closeSession', () => {
  const db = createDatabase(10);
  applyTxn(db, logged(1, { type: 'createSession', timeOut: 6000 }));
  expect(db.sessions).toEqual({ [SESSION]: 6000 });
  applyTxn(db, logged(2, { type: 'closeSession', paths2Delete: [] }));
  expect(db.sessions).toEqual({});
});

test('an image holds sessions, nodes and zxid of its moment and is not touched by what follows', () => {
  const db = createDatabase(10);
  applyTxn(db, logged(1, { type: 'createSession', timeOut: 6000 }));
  applyTxn(db, creation(2, '/a'));
  const image = imageOf(db);
  const digest = treeDigestLike(db.tree);
  applyTxn(db, creation(3, '/a/b'));
  applyTxn(db, logged(4, { type: 'closeSession', paths2Delete: [] }));
  expect(image.zxid).toBe(2);
  expect(image.paths).toEqual(['', '/a', '/zookeeper', '/zookeeper/config', '/zookeeper/quota']);
  const other = createDatabase(10);
  applyTxn(other, creation(1, '/else'));
  restoreImage(other, image);
  expect(other.sessions).toEqual({ [SESSION]: 6000 });
  expect(treeDigestLike(other.tree)).toBe(digest);
  expect(lastProcessedZxid(other)).toBe(2);
  expect(committedWindow(other)).toEqual([]);
  applyTxn(other, creation(3, '/c'));
  expect(childrenOf(other.tree, '/').sort()).toEqual(['a', 'c', 'zookeeper']);
  expect(childrenOf(db.tree, '/a')).toEqual(['b']);
});

test('an image survives a structured clone', () => {
  const db = createDatabase(10);
  for (let i = 1; i <= 300; i += 1) applyTxn(db, creation(i, `/n${i}`));
  const other = createDatabase(10);
  restoreImage(other, structuredClone(imageOf(db)));
  applyTxn(other, creation(301, '/more'));
  applyTxn(db, creation(301, '/more'));
  expect(treeDigestLike(other.tree)).toBe(treeDigestLike(db.tree));
});

test('a cleared database is a new one', () => {
  const db = createDatabase(10);
  applyTxn(db, creation(5, '/a'));
  clearDatabase(db);
  expect(db).toEqual(createDatabase(10));
  setLastProcessedZxid(db, 7 as Zxid);
  expect(lastProcessedZxid(db)).toBe(7);
});

/** Buckets of `now` that `before` does not share. */
function bucketsCopied<V>(before: CowMap<V>, now: CowMap<V>): number {
  const shared = new Set<Bucket<V>>();
  const all = (bucket: Bucket<V> | null, visit: (b: Bucket<V>) => void): void => {
    if (bucket === null) return;
    visit(bucket);
    for (const slot of bucket.slots ?? []) all(slot, visit);
  };
  all(before.root, (bucket) => shared.add(bucket));
  let copied = 0;
  all(now.root, (bucket) => {
    if (!shared.has(bucket)) copied += 1;
  });
  return copied;
}

test('after an image of 100 000 znodes a write copies a handful of small buckets', () => {
  const db: ZKDatabase = createDatabase(10);
  for (let d = 0; d < 10; d += 1) applyTxn(db, creation(d + 1, `/d${d}`));
  // Ten parents with ten thousand children each.
  for (let i = 0; i < 100_000; i += 1) applyTxn(db, creation(i + 11, `/d${i % 10}/n${i}`));
  expect(nodeCount(db.tree)).toBe(100_015);
  const image = (imageOf(db).nodes as TreeImage).table;
  applyTxn(db, creation(200_000, '/d3/new'));
  const { table } = db.tree;
  // The new node, its parent, and their branches.
  expect(bucketsCopied(image.nodes, table.nodes)).toBeLessThan(20);
  expect(bucketsCopied(image.children, table.children)).toBeLessThan(4);
  const names = (children: typeof table.children) =>
    children.root.values[children.root.keys.indexOf('/d3')]?.names as CowMap<number>;
  expect(bucketsCopied(names(image.children), names(table.children))).toBeLessThan(10);
  expect(names(image.children).count).toBe(10_000);
  expect(names(table.children).count).toBe(10_001);
  expect(getNode(db.tree, '/d3/new')).toBeDefined();
  // No bucket is large, so that a copy of one is cheap.
  let largest = 0;
  const measure = (bucket: Bucket<unknown> | null): void => {
    if (bucket === null) return;
    largest = Math.max(largest, bucket.keys.length, bucket.slots?.length ?? 0);
    for (const slot of bucket.slots ?? []) measure(slot);
  };
  measure(table.nodes.root);
  expect(largest).toBeLessThanOrEqual(32);
});
