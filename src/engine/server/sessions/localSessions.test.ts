/** Local sessions, and the read-only server that only they can be at. */
import { describe, expect, test } from 'vitest';
import { serverName } from '../../../bridge/names';
import { DEFAULT_ZOO_CONFIG, type ZooConfig } from '../../../zk/config';
import type { RequestBody } from '../../../zk/records';
import {
  type Ensemble,
  give,
  newSession,
  pass,
  RawClient,
  servingEnsemble,
  serverState,
} from '../../world/ensemble.test-support';
import { Asker, make } from '../../world/clientApi.test-support';

const exists = (path: string): RequestBody => ({ op: 'exists', path, watch: false });

function ensemble(more: Partial<ZooConfig> = {}): Ensemble {
  const config = { ...DEFAULT_ZOO_CONFIG, tickTime: 500, localSessionsEnabled: true, ...more };
  return servingEnsemble(3, { config });
}

function zxids(e: Ensemble): number[] {
  return [1, 2, 3].map((sid) => serverState(e, sid)?.db.tree.lastProcessedZxid ?? -1);
}

describe('a local session', () => {
  test.each([1, 3])('at server %i is no txn, in its opening and its end', (sid) => {
    const e = ensemble();
    const before = zxids(e);
    const a = new Asker(e, sid);
    expect(a.err(exists('/'))).toBe('OK');
    expect(serverState(e, sid)?.zks?.localTracker).toHaveProperty(a.client.sessionId);
    expect(a.err({ op: 'closeSession' })).toBe('OK');
    pass(e, 50);
    expect(a.client.isClosed()).toBe(true);
    expect(zxids(e)).toEqual(before);
    expect(serverState(e, sid)?.zks?.localTracker).toEqual({});
  });

  test('writes like any other, is unknown elsewhere, and expires at its own server', () => {
    const e = ensemble();
    const a = new Asker(e, 1, 1000);
    expect(a.err(make('/x'))).toBe('OK');
    const { sessionId, passwd } = a.client;
    a.client.connect(2, 1000);
    expect(a.client.connected()?.timeOut).toBe(0);
    Object.assign(a.client, { sessionId, passwd });
    a.client.connect(1, 1000);
    expect(a.client.connected()?.sessionId).toBe(sessionId);
    const before = zxids(e);
    pass(e, 2500);
    expect(a.client.isClosed()).toBe(true);
    expect(serverState(e, 1)?.zks?.localTracker).toEqual({});
    expect(zxids(e)).toEqual(before);
  });

  test.each([1, 3])('at server %i becomes a global one with its first ephemeral node', (sid) => {
    const e = ensemble({ localSessionsUpgradingEnabled: true });
    const a = new Asker(e, sid);
    const [before] = zxids(e) as [number];
    const made = a.ask(make('/e', { flags: 1 }));
    expect(made).toMatchObject({ err: 'OK', zxid: before + 2 });
    pass(e, 50);
    for (const each of [1, 2, 3]) {
      expect(serverState(e, each)?.db.sessions).toHaveProperty(a.client.sessionId);
    }
    expect(serverState(e, sid)?.zks).toMatchObject({ localTracker: {}, upgrading: {} });
    a.client.connect(2);
    expect(a.client.connected()?.timeOut).toBe(10000);
    expect(a.ask({ op: 'getEphemerals', prefix: null }).body?.ephemerals).toEqual(['/e']);
  });

  test.each([1, 3])('at server %i has none where that is not allowed', (sid) => {
    const e = ensemble();
    const a = new Asker(e, sid);
    const [before] = zxids(e) as [number];
    const refused = a.ask(make('/e', { flags: 3 }));
    expect(refused).toMatchObject({ err: 'EPHEMERALONLOCALSESSION', zxid: before + 1 });
    const multi = a.ask({ op: 'multi', ops: [make('/m', { flags: 1 })] });
    // Who leads knows why; another server's session it does not know.
    const err = sid === 3 ? 'EPHEMERALONLOCALSESSION' : 'SESSIONEXPIRED';
    expect(multi.body?.results).toEqual([{ op: 'error', err }]);
  });
});

