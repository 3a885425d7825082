import { describe, expect, test } from 'vitest';
import { GlobalPrimaryOrder, LocalPrimaryOrder, PrimaryIntegrity } from './primaryOrder';
import { at, established, judge, logs, txn, z } from './writtenTrace.test-support';

const good = [
  ...established(),
  at(1, 'propose', txn(z(1, 1))),
  at(1, 'propose', txn(z(1, 2))),
  ...logs(2, z(1, 1)),
  ...logs(2, z(1, 2)),
  at(2, 'apply', txn(z(1, 1))),
  at(2, 'apply', txn(z(1, 2))),
  at(2, 'lead', { epoch: 2 }),
  at(2, 'propose', txn(z(2, 1))),
  at(1, 'propose', txn(z(1, 3))),
  at(2, 'apply', txn(z(2, 1))),
];

describe.each([LocalPrimaryOrder, GlobalPrimaryOrder, PrimaryIntegrity])('$name', (check) => {
  test('holds when a new primary goes on where the old one was', () => {
    expect(judge(check, good)).toBeUndefined();
  });
});

test('LocalPrimaryOrder is broken when a proposal is delivered without the one before it', () => {
  const lines = [...good, at(3, 'apply', txn(z(1, 2)))];
  const broken = judge(LocalPrimaryOrder, lines);
  expect(broken?.event).toBe(lines.length);
  expect(broken?.explanation).toContain('without 0x100000001');
});

test('GlobalPrimaryOrder is broken when an older epoch is delivered after a newer one', () => {
  const lines = [...good, at(2, 'apply', txn(z(1, 3)))];
  expect(judge(GlobalPrimaryOrder, lines)?.event).toBe(lines.length);
});

test('PrimaryIntegrity is broken by a primary that lacks what was delivered before', () => {
  const lines = [...good, at(3, 'lead', { epoch: 3 }), at(3, 'propose', txn(z(3, 1)))];
  const broken = judge(PrimaryIntegrity, lines);
  expect(broken?.event).toBe(lines.length);
  expect(broken?.explanation).toContain('server 3 proposed in epoch 3');
});

test('PrimaryIntegrity is broken later, too, when a server delivers what the primary lacked', () => {
  const lines = [
    ...good,
    at(1, 'apply', txn(z(1, 1))),
    at(1, 'apply', txn(z(1, 2))),
    at(1, 'apply', txn(z(1, 3))),
  ];
  expect(judge(PrimaryIntegrity, lines)?.explanation).toContain('0x100000003, which server 1');
});
