import { describe, expect, test } from 'vitest';
import type { Zxid } from '../../zk/ids';
import { NO_SESSION } from '../../zk/ids';
import type { Txn } from '../../zk/records';
import { OPEN_ACL } from '../../zk/records';
import type { DataTree } from './dataTree';
import { checkQuota, createDataTree, digestOf, getNode, processTxn } from './dataTree';
import { applyTxn, createDatabase, imageOf, restoreImage } from './zkDatabase';

const LIMITS = 'zookeeper_limits';
const STATS = 'zookeeper_stats';

function apply(tree: DataTree, txn: Txn): void {
  const zxid = (tree.lastProcessedZxid + 1) as Zxid;
  const hdr = { clientId: NO_SESSION, cxid: 1, zxid, time: zxid * 1000, type: txn.type };
  expect(processTxn(tree, { hdr, txn }).err).toBe('OK');
}

function create(tree: DataTree, path: string, data: string | null = ''): void {
  const txn = { type: 'create', path, data, acl: OPEN_ACL, ephemeral: false } as const;
  apply(tree, { ...txn, parentCVersion: -1 });
}

/** As the console sets a quota: the directories, the limits, then the stats. */
function setQuota(tree: DataTree, path: string, limits: string): void {
  let at = '/zookeeper/quota';
  for (const name of path.split('/').slice(1)) {
    at += `/${name}`;
    if (getNode(tree, at) === undefined) create(tree, at);
  }
  create(tree, `${at}/${LIMITS}`, limits);
  create(tree, `${at}/${STATS}`, 'count=0,bytes=0');
}

const statsOf = (tree: DataTree, path: string) =>
  getNode(tree, `/zookeeper/quota${path}/${STATS}`)?.data;

describe('the count of a quota', () => {
  test('begins with what is there: the node itself, all below, and the bytes of data', () => {
    const tree = createDataTree();
    create(tree, '/a', 'four');
    create(tree, '/a/b', null);
    create(tree, '/a/b/c', 'three');
    create(tree, '/ab', 'not below');
    setQuota(tree, '/a', 'count=9,bytes=-1');
    expect(statsOf(tree, '/a')).toBe('count=3,bytes=9');
  });

  test('follows creations, deletions and data, and leaves no other trace', () => {
    const tree = createDataTree();
    create(tree, '/a');
    setQuota(tree, '/a', 'count=9,bytes=-1');
    const before = getNode(tree, `/zookeeper/quota/a/${STATS}`);
    create(tree, '/a/b', 'xyz');
    expect(statsOf(tree, '/a')).toBe('count=2,bytes=3');
    apply(tree, { type: 'setData', path: '/a/b', data: 'x', version: 1 });
    expect(statsOf(tree, '/a')).toBe('count=2,bytes=1');
    apply(tree, { type: 'setData', path: '/a', data: null, version: 1 });
    apply(tree, { type: 'delete', path: '/a/b' });
    expect(statsOf(tree, '/a')).toBe('count=1,bytes=0');
    const { version, mzxid, mtime } = before as NonNullable<typeof before>;
    const after = getNode(tree, `/zookeeper/quota/a/${STATS}`);
    expect(after).toMatchObject({ version, mzxid, mtime });
  });

  test('is that of the deepest quota alone', () => {
    const tree = createDataTree();
    create(tree, '/a');
    create(tree, '/a/b');
    setQuota(tree, '/a', 'count=9,bytes=-1');
    setQuota(tree, '/a/b', 'count=9,bytes=-1');
    create(tree, '/a/b/c');
    create(tree, '/a/bc');
    expect(statsOf(tree, '/a')).toBe('count=3,bytes=0');
    expect(statsOf(tree, '/a/b')).toBe('count=2,bytes=0');
  });

  test('stops with the limits node, and the root never has one', () => {
    const tree = createDataTree();
    create(tree, '/a');
    setQuota(tree, '/a', 'count=9,bytes=-1');
    apply(tree, { type: 'delete', path: `/zookeeper/quota/a/${LIMITS}` });
    create(tree, '/a/b');
    expect(statsOf(tree, '/a')).toBe('count=1,bytes=0');
    create(tree, `/zookeeper/quota/${LIMITS}`, 'count=1,bytes=1');
    create(tree, `/zookeeper/quota/${STATS}`, 'count=0,bytes=0');
    create(tree, '/b', 'data');
    expect(getNode(tree, `/zookeeper/quota/${STATS}`)?.data).toBe('count=0,bytes=0');
    expect(checkQuota(tree, '/b/c', 99, 99)).toBeUndefined();
  });

  test('is not counted where the stats node is missing, nor in the digest', () => {
    const tree = createDataTree();
    create(tree, '/a');
    create(tree, '/zookeeper/quota/a');
    create(tree, `/zookeeper/quota/a/${LIMITS}`, 'count=1,bytes=1=;countHardLimit=1');
    create(tree, '/a/b', 'x');
    expect(statsOf(tree, '/a')).toBeUndefined();
    expect(checkQuota(tree, '/a/c', 1, 1)).toBeUndefined();
    const other = createDataTree();
    create(other, '/a');
    other.lastProcessedZxid = 3 as Zxid;
    create(other, '/a/b', 'x');
    expect(getNode(tree, '/a/b')?.crc).toBe(getNode(other, '/a/b')?.crc);
    expect(digestOf(tree)).not.toBe(0);
  });

  test('keeps further keys in their order, and reads the text of every version', () => {
    const tree = createDataTree();
    create(tree, '/a');
    setQuota(tree, '/a', 'count=9,bytes=-1');
    const path = `/zookeeper/quota/a/${STATS}`;
    const data = 'bytes=7,count=2=;zed=1;alpha=';
    apply(tree, { type: 'setData', path, data, version: 1 });
    create(tree, '/a/b', 'xy');
    expect(statsOf(tree, '/a')).toBe('count=3,bytes=9=;alpha=-1;zed=1');
  });

  test('leaves a text alone that is none', () => {
    const tree = createDataTree();
    create(tree, '/a');
    setQuota(tree, '/a', 'count=9,bytes=-1=;countHardLimit=9');
    const path = `/zookeeper/quota/a/${STATS}`;
    apply(tree, { type: 'setData', path, data: 'many', version: 1 });
    create(tree, '/a/b', 'xy');
    expect(statsOf(tree, '/a')).toBe('many');
    expect(checkQuota(tree, '/a/c', 0, 1)).toBe('MARSHALLINGERROR');
  });

  test('is made anew by a server that reads a snapshot', () => {
    const db = createDatabase(10);
    create(db.tree, '/a');
    setQuota(db.tree, '/a', 'count=9,bytes=-1');
    const path = `/zookeeper/quota/a/${STATS}`;
    apply(db.tree, { type: 'setData', path, data: 'count=77,bytes=77', version: 1 });
    const image = imageOf(db);
    const other = createDatabase(10);
    restoreImage(other, image);
    expect(statsOf(other.tree, '/a')).toBe('count=1,bytes=0');
    expect(statsOf(db.tree, '/a')).toBe('count=77,bytes=77');
    const hdr = {
      clientId: NO_SESSION,
      cxid: 1,
      zxid: 99 as Zxid,
      time: 1,
      type: 'create',
    } as const;
    const txn = { path: '/a/b', data: 'x', acl: OPEN_ACL, ephemeral: false, parentCVersion: 1 };
    applyTxn(other, { hdr, txn: { type: 'create', ...txn } });
    expect(statsOf(other.tree, '/a')).toBe('count=2,bytes=1');
  });
});

