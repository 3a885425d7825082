import { describe, expect, test } from 'vitest';
import type { SessionId, Zxid } from '../../zk/ids';
import { NO_SESSION } from '../../zk/ids';
import type { ProcessTxnResult, Stat, Txn } from '../../zk/records';
import { OPEN_ACL } from '../../zk/records';
import type { DataTree } from './dataTree';
import {
  childCount,
  childrenOf,
  createDataTree,
  ephemeralCount,
  ephemeralOwners,
  ephemeralsOf,
  getNode,
  imageOfTree,
  killSession,
  listNodes,
  nodeCount,
  processTxn,
  setConfigNode,
  statOf,
  treeDigestLike,
  treeOfImage,
} from './dataTree';

const SESSION = '0100000000000001' as SessionId;
const OTHER = '0100000000000002' as SessionId;

/** A txn at `zxid`; its time is a thousand times that. */
function apply(tree: DataTree, zxid: number, txn: Txn, clientId = SESSION): ProcessTxnResult {
  const hdr = { clientId, cxid: 1, zxid: zxid as Zxid, time: zxid * 1000, type: txn.type };
  return processTxn(tree, { hdr, txn });
}

function creation(path: string, parentCVersion: number, more: Partial<Txn> = {}): Txn {
  const txn = { type: 'create2', path, data: 'hi', acl: OPEN_ACL, ephemeral: false };
  return { ...txn, parentCVersion, ...more } as Txn;
}

function stat(tree: DataTree, path: string): Stat {
  const found = statOf(tree, path);
  if (found === undefined) throw new Error(`no node ${path}`);
  return found;
}

describe('an empty tree', () => {
  test('has the root twice and three system nodes, all born at zxid 0', () => {
    const tree = createDataTree();
    expect(nodeCount(tree)).toBe(5);
    expect(listNodes(tree, 10).map(({ path }) => path)).toEqual([
      '/',
      '/zookeeper',
      '/zookeeper/config',
      '/zookeeper/quota',
    ]);
    expect(stat(tree, '/').cversion).toBe(-1);
    expect(stat(tree, '/zookeeper').cversion).toBe(-2);
    expect(getNode(tree, '/')).toBe(getNode(tree, ''));
    expect(childrenOf(tree, '/')).toEqual(['zookeeper']);
    expect(getNode(tree, '/zookeeper/config')).toMatchObject({
      data: '',
      aversion: -1,
      acl: [{ perms: 1, scheme: 'world', id: 'anyone' }],
    });
  });

  test('takes the membership at version -1, and its digest does not notice', () => {
    const tree = createDataTree();
    const before = treeDigestLike(tree);
    setConfigNode(tree, 'server.1=a', 0x100000000 as Zxid, 77);
    expect(stat(tree, '/zookeeper/config')).toMatchObject({
      version: -1,
      mzxid: 0x100000000,
      mtime: 77,
      dataLength: 10,
    });
    expect(treeDigestLike(tree)).toBe(before);
  });
});

