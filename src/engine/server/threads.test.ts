/** Frozen, stepped, blocked and ended threads of a server. */
import { describe, expect, test } from 'vitest';
import { DEFAULT_TIMING } from '../../bridge/process';
import { serverName } from '../../bridge/names';
import {
  create,
  type Ensemble,
  getData,
  give,
  newSession,
  pass,
  serverState,
  servingEnsemble,
} from '../world/ensemble.test-support';
import { LoneServer, logged, zxid } from './loneServer.test-support';
import type { ServerState } from './machine';
import { serviceTime } from './threads';

/** How many items the thread finished at that server, pings and replays of nothing left out. */
function worked(e: Ensemble, sid: number, thread: string): number {
  return e.trace.filter(
    (entry) =>
      entry.head === true &&
      entry.process === serverName(sid) &&
      entry.thread === thread &&
      (entry.type === 'work' || entry.type === 'timer') &&
      entry.idle !== true,
  ).length;
}

/* Server 3 leads; 1 and 2 follow. */
const PROCESSORS: [thread: string, sid: number][] = [
  ['RequestThrottler', 1],
  ['FollowerRequestProcessor', 1],
  ['CommitProcessor', 1],
  ['SyncRequestProcessor', 3],
  ['PrepRequestProcessor', 3],
  ['Sender-1', 3],
];

describe('a frozen thread finishes what it has in hand and takes nothing more', () => {
  test.each(PROCESSORS)('%s of server %i', (thread, sid) => {
    const e = servingEnsemble(3);
    const client = newSession(e, 1);
    const process = serverName(sid);
    pass(e, 300);
    for (let i = 0; i < 3; i += 1) client.send(create(`/${i}`));
    // Let it have its first item in hand.
    for (let i = 0; i < 200; i += 1) {
      if (serverState(e, sid)?.threads[thread]?.busy === true) break;
      pass(e, 0.05);
    }
    expect(serverState(e, sid)?.threads[thread]?.busy).toBe(true);
    const before = worked(e, sid, thread);
    give(e, { type: 'freeze', process, thread });
    pass(e, 60);
    // Prep's item has three parts, SyncThread's one.
    const inHand = worked(e, sid, thread) - before;
    expect(inHand).toBe(thread === 'PrepRequestProcessor' ? 3 : 1);
    pass(e, 400);
    expect(worked(e, sid, thread) - before).toBe(inHand);
    give(e, { type: 'step', process, thread });
    pass(e, 60);
    expect(worked(e, sid, thread) - before).toBe(2 * inHand);
    give(e, { type: 'thaw', process, thread });
    pass(e, 400);
    expect(client.replies().map(({ xid, err }) => [xid, err])).toEqual([
      [1, 'OK'],
      [2, 'OK'],
      [3, 'OK'],
    ]);
  });

  test('a frozen worker of CommitProcessor holds the reads of its sessions and all writes', () => {
    const e = servingEnsemble(3);
    const [reader, writer] = [newSession(e, 1), newSession(e, 3)];
    for (const worker of [0, 1]) {
      const thread = `CommitProcWorkThread-${worker}`;
      give(e, { type: 'freeze', process: serverName(1), thread });
    }
    reader.send(getData('/'));
    pass(e, 50);
    writer.send(create('/a'));
    pass(e, 100);
    expect(reader.replies()).toEqual([]);
    // The leader has applied it; the follower has it committed and waits for the read.
    expect(writer.replies()).toHaveLength(1);
    expect(serverState(e, 1)?.zks?.commit.committedRequests).toHaveLength(1);
    for (const worker of [0, 1]) {
      const thread = `CommitProcWorkThread-${worker}`;
      give(e, { type: 'thaw', process: serverName(1), thread });
    }
    pass(e, 50);
    expect(reader.replies()).toHaveLength(1);
    expect(serverState(e, 1)?.zks?.commit.committedRequests).toHaveLength(0);
  });
});

