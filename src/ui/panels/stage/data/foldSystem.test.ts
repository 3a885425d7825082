import { expect, test } from 'vitest';
import { tree, znode } from '../fixtures/build';
import type { TreeSection } from '../../../../bridge/frame';
import { inTreeOrder } from '../../../parts/znodes/treeOrder';
import { foldSystem } from './foldSystem';

const section = tree(
  ['/zookeeper', '/zookeeper/quota', '/app', '/app/b', '/app-x'].map((path) => znode(path)),
) as TreeSection;

const paths = (places: number) =>
  inTreeOrder(foldSystem(section, places).shown.nodes).map(({ path }) => path);

test('a small tree: depth first, what lies below /zookeeper only counted', () => {
  expect(paths(9)).toEqual(['/', '/app', '/app/b', '/app-x', '/zookeeper']);
  expect(foldSystem(section, 9).below).toBe(1);
  expect(paths(5)).toHaveLength(5);
});

test('a tree that must be scrolled: everything', () => {
  expect(paths(4)).toContain('/zookeeper/quota');
  expect(foldSystem(section, 4)).toMatchObject({ below: 0, shown: { total: 6 } });
});

test('a tree of which the frame holds a part: as it is', () => {
  const large = { ...section, total: 10_000 };
  expect(foldSystem(large, 9)).toEqual({ shown: large, below: 0 });
});
