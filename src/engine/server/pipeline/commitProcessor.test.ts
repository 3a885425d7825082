/** CommitProcessor on a follower whose leader is scripted. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TraceId } from '../../../base/traceId';
import type { SessionId } from '../../../zk/ids';
import type { RequestBody } from '../../../zk/records';
import { LoneServer, logged, zxid } from '../loneServer.test-support';
import type { Request } from '../machine';
import { localRequest, proposedRequest } from '../request';
import { commitRequest, submitToCommit, workerOf } from './commitProcessor';

const A = '0100000000000000' as SessionId;
const B = '0100000000000001' as SessionId;
const C = '0100000000000002' as SessionId;
const REMOTE = '0200000000000000' as SessionId;
const NOBODY = 0 as TraceId;

const WRITE: RequestBody = { op: 'setData', path: '/', data: null, version: -1 };
const READ: RequestBody = { op: 'exists', path: '/', watch: false };
const SYNC: RequestBody = { op: 'sync', path: '/' };
const PING: RequestBody = { op: 'ping' };

/** A follower's CommitProcessor, with words for what others do to it. */
class Bench {
  readonly server: LoneServer;
  private counter = 0;

  constructor(config: Partial<LoneServer['state']['spec']['config']> = {}) {
    this.server = new LoneServer({ config });
    this.server.follow(3, 1);
    this.server.trace.length = 0;
  }

  arrive(session: SessionId, cxid: number, body: RequestBody): Request {
    const request = localRequest(session, cxid, body, undefined, NOBODY);
    this.server.act((s) => submitToCommit(s, this.server.zks, request));
    return request;
  }

  /** The COMMIT of a txn that session asked for under that cxid, here or elsewhere. */
  commit(session: SessionId, cxid: number): void {
    this.counter += 1;
    const txn = { type: 'setData', path: '/', data: null, version: this.counter } as const;
    const entry = logged(zxid(1, this.counter), txn, session, cxid);
    const request = proposedRequest(entry, NOBODY);
    this.server.act((s) => commitRequest(s, this.server.zks, request));
  }

  /** What reached FinalRequestProcessor so far, as session letter and cxid. */
  done(): string[] {
    return this.server
      .entries('call', 'FinalRequestProcessor')
      .map(({ request }) => nameOf(request?.sessionId as SessionId, request?.cxid as number));
  }

  pending(): Record<string, number[]> {
    const rows: Record<string, number[]> = {};
    for (const [id, row] of Object.entries(this.server.zks.commit.pendingRequests)) {
      rows[nameOf(id as SessionId, 0)[0] as string] = row.map(({ cxid }) => cxid);
    }
    return rows;
  }

  writes(): string[] {
    const queue = this.server.zks.commit.queuedWriteRequests;
    return queue.map(({ sessionId, cxid }) => nameOf(sessionId, cxid));
  }

  run(ms = 20): void {
    this.server.run(ms);
  }
}

function nameOf(session: SessionId, cxid: number): string {
  const letter = { [A]: 'A', [B]: 'B', [C]: 'C', [REMOTE]: 'remote ' }[session] ?? '?';
  return `${letter}${cxid}`;
}

test('reads pass the writes of other sessions and wait behind their own', () => {
  // The example of the reference: A:w1, B:r1, A:r2, C:w2, B:r3, A:w3, C:r4.
  const bench = new Bench();
  bench.arrive(A, 1, WRITE);
  bench.arrive(B, 1, READ);
  bench.arrive(A, 2, READ);
  bench.arrive(C, 1, WRITE);
  bench.arrive(B, 2, READ);
  bench.arrive(A, 3, WRITE);
  bench.arrive(C, 2, READ);
  bench.run();
  expect(bench.writes()).toEqual(['A1', 'C1', 'A3']);
  expect(bench.pending()).toEqual({ A: [1, 2, 3], C: [1, 2] });
  expect(bench.done()).toEqual(['B1', 'B2']);

  bench.commit(REMOTE, 9);
  bench.run();
  expect(bench.pending()).toEqual({ A: [1, 2, 3], C: [1, 2] });
  expect(bench.done().slice(2)).toEqual(['remote 9']);

  bench.commit(A, 1);
  bench.run();
  expect(bench.writes()).toEqual(['C1', 'A3']);
  expect(bench.pending()).toEqual({ A: [3], C: [1, 2] });
  expect(bench.done().slice(3)).toEqual(['A1', 'A2']);

  bench.commit(C, 1);
  bench.run();
  expect(bench.writes()).toEqual(['A3']);
  expect(bench.pending()).toEqual({ A: [3] });
  expect(bench.done().slice(5)).toEqual(['C1', 'C2']);

  bench.commit(A, 3);
  bench.run();
  expect(bench.writes()).toEqual([]);
  expect(bench.pending()).toEqual({});
  expect(bench.done().slice(7)).toEqual(['A3']);
});

