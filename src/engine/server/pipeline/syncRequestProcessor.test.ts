/** SyncRequestProcessor: batches, the three steps, what a failing disk does. */
import { describe, expect, test } from 'vitest';
import { serverName } from '../../../bridge/names';
import { DEFAULT_ZOO_CONFIG } from '../../../zk/config';
import { lastProcessedZxid } from '../../database/zkDatabase';
import {
  create,
  getData,
  give,
  leaderSid,
  newSession,
  pass,
  passUntil,
  serverState,
  servingEnsemble,
} from '../../world/ensemble.test-support';
import { LoneServer, logged, zxid } from '../loneServer.test-support';
import { logSection } from '../sections/log';

function follower(config: Partial<LoneServer['state']['spec']['config']> = {}) {
  const server = new LoneServer({ config });
  const conn = server.follow(3, 1);
  server.trace.length = 0;
  return { server, conn };
}

/** The steps of the thread by what they did. */
function steps(server: LoneServer): string[] {
  return server.trace
    .filter(({ type, thread }) => type === 'work' && thread === 'SyncRequestProcessor')
    .map(({ name }) => name as string);
}

test('one fsync covers all that was queued until the queue ran empty', () => {
  const { server, conn } = follower();
  for (const n of [1, 2, 3]) server.proposal(conn, logged(zxid(1, n)));
  server.run(4);
  // Comes while the fsync is under way: the next batch.
  server.proposal(conn, logged(zxid(1, 4)));
  server.run(50);
  expect(steps(server)).toEqual([
    ...['append', 'append', 'append', 'fsync', 'next', 'next', 'next'],
    ...['append', 'fsync', 'next'],
  ]);
});

test('a batch ends at maxBatchSize', () => {
  const { server, conn } = follower({ maxBatchSize: 2 });
  for (const n of [1, 2, 3]) server.proposal(conn, logged(zxid(1, n)));
  server.run(50);
  expect(steps(server)).toEqual([
    ...['append', 'append', 'fsync', 'next', 'next'],
    ...['append', 'fsync', 'next'],
  ]);
});

test('a crash after the append loses the txn, one after the fsync does not', () => {
  const { server, conn } = follower();
  server.proposal(conn, logged(zxid(1, 1)));
  server.runUntil((entry) => entry.type === 'append');
  expect(lastProcessedZxid(server.crashed().state.db)).toBe(zxid(0, 0));
  server.runUntil((entry) => entry.type === 'fsync');
  expect(server.kinds(conn).filter((kind) => kind === 'ACK')).toHaveLength(2);
  expect(lastProcessedZxid(server.crashed().state.db)).toBe(zxid(1, 1));
});

test('a slow disk makes each fsync longer, not the appends, and is seen to be slow', () => {
  const { server, conn } = follower();
  server.command({ type: 'disk', fault: 'slow', extraMicros: 70_000 });
  expect(logSection(server.state).disk).toEqual({ fault: 'slow', extraMicros: 70_000 });
  const started = server.now;
  server.proposal(conn, logged(zxid(1, 1)));
  const appended = server.runUntil((entry) => entry.type === 'append');
  const forced = server.runUntil((entry) => entry.type === 'fsync');
  expect(appended.at - started).toBe(50);
  expect(forced.at - appended.at).toBe(75_000);
});

test('a snapshot after snapCount/2 and a random part of that again; the log begins a new file', () => {
  const { server, conn } = follower({ snapCount: 6 });
  for (let n = 1; n <= 14; n += 1) {
    server.proposal(conn, logged(zxid(1, n)));
    server.say(conn, { kind: 'COMMIT', zxid: zxid(1, n) });
    server.run(20);
  }
  const snapshots = server.entries('snapshot').map((entry) => (entry.zxid ?? 0) % 0x100000000);
  expect(snapshots.length).toBeGreaterThanOrEqual(2);
  let last = 0;
  for (const at of snapshots) {
    expect(at - last).toBeGreaterThanOrEqual(3);
    expect(at - last).toBeLessThanOrEqual(7);
    last = at;
  }
  const logs = Object.keys(server.disk).filter((name) => name.includes('/log.'));
  expect(logs).toHaveLength(snapshots.length + 1);
  expect(lastProcessedZxid(server.crashed().state.db)).toBe(zxid(1, 14));
});

describe('on a standalone server', () => {
  test('reads pass at once while nothing waits for an fsync, else behind it in their order', () => {
    const e = servingEnsemble(1);
    const client = newSession(e, 1);
    const [writer, reader] = [client, newSession(e, 1)];
    pass(e, 100);
    reader.send(getData('/'));
    pass(e, 4);
    expect(reader.replies()).toHaveLength(1);
    give(e, { type: 'disk', process: serverName(1), fault: 'slow', ms: 100 });
    writer.send(create('/a'));
    reader.send(getData('/a'));
    pass(e, 50);
    expect([...writer.replies(), ...reader.replies()]).toEqual([]);
    pass(e, 100);
    expect(reader.replies()).toMatchObject([{ err: 'OK' }]);
    expect(writer.replies()).toMatchObject([{ err: 'OK' }]);
  });

  test.each(['fail-fsync', 'fail-append', 'full'] as const)('%s ends the process', (fault) => {
    const e = servingEnsemble(1);
    const client = newSession(e, 1);
    give(e, { type: 'disk', process: serverName(1), fault });
    client.send(create('/a'));
    pass(e, 50);
    expect(serverState(e, 1)).toBeUndefined();
    expect(client.replies()).toEqual([]);
    expect(client.isClosed()).toBe(true);
    expect(e.trace.some(({ type }) => type === 'exit')).toBe(true);
  });
});

describe.each(['fail-fsync', 'fail-append'] as const)('%s in an ensemble', (fault) => {
  const config = { ...DEFAULT_ZOO_CONFIG, tickTime: 200 };

  test('a follower stays a process, looks for its leader anew and catches up', () => {
    const e = servingEnsemble(3, { config });
    const client = newSession(e, 3);
    give(e, { type: 'disk', process: serverName(1), fault });
    client.send(create('/a'));
    passUntil(e, ({ process, name }) => process === serverName(1) && name === 'LOOKING');
    pass(e, 3000);
    client.send(create('/b'));
    pass(e, 100);
    expect(client.replies()).toMatchObject([{ err: 'OK' }, { err: 'OK' }]);
    const [one, three] = [serverState(e, 1), serverState(e, 3)];
    expect(one?.peerState).toBe('FOLLOWING');
    expect(one?.db.tree.lastProcessedZxid).toBe(three?.db.tree.lastProcessedZxid);
    expect(one?.zks?.failed).toBe(false);
  });

  test('a leader leaves within half a tick; what was answered is there under the next', () => {
    const e = servingEnsemble(3, { config });
    const client = newSession(e, 3);
    client.send(create('/before'));
    pass(e, 100);
    expect(client.replies()).toMatchObject([{ err: 'OK' }]);
    give(e, { type: 'disk', process: serverName(3), fault });
    const at = e.run.world.now;
    client.send(create('/a'));
    const left = passUntil(e, ({ name }) => name === 'LOOKING');
    expect(left.process).toBe(serverName(3));
    expect(left.at - at).toBeLessThanOrEqual(120_000);
    pass(e, 5);
    expect(client.isClosed()).toBe(true);
    pass(e, 4000);
    const leader = leaderSid(e) as number;
    const reader = newSession(e, leader);
    reader.send(getData('/before'));
    pass(e, 50);
    expect(reader.replies()).toMatchObject([{ err: 'OK' }]);
  });
});
