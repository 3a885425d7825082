/** A leader's way to its quorum; the learners are scripted. */
import { expect, test } from 'vitest';
import type { DiskImage } from '../../../bridge/process';
import type { Sid } from '../../../zk/ids';
import { LoneServer, logged, zxid } from '../loneServer.test-support';

/** A server that accepted and adopted these epochs, with a log up to the zxid. */
function diskOf(accepted: number, current: number, lastCounter = 0): DiskImage {
  const { disk } = new LoneServer();
  const set = (name: string, value: number) => {
    disk[`version-2/${name}`] = { records: [value], synced: 1 };
  };
  set('acceptedEpoch', accepted);
  set('currentEpoch', current);
  if (lastCounter > 0) {
    const records = Array.from({ length: lastCounter }, (_, i) => logged(zxid(current, i + 1)));
    const name = `version-2/log.${zxid(current, 1).toString(16)}`;
    disk[name] = { records, synced: records.length };
  }
  return disk;
}

function leading(voters: Sid[], disk: DiskImage = {}): LoneServer {
  const server = new LoneServer({ sid: voters.at(-1), voters, disk, config: { tickTime: 1000 } });
  server.enter(server.state.sid);
  return server;
}

test('the epoch is one more than the highest that a quorum accepted, the leader included', () => {
  const leader = leading([1, 2, 3], diskOf(4, 4));
  const conn = leader.learnerConnects(1, 6);
  leader.run(10);
  expect(leader.leader.epoch).toBe(7);
  expect(leader.packets(conn)).toEqual([{ kind: 'LEADERINFO', zxid: zxid(7, 0) }]);
});

test('no epoch is told before a quorum is connected', () => {
  const leader = leading([1, 2, 3, 4, 5]);
  const first = leader.learnerConnects(1, 0);
  leader.run(100);
  expect(leader.kinds(first)).toEqual([]);
  const second = leader.learnerConnects(2, 3);
  leader.run(10);
  expect(leader.packets(first)).toEqual([{ kind: 'LEADERINFO', zxid: zxid(4, 0) }]);
  expect(leader.packets(second)).toEqual([{ kind: 'LEADERINFO', zxid: zxid(4, 0) }]);
});

test('a learner that connects twice counts once for the quorum', () => {
  const leader = leading([1, 2, 3, 4, 5]);
  leader.learnerConnects(1, 0);
  const again = leader.learnerConnects(1, 0);
  leader.run(100);
  expect(leader.kinds(again)).toEqual([]);
  expect(leader.closed.size).toBe(1);
});

test('acceptedEpoch is on the leader\u2019s disk before anybody hears of the epoch', () => {
  const leader = leading([1, 2, 3]);
  const conn = leader.learnerConnects(1, 0);
  expect(leader.state.acceptedEpoch).toBe(0);
  expect(leader.kinds(conn)).toEqual([]);
  leader.runUntil((entry) => entry.type === 'acceptedEpoch');
  expect(leader.disk['version-2/acceptedEpoch']).toEqual({ records: [1], synced: 1 });
  expect(leader.kinds(conn)).toEqual(['LEADERINFO']);
});

test('who comes when the epoch is fixed gets it, whatever it accepted itself', () => {
  const leader = leading([1, 2, 3]);
  leader.learnerConnects(1, 0);
  const during = leader.learnerConnects(2, 9);
  expect(leader.kinds(during)).toEqual([]);
  leader.run(10);
  expect(leader.packets(during)).toEqual([{ kind: 'LEADERINFO', zxid: zxid(1, 0) }]);
});

test('currentEpoch follows the quorum of ACKEPOCH, and NEWLEADER does not wait for it', () => {
  const leader = leading([1, 2, 3]);
  const conn = leader.learnerConnects(1, 0);
  leader.run(10);
  leader.say(conn, { kind: 'ACKEPOCH', zxid: zxid(0, 0), currentEpoch: 0 });
  expect(leader.state.currentEpoch).toBe(0);
  leader.run(1);
  expect(leader.kinds(conn)).toEqual(['LEADERINFO', 'DIFF', 'NEWLEADER']);
  leader.run(5);
  expect(leader.state.currentEpoch).toBe(1);
  expect(leader.state.zabState).toBe('SYNCHRONIZATION');
});