describe('a read-only server', () => {
  function alone(more: Partial<ZooConfig> = {}): { e: Ensemble; global: RawClient } {
    const e = ensemble({ readOnlyModeEnabled: true, ...more });
    const a = new Asker(e, 3);
    a.ask(make('/x', { data: 'v' }));
    for (const sid of [1, 2]) give(e, { type: 'crash', process: serverName(sid) });
    for (let i = 0; i < 100 && serverState(e, 3)?.peerState !== 'LOOKING'; i += 1) pass(e, 100);
    expect(a.client.isClosed()).toBe(true);
    pass(e, 1900);
    expect(serverState(e, 3)?.zks).toBeUndefined();
    pass(e, 200);
    expect(serverState(e, 3)?.zks).toMatchObject({ role: 'readOnly', serving: true });
    return { e, global: a.client };
  }

  function connectReadOnly(e: Ensemble): RawClient {
    const client = new RawClient(e);
    client.connect(3);
    // The helper says that it would not take a read-only server; this one would.
    return client;
  }

  function open(e: Ensemble, readOnly: boolean): RawClient {
    const client = new RawClient(e);
    const name = client.name;
    give(e, {
      type: 'probe',
      process: name,
      action: { type: 'open', tag: '0', to: serverName(3) },
    });
    pass(e, 3);
    const { sessionId, passwd } = client;
    const packet = { kind: 'CONNECT', lastZxidSeen: 0, timeOut: 9000, sessionId, passwd } as const;
    client.sendPacket({ ...packet, readOnly } as never);
    pass(e, 10);
    return client;
  }

  test('serves reads to who would take it, after a grace period, and nobody else', () => {
    const { e } = alone();
    expect(connectReadOnly(e).connected()).toBeUndefined();
    const client = open(e, true);
    expect(client.connected()).toMatchObject({ readOnly: true, timeOut: 9000 });
    const ask = (body: RequestBody) => {
      client.send(body);
      pass(e, 20);
      return client.replies().at(-1);
    };
    expect(ask({ op: 'getData', path: '/x', watch: true })?.body?.data).toBe('v');
    const { zxid } = ask(exists('/')) as { zxid: number };
    const writes: RequestBody[] = [
      make('/y'),
      { op: 'delete', path: '/x', version: -1 },
      { op: 'multi', ops: [make('/y')] },
      { op: 'sync', path: '/' },
      { op: 'raw', type: 1, hex: '' },
    ];
    for (const body of writes) expect(ask(body)).toMatchObject({ err: 'NOTREADONLY', zxid });
    expect(ask({ op: 'closeSession' })).toMatchObject({ err: 'OK', zxid });
    expect(client.isClosed()).toBe(true);
  });

  test('without local sessions has none to give: an answer in place of the connect response', () => {
    const { e } = alone({ localSessionsEnabled: false });
    const client = open(e, true);
    expect(client.heard().map(({ packet }) => packet)).toMatchObject([
      undefined,
      { kind: 'REPLY', xid: 0, err: 'NOTREADONLY' },
    ]);
    expect(client.isClosed()).toBe(false);
  });

  test('ends with the election: its clients lose it, and the real one serves', () => {
    const { e } = alone();
    const client = open(e, true);
    expect(client.connected()?.readOnly).toBe(true);
    for (const sid of [1, 2]) give(e, { type: 'restart', process: serverName(sid) });
    for (let i = 0; i < 100 && serverState(e, 3)?.peerState === 'LOOKING'; i += 1) pass(e, 100);
    pass(e, 500);
    expect(client.isClosed()).toBe(true);
    const a = newSession(e, 3);
    a.send(make('/y'));
    pass(e, 100);
    expect(a.replies().at(-1)?.err).toBe('OK');
  });
});
