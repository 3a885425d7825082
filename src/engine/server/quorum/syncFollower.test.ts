/** How the leader brings a learner to its own state: each row of the decision. */
import { expect, test } from 'vitest';
import type { TraceId } from '../../../base/traceId';
import type { DiskImage } from '../../../bridge/process';
import type { Zxid } from '../../../zk/ids';
import { LoneServer, logged, zxid } from '../loneServer.test-support';
import { proposedRequest } from '../request';

/** A disk with this log, of a server that adopted that epoch. */
function diskWith(log: Zxid[], epoch: number): DiskImage {
  const { disk } = new LoneServer();
  for (const name of ['acceptedEpoch', 'currentEpoch']) {
    disk[`version-2/${name}`] = { records: [epoch], synced: 1 };
  }
  if (log.length > 0) {
    const name = `version-2/log.${(log[0] as number).toString(16)}`;
    disk[name] = { records: log.map((z) => logged(z)), synced: log.length };
  }
  return disk;
}

/**
 * What a learner with that last zxid is sent by a leader of epoch 4 with that log. `keeps`:
 * the length of its committedLog, less one.
 */
function synchronise(log: Zxid[], peer: Zxid, keeps = 500, learnerEpoch = 0): string[] {
  const leader = new LoneServer({
    sid: 3,
    disk: diskWith(log, 3),
    config: { commitLogCount: keeps },
  });
  leader.enter(3);
  const conn = leader.learnerConnects(2, 3);
  leader.run(10);
  leader.say(conn, { kind: 'ACKEPOCH', zxid: peer, currentEpoch: learnerEpoch });
  leader.run(10);
  return textOf(leader, conn);
}

function textOf(leader: LoneServer, conn: string): string[] {
  const said = leader.packets(conn).filter(({ kind }) => kind !== 'LEADERINFO');
  expect(said.at(-1)?.kind === 'NEWLEADER' || said.some(({ kind }) => kind === 'NEWLEADER')).toBe(
    true,
  );
  return said.map((packet) => {
    const z = ('zxid' in packet ? packet.zxid : 0) as number;
    return `${packet.kind} ${Math.floor(z / 0x100000000)}|${z % 0x100000000}`;
  });
}

const epochs = (...list: [number, number][]) => list.map(([e, n]) => zxid(e, n));
const LOG = epochs([2, 1], [2, 2], [2, 3], [3, 1], [3, 2]);
const pairs = (...list: string[]) => list.flatMap((z) => [`PROPOSAL ${z}`, `COMMIT ${z}`]);

test('the last zxid of both alike: an empty DIFF', () => {
  expect(synchronise(LOG, zxid(3, 2))).toEqual(['DIFF 3|2', 'NEWLEADER 4|0']);
});

test('within committedLog and known: DIFF to its end, with what is missing, each committed', () => {
  expect(synchronise(LOG, zxid(2, 2))).toEqual([
    'DIFF 3|2',
    ...pairs('2|3', '3|1', '3|2'),
    'NEWLEADER 4|0',
  ]);
});

test('more than the leader ever had: TRUNC to the end of committedLog', () => {
  expect(synchronise(LOG, zxid(3, 7))).toEqual(['TRUNC 3|2', 'NEWLEADER 4|0']);
});

test('within committedLog and unknown, of an epoch of which more follows: TRUNC to the last one known', () => {
  const log = epochs([2, 1], [2, 2], [2, 5], [3, 1]);
  expect(synchronise(log, zxid(2, 3))).toEqual([
    'TRUNC 2|2',
    ...pairs('2|5', '3|1'),
    'NEWLEADER 4|0',
  ]);
});

test('within committedLog and unknown, followed by another epoch: SNAP', () => {
  expect(synchronise(LOG, zxid(2, 9))).toEqual(['SNAP 3|2', 'NEWLEADER 4|0']);
});

test('older than committedLog: SNAP', () => {
  expect(synchronise(LOG, zxid(2, 1), 2)).toEqual(['SNAP 3|2', 'NEWLEADER 4|0']);
  expect(synchronise(LOG, zxid(2, 3), 2)).toEqual([
    'DIFF 3|2',
    ...pairs('3|1', '3|2'),
    'NEWLEADER 4|0',
  ]);
});

