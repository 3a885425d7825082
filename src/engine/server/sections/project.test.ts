import { describe, expect, it } from 'vitest';
import type { TraceId } from '../../../base/traceId';
import type {
  ElectionSection,
  LearnersSection,
  LedgerSection,
  LogSection,
  ProcessorSection,
  RoleSection,
  Section,
  SessionsSection,
  TreeSection,
} from '../../../bridge/frame';
import { makeZxid, type SessionId, type Zxid } from '../../../zk/ids';
import { OPEN_ACL, type LoggedTxn, type RequestBody, type Txn } from '../../../zk/records';
import { openDisk } from '../../database/disk';
import { appendTxn, commitLog } from '../../database/txnLog';
import { createWatchTables } from '../../database/watchManager';
import { applyTxn, createDatabase } from '../../database/zkDatabase';
import { initialElection } from '../election/fastLeaderElection';
import type {
  LeaderState,
  LearnerHandler,
  LearnerState,
  Request,
  Role,
  ServerState,
  Thread,
  ZksState,
} from '../machine';
import { staticQuorumVerifier } from '../../../zk/quorumVerifier';
import { initialCommitState } from '../pipeline/commitProcessor';
import { localRequest, proposedRequest } from '../request';
import { threadOf } from '../threads';
import { projectSection, sectionNames } from './project';

const A = '0100000000000001' as SessionId;
const B = '0200000000000002' as SessionId;
const NONE = 0 as TraceId;

function zxid(counter: number): Zxid {
  return makeZxid(1, counter);
}

function entry(counter: number, txn: Txn, clientId = A): LoggedTxn {
  return { hdr: { clientId, cxid: counter, zxid: zxid(counter), time: 0, type: txn.type }, txn };
}

function create(counter: number, path: string, data: string | null = null, ephemeral = false) {
  const parentCVersion = counter;
  return entry(counter, { type: 'create', path, data, acl: OPEN_ACL, ephemeral, parentCVersion });
}

function write(counter: number): Request {
  return proposedRequest(create(counter, `/n${counter}`), NONE);
}

function read(cxid: number, session = A): Request {
  const body: RequestBody = { op: 'getData', path: '/', watch: false };
  return localRequest(session, cxid, body, '2/0/1', NONE);
}

function thread(name: string, more: Partial<Thread> = {}): Thread {
  return Object.assign(threadOf({ threads: {} } as ServerState, name), more);
}

function looking(voters = [1, 2, 3]): ServerState {
  return {
    sid: 2,
    spec: { voters },
    quorumVerifier: staticQuorumVerifier(voters),
    lastSeenQuorumVerifier: staticQuorumVerifier(voters),
    disk: openDisk({}),
    diskFault: { fault: 'ok', extraMicros: 0 },
    db: createDatabase(500),
    peerState: 'LOOKING',
    zabState: 'ELECTION',
    acceptedEpoch: 1,
    currentEpoch: 1,
    election: initialElection(),
    threads: {},
    cnxns: {},
    watches: createWatchTables(),
    committedBefore: 0,
  } as unknown as ServerState;
}

function withZks(role: Role, state = looking()): ServerState & { zks: ZksState } {
  const zks = {
    role,
    serving: true,
    failed: false,
    throttler: [],
    prep: [],
    sync: { queue: [], toFlush: [], nexts: [], acks: [] },
    commit: initialCommitState(2),
    follower: [],
    touchTable: {},
  } as unknown as ZksState;
  return Object.assign(state, { zks });
}

function leading(): ServerState & { zks: ZksState; leader: LeaderState } {
  const leader = {
    phase: 'broadcast',
    epoch: 1,
    lastCommitted: zxid(0),
    outstandingProposals: [],
    toBeApplied: [],
    handlers: {},
  } as unknown as LeaderState;
  const currentVote = { leader: 2, zxid: zxid(0), electionEpoch: 4, peerEpoch: 1 };
  return Object.assign(withZks('leader'), { leader, currentVote, peerState: 'LEADING' as const });
}

