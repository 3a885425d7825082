/** Sentences for messages that arrive. */
import { isServer } from '../../../bridge/names';
import { counterOf, epochOf, zxidText } from '../../../zk/ids';
import type { Caption, Happening } from './captionTypes';
import { electedCaption, roleLostCaption, voteValues } from './captionElection';

export function deliverCaption(event: Happening): Caption | undefined {
  // A message that costs the role says so first, whatever it was.
  const lost = roleLostCaption(event);
  if (lost !== undefined) return lost;
  switch (event.head.channel) {
    case 'client':
      return isServer(event.head.process) ? fromClient(event) : toClient(event);
    case 'quorum':
      return onQuorumPort(event);
    case 'election':
      return onElectionPort(event);
    default:
      return undefined;
  }
}

function fromClient(event: Happening): Caption | undefined {
  const { head, say, step } = event;
  const queued = step('enqueue');
  const closed = step('close');
  if (closed?.name === 'frameTooLong') {
    return say('caption.frameTooLong', { length: String(closed.detail?.['length']) }, closed);
  }
  if (head.kind === 'CONNECT') {
    const answer = step('send', (s) => s.kind === 'CONNECTED');
    if (closed?.name === 'refusedZxid') return say('caption.connect.refusedZxid', {}, closed);
    if (closed?.name === 'refusedReadOnly') return say('caption.connect.refusedReadOnly');
    if (answer !== undefined) {
      return say(closed === undefined ? 'caption.connect.resumed' : 'caption.connect.invalid');
    }
    if (step('send', (s) => s.kind === 'REVALIDATE')) return say('caption.connect.revalidate');
    if (queued !== undefined) return say('caption.connect.new', {}, queued);
    if (closed !== undefined) return say('caption.connect.notServing');
    return say('caption.connect.unread');
  }
  if (head.kind === 'FOURLETTER') return fourLetterWord(event);
  if (head.kind !== 'REQUEST') return undefined;
  if (head.idle) return say('caption.request.ping');
  if (head.request?.op === 'auth') return authentication(event);
  if (queued !== undefined) return say('caption.request.received', {}, queued);
  if (closed !== undefined) return say('caption.request.notServing');
  return say('caption.request.unread');
}

function fourLetterWord({ head, say, step }: Happening): Caption {
  const word = head.name ?? '';
  if (step('send', (s) => s.kind === 'TEXT')) return say('caption.fourLetter.answered', { word });
  return step('close')
    ? say('caption.fourLetter.refused', { word })
    : say('caption.fourLetter.unread', { word });
}

/** Handled by the connection itself, at once: it goes into no queue. */
function authentication({ say, step }: Happening): Caption {
  const reply = step('reply');
  if (reply === undefined) {
    return step('close') ? say('caption.request.notServing') : say('caption.request.unread');
  }
  return say(reply.err === 'OK' ? 'caption.auth.ok' : 'caption.auth.failed', {}, reply);
}

function toClient(event: Happening): Caption | undefined {
  const { head, say, step } = event;
  if (head.kind === 'CONNECTED') return connected(event);
  if (head.kind === 'EVENT') {
    return say('caption.event', { type: head.name ?? '', path: pathOf(head.detail?.['path']) });
  }
  if (head.kind === 'TEXT') return say('caption.fourLetter.text');
  if (head.kind !== 'REPLY') return undefined;
  if (head.idle) return say('caption.reply.ping');
  if (head.name === 'auth') {
    const isFailed = step('clientState', (s) => s.name === 'AUTH_FAILED') !== undefined;
    return say(isFailed ? 'caption.reply.authFailed' : 'caption.reply.auth');
  }
  if (head.name === 'setWatches' || head.name === 'setWatches2') {
    return say('caption.reply.setWatches');
  }
  const result = step('result');
  if (result === undefined) return say('caption.reply.stray');
  if (result.request?.op === 'closeSession') return say('caption.reply.closed', {}, result);
  return result.err === 'OK' || result.err === undefined
    ? say('caption.reply.ok', {}, result)
    : say('caption.reply.error', { err: result.err }, result);
}

/** What the library restores by itself goes ahead of all that was waiting. */
const RESTORED: readonly string[] = ['auth', 'setWatches', 'setWatches2'];

