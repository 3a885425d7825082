import { describe, expect, test } from 'vitest';
import { serverName } from '../../../bridge/names';
import { makeZxid, NO_SESSION, NO_ZXID, type SessionId } from '../../../zk/ids';
import type { QuorumPacket } from '../../../zk/packets';
import type { OracleMessage } from '../case/caseFile';
import { newNames } from '../case/values';
import { checkLaws, newLawState } from './laws';
import { compareLinks, type FlowView } from './links';
import { messagesOf } from './messages';

function view(hasPings = false): FlowView {
  const channels = new Set(['client', 'quorum', 'election']);
  return { channels, hasPings, newest: new Map() };
}

function quorum(from: number, to: number, type: string, more: object = {}): OracleMessage {
  return { from, to, channel: 'quorum', type, ...more };
}

function vote(from: number, to: number, leader: number): OracleMessage {
  return { from, to, channel: 'election', type: 'NOTIFICATION', leader };
}

const PROPOSAL = quorum(3, 1, 'PROPOSAL', { zxid: [1, 1], session: 'a', cxid: 1 });
const ACK = quorum(1, 3, 'ACK', { zxid: [1, 1] });
const COMMIT = quorum(3, 1, 'COMMIT', { zxid: [1, 1] });
const REPLY: OracleMessage = {
  from: 1,
  to: 'client:a',
  channel: 'client',
  type: 'REPLY',
  op: 'create',
  zxid: [1, 1],
};

describe('messages of a step', () => {
  const links = (recorded: OracleMessage[], got: OracleMessage[], more: object = {}) =>
    compareLinks({ messages: recorded, ...more }, got, view())?.field;

  test('are the same sequence on each link, whatever the order between links', () => {
    const exactLinks = ['quorum 3>1', 'quorum 1>3'];
    const recorded = [PROPOSAL, ACK, COMMIT];
    expect(links(recorded, [ACK, PROPOSAL, COMMIT], { exactLinks })).toBeUndefined();
    expect(links(recorded, [ACK, COMMIT, PROPOSAL], { exactLinks })).toBe('messages quorum 3>1[0]');
    expect(links(recorded, [PROPOSAL, COMMIT], { exactLinks })).toBe('messages quorum 1>3[0]');
    expect(links(recorded, [...recorded, COMMIT], { exactLinks })).toBe('messages quorum 3>1[2]');
    const other = quorum(1, 3, 'ACK', { zxid: [1, 2] });
    expect(links(recorded, [PROPOSAL, other, COMMIT], { exactLinks })).toBe(
      'messages quorum 1>3[0]',
    );
  });

  test('do not appear on links where none were recorded', () => {
    expect(links([PROPOSAL], [PROPOSAL, quorum(3, 2, 'COMMIT')])).toBe('messages quorum 3>2[0]');
  });

  test('are a multiset on an unordered link', () => {
    const unorderedLinks = ['quorum 3>1'];
    expect(links([PROPOSAL, COMMIT], [COMMIT, PROPOSAL], { unorderedLinks })).toBeUndefined();
    expect(links([PROPOSAL, COMMIT], [COMMIT, COMMIT], { unorderedLinks })).toBeDefined();
  });

  test('may have the ACK of NEWLEADER anywhere among those of txns, after a handshake only', () => {
    const epoch = quorum(1, 3, 'ACKEPOCH', { zxid: [1, 0] });
    const ofEpoch = quorum(1, 3, 'ACK', { zxid: [1, 0] });
    const next = quorum(1, 3, 'ACK', { zxid: [1, 2] });
    const exactLinks = ['quorum 1>3'];
    const recorded = [epoch, ACK, ofEpoch, next];
    expect(links(recorded, [epoch, ofEpoch, ACK, next], { exactLinks })).toBeUndefined();
    expect(links(recorded, [epoch, ofEpoch, next, ACK], { exactLinks })).toBeDefined();
    expect(links(recorded, [epoch, ACK, next], { exactLinks })).toBeDefined();
    expect(links([ACK, ofEpoch], [ofEpoch, ACK], { exactLinks })).toBeDefined();
  });

  test('are one of those seen on a varying link, but for elections', () => {
    const varying = (link: string) => ({ varyingLinks: { [link]: [[{ type: 'COMMIT' }], []] } });
    const commit = quorum(3, 1, 'COMMIT');
    expect(links([commit], [commit], varying('quorum 3>1'))).toBeUndefined();
    expect(links([commit], [], varying('quorum 3>1'))).toBeUndefined();
    expect(links([commit], [commit, commit], varying('quorum 3>1'))).toBeDefined();
    const seen = varying('election 3>1');
    expect(links([vote(3, 1, 3)], [vote(3, 1, 1)], seen)).toBeUndefined();
  });

  test('that are equal notifications in a row count once', () => {
    const exactLinks = ['election 3>1'];
    const recorded = [vote(3, 1, 1), vote(3, 1, 3)];
    const repeated = [vote(3, 1, 1), vote(3, 1, 1), vote(3, 1, 3)];
    expect(links(recorded, repeated, { exactLinks })).toBeUndefined();
    expect(links(recorded, [vote(3, 1, 3)], { exactLinks })).toBeDefined();
  });

  test('may repeat the newest notification of a link in a later step, and nothing else', () => {
    const flow = view();
    const first = { messages: [vote(3, 1, 3)], exactLinks: ['election 3>1'] };
    expect(compareLinks(first, [vote(3, 1, 3)], flow)).toBeUndefined();
    const silent = { messages: [], exactLinks: [] };
    expect(compareLinks(silent, [vote(3, 1, 3)], flow)).toBeUndefined();
    expect(compareLinks(first, [], flow)).toBeUndefined();
    expect(compareLinks(silent, [vote(3, 1, 2)], flow)?.field).toBe('messages election 3>1[0]');
  });

  test('of a step that was not recorded are not compared', () => {
    expect(compareLinks({}, [COMMIT], view())).toBeUndefined();
  });

  test('leave out pings, unless the flow is about them', () => {
    const ping = quorum(3, 1, 'PING', { zxid: [1, 1] });
    const recorded = { messages: [ping], exactLinks: ['quorum 3>1'] };
    expect(compareLinks(recorded, [], view())).toBeUndefined();
    expect(compareLinks(recorded, [], view(true))?.field).toBe('messages quorum 3>1[0]');
  });
});

