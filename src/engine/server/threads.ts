/**
 * Threads as actors: each takes one item, works for its service time, hands on.
 * What it takes and does is its owner's matter (server.ts knows them all).
 */
import { assert } from '../../base/assert';
import type { Server, ServerState, Thread, ThreadKind } from './machine';

/** Section of the page that shows a thread's state. */
const SECTION: Record<ThreadKind, string | undefined> = {
  NIOWorkerThread: undefined,
  RequestThrottler: 'RequestThrottler',
  PrepRequestProcessor: 'PrepRequestProcessor',
  SyncRequestProcessor: 'SyncRequestProcessor',
  CommitProcessor: 'CommitProcessor',
  CommitProcWorkThread: 'CommitProcessor',
  FollowerRequestProcessor: 'FollowerRequestProcessor',
  SessionTracker: undefined,
  QuorumPeer: 'election',
  WorkerReceiver: undefined,
  LearnerHandler: 'learners',
  Sender: 'learners',
};

/** Threads of the peer itself, which outlive a role. */
const LASTING: readonly ThreadKind[] = ['NIOWorkerThread', 'QuorumPeer', 'WorkerReceiver'];

/** The thread of that name; made when it is first asked for. */
export function threadOf(state: ServerState, name: string): Thread {
  return state.threads[name] ?? makeThread(state, name);
}

function makeThread(state: ServerState, name: string): Thread {
  const dash = name.lastIndexOf('-');
  const kind = (dash < 0 ? name : name.slice(0, dash)) as ThreadKind;
  assert(kind in SECTION, `a server has no thread ${name}`);
  const index = dash < 0 ? 0 : Number(name.slice(dash + 1));
  state.threadsMade += 1;
  const made: Thread = {
    name,
    kind,
    index,
    serial: state.threadsMade,
    frozen: false,
    allowed: 0,
    busy: false,
    working: undefined,
    doing: undefined,
    stalled: [],
  };
  state.threads[name] = made;
  return made;
}

/** Whether the thread may begin something now. */
export function mayTake(thread: Thread): boolean {
  return !thread.busy && (!thread.frozen || thread.allowed > 0);
}

export function touchThread(s: Server, thread: Thread): void {
  const section = SECTION[thread.kind];
  if (section === undefined) return;
  s.fx.touch(section);
  if (section === 'CommitProcessor') s.fx.touch('FinalRequestProcessor');
}

/** The role is over: its threads are gone, those of the peer are free again. */
export function endRoleThreads(state: ServerState): void {
  for (const name of Object.keys(state.threads)) {
    const thread = state.threads[name] as Thread;
    if (!LASTING.includes(thread.kind)) {
      delete state.threads[name];
      continue;
    }
    state.threadsMade += 1;
    thread.serial = state.threadsMade;
    thread.busy = false;
    thread.working = undefined;
    thread.doing = undefined;
  }
}

/** Service time of one item, whole microseconds; `standard` may be a part of another time. */
export function serviceTime(s: Server, thread: string, standard: number): number {
  return Math.ceil(s.state.spec.timing.threads[thread] ?? standard);
}