function following(): ServerState & { zks: ZksState; learner: LearnerState } {
  const learner = {
    leader: 3,
    phase: 'BROADCAST',
    newEpoch: 1,
    lastCommitted: 0 as Zxid,
    pendingTxns: [],
    pendingSyncs: [],
  } as unknown as LearnerState;
  const currentVote = { leader: 3, zxid: zxid(0), electionEpoch: 4, peerEpoch: 1 };
  return Object.assign(withZks('follower'), {
    learner,
    currentVote,
    peerState: 'FOLLOWING' as const,
  });
}

/** Projects, and makes sure that the state is as before and shares nothing that changes with the section. */
function project<S extends Section>(state: ServerState, name: string): S {
  const before = structuredClone(state);
  const section = projectSection(state, name);
  expect(state).toEqual(before);
  expect(section).toBeDefined();
  expect(JSON.parse(JSON.stringify(section))).toEqual(section);
  return section as S;
}

describe('the sections of a server', () => {
  it('are those of its role, each by its name', () => {
    const standalone = withZks('standalone', looking([2]));
    expect(sectionNames(looking())).toEqual([
      'role',
      'election',
      'log',
      'sessions',
      'watches',
      'tree',
    ]);
    expect(sectionNames(standalone)).toEqual([
      'role',
      'RequestThrottler',
      'PrepRequestProcessor',
      'SyncRequestProcessor',
      'FinalRequestProcessor',
      'log',
      'sessions',
      'watches',
      'tree',
    ]);
    expect(sectionNames(leading())).toContain('ledger');
    expect(sectionNames(following())).toContain('pendingTxns');
    for (const state of [looking(), standalone, leading(), following()]) {
      for (const name of sectionNames(state)) {
        const section = project(state, name);
        expect(section.type === 'processor' ? section.name : section.type).toBe(name);
      }
    }
  });

  it('of another role are gone', () => {
    expect(projectSection(following(), 'ledger')).toBeUndefined();
    expect(projectSection(following(), 'PrepRequestProcessor')).toBeUndefined();
    expect(projectSection(leading(), 'pendingTxns')).toBeUndefined();
    expect(projectSection(looking(), 'CommitProcessor')).toBeUndefined();
    expect(projectSection(looking([2]), 'election')).toBeUndefined();
  });
});

describe('role', () => {
  it('names no leader and no server object while looking', () => {
    const section = project<RoleSection>(looking(), 'role');
    expect(section).not.toHaveProperty('leader');
    expect(section).not.toHaveProperty('serverObject');
    expect(section).toMatchObject({ serverState: 'LOOKING', serving: false, lastLoggedZxid: 0 });
  });

  it('tells what is logged, committed and processed apart', () => {
    const state = following();
    appendTxn(state.disk, () => undefined, create(1, '/a'));
    appendTxn(state.disk, () => undefined, create(2, '/b'));
    appendTxn(state.disk, () => undefined, create(3, '/c'));
    state.learner.lastCommitted = zxid(2);
    applyTxn(state.db, create(1, '/a'));
    expect(project(state, 'role')).toMatchObject({
      leader: 3,
      lastLoggedZxid: zxid(3),
      lastCommittedZxid: zxid(2),
      lastProcessedZxid: zxid(1),
      serverObject: 'RUNNING',
    });
    state.zks.failed = true;
    expect(project(state, 'role')).toMatchObject({ serverObject: 'ERROR' });
  });

  it('counts the history of an established leader as committed, of no other', () => {
    const state = leading();
    state.leader.epoch = 2;
    state.leader.lastCommitted = zxid(4);
    expect(project<RoleSection>(state, 'role').lastCommittedZxid).toBe(makeZxid(2, 0));
    state.leader.phase = 'newLeader';
    expect(project<RoleSection>(state, 'role').lastCommittedZxid).toBe(zxid(4));
  });
});

describe('election', () => {
  it('shows the proposal while looking and the final vote after', () => {
    const state = looking();
    const own = { leader: 2, zxid: zxid(0), electionEpoch: 1, peerEpoch: 1 };
    state.election.proposal = own;
    state.election.because = 'own';
    state.election.recvset = {
      3: { ...own, leader: 3, state: 'LOOKING' },
      2: { ...own, state: 'LOOKING' },
    };
    expect(project(state, 'election')).toMatchObject({
      looking: true,
      vote: own,
      because: 'own',
      quorum: 2,
      recvset: [
        { sid: 2, leader: 2, state: 'LOOKING' },
        { sid: 3, leader: 3, state: 'LOOKING' },
      ],
    });
    state.peerState = 'FOLLOWING';
    state.currentVote = { ...own, leader: 3, peerEpoch: 2 };
    expect(project<ElectionSection>(state, 'election').vote).toEqual(state.currentVote);
  });
});

