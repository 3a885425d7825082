/** The leader's ledger, its syncs and its tick loop. */
import { expect, test } from 'vitest';
import type { TraceId } from '../../../base/traceId';
import type { SessionId } from '../../../zk/ids';
import type { QuorumPacket } from '../../../zk/packets';
import { LoneServer, logged, zxid } from '../loneServer.test-support';
import type { Request } from '../machine';
import { localRequest, proposedRequest } from '../request';
import { processAck, processSync, propose } from './leader';

const A = '0100000000000000' as SessionId;

/** Server 5 of five leads, with learners 1 and 2 synchronised. */
class Bench {
  readonly server: LoneServer;
  readonly conns: Record<number, string> = {};

  constructor(voters = [1, 2, 3, 4, 5], learners = [1, 2], config = {}) {
    const server = new LoneServer({ sid: voters.at(-1), voters, config });
    this.server = server;
    server.enter(server.state.sid);
    for (const sid of learners) this.conns[sid] = server.learnerConnects(sid);
    server.run(10);
    for (const sid of learners) {
      this.say(sid, { kind: 'ACKEPOCH', zxid: zxid(0, 0), currentEpoch: 0 });
    }
    server.run(10);
    for (const sid of learners) this.say(sid, { kind: 'ACK', zxid: zxid(1, 0) });
    server.run(10);
    expect(server.leader.phase).toBe('broadcast');
    server.sent.length = 0;
  }

  say(sid: number, packet: QuorumPacket): void {
    this.server.say(this.conns[sid] as string, packet);
  }

  propose(counter: number): Request {
    const request = proposedRequest(logged(zxid(1, counter)), 0 as TraceId);
    this.server.act((s) => propose(s, this.server.leader, request));
    return request;
  }

  ack(sid: number, counter: number): void {
    this.server.act((s) => processAck(s, this.server.leader, sid, zxid(1, counter)));
  }

  rows(): Record<number, number[]> {
    const rows: Record<number, number[]> = {};
    for (const { zxid: z, acks } of this.server.leader.outstandingProposals) {
      rows[z % 0x100000000] = [...acks];
    }
    return rows;
  }

  /** Kinds and zxid counters of what a learner was sent. */
  heard(sid: number): string[] {
    return this.server.packets(this.conns[sid] as string).map((packet) => {
      const z = 'zxid' in packet ? packet.zxid % 0x100000000 : '';
      return `${packet.kind} ${z}`;
    });
  }
}

test('a proposal goes to every follower that gets live traffic, and into the ledger', () => {
  const bench = new Bench();
  bench.propose(1);
  bench.propose(2);
  bench.server.run(5);
  expect(bench.rows()).toEqual({ 1: [], 2: [] });
  expect(bench.server.leader.lastProposed).toBe(zxid(1, 2));
  expect(bench.heard(1)).toEqual(['PROPOSAL 1', 'PROPOSAL 2']);
  expect(bench.heard(2)).toEqual(['PROPOSAL 1', 'PROPOSAL 2']);
});

test('a quorum of acks commits; the leader\u2019s own is not needed', () => {
  const bench = new Bench([1, 2, 3], [1, 2]);
  bench.propose(1);
  bench.ack(1, 1);
  expect(bench.server.leader.lastCommitted).toBe(zxid(1, 0));
  bench.ack(2, 1);
  expect(bench.server.leader.lastCommitted).toBe(zxid(1, 1));
  expect(bench.rows()).toEqual({});
  expect(bench.server.leader.toBeApplied.map(({ zxid: z }) => z)).toEqual([zxid(1, 1)]);
  expect(bench.server.entries('apply')).toEqual([]);
  bench.server.run(5);
  expect(bench.server.entries('apply').map((entry) => entry.zxid)).toEqual([zxid(1, 1)]);
  expect(bench.heard(1)).toEqual(['PROPOSAL 1', 'COMMIT 1']);
  // What is applied leaves toBeApplied.
  expect(bench.server.leader.toBeApplied).toEqual([]);
});

