/**
 * CommitProcessor: lets reads pass, holds back what follows an uncommitted write
 * of the same session, runs committed writes one at a time.
 *
 * Invariant: a session has a row in pendingRequests exactly while an
 * uncommitted write of it is in front there.
 *
 * One poll, one commit, one release of the reads behind a commit are three
 * steps. Source: CommitProcessor.run, processCommitted, WorkerService.
 */
import { assert } from '../../../base/assert';
import type { SessionId } from '../../../zk/ids';
import { nextOf } from '../chains';
import type { CommitState, Request, Server, Thread, ZksState } from '../machine';
import { isWrite } from '../request';
import { serviceTime } from '../threads';

export function initialCommitState(workers: number): CommitState {
  return {
    queuedRequests: [],
    queuedWriteRequests: [],
    pendingRequests: {},
    committedRequests: [],
    inFlight: 0,
    workers: Array.from({ length: workers }, () => ({ queue: [] })),
    phase: 'start',
    remaining: 0,
    reads: 0,
    budget: 0,
    committedSessions: [],
  };
}

/** On a learner a sync waits for its SYNC packet (matchSyncs); on the leader it passes like a read. */
function needCommit(zks: ZksState, request: Request): boolean {
  if (isWrite(request)) return true;
  return request.ref.op === 'sync' && zks.role === 'follower' && !request.isThrottled;
}

/** CommitProcessor.processRequest, on the caller's thread. */
export function submitToCommit(s: Server, zks: ZksState, request: Request): void {
  const c = zks.commit;
  c.queuedRequests.push(request);
  const waits = needCommit(zks, request);
  if (waits) c.queuedWriteRequests.push(request);
  request.commitCause = s.fx.traceRequest(
    'enqueue',
    request.ref,
    request.entry === undefined ? undefined : request.zxid,
    'CommitProcessor',
    'queuedRequests',
    waits ? 'queuedWriteRequests' : undefined,
  );
  s.fx.touch('CommitProcessor');
  s.hand.kick(s, 'CommitProcessor');
}

/** CommitProcessor.commit, on the caller's thread. */
export function commitRequest(s: Server, zks: ZksState, request: Request): void {
  zks.commit.committedRequests.push(request);
  request.commitCause = s.fx.traceRequest(
    'enqueue',
    request.ref,
    request.entry === undefined ? undefined : request.zxid,
    'CommitProcessor',
    'committedRequests',
  );
  s.fx.touch('CommitProcessor');
  s.hand.kick(s, 'CommitProcessor');
}

/** Decides the next step of the main loop; undefined: it waits. */
export function takeCommit(s: Server, zks: ZksState, thread: Thread): number | undefined {
  const c = zks.commit;
  const { maxReadBatchSize, maxCommitBatchSize } = s.state.spec.config;
  for (;;) {
    if (c.phase === 'start') {
      if (c.queuedRequests.length === 0 && c.committedRequests.length === 0) return undefined;
      c.phase = 'read';
      c.remaining = c.queuedRequests.length;
      c.reads = 0;
    } else if (c.phase === 'read') {
      const mayRead = maxReadBatchSize < 0 || c.reads <= maxReadBatchSize;
      if (c.remaining > 0 && mayRead && c.queuedRequests.length > 0) {
        return work(s, thread, c.queuedRequests.shift() as Request, 'poll');
      }
      c.phase = 'commit';
      c.budget = maxCommitBatchSize;
    } else if (c.phase === 'commit') {
      const head = c.committedRequests[0];
      const isOver = head === undefined || c.budget === 0;
      // No read runs while a write runs; it waits for that before it looks whose the write is.
      if (!isOver && c.inFlight > 0) return undefined;
      if (isOver || isBlocked(zks, head)) {
        c.phase = c.committedSessions.length > 0 ? 'release' : 'start';
        continue;
      }
      c.committedRequests.shift();
      return work(s, thread, head, 'commit');
    } else {
      const session = c.committedSessions[0] as SessionId;
      return work(s, thread, (c.pendingRequests[session] as Request[])[0] as Request, 'release');
    }
  }
}

function work(s: Server, thread: Thread, request: Request, doing: string): number {
  thread.working = request;
  thread.doing = doing;
  return serviceTime(s, 'CommitProcessor', s.state.spec.timing.processor);
}

/** A local write waits where it stands: in the queue still, or with reads in front. */
function isBlocked(zks: ZksState, committed: Request): boolean {
  if (!isLocalHead(zks, committed)) return false;
  const front = zks.commit.pendingRequests[committed.sessionId]?.[0];
  const blocked = front === undefined || !needCommit(zks, front);
  assert(
    !blocked || front !== undefined || zks.commit.queuedRequests.length > 0,
    'a local write that is committed stands in a queue',
  );
  return blocked;
}