describe('the fields of a stat', () => {
  test('a creation sets them all, and answers create2 with them', () => {
    const tree = createDataTree();
    const result = apply(tree, 5, creation('/a', 1));
    const fresh = {
      czxid: 5,
      mzxid: 5,
      pzxid: 5,
      ctime: 5000,
      mtime: 5000,
      version: 0,
      cversion: 0,
      aversion: 0,
      ephemeralOwner: NO_SESSION,
      dataLength: 2,
      numChildren: 0,
    };
    expect(result).toEqual({ err: 'OK', path: '/a', stat: fresh });
    expect(stat(tree, '/a')).toEqual(fresh);
    expect(apply(tree, 6, creation('/b', 2, { type: 'create' }))).toEqual({
      err: 'OK',
      path: '/b',
    });
  });

  test('setData moves data, version, mzxid and mtime alone', () => {
    const tree = createDataTree();
    apply(tree, 5, creation('/a', 1));
    const before = stat(tree, '/a');
    const result = apply(tree, 6, { type: 'setData', path: '/a', data: null, version: 1 });
    const after = { ...before, mzxid: 6, mtime: 6000, version: 1, dataLength: 0 };
    expect(result).toEqual({ err: 'OK', path: '/a', stat: after });
    expect(stat(tree, '/a')).toEqual(after);
    expect(getNode(tree, '/a')?.data).toBeNull();
  });

  test('setData writes the version that the txn carries, past the wrap too', () => {
    const tree = createDataTree();
    apply(tree, 5, creation('/a', 1));
    apply(tree, 6, { type: 'setData', path: '/a', data: '', version: -2147483648 });
    expect(stat(tree, '/a').version).toBe(-2147483648);
  });

  test('the birth of a child moves pzxid and the count of creations of its parent alone', () => {
    const tree = createDataTree();
    apply(tree, 5, creation('/a', 1));
    const before = stat(tree, '/a');
    apply(tree, 6, creation('/a/b', 1));
    const after = { ...before, pzxid: 6, cversion: 1, numChildren: 1 };
    expect(stat(tree, '/a')).toEqual(after);
    apply(tree, 7, creation('/a/b/c', 1));
    expect(stat(tree, '/a')).toEqual(after);
  });

  test('the death of a child moves pzxid; the client sees cversion rise, what is stored stays', () => {
    const tree = createDataTree();
    apply(tree, 5, creation('/a', 1));
    apply(tree, 6, creation('/a/b', 1));
    const before = stat(tree, '/a');
    apply(tree, 7, { type: 'delete', path: '/a/b' });
    expect(stat(tree, '/a')).toEqual({ ...before, pzxid: 7, cversion: 2, numChildren: 0 });
    expect(getNode(tree, '/a')?.cversion).toBe(1);
  });

  test('the parent takes a cversion only upwards, and then its zxid too', () => {
    const tree = createDataTree();
    apply(tree, 5, creation('/a', 1));
    apply(tree, 6, creation('/a/b', 2147483647));
    apply(tree, 7, creation('/a/c', -2147483648));
    expect(getNode(tree, '/a')).toMatchObject({ cversion: 2147483647, pzxid: 6 });
    expect(childCount(tree, '/a')).toBe(2);
  });

  test('parentCVersion -1 means one more than there is', () => {
    const tree = createDataTree();
    apply(tree, 5, creation('/a', 1));
    apply(tree, 6, creation('/a/b', -1));
    apply(tree, 7, creation('/a/c', -1));
    expect(getNode(tree, '/a')).toMatchObject({ cversion: 2, pzxid: 7 });
  });

  test('the cversion that a client sees wraps as an int does', () => {
    const tree = createDataTree();
    apply(tree, 5, creation('/a', 2147483647));
    expect(stat(tree, '/').cversion).toBe((2147483647 * 2 - 2) | 0);
  });
});

describe('a txn whose work is already done', () => {
  test('a creation finds its node, changes nothing of it, and still lifts the parent', () => {
    const tree = createDataTree();
    apply(tree, 5, creation('/a', 1));
    const before = getNode(tree, '/a');
    expect(apply(tree, 9, creation('/a', 4, { data: 'new' })).err).toBe('NODEEXISTS');
    expect(getNode(tree, '/a')).toBe(before);
    expect(getNode(tree, '/')).toMatchObject({ cversion: 4, pzxid: 9 });
  });

  test('a deletion misses its node and still moves the parent', () => {
    const tree = createDataTree();
    apply(tree, 5, creation('/a', 1));
    expect(apply(tree, 9, { type: 'delete', path: '/a/b' }).err).toBe('NONODE');
    expect(getNode(tree, '/a')?.pzxid).toBe(9);
    expect(apply(tree, 8, { type: 'delete', path: '/a/b' }).err).toBe('NONODE');
    expect(getNode(tree, '/a')?.pzxid).toBe(9);
  });

  test('nothing happens below a parent that is not there', () => {
    const tree = createDataTree();
    expect(apply(tree, 5, creation('/x/y', 1)).err).toBe('NONODE');
    expect(apply(tree, 6, { type: 'delete', path: '/x/y' }).err).toBe('NONODE');
    expect(apply(tree, 7, { type: 'setData', path: '/x', data: '', version: 1 }).err).toBe(
      'NONODE',
    );
    expect(nodeCount(tree)).toBe(5);
    expect(tree.lastProcessedZxid).toBe(7);
  });

  test('a parent that is deleted over its children comes back without them', () => {
    const tree = createDataTree();
    apply(tree, 5, creation('/a', 1));
    apply(tree, 6, creation('/a/e', 1, { ephemeral: true }));
    // Only a replay does this: the tree is from a later time than the record.
    apply(tree, 7, { type: 'delete', path: '/a' });
    apply(tree, 8, creation('/a', 2));
    expect(childrenOf(tree, '/a')).toEqual([]);
    expect(apply(tree, 9, creation('/a/e', 1, { ephemeral: true }), OTHER).err).toBe('OK');
    expect(childrenOf(tree, '/a')).toEqual(['e']);
    expect(ephemeralOwners(tree)).toEqual([OTHER]);
    expect(ephemeralCount(tree)).toBe(1);
  });

  test('lastProcessedZxid never moves back', () => {
    const tree = createDataTree();
    apply(tree, 9, { type: 'error', err: 'NONODE' });
    apply(tree, 5, { type: 'error', err: 'NONODE' });
    expect(tree.lastProcessedZxid).toBe(9);
  });
});

