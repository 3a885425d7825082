import { describe, expect, it } from 'vitest';
import type { LibraryAction } from '../../../bridge/process';
import type { Zxid } from '../../../zk/ids';
import type { WatchEventType } from '../../../zk/packets';
import type { RequestBody } from '../../../zk/records';
import {
  type ClientHarness,
  connect,
  makeClient,
  onConn,
  receive,
  reply,
  type,
} from '../testEffects.test-support';

/** A client of one server whose calls are answered by hand; `call` numbers them from 0. */
function open(chroot?: string) {
  const client = makeClient([1], 30_000, 1, chroot === undefined ? {} : { chroot });
  connect(client);
  let calls = 0;
  const act = (action: Record<string, unknown>) => {
    client.step({
      type: 'command',
      command: { type: 'library', action: { call: calls, ...action } as LibraryAction },
    });
    calls += 1;
  };
  const call = (body: RequestBody, more: Record<string, unknown> = {}) =>
    act({ type: 'call', body, ...more });
  return { client, act, call };
}

function lastBody(client: ClientHarness): RequestBody | undefined {
  const packet = client.sent.at(-1)?.packet;
  return packet?.kind === 'REQUEST' && 'xid' in packet ? packet.body : undefined;
}

function bodies(client: ClientHarness): RequestBody[] {
  return client.sent.flatMap(({ packet }) =>
    packet.kind === 'REQUEST' && 'xid' in packet ? [packet.body] : [],
  );
}

function fire(client: ClientHarness, what: WatchEventType, path: string): void {
  receive(client, { kind: 'EVENT', type: what, state: 'SyncConnected', path });
}

/** What watchers heard, as `watcher event path`. */
function heard(client: ClientHarness): string[] {
  return client.state.library.records.flatMap((record) =>
    record.type === 'event' ? [`${record.watcher} ${record.event} ${record.path}`] : [],
  );
}

function results(client: ClientHarness): unknown[] {
  return client.state.library.records.flatMap((record) =>
    record.type === 'result' ? [[record.call, record.err, record.path]] : [],
  );
}

const read = (op: 'getData' | 'exists' | 'getChildren', path: string) =>
  ({ op, path, watch: false }) as const;

describe('a watcher', () => {
  it('is registered by the reply: exists also for what is missing, the others only on success', () => {
    const { client, call } = open();
    call(read('exists', '/a'), { watcher: 'w1' });
    call(read('exists', '/b'), { watcher: 'w2' });
    call(read('getData', '/c'), { watcher: 'w3' });
    call(read('getChildren', '/d'), { watcher: 'w4' });
    call(read('getData', '/e'), { watcher: 'w5' });
    expect(bodies(client).every((body) => 'watch' in body && body.watch)).toBe(true);
    expect(client.state.cnxn.watches.data.size).toBe(0);
    receive(client, reply(1, { op: 'exists' }));
    receive(client, reply(2, { op: 'exists', err: 'NONODE' }));
    receive(client, reply(3, { err: 'NONODE' }));
    receive(client, reply(4, { op: 'getChildren' }));
    receive(client, reply(5, { err: 'NOAUTH' }));
    const { data, exist, child } = client.state.cnxn.watches;
    expect(data.entries).toEqual({ '/a': ['w1'] });
    expect(exist.entries).toEqual({ '/b': ['w2'] });
    expect(child.entries).toEqual({ '/d': ['w4'] });
  });

  it('is told once, each object once, before the reply that came behind the event', () => {
    const { client, call } = open();
    call(read('getData', '/a'), { watcher: 'w2' });
    call(read('exists', '/a'), { watcher: 'w1' });
    call(read('exists', '/a'), { watcher: 'w2' });
    for (let xid = 1; xid <= 3; xid += 1) receive(client, reply(xid));
    call({ op: 'setData', path: '/a', data: '', version: -1 });
    fire(client, 'NodeDataChanged', '/a');
    receive(client, reply(4, { op: 'setData' }));
    fire(client, 'NodeDataChanged', '/a');
    const order = client.state.library.records
      .slice(-3)
      .map((record) => (record.type === 'event' ? record.watcher : record.call));
    expect(order).toEqual(['w1', 'w2', 3]);
    expect(heard(client)).toHaveLength(2);
  });

  it('of data and children hears of a deletion once, and both are used up', () => {
    const { client, call } = open();
    call(read('getData', '/a'), { watcher: 'w' });
    call(read('getChildren', '/a'), { watcher: 'w' });
    receive(client, reply(1));
    receive(client, reply(2, { op: 'getChildren' }));
    fire(client, 'NodeDeleted', '/a');
    expect(heard(client)).toEqual(['w NodeDeleted /a']);
    expect(client.state.cnxn.watches.child.size).toBe(0);
  });

  it('that is persistent stays, and a recursive one hears of all that is below', () => {
    const { client, call } = open();
    call({ op: 'addWatch', path: '/a', mode: 0 }, { watcher: 'p' });
    call({ op: 'addWatch', path: '/', mode: 1 }, { watcher: 'r' });
    receive(client, reply(1, { op: 'addWatch' }));
    receive(client, reply(2, { op: 'addWatch' }));
    fire(client, 'NodeDataChanged', '/a');
    fire(client, 'NodeChildrenChanged', '/a');
    fire(client, 'NodeCreated', '/a/b/c');
    fire(client, 'NodeDeleted', '/a');
    expect(heard(client)).toEqual([
      'p NodeDataChanged /a',
      'r NodeDataChanged /a',
      'p NodeChildrenChanged /a',
      'r NodeChildrenChanged /a',
      'r NodeCreated /a/b/c',
      'p NodeDeleted /a',
      'r NodeDeleted /a',
    ]);
  });

  it('hears of the states of the session besides, as the default one does', () => {
    const { client, call } = open();
    call(read('getData', '/a'), { watcher: 'w' });
    receive(client, reply(1));
    onConn(client, 'closed');
    client.advance(100);
    expect(heard(client)).toEqual(['default None null', 'w None null']);
    expect(client.state.cnxn.watches.data.size).toBe(1);
  });
});