test('the same ack twice counts once, that of an unknown server not at all', () => {
  const bench = new Bench();
  bench.propose(1);
  bench.ack(5, 1);
  bench.ack(5, 1);
  bench.ack(9, 1);
  bench.ack(1, 1);
  expect(bench.rows()).toEqual({ 1: [1, 5] });
});

test('acks of counter 0, of the committed and of the unknown change nothing', () => {
  const bench = new Bench();
  bench.propose(1);
  bench.propose(2);
  for (const sid of [1, 2, 5]) bench.ack(sid, 1);
  bench.ack(3, 0);
  bench.ack(3, 1);
  bench.ack(3, 7);
  bench.server.act((s) => processAck(s, bench.server.leader, 3, zxid(0, 2)));
  expect(bench.rows()).toEqual({ 2: [] });
  expect(bench.server.leader.lastCommitted).toBe(zxid(1, 1));
});

test('nothing commits while the proposal before it is outstanding', () => {
  const bench = new Bench();
  bench.propose(1);
  bench.propose(2);
  for (const sid of [1, 2, 5]) bench.ack(sid, 2);
  expect(bench.server.leader.lastCommitted).toBe(zxid(1, 0));
  expect(bench.rows()).toEqual({ 1: [], 2: [1, 2, 5] });
  for (const sid of [1, 2, 5]) bench.ack(sid, 1);
  expect(bench.server.leader.lastCommitted).toBe(zxid(1, 1));
});

test('the ack of the leader comes after its fsync, by AckRequestProcessor', () => {
  const bench = new Bench();
  const request = bench.propose(1);
  bench.server.act((s) => s.hand.process(s, 'SyncRequestProcessor', request));
  bench.server.runUntil((entry) => entry.type === 'append');
  expect(bench.rows()).toEqual({ 1: [] });
  bench.server.runUntil((entry) => entry.type === 'fsync');
  expect(bench.rows()).toEqual({ 1: [] });
  bench.server.runUntil((entry) => entry.type === 'ack');
  expect(bench.rows()).toEqual({ 1: [5] });
});

function syncRequest(bench: Bench, sid: number): Request {
  const owner = bench.server.leader.handlers[sid]?.owner as string;
  const base = localRequest(A, 1, { op: 'sync', path: '/' }, undefined, 0 as TraceId);
  return { ...base, owner, syncFrom: sid };
}

test('a sync with nothing outstanding is answered at once', () => {
  const bench = new Bench();
  bench.server.act((s) => processSync(s, bench.server.leader, syncRequest(bench, 1)));
  bench.server.run(5);
  expect(bench.heard(1)).toEqual(['SYNC 0']);
});

test('a sync waits for the last proposal before it, and stands right behind its COMMIT', () => {
  const bench = new Bench();
  bench.propose(1);
  bench.propose(2);
  bench.server.act((s) => processSync(s, bench.server.leader, syncRequest(bench, 1)));
  bench.propose(3);
  bench.server.run(5);
  for (const sid of [1, 2, 5]) bench.ack(sid, 1);
  bench.server.run(5);
  expect(bench.heard(1).includes('SYNC 0')).toBe(false);
  for (const sid of [1, 2, 5]) bench.ack(sid, 2);
  for (const sid of [1, 2, 5]) bench.ack(sid, 3);
  bench.server.run(5);
  expect(bench.heard(1).slice(3)).toEqual(['COMMIT 1', 'COMMIT 2', 'SYNC 0', 'COMMIT 3']);
  expect(bench.heard(2).slice(3)).toEqual(['COMMIT 1', 'COMMIT 2', 'COMMIT 3']);
});

test('a sync of a learner that connected anew is not answered on the new connection', () => {
  const bench = new Bench();
  bench.propose(1);
  const sync = syncRequest(bench, 1);
  bench.server.act((s) => processSync(s, bench.server.leader, sync));
  bench.conns[1] = bench.server.learnerConnects(1, 1);
  bench.server.run(5);
  for (const sid of [2, 3, 5]) bench.ack(sid, 1);
  bench.server.run(5);
  bench.say(1, { kind: 'ACKEPOCH', zxid: zxid(1, 1), currentEpoch: 1 });
  bench.server.run(5);
  expect(bench.heard(1)).toEqual(['LEADERINFO 0', 'DIFF 1', 'NEWLEADER 0']);
});