describe('processors', () => {
  it('show their queues by the names of their fields', () => {
    const state = leading();
    state.zks.throttler.push(read(1));
    state.zks.prep.push(read(2));
    state.zks.sync.queue.push(write(3));
    state.zks.sync.toFlush.push(write(4));
    const queues = (name: string) =>
      project<ProcessorSection>(state, name).queues.map(({ name: field, items }) => [
        field,
        items.map((item) => item.cxid),
      ]);
    expect(queues('RequestThrottler')).toEqual([['submittedRequests', [1]]]);
    expect(queues('PrepRequestProcessor')).toEqual([['submittedRequests', [2]]]);
    expect(queues('SyncRequestProcessor')).toEqual([
      ['queuedRequests', [3]],
      ['toFlush', [4]],
    ]);
    const follower = following();
    follower.zks.follower.push(read(5));
    expect(project(follower, 'FollowerRequestProcessor')).toMatchObject({
      isThread: true,
      queues: [{ name: 'queuedRequests', items: [{ cxid: 5, local: true }] }],
    });
  });

  it('keep in toFlush what is on disk and waits to be handed on, without the one in hand', () => {
    const state = following();
    state.zks.sync.nexts = [write(1), write(2)];
    state.zks.sync.toFlush = [write(3)];
    const working = state.zks.sync.nexts[0] as Request;
    state.threads['SyncRequestProcessor'] = thread('SyncRequestProcessor', {
      working,
      doing: 'next',
    });
    const sync = project<ProcessorSection>(state, 'SyncRequestProcessor');
    expect(sync).toMatchObject({ doing: 'next', working: { cxid: 1 } });
    expect(sync.queues[1]?.items.map((item) => item.cxid)).toEqual([2, 3]);
    expect(project(state, 'SendAckRequestProcessor')).toMatchObject({
      isThread: false,
      thread: 'SyncRequestProcessor',
      working: null,
      queues: [],
    });
  });

  it('show the pending requests of the CommitProcessor by session, and its workers', () => {
    const state = following();
    const { commit } = state.zks;
    commit.queuedRequests.push(read(1));
    commit.queuedWriteRequests.push(write(2));
    commit.committedRequests.push(write(3));
    commit.pendingRequests = { [B]: [read(9, B)], [A]: [write(2), read(4)] };
    commit.workers[1]?.queue.push(read(6));
    state.threads['CommitProcWorkThread-1'] = thread('CommitProcWorkThread-1', {
      working: read(5),
      frozen: true,
    });
    const section = project<ProcessorSection>(state, 'CommitProcessor');
    expect(section.queues.map(({ name, items }) => [name, items.length])).toEqual([
      ['queuedRequests', 1],
      ['queuedWriteRequests', 1],
      ['committedRequests', 1],
    ]);
    expect(section.pendingRequests).toMatchObject([
      { sessionId: A, items: [{ cxid: 2 }, { cxid: 4 }] },
      { sessionId: B, items: [{ cxid: 9 }] },
    ]);
    expect(section.workers).toMatchObject([
      { working: null, items: [] },
      { working: { cxid: 5 }, items: [{ cxid: 6 }] },
    ]);
    expect(project(state, 'FinalRequestProcessor')).toMatchObject({
      thread: 'CommitProcWorkThread-1',
      working: { cxid: 5 },
    });
    const committing = { working: write(3), doing: 'commit' };
    state.threads['CommitProcessor'] = thread('CommitProcessor', committing);
    expect(project(state, 'FinalRequestProcessor')).toMatchObject({
      thread: 'CommitProcessor',
      working: { cxid: 3 },
    });
    state.threads['CommitProcessor'] = thread('CommitProcessor', {
      working: read(8),
      doing: 'poll',
    });
    state.threads['CommitProcWorkThread-1'] = thread('CommitProcWorkThread-1');
    expect(project<ProcessorSection>(state, 'FinalRequestProcessor').working).toBeNull();
  });

  it('are frozen and at work as their threads are, plain calls never', () => {
    const state = leading();
    const prep = { frozen: true, working: write(1), doing: 'propose' };
    state.threads['PrepRequestProcessor'] = thread('PrepRequestProcessor', prep);
    expect(project(state, 'PrepRequestProcessor')).toMatchObject({
      isThread: true,
      frozen: true,
      doing: 'propose',
      working: { cxid: 1 },
    });
    expect(project(state, 'ProposalRequestProcessor')).toMatchObject({
      isThread: false,
      frozen: false,
      thread: 'PrepRequestProcessor',
      working: null,
    });
    expect(project(state, 'LeaderRequestProcessor')).toMatchObject({ thread: 'RequestThrottler' });
    expect(project(state, 'ToBeAppliedRequestProcessor')).toMatchObject({
      thread: 'CommitProcessor',
    });
    const standalone = withZks('standalone', looking([2]));
    expect(project(standalone, 'FinalRequestProcessor')).toMatchObject({
      thread: 'SyncRequestProcessor',
    });
  });
});

