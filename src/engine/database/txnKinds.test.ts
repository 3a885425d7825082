/** What each kind of txn does beyond create, delete and setData; and what watches hear of it. */
import { describe, expect, test } from 'vitest';
import { CONTAINER_OWNER, ttlOwner } from '../../zk/ephemeralType';
import type { SessionId, Zxid } from '../../zk/ids';
import { NO_SESSION } from '../../zk/ids';
import type { AclEntry, ProcessTxnResult, Txn } from '../../zk/records';
import { OPEN_ACL } from '../../zk/records';
import type { DataTree } from './dataTree';
import {
  createDataTree,
  digestOf,
  ephemeralCount,
  ephemeralOwners,
  ephemeralsOf,
  getAllChildrenNumber,
  getNode,
  killSession,
  processTxn,
  statOf,
  treeDigestLike,
} from './dataTree';

const SESSION = '0100000000000001' as SessionId;
const READ_ONLY: readonly AclEntry[] = [{ perms: 1, scheme: 'world', id: 'anyone' }];

/** A txn at `zxid`; its time is a thousand times that. `heard` collects what watches may tell. */
function apply(tree: DataTree, zxid: number, txn: Txn, heard?: string[]): ProcessTxnResult {
  const hdr = { clientId: SESSION, cxid: 1, zxid: zxid as Zxid, time: zxid * 1000, type: txn.type };
  if (heard === undefined) return processTxn(tree, { hdr, txn });
  return processTxn(tree, { hdr, txn }, (type, path, acl) => {
    heard.push(`${type} ${path}${acl === OPEN_ACL ? '' : ' (read-only)'}`);
  });
}

function creation(path: string, parentCVersion: number, more: Partial<Txn> = {}): Txn {
  const txn = { type: 'create', path, data: 'hi', acl: OPEN_ACL, ephemeral: false };
  return { ...txn, parentCVersion, ...more } as Txn;
}

function treeWith(...paths: string[]): DataTree {
  const tree = createDataTree();
  paths.forEach((path, i) => {
    apply(tree, i + 1, creation(path, i + 1));
  });
  return tree;
}

describe('setACL', () => {
  test('moves the list and aversion alone, and answers with the stat', () => {
    const tree = treeWith('/a');
    const before = statOf(tree, '/a');
    const result = apply(tree, 5, { type: 'setACL', path: '/a', acl: READ_ONLY, version: 1 });
    expect(result).toEqual({ err: 'OK', path: '/a', stat: { ...before, aversion: 1 } });
    expect(getNode(tree, '/a')?.acl).toBe(READ_ONLY);
  });

  test('works on the root, misses what is not there, and takes the version past the wrap', () => {
    const tree = treeWith('/a');
    apply(tree, 5, { type: 'setACL', path: '/', acl: READ_ONLY, version: -2147483648 });
    expect(statOf(tree, '/')).toMatchObject({ aversion: -2147483648, mzxid: 0, pzxid: 1 });
    expect(apply(tree, 6, { type: 'setACL', path: '/x', acl: OPEN_ACL, version: 1 }).err).toBe(
      'NONODE',
    );
  });

  test('is seen by the comparison of replicas; the digest of ZooKeeper sees its version only', () => {
    const tree = treeWith('/a');
    const [digest, like] = [digestOf(tree), treeDigestLike(tree)];
    apply(tree, 5, { type: 'setACL', path: '/a', acl: READ_ONLY, version: 0 });
    expect(digestOf(tree)).toBe(digest);
    expect(treeDigestLike(tree)).not.toBe(like);
  });
});

test('check changes nothing', () => {
  const tree = treeWith('/a');
  const before = statOf(tree, '/a');
  expect(apply(tree, 5, { type: 'check', path: '/a', version: 1 })).toEqual({
    err: 'OK',
    path: '/a',
  });
  expect(statOf(tree, '/a')).toEqual(before);
  expect(tree.lastProcessedZxid).toBe(5);
});

describe('the owner of a node', () => {
  test('is stored for containers and TTL nodes and shown for ephemerals alone', () => {
    const tree = createDataTree();
    const common = { data: '', acl: OPEN_ACL };
    const container = apply(tree, 1, {
      type: 'createContainer',
      path: '/c',
      ...common,
      parentCVersion: 1,
    });
    const ttl = apply(tree, 2, {
      type: 'createTTL',
      path: '/t',
      ...common,
      parentCVersion: 2,
      ttl: 5000,
    });
    apply(tree, 3, creation('/e', 3, { ephemeral: true }));
    expect(getNode(tree, '/c')?.ephemeralOwner).toBe(CONTAINER_OWNER);
    expect(getNode(tree, '/t')?.ephemeralOwner).toBe(ttlOwner(5000));
    expect(container.stat).toMatchObject({ czxid: 1, ephemeralOwner: NO_SESSION });
    expect(ttl.stat).toMatchObject({ czxid: 2, ephemeralOwner: NO_SESSION });
    expect(statOf(tree, '/e')?.ephemeralOwner).toBe(SESSION);
    expect(ephemeralCount(tree)).toBe(1);
    expect(ephemeralOwners(tree)).toEqual([SESSION]);
  });
});

