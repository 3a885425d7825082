/** Placeholders of the recorded dialogues: what they stand for here, and whether a text fits them. */
import type { SessionId } from '../../../zk/ids';
import { sessionText } from '../../../zk/ids';

/** Sessions of each console, oldest first. */
export type SessionsByConsole = ReadonlyMap<string, readonly SessionId[]>;

const CLIENT_PORT = 2181;
/** A host that nobody answers at. */
const NOWHERE = 9;

/** Sid of the server that `<host:port ...>` names. */
function sidOf(which: string | undefined): number {
  return which === 'nowhere' ? NOWHERE : Number(which ?? 1);
}

/** A text to be typed, with the addresses that servers have here. */
export function addressed(text: string): string {
  return text
    .replace(
      /<host:port(?: (\d|nowhere))?>/g,
      (_, which?: string) => `zk${sidOf(which)}:${CLIENT_PORT}`,
    )
    .replace(/<host:quorum:election (\d)>/g, 'zk$1:2888:3888');
}

/** Where the console of `args` connects to. */
export interface ConsoleArguments {
  readonly hosts: number[];
  readonly chroot?: string;
  readonly timeoutMs: number;
  readonly readOnly: boolean;
  readonly waitsForConnection: boolean;
  /** A command among the arguments. */
  readonly command: string[];
}

const DEFAULT_TIMEOUT_MS = 30_000;
/** Options with a value behind them. */
const WITH_VALUE: ReadonlySet<string> = new Set(['-server', '-timeout', '-client-configuration']);

/** Source: ZooKeeperMain.MyCommandOptions.parseOptions: what is no option begins the command. */
export function readArguments(args: readonly string[]): ConsoleArguments {
  const values: Record<string, string> = {};
  let k = 0;
  for (; k < args.length && args[k]?.startsWith('-') === true; k += 1) {
    const option = args[k] as string;
    if (WITH_VALUE.has(option)) k += 1;
    values[option] = args[k] as string;
  }
  const server = values['-server'] ?? '<host:port>';
  const chroot = /\/.*$/.exec(server)?.[0];
  const hosts = [...server.matchAll(/<host:port(?: (\d|nowhere))?>/g)].map(([, which]) =>
    sidOf(which),
  );
  return {
    hosts,
    ...(chroot === undefined ? {} : { chroot }),
    timeoutMs: Number(values['-timeout'] ?? DEFAULT_TIMEOUT_MS),
    readOnly: values['-r'] !== undefined,
    waitsForConnection: values['-waitforconnection'] !== undefined,
    command: args.slice(k),
  };
}

/** In a console an address is that of the server; of a server's own answer it is any. */
export type Addresses = 'exact' | 'any';

/** True when `got` is what the recorded line says, placeholders filled in. */
export function fits(
  expected: string,
  got: string,
  sessions: SessionsByConsole,
  addresses: Addresses,
): boolean {
  if (expected === got) return true;
  return pattern(expected, sessions, addresses).test(got);
}

const ANY: Readonly<Record<string, string>> = {
  // A time of today; the epoch is told as it is.
  time: '[A-Z][a-z]{2} [A-Z][a-z]{2} \\d{2} \\d{2}:\\d{2}:\\d{2} UTC (?!1970)\\d{4}',
  n: '-?[0-9a-f]+',
  d: '-?\\d+\\.\\d+',
  build: '.+',
  value: '.*',
  path: '.+',
  op: '\\w+',
};
const ADDRESS = '[^\\s()\\[\\];,]+:\\d+';

function pattern(expected: string, sessions: SessionsByConsole, addresses: Addresses): RegExp {
  const source = expected
    .split(/(<[a-z][^<>]*>)/)
    .map((part, k) =>
      k % 2 === 0 ? escaped(part) : standsFor(part.slice(1, -1), sessions, addresses),
    );
  return new RegExp(`^${source.join('')}$`, 's');
}

function standsFor(name: string, sessions: SessionsByConsole, addresses: Addresses): string {
  const known = ANY[name];
  if (known !== undefined) return known;
  const session = /^session ([A-Z]+)(\d*)$/.exec(name);
  if (session !== null) {
    const id = sessions.get(session[1] as string)?.[Number(session[2] || 1) - 1];
    return id === undefined ? escaped(`<${name}>`) : sessionText(id);
  }
  const address =
    /^(host:port|host:quorum:election|port|quorum port|election port)(?: (\w+))?$/.exec(name);
  if (address === null) return escaped(`<${name}>`);
  const [, kind, which] = address;
  if (kind?.endsWith('port') === true && !kind.startsWith('host')) return '\\d+';
  if (addresses === 'any') return kind === 'host:port' ? ADDRESS : `${ADDRESS}:\\d+`;
  const sid = sidOf(which);
  return kind === 'host:port' ? `zk${sid}:${CLIENT_PORT}` : `zk${sid}:\\d+:\\d+`;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
