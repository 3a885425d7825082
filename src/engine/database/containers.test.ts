import { describe, expect, test } from 'vitest';
import type { SessionId, Zxid } from '../../zk/ids';
import type { Txn } from '../../zk/records';
import { OPEN_ACL } from '../../zk/records';
import { containerCandidates, hasContainers } from './containers';
import type { DataTree } from './dataTree';
import { createDataTree, getNode, imageOfTree, processTxn, statOf, treeOfImage } from './dataTree';

function apply(tree: DataTree, time: number, txn: Txn): void {
  const zxid = (tree.lastProcessedZxid + 1) as Zxid;
  const hdr = { clientId: '0100000000000001' as SessionId, cxid: 1, zxid, time, type: txn.type };
  expect(processTxn(tree, { hdr, txn }).err).toBe('OK');
}

const common = { data: '', acl: OPEN_ACL, parentCVersion: -1 };

function container(tree: DataTree, path: string, time = 0): void {
  apply(tree, time, { type: 'createContainer', path, ...common });
}
function ttlNode(tree: DataTree, path: string, ttl: number, time = 0): void {
  apply(tree, time, { type: 'createTTL', path, ...common, ttl });
}
function plain(tree: DataTree, path: string, ephemeral = false): void {
  apply(tree, 0, { type: 'create', path, ...common, ephemeral });
}

describe('a container', () => {
  test('is deleted when it has lost its last child, not before it had one', () => {
    const tree = createDataTree();
    expect(hasContainers(tree)).toBe(false);
    container(tree, '/c');
    expect(hasContainers(tree)).toBe(true);
    expect(containerCandidates(tree, 1e12)).toEqual([]);
    plain(tree, '/c/x');
    expect(containerCandidates(tree, 1e12)).toEqual([]);
    apply(tree, 0, { type: 'delete', path: '/c/x' });
    expect(containerCandidates(tree, 0)).toEqual(['/c']);
    apply(tree, 0, { type: 'deleteContainer', path: '/c' });
    expect(containerCandidates(tree, 0)).toEqual([]);
    expect(hasContainers(tree)).toBe(false);
  });

  test('inside a container comes first, the outer one in a later round', () => {
    const tree = createDataTree();
    container(tree, '/c');
    container(tree, '/c/d');
    plain(tree, '/c/d/x', true);
    apply(tree, 0, { type: 'closeSession', paths2Delete: [] });
    expect(containerCandidates(tree, 0)).toEqual(['/c/d']);
    apply(tree, 0, { type: 'deleteContainer', path: '/c/d' });
    expect(containerCandidates(tree, 0)).toEqual(['/c']);
  });

  test('that never had a child may be given a time', () => {
    const tree = createDataTree();
    container(tree, '/c', 1000);
    expect(containerCandidates(tree, 1500, 500)).toEqual([]);
    expect(containerCandidates(tree, 1501, 500)).toEqual(['/c']);
  });
});

describe('a TTL node', () => {
  test('is over when it has not changed for longer than its time', () => {
    const tree = createDataTree();
    ttlNode(tree, '/t', 500, 1000);
    expect(containerCandidates(tree, 1500)).toEqual([]);
    expect(containerCandidates(tree, 1501)).toEqual(['/t']);
    apply(tree, 1400, { type: 'setData', path: '/t', data: 'x', version: 1 });
    expect(containerCandidates(tree, 1900)).toEqual([]);
    apply(tree, 1900, { type: 'setACL', path: '/t', acl: OPEN_ACL, version: 1 });
    expect(containerCandidates(tree, 1901)).toEqual(['/t']);
  });

  test('with a child stays; the going of the child does not renew it', () => {
    const tree = createDataTree();
    ttlNode(tree, '/t', 500, 1000);
    plain(tree, '/t/x');
    expect(containerCandidates(tree, 9000)).toEqual([]);
    apply(tree, 9000, { type: 'delete', path: '/t/x' });
    expect(containerCandidates(tree, 9000)).toEqual(['/t']);
  });
});

test('candidates come in the order of a Java HashSet, kinds mixed', () => {
  const tree = createDataTree();
  // Bins of 16 by String.hashCode: /c is 4, /d 5 and /e 6.
  for (const path of ['/e', '/c']) {
    container(tree, path);
    plain(tree, `${path}/x`);
    apply(tree, 0, { type: 'delete', path: `${path}/x` });
  }
  ttlNode(tree, '/d', 1);
  expect(containerCandidates(tree, 1000)).toEqual(['/c', '/d', '/e']);
});

test('an image knows them too', () => {
  const tree = createDataTree();
  ttlNode(tree, '/t', 5);
  const other = treeOfImage(imageOfTree(tree));
  apply(tree, 0, { type: 'delete', path: '/t' });
  expect(containerCandidates(other, 1000)).toEqual(['/t']);
  expect(containerCandidates(tree, 1000)).toEqual([]);
  expect(hasContainers(tree)).toBe(false);
});

test('they are found without a look at any other node', () => {
  const tree = createDataTree();
  for (let i = 0; i < 100; i += 1) {
    plain(tree, `/n${i}`, i % 2 === 0);
    Object.defineProperty(getNode(tree, `/n${i}`), 'ephemeralOwner', {
      get: () => {
        throw new Error(`/n${i} was looked at`);
      },
    });
  }
  ttlNode(tree, '/t', 5);
  expect(() => statOf(tree, '/n7')).toThrow('/n7 was looked at');
  expect(containerCandidates(tree, 1000)).toEqual(['/t']);
});
