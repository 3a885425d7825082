import { describe, expect, test } from 'vitest';
import type { TreeSection } from '../../../../bridge/frame';
import { tree, z, znode } from '../fixtures/build';
import { writeAtFollower } from '../fixtures/frames';
import { differences } from './differences';

function frameOf(trees: Record<number, TreeSection>) {
  const frame = writeAtFollower();
  for (const [sid, section] of Object.entries(trees)) {
    (frame.processes[sid] as { sections: object }).sections = { tree: section };
  }
  return frame;
}

describe('differences', () => {
  test('none while all trees are equal', () => {
    expect(differences(writeAtFollower())).toEqual({});
  });

  test('a server behind the freshest one shows where', () => {
    const fresh = tree(
      [znode('/app', { mzxid: z(9), version: 3 }), znode('/new', { mzxid: z(8) })],
      z(9),
    ) as TreeSection;
    const stale = tree([znode('/app', { mzxid: z(4) })], z(4)) as TreeSection;
    const found = differences(frameOf({ 1: stale, 2: fresh, 3: fresh }));
    expect(Object.keys(found)).toEqual(['1']);
    expect([...(found[1]?.paths ?? [])]).toEqual(['/app']);
    expect(found[1]).toMatchObject({ missing: 1, than: 2 });
  });

  test('of large trees only what frames hold of both is compared; how many are behind is counted', () => {
    const many = Array.from({ length: 50 }, (_, i) => znode(`/n${100 + i}`));
    const part = (first: number, total: number, zxid: number): TreeSection => ({
      type: 'tree',
      nodes: [znode('/'), ...many.slice(first, first + 20)],
      total,
      lastProcessedZxid: z(zxid),
    });
    const found = differences(
      frameOf({ 1: part(1, 4999, 4), 2: part(0, 5000, 5), 3: part(0, 5000, 5) }),
    );
    expect(found[1]).toEqual({ paths: new Set(), missing: 1, than: 2 });
  });
});
