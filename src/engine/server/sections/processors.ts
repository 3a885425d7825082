/**
 * Sections of the request processors: each class of the present chain, and the
 * RequestThrottler before it.
 *
 * Plain calls have neither queue nor frost of their own: what holds them up is
 * shown at their thread. Of them only FinalRequestProcessor shows a request, the
 * one that its callers spend their service time on.
 */
import { unreachable } from '../../../base/assert';
import type { ProcessorSection, QueueView, RequestView } from '../../../bridge/frame';
import type { SessionId } from '../../../zk/ids';
import { CHAIN } from '../chains';
import type { ProcessorName, Request, ServerState, ZksState } from '../machine';
import { viewOf } from './requestView';

export type ShownProcessor = ProcessorName | 'RequestThrottler';

/** Those of the present role, in the order of the line; none while there is no ZooKeeperServer. */
export function shownProcessors(state: ServerState): readonly ShownProcessor[] {
  return state.zks === undefined ? [] : ['RequestThrottler', ...CHAIN[state.zks.role]];
}

export function processorSection(
  state: ServerState,
  zks: ZksState,
  name: ShownProcessor,
): ProcessorSection {
  switch (name) {
    case 'RequestThrottler':
      return actor(state, name, [queue('submittedRequests', zks.throttler)]);
    case 'ReadOnlyRequestProcessor':
      return actor(state, name, [queue('queuedRequests', zks.readOnly)]);
    case 'PrepRequestProcessor':
      return actor(state, name, [queue('submittedRequests', zks.prep)]);
    case 'FollowerRequestProcessor':
      return actor(state, name, [queue('queuedRequests', zks.follower)]);
    case 'SyncRequestProcessor':
      return actor(state, name, [queue('queuedRequests', zks.sync.queue), toFlush(state, zks)]);
    case 'CommitProcessor':
      return commitProcessor(state, zks);
    case 'LeaderRequestProcessor':
      return call(name, 'RequestThrottler');
    case 'ProposalRequestProcessor':
      return call(name, 'PrepRequestProcessor');
    case 'AckRequestProcessor':
    case 'SendAckRequestProcessor':
      return call(name, 'SyncRequestProcessor');
    case 'ToBeAppliedRequestProcessor':
      return call(name, 'CommitProcessor');
    case 'FinalRequestProcessor':
      return finalRequestProcessor(state, zks);
    default:
      return unreachable(name);
  }
}

function queue(name: string, requests: readonly Request[]): QueueView {
  return { name, items: requests.map(viewOf) };
}

/** A thread of its own. */
function actor(state: ServerState, name: ShownProcessor, queues: QueueView[]): ProcessorSection {
  const thread = state.threads[name];
  const section: ProcessorSection = {
    type: 'processor',
    name,
    isThread: true,
    thread: name,
    frozen: thread?.frozen ?? false,
    working: workingOf(state, name),
    queues,
  };
  if (thread?.doing !== undefined) section.doing = thread.doing;
  return section;
}

/** A call on another's thread. */
function call(
  name: ProcessorName,
  thread: string,
  working: RequestView | null = null,
): ProcessorSection {
  return { type: 'processor', name, isThread: false, thread, frozen: false, working, queues: [] };
}

function workingOf(state: ServerState, thread: string): RequestView | null {
  const working = state.threads[thread]?.working;
  return working === undefined ? null : viewOf(working);
}

/** Java takes a request out of toFlush when it hands it on; what waits for that is in it still. */
function toFlush(state: ServerState, zks: ZksState): QueueView {
  const { nexts, toFlush: waiting } = zks.sync;
  const inHand = state.threads['SyncRequestProcessor']?.working;
  const left = nexts[0] !== undefined && nexts[0] === inHand ? nexts.slice(1) : nexts;
  return queue('toFlush', [...left, ...waiting]);
}

function commitProcessor(state: ServerState, zks: ZksState): ProcessorSection {
  const { commit } = zks;
  const section = actor(state, 'CommitProcessor', [
    queue('queuedRequests', commit.queuedRequests),
    queue('queuedWriteRequests', commit.queuedWriteRequests),
    queue('committedRequests', commit.committedRequests),
  ]);
  const sessions = Object.keys(commit.pendingRequests).sort() as SessionId[];
  section.pendingRequests = sessions.map((sessionId) => ({
    sessionId,
    items: (commit.pendingRequests[sessionId] as Request[]).map(viewOf),
  }));
  section.workers = commit.workers.map((worker, i) => ({
    working: workingOf(state, workerName(i)),
    items: worker.queue.map(viewOf),
  }));
  return section;
}

function workerName(i: number): string {
  return `CommitProcWorkThread-${i}`;
}

/** On the thread of a committing CommitProcessor, or of the first worker that has something in hand. */
function finalRequestProcessor(state: ServerState, zks: ZksState): ProcessorSection {
  if (zks.role === 'standalone') return call('FinalRequestProcessor', 'SyncRequestProcessor');
  if (zks.role === 'readOnly') return call('FinalRequestProcessor', 'PrepRequestProcessor');
  let thread = 'CommitProcessor';
  let working = state.threads[thread]?.doing === 'commit' ? workingOf(state, thread) : null;
  for (let i = 0; working === null && i < zks.commit.workers.length; i += 1) {
    working = workingOf(state, workerName(i));
    if (working !== null) thread = workerName(i);
  }
  return call('FinalRequestProcessor', thread, working);
}
