/** A learner whose leader is scripted, from its connect to UPTODATE. */
import { describe, expect, test } from 'vitest';
import type { DiskImage } from '../../../bridge/process';
import type { Zxid } from '../../../zk/ids';
import { createDatabase, imageOf, lastProcessedZxid } from '../../database/zkDatabase';
import { applyTxn } from '../../database/zkDatabase';
import { loadDatabase } from '../../database/recovery';
import { openDisk } from '../../database/disk';
import { lastLoggedZxid } from '../../database/txnLog';
import { treeDigestLike } from '../../database/dataTree';
import { LoneServer, logged, zxid } from '../loneServer.test-support';

const AS_RECORDED = ['epochBeforeLog', 'ackNewLeaderBeforeFsync'];

function diskWith(log: Zxid[], epoch: number): DiskImage {
  const { disk } = new LoneServer();
  for (const name of ['acceptedEpoch', 'currentEpoch']) {
    disk[`version-2/${name}`] = { records: [epoch], synced: 1 };
  }
  if (log.length > 0) {
    const name = `version-2/log.${(log[0] as number).toString(16)}`;
    disk[name] = { records: log.map((z) => logged(z)), synced: log.length };
  }
  for (const file of Object.values(disk)) file.synced = file.records.length;
  return disk;
}

const OLD = [zxid(1, 1), zxid(1, 2), zxid(1, 3)];
const NEW = [zxid(1, 4), zxid(1, 5)];

/** A learner with the log OLD that is being synchronised to epoch 2. */
function learner(switches: string[] = [], log = OLD): { server: LoneServer; conn: string } {
  const server = new LoneServer({ disk: diskWith(log, 1), switches });
  const conn = server.followUntilAckEpoch(3, 2);
  server.trace.length = 0;
  return { server, conn };
}

function sayHistory(server: LoneServer, conn: string, list: readonly Zxid[]): void {
  for (const z of list) {
    server.proposal(conn, logged(z));
    server.say(conn, { kind: 'COMMIT', zxid: z });
  }
}

function imageAt(list: readonly Zxid[]) {
  const db = createDatabase(500);
  for (const z of list) applyTxn(db, logged(z));
  return imageOf(db);
}

/** What matters of the trace, in order. */
function steps(server: LoneServer): string[] {
  const kept = [
    'append',
    'fsync',
    'snapshot',
    'truncate',
    'currentEpoch',
    'ack',
    'apply',
    'serving',
  ];
  return server.trace
    .filter(({ type }) => kept.includes(type))
    .map(({ type, zxid: z }) => (z === undefined ? type : `${type} ${epochText(z)}`));
}

function epochText(z: number): string {
  return `${Math.floor(z / 0x100000000)}|${z % 0x100000000}`;
}

/** What a process that starts from this disk would know. */
function recovered(disk: DiskImage): { zxid: Zxid; digest: number; lastLogged: Zxid } {
  const opened = openDisk(structuredClone(disk));
  const loaded = loadDatabase(opened, () => undefined, 500);
  if ('error' in loaded) throw new Error(loaded.error);
  return {
    zxid: lastProcessedZxid(loaded.db),
    digest: treeDigestLike(loaded.db.tree),
    lastLogged: lastLoggedZxid(opened),
  };
}

