/** A follower in BROADCAST whose leader is scripted. */
import { expect, test } from 'vitest';
import type { SessionId } from '../../../zk/ids';
import type { Packet } from '../../../zk/packets';
import { lastProcessedZxid } from '../../database/zkDatabase';
import { LoneServer, logged, zxid } from '../loneServer.test-support';

function follower(config: Partial<LoneServer['state']['spec']['config']> = {}) {
  const server = new LoneServer({ config });
  const conn = server.follow(3, 1);
  server.trace.length = 0;
  server.sent.length = 0;
  return { server, conn };
}

function propose(server: LoneServer, conn: string, ...counters: number[]): void {
  for (const n of counters) server.proposal(conn, logged(zxid(1, n)));
}

function acks(server: LoneServer): number[] {
  return server.sent.flatMap(({ packet }) =>
    packet.kind === 'ACK' ? [packet.zxid % 0x100000000] : [],
  );
}

test('a proposal is pending and goes to the log; its ack follows the fsync', () => {
  const { server, conn } = follower();
  propose(server, conn, 1);
  expect(server.learner.pendingTxns.map(({ zxid: z }) => z)).toEqual([zxid(1, 1)]);
  server.runUntil((entry) => entry.type === 'fsync');
  expect(acks(server)).toEqual([]);
  server.run(5);
  expect(acks(server)).toEqual([1]);
});

test('the acks of a batch leave together, in zxid order, behind its one fsync', () => {
  const { server, conn } = follower();
  propose(server, conn, 1, 2, 3);
  server.run(50);
  expect(acks(server)).toEqual([1, 2, 3]);
  expect(server.entries('fsync')).toHaveLength(1);
  expect(new Set(server.sent.map(({ at }) => at)).size).toBe(1);
});

test('a COMMIT of the oldest pending txn applies it, whether its own disk has it or not', () => {
  const { server, conn } = follower();
  server.command({ type: 'disk', fault: 'slow', extraMicros: 1_000_000 });
  propose(server, conn, 1);
  server.say(conn, { kind: 'COMMIT', zxid: zxid(1, 1) });
  server.run(100);
  expect(lastProcessedZxid(server.state.db)).toBe(zxid(1, 1));
  expect(acks(server)).toEqual([]);
  server.run(1500);
  expect(acks(server)).toEqual([1]);
});

test('a COMMIT of another than the oldest pending txn ends the process with 12', () => {
  const { server, conn } = follower();
  propose(server, conn, 1, 2);
  server.say(conn, { kind: 'COMMIT', zxid: zxid(1, 2) });
  expect(server.exit?.code).toBe(12);
  expect(server.entries('violation', 'commitInconsistent')).toHaveLength(1);
});

test('a COMMIT with nothing pending is ignored', () => {
  const { server, conn } = follower();
  server.say(conn, { kind: 'COMMIT', zxid: zxid(1, 1) });
  server.run(50);
  expect(server.exit).toBeUndefined();
  expect(server.state.peerState).toBe('FOLLOWING');
  expect(lastProcessedZxid(server.state.db)).toBe(zxid(0, 0));
});

/** A client with a session that this follower made. */
function sessionAt(server: LoneServer, conn: string): { client: string; id: SessionId } {
  const client = server.connect('probe 1/0/1', 'probe 1' as never, 'client');
  server.say(client, {
    kind: 'CONNECT',
    lastZxidSeen: zxid(0, 0),
    timeOut: 30000,
    sessionId: '0000000000000000' as SessionId,
    passwd: '0'.repeat(32),
  });
  server.run(5);
  const request = server.sent.find(({ packet }) => packet.kind === 'REQUEST')?.packet;
  if (request?.kind !== 'REQUEST' || !('sessionId' in request)) throw new Error('no REQUEST');
  const id = request.sessionId;
  const txn = { type: 'createSession', timeOut: 30000 } as const;
  server.proposal(conn, logged(zxid(1, 1), txn, id, 0));
  server.say(conn, { kind: 'COMMIT', zxid: zxid(1, 1) });
  server.run(20);
  expect(server.kinds(client)).toEqual(['CONNECTED']);
  return { client, id };
}

