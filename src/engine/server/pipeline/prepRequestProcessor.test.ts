/** Prep at a leader: zxids, checks against the pending view, what is left of it. */
import { expect, test } from 'vitest';
import type { TraceId } from '../../../base/traceId';
import type { ErrorName } from '../../../zk/errorCode';
import type { SessionId } from '../../../zk/ids';
import type { RequestBody } from '../../../zk/records';
import { OPEN_ACL } from '../../../zk/records';
import { LoneServer, zxid } from '../loneServer.test-support';
import type { Request } from '../machine';
import { localRequest } from '../request';
import { setOwner, trackSession } from '../sessions/sessionTracker';
import { sequenceSuffix } from './prepCreate';

const A = '0300000000000001' as SessionId;
const B = '0300000000000002' as SessionId;

/** A leader of three that hears of no acks: what it proposes stays outstanding until `commit`. */
class Bench {
  readonly server = new LoneServer({ sid: 3 });
  private cxid = 0;

  constructor() {
    this.server.leadWith(2);
    for (const id of [A, B]) {
      this.server.act((s) => trackSession(s, this.server.zks, id, 30000));
    }
  }

  /** Through Prep; the request as it went on. */
  prep(body: RequestBody, session = A, owner = 'me'): Request {
    this.cxid += 1;
    const made = localRequest(session, this.cxid, body, undefined, 0 as TraceId);
    const request: Request = { ...made, owner };
    this.server.act((s) => s.hand.process(s, 'PrepRequestProcessor', request));
    this.server.run(5);
    return request;
  }

  err(body: RequestBody, session = A, owner = 'me'): ErrorName | 'OK' {
    const { entry, err } = this.prep(body, session, owner);
    const txn = entry?.txn;
    if (txn?.type === 'error') expect(txn.err).toBe(err);
    else if (entry !== undefined) expect(err).toBeUndefined();
    return err ?? 'OK';
  }

  /** All that is proposed gets its quorum and is applied. */
  commit(): void {
    for (const { zxid: z } of [...this.server.leader.outstandingProposals]) {
      for (const sid of [2, 3]) this.server.act((s) => s.hand.processAck(s, sid, z));
    }
    this.server.run(20);
  }
}

function create(
  path: string | null,
  flags = 0,
  acl: typeof OPEN_ACL | null = OPEN_ACL,
): RequestBody {
  return { op: 'create', path, data: null, acl, flags };
}
const remove = (path: string | null, version = -1): RequestBody => ({
  op: 'delete',
  path,
  version,
});
const set = (path: string | null, version = -1): RequestBody => ({
  op: 'setData',
  path,
  data: 'x',
  version,
});

test('each write consumes a zxid, a failing one too, and fails as a txn', () => {
  const bench = new Bench();
  expect(bench.prep(create('/a')).zxid).toBe(zxid(1, 1));
  const failed = bench.prep(create('/a'));
  expect(failed.zxid).toBe(zxid(1, 2));
  expect(failed.entry).toMatchObject({
    hdr: { clientId: A, zxid: zxid(1, 2), type: 'error' },
    txn: { type: 'error', err: 'NODEEXISTS' },
  });
  expect(bench.prep(set('/a')).zxid).toBe(zxid(1, 3));
  const proposed = bench.server.leader.outstandingProposals.map(({ zxid: z }) => z);
  expect(proposed).toEqual([zxid(1, 1), zxid(1, 2), zxid(1, 3)]);
});

test('a read consumes none and carries the zxid allocated last', () => {
  const bench = new Bench();
  bench.prep(create('/a'));
  const read = bench.prep({ op: 'exists', path: '/a', watch: false });
  expect(read.zxid).toBe(zxid(1, 1));
  expect(read.entry).toBeUndefined();
  expect(bench.server.leader.outstandingProposals).toHaveLength(1);
});

