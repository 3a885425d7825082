/**
 * The Stat of a node and what is done to it: each operation by each field. Every row is played
 * against a real server in process, and all eleven fields are compared, so that a field that a row
 * does not name must stay as it was.
 */
import { expect, test } from 'vitest';
import type { RequestBody, Stat } from '../../zk/records';
import { acl, Asker, make, standalone } from '../world/clientApi.test-support';
import { pass } from '../world/ensemble.test-support';

const FIELDS = [
  'czxid',
  'mzxid',
  'pzxid',
  'ctime',
  'mtime',
  'version',
  'cversion',
  'aversion',
  'ephemeralOwner',
  'dataLength',
  'numChildren',
] as const;

/** `zxid` and `time` are those of the operation's txn; a number is a difference. */
type Rule = 'zxid' | 'time' | number;
type Row = [
  what: string,
  before: RequestBody[],
  op: RequestBody,
  rules: Partial<Record<keyof Stat, Rule>>,
];

const set = (path: string, data: string | null): RequestBody => ({
  op: 'setData',
  path,
  data,
  version: -1,
});
const remove = (path: string): RequestBody => ({ op: 'delete', path, version: -1 });

/** What each does to the Stat of /p, which has data of two bytes. */
const CHANGES: readonly Row[] = [
  ['setData', [], set('/p', 'longer'), { mzxid: 'zxid', mtime: 'time', version: 1, dataLength: 4 }],
  ['setData of the same', [], set('/p', 'ab'), { mzxid: 'zxid', mtime: 'time', version: 1 }],
  [
    'setData of null',
    [],
    set('/p', null),
    { mzxid: 'zxid', mtime: 'time', version: 1, dataLength: -2 },
  ],
  ['setACL', [], { op: 'setACL', path: '/p', acl: acl(31), version: -1 }, { aversion: 1 }],
  ['a child is created', [], make('/p/c'), { pzxid: 'zxid', cversion: 1, numChildren: 1 }],
  [
    'an ephemeral child is created',
    [],
    make('/p/e', { flags: 1 }),
    { pzxid: 'zxid', cversion: 1, numChildren: 1 },
  ],
  [
    'a sequential child is created',
    [],
    make('/p/s', { flags: 2 }),
    { pzxid: 'zxid', cversion: 1, numChildren: 1 },
  ],
  [
    'a child is deleted',
    [make('/p/c')],
    remove('/p/c'),
    { pzxid: 'zxid', cversion: 1, numChildren: -1 },
  ],
  ['data of a child is set', [make('/p/c')], set('/p/c', 'x'), {}],
  ['a grandchild is created', [make('/p/c')], make('/p/c/d'), {}],
  ['a grandchild is deleted', [make('/p/c'), make('/p/c/d')], remove('/p/c/d'), {}],
  ['a refused setData', [], { op: 'setData', path: '/p', data: 'x', version: 7 }, {}],
  ['a refused create', [make('/p/c')], make('/p/c'), {}],
  ['a refused delete', [make('/p/c')], remove('/p'), {}],
  ['check in a multi', [], { op: 'multi', ops: [{ op: 'check', path: '/p', version: 0 }] }, {}],
  ['a read with a watch', [], { op: 'getData', path: '/p', watch: true }, {}],
  [
    'a multi: set, set, a child',
    [],
    { op: 'multi', ops: [set('/p', 'x'), set('/p', 'abc'), make('/p/c')] as never },
    {
      mzxid: 'zxid',
      mtime: 'time',
      pzxid: 'zxid',
      version: 2,
      dataLength: 1,
      cversion: 1,
      numChildren: 1,
    },
  ],
  [
    'a multi that fails at its end',
    [],
    { op: 'multi', ops: [set('/p', 'x'), make('/p/c'), remove('/none')] as never },
    {},
  ],
  [
    'a multi: a child comes and goes',
    [],
    { op: 'multi', ops: [make('/p/c'), remove('/p/c')] as never },
    { pzxid: 'zxid', cversion: 2 },
  ],
];

