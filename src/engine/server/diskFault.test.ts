/** A failing disk under whoever writes to it. SyncThread has a test of its own. */
import { describe, expect, test } from 'vitest';
import { serverName } from '../../bridge/names';
import { DEFAULT_ZOO_CONFIG } from '../../zk/config';
import { createDatabase, imageOf } from '../database/zkDatabase';
import {
  create,
  give,
  newSession,
  pass,
  serverState,
  servingEnsemble,
  startEnsemble,
} from '../world/ensemble.test-support';
import { LoneServer, logged, zxid } from './loneServer.test-support';

const FAULTS = ['fail-append', 'fail-fsync', 'full'] as const;

describe.each(FAULTS)('%s', (fault) => {
  test('under acceptedEpoch ends the learner\u2019s role, and nothing is promised', () => {
    const learner = new LoneServer();
    learner.command({ type: 'disk', fault });
    const conn = learner.followUntilAckEpoch(3, 4);
    expect(learner.state.peerState).toBe('LOOKING');
    expect(learner.state.acceptedEpoch).toBe(0);
    expect(learner.kinds(conn)).toEqual(['FOLLOWERINFO']);
  });

  test('under currentEpoch ends the learner\u2019s role before the ack', () => {
    const learner = new LoneServer();
    const conn = learner.followUntilAckEpoch(3, 4);
    learner.command({ type: 'disk', fault });
    learner.say(conn, { kind: 'DIFF', zxid: zxid(0, 0) });
    learner.say(conn, { kind: 'NEWLEADER', zxid: zxid(4, 0) });
    learner.run(50);
    expect(learner.state.peerState).toBe('LOOKING');
    expect(learner.state.currentEpoch).toBe(0);
    expect(learner.kinds(conn).includes('ACK')).toBe(false);
  });

  test('under the history ends the learner\u2019s role; memory and disk are alike', () => {
    const learner = new LoneServer();
    const conn = learner.followUntilAckEpoch(3, 4);
    learner.command({ type: 'disk', fault });
    learner.say(conn, { kind: 'DIFF', zxid: zxid(3, 2) });
    for (const n of [1, 2]) {
      learner.proposal(conn, logged(zxid(3, n)));
      learner.say(conn, { kind: 'COMMIT', zxid: zxid(3, n) });
    }
    learner.say(conn, { kind: 'NEWLEADER', zxid: zxid(4, 0) });
    learner.run(50);
    expect(learner.state.peerState).toBe('LOOKING');
    expect(learner.state.currentEpoch).toBe(0);
    expect(learner.kinds(conn).includes('ACK')).toBe(false);
    expect(learner.state.threads.QuorumPeer?.blocked).toBe(false);
    const { lastProcessedZxid } = learner.crashed().state.db.tree;
    expect(learner.state.db.tree.lastProcessedZxid).toBe(lastProcessedZxid);
  });

  test('under the snapshot of a synchronisation ends the process with 10', () => {
    const learner = new LoneServer();
    const conn = learner.followUntilAckEpoch(3, 4);
    learner.command({ type: 'disk', fault });
    const db = createDatabase(10);
    learner.say(conn, { kind: 'SNAP', zxid: zxid(3, 1), image: imageOf(db) });
    learner.say(conn, { kind: 'NEWLEADER', zxid: zxid(4, 0) });
    learner.run(50);
    expect(learner.exit?.code).toBe(10);
  });

  test('under an epoch of the leader ends its role, and no learner hears of it', () => {
    const leader = new LoneServer({ sid: 3 });
    leader.enter(3);
    leader.command({ type: 'disk', fault });
    const conn = leader.learnerConnects(2);
    leader.run(20);
    expect(leader.state.peerState).toBe('LOOKING');
    expect(leader.state.acceptedEpoch).toBe(0);
    expect(leader.kinds(conn)).toEqual([]);
  });

  test('strikes once, a full disk until it is ok: afterwards the server works again', () => {
    const config = { ...DEFAULT_ZOO_CONFIG, tickTime: 200 };
    const e = servingEnsemble(3, { config });
    const client = newSession(e, 3);
    give(e, { type: 'disk', process: serverName(1), fault });
    client.send(create('/a'));
    pass(e, 2000);
    if (fault === 'full') {
      expect(serverState(e, 1)?.zks?.serving ?? false).toBe(false);
      give(e, { type: 'disk', process: serverName(1), fault: 'ok' });
      if (serverState(e, 1) === undefined) give(e, { type: 'restart', process: serverName(1) });
    }
    pass(e, 4000);
    const other = newSession(e, 2);
    other.send(create('/b'));
    pass(e, 100);
    expect([...client.replies(), ...other.replies()]).toMatchObject([{ err: 'OK' }, { err: 'OK' }]);
    expect(serverState(e, 1)?.zks?.serving).toBe(true);
    const digests = [1, 3].map((sid) => serverState(e, sid)?.db.tree.table.digest);
    expect(digests[0]).toBe(digests[1]);
  });
});

test.each(['fail-append', 'fail-fsync'] as const)(
  '%s that struck is over: the next incarnation does not get it again',
  (fault) => {
    const e = servingEnsemble(3, { config: { ...DEFAULT_ZOO_CONFIG, tickTime: 200 } });
    const record = () => e.run.world.processes.find(({ name }) => name === serverName(1));
    give(e, { type: 'disk', process: serverName(1), fault });
    give(e, { type: 'crash', process: serverName(1) });
    give(e, { type: 'restart', process: serverName(1) });
    // Nothing was written in between, so it is still to come, and strikes at the new epoch or txn.
    expect(record()?.diskFault?.fault).toBe(fault);
    newSession(e, 3).send(create('/a'));
    pass(e, 3000);
    expect(record()?.diskFault).toBeUndefined();
    if (record()?.status === 'running') give(e, { type: 'crash', process: serverName(1) });
    give(e, { type: 'restart', process: serverName(1) });
    pass(e, 3000);
    expect(serverState(e, 1)?.diskFault.fault).toBe('ok');
    expect(serverState(e, 1)?.zks?.serving).toBe(true);
  },
);

test('a leader that cannot write its first snapshot ends with 10', () => {
  const leader = new LoneServer({ sid: 3 });
  leader.command({ type: 'disk', fault: 'full' });
  leader.enter(3);
  expect(leader.exit?.code).toBe(10);
});

test('a standalone server that starts writes a snapshot of what it recovered', () => {
  const e = startEnsemble(1);
  pass(e, 100);
  const client = newSession(e, 1);
  client.send(create('/a'));
  pass(e, 50);
  give(e, { type: 'crash', process: serverName(1) });
  give(e, { type: 'restart', process: serverName(1) });
  pass(e, 50);
  const state = serverState(e, 1);
  const last = state?.db.tree.lastProcessedZxid ?? 0;
  expect(last).toBe(2);
  expect(state?.disk.snapshots.at(-1)).toBe(`version-2/snapshot.${last.toString(16)}`);
});