test('a joiner gets what is committed and not applied with its COMMIT, what is outstanding without', () => {
  const bench = new Bench();
  bench.server.command({ type: 'freeze', thread: 'CommitProcessor' });
  bench.propose(1);
  bench.propose(2);
  bench.propose(3);
  for (const sid of [1, 2, 5]) bench.ack(sid, 1);
  bench.conns[3] = bench.server.learnerConnects(3, 1);
  bench.server.run(5);
  bench.say(3, { kind: 'ACKEPOCH', zxid: zxid(1, 0), currentEpoch: 1 });
  for (const sid of [1, 2, 5]) bench.ack(sid, 2);
  bench.propose(4);
  bench.server.run(5);
  expect(bench.heard(3)).toEqual([
    'LEADERINFO 0',
    'DIFF 0',
    'PROPOSAL 1',
    'COMMIT 1',
    'PROPOSAL 2',
    'PROPOSAL 3',
    'NEWLEADER 0',
    'COMMIT 2',
    'PROPOSAL 4',
  ]);
});

test('with its counter used up the leader steps down in place of proposing', () => {
  const bench = new Bench();
  const last = { ...proposedRequest(logged(zxid(1, 0xffffffff)), 0 as TraceId) };
  bench.server.act((s) => propose(s, bench.server.leader, last));
  expect(bench.server.state.peerState).toBe('LOOKING');
});

/* ---- the tick loop; a tick is 2 s, syncLimit 5 ---- */

function pong(bench: Bench, sid: number): void {
  bench.say(sid, { kind: 'PING', zxid: zxid(1, 0), touched: [] });
}

test('every half tick each learner is pinged with lastProposed', () => {
  const bench = new Bench();
  bench.propose(1);
  bench.server.run(3005);
  const pings = bench.server.sent.filter(({ packet }) => packet.kind === 'PING');
  const to = (sid: number) => pings.filter(({ conn }) => conn === bench.conns[sid]);
  expect(to(1)).toHaveLength(3);
  expect(to(1)[1]).toMatchObject({ packet: { zxid: zxid(1, 1) } });
  const [first, second] = to(2).map(({ at }) => at);
  expect((second ?? 0) - (first ?? 0)).toBe(1_000_000);
});

test('a leader without a quorum of learners that speak leaves after syncLimit ticks', () => {
  const bench = new Bench([1, 2, 3], [1]);
  for (let i = 0; i < 10; i += 1) {
    bench.server.run(1000);
    pong(bench, 1);
  }
  expect(bench.server.state.peerState).toBe('LEADING');
  const silentFrom = bench.server.now;
  bench.server.runUntil(({ name }) => name === 'LOOKING');
  const ticks = (bench.server.now - silentFrom) / 2_000_000;
  // The handler's own read timeout comes at syncLimit, the next look at the quorum within a tick.
  expect(ticks).toBeGreaterThanOrEqual(5);
  expect(ticks).toBeLessThanOrEqual(6.1);
  expect(bench.server.entries('notServing').at(-1)?.name).toBe('Not sufficient followers synced');
});

test('a learner whose handler is stuck does not count once its deadline has passed', () => {
  const bench = new Bench([1, 2, 3], [1]);
  pong(bench, 1);
  const from = bench.server.now;
  // No read of the handler can time out while its thread is frozen; the ticks go on.
  bench.server.command({ type: 'freeze', thread: 'LearnerHandler-1' });
  bench.server.runUntil(({ name }) => name === 'LOOKING');
  const ticks = (bench.server.now - from) / 2_000_000;
  expect(ticks).toBeGreaterThan(5);
  expect(ticks).toBeLessThanOrEqual(7);
});

test('a learner whose connection ended is missed at the next full tick', () => {
  const bench = new Bench([1, 2, 3], [1]);
  bench.server.run(2500);
  pong(bench, 1);
  bench.server.answer(bench.conns[1] as string, 'closed');
  bench.server.run(500);
  expect(bench.server.state.peerState).toBe('LEADING');
  bench.server.run(2000);
  expect(bench.server.state.peerState).toBe('LOOKING');
});