/* Each row breaks one check more than the row below it: the order of the checks. */
test.each<[string, RequestBody, ErrorName | 'OK', SessionId?]>([
  ['unknown flags', create('x', 9, null), 'BADARGUMENTS'],
  ['a TTL mode', create('x', 5, null), 'UNIMPLEMENTED'],
  ['no such session', create('x', 0, null), 'SESSIONEXPIRED', '0900000000000000' as SessionId],
  ['no path', create(null, 0, null), 'MARSHALLINGERROR'],
  ['a path without slash', create('x', 0, null), 'BADARGUMENTS'],
  ['no ACL', create('/no/x', 0, null), 'INVALIDACL'],
  ['an empty ACL', create('/no/x', 0, []), 'INVALIDACL'],
  ['no parent', create('/no/', 0), 'NONODE'],
  ['a bad final path', create('/e/', 0), 'BADARGUMENTS'],
  ['a node that exists', create('/a', 0), 'NODEEXISTS'],
  ['an ephemeral parent', create('/e/x', 0), 'NOCHILDRENFOREPHEMERALS'],
  ['the root', create('/', 0), 'NODEEXISTS'],
  ['nothing', create('/new', 0), 'OK'],
])('create with %s', (_, body, expected, session) => {
  const bench = new Bench();
  bench.prep(create('/a'));
  bench.prep(create('/e', 1));
  expect(bench.err(body, session)).toBe(expected);
});

test.each<[string, RequestBody, ErrorName | 'OK', SessionId?]>([
  ['no such session', remove('x', 7), 'SESSIONEXPIRED', '0900000000000000' as SessionId],
  ['a path without slash', remove('x', 7), 'BADARGUMENTS'],
  ['the root', remove('/', 7), 'BADARGUMENTS'],
  ['a system node', remove('/zookeeper', 7), 'BADARGUMENTS'],
  ['no parent', remove('/no/x', 7), 'NONODE'],
  ['no node', remove('/no', 7), 'NONODE'],
  ['another version', remove('/a', 7), 'BADVERSION'],
  ['children', remove('/a', 0), 'NOTEMPTY'],
  ['nothing', remove('/a/b', 0), 'OK'],
])('delete with %s', (_, body, expected, session) => {
  const bench = new Bench();
  bench.prep(create('/a'));
  bench.prep(create('/a/b'));
  expect(bench.err(body, session)).toBe(expected);
});

test.each<[string, RequestBody, ErrorName | 'OK', SessionId?]>([
  ['no such session', set('x', 7), 'SESSIONEXPIRED', '0900000000000000' as SessionId],
  ['no path', set(null, 7), 'BADARGUMENTS'],
  ['a bad path', set('/no/', 7), 'BADARGUMENTS'],
  ['no node', set('/no', 7), 'NONODE'],
  ['another version', set('/a', 7), 'BADVERSION'],
  ['nothing', set('/a', 0), 'OK'],
  ['nothing, at the root', set('/', 0), 'OK'],
])('setData with %s', (_, body, expected, session) => {
  const bench = new Bench();
  bench.prep(create('/a'));
  expect(bench.err(body, session)).toBe(expected);
});

test('a pipeline is checked against what is proposed, committed or not', () => {
  const bench = new Bench();
  expect(bench.err(create('/a'))).toBe('OK');
  expect(bench.err(create('/a/b'))).toBe('OK');
  expect(bench.err(set('/a', 0))).toBe('OK');
  expect(bench.err(set('/a', 0))).toBe('BADVERSION');
  expect(bench.err(set('/a', 1))).toBe('OK');
  expect(bench.err(remove('/a'))).toBe('NOTEMPTY');
  expect(bench.err(remove('/a/b'))).toBe('OK');
  expect(bench.err(remove('/a'))).toBe('OK');
  expect(bench.err(set('/a'))).toBe('NONODE');
  expect(bench.err(create('/a/c'))).toBe('NONODE');
  expect(bench.err(create('/a'))).toBe('OK');
  expect(bench.prep(set('/a', 0)).entry?.txn).toMatchObject({ type: 'setData', version: 1 });
});

test('pipelined sequential creates count on from what is proposed', () => {
  const bench = new Bench();
  const paths = [1, 2, 3].map(() => {
    const { txn } = bench.prep(create('/s-', 2)).entry as { txn: { path?: string } };
    return txn.path;
  });
  expect(paths).toEqual(['/s-0000000000', '/s-0000000001', '/s-0000000002']);
  bench.prep(remove('/s-0000000002'));
  bench.commit();
  const next = bench.prep(create('/t-', 2)).entry?.txn as { path: string; parentCVersion: number };
  // A deletion does not count: no name comes twice.
  expect(next).toMatchObject({ path: '/t-0000000003', parentCVersion: 4 });
});

