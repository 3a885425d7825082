/** Sessions as clients meet them: made, kept, moved, expired; through raw connections. */
import { describe, expect, test } from 'vitest';
import { serverName } from '../../../bridge/names';
import { DEFAULT_ZOO_CONFIG } from '../../../zk/config';
import type { SessionId } from '../../../zk/ids';
import { sessionPassword } from '../../../zk/sessionPassword';
import {
  create,
  type Ensemble,
  getData,
  give,
  leaderSid,
  newSession,
  pass,
  passUntil,
  RawClient,
  serverState,
  servingEnsemble,
} from '../../world/ensemble.test-support';
import { LoneServer, zxid } from '../loneServer.test-support';
import { trackSession, touchSession } from './sessionTracker';

const TICK = 200;
const config = { ...DEFAULT_ZOO_CONFIG, tickTime: TICK };
/* Server 3 leads. */
const three = () => servingEnsemble(3, { config });

function tracked(e: Ensemble, id: SessionId) {
  return serverState(e, leaderSid(e) ?? 0)?.zks?.tracker?.[id];
}

describe('a new session', () => {
  test('has the server\u2019s sid in its first byte, then its clock, then a count; its password follows', () => {
    const e = three();
    const [one, two] = [newSession(e, 1), newSession(e, 1)];
    const three_ = newSession(e, 3);
    expect(one.sessionId.slice(0, 2)).toBe('01');
    expect(three_.sessionId.slice(0, 2)).toBe('03');
    expect(one.sessionId.slice(12)).toBe('0000');
    expect(BigInt(`0x${two.sessionId}`) - BigInt(`0x${one.sessionId}`)).toBe(1n);
    expect(one.passwd).toBe(sessionPassword(one.sessionId));
  });

  test.each([
    [1, 2 * TICK],
    [1000, 1000],
    [99999, 20 * TICK],
  ])('that asks for %i ms gets what lies between 2 and 20 ticks', (asked, given) => {
    const e = three();
    const client = new RawClient(e);
    client.connect(2, asked);
    expect(client.connected()?.timeOut).toBe(given);
  });

  test('exists for its client when its createSession is applied at its server', () => {
    const e = three();
    const client = new RawClient(e);
    give(e, {
      type: 'hold',
      a: serverName(3),
      b: serverName(1),
      channel: 'quorum',
      only: 'COMMIT',
    });
    client.connect(1);
    pass(e, 150);
    expect(client.heard().map(({ what }) => what)).toEqual(['accepted']);
    give(e, { type: 'release', a: serverName(3), b: serverName(1), channel: 'quorum' });
    expect(client.connected()?.timeOut).toBeGreaterThan(0);
    for (const sid of [1, 2, 3]) {
      expect(serverState(e, sid)?.db.sessions[client.sessionId]).toBeDefined();
    }
  });

  test('outlives the connection that closed while it was being made', () => {
    const e = three();
    const client = new RawClient(e);
    give(e, { type: 'freeze', process: serverName(1), thread: 'RequestThrottler' });
    client.connect(1, 4000);
    pass(e, 10);
    client.close();
    pass(e, 10);
    give(e, { type: 'thaw', process: serverName(1), thread: 'RequestThrottler' });
    pass(e, 100);
    expect(Object.keys(serverState(e, 2)?.db.sessions ?? {})).toHaveLength(1);
  });
});

