/**
 * When a run has come to rest, and whether all servers are equal then: somebody
 * leads, everybody follows, all have applied the same, nothing is proposed.
 */
import type {
  Frame,
  ProcessView,
  RoleSection,
  SessionsSection,
  TreeSection,
  ZnodeView,
} from '../../bridge/frame';
import { isServer, type ProcessName } from '../../bridge/names';
import type { TraceEntry } from '../../bridge/traceEntry';
import { counterOf, zxidText, type Zxid } from '../../zk/ids';

/** What the trace tells of each server; enough to see rest coming without looking inside. */
export interface RestWatch {
  servers: Record<ProcessName, { role: string; zab: string; applied: Zxid }>;
  /** Virtual time of the newest proposal or role change. */
  lastChange: number;
  /** When a learner was last turned away by its own acceptedEpoch; -1 for never. */
  tooOldLeaderAt: number;
}

/** As the learner says it when its leader's epoch is below the one it has accepted. */
const LEADER_TOO_OLD = 'Leader epoch is less than the accepted epoch';

export function startWatch(): RestWatch {
  return { servers: {}, lastChange: 0, tooOldLeaderAt: -1 };
}

export function watch(state: RestWatch, entries: readonly TraceEntry[]): void {
  for (const entry of entries) {
    if (!isServer(entry.process)) continue;
    switch (entry.type) {
      case 'start':
        state.servers[entry.process] = { role: 'LOOKING', zab: 'ELECTION', applied: 0 as Zxid };
        break;
      case 'serverState':
        of(state, entry).role = entry.name ?? '';
        break;
      case 'zabState':
        of(state, entry).zab = entry.name ?? '';
        break;
      case 'serving':
        // Standalone: no election, no ZabState.
        if (of(state, entry).zab === 'ELECTION') of(state, entry).zab = 'BROADCAST';
        break;
      case 'apply':
      case 'load':
        of(state, entry).applied = entry.zxid as Zxid;
        break;
      case 'command':
        if (entry.name !== 'crash') continue;
        of(state, entry).zab = 'none';
        break;
      case 'notServing':
        if (entry.name !== LEADER_TOO_OLD) continue;
        state.tooOldLeaderAt = entry.at;
        break;
      case 'propose':
      case 'exit':
        break;
      default:
        continue;
    }
    state.lastChange = entry.at;
  }
}

function of(state: RestWatch, entry: TraceEntry) {
  const known = state.servers[entry.process];
  if (known !== undefined) return known;
  const server = { role: 'LOOKING', zab: 'ELECTION', applied: 0 as Zxid };
  state.servers[entry.process] = server;
  return server;
}

/** Everybody serves under one leader (or the one server alone). */
export function everybodyServes(state: RestWatch, servers: readonly ProcessName[]): boolean {
  const all = servers.map((name) => state.servers[name]);
  if (all.some((server) => server?.zab !== 'BROADCAST')) return false;
  return servers.length === 1 || all.filter((server) => server?.role === 'LEADING').length === 1;
}

/** The server that leads now, if one does. */
export function leaderIn(state: RestWatch): ProcessName | undefined {
  const names = Object.keys(state.servers) as ProcessName[];
  return names.find((name) => {
    const server = state.servers[name];
    return server?.role === 'LEADING' && server.zab === 'BROADCAST';
  });
}

/** Everybody serves, has applied the same, and nothing has happened for `quietMicros`. */
export function isAtRest(
  state: RestWatch,
  servers: readonly ProcessName[],
  now: number,
  quietMicros: number,
): boolean {
  if (!everybodyServes(state, servers) || now - state.lastChange < quietMicros) return false;
  const [first, ...others] = servers.map((name) => state.servers[name]?.applied);
  return others.every((applied) => applied === first);
}

/** The first difference between two servers at rest; undefined when all are equal. */
export function compareServers(frame: Frame): string | undefined {
  const servers = Object.values(frame.processes).filter(({ kind }) => kind === 'server');
  const down = servers.find(({ status }) => status !== 'running');
  if (down !== undefined) return `server ${down.name} is ${down.status}`;
  const [first, ...others] = servers;
  if (first === undefined) return undefined;
  for (const other of others) {
    const difference =
      compareTrees(first, other) ?? compareSessions(first, other) ?? compareZxids(first, other);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function section<T>(process: ProcessView, name: string): T {
  return process.sections[name] as T;
}

function compareZxids(a: ProcessView, b: ProcessView): string | undefined {
  const [x, y] = [a, b].map((p) => section<RoleSection>(p, 'role').lastProcessedZxid);
  // A leader calls its state e|0 until the first txn of its epoch, whatever it was called before.
  if (x === y || [x, y].some((zxid) => counterOf(zxid as Zxid) === 0)) return undefined;
  return `lastProcessedZxid is ${zxidText(x as Zxid)} on server ${a.name} and ${zxidText(y as Zxid)} on server ${b.name}`;
}

function compareTrees(a: ProcessView, b: ProcessView): string | undefined {
  const [x, y] = [a, b].map((p) => section<TreeSection>(p, 'tree').nodes);
  const longest = Math.max(x?.length ?? 0, y?.length ?? 0);
  for (let i = 0; i < longest; i += 1) {
    const [left, right] = [nodeText(x?.[i]), nodeText(y?.[i])];
    if (left !== right)
      return `trees differ: server ${a.name} has ${left}, server ${b.name} ${right}`;
  }
  return undefined;
}

/** Each server writes the membership into its own tree when it has been synchronized, at a time of its own. */
const OWN_NODE = '/zookeeper/config';

function nodeText(node: ZnodeView | undefined): string {
  if (node?.path === OWN_NODE) return JSON.stringify({ path: node.path, data: node.data });
  return JSON.stringify(node) ?? 'nothing';
}

function compareSessions(a: ProcessView, b: ProcessView): string | undefined {
  const [x, y] = [a, b].map((p) =>
    section<SessionsSection>(p, 'sessions')
      .rows.map((row) => `${row.sessionId}:${row.timeoutMs}:${row.ephemerals}`)
      .sort()
      .join(' '),
  );
  if (x === y) return undefined;
  return `sessions differ: server ${a.name} has [${x}], server ${b.name} [${y}]`;
}