describe('a frozen reader', () => {
  const READERS: [thread: string, sid: number][] = [
    ['NIOWorkerThread', 1],
    ['QuorumPeer', 1],
    ['LearnerHandler-1', 3],
  ];
  test.each(READERS)(
    '%s of server %i: messages wait, then happen in their order',
    (thread, sid) => {
      const e = servingEnsemble(3);
      const client = newSession(e, 1);
      pass(e, 200);
      give(e, { type: 'freeze', process: serverName(sid), thread });
      for (let i = 0; i < 3; i += 1) client.send(create(`/${i}`));
      pass(e, 300);
      expect(client.replies()).toEqual([]);
      const waiting = (serverState(e, sid) as ServerState).threads[thread]?.stalled.length ?? 0;
      expect(waiting).toBeGreaterThan(2);
      give(e, { type: 'step', process: serverName(sid), thread });
      pass(e, 10);
      const taken = e.trace.filter(
        (entry) => entry.type === 'work' && entry.thread === thread && entry.name === 'message',
      );
      expect(taken).toHaveLength(1);
      give(e, { type: 'thaw', process: serverName(sid), thread });
      pass(e, 400);
      expect(client.replies().map(({ xid }) => xid)).toEqual([1, 2, 3]);
    },
  );

  test('the end of a stream is read behind what came before it', () => {
    const follower = new LoneServer();
    const conn = follower.follow(3, 1);
    follower.command({ type: 'freeze', thread: 'QuorumPeer' });
    follower.proposal(conn, logged(zxid(1, 1)));
    follower.answer(conn, 'closed');
    follower.run(100);
    expect(follower.state.peerState).toBe('FOLLOWING');
    follower.command({ type: 'thaw', thread: 'QuorumPeer' });
    follower.run(1);
    expect(follower.state.peerState).toBe('LOOKING');
    expect(follower.entries('append').map((entry) => entry.zxid)).toEqual([zxid(1, 1)]);
  });

  test('who connects to the leader says nothing while its thread is frozen', () => {
    const follower = new LoneServer();
    follower.enter(3);
    const conn = follower.learner.conn as string;
    follower.command({ type: 'freeze', thread: 'QuorumPeer' });
    follower.answer(conn, 'accepted');
    follower.run(10);
    expect(follower.kinds(conn)).toEqual([]);
    follower.command({ type: 'thaw', thread: 'QuorumPeer' });
    follower.run(1);
    expect(follower.kinds(conn)).toEqual(['FOLLOWERINFO']);
  });

  test('frozen again before the first of the waiting happened, it takes none', () => {
    const follower = new LoneServer();
    const conn = follower.follow(3, 1);
    follower.command({ type: 'freeze', thread: 'QuorumPeer' });
    for (const n of [1, 2, 3]) follower.proposal(conn, logged(zxid(1, n)));
    follower.command({ type: 'thaw', thread: 'QuorumPeer' });
    follower.step();
    follower.command({ type: 'freeze', thread: 'QuorumPeer' });
    follower.run(100);
    expect(follower.learner.pendingTxns.map(({ zxid: z }) => z)).toEqual([zxid(1, 1)]);
    // What comes while the waiting ones happen goes behind them.
    follower.command({ type: 'thaw', thread: 'QuorumPeer' });
    follower.proposal(conn, logged(zxid(1, 4)));
    follower.run(100);
    expect(follower.learner.pendingTxns.map(({ zxid: z }) => z)).toEqual(
      [1, 2, 3, 4].map((n) => zxid(1, n)),
    );
  });

  test('a step of an idle reader is for the next message alone', () => {
    const follower = new LoneServer();
    const conn = follower.follow(3, 1);
    follower.command({ type: 'freeze', thread: 'QuorumPeer' });
    follower.command({ type: 'stepThread', thread: 'QuorumPeer' });
    follower.proposal(conn, logged(zxid(1, 1)));
    follower.proposal(conn, logged(zxid(1, 2)));
    follower.run(10);
    expect(follower.learner.pendingTxns).toHaveLength(1);
  });

  test('a read does not time out for what lay there to be read', () => {
    const follower = new LoneServer({ config: { tickTime: 200 } });
    const conn = follower.follow(3, 1);
    follower.command({ type: 'freeze', thread: 'QuorumPeer' });
    follower.say(conn, { kind: 'PING', zxid: zxid(1, 0) });
    follower.run(3000);
    follower.command({ type: 'thaw', thread: 'QuorumPeer' });
    follower.run(500);
    expect(follower.state.peerState).toBe('FOLLOWING');
    // Nothing more comes: syncLimit ticks after the ping it gives up.
    follower.run(600);
    expect(follower.state.peerState).toBe('LOOKING');
  });

  test('with nothing to read the timeout that passed counts at the thaw', () => {
    const follower = new LoneServer({ config: { tickTime: 200 } });
    follower.follow(3, 1);
    follower.command({ type: 'freeze', thread: 'QuorumPeer' });
    follower.run(3000);
    expect(follower.state.peerState).toBe('FOLLOWING');
    follower.command({ type: 'thaw', thread: 'QuorumPeer' });
    follower.run(1);
    expect(follower.state.peerState).toBe('LOOKING');
  });

  test('a frozen SessionTracker closes nobody; after the thaw it does', () => {
    const e = servingEnsemble(3, {
      config: { ...servingEnsemble(1).run.world.config.config, tickTime: 200 },
    });
    const client = newSession(e, 3, 400);
    give(e, { type: 'freeze', process: serverName(3), thread: 'SessionTracker' });
    pass(e, 2000);
    expect(client.isClosed()).toBe(false);
    give(e, { type: 'thaw', process: serverName(3), thread: 'SessionTracker' });
    pass(e, 200);
    expect(client.isClosed()).toBe(true);
  });
});

