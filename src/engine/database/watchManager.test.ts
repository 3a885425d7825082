/** The rules of the watch tables one by one, and against a plain, slow model. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { WatchEventType } from '../../zk/packets';
import type { WatcherMode, WatchTables } from './watchManager';
import {
  addWatch,
  containsWatch,
  createWatchTables,
  hasWatches,
  listWatches,
  removeWatch,
  removeWatcher,
  triggerWatch,
  watchCount,
  watchersOf,
} from './watchManager';

function tablesWith(
  ...watches: [table: 'data' | 'child' | 'both', conn: string, path: string, mode: WatcherMode][]
): WatchTables {
  const tables = createWatchTables();
  for (const [table, conn, path, mode] of watches) {
    if (table !== 'child') addWatch(tables.data, conn, path, mode);
    if (table !== 'data') addWatch(tables.child, conn, path, mode);
  }
  return tables;
}

describe('a plain watch', () => {
  test('is told of one change and is used up', () => {
    const tables = tablesWith(['data', 'x', '/a', 'standard']);
    expect(triggerWatch(tables, '/a', 'NodeDataChanged')).toEqual(['x']);
    expect(triggerWatch(tables, '/a', 'NodeDataChanged')).toEqual([]);
    expect(hasWatches(tables)).toBe(false);
  });

  test('that is registered twice fires once', () => {
    const tables = tablesWith(
      ['data', 'x', '/a', 'standard'],
      ['data', 'x', '/a', 'standard'],
      ['data', 'y', '/a', 'standard'],
    );
    expect(watchCount(tables)).toBe(2);
    expect(triggerWatch(tables, '/a', 'NodeCreated')).toEqual(['x', 'y']);
    expect(watchCount(tables)).toBe(0);
  });

  test('on data is not told of children, one on children not of data', () => {
    const tables = tablesWith(['data', 'x', '/a', 'standard'], ['child', 'y', '/a', 'standard']);
    expect(triggerWatch(tables, '/a', 'NodeChildrenChanged')).toEqual(['y']);
    expect(triggerWatch(tables, '/a', 'NodeDataChanged')).toEqual(['x']);
  });

  test('is not told of what happens below', () => {
    const tables = tablesWith(['both', 'x', '/a', 'standard']);
    for (const type of ['NodeCreated', 'NodeDataChanged', 'NodeDeleted'] as const) {
      expect(triggerWatch(tables, '/a/b', type)).toEqual([]);
    }
    expect(watchCount(tables)).toBe(2);
  });

  test('of both kinds on one node makes one event of its deletion, and both are used up', () => {
    const tables = tablesWith(
      ['child', 'y', '/a', 'standard'],
      ['both', 'x', '/a', 'standard'],
      ['data', 'z', '/a', 'standard'],
    );
    expect(triggerWatch(tables, '/a', 'NodeDeleted')).toEqual(['x', 'z', 'y']);
    expect(watchCount(tables)).toBe(0);
  });
});

describe('a persistent watch', () => {
  test('is told of all that happens to its node, again and again', () => {
    const tables = tablesWith(['both', 'x', '/a', 'persistent']);
    const types = ['NodeCreated', 'NodeDataChanged', 'NodeChildrenChanged', 'NodeDeleted'] as const;
    for (const type of [...types, ...types]) {
      expect(triggerWatch(tables, '/a', type)).toEqual(['x']);
      expect(triggerWatch(tables, '/a/b', type)).toEqual([]);
    }
  });

  test('becomes a plain one in the table in which a plain one is registered over it', () => {
    const tables = tablesWith(['both', 'x', '/a', 'persistent'], ['data', 'x', '/a', 'standard']);
    expect(triggerWatch(tables, '/a', 'NodeDataChanged')).toEqual(['x']);
    expect(triggerWatch(tables, '/a', 'NodeDataChanged')).toEqual([]);
    expect(triggerWatch(tables, '/a', 'NodeChildrenChanged')).toEqual(['x']);
    expect(triggerWatch(tables, '/a', 'NodeChildrenChanged')).toEqual(['x']);
  });
});

describe('a recursive watch', () => {
  test('is told of its node and all below, but never of lists of children', () => {
    const tables = tablesWith(['both', 'x', '/a', 'persistentRecursive']);
    for (const path of ['/a', '/a/b', '/a/b/c']) {
      for (const type of ['NodeCreated', 'NodeDataChanged', 'NodeDeleted'] as const) {
        expect(triggerWatch(tables, path, type), `${path} ${type}`).toEqual(['x']);
      }
      expect(triggerWatch(tables, path, 'NodeChildrenChanged')).toEqual([]);
    }
    for (const path of ['/', '/ab', '/b/a']) {
      expect(triggerWatch(tables, path, 'NodeDataChanged'), path).toEqual([]);
    }
  });

  test('on the root is told of everything', () => {
    const tables = tablesWith(['both', 'x', '/', 'persistentRecursive']);
    expect(triggerWatch(tables, '/', 'NodeDataChanged')).toEqual(['x']);
    expect(triggerWatch(tables, '/a/b/c', 'NodeCreated')).toEqual(['x']);
  });

  test('makes one event where several on the way are of one connection', () => {
    const tables = tablesWith(
      ['both', 'x', '/', 'persistentRecursive'],
      ['both', 'x', '/a', 'persistentRecursive'],
      ['data', 'x', '/a/b', 'standard'],
      ['both', 'y', '/a', 'persistentRecursive'],
    );
    expect(triggerWatch(tables, '/a/b', 'NodeDeleted')).toEqual(['x', 'y']);
    expect(watchCount(tables)).toBe(6);
  });

  test('loses only its reach in the table in which another kind is registered over it', () => {
    const tables = tablesWith(
      ['both', 'x', '/a', 'persistentRecursive'],
      ['child', 'x', '/a', 'standard'],
    );
    expect(triggerWatch(tables, '/a', 'NodeChildrenChanged')).toEqual(['x']);
    expect(triggerWatch(tables, '/a', 'NodeChildrenChanged')).toEqual([]);
    expect(triggerWatch(tables, '/a/b', 'NodeDataChanged')).toEqual(['x']);
  });
});

describe('taking watches away', () => {
  test('concerns one connection, path and table', () => {
    const tables = tablesWith(['both', 'x', '/a', 'persistent'], ['data', 'y', '/a', 'standard']);
    expect(removeWatch(tables.data, 'x', '/a')).toBe(true);
    expect(removeWatch(tables.data, 'x', '/a')).toBe(false);
    expect(removeWatch(tables.child, 'y', '/a')).toBe(false);
    expect(triggerWatch(tables, '/a', 'NodeDataChanged')).toEqual(['y']);
    expect(triggerWatch(tables, '/a', 'NodeChildrenChanged')).toEqual(['x']);
  });

  test('a connection that is gone leaves nothing behind', () => {
    const tables = tablesWith(
      ['both', 'x', '/a', 'persistentRecursive'],
      ['both', 'x', '/b', 'standard'],
      ['data', 'y', '/b', 'standard'],
    );
    removeWatcher(tables, 'x');
    expect(listWatches(tables.data)).toEqual([{ path: '/b', conn: 'y', mode: 'standard' }]);
    expect(tables.child).toEqual(createWatchTables().child);
    expect(tables.data.recursive).toBe(0);
  });
});

test('checkWatches is answered for all who ask once anybody has a watch there', () => {
  const tables = tablesWith(['data', 'y', '/a', 'standard'], ['both', 'y', '/r', 'persistent']);
  expect(containsWatch(tables.data, '/a')).toBe(true);
  expect(containsWatch(tables.child, '/a')).toBe(false);
  expect(containsWatch(tables.data, '/r/below')).toBe(false);
});

test('the lists show one table by path and by connection, also one whose watches have all fired', () => {
  const tables = tablesWith(
    ['data', 'y', '/b', 'standard'],
    ['data', 'x', '/b', 'persistent'],
    ['data', 'x', '/a', 'standard'],
    ['child', 'x', '/c', 'standard'],
  );
  expect(listWatches(tables.data).map(({ path, conn }) => [path, conn])).toEqual([
    ['/a', 'x'],
    ['/b', 'y'],
    ['/b', 'x'],
  ]);
  triggerWatch(tables, '/b', 'NodeDataChanged');
  expect(watchersOf(tables.data)).toEqual([
    { conn: 'y', paths: [] },
    { conn: 'x', paths: ['/a', '/b'] },
  ]);
});

test('any text can be watched, also one that every object has a property of', () => {
  const odd = ['', 'x', '__proto__', 'constructor', '/__proto__'];
  const tables = createWatchTables();
  for (const path of odd) {
    expect(containsWatch(tables.data, path), path).toBe(false);
    addWatch(tables.data, 'x', path, 'standard');
    expect(containsWatch(tables.data, path), path).toBe(true);
  }
  expect(watchersOf(tables.data)).toEqual([{ conn: 'x', paths: [...odd].sort() }]);
  for (const path of odd) expect(removeWatch(tables.data, 'x', path)).toBe(true);
  expect(hasWatches(tables)).toBe(false);
});

test('the tables survive a structured clone and go on', () => {
  const tables = structuredClone(tablesWith(['both', 'x', '/a', 'persistentRecursive']));
  expect(triggerWatch(tables, '/a/b', 'NodeCreated')).toEqual(['x']);
});

/* ---- the slow model: one flat list of watches, searched from end to end ---- */

