import { describe, expect, it } from 'vitest';
import type { SessionId, Zxid } from '../../../zk/ids';
import { pingIdleMs } from './cnxnState';
import {
  PASSWORD,
  SESSION,
  connect,
  lastConn,
  makeClient,
  onConn,
  pings,
  printed,
  receive,
  reply,
  requests,
  type,
} from '../testEffects.test-support';

const NONE = '0000000000000000' as SessionId;
const DISCONNECTED = 'WatchedEvent state:Disconnected type:None path:null';

/** A connected client; every ping is answered after 1 ms when `answers` is set. */
function connected(hosts = [1], timeout = 30_000) {
  const client = makeClient(hosts, timeout);
  connect(client, timeout);
  return client;
}

describe('pings', () => {
  it('are due at half of the read timeout less a second, but never within the first second', () => {
    expect(pingIdleMs(4000)).toBe(1001);
    expect(pingIdleMs(20_000)).toBe(9000);
    expect(pingIdleMs(2000)).toBe(1000);
    expect(pingIdleMs(1000)).toBe(500);
    expect(pingIdleMs(26_666)).toBe(10_001);
  });

  it('go out just over 1000 ms after the last write when the timeout is 6000', () => {
    const client = connected([1], 6000);
    client.advance(1000);
    expect(pings(client)).toHaveLength(0);
    client.advance(1);
    expect(pings(client).map(({ at }) => at)).toEqual([1_001_000]);
    receive(client, reply(-2, { op: 'ping', zxid: 77 as Zxid }));
    client.advance(1001);
    expect(pings(client)).toHaveLength(2);
    expect(pings(client)[0]?.about).toMatchObject({ idle: true });
    expect(client.head).toEqual({ idle: true });
  });

  it('go out after 9000 ms when the timeout is 30000, counted from the last request', () => {
    const client = connected();
    client.advance(4000);
    type(client, 'get /a');
    receive(client, reply(1, { err: 'NONODE' }));
    client.advance(8999);
    expect(pings(client)).toHaveLength(0);
    client.advance(1);
    expect(pings(client).map(({ at }) => at)).toEqual([13_000_000]);
  });

  it('and their replies leave lastZxid and the queues alone', () => {
    const client = connected();
    type(client, 'get /a');
    receive(client, reply(-2, { op: 'ping', zxid: 77 as Zxid }));
    expect(client.state.cnxn.lastZxid).toBe(0);
    expect(client.state.cnxn.pendingQueue).toHaveLength(1);
  });
});

describe('a session', () => {
  it('is asked for when TCP stands, and nothing else is written before the answer', () => {
    const client = makeClient([1]);
    type(client, 'get /a');
    expect(client.sent).toEqual([]);
    onConn(client, 'accepted');
    expect(client.sent.map(({ packet }) => packet)).toEqual([
      {
        kind: 'CONNECT',
        lastZxidSeen: 0,
        timeOut: 30_000,
        sessionId: NONE,
        passwd: '0'.repeat(32),
        readOnly: false,
      },
    ]);
    receive(client, { kind: 'CONNECTED', timeOut: 20_000, sessionId: SESSION, passwd: PASSWORD });
    expect(requests(client)).toEqual([{ xid: 1, op: 'getData' }]);
    expect(client.state.cnxn).toMatchObject({ state: 'CONNECTED', sessionTimeout: 20_000 });
    expect(client.sent.at(-1)?.about.request).toEqual({
      sessionId: SESSION,
      cxid: 1,
      op: 'getData',
      path: '/a',
    });
  });

  it('is presented again with password and last zxid after the connection was lost', () => {
    const client = connected([1]);
    type(client, 'get /a');
    receive(client, reply(1, { err: 'NONODE', zxid: 0x105 as Zxid }));
    onConn(client, 'closed');
    client.advance(2100);
    expect(client.opened).toHaveLength(2);
    onConn(client, 'accepted');
    expect(client.sent.at(-1)?.packet).toMatchObject({
      kind: 'CONNECT',
      lastZxidSeen: 0x105,
      sessionId: SESSION,
      passwd: PASSWORD,
      timeOut: 30_000,
    });
  });

  it('that the server no longer knows is expired: CLOSED, and what was outstanding says so', () => {
    const client = connected([1]);
    onConn(client, 'closed');
    client.advance(100);
    type(client, 'get /a');
    client.advance(2000);
    onConn(client, 'accepted');
    const passwd = '0'.repeat(32);
    receive(client, { kind: 'CONNECTED', timeOut: 0, sessionId: NONE, passwd });
    expect(client.state.cnxn.state).toBe('CLOSED');
    client.advance(100);
    const results = client.trace.filter(({ type: t }) => t === 'result');
    expect(results.map(({ err }) => err)).toEqual(['SESSIONEXPIRED']);
    expect(printed(client).slice(-2)).toEqual([
      'WatchedEvent state:Expired type:None path:null',
      'KeeperErrorCode = Session expired for /a',
    ]);
    expect([...client.timers.keys()]).toEqual([]);
    client.advance(60_000);
    expect(client.opened).toHaveLength(2);
  });

  it('is closed by closeSession, whose reply ends it', () => {
    const client = connected([1]);
    type(client, 'close');
    expect(requests(client)).toEqual([{ xid: 1, op: 'closeSession' }]);
    receive(client, reply(1, { op: 'closeSession' }));
    expect(client.state.cnxn).toMatchObject({ state: 'CLOSED', phase: 'ended', conn: null });
    expect(client.closed).toEqual([lastConn(client)]);
    expect([...client.timers.keys()]).toEqual([]);
  });

  it('tells every change of its state in the trace', () => {
    const client = connected([1]);
    onConn(client, 'closed');
    client.advance(2100);
    connect(client);
    const states = client.trace.filter(({ type: t }) => t === 'clientState');
    expect(states.map(({ name }) => name)).toEqual([
      'CONNECTING',
      'CONNECTED',
      'CONNECTING',
      'CONNECTED',
    ]);
  });
});

