/** Roles of real servers: ensembles of each size, a quorum lost and found, a pause. */
import { describe, expect, test } from 'vitest';
import { serverName } from '../../../bridge/names';
import { DEFAULT_ZOO_CONFIG } from '../../../zk/config';
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

const config = { ...DEFAULT_ZOO_CONFIG, tickTime: 200 };

describe.each([2, 3, 4, 5, 6, 7, 8, 9])('an ensemble of %i servers', (count) => {
  const quorum = Math.floor(count / 2) + 1;

  test('serves with a bare quorum, stops with one less, and serves again with it', () => {
    const e = servingEnsemble(count, { config });
    expect(leaderSid(e)).toBe(count);
    const client = newSession(e, count);
    const crash = (sid: number) => give(e, { type: 'crash', process: serverName(sid) });
    for (let sid = 1; sid <= count - quorum; sid += 1) crash(sid);
    client.send(create('/quorum'));
    pass(e, 100);
    expect(client.replies()).toMatchObject([{ err: 'OK' }]);
    crash(count - quorum + 1);
    client.send(create('/too-few'));
    pass(e, 2000);
    expect(client.replies()).toEqual([]);
    expect(leaderSid(e)).toBeUndefined();
    expect(client.isClosed()).toBe(true);
    give(e, { type: 'restart', process: serverName(1) });
    pass(e, 6000);
    const leader = leaderSid(e) ?? 0;
    const reader = newSession(e, leader);
    reader.send(getData('/quorum'));
    pass(e, 100);
    expect(reader.replies()).toMatchObject([{ err: 'OK' }]);
  });
});

describe('a paused process', () => {
  test('a follower that is away for longer than syncLimit comes back as a follower', () => {
    const e = servingEnsemble(3, { config });
    give(e, { type: 'pause', process: serverName(1) });
    pass(e, 3000);
    expect(serverState(e, 3)?.leader?.handlers[1]).toBeUndefined();
    const client = newSession(e, 2);
    client.send(create('/a'));
    pass(e, 50);
    expect(client.replies()).toMatchObject([{ err: 'OK' }]);
    expect(serverState(e, 1)?.peerState).toBe('FOLLOWING');
    give(e, { type: 'resume', process: serverName(1) });
    pass(e, 3000);
    expect(serverState(e, 1)?.zks?.serving).toBe(true);
    const digests = [1, 2, 3].map((sid) => serverState(e, sid)?.db.tree.table.digest);
    expect(new Set(digests).size).toBe(1);
  });

  test('a leader that is away is replaced, commits nothing when it wakes, and follows', () => {
    const e = servingEnsemble(3, { config });
    const old = newSession(e, 3);
    give(e, { type: 'pause', process: serverName(3) });
    pass(e, 10);
    old.send(create('/late'));
    passUntil(e, ({ type, process }) => type === 'established' && process !== serverName(3));
    pass(e, 500);
    const client = newSession(e, 1);
    client.send(create('/new'));
    pass(e, 100);
    expect(client.replies()).toMatchObject([{ err: 'OK' }]);
    give(e, { type: 'resume', process: serverName(3) });
    const from = e.trace.length;
    pass(e, 4000);
    const later = e.trace.slice(from);
    expect(later.some(({ type, epoch }) => type === 'commit' && epoch === 1)).toBe(false);
    expect(old.replies().filter(({ err }) => err === 'OK')).toEqual([]);
    expect(serverState(e, 3)?.peerState).toBe('FOLLOWING');
    const digests = [1, 2, 3].map((sid) => serverState(e, sid)?.db.tree.table.digest);
    expect(new Set(digests).size).toBe(1);
  });
});

test('a deposed leader that has not noticed answers reads and syncs, and commits no write', () => {
  const e = servingEnsemble(3, { config });
  const client = newSession(e, 3);
  const groups = [
    [serverName(3), client.name],
    [serverName(1), serverName(2)],
  ];
  give(e, { type: 'partition', groups });
  client.send(getData('/'));
  client.send({ op: 'sync', path: '/' });
  client.send(create('/lost'));
  client.send(getData('/'));
  pass(e, 300);
  expect(client.replies()).toMatchObject([
    { xid: 1, err: 'OK' },
    { xid: 2, err: 'OK' },
  ]);
  expect(serverState(e, 3)?.leader?.outstandingProposals).toHaveLength(1);
  pass(e, 3000);
  expect(client.isClosed()).toBe(true);
  expect(serverState(e, 3)?.peerState).toBe('LOOKING');
  // Its next vote counts the txn that nobody else has.
  expect(serverState(e, 3)?.db.tree.lastProcessedZxid).toBeGreaterThan(
    serverState(e, 3)?.db.committedLog.at(-2)?.hdr.zxid ?? 0,
  );
  give(e, { type: 'heal' });
  pass(e, 4000);
  // The others have a newer epoch: it is cut.
  expect(serverState(e, 3)?.peerState).toBe('FOLLOWING');
  const digests = [1, 2, 3].map((sid) => serverState(e, sid)?.db.tree.table.digest);
  expect(new Set(digests).size).toBe(1);
  const reader = newSession(e, 3);
  reader.send(getData('/lost'));
  pass(e, 50);
  expect(reader.replies()).toMatchObject([{ err: 'NONODE' }]);
});
