import { describe, expect, test } from 'vitest';
import type { ProcessName } from '../../bridge/names';
import { CheckDuringAction, CommitOrder, NoCommitWithoutProposal } from './commits';
import { EpochMonotonic, ZxidMonotonicPerLog } from './epochs';
import { ReplicaEquality } from './replicas';
import { at, established, judge, logs, txn, z } from './writtenTrace.test-support';

describe('EpochMonotonic', () => {
  test('holds through elections and restarts', () => {
    const lines = [
      ...established(),
      ...logs(1, z(1, 1)),
      at(1, 'start'),
      at(1, 'acceptedEpoch', { epoch: 2 }),
      at(1, 'currentEpoch', { epoch: 2 }),
      ...logs(1, z(2, 1)),
    ];
    expect(judge(EpochMonotonic, lines)).toBeUndefined();
  });

  test('is broken by an accepted epoch that falls', () => {
    const lines = [
      ...established(),
      at(2, 'acceptedEpoch', { epoch: 3 }),
      at(2, 'acceptedEpoch', { epoch: 2 }),
    ];
    expect(judge(EpochMonotonic, lines)?.explanation).toContain('falls from 3 to 2');
  });

  test('is broken by a current epoch above the accepted one', () => {
    const lines = [...established(), at(2, 'currentEpoch', { epoch: 2 })];
    expect(judge(EpochMonotonic, lines)?.event).toBe(lines.length);
  });

  test('lets a learner log the history of an epoch that it is about to adopt', () => {
    const lines = [
      ...established(),
      at(2, 'acceptedEpoch', { epoch: 2 }),
      at(2, 'zabState', { name: 'SYNCHRONIZATION' }),
      at(2, 'append', txn(z(2, 1))),
    ];
    expect(judge(EpochMonotonic, lines)).toBeUndefined();
  });

  test('is broken by a txn of an epoch that the server has not adopted', () => {
    const lines = [...established(), at(2, 'append', txn(z(2, 1)))];
    expect(judge(EpochMonotonic, lines)?.explanation).toContain('in its epoch 1');
  });
});

describe('ZxidMonotonicPerLog', () => {
  const good = [...established(), ...logs(2, z(1, 1)), ...logs(2, z(1, 2))];

  test('holds across a truncation, a lost tail and a new epoch', () => {
    const lines = [
      ...good,
      at(2, 'truncate', { zxid: z(1, 1) }),
      ...logs(2, z(1, 2)),
      at(2, 'append', txn(z(1, 3))),
      at(2, 'start'),
      at(2, 'load', { zxid: z(1, 2) }),
      ...logs(2, z(1, 3)),
      ...logs(2, z(2, 1)),
    ];
    expect(judge(ZxidMonotonicPerLog, lines)).toBeUndefined();
  });

  test('goes on from a snapshot that was ahead of the log when the server died', () => {
    const lines = (loaded: number) => [
      ...good,
      at(2, 'apply', txn(z(1, 1))),
      at(2, 'apply', txn(z(1, 2))),
      at(2, 'apply', txn(z(1, 3))),
      at(2, 'apply', txn(z(1, 4))),
      at(2, 'snapshot', { zxid: z(1, 4) }),
      at(2, 'start'),
      at(2, 'load', { name: 'start', zxid: z(1, loaded) }),
      at(2, 'append', txn(z(1, 5))),
    ];
    expect(judge(ZxidMonotonicPerLog, lines(4))).toBeUndefined();
    expect(judge(ZxidMonotonicPerLog, lines(3))?.event).toBe(lines(3).length);
  });

  test('goes on from a snapshot that stands for txns which were never logged', () => {
    const lines = [
      ...good,
      at(2, 'truncate', { zxid: z(1, 1) }),
      at(2, 'apply', txn(z(1, 2), 9)),
      at(2, 'apply', txn(z(1, 3), 9)),
      at(2, 'snapshot', { name: 'durable', zxid: z(1, 3) }),
      ...logs(2, z(1, 4)),
    ];
    expect(judge(ZxidMonotonicPerLog, lines)).toBeUndefined();
  });

  test.each([
    ['a repeated zxid', z(1, 2)],
    ['a gap', z(1, 4)],
    ['an epoch that does not begin with 1', z(2, 2)],
  ])('is broken by %s', (_, zxid) => {
    const lines = [...good, at(2, 'append', txn(zxid))];
    expect(judge(ZxidMonotonicPerLog, lines)?.event).toBe(lines.length);
  });
});