describe('a multi', () => {
  test('has one zxid and one time; each part answers with what was so right after it', () => {
    const tree = treeWith('/a');
    const result = apply(tree, 7, {
      type: 'multi',
      txns: [
        creation('/a/b', 1),
        creation('/a/c', 2, { type: 'create2', ephemeral: true }),
        { type: 'setData', path: '/a', data: 'x', version: 1 },
        { type: 'setData', path: '/a', data: 'yy', version: 2 },
        { type: 'check', path: '/a', version: 3 },
        { type: 'delete', path: '/a/b' },
        {
          type: 'createContainer',
          path: '/a/d',
          data: null,
          acl: OPEN_ACL,
          parentCVersion: 3,
        },
      ],
    });
    const a = { czxid: 1, mzxid: 7, mtime: 7000, pzxid: 7, numChildren: 2 };
    expect(result.err).toBe('OK');
    expect(result.results).toMatchObject([
      { op: 'create', err: 'OK', path: '/a/b' },
      { op: 'create2', err: 'OK', path: '/a/c', stat: { czxid: 7, ephemeralOwner: SESSION } },
      { op: 'setData', err: 'OK', stat: { ...a, version: 1, dataLength: 1 } },
      { op: 'setData', err: 'OK', stat: { ...a, version: 2, dataLength: 2 } },
      { op: 'check', err: 'OK' },
      { op: 'delete', err: 'OK' },
      { op: 'create2', err: 'OK', path: '/a/d', stat: { czxid: 7, dataLength: 0 } },
    ]);
    expect(result.results?.[0]).not.toHaveProperty('stat');
    expect(statOf(tree, '/a')).toMatchObject({ cversion: 4, numChildren: 2, pzxid: 7 });
    expect(tree.lastProcessedZxid).toBe(7);
  });

  test('with a refused part has no effect: 0 before it, its code, -2 behind', () => {
    const tree = treeWith('/a');
    const digest = digestOf(tree);
    const heard: string[] = [];
    const txns: Txn[] = [
      creation('/b', 2),
      { type: 'error', err: 'NODEEXISTS' },
      { type: 'error', err: 'RUNTIMEINCONSISTENCY' },
      // A leader never writes this behind a refused one; the original undoes it all the same.
      { type: 'delete', path: '/a' },
    ];
    expect(apply(tree, 7, { type: 'multi', txns }, heard)).toEqual({
      err: 'NODEEXISTS',
      results: [
        { op: 'error', err: 'OK' },
        { op: 'error', err: 'NODEEXISTS' },
        { op: 'error', err: 'RUNTIMEINCONSISTENCY' },
        { op: 'error', err: 'RUNTIMEINCONSISTENCY' },
      ],
    });
    expect(heard).toEqual([]);
    expect(digestOf(tree)).toBe(digest);
    expect(getNode(tree, '/a')).toBeDefined();
    expect(tree.lastProcessedZxid).toBe(7);
  });

  test('without parts takes its zxid', () => {
    const tree = createDataTree();
    expect(apply(tree, 1, { type: 'multi', txns: [] })).toEqual({ err: 'OK', results: [] });
    expect(tree.lastProcessedZxid).toBe(1);
  });
});

