/**
 * Holds the messages of a step, each directed link on its own, against the recorded ones. Order
 * between links is a matter of laws.ts.
 */
import type { OracleMessage, RecordedLinks } from '../case/caseFile';
import type { Difference } from '../compare/compareItems';
import { compareValue, isSame } from '../compare/compareItems';
import { comparedFields, linkOf } from './messages';

type Fields = Record<string, unknown>;

/**
 * The first link that differs, in the order of the recording; then links on which nothing was
 * recorded. `channels` are the ones the flow logs, `hasPings` whether it keeps the pings.
 */
export function compareLinks(
  recorded: RecordedLinks,
  got: readonly OracleMessage[],
  channels: ReadonlySet<string>,
  hasPings: boolean,
): Difference | undefined {
  const logged = (messages: readonly OracleMessage[]) =>
    messages.filter((message) => channels.has(message.channel));
  const expected = byLink(logged(recorded.messages ?? []), hasPings);
  const actual = byLink(logged(got), hasPings);
  for (const link of new Set([...expected.keys(), ...actual.keys()])) {
    const difference = compareLink(
      link,
      expected.get(link) ?? [],
      actual.get(link) ?? [],
      recorded,
    );
    if (difference !== undefined) return difference;
  }
  return undefined;
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
  // Rounds of an election depend on timing: what was never seen on a link is no law.
  const isSilent = expected.length === 0 && recorded.exactLinks?.includes(link) !== true;
  if (isSilent && link.startsWith('election ')) return undefined;
  return compareSequence(link, expected, got);
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
  if (seen.some((sequence) => isSame(withoutPings(collapse(sequence)), own))) return undefined;
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

function byLink(messages: readonly OracleMessage[], keepPings: boolean): Map<string, Fields[]> {
  const links = new Map<string, Fields[]>();
  for (const message of messages) {
    if (message.type === 'PING' && (!keepPings || message.channel === 'client')) continue;
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