interface Held {
  table: 'data' | 'child';
  conn: string;
  path: string;
  mode: WatcherMode;
}

/** Fires one table's watches; returns who is told, and drops what is used up. */
function fireSlowly(held: Held[], table: 'data' | 'child', path: string, type: WatchEventType) {
  const isBelow = (base: string) => base === '/' || path.startsWith(`${base}/`);
  const fires = held.filter((watch) => {
    if (watch.table !== table) return false;
    if (watch.mode !== 'persistentRecursive') return watch.path === path;
    return type !== 'NodeChildrenChanged' && (watch.path === path || isBelow(watch.path));
  });
  const rest = held.filter((watch) => !(fires.includes(watch) && watch.mode === 'standard'));
  held.splice(0, held.length, ...rest);
  return new Set(fires.map(({ conn }) => conn));
}

function triggerSlowly(held: Held[], path: string, type: WatchEventType): string[] {
  const told = new Set<string>();
  const tables = { NodeDeleted: ['data', 'child'], NodeChildrenChanged: ['child'] } as const;
  const asked = type in tables ? tables[type as keyof typeof tables] : (['data'] as const);
  for (const table of asked) {
    for (const conn of fireSlowly(held, table, path, type)) told.add(conn);
  }
  return [...told].sort();
}

const path = fc.constantFrom('/', '/a', '/a/b', '/a/b/c', '/b', '/ab');
const conn = fc.constantFrom('x', 'y', 'z');
const table = fc.constantFrom<'data' | 'child'>('data', 'child');
const mode = fc.constantFrom<WatcherMode>('standard', 'persistent', 'persistentRecursive');
const type = fc.constantFrom<WatchEventType>(
  ...(['NodeCreated', 'NodeDeleted', 'NodeDataChanged', 'NodeChildrenChanged'] as const),
);
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('add' as const), table, conn, path, mode }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('fire' as const), path, type }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), table, conn, path }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('gone' as const), conn }) },
);

