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
  ReadOnlyRequestProcessor: 'ReadOnlyRequestProcessor',
  PrepRequestProcessor: 'PrepRequestProcessor',
  SyncRequestProcessor: 'SyncRequestProcessor',
  CommitProcessor: 'CommitProcessor',
  CommitProcWorkThread: 'CommitProcessor',
  FollowerRequestProcessor: 'FollowerRequestProcessor',
  SessionTracker: undefined,
  ContainerManagerTask: undefined,
  QuorumPeer: 'election',
  WorkerReceiver: undefined,
  LearnerHandler: 'learners',
  Sender: 'learners',
};

/** Threads of the peer itself, which outlive a role. */
const LASTING: readonly ThreadKind[] = ['NIOWorkerThread', 'QuorumPeer', 'WorkerReceiver'];

/** Names with a sid in them, each made once: they are asked for at each message. */
function numberedNames(prefix: string): (sid: number) => string {
  const names: string[] = [];
  return (sid) => {
    names[sid] ??= prefix + sid;
    return names[sid];
  };
}

/** The thread that reads what this learner sends. */
export const learnerHandlerName = numberedNames('LearnerHandler-');
/** The thread that writes to this learner. */
export const senderName = numberedNames('Sender-');
/** The timer of that handler's reads. */
export const handlerTimer = numberedNames('handler.');

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
    blocked: false,
    stalled: [],
    replaying: false,
  };
  state.threads[name] = made;
  return made;
}

/** Whether the thread may begin something now. */
export function mayTake(thread: Thread): boolean {
  return !thread.busy && (!thread.frozen || thread.allowed > 0);
}

/** Marks local work that takes the oldest stalled event of its thread. */
export const REPLAY = 'replay';

/**
 * Whether a thread that does its work as it comes takes this now; a step's allowance
 * is used up by it. What it does not take goes into `stalled`.
 */
export function takesAtOnce(thread: Thread): boolean {
  if (thread.blocked || thread.stalled.length > 0) return false;
  if (!thread.frozen) return true;
  if (thread.allowed === 0) return false;
  thread.allowed -= 1;
  return true;
}

/** What came for the thread meanwhile happens now, one event after the other. */
export function scheduleReplay(s: Server, thread: Thread): void {
  const oldest = thread.stalled[0];
  if (oldest === undefined || thread.blocked || thread.replaying) return;
  if (thread.frozen && thread.allowed === 0) return;
  thread.replaying = true;
  const cause = 'sent' in oldest ? oldest.sent : undefined;
  s.fx.later(0, { thread: thread.name, data: REPLAY }, cause);
}

/** The thread waits inside the item it has in hand. */
export function block(s: Server, name: string): void {
  threadOf(s.state, name).blocked = true;
}

/** What it waited for is there: it reads on. */
export function unblock(s: Server, name: string): void {
  const thread = threadOf(s.state, name);
  thread.blocked = false;
  scheduleReplay(s, thread);
}

/** Sets a timer of a thread. One of that name which went off unseen by the thread is void. */
export function armTimer(s: Server, thread: string, timer: string, micros: number): void {
  forgetStalledTimer(s, thread, timer);
  s.fx.setTimer(timer, micros);
}

export function disarmTimer(s: Server, thread: string, timer: string): void {
  forgetStalledTimer(s, thread, timer);
  s.fx.clearTimer(timer);
}

function forgetStalledTimer(s: Server, name: string, timer: string): void {
  const thread = s.state.threads[name];
  if (thread === undefined || thread.stalled.length === 0) return;
  thread.stalled = thread.stalled.filter(
    (event) => event.type !== 'local' || event.work.timer !== timer,
  );
}

export function touchThread(s: Server, thread: Thread): void {
  const section = SECTION[thread.kind];
  if (section === undefined) return;
  s.fx.touch(section);
  if (section === 'CommitProcessor') s.fx.touch('FinalRequestProcessor');
}

/** The role is over: its threads are gone, those of the peer are free again. */
export function endRoleThreads(s: Server): void {
  const { state } = s;
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
    thread.blocked = false;
    // Timers of the role went with it.
    thread.stalled = thread.stalled.filter((event) => event.type !== 'local');
    scheduleReplay(s, thread);
  }
}

function isEmpty(record: object): boolean {
  for (const _ in record) return false;
  return true;
}

/** Service time of one item, whole microseconds; `standard` may be a part of another time. */
export function serviceTime(s: Server, thread: string, standard: number): number {
  const { threads } = s.state.spec.timing;
  if (isEmpty(threads)) return Math.ceil(standard);
  const dash = thread.lastIndexOf('-');
  const ofKind = dash < 0 ? undefined : threads[thread.slice(0, dash)];
  return Math.ceil(threads[thread] ?? ofKind ?? standard);
}