describe('removing watchers', () => {
  const removeAll = (path: string, what: number) =>
    ({ op: 'removeWatches', path, type: what }) as const;

  function withWatches() {
    const opened = open();
    const { client, call } = opened;
    call(read('getData', '/a'), { watcher: 'w1' });
    call(read('getData', '/a'), { watcher: 'w2' });
    call(read('getChildren', '/a'), { watcher: 'w1' });
    for (let xid = 1; xid <= 3; xid += 1) {
      receive(client, reply(xid, { op: xid === 3 ? 'getChildren' : 'getData' }));
    }
    return opened;
  }

  it('of one object only checks at the server, and leaves the others', () => {
    const { client, call } = withWatches();
    call({ op: 'checkWatches', path: '/a', type: 2 }, { watcher: 'w1' });
    receive(client, reply(4, { op: 'checkWatches' }));
    expect(heard(client)).toEqual(['w1 DataWatchRemoved /a']);
    expect(client.state.cnxn.watches.data.entries).toEqual({ '/a': ['w2'] });
    expect(client.state.cnxn.watches.child.size).toBe(1);
  });

  it('of all tells each, by kind', () => {
    const { client, call } = withWatches();
    call(removeAll('/a', 3));
    receive(client, reply(4, { op: 'removeWatches' }));
    expect(heard(client)).toEqual([
      'w1 ChildWatchRemoved /a',
      'w1 DataWatchRemoved /a',
      'w2 DataWatchRemoved /a',
    ]);
  });

  it('that the client does not hold is NOWATCHER, whatever the server said', () => {
    const { client, call } = withWatches();
    call(removeAll('/b', 3));
    call({ op: 'checkWatches', path: '/a', type: 1 }, { watcher: 'w2' });
    receive(client, reply(4, { op: 'removeWatches' }));
    receive(client, reply(5, { op: 'checkWatches' }));
    expect(results(client).slice(-2)).toEqual([
      [3, 'NOWATCHER', '/b'],
      [4, 'NOWATCHER', '/a'],
    ]);
  });

  it('that are persistent takes Any: by any other type they are seen and yet not found', () => {
    const { client, call } = open();
    call({ op: 'addWatch', path: '/a', mode: 0 }, { watcher: 'p' });
    receive(client, reply(1, { op: 'addWatch' }));
    call(removeAll('/a', 2));
    receive(client, reply(2, { op: 'removeWatches' }));
    expect(results(client).at(-1)).toEqual([1, 'NOWATCHER', '/a']);
    call(removeAll('/a', 3));
    receive(client, reply(3, { op: 'removeWatches' }));
    expect(heard(client)).toEqual(['p PersistentWatchRemoved /a']);
  });

  it('keeps them when the server refuses, unless it is local: then a lost connection will do', () => {
    const { client, call } = withWatches();
    call(removeAll('/a', 3));
    receive(client, reply(4, { op: 'removeWatches', err: 'NOWATCHER' }));
    expect(client.state.cnxn.watches.data.size).toBe(1);
    call(removeAll('/a', 2));
    call(removeAll('/a', 1), { local: true });
    onConn(client, 'closed');
    client.advance(100);
    expect(results(client).slice(-2)).toEqual([
      [4, 'CONNECTIONLOSS', '/a'],
      [5, 'OK', '/a'],
    ]);
    const removed = client.state.library.records.find(
      (record) => record.type === 'event' && record.event === 'ChildWatchRemoved',
    );
    expect(removed).toMatchObject({ state: 'Disconnected', watcher: 'w1' });
    expect(client.state.cnxn.watches.data.size).toBe(1);
  });
});