function isLocalHead(zks: ZksState, committed: Request): boolean {
  const head = zks.commit.queuedWriteRequests[0];
  return (
    head !== undefined && head.sessionId === committed.sessionId && head.cxid === committed.cxid
  );
}

export function doCommit(s: Server, zks: ZksState, request: Request, doing: string): void {
  const c = zks.commit;
  s.fx.touch('CommitProcessor');
  if (doing === 'poll') pollOne(s, zks, request);
  else if (doing === 'commit') commitOne(s, zks, request);
  else {
    for (const session of c.committedSessions) release(s, zks, session);
    c.committedSessions = [];
    c.phase = 'start';
  }
}

function pollOne(s: Server, zks: ZksState, request: Request): void {
  const c = zks.commit;
  c.remaining -= 1;
  const waiting = c.pendingRequests[request.sessionId];
  if (waiting !== undefined || needCommit(zks, request)) {
    if (waiting === undefined) c.pendingRequests[request.sessionId] = [request];
    else waiting.push(request);
    request.commitCause = s.fx.traceRequest(
      'enqueue',
      request.ref,
      undefined,
      'CommitProcessor',
      'pendingRequests',
    );
  } else {
    c.reads += 1;
    toWorker(s, zks, request);
  }
  if (s.state.spec.config.maxReadBatchSize >= 0 || c.committedRequests.length === 0) return;
  if (waiting !== undefined || hasPending(c)) {
    c.phase = 'commit';
    c.budget = s.state.spec.config.maxCommitBatchSize;
  }
}

function hasPending(c: CommitState): boolean {
  for (const _ in c.pendingRequests) return true;
  return false;
}

function commitOne(s: Server, zks: ZksState, committed: Request): void {
  const c = zks.commit;
  c.budget -= 1;
  let request = committed;
  if (isLocalHead(zks, committed)) {
    const queue = c.pendingRequests[committed.sessionId] as Request[];
    request = queue.shift() as Request;
    request.entry = committed.entry;
    request.zxid = committed.zxid;
    c.queuedWriteRequests.shift();
    const front = queue[0];
    if (front === undefined) delete c.pendingRequests[committed.sessionId];
    else if (!needCommit(zks, front)) c.committedSessions.push(committed.sessionId);
  }
  s.hand.process(s, nextOf(zks.role, 'CommitProcessor'), request);
}

/** The reads that stood behind the write just committed go to the workers together. */
function release(s: Server, zks: ZksState, session: SessionId): void {
  const queue = zks.commit.pendingRequests[session] as Request[];
  while (queue.length > 0 && !needCommit(zks, queue[0] as Request)) {
    toWorker(s, zks, queue.shift() as Request);
  }
  if (queue.length === 0) delete zks.commit.pendingRequests[session];
}

function toWorker(s: Server, zks: ZksState, request: Request): void {
  const c = zks.commit;
  c.inFlight += 1;
  const index = workerOf(request.sessionId, c.workers.length);
  (c.workers[index] as { queue: Request[] }).queue.push(request);
  request.commitCause = s.fx.trace({
    type: 'enqueue',
    thread: `CommitProcWorkThread-${index}`,
    queue: 'workers',
    request: request.ref,
  });
  s.hand.kick(s, `CommitProcWorkThread-${index}`);
}

/** sessionId mod workers, from the hex digits. */
export function workerOf(session: SessionId, workers: number): number {
  const high = Number.parseInt(session.slice(0, 8), 16) % workers;
  const low = Number.parseInt(session.slice(8), 16) % workers;
  return (high * (0x100000000 % workers) + low) % workers;
}

export function takeWorker(s: Server, zks: ZksState, thread: Thread): number | undefined {
  const request = zks.commit.workers[thread.index]?.queue.shift();
  if (request === undefined) return undefined;
  thread.working = request;
  return serviceTime(s, thread.name, s.state.spec.timing.processor);
}

export function doWorker(s: Server, zks: ZksState, request: Request): void {
  s.fx.touch('CommitProcessor');
  s.hand.process(s, nextOf(zks.role, 'CommitProcessor'), request);
  zks.commit.inFlight -= 1;
  if (zks.commit.inFlight === 0) s.hand.kick(s, 'CommitProcessor');
}

/** Throws when an invariant of the queues is broken. */
export function checkCommit(zks: ZksState): void {
  const c = zks.commit;
  for (const session of Object.keys(c.pendingRequests)) {
    const front = c.pendingRequests[session as SessionId]?.[0];
    assert(front !== undefined, 'a session without waiting requests has no row in pendingRequests');
    assert(
      needCommit(zks, front) || c.committedSessions.includes(session as SessionId),
      'a write is in front in pendingRequests',
    );
  }
  assert(c.inFlight >= 0, 'reads in flight are counted');
}
