import { describe, expect, test } from 'vitest';
import type { Zxid } from '../../../zk/ids';
import { quorumServerText, staticQuorumVerifier } from '../../../zk/quorumVerifier';
import { designatedLeader } from './designatedLeader';
import { newMembership, type ReconfigBody } from './newMembership';
import type { Proposal } from '../machine';

const last = staticQuorumVerifier([1, 2, 3]);
const line = (sid: number, type = 'participant') =>
  `server.${sid}=zk${sid}:2888:3888:${type};zk${sid}:2181`;

function made(change: Partial<ReconfigBody>) {
  const none = { joiningServers: null, leavingServers: null, newMembers: null };
  const body: ReconfigBody = { op: 'reconfig', ...none, curConfigId: -1 as Zxid, ...change };
  const verifier = newMembership(body, last, 9 as Zxid, [1, 2, 3]);
  if (typeof verifier === 'string') return verifier;
  expect(verifier.version).toBe(9);
  return verifier.members.map((server) => quorumServerText(server));
}

describe('a new membership', () => {
  test.each<[Partial<ReconfigBody>, string[]]>([
    [{}, [line(1), line(2), line(3)]],
    [{ leavingServers: ' 1 ,9,' }, [line(2), line(3)]],
    [{ joiningServers: line(4, 'observer') }, [line(1), line(2), line(3), line(4, 'observer')]],
    [
      { joiningServers: `${line(4)},${line(1)}`, leavingServers: '1,2' },
      [line(1), line(3), line(4)],
    ],
    [{ newMembers: `${line(3)},${line(2)}` }, [line(2), line(3)]],
  ])('%j', (change, members) => expect(made(change)).toEqual(members));

  test.each<[Partial<ReconfigBody>, string]>([
    [{ joiningServers: 'nonsense' }, 'BADARGUMENTS'],
    [{ joiningServers: 'server.4=zk4' }, 'BADARGUMENTS'],
    [{ joiningServers: 'server.4=zk4:1:2' }, 'BADARGUMENTS'],
    [{ joiningServers: 'server.x=zk4:1:2;3' }, 'MARSHALLINGERROR'],
    [{ joiningServers: 'server.4=zk4:1:2;zk1:2181' }, 'BADARGUMENTS'],
    [{ leavingServers: 'x' }, 'MARSHALLINGERROR'],
    [{ leavingServers: '1,2' }, 'BADARGUMENTS'],
    [{ newMembers: '' }, 'BADARGUMENTS'],
    [{ newMembers: line(1), leavingServers: '2' }, 'BADARGUMENTS'],
    [{ joiningServers: line(1, 'observer') }, 'UNIMPLEMENTED'],
    [{ joiningServers: 'server.1=zk1:2889:3888;zk1:2181' }, 'UNIMPLEMENTED'],
  ])('%j is refused with %s', (change, error) => expect(made(change)).toBe(error));
});

describe('the designated leader', () => {
  const behind = (acks: number[], next: number[]): Proposal => ({
    request: {} as Proposal['request'],
    zxid: 5 as Zxid,
    acks,
    reconfig: { before: last, next: last, acks: next },
  });

  test('is this one as long as it votes', () => {
    expect(designatedLeader(3, last, [1, 2], [])).toBe(3);
  });

  test('is else the smallest of those who acknowledged most of what is outstanding', () => {
    const next = staticQuorumVerifier([1, 2]);
    expect(designatedLeader(3, next, [1, 2], [])).toBe(1);
    expect(designatedLeader(3, next, [1, 2], [behind([2, 3], [2])])).toBe(2);
    expect(designatedLeader(3, next, [1, 2], [behind([3], [])])).toBe(1);
  });
});