describe('a lost connection', () => {
  it('costs all that was sent and all that was queued, in that order, and one Disconnected', () => {
    const client = connected([1]);
    type(client, 'get /a');
    type(client, 'set /b 1');
    onConn(client, 'closed');
    expect(client.state.cnxn.state).toBe('CONNECTING');
    type(client, 'get /c');
    client.advance(100);
    const results = client.trace.filter(({ type: t }) => t === 'result');
    expect(results.map(({ err, request }) => [err, request?.path, request?.cxid])).toEqual([
      ['CONNECTIONLOSS', '/a', 1],
      ['CONNECTIONLOSS', '/b', 2],
      ['CONNECTIONLOSS', '/c', 0],
    ]);
    for (let i = 0; i < 3; i += 1) {
      client.advance(2000);
      onConn(client, 'refused');
    }
    expect(printed(client).filter((text) => text === DISCONNECTED)).toHaveLength(1);
  });

  it('is noticed by the read timeout, two thirds of the session timeout', () => {
    const client = connected([1], 6000);
    client.advance(3999);
    expect(client.closed).toEqual([]);
    client.advance(1);
    expect(client.closed).toEqual([client.opened[0]?.conn]);
    expect(client.state.cnxn.state).toBe('CONNECTING');
  });

  it('is one on which replies come out of order', () => {
    const client = connected([1]);
    type(client, 'get /a');
    type(client, 'get /b');
    receive(client, reply(2, { err: 'NONODE' }));
    expect(client.closed).toEqual([lastConn(client)]);
    client.advance(100);
    const results = client.trace.filter(({ type: t }) => t === 'result');
    expect(results.map(({ err }) => err)).toEqual(['CONNECTIONLOSS', 'CONNECTIONLOSS']);
    expect(client.state.cnxn.lastZxid).toBe(0);
  });

  it('and one that answers what nobody asked', () => {
    const client = connected([1]);
    receive(client, reply(1));
    expect(client.closed).toEqual([lastConn(client)]);
  });

  it('leaves nothing that a late packet of it could do', () => {
    const client = connected([1]);
    const old = lastConn(client);
    onConn(client, 'closed');
    client.advance(2100);
    receive(client, reply(1), old);
    onConn(client, 'closed', old);
    expect(client.state.cnxn.phase).toBe('connect');
  });

  it('is found before the ping when a paused process goes on', () => {
    const client = connected([1], 6000);
    client.now += 5_000_000;
    client.step({ type: 'local', work: { timer: 'ping' } });
    expect(pings(client)).toEqual([]);
    expect(client.state.cnxn.state).toBe('CONNECTING');
  });
});