test('a sequence number has ten places, the sign among them', () => {
  expect(sequenceSuffix(7)).toBe('0000000007');
  expect(sequenceSuffix(2147483647)).toBe('2147483647');
  expect(sequenceSuffix(-7)).toBe('-000000007');
  expect(sequenceSuffix(-2147483648)).toBe('-2147483648');
});

test('changes leave the pending view when their txn is applied, newer ones of the same path stay', () => {
  const bench = new Bench();
  bench.prep(create('/a'));
  bench.prep(set('/a'));
  bench.prep(set('/a'));
  const { zks, leader } = bench.server;
  expect(zks.outstandingChanges).toHaveLength(4);
  expect(leader.outstandingProposals[0]?.zxid).toBe(zxid(1, 1));
  for (const sid of [2, 3]) bench.server.act((s) => s.hand.processAck(s, sid, zxid(1, 1)));
  bench.server.run(20);
  expect(zks.outstandingChanges.map(({ path }) => path)).toEqual(['/a', '/a']);
  expect(Object.keys(zks.outstandingChangesForPath)).toEqual(['/a']);
  expect(zks.outstandingChangesForPath['/a']?.version).toBe(2);
  bench.commit();
  expect(zks.outstandingChanges).toEqual([]);
  expect(zks.outstandingChangesForPath).toEqual({});
});

test('closeSession lists the ephemerals of its session: with pending creates, without pending deletes', () => {
  const bench = new Bench();
  for (const path of ['/old', '/gone', '/b']) bench.prep(create(path, 1), path === '/b' ? B : A);
  bench.commit();
  bench.prep(create('/fresh', 1));
  bench.prep(create('/persistent', 0));
  bench.prep(remove('/gone'));
  const close = bench.prep({ op: 'closeSession' });
  expect(close.entry?.txn).toEqual({ type: 'closeSession', paths2Delete: ['/fresh', '/old'] });
  // Seen from the next request on they are deleted, though nothing is applied.
  expect(bench.err(set('/old'), B)).toBe('NONODE');
  expect(bench.err(set('/b'), B)).toBe('OK');
});

test('behind its closeSession a session is expired, and its writes consume zxids all the same', () => {
  const bench = new Bench();
  bench.prep({ op: 'closeSession' });
  const late = bench.prep(create('/late', 1));
  expect(late.err).toBe('SESSIONEXPIRED');
  expect(late.zxid).toBe(zxid(1, 2));
  expect(bench.prep({ op: 'exists', path: '/', watch: false }).err).toBe('SESSIONEXPIRED');
  expect(bench.prep({ op: 'ping' }).err).toBe('SESSIONEXPIRED');
});

test('a request of another owner than the session\u2019s is refused as moved', () => {
  const bench = new Bench();
  bench.server.act((s) => setOwner(s, bench.server.zks, A, '2/1'));
  expect(bench.err(create('/a'), A, 'me')).toBe('SESSIONMOVED');
  expect(bench.err(create('/a'), A, '2/1')).toBe('OK');
  expect(bench.err({ op: 'exists', path: '/', watch: false }, A, 'me')).toBe('SESSIONMOVED');
  // closeSession asks for no owner.
  expect(bench.err({ op: 'closeSession' }, A, 'me')).toBe('OK');
});

test('three steps: queued for the commit, then proposed, then queued for the log', () => {
  const bench = new Bench();
  const from = bench.server.trace.length;
  bench.prep(create('/a'));
  const order = bench.server.trace
    .slice(from)
    .filter(
      ({ thread, queue, type }) => type === 'propose' || (queue === 'queuedRequests' && thread),
    )
    .map(({ type, thread }) => (type === 'propose' ? 'propose' : thread));
  expect(order).toEqual(['CommitProcessor', 'propose', 'SyncRequestProcessor']);
  const works = bench.server.trace
    .slice(from)
    .filter(({ type, thread }) => type === 'work' && thread === 'PrepRequestProcessor');
  expect(works.map(({ name }) => name)).toEqual(['prep', 'propose', 'log']);
});

test('the time of a txn is the leader\u2019s clock', () => {
  const bench = new Bench();
  bench.server.run(1_345);
  const before = bench.server.now;
  const { entry } = bench.prep(create('/a'));
  const ms = (entry?.hdr.time ?? 0) - Date.UTC(2026, 0, 1);
  expect(ms).toBeGreaterThanOrEqual(Math.floor(before / 1000));
  expect(ms).toBeLessThanOrEqual(Math.floor(before / 1000) + 1);
});
