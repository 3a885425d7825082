/** What a script asks to see of a frame: servers, trees, logs, sessions, a console. */
import type {
  ConsoleSection,
  Frame,
  LogSection,
  ProcessView,
  RoleSection,
  SessionsSection,
  TreeSection,
} from '../../bridge/frame';
import { zxidText, type SessionId } from '../../zk/ids';
import { requestText, type SessionLetters } from './wording';

function servers(frame: Frame): ProcessView[] {
  return Object.values(frame.processes).filter(({ kind }) => kind === 'server');
}

function section<T>(process: ProcessView, name: string): T | undefined {
  return process.sections[name] as T | undefined;
}

/** A line per server: role, epochs, and how far it is. */
export function stateLines(frame: Frame): string[] {
  return servers(frame).map((server) => {
    const role = section<RoleSection>(server, 'role');
    if (server.status !== 'running' || role === undefined)
      return `  ${server.name}  ${server.status}`;
    return (
      `  ${server.name}  ${role.serverState.padEnd(9)}  ${role.zabState.padEnd(15)}  ` +
      `acceptedEpoch ${role.acceptedEpoch}  currentEpoch ${role.currentEpoch}  ` +
      `logged ${zxidText(role.lastLoggedZxid)}  processed ${zxidText(role.lastProcessedZxid)}`
    );
  });
}

/** The znodes beside a fresh tree's, once where all servers that run have them alike. */
export function treeLines(frame: Frame): string[] {
  const running = servers(frame).filter(({ status }) => status === 'running');
  const trees = running.map((server) => ({
    name: server.name,
    lines: (section<TreeSection>(server, 'tree')?.nodes ?? [])
      .filter(({ path }) => path !== '/' && !path.startsWith('/zookeeper'))
      .map(
        ({ path, data, stat }) =>
          `${path} = ${data ?? 'null'}  mZxid ${zxidText(stat.mzxid)}  version ${stat.version}`,
      ),
  }));
  return grouped(trees);
}

export function logLines(frame: Frame, letters: SessionLetters): string[] {
  return servers(frame).flatMap((server) => {
    const log = section<LogSection>(server, 'log');
    if (log === undefined) return [`  ${server.name}  no log`];
    const snapshots = log.snapshots.map(zxidText).join(' ');
    return [
      `  ${server.name}  ${log.total} records${snapshots === '' ? '' : `, snapshots ${snapshots}`}`,
      ...log.records.map((record) => {
        const marks = [
          record.synced ? 'durable' : 'not durable',
          record.committed ? 'committed' : '',
          record.applied ? 'applied' : '',
        ].filter((mark) => mark !== '');
        return `     ${zxidText(record.zxid)} ${requestText(record.request, letters)}: ${marks.join(', ')}`;
      }),
    ];
  });
}

export function sessionLines(frame: Frame, letters: Readonly<Record<SessionId, string>>): string[] {
  const rows = servers(frame).map((server) => ({
    name: server.name,
    lines: (section<SessionsSection>(server, 'sessions')?.rows ?? []).map(
      (row) =>
        `session ${letters[row.sessionId] ?? row.sessionId}  timeout ${row.timeoutMs} ms` +
        (row.isClosing ? '  closing' : '') +
        (row.ephemerals > 0 ? `  ephemerals ${row.ephemerals}` : ''),
    ),
  }));
  return grouped(rows);
}

/** Servers with the same lines share them. */
function grouped(rows: readonly { name: string; lines: string[] }[]): string[] {
  const groups: { names: string[]; lines: string[] }[] = [];
  for (const { name, lines } of rows) {
    const same = groups.find((group) => group.lines.join('\n') === lines.join('\n'));
    if (same === undefined) groups.push({ names: [name], lines });
    else same.names.push(name);
  }
  return groups.flatMap(({ names, lines }) => [
    `  ${names.join(', ')}:${lines.length === 0 ? ' nothing' : ''}`,
    ...lines.map((line) => `     ${line}`),
  ]);
}

export function consoleLines(frame: Frame, letter: string): string[] {
  const client = Object.values(frame.processes).find(({ name }) => name === `client ${letter}`);
  const lines =
    client === undefined ? undefined : section<ConsoleSection>(client, 'console')?.lines;
  return (lines ?? []).map(({ text }) => `  | ${text}`.trimEnd());
}