describe('connecting', () => {
  it('waits 100 ms after a lost connection, a second for the one host, and up to 999 ms by lot', () => {
    const delays = new Set<number>();
    for (let seed = 0; seed < 20; seed += 1) {
      const client = makeClient([1], 30_000, seed);
      connect(client);
      client.advance(500);
      onConn(client, 'closed');
      client.advance(3000);
      const delay = ((client.opened[1]?.at ?? 0) - 500_000) / 1000;
      expect(delay).toBeGreaterThanOrEqual(1100);
      expect(delay).toBeLessThan(2100);
      expect(delay % 1).toBe(0);
      delays.add(delay);
    }
    expect(delays.size).toBeGreaterThan(10);
  });

  it('has no lot to draw before the first TCP connect has succeeded', () => {
    const client = makeClient([1]);
    onConn(client, 'refused');
    client.advance(1099);
    expect(client.opened).toHaveLength(1);
    client.advance(1);
    expect(client.opened).toHaveLength(2);
  });

  it('goes round the shuffled hosts and rests a second before the round begins anew', () => {
    const client = makeClient([1, 2, 3]);
    const order = client.state.cnxn.hostProvider.addresses.map(String);
    for (let i = 0; i < 6; i += 1) {
      onConn(client, 'refused');
      while (client.opened.length === i + 1) client.advance(50);
    }
    const tried = client.opened.map(({ to }) => to as string);
    expect(tried).toEqual([...order, ...order, order[0]].slice(0, tried.length));
    const gaps = client.opened.slice(1).map(({ at }, i) => at - (client.opened[i]?.at as number));
    const [next, round] = [100_000, 1_100_000];
    expect(gaps).toEqual([next, next, round, next, next, round]);
  });

  it('shuffles by lot: every host comes first under some seed, always the same under one', () => {
    const first = (seed: number) => makeClient([1, 2, 3], 30_000, seed).opened[0]?.to as string;
    const seen = new Set(Array.from({ length: 20 }, (_, seed) => first(seed)));
    expect([...seen].sort()).toEqual(['1', '2', '3']);
    expect(first(7)).toBe(first(7));
  });

  it('is given up after the session timeout divided by the hosts', () => {
    const client = makeClient([1, 2, 3], 6000);
    client.advance(1999);
    expect(client.closed).toEqual([]);
    client.advance(1);
    expect(client.closed).toHaveLength(1);
    client.advance(100);
    expect(client.opened).toHaveLength(2);
    onConn(client, 'accepted');
    client.advance(2000);
    expect(client.closed).toHaveLength(2);
  });

  it('to a host that no server has stays CONNECTING, says so once, and breaks nothing', () => {
    const client = makeClient([9]);
    for (let i = 0; i < 5; i += 1) client.advance(30_000);
    expect(client.state.cnxn.state).toBe('CONNECTING');
    expect(client.opened.length).toBeGreaterThan(3);
    expect(printed(client)).toEqual([
      'Connecting to zk9:2181',
      'Welcome to ZooKeeper!',
      'JLine support is enabled',
      'Zabscope: no server answers at zk9:2181; the client goes on trying',
    ]);
    type(client, 'ls /');
    client.advance(40_000);
    expect(printed(client).at(-1)).toBe('KeeperErrorCode = ConnectionLoss for /');
  });
});

describe('pipelining', () => {
  it('writes requests at once, numbers them in order, and matches the replies by xid', () => {
    const client = connected([1]);
    for (const line of ['create /a 1', 'get /a', 'delete /a']) type(client, line);
    expect(requests(client)).toEqual([
      { xid: 1, op: 'create' },
      { xid: 2, op: 'getData' },
      { xid: 3, op: 'delete' },
    ]);
    receive(client, reply(1, { body: { path: '/a' }, zxid: 5 as Zxid }));
    expect(client.head.request).toMatchObject({ cxid: 1, op: 'create', path: '/a' });
    receive(client, reply(2, { body: { data: '1' }, zxid: 5 as Zxid }));
    receive(client, reply(3, { zxid: 6 as Zxid }));
    expect(client.state.cnxn.lastZxid).toBe(6);
    const results = client.trace.filter(({ type: t }) => t === 'result');
    expect(results.map(({ request, err, zxid }) => [request?.op, err, zxid])).toEqual([
      ['create', 'OK', 5],
      ['getData', 'OK', 5],
      ['delete', 'OK', 6],
    ]);
  });
});