describe('the sections of a leader', () => {
  it('say what keeps a proposal in the ledger', () => {
    const state = leading();
    state.leader.outstandingProposals = [
      { request: write(5), zxid: zxid(5), acks: [2] },
      { request: write(6), zxid: zxid(6), acks: [2, 3] },
    ];
    state.leader.toBeApplied = [{ request: write(4), zxid: zxid(4), acks: [1, 2] }];
    expect(project<LedgerSection>(state, 'ledger')).toMatchObject({
      quorum: 2,
      voters: [1, 2, 3],
      rows: [
        { zxid: zxid(5), acks: [2], waitsFor: { type: 'acks', missing: 1 } },
        { zxid: zxid(6), acks: [2, 3], waitsFor: { type: 'smallerZxid', zxid: zxid(5) } },
      ],
      toBeApplied: [{ cxid: 4, zxid: zxid(4) }],
    });
  });

  it('list the learners by sid, with the oldest of their packets', () => {
    const state = leading();
    const handler = (sid: number, more: Partial<LearnerHandler>): LearnerHandler =>
      ({ sid, queuedPackets: [], lastAckZxid: zxid(0), ...more }) as LearnerHandler;
    const queuedPackets = Array.from({ length: 60 }, (_, i) => ({
      packet: { kind: 'COMMIT' as const, zxid: zxid(i) },
      cause: NONE,
    }));
    state.leader.handlers = {
      3: handler(3, { phase: 'FORWARDING', syncMode: 'DIFF', queuedPackets }),
      1: handler(1, {
        phase: 'waitEpoch',
        sending: { packet: { kind: 'REVALIDATE', sessionId: A, valid: true }, cause: NONE },
      }),
    };
    state.threads['Sender-3'] = thread('Sender-3', { frozen: true });
    const { rows } = project<LearnersSection>(state, 'learners');
    expect(rows).toMatchObject([
      {
        sid: 1,
        phase: 'FOLLOWERINFO',
        queuedCount: 0,
        senderFrozen: false,
        sending: { kind: 'REVALIDATE', zxid: -1 },
      },
      { sid: 3, phase: 'FORWARDING', syncMode: 'DIFF', queuedCount: 60, senderFrozen: true },
    ]);
    expect(rows[0]).not.toHaveProperty('syncMode');
    expect(rows[1]?.queuedPackets).toHaveLength(50);
    expect(rows[1]?.queuedPackets[0]).toEqual({ kind: 'COMMIT', zxid: zxid(0) });
  });
});

describe('pendingTxns', () => {
  it('is first in, first out', () => {
    const state = following();
    state.learner.pendingTxns.push(write(5), write(6));
    state.learner.pendingSyncs.push(read(7));
    expect(project(state, 'pendingTxns')).toMatchObject({
      items: [{ zxid: zxid(5) }, { zxid: zxid(6) }],
      pendingSyncs: [{ cxid: 7 }],
    });
  });
});

