/**
 * What each thread takes and does: the run loops of all threads, in one table.
 */
import { unreachable } from '../../base/assert';
import type { TraceId } from '../../base/traceId';
import { stepElection, takeElection } from './election/fastLeaderElection';
import type { Request, Server, Thread } from './machine';
import { doCommit, doWorker, takeCommit, takeWorker } from './pipeline/commitProcessor';
import { doFollower, takeFollower } from './pipeline/followerRequestProcessor';
import { doPrep, takePrep } from './pipeline/prepRequestProcessor';
import { doReadOnly, takeReadOnly } from './pipeline/readOnlyRequestProcessor';
import { doThrottler, takeThrottler } from './pipeline/requestThrottler';
import { doSync, takeSync } from './pipeline/syncRequestProcessor';
import { doSender, takeSender } from './quorum/learnerHandler';
import { isPing } from './request';
import { mayTake, threadOf, touchThread } from './threads';

/** Lets the thread take its next item, if it is free and has one. */
export function kick(s: Server, name: string): void {
  const thread = threadOf(s.state, name);
  if (!mayTake(thread)) return;
  const micros = take(s, thread);
  if (micros === undefined) return;
  if (thread.frozen) thread.allowed -= 1;
  thread.busy = true;
  touchThread(s, thread);
  s.fx.later(micros, { thread: name, data: thread.serial }, causeOf(thread));
}

function causeOf(thread: Thread): TraceId | undefined {
  const request = thread.working;
  if (request === undefined) return thread.cause;
  const isCommit = thread.kind === 'CommitProcessor' || thread.kind === 'CommitProcWorkThread';
  return isCommit ? request.commitCause : request.cause;
}

/** Service time of what it takes, in us; undefined: there is nothing, or it waits. */
function take(s: Server, thread: Thread): number | undefined {
  if (thread.kind === 'QuorumPeer') return takeElection(s);
  if (thread.kind === 'Sender') return takeSender(s, thread);
  const { zks } = s.state;
  if (zks === undefined) return undefined;
  switch (thread.kind) {
    case 'RequestThrottler':
      return takeThrottler(s, zks, thread);
    case 'ReadOnlyRequestProcessor':
      return takeReadOnly(s, zks, thread);
    case 'PrepRequestProcessor':
      return takePrep(s, zks, thread);
    case 'SyncRequestProcessor':
      return takeSync(s, zks, thread);
    case 'CommitProcessor':
      return takeCommit(s, zks, thread);
    case 'CommitProcWorkThread':
      return takeWorker(s, zks, thread);
    case 'FollowerRequestProcessor':
      return takeFollower(s, zks, thread);
    case 'NIOWorkerThread':
    case 'WorkerReceiver':
    case 'LearnerHandler':
    case 'SessionTracker':
    case 'ContainerManagerTask':
      // They do their work as it arrives.
      return undefined;
    default:
      return unreachable(thread.kind);
  }
}

/** The service time of a thread's item is over. */
export function finishWork(s: Server, name: string, serial: number): void {
  const thread = s.state.threads[name];
  if (thread === undefined || thread.serial !== serial || !thread.busy) {
    s.fx.describe({ thread: name, name: 'void', idle: true });
    return;
  }
  const request = thread.working;
  if (request === undefined) s.fx.describeWork(name, undefined, undefined, thread.doing);
  else {
    const zxid = request.entry === undefined ? undefined : request.zxid;
    const idle = isPing(request) ? true : undefined;
    s.fx.describeWork(name, request.ref, zxid, thread.doing, undefined, idle);
  }
  touchThread(s, thread);
  const again = finish(s, thread, request);
  // The role may have ended inside: then this thread is no more, or another.
  if (s.state.threads[name] !== thread || thread.serial !== serial) {
    if (thread.kind === 'QuorumPeer') kick(s, name);
    return;
  }
  if (again !== undefined) {
    s.fx.later(again, { thread: name, data: serial }, s.fx.head);
    return;
  }
  if (thread.doing === 'dead') return;
  thread.busy = false;
  thread.working = undefined;
  thread.cause = undefined;
  thread.doing = undefined;
  kick(s, name);
}

/** Does the work; a number: the same item has another part that takes so long. */
function finish(s: Server, thread: Thread, request: Request | undefined): number | undefined {
  if (thread.kind === 'QuorumPeer') {
    stepElection(s);
    return undefined;
  }
  if (thread.kind === 'Sender') {
    doSender(s, thread);
    return undefined;
  }
  const { zks } = s.state;
  if (zks === undefined || request === undefined) return undefined;
  switch (thread.kind) {
    case 'RequestThrottler':
      doThrottler(s, zks, request);
      return undefined;
    case 'ReadOnlyRequestProcessor':
      doReadOnly(s, zks, request);
      return undefined;
    case 'PrepRequestProcessor':
      return doPrep(s, zks, thread, request);
    case 'SyncRequestProcessor':
      if (!doSync(s, zks, request, thread.doing ?? '')) die(s, thread);
      return undefined;
    case 'CommitProcessor':
      doCommit(s, zks, request, thread.doing ?? '');
      return undefined;
    case 'CommitProcWorkThread':
      doWorker(s, zks, request);
      return undefined;
    default:
      doFollower(s, zks, request);
      return undefined;
  }
}

/**
 * A critical thread ended by an exception. A quorum member does not exit: its
 * role ends when it next looks at itself. A standalone server shuts down.
 * Source: ZooKeeperCriticalThread, ZooKeeperServerListenerImpl.
 */
function die(s: Server, thread: Thread): void {
  thread.doing = 'dead';
  const { zks } = s.state;
  if (zks === undefined) return;
  zks.failed = true;
  s.fx.touch('role');
  s.fx.trace({
    type: 'notServing',
    name: 'Severe unrecoverable error, from thread',
    thread: thread.name,
  });
  if (zks.role === 'standalone') s.fx.exit(1, `Severe unrecoverable error, from ${thread.name}`);
}