test('a PING is answered with the sessions heard since the one before', () => {
  const { server, conn } = follower();
  const { client, id } = sessionAt(server, conn);
  const pongs = (): Packet[] =>
    server.sent.flatMap(({ packet }) => (packet.kind === 'PING' ? [packet] : []));
  server.say(conn, { kind: 'PING', zxid: zxid(1, 1) });
  server.say(conn, { kind: 'PING', zxid: zxid(1, 1) });
  server.say(client, { kind: 'REQUEST', xid: -2, body: { op: 'ping' } });
  server.run(5);
  server.say(conn, { kind: 'PING', zxid: zxid(1, 4) });
  expect(pongs()).toEqual([
    { kind: 'PING', zxid: zxid(1, 1), touched: [[id, 30000]] },
    { kind: 'PING', zxid: zxid(1, 1), touched: [] },
    { kind: 'PING', zxid: zxid(1, 4), touched: [[id, 30000]] },
  ]);
});

test('a write waits for its commit here, then sees its own answer; the REQUEST went out after it was queued', () => {
  const { server, conn } = follower();
  const { client, id } = sessionAt(server, conn);
  server.trace.length = 0;
  const body = { op: 'setData', path: '/', data: 'x', version: -1 } as const;
  server.say(client, { kind: 'REQUEST', xid: 1, body });
  server.run(5);
  const queued = server.trace.findIndex(({ name }) => name === 'queuedWriteRequests');
  const sent = server.trace.findIndex(({ type, kind }) => type === 'send' && kind === 'REQUEST');
  expect(queued).toBeGreaterThan(-1);
  expect(sent).toBeGreaterThan(queued);
  const txn = { type: 'setData', path: '/', data: 'x', version: 1 } as const;
  server.proposal(conn, logged(zxid(1, 2), txn, id, 1));
  server.run(20);
  expect(server.kinds(client)).toEqual(['CONNECTED']);
  server.say(conn, { kind: 'COMMIT', zxid: zxid(1, 2) });
  server.run(5);
  expect(server.packets(client)[1]).toMatchObject({ xid: 1, err: 'OK', zxid: zxid(1, 2) });
});

test('SYNC answers the oldest waiting sync; without one it is a broken law', () => {
  const { server, conn } = follower();
  const { client } = sessionAt(server, conn);
  for (const xid of [1, 2]) {
    server.say(client, { kind: 'REQUEST', xid, body: { op: 'sync', path: `/${xid}` } });
  }
  server.run(5);
  server.say(conn, { kind: 'SYNC', zxid: zxid(0, 0) });
  server.run(5);
  expect(server.packets(client).slice(1)).toMatchObject([{ xid: 1, body: { path: '/1' } }]);
  server.say(conn, { kind: 'SYNC', zxid: zxid(0, 0) });
  server.say(conn, { kind: 'SYNC', zxid: zxid(0, 0) });
  server.run(5);
  expect(server.packets(client).slice(2)).toMatchObject([{ xid: 2 }]);
  expect(server.entries('violation', 'syncWithoutRequest')).toHaveLength(1);
});

test('whose SyncThread died handles the next packet still, then leaves; the process stays', () => {
  const { server, conn } = follower();
  const { id } = sessionAt(server, conn);
  server.command({ type: 'disk', fault: 'fail-fsync' });
  propose(server, conn, 2);
  server.run(50);
  expect(server.entries('fsyncFailed')).toHaveLength(1);
  expect(server.state.peerState).toBe('FOLLOWING');
  server.sent.length = 0;
  server.say(conn, { kind: 'PING', zxid: zxid(1, 2) });
  expect(server.sent.filter(({ packet }) => packet.kind === 'PING')).toMatchObject([
    { packet: { touched: [[id, 30000]] } },
  ]);
  expect(server.state.peerState).toBe('LOOKING');
  expect(acks(server)).toEqual([]);
  expect(server.exit).toBeUndefined();
});

test('the leader lost: clients are disconnected, what was queued is in the log, it looks again', () => {
  const { server, conn } = follower();
  const { client } = sessionAt(server, conn);
  propose(server, conn, 2, 3);
  server.answer(conn, 'closed');
  expect(server.closed.has(client)).toBe(true);
  expect(server.state.peerState).toBe('LOOKING');
  expect(lastProcessedZxid(server.state.db)).toBe(zxid(1, 3));
  expect(lastProcessedZxid(server.crashed().state.db)).toBe(zxid(1, 3));
  expect(server.state.zks).toBeUndefined();
  expect(acks(server).includes(2)).toBe(false);
});

test('silence of syncLimit ticks is the loss of the leader; each packet begins it anew', () => {
  const { server, conn } = follower({ tickTime: 1000, syncLimit: 3 });
  for (let i = 0; i < 4; i += 1) {
    server.run(2900);
    server.say(conn, { kind: 'PING', zxid: zxid(1, 0) });
  }
  expect(server.state.peerState).toBe('FOLLOWING');
  server.run(3001);
  expect(server.state.peerState).toBe('LOOKING');
});
