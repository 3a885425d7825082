import { describe, expect, test } from 'vitest';
import { writeAtFollower } from '../fixtures/frames';
import { tree, z, znode } from '../fixtures/build';
import { depthOf, differences, nameOf, treeRows } from './treeRows';

const shown = (rows: ReturnType<typeof treeRows>) =>
  rows.map((row) =>
    row.type === 'more' ? `+${row.count}` : `${row.path}${row.below > 0 ? ` (${row.below})` : ''}`,
  );

describe('rows of a tree', () => {
  const nodes = [
    '/',
    '/app',
    '/workers',
    '/workers/w-1',
    '/workers/w-2',
    '/zookeeper',
    '/zookeeper/quota',
  ].map((path) => znode(path));

  test('depth first, /zookeeper last and folded', () => {
    expect(shown(treeRows(nodes, 10, 7))).toEqual([
      '/',
      '/app',
      '/workers',
      '/workers/w-1',
      '/workers/w-2',
      '/zookeeper (1)',
    ]);
  });

  test('fold their deepest level when there is no room', () => {
    expect(shown(treeRows(nodes, 4, 7))).toEqual(['/', '/app', '/workers (2)', '/zookeeper (1)']);
  });

  test('count what is left', () => {
    expect(shown(treeRows(nodes, 3, 7))).toEqual(['/', '/app', '+5']);
  });

  test('a path that begins like another is not its child', () => {
    const two = ['/', '/a', '/a/x', '/a-b'].map((path) => znode(path));
    expect(shown(treeRows(two, 10, 4))).toEqual(['/', '/a', '/a/x', '/a-b']);
  });
});

test('depth and name of a path', () => {
  expect([depthOf('/'), depthOf('/a'), depthOf('/a/b')]).toEqual([0, 1, 2]);
  expect([nameOf('/'), nameOf('/a/b')]).toEqual(['/', 'b']);
});

describe('differences', () => {
  test('none while all trees are equal', () => {
    expect(differences(writeAtFollower())).toEqual({});
  });

  test('a server behind the freshest one shows where', () => {
    const frame = writeAtFollower();
    const fresh = tree(
      [znode('/app', { mzxid: z(9), version: 3 }), znode('/new', { mzxid: z(8) })],
      z(9),
    );
    const stale = tree([znode('/app', { mzxid: z(4) })], z(4));
    (frame.processes['3'] as { sections: object }).sections = { tree: fresh };
    (frame.processes['1'] as { sections: object }).sections = { tree: stale };
    (frame.processes['2'] as { sections: object }).sections = { tree: fresh };
    const found = differences(frame);
    expect(Object.keys(found)).toEqual(['1']);
    expect([...(found[1]?.paths ?? [])]).toEqual(['/app']);
    expect(found[1]).toMatchObject({ missing: 1, than: 2 });
  });
});