test('a learner that led an epoch without a txn, in the middle of committedLog: DIFF', () => {
  expect(synchronise(LOG, zxid(3, 0))).toEqual([
    'DIFF 3|2',
    ...pairs('3|1', '3|2'),
    'NEWLEADER 4|0',
  ]);
});

test('a learner that led a later epoch without a txn has nothing to cut: SNAP', () => {
  expect(synchronise(epochs([2, 1], [2, 2]), zxid(3, 0))).toEqual(['SNAP 2|2', 'NEWLEADER 4|0']);
});

test('with an empty committedLog an empty learner gets DIFF, one with more TRUNC, one with less SNAP', () => {
  expect(synchronise([], zxid(0, 0))).toEqual(['DIFF 0|0', 'NEWLEADER 4|0']);
  expect(synchronise([], zxid(1, 4))).toEqual(['TRUNC 0|0', 'NEWLEADER 4|0']);
});

test('when the leader serves its own last zxid is e|0; who has the last txn gets an empty DIFF', () => {
  const leader = new LoneServer({ sid: 3, disk: diskWith(LOG, 3) });
  leader.enter(3);
  const first = leader.learnerConnects(2, 3);
  leader.run(10);
  leader.say(first, { kind: 'ACKEPOCH', zxid: zxid(3, 2), currentEpoch: 3 });
  leader.run(10);
  leader.say(first, { kind: 'ACK', zxid: zxid(4, 0) });
  leader.run(10);
  const late = (peer: Zxid) => {
    const conn = leader.learnerConnects(1, 3);
    leader.run(5);
    leader.say(conn, { kind: 'ACKEPOCH', zxid: peer, currentEpoch: 3 });
    leader.run(5);
    return textOf(leader, conn);
  };
  expect(late(zxid(3, 2))).toEqual(['DIFF 3|2', 'NEWLEADER 4|0']);
  expect(late(zxid(4, 0))).toEqual(['DIFF 4|0', 'NEWLEADER 4|0']);
  expect(late(zxid(3, 5))).toEqual(['TRUNC 3|2', 'NEWLEADER 4|0']);
});

test('a snapshot goes out ahead of all that is queued, and its image does not change afterwards', () => {
  const leader = new LoneServer({ sid: 3, disk: diskWith(LOG, 3), config: { commitLogCount: 1 } });
  leader.enter(3);
  const conn = leader.learnerConnects(2, 3);
  leader.run(10);
  leader.say(conn, { kind: 'ACKEPOCH', zxid: zxid(2, 1), currentEpoch: 2 });
  const snap = leader.packets(conn).find(({ kind }) => kind === 'SNAP');
  expect(snap).toMatchObject({ zxid: zxid(3, 2) });
  expect(leader.kinds(conn).slice(1)).toEqual(['SNAP']);
  const paths = snap?.kind === 'SNAP' ? snap.image.paths : [];
  expect(paths.filter((path) => path.startsWith('/n'))).toHaveLength(LOG.length);
});

test('who comes back in the same epoch with what is committed and not applied here keeps it', () => {
  const leader = new LoneServer({ sid: 3, disk: diskWith(LOG, 3) });
  leader.enter(3);
  const first = leader.learnerConnects(2, 3);
  leader.run(10);
  leader.say(first, { kind: 'ACKEPOCH', zxid: zxid(3, 2), currentEpoch: 3 });
  leader.run(10);
  leader.say(first, { kind: 'ACK', zxid: zxid(4, 0) });
  leader.run(10);
  leader.command({ type: 'freeze', thread: 'CommitProcessor' });
  for (const n of [1, 2, 3]) {
    const request = proposedRequest(logged(zxid(4, n)), 0 as TraceId);
    leader.act((s) => s.hand.propose(s, request));
  }
  for (const sid of [2, 3]) leader.act((s) => s.hand.processAck(s, sid, zxid(4, 1)));
  const again = leader.learnerConnects(2, 4);
  leader.run(5);
  leader.say(again, { kind: 'ACKEPOCH', zxid: zxid(4, 3), currentEpoch: 4 });
  leader.run(5);
  // 4|1 is committed, so it stays; 4|2 and 4|3 are proposed once more.
  expect(textOf(leader, again)).toEqual([
    'TRUNC 4|1',
    'PROPOSAL 4|2',
    'PROPOSAL 4|3',
    'NEWLEADER 4|0',
  ]);
});