describe('registering', () => {
  test('FOLLOWERINFO tells acceptedEpoch, ACKEPOCH the last logged zxid and currentEpoch', () => {
    const { server, conn } = learner();
    expect(server.packets(conn)).toEqual([
      { kind: 'FOLLOWERINFO', zxid: zxid(1, 0), sid: 1 },
      { kind: 'ACKEPOCH', zxid: zxid(1, 3), currentEpoch: 1 },
    ]);
  });

  test('a new epoch is on disk before ACKEPOCH', () => {
    const server = new LoneServer({ disk: diskWith(OLD, 1) });
    server.enter(3);
    const conn = server.learner.conn as string;
    server.answer(conn, 'accepted');
    server.say(conn, { kind: 'LEADERINFO', zxid: zxid(2, 0) });
    expect(server.kinds(conn)).toEqual(['FOLLOWERINFO']);
    server.runUntil((entry) => entry.type === 'acceptedEpoch');
    expect(server.disk['version-2/acceptedEpoch']).toEqual({ records: [2], synced: 1 });
    expect(server.state.currentEpoch).toBe(1);
    expect(server.kinds(conn)).toEqual(['FOLLOWERINFO', 'ACKEPOCH']);
  });

  test('an epoch accepted before is acknowledged by -1, an older one ends the role', () => {
    const disk = diskWith(OLD, 1);
    disk['version-2/acceptedEpoch'] = { records: [5], synced: 1 };
    const server = new LoneServer({ disk });
    const conn = server.followUntilAckEpoch(3, 5);
    expect(server.packets(conn)[1]).toMatchObject({ kind: 'ACKEPOCH', currentEpoch: -1 });
    server.act((s) => s.hand.leaveRole(s, 'test'));
    server.followUntilAckEpoch(2, 4);
    expect(server.state.peerState).toBe('LOOKING');
    expect(server.state.acceptedEpoch).toBe(5);
  });

  test('the leader is tried five times, 100 ms apart', () => {
    const server = new LoneServer();
    server.enter(3);
    for (let i = 1; i <= 5; i += 1) {
      const to3 = server.opened.filter(({ channel }) => channel === 'quorum');
      expect(to3).toHaveLength(i);
      expect(server.state.peerState).toBe('FOLLOWING');
      server.answer(to3.at(-1)?.conn as string, 'refused');
      if (i < 5) {
        server.run(99);
        expect(server.opened.filter(({ channel }) => channel === 'quorum')).toHaveLength(i);
        server.run(1);
      }
    }
    expect(server.state.peerState).toBe('LOOKING');
  });

  test('all tries together have initLimit ticks', () => {
    const server = new LoneServer();
    server.enter(3);
    server.run(19_990);
    expect(server.state.peerState).toBe('FOLLOWING');
    server.run(20);
    expect(server.state.peerState).toBe('LOOKING');
  });

  test('a read has initLimit ticks before NEWLEADER, syncLimit after it', () => {
    const { server, conn } = learner();
    server.say(conn, { kind: 'DIFF', zxid: zxid(1, 3) });
    expect(server.timerAtMs('learner.read')).toBe(server.now / 1000 + 20_000);
    server.say(conn, { kind: 'NEWLEADER', zxid: zxid(2, 0) });
    server.runUntil((entry) => entry.type === 'ack');
    expect(server.timerAtMs('learner.read')).toBe(server.now / 1000 + 10_000);
    server.run(10_001);
    expect(server.state.peerState).toBe('LOOKING');
  });

  test('a first synchronisation packet that is none of the three ends the process with 13', () => {
    const { server, conn } = learner();
    server.say(conn, { kind: 'COMMIT', zxid: zxid(1, 4) });
    expect(server.exit?.code).toBe(13);
  });
});

