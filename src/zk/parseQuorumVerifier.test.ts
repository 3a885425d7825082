import { describe, expect, test } from 'vitest';
import type { Zxid } from './ids';
import { parseQuorumServer, parseQuorumVerifier } from './parseQuorumVerifier';
import {
  containsQuorum,
  type QuorumVerifier,
  sameMembership,
  staticQuorumVerifier,
  verifierText,
} from './quorumVerifier';

const read = (text: string) => parseQuorumVerifier(text) as QuorumVerifier;

describe('the addresses of a server', () => {
  test.each([
    ['h:1:2', { host: 'h', quorumPort: 1, electionPort: 2, type: 'participant' }],
    ['h:1:2:observer;3', { type: 'observer', clientAddr: '0.0.0.0:3' }],
    ['h:1:2:PARTICIPANT;c:3', { type: 'participant', clientAddr: 'c:3' }],
  ])('%s are read', (text, server) => {
    expect(parseQuorumServer(7, text)).toMatchObject({ sid: 7, ...server });
  });

  test.each([
    'h',
    'h:1',
    'h:1:x',
    'h:x:2',
    'h:1:1',
    'h:1:2:king',
    'h:1:2:observer:4',
    'h:1:2;',
    'h:1:2;a:b:3',
    'h:1:2;3;4',
    'h:1:70000',
  ])('%s are of the wrong format', (text) => expect(parseQuorumServer(7, text)).toBeUndefined());
});

describe('the text of a membership', () => {
  const text =
    'server.1=zk1:2888:3888:participant;zk1:2181\n' +
    'server.2=zk2:2888:3888:participant;zk2:2181\n' +
    'server.10=zk10:1:2:observer;zk10:3\nversion=100000004';

  test('is written as it was read', () => {
    const verifier = read(text);
    expect(verifier).toMatchObject({ version: 0x100000004, voters: [1, 2], quorum: 2 });
    expect(verifierText(verifier)).toBe(text);
  });

  test('may be in any order and with comments, and the last line of a server counts', () => {
    const verifier = read('# x\n\nserver.2=b:1:2;3\nserver.1 = a:1:2;3\nserver.2=c:1:2;3');
    expect(verifier.members.map(({ sid, host }) => [sid, host])).toEqual([
      [1, 'a'],
      [2, 'c'],
    ]);
    expect(verifier.version).toBe(0);
  });

  test.each([
    ['nonsense', 'BADARGUMENTS'],
    ['server.1=h', 'BADARGUMENTS'],
    ['server.x=h:1:2', 'MARSHALLINGERROR'],
    ['version=xyz', 'MARSHALLINGERROR'],
    ['server.1=h:1:2\nserver.2=h:3:4:observer', 'MARSHALLINGERROR'],
  ])('%j is refused with %s', (wrong, error) => expect(parseQuorumVerifier(wrong)).toBe(error));

  test('is the same where the version or the members are', () => {
    const three = staticQuorumVerifier([1, 2, 3]);
    expect(sameMembership(three, { ...three, version: 5 as Zxid })).toBe(true);
    expect(sameMembership(three, { ...staticQuorumVerifier([1, 2]), version: 5 as Zxid })).toBe(
      false,
    );
  });

  test('says what a quorum is, and counts voters only', () => {
    const verifier = staticQuorumVerifier([1, 2, 3]);
    expect(containsQuorum(verifier, [1, 3])).toBe(true);
    expect(containsQuorum(verifier, [1, 4, 5])).toBe(false);
  });
});
