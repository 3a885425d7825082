/**
 * From trace entries to lines: which entries a reader wants to see, and in which
 * columns. Pings and idle timers are left out always.
 */
import type { TraceEntry } from '../../bridge/traceEntry';
import type { SessionId } from '../../zk/ids';
import { readAppName, shortName } from '../../bridge/names';
import { threadOf, whoText, wordsFor } from './wording';

/** `requests`: the way of requests; `roles`: elections, epochs, synchronization, sessions; `outline`: milestones of both. */
export type Shown = 'all' | 'requests' | 'roles' | 'outline' | 'nothing';

export const SHOWN_NAMES: readonly Shown[] = ['all', 'requests', 'roles', 'outline', 'nothing'];

/** What the lines so far have told about sessions. */
export interface LinesState {
  letters: Record<SessionId, string>;
  /** By client: sessions it had. */
  sessions: Record<string, number>;
  head?: TraceEntry;
}

export function initialLines(): LinesState {
  return { letters: {}, sessions: {} };
}

const HANDSHAKE: readonly string[] = [
  'FOLLOWERINFO',
  'OBSERVERINFO',
  'LEADERINFO',
  'ACKEPOCH',
  'DIFF',
  'TRUNC',
  'SNAP',
  'NEWLEADER',
  'UPTODATE',
];

const ROLE_TYPES: readonly string[] = [
  'start',
  'exit',
  'serverState',
  'zabState',
  'acceptedEpoch',
  'currentEpoch',
  'vote',
  'elected',
  'lead',
  'established',
  'syncMode',
  'truncate',
  'load',
  'snapshot',
  'serving',
  'notServing',
  'sessionClosing',
  'clientState',
  'violation',
  'fsyncFailed',
];

/** Milestones: what changed for good. */
const OUTLINE_TYPES: readonly string[] = [
  'start',
  'exit',
  'serverState',
  'elected',
  'established',
  'syncMode',
  'truncate',
  'load',
  'serving',
  'propose',
  'commit',
  'apply',
  'sessionOpen',
  'sessionClosing',
  'sessionClose',
  'clientState',
  'result',
  'violation',
  'fsyncFailed',
  'app',
];

const isHandshake = (entry: TraceEntry) =>
  entry.kind !== undefined && HANDSHAKE.includes(entry.kind);

function isWanted(entry: TraceEntry, shown: Shown): boolean {
  switch (shown) {
    case 'nothing':
      return false;
    case 'all':
      return true;
    case 'outline':
      return OUTLINE_TYPES.includes(entry.type);
    case 'roles':
      return ROLE_TYPES.includes(entry.type) || isHandshake(entry) || entry.name === 'NEWLEADER';
    case 'requests':
      if (entry.channel === 'election' || isHandshake(entry)) return false;
      return (
        (entry.request !== undefined || entry.zxid !== undefined) &&
        !ROLE_TYPES.includes(entry.type)
      );
  }
}

/** The line of one entry; undefined when it is not shown. Entries come in total order, none left out. */
export function lineOf(state: LinesState, entry: TraceEntry, shown: Shown): string | undefined {
  if (entry.head === true) state.head = entry;
  learnSession(state, entry);
  if (isIdle(entry) || !isWanted(entry, shown)) return undefined;
  const words = wordsFor(entry, state.letters);
  if (words === undefined) return undefined;
  const ms = (entry.at / 1000).toFixed(3).padStart(11);
  const who = whoText(entry).padEnd(8);
  const head = state.head ?? entry;
  // One handler's ack may let all others go on: then the entry knows better than the head.
  const thread = threadOf(entry.type === 'syncMode' ? entry : head);
  return `${ms}  ${`${who}  ${thread}`.padEnd(34)}  ${words}`.trimEnd();
}

function isIdle(entry: TraceEntry): boolean {
  return entry.idle === true || entry.request?.op === 'ping' || entry.kind === 'PING';
}

/** A session goes by its client's letter, or the id of its process of the application, once that has it. */
function learnSession(state: LinesState, entry: TraceEntry): void {
  if (entry.type !== 'clientState' && entry.type !== 'send') return;
  const isOwn = entry.process.startsWith('client ') || readAppName(entry.process) !== undefined;
  if (!isOwn) return;
  const id = (entry.request?.sessionId ?? entry.detail?.['sessionId']) as SessionId | undefined;
  if (id === undefined || /^0+$/.test(id) || state.letters[id] !== undefined) return;
  const letter = shortName(entry.process);
  const number = (state.sessions[letter] ?? 0) + 1;
  state.sessions[letter] = number;
  state.letters[id] = number === 1 ? letter : `${letter}${number}`;
}