describe('connecting again', () => {
  test('with a right id and password keeps the session, at any server', () => {
    const e = three();
    const client = newSession(e, 1);
    const { sessionId } = client;
    for (const sid of [1, 2, 3]) {
      client.connect(sid);
      expect(client.connected()).toMatchObject({ sessionId });
      client.send(create(`/${sid}`));
      pass(e, 50);
      expect(client.replies()).toMatchObject([{ err: 'OK' }]);
    }
  });

  test('with a wrong password, or to a session that is gone, is answered by timeout 0', () => {
    const e = three();
    for (const sid of [1, 3]) {
      const client = newSession(e, sid);
      client.passwd = '1'.repeat(32);
      client.connect(sid);
      expect(client.connected()).toMatchObject({ timeOut: 0, sessionId: '0000000000000000' });
      pass(e, 5);
      expect(client.isClosed()).toBe(true);
      const gone = new RawClient(e);
      gone.sessionId = `0${sid}00000000000077` as SessionId;
      gone.passwd = sessionPassword(gone.sessionId);
      gone.connect(sid);
      expect(gone.connected()).toMatchObject({ timeOut: 0 });
    }
  });

  test('ends the older connection of that session at the same server', () => {
    const e = three();
    const client = newSession(e, 1);
    const older = new RawClient(e);
    older.sessionId = client.sessionId;
    older.passwd = client.passwd;
    older.connect(1);
    expect(older.connected()?.timeOut).toBeGreaterThan(0);
    expect(client.isClosed()).toBe(true);
  });

  test('having seen more than the server has applied is refused without an answer', () => {
    const e = three();
    const client = newSession(e, 1);
    const last = serverState(e, 1)?.db.tree.lastProcessedZxid ?? zxid(0, 0);
    client.connect(1, 4000, last);
    expect(client.connected()).toBeDefined();
    client.connect(1, 4000, (last + 1) as typeof last);
    expect(client.connected()).toBeUndefined();
    expect(client.heard().map(({ what }) => what)).toEqual(['accepted', 'closed']);
  });

  test('to a server that does not serve ends with the connection', () => {
    const e = three();
    const client = newSession(e, 1);
    give(e, { type: 'crash', process: serverName(2) });
    give(e, { type: 'crash', process: serverName(3) });
    pass(e, 3000);
    client.connect(1);
    expect(client.connected()).toBeUndefined();
    expect(client.isClosed()).toBe(true);
  });

  test('what the client sends before the answer waits, and is read then in its order', () => {
    const e = three();
    const client = new RawClient(e);
    client.connect(1);
    client.send(create('/a'));
    client.send(getData('/a'));
    pass(e, 100);
    expect(client.replies()).toMatchObject([
      { xid: 1, err: 'OK' },
      { xid: 2, err: 'OK' },
    ]);
  });
});

