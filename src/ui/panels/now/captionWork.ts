/** Sentences for threads that finished an item, and for the disk. */
import type { TraceEntry } from '../../../bridge/traceEntry';
import type { Caption, Happening } from './captionTypes';
import { lookingCaption, roleLostCaption } from './captionElection';

/** Kinds of event that wait for a frozen thread. */
const REPLAYED: readonly string[] = [
  'message',
  'closed',
  'local',
  'connect',
  'accepted',
  'refused',
];

export function workCaption(event: Happening): Caption | undefined {
  const lost = roleLostCaption(event);
  if (lost !== undefined) return lost;
  const { head, say } = event;
  if (head.name === 'void') return say('caption.void', { thread: head.thread ?? '' });
  // A thread that was frozen takes up what came for it meanwhile.
  if (REPLAYED.includes(head.name ?? '')) {
    return say('caption.replayed', { thread: head.thread ?? '' }, event.step('enqueue'));
  }
  const kind = (head.thread ?? '').replace(/-\d+$/, '');
  switch (kind) {
    case 'RequestThrottler':
      return throttler(event);
    case 'ReadOnlyRequestProcessor':
      return readOnly(event);
    case 'PrepRequestProcessor':
      return prep(event);
    case 'SyncRequestProcessor':
      return sync(event);
    case 'CommitProcessor':
      return commit(event);
    case 'CommitProcWorkThread':
      return worker(event);
    case 'FollowerRequestProcessor':
      return follower(event);
    case 'Sender':
      return sender(event);
    case 'QuorumPeer':
      return lookingCaption(event);
    default:
      return undefined;
  }
}

function throttler({ say, step }: Happening): Caption | undefined {
  if (step('touch', (s) => s.err !== undefined)) {
    return say('caption.throttler.dropped', {}, step('touch'));
  }
  const queued = step('enqueue');
  if (queued?.thread === 'PrepRequestProcessor') return say('caption.throttler.prep', {}, queued);
  if (queued?.thread === 'FollowerRequestProcessor') {
    return say('caption.throttler.follower', {}, queued);
  }
  if (queued?.thread === 'ReadOnlyRequestProcessor') {
    return say('caption.throttler.readOnly', {}, queued);
  }
  return say('caption.throttler.void');
}

/** The door of a server without a leader: what it may answer goes on, all else is refused. */
function readOnly(event: Happening): Caption | undefined {
  const { say, step } = event;
  const refused = step('reply', (s) => s.err === 'NOTREADONLY');
  if (refused !== undefined) return say('caption.readOnly.refused', {}, refused);
  const queued = step('enqueue');
  if (queued !== undefined) return say('caption.readOnly.passes', {}, queued);
  return step('reply') === undefined && step('call') === undefined
    ? say('caption.worker.gone', {}, event.head)
    : worker(event);
}

function prep({ say, step, head }: Happening): Caption | undefined {
  const proposed = step('propose');
  if (proposed !== undefined) return say('caption.prep.proposes', {}, proposed);
  const queued = step('enqueue');
  if (queued?.thread === 'SyncRequestProcessor') return say('caption.prep.logs', {}, queued);
  if (queued?.thread === 'CommitProcessor') {
    return say(queued.zxid === undefined ? 'caption.prep.read' : 'caption.prep.write', {}, queued);
  }
  // A learner's sync goes neither into the commit queue nor into the log.
  return head.request?.op === 'sync' || queued === undefined ? say('caption.prep.sync') : undefined;
}

function sync(event: Happening): Caption | undefined {
  const { say, step } = event;
  const failed = step('fsyncFailed');
  if (failed !== undefined) return say('caption.sync.fsyncFailed', {}, failed);
  const appended = step('append');
  if (appended !== undefined) {
    return say(
      appended.err === undefined ? 'caption.sync.append' : 'caption.sync.appendFailed',
      {},
      appended,
    );
  }
  const synced = step('fsync');
  if (synced !== undefined) return say('caption.sync.fsync', {}, synced);
  const ackSent = step('send', (s) => s.kind === 'ACK');
  const called = step('call');
  if (ackSent !== undefined) return say('caption.sync.ackSent', {}, called ?? ackSent);
  if (called?.name === 'SendAckRequestProcessor')
    return say('caption.sync.ackBuffered', {}, called);
  const own = step('ack');
  const committed = step('commit');
  if (committed !== undefined) return say('caption.sync.ownAckCommits', {}, committed);
  if (own !== undefined) return say('caption.sync.ownAck', {}, own);
  const done = applied(event);
  if (done !== undefined) return done;
  // A standalone server sends its reads this way, too, behind the writes before them.
  if (step('reply')) return worker(event);
  return step('call') === undefined
    ? say('caption.sync.readWaits')
    : say('caption.worker.gone', {}, step('call'));
}

function commit(event: Happening): Caption | undefined {
  const { say, step } = event;
  const done = applied(event);
  if (done !== undefined) return done;
  const toWorker = event.steps.filter((s) => s.type === 'enqueue' && s.queue === 'workers');
  const waiting = step('enqueue', (s) => s.queue === 'pendingRequests');
  if (waiting !== undefined) {
    return say('caption.commit.waits', {}, waiting);
  }
  const first = toWorker[0];
  if (first === undefined) {
    const reply = step('reply');
    return reply === undefined ? say('caption.worker.gone') : say('caption.commit.sync', {}, reply);
  }
  return toWorker.length > 1
    ? say('caption.commit.released', { count: toWorker.length }, first)
    : say('caption.commit.worker', {}, first);
}