test('the reads behind a write are released together by its commit', () => {
  const bench = new Bench();
  bench.arrive(A, 1, WRITE);
  for (const cxid of [2, 3, 4]) bench.arrive(A, cxid, READ);
  bench.arrive(A, 5, WRITE);
  bench.arrive(A, 6, READ);
  bench.run();
  bench.commit(A, 1);
  bench.server.runUntil((entry) => entry.type === 'work' && entry.name === 'release');
  const { workers, inFlight } = bench.server.zks.commit;
  const busy = Object.values(bench.server.state.threads).filter(
    ({ kind, working }) => kind === 'CommitProcWorkThread' && working !== undefined,
  );
  expect(inFlight).toBe(3);
  expect(workers.flatMap(({ queue }) => queue).length + busy.length).toBe(3);
  expect(bench.pending()).toEqual({ A: [5, 6] });
});

test('a ping waits behind a pending write of its session, like any read', () => {
  const bench = new Bench();
  bench.arrive(A, 1, WRITE);
  bench.arrive(A, -2, PING);
  bench.arrive(B, -2, PING);
  bench.run();
  expect(bench.done()).toEqual(['B-2']);
  bench.commit(A, 1);
  bench.run();
  expect(bench.done()).toEqual(['B-2', 'A1', 'A-2']);
});

test('a sync at a follower waits for its commit as a write does, and consumes no txn', () => {
  const bench = new Bench();
  const sync = bench.arrive(A, 1, SYNC);
  bench.arrive(A, 2, READ);
  bench.run();
  expect(bench.done()).toEqual([]);
  bench.server.act((s) => commitRequest(s, bench.server.zks, sync));
  bench.run();
  expect(bench.done()).toEqual(['A1', 'A2']);
  expect(bench.server.entries('apply')).toEqual([]);
});

test('a sync of a client of the leader passes like a read', () => {
  const server = new LoneServer({ sid: 3 });
  server.leadWith(2);
  const write = localRequest(A, 1, WRITE, undefined, NOBODY);
  const sync = localRequest(B, 1, SYNC, undefined, NOBODY);
  server.act((s) => submitToCommit(s, server.zks, write));
  server.act((s) => submitToCommit(s, server.zks, sync));
  server.run(5);
  const done = server.entries('call', 'FinalRequestProcessor').map(({ request }) => request?.op);
  expect(done).toEqual(['sync']);
});

test('a write waits until no read is in flight, and no read is handed out meanwhile', () => {
  const bench = new Bench();
  bench.server.command({ type: 'freeze', thread: 'CommitProcWorkThread-0' });
  bench.server.command({ type: 'freeze', thread: 'CommitProcWorkThread-1' });
  bench.arrive(B, 1, READ);
  bench.run();
  bench.commit(REMOTE, 1);
  bench.run();
  expect(bench.server.zks.commit.inFlight).toBe(1);
  expect(bench.done()).toEqual([]);
  bench.arrive(C, 1, READ);
  bench.run();
  expect(bench.server.zks.commit.inFlight).toBe(1);
  bench.server.command({ type: 'thaw', thread: 'CommitProcWorkThread-0' });
  bench.server.command({ type: 'thaw', thread: 'CommitProcWorkThread-1' });
  bench.run();
  expect(bench.done()).toEqual(['B1', 'remote 1', 'C1']);
});