describe('a reconnect', () => {
  function reconnect(client: ClientHarness): RequestBody[] {
    const before = bodies(client).length;
    onConn(client, 'closed');
    client.advance(2100);
    connect(client);
    return bodies(client).slice(before);
  }

  it('claims the identities first, newest first, then says the watches, then what waits', () => {
    const { client, act, call } = open();
    act({ type: 'addAuth', scheme: 'digest', auth: 'a:1' });
    act({ type: 'addAuth', scheme: 'digest', auth: 'b:2' });
    call(read('getData', '/a'), { watcher: 'w' });
    call(read('exists', '/b'), { watcher: 'w' });
    call(read('getChildren', '/c'), { watcher: 'w' });
    receive(client, reply(1, { zxid: 0x107 as Zxid }));
    receive(client, reply(2, { op: 'exists', err: 'NONODE', zxid: 0x108 as Zxid }));
    receive(client, reply(3, { op: 'getChildren', zxid: 0x109 as Zxid }));
    onConn(client, 'closed');
    client.advance(100);
    const before = bodies(client).length;
    call(read('getData', '/d'));
    client.advance(2000);
    connect(client);
    expect(bodies(client).slice(before)).toEqual([
      { op: 'auth', scheme: 'digest', auth: 'b:2' },
      { op: 'auth', scheme: 'digest', auth: 'a:1' },
      {
        op: 'setWatches',
        relativeZxid: 0x109,
        lists: { data: ['/a'], exist: ['/b'], child: ['/c'] },
      },
      { op: 'getData', path: '/d', watch: false },
    ]);
    const xids = client.sent
      .slice(-4)
      .map(({ packet }) => (packet.kind === 'REQUEST' && 'xid' in packet ? packet.xid : 0));
    expect(xids).toEqual([-4, -4, 4, 5]);
  });

  it('needs setWatches2 for persistent watches, with server paths', () => {
    const { client, call } = open('/app');
    call({ op: 'addWatch', path: '/', mode: 1 }, { watcher: 'r' });
    receive(client, reply(1, { op: 'addWatch' }));
    const [body] = reconnect(client);
    expect(body).toMatchObject({ op: 'setWatches2', lists: { persistentRecursive: ['/app'] } });
  });

  it('says many watches in several requests of about 128 KiB of paths', () => {
    const { client, call } = open();
    const long = 'x'.repeat(30_000);
    for (let i = 0; i < 10; i += 1) {
      call(read('getData', `/${i}${long}`), { watcher: 'w' });
      receive(client, reply(i + 1));
    }
    const sizes = reconnect(client).map((body) =>
      body.op === 'setWatches' ? (body.lists.data?.length ?? 0) : 0,
    );
    // The batch made first is written last.
    expect(sizes).toEqual([5, 5]);
  });
});

