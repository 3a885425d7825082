/**
 * What an answer to a four-letter word says that is a function of the history: no times, addresses,
 * latencies. The form is that of the field `result` of the recordings.
 */
import type { SessionId } from '../../../zk/ids';
import { makeZxid } from '../../../zk/ids';
import { type Names, sessionName, zxidPair } from '../case/values';

type Fields = Record<string, unknown>;

/** `servers`: voters of the ensemble; one that stands alone tells a few things more. */
export function stableFields(word: string, text: string, names: Names, servers: number): unknown {
  if (text.includes('not currently serving') || text.includes('not executed because')) {
    return text.replace(/\s+/g, ' ').trim();
  }
  const read = WORDS[word];
  return read === undefined
    ? { lines: linesOf(text).length }
    : read(text, (id) => nameOf(id, names), servers);
}

type Name = (id: string) => string;
type Read = (text: string, name: Name, servers: number) => unknown;

const WORDS: Readonly<Record<string, Read>> = {
  ruok: (text) => text.trim(),
  isro: (text) => text.trim(),
  srvr: serverFields,
  stat: serverFields,
  wchs: (text) => ({
    connections: numberIn(text, /(\d+) connections watching/),
    paths: numberIn(text, /watching (\d+) paths/),
    watches: numberIn(text, /Total watches:(\d+)/),
  }),
  wchp: (text, name) => groupsOf(text, (path) => path, name),
  wchc: (text, name) => groupsOf(text, name, (path) => path),
  dump: dumpFields,
  mntr: (text, _, servers) => {
    const kept = Object.entries(pairsOf(text, '\t')).filter(([key]) => METRICS.has(key));
    if (servers > 1) return Object.fromEntries(kept.filter(([key]) => key !== DATA_SIZE));
    return Object.fromEntries(kept);
  },
  cons: (text, name) => ({
    sessions: [...text.matchAll(/sid=(0x[0-9a-f]+)/g)].map(([, id]) => name(id as string)).sort(),
  }),
  conf: (text) =>
    Object.fromEntries(Object.entries(pairsOf(text, '=')).filter(([key]) => SETTINGS.has(key))),
};

const DATA_SIZE = 'zk_approximate_data_size';

const METRICS: ReadonlySet<string> = new Set([
  'zk_server_state',
  'zk_znode_count',
  'zk_watch_count',
  'zk_ephemerals_count',
  DATA_SIZE,
  'zk_global_sessions',
  'zk_local_sessions',
  'zk_synced_followers',
  'zk_synced_observers',
  'zk_learners',
  'zk_quorum_size',
  'zk_synced_non_voting_followers',
  'zk_outstanding_requests',
  'zk_pending_syncs',
]);

const SETTINGS: ReadonlySet<string> = new Set([
  'tickTime',
  'maxClientCnxns',
  'minSessionTimeout',
  'maxSessionTimeout',
  'serverId',
  'initLimit',
  'syncLimit',
  'electionAlg',
]);

function serverFields(text: string): Fields {
  const zxid = /Zxid: 0x([0-9a-f]+)/.exec(text)?.[1];
  return {
    zxid: zxid === undefined ? undefined : pairOf(zxid),
    mode: /Mode: (\S+)/.exec(text)?.[1],
    nodeCount: numberIn(text, /Node count: (\d+)/),
    hasProposalSizes: text.includes('Proposal sizes last/min/max: '),
  };
}

function pairOf(hex: string): unknown {
  const digits = hex.padStart(16, '0');
  const [epoch, counter] = [digits.slice(0, 8), digits.slice(8)].map((half) =>
    Number.parseInt(half, 16),
  );
  return zxidPair(makeZxid(epoch as number, counter as number));
}

/** Lines without indent, each with the indented ones behind it. */
function groupsOf(text: string, head: Name, member: Name): Record<string, string[]> {
  const groups: Record<string, string[]> = {};
  let current: string[] = [];
  for (const line of linesOf(text)) {
    if (line.trim() === '') continue;
    if (/^\s/.test(line)) current.push(member(line.trim()));
    else groups[head(line.trim())] = current = [];
  }
  for (const group of Object.values(groups)) group.sort();
  return groups;
}

type DumpPart = 'globalSessions' | 'localSessions' | 'ephemerals' | 'sets';

function partAt(line: string): DumpPart | undefined {
  if (line.startsWith('Global Sessions')) return 'globalSessions';
  if (line.startsWith('Local Sessions')) return 'localSessions';
  if (line.startsWith('Sessions with Ephemerals')) return 'ephemerals';
  return /^(Session Sets|Connections dump|SessionTracker dump)/.test(line) ? 'sets' : undefined;
}

function dumpFields(text: string, name: Name): Fields {
  const sessions: Record<'globalSessions' | 'localSessions', [string, number][]> = {
    globalSessions: [],
    localSessions: [],
  };
  const ephemerals: Record<string, string[]> = {};
  const fields: Fields = { ...sessions, ephemerals };
  let part: DumpPart | undefined;
  let paths: string[] | undefined;
  for (const line of linesOf(text)) {
    const begun = partAt(line);
    if (begun !== undefined) {
      part = begun;
      if (part === 'ephemerals') fields['sessionsWithEphemerals'] = numberIn(line, /\((\d+)\)/);
    } else if (part === 'globalSessions' || part === 'localSessions') {
      const row = /^(0x[0-9a-f]+)\s+(\d+)ms/.exec(line.trim());
      if (row !== null) sessions[part].push([name(row[1] as string), Number(row[2])]);
    } else if (part === 'ephemerals') {
      const owner = /^(0x[0-9a-f]+):/.exec(line)?.[1];
      if (owner !== undefined) ephemerals[name(owner)] = paths = [];
      else if (line.trim() !== '') paths?.push(line.trim());
    }
  }
  for (const rows of Object.values(sessions)) rows.sort(([a], [b]) => (a < b ? -1 : 1));
  for (const list of Object.values(ephemerals)) list.sort();
  return fields;
}

function pairsOf(text: string, separator: string): Record<string, string> {
  const pairs: Record<string, string> = {};
  for (const line of linesOf(text)) {
    const at = line.indexOf(separator);
    if (at >= 0) pairs[line.slice(0, at)] = line.slice(at + separator.length).trim();
  }
  return pairs;
}

function numberIn(text: string, pattern: RegExp): number | undefined {
  const found = pattern.exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
}

function linesOf(text: string): string[] {
  const lines = text.split('\n');
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/** Ids are printed with `0x` and without leading zeros. */
function nameOf(id: string, names: Names): string {
  const digits = id.replace(/^0x/, '').padStart(16, '0') as SessionId;
  return sessionName(digits, names) ?? 'unknown-session';
}