test('before it looks whose the commit is it waits for the reads in flight', () => {
  const bench = new Bench({ maxReadBatchSize: 0 });
  bench.server.command({ type: 'freeze', thread: 'CommitProcWorkThread-0' });
  bench.server.command({ type: 'freeze', thread: 'CommitProcWorkThread-1' });
  bench.server.command({ type: 'freeze', thread: 'CommitProcessor' });
  bench.arrive(B, 1, READ);
  bench.arrive(B, 2, READ);
  bench.arrive(A, 1, WRITE);
  bench.commit(A, 1);
  bench.server.command({ type: 'thaw', thread: 'CommitProcessor' });
  bench.run();
  // A's write is not polled yet, so the commit cannot run; still the second read has to wait.
  expect(bench.server.zks.commit.inFlight).toBe(1);
  bench.server.command({ type: 'thaw', thread: 'CommitProcWorkThread-0' });
  bench.server.command({ type: 'thaw', thread: 'CommitProcWorkThread-1' });
  bench.run();
  expect(bench.done()).toEqual(['B1', 'B2', 'A1']);
});

test('the commit of a write that still stands in queuedRequests waits until it is polled', () => {
  const bench = new Bench();
  bench.server.command({ type: 'freeze', thread: 'CommitProcessor' });
  bench.arrive(A, 1, READ);
  bench.arrive(A, 2, WRITE);
  bench.commit(A, 2);
  bench.server.command({ type: 'thaw', thread: 'CommitProcessor' });
  bench.run();
  expect(bench.done()).toEqual(['A1', 'A2']);
  expect(bench.pending()).toEqual({});
});

test('the local request, not the one from the proposal, goes on: its client is answered', () => {
  const bench = new Bench();
  const local = bench.arrive(A, 1, WRITE);
  bench.run();
  bench.commit(A, 1);
  bench.run();
  expect(local.entry?.hdr.zxid).toBe(zxid(1, 1));
  expect(local.zxid).toBe(zxid(1, 1));
});

test('maxReadBatchSize lets one read more than its number pass before a commit', () => {
  const bench = new Bench({ maxReadBatchSize: 2 });
  bench.server.command({ type: 'freeze', thread: 'CommitProcessor' });
  for (const cxid of [1, 2, 3, 4, 5]) bench.arrive(B, cxid, READ);
  bench.commit(REMOTE, 1);
  bench.server.command({ type: 'thaw', thread: 'CommitProcessor' });
  bench.run();
  expect(bench.done()).toEqual(['B1', 'B2', 'B3', 'remote 1', 'B4', 'B5']);
});

test('without maxReadBatchSize reads go on until a session has a write pending and a commit waits', () => {
  const bench = new Bench();
  bench.server.command({ type: 'freeze', thread: 'CommitProcessor' });
  bench.arrive(B, 1, READ);
  bench.arrive(A, 1, WRITE);
  bench.arrive(B, 2, READ);
  bench.commit(REMOTE, 1);
  bench.server.command({ type: 'thaw', thread: 'CommitProcessor' });
  bench.run();
  expect(bench.done()).toEqual(['B1', 'remote 1', 'B2']);
});

test('maxCommitBatchSize commits several writes before the reads behind the first are released', () => {
  const order = (maxCommitBatchSize: number): string[] => {
    const bench = new Bench({ maxCommitBatchSize });
    bench.arrive(A, 1, WRITE);
    bench.arrive(A, 2, READ);
    bench.run();
    bench.commit(A, 1);
    bench.commit(REMOTE, 1);
    bench.run();
    return bench.done();
  };
  expect(order(1)).toEqual(['A1', 'A2', 'remote 1']);
  expect(order(5)).toEqual(['A1', 'remote 1', 'A2']);
});

test('within a batch of commits a write behind a read of its session waits for that read', () => {
  const bench = new Bench({ maxCommitBatchSize: 5 });
  bench.arrive(A, 1, WRITE);
  bench.arrive(A, 2, READ);
  bench.arrive(A, 3, WRITE);
  bench.run();
  bench.commit(A, 1);
  bench.commit(A, 3);
  bench.run();
  expect(bench.done()).toEqual(['A1', 'A2', 'A3']);
});

