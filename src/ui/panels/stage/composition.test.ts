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

describe('several ensembles', () => {
  const looks = (sid: number, voters: number[]) =>
    server(sid, [role(sid, voters, { serverState: 'LOOKING' })]);
  /** Never started: nothing is known of it. */
  const dark = (sid: number): ProcessView => ({ ...server(sid, []), status: 'down', sections: {} });

  test('stand apart, each with its own upper place', () => {
    const leads = server(4, [role(4, [3, 4], { serverState: 'LEADING', leader: 4 })]);
    const two = frame([looks(1, [1, 2]), looks(2, [1, 2]), looks(3, [3, 4]), leads]);
    expect(composeFrame(two, undefined)).toEqual({
      composition: 'apart',
      top: 2,
      groups: [
        { servers: [1, 2], top: 2 },
        { servers: [3, 4], top: 4 },
      ],
    });
  });

  test('are told apart by their voters; those that nobody counts on belong together', () => {
    const groupsOf = (processes: ProcessView[]) =>
      composeFrame(frame(processes), undefined)?.groups?.map(({ servers }) => servers);
    expect(groupsOf([looks(1, [1, 2]), dark(2), dark(3), dark(4)])).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(groupsOf([looks(1, [1]), looks(2, [2])])).toEqual([[1], [2]]);
    // While members change, the lists of one ensemble differ and still meet.
    expect(groupsOf([looks(1, [1, 2]), looks(2, [2, 3]), looks(3, [3, 1])])).toBeUndefined();
    expect(groupsOf([dark(1), dark(2)])).toBeUndefined();
  });
});

test('acknowledgements in flight by zxid', () => {
  expect(flyingAcks(writeAtFollower())).toEqual({ 3: { [z(5)]: [1] } });
});