test('watches fire exactly as the slow model says', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
      const tables = createWatchTables();
      const held: Held[] = [];
      const dropWhere = (isOut: (watch: Held) => boolean) => {
        const before = held.length;
        held.splice(0, held.length, ...held.filter((watch) => !isOut(watch)));
        return held.length < before;
      };
      for (const each of steps) {
        if (each.do === 'fire') {
          const expected = triggerSlowly(held, each.path, each.type);
          expect(triggerWatch(tables, each.path, each.type).sort()).toEqual(expected);
        } else if (each.do === 'gone') {
          removeWatcher(tables, each.conn);
          dropWhere((watch) => watch.conn === each.conn);
        } else {
          const isSame = (watch: Held) =>
            watch.table === each.table && watch.conn === each.conn && watch.path === each.path;
          const was = dropWhere(isSame);
          if (each.do === 'remove') {
            expect(removeWatch(tables[each.table], each.conn, each.path)).toBe(was);
          } else {
            held.push({ table: each.table, conn: each.conn, path: each.path, mode: each.mode });
            addWatch(tables[each.table], each.conn, each.path, each.mode);
          }
        }
        expect(watchCount(tables)).toBe(held.length);
        expect(hasWatches(tables)).toBe(held.length > 0);
        for (const name of ['data', 'child'] as const) {
          const own = held.filter((watch) => watch.table === name);
          const recursive = own.filter((watch) => watch.mode === 'persistentRecursive');
          expect(tables[name].recursive).toBe(recursive.length);
          expect(listWatches(tables[name]).map(textOf).sort()).toEqual(own.map(textOf).sort());
          for (const place of ['/', '/a', '/a/b', '/a/b/c', '/b', '/ab']) {
            const isHeld = own.some((watch) => watch.path === place);
            expect(containsWatch(tables[name], place)).toBe(isHeld);
          }
        }
      }
    }),
    { numRuns: 100 },
  );
});

function textOf({ conn, path, mode }: { conn: string; path: string; mode: WatcherMode }): string {
  return `${conn} ${path} ${mode}`;
}
