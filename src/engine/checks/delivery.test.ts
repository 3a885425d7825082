import { describe, expect, test } from 'vitest';
import type { Zxid } from '../../zk/ids';
import { Agreement, Integrity, PrefixConsistency, TotalOrder } from './delivery';
import { at, established, judge, logs, txn, z, type Written } from './writtenTrace.test-support';

/** Server 1 proposes, all log, all apply. */
const write = (zxid: Zxid, servers = [1, 2, 3]): Written[] => [
  at(1, 'propose', txn(zxid)),
  ...servers.flatMap((sid) => logs(sid, zxid)),
  at(1, 'commit', { zxid }),
  ...servers.map((sid) => at(sid, 'apply', txn(zxid))),
];

const good = [
  ...established(),
  ...write(z(1, 1)),
  ...write(z(1, 2), [1, 2]),
  ...write(z(1, 3), [1]),
];

/** Server 3 crashes with an uncommitted txn in its log, recovers, and is cut back before it follows. */
const recoveredTail = [
  ...good,
  ...logs(3, z(1, 9)),
  at(3, 'start'),
  at(3, 'load', { zxid: z(1, 9) }),
  at(3, 'truncate', { zxid: z(1, 1) }),
  ...logs(3, z(1, 2)),
  at(3, 'apply', txn(z(1, 2))),
  at(3, 'zabState', { name: 'BROADCAST' }),
];

describe.each([PrefixConsistency, Integrity, Agreement, TotalOrder])('$name', (check) => {
  test('holds while servers lag behind each other', () => {
    expect(judge(check, good)).toBeUndefined();
  });

  test('does not count what a recovery replays and a leader cuts off again', () => {
    expect(judge(check, recoveredTail)).toBeUndefined();
  });

  test('holds through many txns, most of them forgotten', () => {
    const many = Array.from({ length: 3000 }, (_, i) => write(z(1, i + 1))).flat();
    expect(judge(check, [...established(), ...many])).toBeUndefined();
  });

  test('holds for a server that comes back by SNAP', () => {
    const lines = [
      ...good,
      at(3, 'start'),
      at(3, 'load', { zxid: z(1, 1) }),
      at(1, 'syncMode', { sid: 3, name: 'SNAP', zxid: z(1, 3) }),
      at(3, 'load', { name: 'SNAP', zxid: z(1, 3) }),
      at(3, 'snapshot', { name: 'durable', zxid: z(1, 3) }),
      at(3, 'zabState', { name: 'BROADCAST' }),
      ...write(z(1, 4), [1, 3]),
    ];
    expect(judge(check, lines)).toBeUndefined();
  });
});

test('PrefixConsistency is broken when a server skips a txn', () => {
  const lines = [...good, ...logs(3, z(1, 3)), at(3, 'apply', txn(z(1, 3)))];
  const broken = judge(PrefixConsistency, lines);
  expect(broken?.event).toBe(lines.length);
  expect(broken?.explanation).toContain('elsewhere 0x100000002');
});

test('PrefixConsistency is broken when one zxid carries two txns', () => {
  const lines = [...good, at(3, 'apply', txn(z(1, 2), 77))];
  expect(judge(PrefixConsistency, lines)?.explanation).toContain('another txn');
});

test('PrefixConsistency is broken when a server enters BROADCAST with a tail that others replaced', () => {
  const lines = [
    ...established(),
    ...write(z(1, 1)),
    ...logs(3, z(1, 2)),
    at(3, 'start'),
    at(3, 'load', { zxid: z(1, 2) }),
    at(1, 'propose', txn(z(2, 1))),
    at(1, 'apply', txn(z(2, 1))),
    at(3, 'zabState', { name: 'BROADCAST' }),
  ];
  expect(judge(PrefixConsistency, lines)?.event).toBe(lines.length);
});

test('Integrity is broken by a txn that nobody proposed', () => {
  const lines = [...good, ...logs(2, z(1, 4)), at(2, 'apply', txn(z(1, 4)))];
  expect(judge(Integrity, lines)?.explanation).toContain('nobody proposed');
});

test('Integrity is broken when another request is delivered than was proposed', () => {
  const lines = [...good, at(2, 'apply', txn(z(1, 3), 12))];
  expect(judge(Integrity, lines)?.explanation).toContain('another request');
});

test('Integrity asks nothing of an ensemble of one', () => {
  const lines = [...established(1), at(1, 'apply', txn(z(0, 1)))];
  expect(judge(Integrity, lines, 1)).toBeUndefined();
});

test('Agreement is broken by two servers that each delivered what the other did not', () => {
  const lines = [
    ...established(),
    ...write(z(1, 1)),
    at(2, 'apply', txn(z(1, 2))),
    at(3, 'apply', txn(z(2, 1))),
  ];
  expect(judge(Agreement, lines)?.explanation).toContain('which server 3 did not');
});

test('TotalOrder is broken when a server delivers a txn without the one before it', () => {
  const lines = [
    ...established(),
    at(3, 'apply', txn(z(1, 2))),
    ...write(z(1, 1), [1]),
    at(1, 'apply', txn(z(1, 2))),
  ];
  expect(judge(TotalOrder, lines)?.event).toBe(lines.length);
});