function statOf(a: Asker, path: string): Stat {
  const { stat } = a.ask({ op: 'exists', path, watch: false }).body ?? {};
  if (stat === undefined) throw new Error(`no ${path}`);
  return { ...stat };
}

/** The time of the newest txn on the disk of the server. */
function timeOf(a: Asker): number {
  const a2 = a.ask(set('/clock', null)).body?.stat;
  return a2?.mtime ?? 0;
}

test.each(CHANGES)('%s', (_, before, op, rules) => {
  const a = new Asker(standalone());
  a.ask(make('/clock'));
  a.ask(make('/p', { data: 'ab' }));
  for (const body of before) a.ask(body);
  // Time has passed: a new time differs from each old one.
  pass(a.client.e, 1000);
  const was = statOf(a, '/p');
  const { zxid } = a.ask(op);
  const now = timeOf(a);
  const is = statOf(a, '/p');
  for (const field of FIELDS) {
    const rule = rules[field];
    if (rule === 'time') {
      expect(is[field], field).toBeGreaterThanOrEqual((was[field] as number) + 1000);
      expect(is[field], field).toBeLessThanOrEqual(now);
    } else if (rule === 'zxid') {
      expect(is[field], field).toBe(zxid);
      expect(is[field], field).toBeGreaterThan(was[field] as number);
    } else if (rule === undefined) expect(is[field], field).toBe(was[field]);
    else expect(is[field], field).toBe((was[field] as number) + rule);
  }
});

/** What a new node has, by its kind; the owner of containers and TTL nodes is not shown. */
test.each<[string, Parameters<typeof make>[1], boolean]>([
  ['a plain node', { data: 'abc' }, false],
  ['one with null data', { data: null }, false],
  ['an ephemeral one', { data: 'abc', flags: 1 }, true],
  ['a sequential one', { data: 'abc', flags: 2 }, false],
  ['an ephemeral sequential one', { data: 'abc', flags: 3 }, true],
  ['a container', { data: 'abc', flags: 4 }, false],
])('%s is born with all fields', (_, more, isEphemeral) => {
  const a = new Asker(standalone());
  const made = a.ask({
    ...make('/n', more),
    op: more?.flags === 4 ? 'createContainer' : 'create2',
  });
  const stat = made.body?.stat as Stat;
  const { zxid } = made;
  expect(stat).toEqual({
    czxid: zxid,
    mzxid: zxid,
    pzxid: zxid,
    ctime: stat.mtime,
    mtime: stat.mtime,
    version: 0,
    cversion: 0,
    aversion: 0,
    ephemeralOwner: isEphemeral ? a.client.sessionId : '0000000000000000',
    dataLength: more?.data?.length ?? 0,
    numChildren: 0,
  });
  expect(statOf(a, made.body?.path ?? '')).toEqual(stat);
});

test('a TTL node shows no owner; a node that is made anew begins anew', () => {
  const a = new Asker(standalone({ extendedTypesEnabled: true }));
  const ttl = a.ask({ ...make('/t', { flags: 5 }), op: 'createTTL', ttl: 1000 });
  expect(ttl.body?.stat?.ephemeralOwner).toBe('0000000000000000');
  a.ask(set('/t', 'x'));
  a.ask(make('/t/c'));
  a.ask(remove('/t/c'));
  a.ask(remove('/t'));
  const { zxid } = a.ask(make('/t'));
  expect(statOf(a, '/t')).toMatchObject({ czxid: zxid, version: 0, cversion: 0, pzxid: zxid });
});

test('the end of a session deletes its ephemeral children: pzxid and cversion move once each', () => {
  const a = new Asker(standalone());
  const b = new Asker(a.client.e);
  a.ask(make('/p'));
  for (const path of ['/p/x', '/p/y']) b.ask(make(path, { flags: 1 }));
  const was = statOf(a, '/p');
  const { zxid } = b.ask({ op: 'closeSession' });
  const change = { pzxid: zxid, cversion: was.cversion + 2, numChildren: 0 };
  expect(statOf(a, '/p')).toEqual({ ...was, ...change });
});