describe('a learner that writes to its disk', () => {
  test('reads nothing meanwhile, the end of the stream neither', () => {
    const learner = new LoneServer();
    learner.enter(3);
    const conn = learner.learner.conn as string;
    learner.answer(conn, 'accepted');
    learner.say(conn, { kind: 'LEADERINFO', zxid: zxid(4, 0) });
    learner.answer(conn, 'closed');
    expect(learner.state.peerState).toBe('FOLLOWING');
    learner.run(20);
    expect(learner.state.acceptedEpoch).toBe(4);
    expect(learner.state.peerState).toBe('LOOKING');
  });

  test('has no read that could time out: a slow disk does not end its role', () => {
    const learner = new LoneServer({ config: { tickTime: 200, initLimit: 10 } });
    learner.command({ type: 'disk', fault: 'slow', extraMicros: 5_000_000 });
    learner.enter(3);
    const conn = learner.learner.conn as string;
    learner.answer(conn, 'accepted');
    learner.say(conn, { kind: 'LEADERINFO', zxid: zxid(1, 0) });
    learner.run(5006);
    expect(learner.kinds(conn)).toEqual(['FOLLOWERINFO', 'ACKEPOCH']);
    // The next read has its full time again.
    expect(learner.timerAtMs('learner.read')).toBe(5005 + 2000);
    learner.run(2000);
    expect(learner.state.peerState).toBe('LOOKING');
  });

  test('frozen meanwhile it finishes that write and reads no further', () => {
    const learner = new LoneServer();
    const conn = learner.followUntilAckEpoch(3, 1);
    learner.say(conn, { kind: 'DIFF', zxid: zxid(0, 0) });
    learner.say(conn, { kind: 'NEWLEADER', zxid: zxid(1, 0) });
    learner.say(conn, { kind: 'UPTODATE', zxid: zxid(0, 0) });
    learner.command({ type: 'freeze', thread: 'QuorumPeer' });
    learner.run(100);
    expect(learner.state.currentEpoch).toBe(1);
    expect(learner.learner.phase).toBe('syncing');
    learner.command({ type: 'stepThread', thread: 'QuorumPeer' });
    learner.run(1);
    expect(learner.learner.phase).toBe('BROADCAST');
  });
});

