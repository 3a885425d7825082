/**
 * The order of lines in an answer to a four-letter word, where the real one is that of a hash table
 * or of the clock: put into the order of the recordings, which say so in their README.
 */
import type { SessionsByConsole } from './placeholders';
import { sessionText } from '../../../zk/ids';

/** The lines of an answer, sorted where their order is free. `word` is what was sent, arguments too. */
export function orderedLines(word: string, text: string, sessions: SessionsByConsole): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  const sort = ORDERS[word.slice(0, 4)];
  return sort === undefined ? lines : sort(lines, (line) => named(line, sessions));
}

/** A line as it sorts: sessions by name, addresses alike. */
type Key = (line: string) => string;
type Order = (lines: readonly string[], key: Key) => string[];

const ORDERS: Readonly<Record<string, Order>> = {
  stat: sortConnections,
  cons: sortConnections,
  dump: sortDump,
  wchc: sortGroups,
  wchp: sortGroups,
};

function named(line: string, sessions: SessionsByConsole): string {
  let out = line.replace(/\/[\d.]+:\d+/g, '/<host:port>');
  for (const [name, ids] of sessions) {
    for (const [k, id] of ids.entries()) {
      out = out.replaceAll(sessionText(id), `<session ${name}${k === 0 ? '' : k + 1}>`);
    }
  }
  return out;
}

function byKey(lines: readonly string[], key: Key): string[] {
  return [...lines].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** Sessions by name, then the connections without one; the one that asks is not read from: [0]. */
function sortConnections(lines: readonly string[], key: Key): string[] {
  const isConnection = (line: string) => line.startsWith(' /');
  const first = lines.findIndex(isConnection);
  const count = lines.filter(isConnection).length;
  const rank = (line: string) => {
    const session = /sid=([^,)]*)/.exec(key(line))?.[1];
    return `${session === undefined ? '~' : session}${line.includes('[0]') ? '~' : ''}`;
  };
  const sorted = byKey(lines.slice(first, first + count), rank);
  return [...lines.slice(0, first), ...sorted, ...lines.slice(first + count)];
}

/** Lines without indent by their key, each followed by its own, sorted; blank lines stay behind. */
function sortGroups(lines: readonly string[], key: Key): string[] {
  const blank = lines.indexOf('');
  const end = blank < 0 ? lines.length : blank;
  const groups = groupsOf(lines.slice(0, end));
  groups.sort(([a], [b]) => (key(a as string) < key(b as string) ? -1 : 1));
  const sorted = groups.flatMap(([head, ...rest]) => [head as string, ...byKey(rest, key)]);
  return [...sorted, ...lines.slice(end)];
}

function groupsOf(lines: readonly string[]): string[][] {
  const groups: string[][] = [];
  for (const line of lines) {
    if (line.startsWith('\t') && groups.length > 0) groups.at(-1)?.push(line);
    else groups.push([line]);
  }
  return groups;
}

/**
 * Buckets of the expiry queues: each entry behind a line of its bucket, sorted, whatever bucket it is
 * in; sessions with their ephemeral nodes, and those of a learner's table, by name.
 */
function sortDump(lines: readonly string[], key: Key): string[] {
  const out: string[] = [];
  for (let k = 0; k < lines.length; ) {
    const head = lines[k] as string;
    let end = k + 1;
    while (end < lines.length && !isHeading(lines[end] as string)) end += 1;
    out.push(head, ...sortPart(head, lines.slice(k + 1, end), key));
    k = end;
  }
  return out;
}

const HEADING =
  /^(SessionTracker dump:|ephemeral nodes dump:|Connections dump:|.*Sets \(|.*Sessions.*\(\d+\):)/;

function isHeading(line: string): boolean {
  return HEADING.test(line);
}

function sortPart(head: string, lines: readonly string[], key: Key): string[] {
  if (/Sets \(/.test(head)) {
    const entries = groupsOf(lines).flatMap(([bucket, ...members]) =>
      members.map((member) => [bucket as string, member] as const),
    );
    entries.sort(([, a], [, b]) => (key(a) < key(b) ? -1 : 1));
    return entries.flat();
  }
  return head.startsWith('Sessions with Ephemerals') ? sortGroups(lines, key) : byKey(lines, key);
}
