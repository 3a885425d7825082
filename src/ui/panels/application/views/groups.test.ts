import { describe, expect, test } from 'vitest';
import type { StorageSection } from '../../../../bridge/app';
import type { ConnectionView, Frame, ProcessView } from '../../../../bridge/frame';
import type { ProcessName } from '../../../../bridge/names';
import { frame, role, server, tree } from '../../stage/fixtures/build';
import { master, node, ROOTS } from '../fixtures/appFrames';
import { nextSettings } from '../AddButtons';
import { layoutApp } from '../geometry/appLayout';
import { appGroups, groupOf, taskPlaces } from './groups';

const alone = (sid: number) => server(sid, [role(sid, [sid], { standalone: true })]);

function store(id: string): ProcessView {
  const section: StorageSection = { type: 'storage', id, fencing: false, rows: [], dropped: 0 };
  const name = `storage ${id}` as ProcessName;
  return { name, kind: 'app', status: 'running', incarnation: 0, sections: { storage: section } };
}

function writes(a: string, b: string): ConnectionView {
  const ends = { a: a as ProcessName, b: b as ProcessName };
  return { conn: 'one' as ConnectionView['conn'], channel: 'app', state: 'open', ...ends };
}

function twoOnTwo(connections: ConnectionView[] = []): Frame {
  return frame(
    [
      alone(1),
      alone(2),
      master('m-1', {}, {}, { hosts: [1] }),
      master('m-2', {}, {}, { hosts: [2] }),
      store('s-1'),
      store('s-2'),
    ],
    { connections },
  );
}

describe('which ensemble a process belongs to', () => {
  test('the one whose servers it names; a storage goes with who writes to it', () => {
    const both = [writes('master m-1', 'storage s-1'), writes('master m-2', 'storage s-2')];
    expect(appGroups(twoOnTwo(both))).toEqual([
      { servers: [1], processes: ['master m-1', 'storage s-1'] },
      { servers: [2], processes: ['master m-2', 'storage s-2'] },
    ]);
  });

  test('a storage that nobody writes to yet is everybody’s', () => {
    const [first, second] = appGroups(twoOnTwo([writes('master m-1', 'storage s-1')]));
    expect(first?.processes).toEqual(['master m-1', 'storage s-1', 'storage s-2']);
    expect(second?.processes).toEqual(['master m-2', 'storage s-2']);
  });

  test('one board when the other ensemble bears no application', () => {
    const one = frame([alone(1), alone(2), master('m-1', {}, {}, { hosts: [2] }), store('s-1')]);
    expect(appGroups(one)).toEqual([{ servers: [2], processes: ['master m-1', 'storage s-1'] }]);
  });
});

test('one more of a role joins where there are fewest, with the style and the storage of that side', () => {
  const both = [writes('master m-1', 'storage s-1'), writes('master m-2', 'storage s-2')];
  const { processes } = twoOnTwo();
  const third = master('m-3', {}, {}, { hosts: [1] });
  const hardened = master('m-2', { style: 'hardened' }, {}, { hosts: [2] });
  const three = frame([...Object.values({ ...processes, 'master m-2': hardened }), third], {
    connections: both,
  });
  expect(nextSettings(three, 'master')).toMatchObject({
    ...{ id: 'm-4', hosts: [2], style: 'hardened', storage: 's-2' },
  });
  expect(nextSettings(three, 'worker')).toMatchObject({
    ...{ id: 'w-1', hosts: [1], style: 'book', storage: 's-1' },
  });
});

test('each board has the lines of its own processes, and servers that are strangers have none', () => {
  const groups = appGroups(twoOnTwo([writes('master m-1', 'storage s-1')]));
  const names = ['master m-1', 'master m-2'] as ProcessName[];
  const storages = ['storage s-1', 'storage s-2'] as ProcessName[];
  const layout = layoutApp({
    ...{ width: 1280, height: 507, masters: names, workers: [], clients: [], storages },
    servers: [1, 2],
    groups,
  });
  expect(layout.boards).toHaveLength(2);
  for (const name of names) {
    const board = layout.boards[groupOf(groups, name)];
    const y = layout.toBoard[name]?.line.at(-1)?.y ?? 0;
    expect(board !== undefined && y > board.y && y < board.y + board.h).toBe(true);
  }
  expect(layout.toStorage).toHaveProperty('master m-1>storage s-1');
  expect(layout.toStorage).not.toHaveProperty('master m-2>storage s-1');
  expect(layout.between).toEqual({});
});

test('a task of one name in two ensembles stands at each of them, with that server’s truth', () => {
  const task = 'task-0000000000';
  const at = (sid: number, path: string) =>
    server(sid, [role(sid, [sid], { standalone: true }), tree([...ROOTS, node(path)])]);
  const both = frame([
    at(1, `/tasks/${task}`),
    at(2, `/status/${task}`),
    master('m-1', {}, {}, { hosts: [1] }),
    master('m-2', {}, {}, { hosts: [2] }),
  ]);
  expect(taskPlaces(both, task).map(({ path, truth }) => [truth.sid, path])).toEqual([
    [1, `/tasks/${task}`],
    [2, `/status/${task}`],
  ]);
});