/** A transaction was applied, here on behalf of a local client or not; or it failed and only its zxid counts. */
function applied({ say, step, steps }: Happening): Caption | undefined {
  const done = step('apply');
  if (done === undefined) return undefined;
  const reply = step('reply') ?? step('send', (s) => s.kind === 'CONNECTED');
  const { request } = done;
  if (done.err !== undefined && done.err !== 'OK') {
    if (request?.op === 'multi') {
      return say(
        reply === undefined ? 'caption.apply.multiFailed' : 'caption.apply.multiFailedAndReplies',
        { err: done.err },
        done,
      );
    }
    return say(
      reply === undefined ? 'caption.apply.failed' : 'caption.apply.failedAndReplies',
      { err: done.err },
      done,
    );
  }
  if (done.request?.op === 'createSession') {
    return say(
      reply === undefined ? 'caption.apply.session' : 'caption.apply.sessionAndReplies',
      {},
      done,
    );
  }
  if (done.request?.op === 'closeSession') {
    return say(
      reply === undefined ? 'caption.apply.close' : 'caption.apply.closeAndReplies',
      {},
      done,
    );
  }
  // Events are told while it is applied, before any reply that could show it.
  const count = steps.filter((s) => s.type === 'send' && s.kind === 'EVENT').length;
  if (count > 0) {
    return say(
      reply === undefined ? 'caption.apply.tells' : 'caption.apply.tellsAndReplies',
      { count },
      done,
    );
  }
  if (request?.op === 'deleteContainer') return say('caption.apply.container', {}, done);
  if (request?.op === 'multi') {
    return say(
      reply === undefined ? 'caption.apply.multi' : 'caption.apply.multiReplies',
      {},
      done,
    );
  }
  return say(reply === undefined ? 'caption.apply.remote' : 'caption.apply.replies', {}, done);
}

function worker({ say, step, head }: Happening): Caption | undefined {
  const reply = step('reply');
  if (reply === undefined) return say('caption.worker.gone', {}, head);
  if (reply.request?.op === 'ping') return say('caption.worker.ping');
  const watched = watchCaption({ say, step }, reply);
  if (watched !== undefined) return watched;
  return reply.err === undefined || reply.err === 'OK'
    ? say('caption.worker.read', {}, reply)
    : say('caption.worker.readError', { err: reply.err }, reply);
}

/** Watches live at the server that the client hangs on; they are taken note of by the read that leaves them. */
function watchCaption(
  { say, step }: Pick<Happening, 'say' | 'step'>,
  reply: TraceEntry,
): Caption | undefined {
  const op = reply.request?.op;
  if (op === 'setWatches' || op === 'setWatches2') {
    const told = step('send', (s) => s.kind === 'EVENT');
    return say(told ? 'caption.worker.setWatchesTells' : 'caption.worker.setWatches', {}, reply);
  }
  const watch = step('watch');
  if (watch === undefined) return undefined;
  if (watch.name === 'removed') return say('caption.worker.removeWatch', {}, reply);
  return op === 'addWatch'
    ? say(`caption.worker.addWatch.${watch.name ?? ''}`, {}, reply)
    : say('caption.worker.readAndWatch', {}, reply);
}

function follower({ say, step }: Happening): Caption | undefined {
  const queued = step('enqueue');
  const sent = step('send', (s) => s.kind === 'REQUEST');
  if (queued === undefined && sent === undefined) return undefined;
  return sent === undefined
    ? say('caption.follower.read', {}, queued)
    : say('caption.follower.write', {}, sent);
}

function sender({ say, step }: Happening): Caption | undefined {
  const sent = step('send');
  if (sent === undefined) return say('caption.sender.gone');
  const to = sent.peer === undefined ? '' : String(sent.peer);
  if (sent.kind === 'PING') return say('caption.sender.ping', { to });
  return say('caption.sender.sends', { kind: sent.kind ?? '', to }, sent);
}

/** The peer's own thread waited for the disk: epochs, snapshot, history. */
export function diskCaption(event: Happening): Caption | undefined {
  const lost = roleLostCaption(event);
  if (lost !== undefined) return lost;
  const { head, say, step } = event;
  switch (head.name) {
    case 'acceptedEpoch':
      if (step('send', (s) => s.kind === 'LEADERINFO')) {
        return say('caption.disk.acceptedLeader', {}, step('acceptedEpoch'));
      }
      return say(
        step('send') === undefined ? 'caption.disk.accepted' : 'caption.disk.acceptedAndAcks',
        {},
        step('acceptedEpoch'),
      );
    case 'currentEpoch':
      if (step('lead')) return say('caption.disk.leads', {}, step('lead'));
      return say('caption.disk.current', {}, step('currentEpoch'));
    case 'snapshot':
      return say('caption.disk.snapshot', {}, step('snapshot'));
    case 'history':
      return say('caption.disk.history', {}, step('fsync'));
    default:
      return undefined;
  }
}
