import { describe, expect, test } from 'vitest';
import {
  AckAfterFsync,
  CommittedNeverLost,
  EpochImpliesHistory,
  QuorumDurable,
} from './durability';
import { at, established, judge, logs, txn, z } from './writtenTrace.test-support';

const good = [
  ...established(),
  at(1, 'propose', txn(z(1, 1))),
  ...logs(2, z(1, 1)),
  ...logs(3, z(1, 1)),
  at(1, 'commit', { zxid: z(1, 1) }),
  ...logs(1, z(1, 1)),
  ...[1, 2, 3].map((sid) => at(sid, 'apply', txn(z(1, 1)))),
];

describe.each([AckAfterFsync, QuorumDurable, CommittedNeverLost, EpochImpliesHistory])(
  '$name',
  (check) => {
    test('holds when followers alone are the quorum', () => {
      expect(judge(check, good)).toBeUndefined();
    });
  },
);

describe('AckAfterFsync', () => {
  test('is broken by an ACK between append and fsync', () => {
    const lines = [...good, at(2, 'append', txn(z(1, 2))), at(2, 'ack', { zxid: z(1, 2) })];
    expect(judge(AckAfterFsync, lines)?.event).toBe(lines.length);
  });

  test('is broken by an ACK of what was truncated', () => {
    const lines = [
      ...good,
      ...logs(2, z(1, 2)),
      at(2, 'truncate', { zxid: z(1, 1) }),
      at(2, 'ack', { zxid: z(1, 2) }),
    ];
    expect(judge(AckAfterFsync, lines)?.event).toBe(lines.length);
  });

  test('is broken by an ACK of NEWLEADER while the history is not on disk', () => {
    const lines = [
      ...good,
      at(2, 'zabState', { name: 'SYNCHRONIZATION' }),
      at(2, 'append', txn(z(1, 2))),
      at(2, 'ack', { zxid: z(2, 0) }),
    ];
    expect(judge(AckAfterFsync, lines)?.explanation).toContain('NEWLEADER');
  });

  test('lets the ACK of UPTODATE pass, which promises nothing', () => {
    const lines = [
      ...good,
      at(2, 'zabState', { name: 'SYNCHRONIZATION' }),
      at(2, 'ack', { zxid: z(2, 0) }),
      at(2, 'append', txn(z(1, 2))),
      at(2, 'ack', { zxid: z(2, 0) }),
    ];
    expect(judge(AckAfterFsync, lines)).toBeUndefined();
  });
});

describe('QuorumDurable', () => {
  test('is broken by a commit that one of three has on disk', () => {
    const lines = [...good, ...logs(1, z(1, 2)), at(1, 'commit', { zxid: z(1, 2) })];
    expect(judge(QuorumDurable, lines)?.explanation).toContain('only 1 of 3');
  });

  test('is broken when a crash took an appended txn that was counted', () => {
    const lines = [
      ...good,
      ...logs(1, z(1, 2)),
      at(2, 'append', txn(z(1, 2))),
      at(2, 'start'),
      at(2, 'load', { zxid: z(1, 1) }),
      at(1, 'commit', { zxid: z(1, 2) }),
    ];
    expect(judge(QuorumDurable, lines)?.event).toBe(lines.length);
  });
});

describe('CommittedNeverLost', () => {
  test('holds while a quorum keeps what one learner is told to cut and gets again', () => {
    expect(judge(CommittedNeverLost, [...good, at(3, 'truncate', { zxid: z(0, 0) })])).toBe(
      undefined,
    );
  });

  test('is broken by truncations that leave a committed txn without its quorum', () => {
    const lines = [
      ...good,
      at(3, 'truncate', { zxid: z(0, 0) }),
      at(2, 'truncate', { zxid: z(0, 0) }),
    ];
    expect(judge(CommittedNeverLost, lines)?.explanation).toContain('below 0x100000001');
  });

  test('holds when an uncommitted tail is truncated', () => {
    const lines = [...good, ...logs(3, z(1, 2)), at(3, 'truncate', { zxid: z(1, 1) })];
    expect(judge(CommittedNeverLost, lines)).toBeUndefined();
  });

  test('is broken by a leader that begins to serve without a committed txn', () => {
    const lines = [
      ...good,
      at(3, 'start'),
      at(3, 'load', { zxid: z(0, 0) }),
      at(3, 'established', { epoch: 2, zxid: z(2, 0) }),
    ];
    expect(judge(CommittedNeverLost, lines)?.event).toBe(lines.length);
  });

  const overtaken = [
    ...good,
    at(2, 'established', { epoch: 3, zxid: z(3, 0) }),
    ...logs(2, z(3, 1)),
    ...logs(3, z(3, 1)),
    at(2, 'commit', { zxid: z(3, 1) }),
    // It had slept on the acks of NEWLEADER while the others went on to epoch 3.
    at(1, 'established', { epoch: 2, zxid: z(2, 0) }),
  ];

  test('holds when a leader that slept begins to serve an older epoch', () => {
    expect(judge(CommittedNeverLost, overtaken)).toBeUndefined();
  });

  test('remembers meanwhile what the newer epoch committed', () => {
    const lines = [
      ...overtaken,
      at(3, 'load', { zxid: z(1, 1) }),
      at(3, 'established', { epoch: 4, zxid: z(4, 0) }),
    ];
    expect(judge(CommittedNeverLost, lines)?.explanation).toContain('without 0x300000001');
  });

  test('counts what a leader began to serve with as committed', () => {
    const lines = [
      ...good,
      ...logs(2, z(1, 2)),
      at(2, 'load', { zxid: z(1, 2) }),
      at(2, 'established', { epoch: 2, zxid: z(2, 0) }),
      at(2, 'truncate', { zxid: z(1, 1) }),
    ];
    expect(judge(CommittedNeverLost, lines)?.explanation).toContain('below 0x100000002');
  });
});

describe('EpochImpliesHistory', () => {
  test('is broken by a learner that adopts the epoch before it has the history', () => {
    const lines = [
      ...good,
      ...logs(1, z(1, 2)),
      at(1, 'load', { zxid: z(1, 2) }),
      at(1, 'lead', { epoch: 2 }),
      at(2, 'currentEpoch', { epoch: 2 }),
    ];
    expect(judge(EpochImpliesHistory, lines)?.explanation).toContain('without 0x100000002');
  });

  test('holds when the learner wrote it first', () => {
    const lines = [
      ...good,
      ...logs(1, z(1, 2)),
      at(1, 'load', { zxid: z(1, 2) }),
      at(1, 'lead', { epoch: 2 }),
      ...logs(2, z(1, 2)),
      at(2, 'currentEpoch', { epoch: 2 }),
    ];
    expect(judge(EpochImpliesHistory, lines)).toBeUndefined();
  });
});
