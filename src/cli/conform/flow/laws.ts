/**
 * Laws of order between links, checked on the whole log of a run: a proposal follows the request it
 * answers, an ack its proposal, a commit its proposal and a quorum, a reply the commit at its
 * server, and the handshake of a learner has one order. The log is in order of arrival, so what
 * caused a message stands before it.
 */
import type { OracleMessage } from '../case/caseFile';
import type { Difference } from '../compare/compareItems';
import { zxidOf } from './messages';

export interface LawState {
  readonly voters: number;
  /** `session/cxid` of forwarded requests that have arrived at a leader. */
  readonly requested: Set<string>;
  /** `session/cxid` of requests that learners forward. */
  readonly forwards: Set<string>;
  /** `learner zxid` of proposals that arrived. */
  readonly proposed: Set<string>;
  /** Learners whose ack of a zxid arrived at its leader. */
  readonly acked: Map<number, Set<number | string>>;
  /** `server zxid` of commits that arrived. */
  readonly committed: Set<string>;
  /** Stage of the newest handshake of a learner, by `learner>leader`. */
  readonly stages: Map<string, Stage>;
}

type Stage = (typeof HANDSHAKE)[number];

/** DIFF stands for TRUNC and SNAP too. */
const HANDSHAKE = [
  'FOLLOWERINFO',
  'LEADERINFO',
  'ACKEPOCH',
  'DIFF',
  'NEWLEADER',
  'ACK',
  'UPTODATE',
] as const;

const WRITES: ReadonlySet<unknown> = new Set([
  'create',
  'create2',
  'createContainer',
  'createTTL',
  'delete',
  'setData',
  'setACL',
  'multi',
]);

export function newLawState(voters: number): LawState {
  return {
    voters,
    requested: new Set(),
    forwards: new Set(),
    proposed: new Set(),
    acked: new Map(),
    committed: new Set(),
    stages: new Map(),
  };
}

/** Goes on with the messages of the next step; the first that breaks a law is the difference. */
export function checkLaws(
  state: LawState,
  messages: readonly OracleMessage[],
): Difference | undefined {
  for (const message of messages) {
    if (isForwarded(message)) state.forwards.add(requestKey(message));
  }
  for (const message of messages) {
    const before =
      message.channel === 'client' ? ofReply(state, message) : ofQuorum(state, message);
    if (before === undefined) continue;
    const field = `${LAW}: ${message.type} ${message.from}>${message.to}`;
    return {
      field,
      expected: `after ${before}`,
      got: { type: message.type, zxid: message['zxid'] },
    };
  }
  return undefined;
}

const LAW = 'order of messages';

/** The difference is a broken law, not a recording that is not met. */
export function isLaw(difference: Difference): boolean {
  return difference.field.startsWith(LAW);
}

function isForwarded(message: OracleMessage): boolean {
  return message.channel === 'quorum' && message.type === 'REQUEST';
}

function requestKey(message: OracleMessage): string {
  return `${message['session']}/${message['cxid']}`;
}

/** What is missing before this message; undefined when it keeps the laws. */
function ofQuorum(state: LawState, message: OracleMessage): string | undefined {
  if (message.channel !== 'quorum') return undefined;
  const zxid = zxidOf(message);
  switch (message.type) {
    case 'REQUEST':
      state.requested.add(requestKey(message));
      return undefined;
    case 'PROPOSAL': {
      state.proposed.add(`${message.to} ${zxid}`);
      const key = requestKey(message);
      return state.forwards.has(key) && !state.requested.has(key) ? 'its REQUEST' : undefined;
    }
    case 'ACK':
      return ofAck(state, message, zxid);
    case 'COMMIT':
    case 'COMMITANDACTIVATE':
      return ofCommit(state, message, zxid);
    default:
      return ofHandshake(state, message);
  }
}

function ofAck(state: LawState, message: OracleMessage, zxid = -1): string | undefined {
  const acks = state.acked.get(zxid) ?? new Set();
  state.acked.set(zxid, acks.add(message.from));
  if (state.proposed.has(`${message.from} ${zxid}`)) return undefined;
  // Not of a proposal: of NEWLEADER, or of UPTODATE, which carry the zxid of the new epoch.
  const stage = state.stages.get(`${message.from}>${message.to}`);
  if (stage === 'UPTODATE') return undefined;
  return ofHandshake(state, message);
}

function ofCommit(state: LawState, message: OracleMessage, zxid = -1): string | undefined {
  state.committed.add(`${message.to} ${zxid}`);
  if (!state.proposed.has(`${message.to} ${zxid}`)) return 'its PROPOSAL';
  // What a DIFF carries was committed long ago, or the NEWLEADER behind it decides.
  if (state.stages.get(`${message.to}>${message.from}`) === 'DIFF') return undefined;
  return hasQuorum(state, zxid) ? undefined : 'the ACKs of a quorum';
}

/** The leader's own log counts too. */
function hasQuorum(state: LawState, zxid: number): boolean {
  return ((state.acked.get(zxid)?.size ?? 0) + 1) * 2 > state.voters;
}

function ofHandshake(state: LawState, message: OracleMessage): string | undefined {
  const type = message.type === 'TRUNC' || message.type === 'SNAP' ? 'DIFF' : message.type;
  const at = HANDSHAKE.indexOf(type as Stage);
  if (at < 0) return undefined;
  const isOfLearner = type === 'FOLLOWERINFO' || type === 'ACKEPOCH' || type === 'ACK';
  const pair = isOfLearner ? `${message.from}>${message.to}` : `${message.to}>${message.from}`;
  const before = HANDSHAKE[at - 1];
  const stage = state.stages.get(pair);
  state.stages.set(pair, HANDSHAKE[at] as Stage);
  return before === undefined || stage === before || stage === type ? undefined : before;
}

function ofReply(state: LawState, message: OracleMessage): string | undefined {
  if (message.type !== 'REPLY' || !WRITES.has(message['op'])) return undefined;
  const zxid = zxidOf(message);
  if (zxid === undefined) return undefined;
  // Who got no proposal led when it was made.
  const server = `${message.from} ${zxid}`;
  if (state.proposed.has(server)) {
    return state.committed.has(server) ? undefined : 'the COMMIT of its server';
  }
  return hasQuorum(state, zxid) ? undefined : 'the ACKs of a quorum';
}