function connected({ say, step }: Happening): Caption {
  const state = step('clientState')?.name;
  if (state === 'CLOSED') return say('caption.connectedExpired');
  if (state === 'CONNECTEDREADONLY') return say('caption.connectedReadOnly');
  if (state !== 'CONNECTED') return say('caption.connectedStray');
  const sent = step('send');
  if (sent === undefined) return say('caption.connected');
  return RESTORED.includes(sent.request?.op ?? '')
    ? say('caption.connectedAndRestores', {}, sent)
    : say('caption.connectedAndSends', {}, sent);
}

/** A path that a sentence has room for. */
function pathOf(path: unknown): string {
  const text = String(path ?? '');
  return text.length <= 48 ? text : `${text.slice(0, 23)}…${text.slice(-24)}`;
}

function onQuorumPort(event: Happening): Caption | undefined {
  const { head, say, step, around } = event;
  const isAtLeader = around.roles[head.process] === 'leader';
  const violation = step('violation');
  if (violation !== undefined) return say(`caption.violation.${violation.name ?? ''}`);
  switch (head.kind) {
    case 'FOLLOWERINFO':
      return say(
        step('send') === undefined ? 'caption.followerInfo.noted' : 'caption.followerInfo.answered',
        { accepted: epochOf(head.zxid ?? event.head.zxid!) },
      );
    case 'LEADERINFO':
      return say(
        step('send') === undefined ? 'caption.leaderInfo.writes' : 'caption.leaderInfo.acks',
        { epoch: epochOf(head.zxid!) },
      );
    case 'ACKEPOCH': {
      if (step('close')) return say('caption.ackEpoch.refused');
      const mode = step('syncMode');
      if (mode === undefined) return say('caption.ackEpoch.noted');
      return say('caption.ackEpoch.syncs', { mode: mode.name ?? '' });
    }
    case 'DIFF':
    case 'TRUNC':
    case 'SNAP':
      return say(step('load') ? `caption.sync.${head.kind}` : 'caption.unread', {
        kind: head.kind,
      });
    case 'NEWLEADER':
      return say('caption.newLeader');
    case 'UPTODATE':
      return say(step('serving') ? 'caption.upToDate' : 'caption.unread', { kind: head.kind });
    case 'PROPOSAL':
      return step('enqueue', (s) => s.queue === 'pendingTxns')
        ? say('caption.proposal.logged')
        : say('caption.proposal.later');
    case 'COMMIT':
      return commitPacket(event);
    case 'COMMITANDACTIVATE':
      return say('caption.commitAndActivate');
    case 'ACK':
      return ack(event);
    case 'SYNC':
      return say('caption.syncPacket', {}, step('enqueue'));
    case 'REQUEST':
      return step('enqueue')
        ? say('caption.forwarded', {}, step('enqueue'))
        : say('caption.forwardedUnread');
    case 'PING':
      return say(isAtLeader ? 'caption.ping.toLeader' : 'caption.ping.toLearner');
    case 'REVALIDATE': {
      if (isAtLeader) return say('caption.revalidate.asked');
      const isValid = step('close') === undefined && step('send') !== undefined;
      return say(isValid ? 'caption.revalidate.valid' : 'caption.revalidate.invalid');
    }
    default:
      return undefined;
  }
}

function commitPacket({ say, step }: Happening): Caption {
  if (step('apply')) return say('caption.commitPacket.applied');
  return step('enqueue')
    ? say('caption.commitPacket.queued', {}, step('enqueue'))
    : say('caption.commitPacket.later');
}

function ack({ head, say, step, around }: Happening): Caption {
  const commit = step('commit');
  if (commit !== undefined) return say('caption.ack.commits', { quorum: around.quorum }, commit);
  if (counterOf(head.zxid!) !== 0) return say('caption.ack.noted', { acked: zxidText(head.zxid!) });
  if (step('established') ?? step('zabState')) return say('caption.ack.established');
  if (step('close')) return say('caption.ack.refused');
  return say('caption.ack.newLeader');
}

function onElectionPort(event: Happening): Caption | undefined {
  const { head, say, step } = event;
  if (head.kind === 'HELLO') {
    const isClosed = step('close') !== undefined;
    return say(isClosed ? 'caption.hello.callsBack' : 'caption.hello.kept');
  }
  if (head.kind !== 'NOTIFICATION') return undefined;
  const elected = electedCaption(event);
  if (elected !== undefined) return elected;
  const answer = step('send', (s) => s.kind === 'NOTIFICATION');
  if (answer !== undefined) return say('caption.notification.answered');
  return say('caption.notification.arrives', voteValues(head));
}