describe('a refused identity', () => {
  it('ends the session: AUTH_FAILED, and all that is outstanding or comes later says so', () => {
    const { client, act, call } = open();
    call(read('getData', '/a'));
    act({ type: 'addAuth', scheme: 'nosuch', auth: 'x' });
    receive(client, reply(-4, { op: 'auth', err: 'AUTHFAILED' }));
    expect(client.state.cnxn.state).toBe('AUTH_FAILED');
    client.advance(100);
    call(read('getData', '/b'));
    expect(results(client).slice(1)).toEqual([
      [0, 'AUTHFAILED', '/a'],
      [2, 'AUTHFAILED', '/b'],
    ]);
    const states = client.state.library.records.flatMap((record) =>
      record.type === 'event' ? [record.state] : [],
    );
    expect(states).toEqual(['AuthFailed']);
    client.advance(60_000);
    expect(client.opened).toHaveLength(1);
  });
});

describe('a chroot', () => {
  it('stands in front of what is sent and is cut off where the original cuts it off', () => {
    const { client, call } = open('/app');
    call(read('getData', '/'));
    expect(lastBody(client)).toMatchObject({ path: '/app' });
    call({ op: 'delete', path: '/', version: -1 });
    expect(lastBody(client)).toMatchObject({ path: '/' });
    call({ op: 'getEphemerals', prefix: '/' });
    expect(lastBody(client)).toEqual({ op: 'getEphemerals', prefix: '/' });
    call({ op: 'multi', ops: [{ op: 'check', path: '/x', version: 0 }] });
    expect(lastBody(client)).toMatchObject({ ops: [{ path: '/app/x' }] });
    call({ op: 'getData', path: '/zookeeper/config', watch: false }, { isUnrooted: true });
    expect(lastBody(client)).toMatchObject({ path: '/zookeeper/config' });
  });

  it('is taken off events', () => {
    const { client, call } = open('/app');
    call(read('getData', '/'), { watcher: 'w' });
    call(read('exists', '/x'), { watcher: 'w' });
    receive(client, reply(1));
    receive(client, reply(2, { op: 'exists', err: 'NONODE' }));
    fire(client, 'NodeDataChanged', '/app');
    fire(client, 'NodeCreated', '/app/x');
    expect(heard(client)).toEqual(['w NodeDataChanged /', 'w NodeCreated /x']);
  });
});

describe('the library refuses by itself', () => {
  it('what Java refuses, and nothing is sent', () => {
    const { client, call } = open();
    const before = client.sent.length;
    call(read('getData', 'a'));
    call({ op: 'create', path: '/a', data: null, acl: [], flags: 0 });
    call({ op: 'create', path: '/a', data: null, acl: null, flags: 0 });
    call({ op: 'addWatch', path: '/a', mode: 0 });
    const acl = [{ perms: 31, scheme: 'world', id: 'anyone' }];
    call({ op: 'createTTL', path: '/a', data: null, acl, flags: 5, ttl: 0 });
    call({ op: 'multi', ops: [] });
    expect(client.sent).toHaveLength(before);
    expect(client.state.library.records).toMatchObject([
      { err: 'JAVA', exception: expect.stringContaining('Path must start with /') },
      { err: 'INVALIDACL', path: null },
      { err: 'INVALIDACL', path: null },
      { err: 'JAVA', exception: expect.stringContaining("shouldn't be null") },
      { err: 'JAVA', exception: expect.stringContaining('ttl must be positive') },
      { err: 'OK', reply: { results: [] } },
    ]);
  });

  it('and a multi fails with the first error among its results, which the caller gets', () => {
    const { client, call } = open();
    call({ op: 'multi', ops: [{ op: 'check', path: '/x', version: 0 }] });
    receive(client, reply(1, { op: 'multi', body: { results: [{ op: 'error', err: 'NONODE' }] } }));
    expect(client.state.library.records.at(-1)).toMatchObject({
      err: 'NONODE',
      path: null,
      reply: { results: [{ op: 'error', err: 'NONODE' }] },
    });
  });
});

describe('close', () => {
  it('is told when the session is over, behind the events that came before', () => {
    const { client, act } = open();
    act({ type: 'close' });
    fire(client, 'NodeDeleted', '/mine');
    receive(client, reply(1, { op: 'closeSession' }));
    expect(client.state.library.records).toMatchObject([
      { type: 'event', event: 'None', state: 'Closed', watcher: 'default' },
      { type: 'result', call: 0, err: 'OK' },
    ]);
    type(client, 'ls /');
    expect(client.state.zkCli.lines.at(-1)?.text).toBe('Not connected');
  });
});