describe('DIFF', () => {
  test('fixed order: history appended and applied, forced, then currentEpoch, then the ack', () => {
    const { server, conn } = learner();
    server.say(conn, { kind: 'DIFF', zxid: zxid(1, 5) });
    sayHistory(server, conn, NEW);
    expect(steps(server)).toEqual([]);
    expect(lastProcessedZxid(server.state.db)).toBe(zxid(1, 3));
    server.proposal(conn, logged(zxid(2, 1)));
    server.say(conn, { kind: 'NEWLEADER', zxid: zxid(2, 0) });
    server.run(50);
    expect(steps(server)).toEqual([
      'append 1|4',
      'apply 1|4',
      'append 1|5',
      'apply 1|5',
      'fsync 1|5',
      'currentEpoch',
      'ack 2|0',
    ]);
    // Its processors are built at UPTODATE; what is not committed is logged then.
    expect(server.state.zks).toBeUndefined();
    server.say(conn, { kind: 'UPTODATE', zxid: zxid(0, 0) });
    server.run(50);
    expect(steps(server).slice(7)).toEqual([
      'ack 2|0',
      'serving',
      'append 2|1',
      'fsync 2|1',
      'ack 2|1',
    ]);
  });

  test('as recorded: currentEpoch, the ack, and only then the history, each txn with an ack', () => {
    const { server, conn } = learner(AS_RECORDED);
    server.say(conn, { kind: 'DIFF', zxid: zxid(1, 5) });
    sayHistory(server, conn, NEW);
    server.say(conn, { kind: 'NEWLEADER', zxid: zxid(2, 0) });
    server.run(50);
    expect(steps(server)).toEqual([
      'currentEpoch',
      'ack 2|0',
      'append 1|4',
      'append 1|5',
      'fsync 1|5',
      'ack 1|4',
      'ack 1|5',
    ]);
    // Nothing of it is seen before UPTODATE.
    expect(lastProcessedZxid(server.state.db)).toBe(zxid(1, 3));
    server.say(conn, { kind: 'UPTODATE', zxid: zxid(0, 0) });
    server.run(50);
    expect(lastProcessedZxid(server.state.db)).toBe(zxid(1, 5));
  });

  /** Every crash between two events from NEWLEADER to the ack. */
  function crashes(switches: string[]): { current: number; last: Zxid; acked: boolean }[] {
    const { server, conn } = learner(switches);
    server.say(conn, { kind: 'DIFF', zxid: zxid(1, 5) });
    sayHistory(server, conn, NEW);
    server.say(conn, { kind: 'NEWLEADER', zxid: zxid(2, 0) });
    const found: { current: number; last: Zxid; acked: boolean }[] = [];
    const until = server.now + 60_000;
    do {
      const after = server.crashed();
      expect(after.exit).toBeUndefined();
      expect(after.state.acceptedEpoch).toBe(2);
      const acked = server.kinds(conn).includes('ACK');
      found.push({
        current: after.state.currentEpoch,
        last: lastProcessedZxid(after.state.db),
        acked,
      });
    } while (server.step(until));
    return found;
  }

  test('fixed order: whatever the crash, who has the epoch or acknowledged it has its history', () => {
    const found = crashes([]);
    expect(found.length).toBeGreaterThanOrEqual(3);
    for (const { current, last, acked } of found) {
      if (current === 2 || acked) expect([current, last]).toEqual([2, zxid(1, 5)]);
    }
    // The points in between were met: nothing yet, the history alone, all of it.
    expect(found.some(({ current, last }) => current === 1 && last === zxid(1, 3))).toBe(true);
    expect(found.some(({ current, last }) => current === 1 && last === zxid(1, 5))).toBe(true);
    expect(found.some(({ acked }) => acked)).toBe(true);
  });

  test('as recorded: a crash leaves the epoch, acknowledged, without its history (ZOOKEEPER-4643)', () => {
    const found = crashes(AS_RECORDED);
    expect(found).toContainEqual({ current: 2, last: zxid(1, 3), acked: true });
  });

  test('what comes between NEWLEADER and UPTODATE enters the processors after UPTODATE, in order', () => {
    const { server, conn } = learner();
    server.say(conn, { kind: 'DIFF', zxid: zxid(1, 3) });
    server.say(conn, { kind: 'NEWLEADER', zxid: zxid(2, 0) });
    server.run(50);
    server.proposal(conn, logged(zxid(2, 1)));
    server.proposal(conn, logged(zxid(2, 2)));
    server.say(conn, { kind: 'COMMIT', zxid: zxid(2, 1) });
    server.say(conn, { kind: 'PING', zxid: zxid(2, 2) });
    server.run(50);
    expect(steps(server)).toEqual(['currentEpoch', 'ack 2|0']);
    expect(server.sent.some(({ packet }) => packet.kind === 'PING')).toBe(false);
    server.say(conn, { kind: 'UPTODATE', zxid: zxid(0, 0) });
    expect(server.learner.pendingTxns.map(({ zxid: z }) => z)).toEqual([zxid(2, 2)]);
    server.run(50);
    expect(lastProcessedZxid(server.state.db)).toBe(zxid(2, 1));
    expect(recovered(server.disk).lastLogged).toBe(zxid(2, 2));
  });

  test('clients are served from UPTODATE on', () => {
    const { server, conn } = learner();
    const connect = (name: string) => {
      const client = server.connect(name, 'probe 1' as never, 'client');
      server.say(client, {
        kind: 'CONNECT',
        lastZxidSeen: zxid(0, 0),
        timeOut: 30000,
        sessionId: '0000000000000000' as never,
        passwd: '0'.repeat(32),
      });
      return client;
    };
    server.say(conn, { kind: 'DIFF', zxid: zxid(1, 3) });
    server.say(conn, { kind: 'NEWLEADER', zxid: zxid(2, 0) });
    server.run(50);
    expect(server.closed.has(connect('a'))).toBe(true);
    server.say(conn, { kind: 'UPTODATE', zxid: zxid(0, 0) });
    expect(server.closed.has(connect('b'))).toBe(false);
  });

  test('a gap in the history of one epoch ends the role; as recorded it passes', () => {
    for (const history of [
      [zxid(1, 4), zxid(1, 6)],
      [zxid(1, 5), zxid(1, 6)],
    ]) {
      for (const switches of [[], AS_RECORDED]) {
        const { server, conn } = learner(switches);
        server.say(conn, { kind: 'DIFF', zxid: zxid(1, 6) });
        sayHistory(server, conn, history);
        const expected = switches.length === 0 ? 'LOOKING' : 'FOLLOWING';
        expect(server.state.peerState).toBe(expected);
      }
    }
  });

  test('the role ends between the history and its fsync: it is forced before it counts', () => {
    const { server, conn } = learner();
    server.say(conn, { kind: 'DIFF', zxid: zxid(1, 5) });
    sayHistory(server, conn, NEW);
    server.say(conn, { kind: 'NEWLEADER', zxid: zxid(2, 0) });
    server.act((s) => s.hand.leaveRole(s, 'test'));
    const last = lastProcessedZxid(server.state.db);
    expect(lastProcessedZxid(server.crashed().state.db)).toBe(last);
  });
});