describe('a change of role leaves no work behind', () => {
  test('the leader that stops leading does not carry on what its threads had in hand', () => {
    const leader = new LoneServer({ sid: 3 });
    const conn = leader.leadWith(2);
    leader.act((s) => {
      s.hand.submitRequest(s, {
        ref: { sessionId: '0300000000000000' as never, cxid: 0, op: 'createSession' },
        sessionId: '0300000000000000' as never,
        cxid: 0,
        body: { op: 'createSession', timeOut: 30000 },
        authInfo: [],
        isLocalSession: false,
        isThrottled: false,
        largeBytes: 0,
        createdAt: 0,
        owner: 'me',
        zxid: zxid(0, 0),
        cause: 0 as never,
      });
    });
    leader.runUntil((entry) => entry.type === 'propose');
    const { serial } = leader.state.threads.PrepRequestProcessor as { serial: number };
    leader.act((s) => s.hand.leaveRole(s, 'test'));
    expect(leader.state.threads.PrepRequestProcessor).toBeUndefined();
    const at = leader.trace.length;
    leader.run(100);
    const later = leader.trace.slice(at);
    expect(later.filter(({ thread }) => thread === 'PrepRequestProcessor')).toMatchObject([
      { name: 'void', idle: true },
    ]);
    expect(leader.kinds(conn).includes('COMMIT')).toBe(false);
    expect(serial).toBeGreaterThan(0);
  });

  test('a write of the old role does not count in the new one', () => {
    const learner = new LoneServer();
    learner.command({ type: 'disk', fault: 'slow', extraMicros: 1_000_000 });
    const connectedTo = (leader: number, epoch: number) => {
      learner.enter(leader);
      const conn = learner.learner.conn as string;
      learner.answer(conn, 'accepted');
      learner.say(conn, { kind: 'LEADERINFO', zxid: zxid(epoch, 0) });
    };
    connectedTo(3, 7);
    learner.run(500);
    learner.act((s) => s.hand.leaveRole(s, 'test'));
    expect(learner.state.threads.QuorumPeer?.blocked).toBe(false);
    connectedTo(2, 8);
    learner.run(800);
    expect(learner.state.acceptedEpoch).toBe(0);
    learner.run(800);
    expect(learner.state.acceptedEpoch).toBe(8);
  });

  test('an item of the old role\u2019s thread does not end that of the new one of the same name', () => {
    const follower = new LoneServer({ timing: { append: 1_000_000 } });
    const first = follower.follow(3, 1);
    follower.proposal(first, logged(zxid(1, 1)));
    follower.run(500);
    follower.act((s) => s.hand.leaveRole(s, 'test'));
    const second = follower.follow(2, 2);
    follower.proposal(second, logged(zxid(2, 1)));
    follower.run(700);
    const appended = () => follower.entries('append').map((entry) => entry.zxid);
    expect(appended()).toEqual([zxid(1, 1)]);
    follower.run(800);
    expect(appended()).toEqual([zxid(1, 1), zxid(2, 1)]);
  });

  test('a timer of the old role that waited for a frozen thread is void', () => {
    const leader = new LoneServer({ sid: 3 });
    leader.leadWith(2);
    leader.command({ type: 'freeze', thread: 'QuorumPeer' });
    leader.run(1500);
    expect(leader.state.threads.QuorumPeer?.stalled).toHaveLength(1);
    leader.act((s) => s.hand.leaveRole(s, 'test'));
    leader.enter(3);
    leader.command({ type: 'thaw', thread: 'QuorumPeer' });
    leader.run(100);
    expect(leader.entries('timer')).toEqual([]);
    expect(leader.timerAtMs('leader.tick')).toBeUndefined();
    expect(leader.leader.tickSkip).toBe(true);
  });
});

describe('service times', () => {
  test('are whole microseconds whatever a person sets', () => {
    const e = servingEnsemble(3);
    const client = newSession(e, 1);
    for (const sid of [1, 2, 3]) {
      const process = serverName(sid);
      give(e, { type: 'set', process, key: 'processor', value: '0.333' });
      give(e, { type: 'set', process, key: 'Sender', value: '0.0015' });
    }
    client.send(create('/a'));
    pass(e, 100);
    expect(client.replies()).toMatchObject([{ err: 'OK' }]);
  });

  test('set at one server they are not those of another', () => {
    const e = servingEnsemble(3);
    give(e, { type: 'set', process: serverName(1), key: 'processor', value: '7' });
    give(e, { type: 'set', process: serverName(1), key: 'SyncRequestProcessor', value: '8' });
    pass(e, 1);
    expect(serverState(e, 1)?.spec.timing).toMatchObject({
      processor: 7000,
      threads: { SyncRequestProcessor: 8000 },
    });
    for (const timing of [serverState(e, 2)?.spec.timing, DEFAULT_TIMING]) {
      expect(timing).toEqual({ processor: 200, fsync: 5000, append: 50, threads: {} });
    }
  });

  test('a numbered thread has its own, else that of its kind, else the standard', () => {
    const server = new LoneServer({ timing: { threads: { Sender: 70, 'Sender-2': 90 } } });
    const of = (name: string) => server.act((s) => serviceTime(s, name, 12.7));
    expect([of('Sender-2'), of('Sender-1'), of('PrepRequestProcessor')]).toEqual([90, 70, 13]);
  });

  test('a value that is no number of ms changes nothing', () => {
    const server = new LoneServer();
    for (const value of ['x', '-1', 'Infinity']) {
      server.command({ type: 'set', key: 'processor', value });
      server.command({ type: 'set', key: 'Sender', value });
    }
    expect(server.state.spec.timing).toEqual(DEFAULT_TIMING);
  });
});
