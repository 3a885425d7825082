/** Changes of the membership of an ensemble that runs. */
import { describe, expect, test } from 'vitest';
import { serverName } from '../../bridge/names';
import { DEFAULT_ZOO_CONFIG } from '../../zk/config';
import { NO_ZXID, type Sid } from '../../zk/ids';
import type { RequestBody } from '../../zk/records';
import { verifierText } from '../../zk/quorumVerifier';
import { Asker, make } from './clientApi.test-support';
import {
  type Ensemble,
  getData,
  give,
  leaderSid,
  pass,
  servingEnsemble,
  serverState,
} from './ensemble.test-support';

const config = { ...DEFAULT_ZOO_CONFIG, tickTime: 500, reconfigEnabled: true, skipACL: true };
const NODE = '/zookeeper/config';

function reconfig(leaving: string | null, joining: string | null = null): RequestBody {
  const lists = { joiningServers: joining, leavingServers: leaving, newMembers: null };
  return { op: 'reconfig', ...lists, curConfigId: NO_ZXID };
}

function voters(e: Ensemble, sid: Sid): readonly Sid[] | undefined {
  return serverState(e, sid)?.quorumVerifier.voters;
}

function crash(e: Ensemble, sid: Sid): void {
  give(e, { type: 'crash', process: serverName(sid) });
}

function passUntilLed(e: Ensemble): void {
  for (let i = 0; i < 200 && leaderSid(e) === undefined; i += 1) pass(e, 50);
}

describe('a follower that is removed', () => {
  test('follows on, and its acknowledgements count for nothing', () => {
    const e = servingEnsemble(3, { config });
    const leader = leaderSid(e) as Sid;
    const [gone, other] = [1, 2, 3].filter((sid) => sid !== leader) as [Sid, Sid];
    const a = new Asker(e, leader);
    expect(a.err(reconfig(String(gone)))).toBe('OK');
    pass(e, 100);
    for (const sid of [1, 2, 3]) expect(voters(e, sid)).toEqual([other, leader].sort());
    expect(new Asker(e, gone).err(make('/x'))).toBe('OK');
    crash(e, other);
    pass(e, 3000);
    // Of the two that are left one has no vote.
    expect(leaderSid(e)).toBeUndefined();
  });

  test('keeps what it learnt over a restart, and so do the others', () => {
    const e = servingEnsemble(3, { config });
    const leader = leaderSid(e) as Sid;
    const gone = leader === 1 ? 2 : 1;
    new Asker(e, leader).ask(reconfig(String(gone)));
    pass(e, 100);
    const text = verifierText(serverState(e, leader)?.quorumVerifier as never);
    for (const sid of [1, 2, 3]) crash(e, sid);
    pass(e, 100);
    for (const sid of [1, 2, 3]) give(e, { type: 'restart', process: serverName(sid) });
    passUntilLed(e);
    pass(e, 2000);
    for (const sid of [1, 2, 3]) {
      expect(verifierText(serverState(e, sid)?.quorumVerifier as never)).toBe(text);
      expect(new Asker(e, sid).ask(getData(NODE)).body?.data).toBe(text);
    }
    expect(leaderSid(e)).not.toBe(gone);
  });
});

describe('a leader that is removed', () => {
  test('hands the lead over without an election, and follows', () => {
    const e = servingEnsemble(3, { config });
    const leader = leaderSid(e) as Sid;
    const rest = [1, 2, 3].filter((sid) => sid !== leader);
    const elected = () => e.trace.filter(({ type }) => type === 'elected').length;
    const before = elected();
    expect(new Asker(e, leader).err(reconfig(String(leader)))).toBe('OK');
    pass(e, 3000);
    expect(leaderSid(e)).toBe(rest[0]);
    expect(elected()).toBe(before);
    expect(serverState(e, leader)).toMatchObject({ peerState: 'FOLLOWING', currentEpoch: 2 });
    const b = new Asker(e, leader);
    expect(b.err(make('/x'))).toBe('OK');
    const line = `server.${leader}=zk${leader}:2888:3888:participant;zk${leader}:2181`;
    expect(b.err(reconfig(null, line))).toBe('OK');
    pass(e, 100);
    for (const sid of [1, 2, 3]) expect(voters(e, sid)).toEqual([1, 2, 3]);
  });
});

test('a reconfig needs a quorum of the old membership and of the new one', () => {
  const e = servingEnsemble(5, { config });
  const leader = leaderSid(e) as Sid;
  const others = [1, 2, 3, 4, 5].filter((sid) => sid !== leader) as [Sid, Sid, Sid, Sid];
  const [kept, , ...leaving] = others;
  const a = new Asker(e, leader);
  // The two that stay besides the leader do not answer: a quorum of the five has it, none of the three.
  for (const sid of [kept, others[1]]) give(e, { type: 'pause', process: serverName(sid) });
  const xid = a.client.send(reconfig(leaving.join(',')));
  pass(e, 300);
  const replied = () => a.client.replies().some((reply) => reply.xid === xid);
  expect(replied()).toBe(false);
  expect(serverState(e, leader)?.leader?.outstandingProposals[0]?.acks).toEqual(
    [...leaving, leader].sort(),
  );
  give(e, { type: 'resume', process: serverName(kept) });
  pass(e, 100);
  expect(replied()).toBe(true);
  expect(voters(e, leader)).toEqual([kept, others[1], leader].sort());
});