describe('SNAP', () => {
  test('the snapshot is durable before currentEpoch and the ack', () => {
    const { server, conn } = learner();
    const image = imageAt([...OLD, ...NEW]);
    server.say(conn, { kind: 'SNAP', zxid: zxid(1, 5), image });
    sayHistory(server, conn, [zxid(1, 6)]);
    expect(lastProcessedZxid(server.state.db)).toBe(zxid(1, 6));
    server.say(conn, { kind: 'NEWLEADER', zxid: zxid(2, 0) });
    const before = server.crashed();
    expect(lastProcessedZxid(before.state.db)).toBe(zxid(1, 3));
    server.runUntil((entry) => entry.type === 'snapshot');
    expect(server.state.currentEpoch).toBe(1);
    const after = server.crashed();
    expect(lastProcessedZxid(after.state.db)).toBe(zxid(1, 6));
    expect(treeDigestLike(after.state.db.tree)).toBe(treeDigestLike(server.state.db.tree));
    server.run(50);
    expect(steps(server)).toEqual(['apply 1|6', 'snapshot 1|6', 'currentEpoch', 'ack 2|0']);
  });

  test('the leader lost before NEWLEADER: the tree is read from the disk again', () => {
    const { server, conn } = learner();
    const image = imageAt([...OLD, ...NEW]);
    server.say(conn, { kind: 'SNAP', zxid: zxid(1, 5), image });
    server.answer(conn, 'closed');
    expect(server.state.peerState).toBe('LOOKING');
    expect(lastProcessedZxid(server.state.db)).toBe(zxid(1, 3));
  });
});

describe('TRUNC', () => {
  test('cuts the log, and the state is that of the zxid named', () => {
    const { server, conn } = learner();
    server.say(conn, { kind: 'TRUNC', zxid: zxid(1, 1) });
    expect(recovered(server.disk)).toMatchObject({ zxid: zxid(1, 1), lastLogged: zxid(1, 1) });
    expect(lastProcessedZxid(server.state.db)).toBe(zxid(1, 1));
    const paths = imageOf(server.state.db).paths.filter((path) => path.startsWith('/n'));
    expect(paths).toEqual([`/n${zxid(1, 1)}`]);
    server.say(conn, { kind: 'NEWLEADER', zxid: zxid(2, 0) });
    server.run(50);
    expect(steps(server)).toEqual(['truncate 1|1', 'snapshot 1|1', 'currentEpoch', 'ack 2|0']);
  });

  test('what the leader commits behind it is in the snapshot of NEWLEADER', () => {
    const { server, conn } = learner();
    server.say(conn, { kind: 'TRUNC', zxid: zxid(1, 2) });
    sayHistory(server, conn, [zxid(2, 1)]);
    server.say(conn, { kind: 'NEWLEADER', zxid: zxid(2, 0) });
    server.run(50);
    const after = server.crashed();
    expect(lastProcessedZxid(after.state.db)).toBe(zxid(2, 1));
    expect(treeDigestLike(after.state.db.tree)).toBe(treeDigestLike(server.state.db.tree));
  });

  test('without a log to cut the process ends with 13', () => {
    const { server, conn } = learner([], []);
    server.say(conn, { kind: 'TRUNC', zxid: zxid(1, 1) });
    expect(server.exit?.code).toBe(13);
  });

  test('the leader lost before NEWLEADER: the memory holds what the disk holds', () => {
    const { server, conn } = learner();
    server.say(conn, { kind: 'TRUNC', zxid: zxid(1, 2) });
    sayHistory(server, conn, [zxid(1, 3)]);
    expect(lastProcessedZxid(server.state.db)).toBe(zxid(1, 3));
    server.answer(conn, 'closed');
    const disk = recovered(server.disk);
    expect(lastProcessedZxid(server.state.db)).toBe(disk.zxid);
    expect(treeDigestLike(server.state.db.tree)).toBe(disk.digest);
  });
});