test('an ACKEPOCH of -1 does not count, and its sender waits with the others', () => {
  const leader = leading([1, 2, 3, 4, 5]);
  const conns = [1, 2, 4].map((sid) => leader.learnerConnects(sid, 0));
  leader.run(10);
  const [one, two, four] = conns as [string, string, string];
  leader.say(one, { kind: 'ACKEPOCH', zxid: zxid(0, 0), currentEpoch: -1 });
  leader.say(two, { kind: 'ACKEPOCH', zxid: zxid(0, 0), currentEpoch: 0 });
  leader.run(20);
  expect(leader.leader.electingFollowers).toEqual([5, 2]);
  expect(leader.kinds(one)).toEqual(['LEADERINFO']);
  leader.say(four, { kind: 'ACKEPOCH', zxid: zxid(0, 0), currentEpoch: 0 });
  leader.run(20);
  expect(leader.leader.electingFollowers).toEqual([5, 2, 4]);
  expect(conns.map((conn) => leader.kinds(conn)[1])).toEqual(['DIFF', 'DIFF', 'DIFF']);
});

test.each([
  ['a higher currentEpoch', 3, zxid(1, 0)],
  ['a higher zxid of the same currentEpoch', 2, zxid(2, 6)],
])('a learner with %s is refused alone, the leader waits on', (_, currentEpoch, last) => {
  const leader = leading([1, 2, 3], diskOf(2, 2, 5));
  const ahead = leader.learnerConnects(1, 2);
  leader.run(10);
  leader.say(ahead, { kind: 'ACKEPOCH', zxid: last, currentEpoch });
  expect(leader.closed.has(ahead)).toBe(true);
  expect(leader.state.peerState).toBe('LEADING');
  const other = leader.learnerConnects(2, 2);
  leader.run(10);
  leader.say(other, { kind: 'ACKEPOCH', zxid: zxid(2, 5), currentEpoch: 2 });
  leader.run(10);
  expect(leader.leader.electingFollowers).toEqual([3, 2]);
});

test('once the epoch is acknowledged a learner that is ahead is synchronised, not refused', () => {
  const leader = leading([1, 2, 3], diskOf(2, 2, 5));
  const first = leader.learnerConnects(1, 2);
  leader.run(10);
  leader.say(first, { kind: 'ACKEPOCH', zxid: zxid(2, 5), currentEpoch: 2 });
  const ahead = leader.learnerConnects(2, 2);
  leader.run(10);
  leader.say(ahead, { kind: 'ACKEPOCH', zxid: zxid(2, 9), currentEpoch: 2 });
  leader.run(10);
  expect(leader.kinds(ahead)).toEqual(['LEADERINFO', 'TRUNC', 'NEWLEADER']);
});

test('the leader serves when a quorum, itself included, acknowledged NEWLEADER', () => {
  const leader = leading([1, 2, 3, 4, 5]);
  const conns = [1, 2].map((sid) => leader.learnerConnects(sid, 0)) as [string, string];
  leader.run(10);
  for (const conn of conns)
    leader.say(conn, { kind: 'ACKEPOCH', zxid: zxid(0, 0), currentEpoch: 0 });
  leader.run(10);
  leader.say(conns[0], { kind: 'ACK', zxid: zxid(1, 0) });
  leader.run(10);
  expect(leader.zks.serving).toBe(false);
  expect(leader.kinds(conns[0]).at(-1)).toBe('NEWLEADER');
  leader.say(conns[1], { kind: 'ACK', zxid: zxid(1, 0) });
  leader.run(10);
  expect(leader.zks.serving).toBe(true);
  expect(leader.state.zabState).toBe('BROADCAST');
  expect(leader.state.db.tree.lastProcessedZxid).toBe(zxid(1, 0));
  expect(leader.leader.lastCommitted).toBe(zxid(1, 0));
  expect(conns.map((conn) => leader.kinds(conn).at(-1))).toEqual(['UPTODATE', 'UPTODATE']);
});