test('a refused request is a txn that only moves lastProcessedZxid', () => {
  const tree = createDataTree();
  const before = treeDigestLike(tree);
  expect(apply(tree, 5, { type: 'error', err: 'BADVERSION' })).toEqual({ err: 'BADVERSION' });
  expect(tree.lastProcessedZxid).toBe(5);
  expect(treeDigestLike(tree)).toBe(before);
});

describe('ephemeral nodes', () => {
  function treeWithThree(): DataTree {
    const tree = createDataTree();
    apply(tree, 5, creation('/a', 1));
    apply(tree, 6, creation('/a/y', 1, { ephemeral: true }));
    apply(tree, 7, creation('/a/x', 2, { ephemeral: true }));
    apply(tree, 8, creation('/b', 2, { ephemeral: true }), OTHER);
    return tree;
  }

  test('belong to the session of the txn and are listed by path', () => {
    const tree = treeWithThree();
    expect(stat(tree, '/a/y').ephemeralOwner).toBe(SESSION);
    expect(ephemeralsOf(tree, SESSION)).toEqual(['/a/x', '/a/y']);
    expect(ephemeralCount(tree)).toBe(3);
    expect(ephemeralCount(tree, SESSION)).toBe(2);
    expect(ephemeralOwners(tree)).toEqual([SESSION, OTHER]);
  });

  test('go with the closeSession of their owner, those that the txn does not list too', () => {
    const tree = treeWithThree();
    expect(apply(tree, 9, { type: 'closeSession', paths2Delete: ['/a/y', '/gone'] }).err).toBe(
      'OK',
    );
    expect(childrenOf(tree, '/a')).toEqual([]);
    expect(getNode(tree, '/a')?.pzxid).toBe(9);
    expect(ephemeralsOf(tree, SESSION)).toEqual([]);
    expect(ephemeralOwners(tree)).toEqual([OTHER]);
    expect(getNode(tree, '/b')).toBeDefined();
  });

  test('leave their owner when somebody deletes them', () => {
    const tree = treeWithThree();
    apply(tree, 9, { type: 'delete', path: '/b' }, SESSION);
    expect(ephemeralOwners(tree)).toEqual([SESSION]);
    expect(ephemeralCount(tree)).toBe(2);
  });

  test('of a session that nobody knows are removed locally, in order', () => {
    const tree = treeWithThree();
    expect(killSession(tree, SESSION, 8 as Zxid)).toEqual(['/a/x', '/a/y']);
    expect(tree.lastProcessedZxid).toBe(8);
    expect(ephemeralCount(tree)).toBe(1);
  });
});

test('a tree that begins from an image and the tree it was taken from go separate ways', () => {
  const tree = createDataTree();
  apply(tree, 5, creation('/a', 1));
  apply(tree, 6, creation('/a/e', 1, { ephemeral: true }));
  const image = imageOfTree(tree);
  const digest = treeDigestLike(tree);
  apply(tree, 7, { type: 'closeSession', paths2Delete: ['/a/e'] });
  apply(tree, 8, { type: 'delete', path: '/a' });
  const twins = [treeOfImage(image), treeOfImage(image)];
  for (const twin of twins) {
    expect(treeDigestLike(twin)).toBe(digest);
    expect(twin.lastProcessedZxid).toBe(6);
    expect(ephemeralsOf(twin, SESSION)).toEqual(['/a/e']);
    expect(childrenOf(twin, '/a')).toEqual(['e']);
    apply(twin, 7, creation('/a/f', 2));
  }
  expect(childrenOf(tree, '/')).toEqual(['zookeeper']);
  expect(treeDigestLike(twins[0] as DataTree)).toBe(treeDigestLike(twins[1] as DataTree));
});

test('the listing is cut after the first paths, however many there are', () => {
  const tree = createDataTree();
  const all: string[] = ['/', '/zookeeper', '/zookeeper/config', '/zookeeper/quota'];
  for (let i = 0; i < 4000; i += 1) {
    const path = `/n${(i * 7919) % 4000}`;
    apply(tree, i + 1, creation(path, i + 1));
    all.push(path);
  }
  const listed = listNodes(tree, 50);
  expect(listed.map(({ path }) => path)).toEqual(all.sort().slice(0, 50));
  expect(listed[0]?.node).toBe(getNode(tree, '/'));
});
