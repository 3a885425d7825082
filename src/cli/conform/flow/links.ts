/**
 * Holds the messages of a step, each directed link on its own, against the recorded ones. Order
 * between links is a matter of laws.ts.
 */
import type { OracleMessage, RecordedLinks } from '../case/caseFile';
import type { Difference } from '../compare/compareItems';
import { compareValue, isSame } from '../compare/compareItems';
import { comparedFields, linkOf } from './messages';

type Fields = Record<string, unknown>;

/** What a flow logs, and the newest notification on each link so far, recorded and got. */
export interface FlowView {
  readonly channels: ReadonlySet<string>;
  readonly hasPings: boolean;
  readonly newest: Map<string, { recorded?: Fields; got?: Fields }>;
}

/**
 * The first link that differs, in the order of the recording; then links on which nothing was
 * recorded. Undefined for a step whose messages were not recorded.
 */
export function compareLinks(
  recorded: RecordedLinks,
  got: readonly OracleMessage[],
  view: FlowView,
): Difference | undefined {
  const expected = byLink(recorded.messages ?? [], view);
  const actual = byLink(got, view);
  let found: Difference | undefined;
  for (const link of new Set([...expected.keys(), ...actual.keys()])) {
    const newest = view.newest.get(link) ?? {};
    const trim = (messages: readonly Fields[] = []) => withoutRepeats(messages, newest);
    const want = trim(expected.get(link));
    const have = trim(actual.get(link));
    if (recorded.messages !== undefined) found ??= compareLink(link, want, have, recorded);
    view.newest.set(link, {
      recorded: lastNotification(expected.get(link)) ?? newest.recorded,
      got: lastNotification(actual.get(link)) ?? newest.got,
    });
  }
  return found;
}

/** How often an equal notification is repeated, and so in which step, is a matter of timers. */
function withoutRepeats(
  messages: readonly Fields[],
  newest: { recorded?: Fields; got?: Fields },
): readonly Fields[] {
  const isRepeat = (message: Fields) =>
    message['type'] === 'NOTIFICATION' &&
    (isSame(message, newest.recorded) || isSame(message, newest.got));
  const first = messages.findIndex((message) => !isRepeat(message));
  return first < 0 ? [] : messages.slice(first);
}

function lastNotification(messages: readonly Fields[] = []): Fields | undefined {
  return [...messages].reverse().find((message) => message['type'] === 'NOTIFICATION');
}

/** The difference is in the votes that servers told each other. */
export function isOfElection(difference: Difference): boolean {
  return difference.field.startsWith('messages election ');
}

function compareLink(
  link: string,
  expected: readonly Fields[],
  got: readonly Fields[],
  recorded: RecordedLinks,
): Difference | undefined {
  const seen = recorded.varyingLinks?.[link];
  if (seen !== undefined) return compareVarying(link, seen as Fields[][], got);
  if (recorded.unorderedLinks?.includes(link) === true) {
    return compareSequence(link, inAnyOrder(expected), inAnyOrder(got));
  }
  return compareSequence(link, acksSettled(expected), acksSettled(got));
}

/**
 * A learner acknowledges NEWLEADER and UPTODATE on one thread, the txns that came before them on
 * another: where the ones stand among the others is a race, and recordings that agree on it do so
 * by chance. Each kind keeps its own order.
 */
function acksSettled(sequence: readonly Fields[]): readonly Fields[] {
  const handshake = sequence.findIndex((message) => message['type'] === 'ACKEPOCH');
  if (handshake < 0) return sequence;
  const isAck = (message: Fields, k: number) => k > handshake && message['type'] === 'ACK';
  const acks = sequence.filter(isAck);
  const settled = [...acks.filter(isOfEpoch), ...acks.filter((ack) => !isOfEpoch(ack))];
  return sequence.map((message, k) => (isAck(message, k) ? (settled.shift() as Fields) : message));
}

function isOfEpoch(ack: Fields): boolean {
  const zxid = ack['zxid'];
  return Array.isArray(zxid) && zxid[1] === 0;
}

/**
 * Elections: the recorded sequences are examples, their rounds depend on timing. Everything else
 * must be one of those seen, wherever the pings stand and however many there are.
 */
function compareVarying(
  link: string,
  seen: readonly (readonly Fields[])[],
  got: readonly Fields[],
): Difference | undefined {
  if (link.startsWith('election ')) return undefined;
  const own = withoutPings(got);
  const legal = seen.map((sequence) => withoutPings(collapse(sequence.map(comparedFields))));
  if (legal.some((sequence) => isSame(sequence, own))) return undefined;
  return { field: `messages ${link}`, expected: seen, got };
}

function withoutPings(fields: readonly Fields[]): Fields[] {
  return fields.filter((message) => message['type'] !== 'PING');
}

function compareSequence(
  link: string,
  expected: readonly Fields[],
  got: readonly Fields[],
): Difference | undefined {
  for (let k = 0; k < Math.max(expected.length, got.length); k += 1) {
    const difference = compareValue(expected[k], got[k], `messages ${link}[${k}]`);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function byLink(messages: readonly OracleMessage[], view: FlowView): Map<string, Fields[]> {
  const links = new Map<string, Fields[]>();
  for (const message of messages) {
    if (!view.channels.has(message.channel)) continue;
    if (message.type === 'PING' && (!view.hasPings || message.channel === 'client')) continue;
    const link = linkOf(message);
    const fields = links.get(link) ?? [];
    fields.push(comparedFields(message));
    links.set(link, fields);
  }
  for (const [link, fields] of links) links.set(link, collapse(fields));
  return links;
}

/** Repeated equal notifications count once. */
function collapse(sequence: readonly Fields[]): Fields[] {
  return sequence.filter((message, k) => {
    const before = sequence[k - 1];
    return message['type'] !== 'NOTIFICATION' || before === undefined || !isSame(message, before);
  });
}

function inAnyOrder(sequence: readonly Fields[]): Fields[] {
  const key = (fields: Fields) => JSON.stringify(fields, Object.keys(fields).sort());
  return [...sequence].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