test('an ack of NEWLEADER with another zxid is not counted', () => {
  const leader = leading([1, 2, 3]);
  const conn = leader.learnerConnects(1, 0);
  leader.run(10);
  leader.say(conn, { kind: 'ACKEPOCH', zxid: zxid(0, 0), currentEpoch: 0 });
  leader.run(10);
  leader.say(conn, { kind: 'ACK', zxid: zxid(0, 7) });
  leader.run(10);
  expect(leader.zks.serving).toBe(false);
  expect(leader.entries('violation', 'newLeaderAckZxid')).toHaveLength(1);
});

test('a first packet that is no FOLLOWERINFO, or an answer that is no ACK, ends that learner', () => {
  const leader = leading([1, 2, 3]);
  const wrong = leader.connect('1/0/1', '1' as never, 'quorum');
  leader.say(wrong, { kind: 'ACK', zxid: zxid(0, 0) });
  expect(leader.closed.has(wrong)).toBe(true);
  const conn = leader.learnerConnects(1, 0);
  leader.run(10);
  leader.say(conn, { kind: 'ACKEPOCH', zxid: zxid(0, 0), currentEpoch: 0 });
  leader.run(10);
  leader.say(conn, { kind: 'PING', zxid: zxid(1, 0) });
  expect(leader.closed.has(conn)).toBe(true);
  expect(leader.state.peerState).toBe('LEADING');
});

test('each wait for a quorum has initLimit ticks of its own', () => {
  const limit = 10_000;
  const leader = leading([1, 2, 3]);
  leader.run(limit - 100);
  const conn = leader.learnerConnects(1, 0);
  leader.run(10);
  // LEADERINFO is out: the wait for ACKEPOCH began anew, and so did the read of that learner.
  expect(leader.timerAtMs('leader.wait')).toBeGreaterThan(2 * limit - 100);
  expect(leader.timerAtMs('handler.1')).toBeGreaterThan(2 * limit - 100);
  leader.run(limit - 100);
  expect(leader.state.peerState).toBe('LEADING');
  leader.say(conn, { kind: 'ACKEPOCH', zxid: zxid(0, 0), currentEpoch: 0 });
  leader.run(limit - 100);
  expect(leader.state.peerState).toBe('LEADING');
  leader.run(200);
  expect(leader.state.peerState).toBe('LOOKING');
  expect(leader.entries('notServing').at(-1)?.name).toBe(
    'Timeout while waiting for NEWLEADER acks',
  );
});

test.each([
  [0, 'Timeout while waiting for epoch from quorum'],
  [1, 'Timeout while waiting for epoch to be acked by quorum'],
])('with %i learners connected the leader gives up after initLimit ticks', (learners, why) => {
  const leader = leading([1, 2, 3]);
  if (learners > 0) leader.learnerConnects(1, 0);
  leader.run(9_900);
  expect(leader.state.peerState).toBe('LEADING');
  leader.run(200);
  expect(leader.state.peerState).toBe('LOOKING');
  expect(leader.entries('notServing').at(-1)?.name).toBe(why);
});

test('while the leader writes an epoch file no wait can time out', () => {
  const leader = leading([1, 2, 3]);
  leader.command({ type: 'disk', fault: 'slow', extraMicros: 15_000_000 });
  const conn = leader.learnerConnects(1, 0);
  leader.run(15_100);
  expect(leader.state.peerState).toBe('LEADING');
  expect(leader.kinds(conn)).toEqual(['LEADERINFO']);
});

test('a leader that begins writes a snapshot of all it has, an uncommitted tail included', () => {
  const leader = leading([1, 2, 3], diskOf(2, 2, 5));
  expect(Object.keys(leader.disk)).toContain(`version-2/snapshot.${zxid(2, 5).toString(16)}`);
});

test('a server that does not lead refuses learners', () => {
  const looking = new LoneServer({ sid: 3 });
  const conn = looking.connect('1/0/1', '1' as never, 'quorum');
  expect(looking.refused.has(conn)).toBe(true);
});
