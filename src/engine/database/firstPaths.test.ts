import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NO_SESSION, ZXID_ZERO } from '../../zk/ids';
import { FIRST_MAX } from './firstPaths';
import {
  createTable,
  firstPaths,
  forkTable,
  imageOfTable,
  type NodeTable,
  putNode,
  removeNode,
  type TableImage,
  tableOfImage,
} from './nodeTable';
import { newNode } from './znode';

const put = (table: NodeTable, path: string) =>
  putNode(table, path, newNode('x', [], NO_SESSION, ZXID_ZERO, 0));

const sorted = (paths: ReadonlySet<string>, max = FIRST_MAX) => [...paths].sort().slice(0, max);

/** More than are kept, so that some are dropped; few enough to be removed down to nothing. */
const PATHS = 4000;

test('the first paths are those of all paths sorted, after any creations and removals, in every image', () => {
  const run = fc.record({
    /** Where names begin, so that a run of creations or removals falls on a stretch of them. */
    at: fc.nat(PATHS),
    count: fc.nat(1500),
    isRemoval: fc.boolean(),
    isImage: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(run, { maxLength: 20 }), (runs) => {
      const table = createTable();
      const paths = new Set<string>();
      const images: { image: TableImage; first: string[] }[] = [];
      for (const { at, count, isRemoval, isImage } of runs) {
        for (let i = at; i < at + count; i += 1) {
          const path = `/n${(i * 7) % PATHS}`;
          if (isRemoval) removeNode(table, path);
          else put(table, path);
          if (isRemoval) paths.delete(path);
          else paths.add(path);
        }
        expect(firstPaths(table, FIRST_MAX)).toEqual(sorted(paths));
        if (isImage) images.push({ image: imageOfTable(table), first: sorted(paths) });
      }
      for (const { image, first } of images) {
        expect(firstPaths(tableOfImage(image), FIRST_MAX)).toEqual(first);
      }
      expect(firstPaths(table, 3000)).toEqual(sorted(paths, 3000));
    }),
    { numRuns: 60 },
  );
});

test('two tables that were one do not see the first paths of each other', () => {
  const one = createTable();
  for (const path of ['/b', '/d']) put(one, path);
  const other = forkTable(one);
  put(one, '/a');
  removeNode(other, '/b');
  put(other, '/c');
  expect(firstPaths(one, 10)).toEqual(['/a', '/b', '/d']);
  expect(firstPaths(other, 10)).toEqual(['/c', '/d']);
});
