/** Watches as a client of a server hears of them. */
import { describe, expect, test } from 'vitest';
import { DEFAULT_ZOO_CONFIG } from '../../../zk/config';
import { ZXID_ZERO } from '../../../zk/ids';
import type { WatchesSection } from '../../../bridge/frame';
import type { RequestBody } from '../../../zk/records';
import { pass, servingEnsemble, serverState } from '../../world/ensemble.test-support';
import { acl, Asker, make, standalone } from '../../world/clientApi.test-support';
import { watchesSection } from '../sections/watches';

const set = (path: string): RequestBody => ({ op: 'setData', path, data: 'x', version: -1 });
const remove = (path: string): RequestBody => ({ op: 'delete', path, version: -1 });
const addWatch = (path: string, mode: number): RequestBody => ({ op: 'addWatch', path, mode });

describe('a watch', () => {
  test('is told before the reply to its own write, once', () => {
    const a = new Asker(standalone());
    a.ask(make('/a'));
    a.ask({ op: 'getData', path: '/a', watch: true });
    const { xid } = a.ask(set('/a'));
    a.ask(set('/a'));
    const heard = a.client.heard().map(({ packet }) => packet);
    const event = heard.findIndex((packet) => packet?.kind === 'EVENT');
    const reply = heard.findIndex((packet) => packet?.kind === 'REPLY' && packet.xid === xid);
    expect(event).toBeGreaterThan(0);
    expect(event).toBeLessThan(reply);
    expect(a.events()).toEqual([{ type: 'NodeDataChanged', path: '/a' }]);
  });

  test('of a read is registered with what it answered: no change is missed between the two', () => {
    const e = servingEnsemble(3, { config: { ...DEFAULT_ZOO_CONFIG, tickTime: 500 } });
    const [a, b] = [new Asker(e, 1), new Asker(e, 2)];
    a.ask(make('/n'));
    // Reads and writes of two servers run into each other in every possible way.
    for (let i = 0; i < 40; i += 1) {
      a.client.send(set('/n'));
      pass(e, 0.3 * i);
      const before = b.events().length;
      const read = b.ask({ op: 'getData', path: '/n', watch: true });
      pass(e, 60);
      const { version } = b.ask({ op: 'exists', path: '/n', watch: false }).body?.stat ?? {};
      const isNewer = (version ?? 0) > (read.body?.stat?.version ?? 0);
      expect(b.events().length - before).toBe(isNewer ? 1 : 0);
      if (!isNewer) b.ask({ op: 'removeWatches', path: '/n', type: 3 });
    }
  });

  test('of a read that fails is none, but that of exists', () => {
    const a = new Asker(standalone());
    a.ask({ op: 'getData', path: '/a', watch: true });
    a.ask({ op: 'getChildren', path: '/a', watch: true });
    a.ask(make('/a'));
    expect(a.events()).toEqual([]);
    a.ask({ op: 'exists', path: '/b', watch: true });
    a.ask(make('/b'));
    expect(a.events()).toEqual([{ type: 'NodeCreated', path: '/b' }]);
  });

  test('goes with its connection, and comes back by setWatches with what was missed', () => {
    const e = standalone();
    const [a, b] = [new Asker(e), new Asker(e)];
    for (const path of ['/same', '/changed', '/gone', '/parent']) a.ask(make(path));
    const seen = a.ask({ op: 'exists', path: '/same', watch: true }).zxid;
    a.client.close();
    pass(e, 10);
    expect(serverState(e, 1)?.watches.data.paths).toEqual({});
    b.ask(set('/changed'));
    b.ask(remove('/gone'));
    b.ask(make('/new'));
    b.ask(make('/parent/child'));
    a.client.connect(1);
    a.client.connected();
    const reply = a.ask({
      op: 'setWatches2',
      relativeZxid: seen,
      lists: {
        data: ['/same', '/changed', '/gone'],
        exist: ['/new', '/none'],
        child: ['/parent', '/gone', '/same'],
        persistent: ['/changed'],
        persistentRecursive: ['/parent'],
      },
    });
    expect(a.events()).toEqual([
      { type: 'NodeDataChanged', path: '/changed' },
      { type: 'NodeDeleted', path: '/gone' },
      { type: 'NodeCreated', path: '/new' },
      { type: 'NodeChildrenChanged', path: '/parent' },
      { type: 'NodeDeleted', path: '/gone' },
    ]);
    const heard = a.client.heard().map(({ packet }) => packet);
    expect(heard.at(-1)).toEqual(reply);
    b.ask(set('/same'));
    b.ask(make('/none'));
    b.ask(set('/parent/child'));
    b.ask(set('/changed'));
    pass(e, 10);
    expect(a.events().slice(5)).toEqual([
      { type: 'NodeDataChanged', path: '/same' },
      { type: 'NodeCreated', path: '/none' },
      { type: 'NodeDataChanged', path: '/parent/child' },
      { type: 'NodeDataChanged', path: '/changed' },
    ]);
  });

  test('of a setWatches with a null list: what stands before it is done, then comes the error', () => {
    const a = new Asker(standalone());
    a.ask(make('/a'));
    const lists = { data: ['/a', '/gone'], exist: ['/none'], child: ['/a'] };
    const none = { relativeZxid: ZXID_ZERO };
    const first = { op: 'setWatches', ...none, lists: { ...lists, data: null } } as const;
    expect(a.err(first)).toBe('MARSHALLINGERROR');
    expect(a.events()).toEqual([]);
    const third = { op: 'setWatches2', ...none, lists: { ...lists, child: null } } as const;
    expect(a.err(third)).toBe('MARSHALLINGERROR');
    expect(a.events()).toEqual([
      { type: 'NodeDataChanged', path: '/a' },
      { type: 'NodeDeleted', path: '/gone' },
    ]);
    a.ask(make('/none'));
    expect(a.events().at(-1)).toEqual({ type: 'NodeCreated', path: '/none' });
    const last = { ...lists, persistent: ['/p'], persistentRecursive: null };
    expect(a.err({ op: 'setWatches2', ...none, lists: last })).toBe('MARSHALLINGERROR');
    a.ask(make('/p'));
    expect(a.events().at(-1)).toEqual({ type: 'NodeCreated', path: '/p' });
  });

  test('of another server than the write’s is told when the write is applied there', () => {
    const e = servingEnsemble(3, { config: { ...DEFAULT_ZOO_CONFIG, tickTime: 500 } });
    const [a, b] = [new Asker(e, 1), new Asker(e, 2)];
    b.ask({ op: 'exists', path: '/a', watch: true });
    a.ask(make('/a', { flags: 1 }));
    pass(e, 50);
    expect(b.events()).toEqual([{ type: 'NodeCreated', path: '/a' }]);
    b.ask({ op: 'exists', path: '/a', watch: true });
    a.ask({ op: 'closeSession' });
    pass(e, 50);
    expect(b.events().slice(1)).toEqual([{ type: 'NodeDeleted', path: '/a' }]);
  });

  test('tells nothing of a node that its owner may not read', () => {
    const e = standalone();
    const [a, b] = [new Asker(e), new Asker(e)];
    a.auth('u:p');
    a.ask(make('/p'));
    b.ask(addWatch('/p', 1));
    a.ask(make('/p/shut', { acl: acl(31, 'auth', '') }));
    a.ask(make('/p/open'));
    a.ask(set('/p/shut'));
    a.ask(remove('/p/shut'));
    pass(e, 10);
    expect(b.events()).toEqual([{ type: 'NodeCreated', path: '/p/open' }]);
  });

  test('that is persistent stays until it is removed', () => {
    const e = standalone();
    const [a, b] = [new Asker(e), new Asker(e)];
    expect(b.ask(addWatch('/p', 0)).body).toEqual({ innerErr: 'OK' });
    a.ask(make('/p'));
    a.ask(make('/p/c'));
    a.ask(remove('/p/c'));
    a.ask(remove('/p'));
    pass(e, 10);
    expect(b.events().map(({ type }) => type)).toEqual([
      'NodeCreated',
      'NodeChildrenChanged',
      'NodeChildrenChanged',
      'NodeDeleted',
    ]);
    expect(b.err({ op: 'removeWatches', path: '/p', type: 3 })).toBe('OK');
    expect(b.err({ op: 'removeWatches', path: '/p', type: 3 })).toBe('NOWATCHER');
    a.ask(make('/p'));
    expect(b.events()).toHaveLength(4);
  });
});

test('the section shows a persistent watch once, plain ones by their table, and who holds them', () => {
  const e = standalone();
  const [a, b] = [new Asker(e), new Asker(e)];
  a.ask(addWatch('/p', 1));
  a.ask({ op: 'exists', path: '/p', watch: false });
  for (const each of [a, b]) each.ask({ op: 'getChildren', path: '/', watch: true });
  b.ask({
    op: 'setWatches',
    relativeZxid: ZXID_ZERO,
    lists: { data: [], exist: ['/p'], child: [] },
  });
  const state = serverState(e, 1);
  const section = state && (watchesSection(state) as WatchesSection);
  const [first, second] = [a.client.sessionId, b.client.sessionId].sort();
  expect(section).toEqual({
    type: 'watches',
    rows: [
      { path: '/', kind: 'child', holders: [first, second] },
      { path: '/p', kind: 'data', holders: [b.client.sessionId] },
      { path: '/p', kind: 'persistentRecursive', holders: [a.client.sessionId] },
    ],
    total: 3,
  });
});
