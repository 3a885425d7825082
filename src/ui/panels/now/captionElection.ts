/** Sentences of the election, and of a role that ends. */
import type { TraceEntry } from '../../../bridge/traceEntry';
import { counterOf, epochOf, type Zxid } from '../../../zk/ids';
import type { Caption, Happening, Value } from './captionTypes';

/** A vote as the page prints it: `(1, 0x1·5, 3)`. */
export function voteText(entry: TraceEntry): string {
  return `(${entry.epoch ?? 0}, ${zxidShort(entry.zxid)}, ${entry.sid ?? ''})`;
}

export function voteValues(entry: TraceEntry): Readonly<Record<string, Value>> {
  return entry.sid === undefined ? { vote: zxidShort(entry.zxid) } : { vote: voteText(entry) };
}

function zxidShort(zxid: Zxid | undefined): string {
  if (zxid === undefined || zxid < 0) return '0x0';
  const epoch = epochOf(zxid);
  const counter = counterOf(zxid).toString(16);
  return epoch === 0 ? `0x${counter}` : `0x${epoch.toString(16)}·${counter}`;
}

/** The election ended in this event. */
export function electedCaption({ say, step }: Happening): Caption | undefined {
  const elected = step('elected');
  if (elected === undefined) return undefined;
  const values = { sid: elected.sid ?? 0, vote: voteText(elected) };
  if (elected.name === 'LEADING') return say('caption.elected.leading', values);
  return say('caption.elected.following', values);
}

/** QuorumPeer worked on a notification. */
export function lookingCaption(event: Happening): Caption | undefined {
  const { say, step, head } = event;
  const elected = electedCaption(event);
  if (elected !== undefined) return elected;
  const count = step('countVote');
  const vote = step('vote');
  if (count === undefined) {
    return vote === undefined ? say('caption.election.better') : undefined;
  }
  const seen = { vote: voteText(count), round: Number(count.detail?.['round'] ?? 0) };
  if (vote !== undefined) {
    return say(`caption.election.changes.${vote.name ?? ''}`, {
      ...seen,
      sid: vote.sid ?? 0,
      own: voteText(vote),
    });
  }
  if (count.name === 'counted' && count.peer === head.process) {
    return say('caption.election.count.own', seen);
  }
  return say(`caption.election.count.${count.name ?? ''}`, seen);
}

/** The peer leaves its role or begins to look for a leader. */
export function roleLostCaption({ say, step, head }: Happening): Caption | undefined {
  const exit = step('exit');
  if (exit !== undefined) return say('caption.exit', { reason: exit.name ?? '' });
  if (head.type === 'start') return undefined;
  const looking = step('serverState', (s) => s.name === 'LOOKING');
  if (looking === undefined) return undefined;
  const reason = step('notServing')?.name ?? looking.detail?.['reason'];
  return reason === undefined || reason === null
    ? say('caption.looking')
    : say('caption.lookingBecause', { reason: String(reason) });
}