describe('CommitOrder', () => {
  const commit = (zxid: ReturnType<typeof z>) =>
    at(2, 'enqueue', { queue: 'committedRequests', ...txn(zxid) });
  const good = [
    ...established(),
    commit(z(1, 1)),
    at(2, 'enqueue', {
      queue: 'committedRequests',
      request: { sessionId: '1' as never, cxid: 9, op: 'sync' },
    }),
    at(2, 'enqueue', { queue: 'queuedRequests', ...txn(z(1, 1)) }),
    commit(z(1, 2)),
  ];

  test('holds for a growing queue with syncs between', () => {
    expect(judge(CommitOrder, good)).toBeUndefined();
  });

  test('begins anew with each role period', () => {
    const lines = [...good, at(2, 'zabState', { name: 'ELECTION' }), commit(z(1, 2))];
    expect(judge(CommitOrder, lines)).toBeUndefined();
  });

  test('is broken by a commit that comes twice', () => {
    expect(judge(CommitOrder, [...good, commit(z(1, 2))])?.event).toBe(good.length + 1);
  });
});

describe('NoCommitWithoutProposal', () => {
  const packet = (
    kind: 'PROPOSAL' | 'COMMIT' | 'LEADERINFO' | 'SNAP',
    zxid: ReturnType<typeof z>,
  ) => at(2, 'deliver', { kind, zxid, peer: '1' as ProcessName, channel: 'quorum' });
  const good = [
    ...established(),
    packet('PROPOSAL', z(1, 1)),
    packet('PROPOSAL', z(1, 2)),
    packet('COMMIT', z(1, 1)),
  ];

  test('holds when each COMMIT has its PROPOSAL before it', () => {
    expect(judge(NoCommitWithoutProposal, [...good, packet('COMMIT', z(1, 2))])).toBeUndefined();
  });

  test('holds when a snapshot of this connection covers it', () => {
    const lines = [
      ...good,
      packet('LEADERINFO', z(2, 0)),
      packet('SNAP', z(1, 5)),
      packet('COMMIT', z(1, 5)),
    ];
    expect(judge(NoCommitWithoutProposal, lines)).toBeUndefined();
  });

  test('is broken by a COMMIT alone', () => {
    expect(judge(NoCommitWithoutProposal, [...good, packet('COMMIT', z(1, 3))])?.event).toBe(
      good.length + 1,
    );
  });

  test('does not count a PROPOSAL of an older connection', () => {
    const lines = [...good, packet('LEADERINFO', z(2, 0)), packet('COMMIT', z(1, 2))];
    expect(judge(NoCommitWithoutProposal, lines)?.event).toBe(lines.length);
  });
});

describe('CheckDuringAction', () => {
  test('holds while no handler complains', () => {
    expect(judge(CheckDuringAction, established())).toBeUndefined();
  });

  test('is broken by what a handler found, in its words', () => {
    const lines = [
      ...established(),
      at(2, 'violation', { name: 'commitInconsistent', zxid: z(1, 7) }),
    ];
    expect(judge(CheckDuringAction, lines)?.explanation).toBe(
      'server 2: commitInconsistent at 0x100000007',
    );
  });
});

describe('ReplicaEquality', () => {
  const applied = (sid: number, counter: number, tree: number) =>
    at(sid, 'apply', { ...txn(z(1, counter)), detail: { tree } });
  const good = [...established(), applied(1, 1, 11), applied(1, 2, 22), applied(2, 1, 11)];

  test('holds while servers differ only in how far they are', () => {
    expect(judge(ReplicaEquality, [...good, applied(2, 2, 22)])).toBeUndefined();
  });

  test('holds for what the leader calls its state when it begins to serve', () => {
    const load = (sid: number, tree: number) =>
      at(sid, 'load', { zxid: z(2, 0), detail: { tree } });
    expect(judge(ReplicaEquality, [...good, load(1, 1), load(2, 2)])).toBeUndefined();
  });

  test('is broken by another tree at the same zxid, a loaded one too', () => {
    const lines = [...good, at(3, 'load', { zxid: z(1, 2), detail: { tree: 23 } })];
    expect(judge(ReplicaEquality, lines)?.explanation).toBe(
      'servers 1 and 3 differ at 0x100000002',
    );
  });
});