describe('the laws of order', () => {
  const broken = (...messages: OracleMessage[]) => checkLaws(newLawState(3), messages)?.expected;
  const request = quorum(1, 3, 'REQUEST', { session: 'a', cxid: 1 });

  test('hold for a write at a follower', () => {
    expect(broken(request, PROPOSAL, ACK, COMMIT, REPLY)).toBeUndefined();
  });

  test('a proposal follows the request it answers', () => {
    expect(broken(PROPOSAL, request)).toBe('after its REQUEST');
  });

  test('an ack follows its proposal', () => {
    expect(broken(request, ACK, PROPOSAL)).toMatch('after');
  });

  test('a commit follows its proposal and the acks of a quorum', () => {
    expect(broken(COMMIT)).toBe('after its PROPOSAL');
    expect(broken(PROPOSAL, COMMIT)).toBe('after the ACKs of a quorum');
    const five = newLawState(5);
    expect(checkLaws(five, [PROPOSAL, ACK, COMMIT])?.expected).toBe('after the ACKs of a quorum');
  });

  test('a reply follows the commit at its server', () => {
    expect(broken(PROPOSAL, ACK, REPLY, COMMIT)).toBe('after the COMMIT of its server');
    expect(broken({ ...REPLY, from: 3 })).toBe('after the ACKs of a quorum');
    expect(broken(PROPOSAL, ACK, { ...REPLY, from: 3 })).toBeUndefined();
  });

  test('a handshake has one order, and commits inside a DIFF need no acks', () => {
    const zxid = { zxid: [1, 0] };
    const handshake = [
      quorum(1, 3, 'FOLLOWERINFO', zxid),
      quorum(3, 1, 'LEADERINFO', zxid),
      quorum(1, 3, 'ACKEPOCH', zxid),
      quorum(3, 1, 'DIFF', zxid),
      PROPOSAL,
      COMMIT,
      quorum(3, 1, 'NEWLEADER', zxid),
      quorum(1, 3, 'ACK', zxid),
      quorum(3, 1, 'UPTODATE', { zxid: null }),
      quorum(1, 3, 'ACK', zxid),
    ];
    expect(broken(...handshake)).toBeUndefined();
    const swapped = [...handshake];
    swapped[1] = handshake[2] as OracleMessage;
    swapped[2] = handshake[1] as OracleMessage;
    expect(broken(...swapped)).toBe('after LEADERINFO');
    expect(broken(...handshake.filter((message) => message.type !== 'ACK'))).toBe('after ACK');
  });
});

describe('the log of messages', () => {
  const at = { at: 0, from: serverName(3), to: serverName(1), conn: '3/0/1' };
  const shown = (packet: QuorumPacket, names = newNames()) =>
    messagesOf([{ ...at, channel: 'quorum', packet }], names, () => 'a');

  test('names sessions and gives each txn its own fields', () => {
    const id = '0100000000000001' as SessionId;
    const names = newNames();
    names.sessions.set(id, 'a');
    const hdr = { clientId: id, cxid: 0, zxid: makeZxid(1, 1), time: 0 };
    const entry = {
      hdr: { ...hdr, type: 'createSession' as const },
      txn: { type: 'createSession' as const, timeOut: 30000 },
    };
    expect(shown({ kind: 'PROPOSAL', zxid: makeZxid(1, 1), entry }, names)).toEqual([
      quorum(3, 1, 'PROPOSAL', {
        zxid: [1, 1],
        op: 'createSession',
        session: 'a',
        cxid: 0,
        timeoutMs: 30000,
      }),
    ]);
  });

  test('shows UPTODATE without a zxid and an internal request without a session', () => {
    expect(shown({ kind: 'UPTODATE', zxid: NO_ZXID })).toEqual([
      quorum(3, 1, 'UPTODATE', { zxid: null }),
    ]);
    const body = { op: 'closeSession' } as const;
    expect(shown({ kind: 'REQUEST', sessionId: NO_SESSION, cxid: 0, body })).toEqual([
      quorum(3, 1, 'REQUEST', { zxid: null, op: 'closeSession', session: null, cxid: 0 }),
    ]);
  });

  test('shows a snapshot as two messages', () => {
    const image = { zxid: makeZxid(1, 0), sessions: {}, nodes: {}, paths: ['', '/zookeeper'] };
    expect(shown({ kind: 'SNAP', zxid: makeZxid(1, 0), image })).toEqual([
      quorum(3, 1, 'SNAP', { zxid: [1, 0] }),
      quorum(3, 1, 'SNAPSHOT-STREAM', { sessions: [], znodes: ['', '/zookeeper'] }),
    ]);
  });
});