describe('a hard limit', () => {
  function limited(limits: string): DataTree {
    const tree = createDataTree();
    create(tree, '/a', 'abcd');
    create(tree, '/a/b');
    setQuota(tree, '/a', limits);
    return tree;
  }

  test('refuses what would be above it, and lets up to it', () => {
    const tree = limited('count=-1,bytes=-1=;byteHardLimit=10;countHardLimit=3');
    expect(checkQuota(tree, '/a/c', 0, 1)).toBeUndefined();
    expect(checkQuota(tree, '/a/c', 6, 1)).toBeUndefined();
    expect(checkQuota(tree, '/a/c', 7, 1)).toBe('QUOTAEXCEEDED');
    create(tree, '/a/c');
    expect(checkQuota(tree, '/a/d', 0, 1)).toBe('QUOTAEXCEEDED');
    expect(checkQuota(tree, '/ab', 99, 9)).toBeUndefined();
  });

  test('refuses data that shrinks and is still too much; no change of size is no question', () => {
    const tree = limited('count=-1,bytes=-1=;byteHardLimit=3');
    expect(checkQuota(tree, '/a', -1, 0)).toBeUndefined();
    apply(tree, { type: 'setData', path: '/a', data: 'abcdefgh', version: 1 });
    expect(checkQuota(tree, '/a', -1, 0)).toBe('QUOTAEXCEEDED');
    expect(checkQuota(tree, '/a', -5, 0)).toBeUndefined();
    expect(checkQuota(tree, '/a', 0, 0)).toBeUndefined();
    expect(checkQuota(tree, '/a/c', 0, 1)).toBeUndefined();
  });

  test('of nothing lets nothing in', () => {
    const tree = limited('count=5,bytes=5=;countHardLimit=0;byteHardLimit=0');
    expect(checkQuota(tree, '/a/c', 0, 1)).toBe('QUOTAEXCEEDED');
    expect(checkQuota(tree, '/a/c', 1, 0)).toBe('QUOTAEXCEEDED');
  });

  test('is none where the limit is soft', () => {
    const tree = limited('count=1,bytes=1');
    expect(checkQuota(tree, '/a/c', 99, 99)).toBeUndefined();
  });
});
