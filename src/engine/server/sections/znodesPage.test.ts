import { describe, expect, test } from 'vitest';
import { ZNODES_MAX } from '../../../bridge/znodeViews';
import { NO_SESSION, type Zxid } from '../../../zk/ids';
import { OPEN_ACL } from '../../../zk/records';
import { createDataTree, type DataTree, processTxn } from '../../database/dataTree';
import { forkTable } from '../../database/nodeTable';
import { znodesPage } from './znodesPage';

let zxid = 0;

function create(tree: DataTree, ...paths: string[]): void {
  for (const path of paths) {
    zxid += 1;
    processTxn(tree, {
      hdr: { clientId: NO_SESSION, cxid: 1, zxid: zxid as Zxid, time: 0, type: 'create' },
      txn: { type: 'create', path, data: path, acl: OPEN_ACL, ephemeral: false, parentCVersion: 1 },
    });
  }
}

function remove(tree: DataTree, path: string): void {
  zxid += 1;
  processTxn(tree, {
    hdr: { clientId: NO_SESSION, cxid: 1, zxid: zxid as Zxid, time: 0, type: 'delete' },
    txn: { type: 'delete', path },
  });
}

const pathsOf = (tree: DataTree, from: number | string = 0, filter?: string) =>
  znodesPage(tree, { from, count: 100, filter }).nodes.map(({ path }) => path);

describe('the znodes of a server', () => {
  test('stand as the tree is walked: a child right behind its parent, /zookeeper last', () => {
    const tree = createDataTree();
    create(tree, '/b', '/zoo', '/a-b', '/a', '/a/x', '/zookeeper-like', '/a b');
    expect(pathsOf(tree)).toEqual([
      '/',
      '/a',
      '/a/x',
      '/a b',
      '/a-b',
      '/b',
      '/zoo',
      '/zookeeper-like',
      '/zookeeper',
      '/zookeeper/config',
      '/zookeeper/quota',
    ]);
  });

  test('come a stretch at a time, from a number or from a path', () => {
    const tree = createDataTree();
    create(tree, '/big', ...Array.from({ length: 700 }, (_, i) => `/big/n${1000 + i}`));
    const page = znodesPage(tree, { from: 300, count: 2 });
    expect(page).toMatchObject({ from: 300, total: 705 });
    expect(page.nodes.map(({ path }) => path)).toEqual(['/big/n1298', '/big/n1299']);
    expect(page.nodes[0]).toMatchObject({ data: '/big/n1298', stat: { version: 0 } });
    expect(znodesPage(tree, { from: '/big/n1298', count: 1 }).from).toBe(300);
    expect(znodesPage(tree, { from: '/big/n1298-not-there', count: 1 }).from).toBe(301);
    expect(znodesPage(tree, { from: 0, count: 1e6 }).nodes).toHaveLength(ZNODES_MAX);
    expect(znodesPage(tree, { from: 1e6, count: 10 })).toEqual({
      from: 705,
      total: 705,
      nodes: [],
    });
  });

  test('can be sifted by a part of their path', () => {
    const tree = createDataTree();
    create(tree, '/app', '/app/db', '/db', '/other');
    expect(pathsOf(tree, 0, 'db')).toEqual(['/app/db', '/db']);
    expect(pathsOf(tree, 0, 'nowhere')).toEqual([]);
    expect(pathsOf(tree)).toHaveLength(8);
  });

  test('are those of the tree as it is now', () => {
    const tree = createDataTree();
    create(tree, '/a');
    expect(pathsOf(tree)).toContain('/a');
    create(tree, '/c');
    expect(pathsOf(tree)).toContain('/c');
  });

  test('are those of each of two trees that were one, once they went their own ways', () => {
    const tree = createDataTree();
    create(tree, '/a');
    const before = pathsOf(tree);
    const other: DataTree = { ...tree, table: forkTable(tree.table) };
    expect(pathsOf(other)).toEqual(before);
    create(tree, '/b');
    create(other, '/c');
    expect(pathsOf(tree).slice(0, 3)).toEqual(['/', '/a', '/b']);
    expect(pathsOf(other).slice(0, 3)).toEqual(['/', '/a', '/c']);
    remove(tree, '/a');
    expect(pathsOf(tree).slice(0, 2)).toEqual(['/', '/b']);
    expect(pathsOf(other)).toContain('/a');
  });
});