describe('a session that moved', () => {
  test('reads over the old connection go on; a write ends it without an answer', () => {
    const e = three();
    const client = newSession(e, 1);
    const moved = new RawClient(e);
    moved.sessionId = client.sessionId;
    moved.passwd = client.passwd;
    moved.connect(2);
    expect(moved.connected()?.timeOut).toBeGreaterThan(0);
    expect(tracked(e, client.sessionId)?.owner).toMatch(/^2\//);
    client.send(getData('/'));
    pass(e, 50);
    expect(client.replies()).toMatchObject([{ err: 'OK' }]);
    const before = serverState(e, 3)?.db.tree.lastProcessedZxid ?? 0;
    client.send(create('/a'));
    pass(e, 50);
    expect(client.replies()).toEqual([]);
    expect(client.isClosed()).toBe(true);
    // It failed as a txn.
    expect(serverState(e, 3)?.db.tree.lastProcessedZxid).toBe(before + 1);
    moved.send(getData('/a'));
    pass(e, 50);
    expect(moved.replies()).toMatchObject([{ err: 'NONODE' }]);
    expect(moved.isClosed()).toBe(false);
  });

  test('a write that was proposed before the move commits', () => {
    const e = three();
    const client = newSession(e, 1);
    client.send(create('/a'));
    passUntil(e, ({ type }) => type === 'propose');
    client.connect(3);
    expect(client.connected()?.timeOut).toBeGreaterThan(0);
    pass(e, 50);
    client.send(getData('/a'));
    pass(e, 50);
    expect(client.replies().at(-1)).toMatchObject({ err: 'OK' });
  });
});

describe('expiry', () => {
  test.each([1, 3])(
    'of a silent client of server %i comes between timeout and one tick more',
    (sid) => {
      for (const shift of [0, 37, 111, 190]) {
        const e = three();
        pass(e, shift);
        const client = newSession(e, sid, 1000);
        pass(e, 150);
        client.send(create('/e', 1));
        const touch = passUntil(
          e,
          ({ process, type, kind, thread }) =>
            (sid === 3 && type === 'work' && thread === 'RequestThrottler') ||
            (sid === 1 &&
              process === serverName(3) &&
              type === 'deliver' &&
              kind === 'PING' &&
              thread === 'LearnerHandler-1'),
        );
        // Its last touch at the leader: for a follower's client with the next ping's answer.
        const closing = passUntil(e, ({ type }) => type === 'sessionClosing');
        expect(closing.at - touch.at).toBeGreaterThanOrEqual(sid === 3 ? 1_000_000 : 900_000);
        expect(closing.at - touch.at).toBeLessThanOrEqual((1000 + TICK + TICK) * 1000);
        pass(e, 100);
        expect(client.isClosed()).toBe(true);
        for (const server of [1, 2, 3]) {
          expect(serverState(e, server)?.db.sessions[client.sessionId]).toBeUndefined();
        }
        const other = newSession(e, 2);
        other.send(getData('/e'));
        pass(e, 50);
        expect(other.replies()).toMatchObject([{ err: 'NONODE' }]);
      }
    },
  );

  test('does not come while the client pings its follower, in less than its timeout', () => {
    const e = three();
    const client = newSession(e, 1, 1000);
    for (let i = 0; i < 12; i += 1) {
      pass(e, 700);
      client.send({ op: 'ping' });
    }
    pass(e, 50);
    expect(client.isClosed()).toBe(false);
    expect(client.replies().filter(({ xid }) => xid === -2)).toHaveLength(12);
  });

  test('needs a quorum: a session is closing, and gone when the txn is applied', () => {
    const e = three();
    const client = newSession(e, 3, 1000);
    for (const sid of [1, 2]) {
      give(e, { type: 'freeze', process: serverName(sid), thread: 'SyncRequestProcessor' });
    }
    passUntil(e, ({ type }) => type === 'sessionClosing');
    pass(e, 50);
    expect(tracked(e, client.sessionId)?.isClosing).toBe(true);
    expect(serverState(e, 3)?.db.sessions[client.sessionId]).toBeDefined();
    // Meanwhile it cannot be taken up again.
    const again = new RawClient(e);
    again.sessionId = client.sessionId;
    again.passwd = client.passwd;
    again.connect(3);
    expect(again.connected()).toMatchObject({ timeOut: 0 });
    for (const sid of [1, 2]) {
      give(e, { type: 'thaw', process: serverName(sid), thread: 'SyncRequestProcessor' });
    }
    pass(e, 100);
    expect(serverState(e, 3)?.db.sessions[client.sessionId]).toBeUndefined();
  });

  test('a new leader gives every session its full timeout again', () => {
    const e = three();
    const client = newSession(e, 1, 2000);
    pass(e, 1500);
    give(e, { type: 'crash', process: serverName(3) });
    const established = passUntil(e, ({ type }) => type === 'established');
    pass(e, 10);
    const end = tracked(e, client.sessionId)?.expiresAtMs ?? 0;
    expect(end * 1000 - established.at).toBeGreaterThan(2_000_000);
    const closing = passUntil(e, ({ type }) => type === 'sessionClosing');
    expect(closing.at - established.at).toBeGreaterThanOrEqual(2_000_000);
  });
});

describe('the buckets of the tracker', () => {
  test('a session stands in the bucket behind now plus timeout, and moves when that changes', () => {
    const server = new LoneServer({ sid: 3, config: { tickTime: 1000 } });
    server.leadWith(2);
    const id = '0300000000000009' as SessionId;
    server.run(2000 - server.now / 1000);
    const at = () => server.zks.tracker?.[id]?.expiresAtMs;
    server.act((s) => trackSession(s, server.zks, id, 3000));
    expect([server.now / 1000, at()]).toEqual([2000, 6000]);
    server.run(500);
    server.act((s) => touchSession(s, server.zks, id, 3000));
    expect(at()).toBe(6000);
    server.run(500);
    server.act((s) => touchSession(s, server.zks, id, 3000));
    expect(at()).toBe(7000);
  });

  test('who is unknown or closing is not touched', () => {
    const server = new LoneServer({ sid: 3 });
    server.leadWith(2);
    const id = '0300000000000009' as SessionId;
    expect(server.act((s) => touchSession(s, server.zks, id, 3000))).toBe(false);
    server.act((s) => trackSession(s, server.zks, id, 3000));
    expect(server.act((s) => touchSession(s, server.zks, id, 3000))).toBe(true);
    (server.zks.tracker?.[id] as { isClosing: boolean }).isClosing = true;
    expect(server.act((s) => touchSession(s, server.zks, id, 3000))).toBe(false);
  });
});

describe('closing', () => {
  test('the reply carries the closeSession\u2019s zxid, then the stream ends; ephemerals go with it', () => {
    const e = three();
    const client = newSession(e, 1);
    client.send(create('/e', 1));
    client.send({ op: 'closeSession' });
    client.send(getData('/e'));
    pass(e, 100);
    const [made, closed, ...more] = client.replies();
    expect(closed?.zxid).toBe((made?.zxid ?? 0) + 1);
    expect(more).toEqual([]);
    expect(client.isClosed()).toBe(true);
    for (const sid of [1, 2, 3]) {
      const state = serverState(e, sid);
      expect(state?.db.sessions[client.sessionId]).toBeUndefined();
      expect(state?.db.tree.table.ephemeralCount).toBe(0);
    }
  });
});

describe('a request whose connection has closed', () => {
  test('is carried out all the same', () => {
    const e = three();
    const client = newSession(e, 1);
    give(e, { type: 'freeze', process: serverName(1), thread: 'RequestThrottler' });
    client.send(create('/a'));
    pass(e, 10);
    client.close();
    pass(e, 10);
    give(e, { type: 'thaw', process: serverName(1), thread: 'RequestThrottler' });
    pass(e, 50);
    const other = newSession(e, 1);
    other.send(getData('/a'));
    pass(e, 50);
    expect(other.replies()).toMatchObject([{ err: 'OK' }]);
  });
});