describe('log', () => {
  it('marks what is forced, committed and applied', () => {
    const state = following();
    const report = () => undefined;
    for (const counter of [1, 2]) appendTxn(state.disk, report, create(counter, `/n${counter}`));
    commitLog(state.disk, report);
    for (const counter of [3, 4]) appendTxn(state.disk, report, create(counter, `/n${counter}`));
    state.learner.lastCommitted = zxid(3);
    applyTxn(state.db, create(1, '/n1'));
    state.diskFault = { fault: 'slow', extraMicros: 7 };
    const section = project<LogSection>(state, 'log');
    expect(section.records.map((r) => [r.request.cxid, r.synced, r.committed, r.applied])).toEqual([
      [1, true, true, true],
      [2, true, true, false],
      [3, false, true, false],
      [4, false, false, false],
    ]);
    expect(section).toMatchObject({
      total: 4,
      snapshots: [],
      files: [{ name: 'version-2/log.100000001', records: 4, synced: 2 }],
      disk: { fault: 'slow', extraMicros: 7 },
    });
  });

  it('shows the newest 64 records of all', () => {
    const state = looking();
    for (let i = 1; i <= 100; i += 1) appendTxn(state.disk, () => undefined, create(i, `/n${i}`));
    const { records, total } = project<LogSection>(state, 'log');
    expect(total).toBe(100);
    expect(records.map((r) => r.zxid)).toEqual(Array.from({ length: 64 }, (_, i) => zxid(i + 37)));
  });
});

const ADDRESS = { scheme: 'ip', id: '127.0.0.1' };

describe('sessions', () => {
  it('join what is committed with what a leader tracks', () => {
    const state = leading();
    applyTxn(state.db, entry(1, { type: 'createSession', timeOut: 30000 }));
    applyTxn(state.db, create(2, '/e', null, true));
    state.zks.tracker = {
      [B]: { timeoutMs: 4000, isClosing: true, owner: '3/1', expiresAtMs: 6000 },
      [A]: { timeoutMs: 30000, isClosing: false, owner: 'me', expiresAtMs: 32000 },
    };
    state.cnxns = {
      '9/0/1': { conn: '9/0/1', sessionId: A, established: true, ids: [ADDRESS] },
      '9/0/2': { conn: '9/0/2', sessionId: B, established: false },
    } as unknown as ServerState['cnxns'];
    expect(project<SessionsSection>(state, 'sessions').rows).toEqual([
      {
        sessionId: A,
        timeoutMs: 30000,
        isClosing: false,
        connected: true,
        ephemerals: 1,
        auth: [ADDRESS],
        expiresAt: 32_000_000,
        owner: 2,
      },
      {
        sessionId: B,
        timeoutMs: 4000,
        isClosing: true,
        connected: false,
        ephemerals: 0,
        expiresAt: 6_000_000,
        owner: 3,
      },
    ]);
  });

  it('have no expiry at a learner, which only notes whom it heard', () => {
    const state = following();
    applyTxn(state.db, entry(1, { type: 'createSession', timeOut: 30000 }));
    state.zks.touchTable = { [B]: 4000, [A]: 30000 };
    const section = project<SessionsSection>(state, 'sessions');
    expect(section.touchTable).toEqual([A, B]);
    expect(section.rows[0]).not.toHaveProperty('expiresAt');
    expect(section.rows[0]).not.toHaveProperty('owner');
    expect(section.rows).toHaveLength(1);
  });
});

describe('tree', () => {
  it('is sorted, with the system nodes and the stat that clients see', () => {
    const state = looking();
    applyTxn(state.db, create(1, '/b', 'x'.repeat(300)));
    applyTxn(state.db, create(2, '/a'));
    const section = project<TreeSection>(state, 'tree');
    expect(section.nodes.map((node) => node.path)).toEqual([
      '/',
      '/a',
      '/b',
      '/zookeeper',
      '/zookeeper/config',
      '/zookeeper/quota',
    ]);
    expect(section.nodes[1]?.data).toBeNull();
    expect(section.nodes[2]?.data).toBe('x'.repeat(200));
    expect(section.nodes[2]?.stat).toMatchObject({ czxid: zxid(1), dataLength: 300 });
    expect(section.nodes[0]?.stat.numChildren).toBe(3);
    expect(section).toMatchObject({ total: 6, lastProcessedZxid: zxid(2) });
  });
});