test('a learner that says nothing for syncLimit ticks is dropped, the others go on', () => {
  const bench = new Bench([1, 2, 3], [1, 2]);
  for (let i = 0; i < 11; i += 1) {
    bench.server.run(1000);
    pong(bench, 1);
  }
  expect(Object.keys(bench.server.leader.handlers)).toEqual(['1']);
  expect(bench.server.closed.has(bench.conns[2] as string)).toBe(true);
  expect(bench.server.state.peerState).toBe('LEADING');
});

test('a learner that leaves a proposal unacknowledged for syncLimit ticks is dropped at a ping', () => {
  const bench = new Bench([1, 2, 3], [1, 2]);
  bench.propose(1);
  const started = bench.server.now;
  while (bench.server.leader.handlers[2] !== undefined) {
    bench.server.run(500);
    pong(bench, 1);
    pong(bench, 2);
    if (bench.server.now - started < 1_000_000) bench.say(1, { kind: 'ACK', zxid: zxid(1, 1) });
    expect(bench.server.now - started).toBeLessThan(12_000_000);
  }
  expect(bench.server.now - started).toBeGreaterThanOrEqual(10_000_000);
  expect(bench.server.leader.handlers[1]).toBeDefined();
});

test('of many unacknowledged proposals the newest is watched once the oldest is acknowledged', () => {
  const bench = new Bench([1, 2, 3], [1, 2]);
  for (const n of [1, 2, 3]) bench.propose(n);
  bench.server.run(5);
  for (const sid of [1, 2]) bench.say(sid, { kind: 'ACK', zxid: zxid(1, 1) });
  for (const sid of [1, 2]) bench.say(sid, { kind: 'ACK', zxid: zxid(1, 2) });
  bench.say(1, { kind: 'ACK', zxid: zxid(1, 3) });
  for (let i = 0; i < 24; i += 1) {
    bench.server.run(500);
    for (const sid of [1, 2]) if (bench.server.leader.handlers[sid]) pong(bench, sid);
  }
  expect(Object.keys(bench.server.leader.handlers)).toEqual(['1']);
});

test('what a learner got as history is not awaited: it acknowledges NEWLEADER for all of it', () => {
  const bench = new Bench([1, 2, 3], [1]);
  for (const n of [1, 2]) {
    bench.propose(n);
    bench.server.run(5);
    bench.say(1, { kind: 'ACK', zxid: zxid(1, n) });
    bench.ack(3, n);
  }
  bench.server.run(50);
  bench.conns[2] = bench.server.learnerConnects(2, 1);
  bench.server.run(5);
  bench.say(2, { kind: 'ACKEPOCH', zxid: zxid(1, 1), currentEpoch: 1 });
  bench.server.run(5);
  expect(bench.heard(2)).toEqual([
    'LEADERINFO 0',
    'DIFF 2',
    'PROPOSAL 2',
    'COMMIT 2',
    'NEWLEADER 0',
  ]);
  bench.say(2, { kind: 'ACK', zxid: zxid(1, 0) });
  bench.say(2, { kind: 'ACK', zxid: zxid(1, 0) });
  for (let i = 0; i < 26; i += 1) {
    bench.server.run(500);
    for (const sid of [1, 2]) if (bench.server.leader.handlers[sid]) pong(bench, sid);
  }
  expect(Object.keys(bench.server.leader.handlers)).toEqual(['1', '2']);
});

test('the leader whose SyncThread died leaves at its next half tick', () => {
  const bench = new Bench([1, 2, 3], [1, 2]);
  const request = bench.propose(1);
  bench.server.command({ type: 'disk', fault: 'fail-fsync' });
  bench.server.act((s) => s.hand.process(s, 'SyncRequestProcessor', request));
  bench.server.run(20);
  expect(bench.server.entries('fsyncFailed')).toHaveLength(1);
  expect(bench.server.state.peerState).toBe('LEADING');
  bench.server.run(1000);
  expect(bench.server.state.peerState).toBe('LOOKING');
  expect(bench.server.exit).toBeUndefined();
});
