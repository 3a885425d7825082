import { describe, expect, test } from 'vitest';
import type { ProcessView, RoleSection } from '../../../bridge/frame';
import { composeFrame, flyingAcks } from './composition';
import { frame, role, server, z } from './fixtures/build';
import { fiveInElection, leaderCrashed, standalone, writeAtFollower } from './fixtures/frames';

describe('who takes the upper place', () => {
  test('the leader', () => {
    expect(composeFrame(writeAtFollower(), 1)).toEqual({ composition: 'line', top: 3 });
  });

  test('a dead leader while somebody still follows it', () => {
    expect(composeFrame(leaderCrashed(), 3)).toEqual({ composition: 'line', top: 3 });
  });

  test('nobody in an election: who had it keeps it, else the largest sid', () => {
    expect(composeFrame(fiveInElection(), 4)).toEqual({ composition: 'ring', top: 4 });
    expect(composeFrame(fiveInElection(), undefined)).toEqual({ composition: 'ring', top: 5 });
    expect(composeFrame(fiveInElection(), 9)).toEqual({ composition: 'ring', top: 5 });
  });

  test('of two that lead, the one in the newer epoch', () => {
    const leads = (sid: number, over: Partial<RoleSection>): ProcessView =>
      server(sid, [role(sid, [1, 2, 3], { serverState: 'LEADING', leader: sid, ...over })]);
    const split = frame([leads(1, { acceptedEpoch: 2 }), leads(3, { acceptedEpoch: 1 })]);
    expect(composeFrame(split, 3)?.top).toBe(1);
  });

  test('a single server stands alone', () => {
    expect(composeFrame(standalone(), undefined)).toEqual({ composition: 'line', top: 1 });
    expect(composeFrame(frame([]), undefined)).toBeUndefined();
  });
});

test('acknowledgements in flight by zxid', () => {
  expect(flyingAcks(writeAtFollower())).toEqual({ 3: { [z(5)]: [1] } });
});