test('a session belongs to the worker of its id modulo their number', () => {
  for (const id of ['0100000000000000', 'ffffffffffffffff', '0123456789abcdef']) {
    for (const n of [1, 2, 3, 7]) {
      expect(workerOf(id as SessionId, n)).toBe(Number(BigInt(`0x${id}`) % BigInt(n)));
    }
  }
});

/* ---- against a plain and slow model ---- */

type Act =
  | { act: 'arrive'; session: number; isWrite: boolean }
  | { act: 'remote' | 'commit' | 'run' };

const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        act: fc.constant<'arrive'>('arrive'),
        session: fc.nat(2),
        isWrite: fc.boolean(),
      }),
    },
    { weight: 2, arbitrary: fc.record({ act: fc.constant<'commit'>('commit') }) },
    { weight: 1, arbitrary: fc.record({ act: fc.constant<'remote'>('remote') }) },
    { weight: 4, arbitrary: fc.record({ act: fc.constant<'run'>('run') }) },
  ),
  { maxLength: 60, size: 'max' },
);

test('whatever the interleaving: each session in its order, writes in commit order, alone', () => {
  const sessions = [A, B, C];
  fc.assert(
    fc.property(
      acts,
      fc.constantFrom(-1, -1, 0, 3),
      fc.constantFrom(1, 1, 4),
      (list, reads, commits) => {
        const bench = new Bench({ maxReadBatchSize: reads, maxCommitBatchSize: commits });
        const arrived: { session: SessionId; cxid: number; isWrite: boolean }[] = [];
        const uncommitted: { session: SessionId; cxid: number }[] = [];
        const committed: string[] = [];
        let remote = 0;
        const commitOldest = () => {
          const next = uncommitted.shift();
          if (next === undefined) return;
          committed.push(nameOf(next.session, next.cxid));
          bench.commit(next.session, next.cxid);
        };
        for (const each of list) {
          if (each.act === 'arrive') {
            const session = sessions[each.session] as SessionId;
            const cxid = arrived.length + 1;
            arrived.push({ session, cxid, isWrite: each.isWrite });
            if (each.isWrite) uncommitted.push({ session, cxid });
            bench.arrive(session, cxid, each.isWrite ? WRITE : READ);
          } else if (each.act === 'commit') commitOldest();
          else if (each.act === 'remote') {
            remote += 1;
            committed.push(nameOf(REMOTE, remote));
            bench.commit(REMOTE, remote);
          } else {
            bench.server.step(bench.server.now + 1000);
          }
        }
        const checkOrder = () => {
          const done = bench.done();
          for (const session of sessions) {
            const own = arrived.filter((each) => each.session === session);
            const names = own.map(({ cxid }) => nameOf(session, cxid));
            const ran = done.filter((name) => names.includes(name));
            expect(ran).toEqual(names.slice(0, ran.length));
            // The model: a session runs up to its first write without commit, at most.
            const stop = own.findIndex(
              ({ cxid, isWrite }) => isWrite && !committed.includes(nameOf(session, cxid)),
            );
            expect(ran.length).toBeLessThanOrEqual(stop < 0 ? names.length : stop);
          }
          const writes = done.filter((name) => committed.includes(name));
          expect(writes).toEqual(committed.slice(0, writes.length));
        };
        checkOrder();
        bench.run(200);
        checkOrder();
        while (uncommitted.length > 0) commitOldest();
        bench.run(200);
        checkOrder();
        expect(bench.done()).toHaveLength(arrived.length + remote);
        expect(bench.pending()).toEqual({});
        expect(bench.server.zks.commit.inFlight).toBe(0);
        // Alone: when a write has run, every read that was handed out before it has ended.
        let inFlight = 0;
        for (const entry of bench.server.trace) {
          if (entry.queue === 'workers') inFlight += 1;
          else if (entry.type !== 'work' || entry.thread === undefined) continue;
          else if (entry.thread.startsWith('CommitProcWorkThread')) inFlight -= 1;
          else if (entry.name === 'commit') expect(inFlight).toBe(0);
        }
      },
    ),
    { numRuns: 150 },
  );
});