describe('what watches may tell', () => {
  test('of a creation: the node, then the list of its parent', () => {
    const tree = treeWith('/a');
    const heard: string[] = [];
    apply(tree, 5, creation('/b', 2), heard);
    apply(tree, 6, creation('/a/c', 1, { acl: READ_ONLY } as Partial<Txn>), heard);
    expect(heard).toEqual([
      'NodeCreated /b',
      'NodeChildrenChanged /',
      'NodeCreated /a/c (read-only)',
      'NodeChildrenChanged /a',
    ]);
  });

  test('of a deletion: the node with the list it had, then its parent', () => {
    const tree = treeWith('/a');
    apply(tree, 5, creation('/a/b', 1, { acl: READ_ONLY } as Partial<Txn>));
    const heard: string[] = [];
    apply(tree, 6, { type: 'delete', path: '/a/b' }, heard);
    apply(tree, 7, { type: 'deleteContainer', path: '/a' }, heard);
    expect(heard).toEqual([
      'NodeDeleted /a/b (read-only)',
      'NodeChildrenChanged /a',
      'NodeDeleted /a',
      'NodeChildrenChanged /',
    ]);
  });

  test('of setData: the node; of setACL, check, sessions and what is refused: nothing', () => {
    const tree = treeWith('/a');
    const heard: string[] = [];
    apply(tree, 5, { type: 'setData', path: '/a', data: '', version: 1 }, heard);
    apply(tree, 6, { type: 'setACL', path: '/a', acl: READ_ONLY, version: 1 }, heard);
    apply(tree, 7, { type: 'check', path: '/a', version: 2 }, heard);
    apply(tree, 8, { type: 'createSession', timeOut: 4000 }, heard);
    apply(tree, 9, { type: 'error', err: 'NONODE' }, heard);
    apply(tree, 10, creation('/a', 2), heard);
    apply(tree, 11, { type: 'delete', path: '/nope' }, heard);
    expect(heard).toEqual(['NodeDataChanged /a']);
  });

  test('of a multi: part by part', () => {
    const tree = treeWith('/a');
    const heard: string[] = [];
    const txns: Txn[] = [
      { type: 'setData', path: '/a', data: '', version: 1 },
      creation('/b', 2),
      { type: 'delete', path: '/a' },
    ];
    apply(tree, 5, { type: 'multi', txns }, heard);
    expect(heard).toEqual([
      'NodeDataChanged /a',
      'NodeCreated /b',
      'NodeChildrenChanged /',
      'NodeDeleted /a',
      'NodeChildrenChanged /',
    ]);
  });

  test('of a session that ends: each of its nodes, in the order of the list, then what is left', () => {
    const tree = treeWith('/a');
    for (const [i, name] of ['x', 'y', 'z'].entries()) {
      apply(tree, 5 + i, creation(`/a/${name}`, i + 1, { ephemeral: true }));
    }
    const heard: string[] = [];
    apply(tree, 9, { type: 'closeSession', paths2Delete: ['/a/z', '/gone', '/a/x'] }, heard);
    expect(heard.filter((line) => line.startsWith('NodeDeleted'))).toEqual([
      'NodeDeleted /a/z',
      'NodeDeleted /a/x',
      'NodeDeleted /a/y',
    ]);
    expect(heard.length).toBe(6);
  });
});

describe('the ephemerals of a session', () => {
  function owned(...paths: string[]): DataTree {
    const tree = treeWith('/p');
    for (const path of paths) apply(tree, 9, creation(path, 9, { ephemeral: true }));
    return tree;
  }

  test('come in the order in which a real server named them', () => {
    const tree = owned('/p/e1', '/p/e2', '/pe');
    expect(ephemeralsOf(tree, SESSION)).toEqual(['/p/e2', '/p/e1', '/pe']);
    apply(tree, 10, { type: 'delete', path: '/p/e2' });
    expect(ephemeralsOf(tree, SESSION)).toEqual(['/pe', '/p/e1']);
  });

  test('are picked by a prefix of text, not of paths; none, a blank and the root mean all', () => {
    const tree = owned('/p/e1', '/p/e2', '/pe');
    for (const prefix of [null, '', ' ', '/', ' / ']) {
      expect(ephemeralsOf(tree, SESSION, prefix).length, String(prefix)).toBe(3);
    }
    expect(ephemeralsOf(tree, SESSION, '/p/')).toEqual(['/p/e2', '/p/e1']);
    expect(ephemeralsOf(tree, SESSION, '/pe')).toEqual(['/pe']);
    expect(ephemeralsOf(tree, SESSION, '/x')).toEqual([]);
  });

  test('go with a session that nobody knows', () => {
    const tree = owned('/p/e1');
    expect(killSession(tree, SESSION, 9 as Zxid)).toEqual(['/p/e1']);
    expect(ephemeralCount(tree)).toBe(0);
  });
});

test('all descendants are counted, however deep; of the root the system nodes too', () => {
  const tree = treeWith('/a', '/a/b', '/a/b/c', '/ab');
  expect(getAllChildrenNumber(tree, '/a')).toBe(2);
  expect(getAllChildrenNumber(tree, '/a/b/c')).toBe(0);
  expect(getAllChildrenNumber(tree, '/')).toBe(7);
  // Raw requests may name the root so: then '/' is one of those that begin with a slash.
  expect(getAllChildrenNumber(tree, '')).toBe(8);
});
