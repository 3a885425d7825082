/**
 * Commands of the world as one line of text: the form that scripts, transcripts,
 * links and the console's world words share. P is `1`, `client a` or `probe 3`;
 * CHANNEL is client, quorum, election or app.
 */
import type { ConnectionKind } from '../zk/packets';
import type { Command } from './command';
import { clientName, probeName, serverName, type ProcessName } from './names';

/** A word that is not what the command needs there; `place` is its number in the line, from 1. */
export interface LineError {
  error: string;
  place: number;
}

/** Each command with its arguments, for usage messages and completion. */
export const COMMAND_USAGES: Readonly<Record<string, string>> = {
  crash: 'crash P',
  restart: 'restart P',
  pause: 'pause P',
  resume: 'resume P',
  wipe: 'wipe P',
  freeze: 'freeze P THREAD',
  thaw: 'thaw P THREAD',
  step: 'step P THREAD',
  disk: 'disk P ok | slow MS | fail-append | fail-fsync | full',
  cut: 'cut P P [CHANNEL] [oneway]',
  heal: 'heal [P P]',
  partition: 'partition P,P,... | P,P,... [| ...]',
  hold: 'hold P P CHANNEL [only KIND]',
  release: 'release P P CHANNEL',
  deliver: 'deliver MESSAGE',
  latency: 'latency P P MS [JITTER]',
  reset: 'reset P P CHANNEL',
  client: 'client LETTER SID,SID,... [TIMEOUT]',
  zk: 'zk LETTER LINE',
  set: 'set P KEY VALUE',
};

/** First words of commands, in the order of the usages. */
export const WORLD_WORDS: readonly string[] = Object.keys(COMMAND_USAGES);

const CHANNELS: readonly string[] = ['client', 'quorum', 'election', 'app'];

/** Reads words one after the other; the first that does not fit is thrown as a LineError and caught by `parseCommand`. */
interface Reader {
  words: string[];
  next: number;
}

function refuse(reader: Reader, error: string): never {
  const problem: LineError = { error, place: reader.next + 1 };
  throw problem;
}

function isCommandError(value: unknown): value is LineError {
  return typeof value === 'object' && value !== null && 'error' in value && 'place' in value;
}

/** What a line orders, or what is wrong with it. */
export function parseCommand(line: string): Command | LineError {
  const words = line.trim().split(/\s+/);
  const reader: Reader = { words, next: 0 };
  try {
    const command = readCommand(reader, line);
    if (reader.next < words.length)
      refuse(reader, `nothing belongs after this: ${usage(words[0])}`);
    return command;
  } catch (problem) {
    if (isCommandError(problem)) return problem;
    throw problem;
  }
}

function usage(name: string | undefined): string {
  return COMMAND_USAGES[name ?? ''] ?? '';
}

function readCommand(reader: Reader, line: string): Command {
  const type = word(reader, 'a command');
  switch (type) {
    case 'crash':
    case 'restart':
    case 'pause':
    case 'resume':
    case 'wipe':
      return { type, process: processOf(reader) };
    case 'freeze':
    case 'thaw':
    case 'step':
      return { type, process: processOf(reader), thread: word(reader, 'a thread') };
    case 'disk':
      return disk(reader);
    case 'cut':
      return cut(reader);
    case 'heal':
      if (reader.next === reader.words.length) return { type };
      return { type, a: processOf(reader), b: processOf(reader) };
    case 'partition':
      return partition(reader, line);
    case 'hold': {
      const held = {
        type,
        a: processOf(reader),
        b: processOf(reader),
        channel: channel(reader),
      } as const;
      if (reader.words[reader.next] !== 'only') return held;
      reader.next += 1;
      return { ...held, only: word(reader, 'a kind of message') };
    }
    case 'release':
    case 'reset':
      return { type, a: processOf(reader), b: processOf(reader), channel: channel(reader) };
    case 'deliver':
      return { type, message: rest(reader, line, 1) };
    case 'latency': {
      const a = processOf(reader);
      const b = processOf(reader);
      const ms = number(reader, 'milliseconds');
      if (reader.next === reader.words.length) return { type, a, b, ms };
      return { type, a, b, ms, jitterMs: number(reader, 'milliseconds') };
    }
    case 'client': {
      const letter = letterOf(reader);
      const hosts = word(reader, 'servers')
        .split(',')
        .map((host) => {
          if (!/^[1-9]\d{0,2}$/.test(host)) {
            reader.next -= 1;
            refuse(reader, `"${host}" is not a server's number`);
          }
          return Number(host);
        });
      if (reader.next === reader.words.length) return { type, letter, hosts };
      return { type, letter, hosts, timeoutMs: number(reader, 'milliseconds') };
    }
    case 'zk':
      return { type, letter: letterOf(reader), line: rest(reader, line, 2) };
    case 'set':
      return {
        type,
        process: processOf(reader),
        key: word(reader, 'a key'),
        value: word(reader, 'a value'),
      };
    default:
      reader.next = 0;
      return refuse(reader, `"${type}" is not a command`);
  }
}

function word(reader: Reader, what: string): string {
  const found = reader.words[reader.next];
  if (found === undefined || found === '') {
    return refuse(reader, `${what} is missing: ${usage(reader.words[0]) || 'a command'}`);
  }
  reader.next += 1;
  return found;
}

/** The line from word number `from` (0 is the command) on, blanks inside kept. */
function rest(reader: Reader, line: string, from: number): string {
  if (reader.words.length <= from) word(reader, 'the rest');
  const text = line.trim().replace(new RegExp(`^(?:\\S+\\s+){${from}}`), '');
  reader.next = reader.words.length;
  return text;
}

function processOf(reader: Reader): ProcessName {
  const first = word(reader, 'a process');
  if (/^[1-9]\d{0,2}$/.test(first)) return serverName(Number(first));
  if (first === 'client') return clientName(letterOf(reader));
  if (first === 'probe') return probeName(String(number(reader, 'its number')));
  reader.next -= 1;
  return refuse(reader, `"${first}" is not a process (1, client a)`);
}

function letterOf(reader: Reader): string {
  const letter = word(reader, "a client's letter");
  if (/^[a-z]{1,2}$/.test(letter)) return letter;
  reader.next -= 1;
  return refuse(reader, `"${letter}" is not a client's letter (a, b, ... aa)`);
}

function channel(reader: Reader): ConnectionKind {
  const found = word(reader, 'a channel');
  if (CHANNELS.includes(found)) return found as ConnectionKind;
  reader.next -= 1;
  return refuse(reader, `"${found}" is not a channel (${CHANNELS.join(', ')})`);
}

function number(reader: Reader, what: string): number {
  const found = word(reader, what);
  if (/^\d+(\.\d{1,3})?$/.test(found)) return Number(found);
  reader.next -= 1;
  return refuse(reader, `"${found}" is not a number (${what})`);
}

function disk(reader: Reader): Command {
  const process = processOf(reader);
  const fault = word(reader, 'a fault');
  switch (fault) {
    case 'slow':
      return { type: 'disk', process, fault, ms: number(reader, 'milliseconds') };
    case 'ok':
    case 'fail-append':
    case 'fail-fsync':
    case 'full':
      return { type: 'disk', process, fault };
    default:
      reader.next -= 1;
      return refuse(reader, `"${fault}" is not a fault of a disk: ${usage('disk')}`);
  }
}

function cut(reader: Reader): Command {
  const a = processOf(reader);
  const b = processOf(reader);
  const command: Command = { type: 'cut', a, b };
  const next = reader.words[reader.next];
  if (next !== undefined && next !== 'oneway') command.channel = channel(reader);
  if (reader.words[reader.next] === 'oneway') {
    reader.next += 1;
    command.oneway = true;
  }
  return command;
}

function partition(reader: Reader, line: string): Command {
  const groups = rest(reader, line, 1)
    .split('|')
    .map((group) =>
      group.split(',').map((name) => {
        const inner: Reader = { words: name.trim().split(/\s+/), next: 0 };
        const process = processOf(inner);
        if (inner.next < inner.words.length) refuse(inner, `"${name.trim()}" is not a process`);
        return process;
      }),
    );
  return { type: 'partition', groups };
}

/** The line that `parseCommand` reads back as this command. Commands of raw probes have no text. */
export function commandText(command: Command): string {
  switch (command.type) {
    case 'crash':
    case 'restart':
    case 'pause':
    case 'resume':
    case 'wipe':
      return `${command.type} ${command.process}`;
    case 'freeze':
    case 'thaw':
    case 'step':
      return `${command.type} ${command.process} ${command.thread}`;
    case 'disk':
      return `disk ${command.process} ${command.fault}${command.fault === 'slow' ? ` ${command.ms ?? 0}` : ''}`;
    case 'cut':
      return (
        `cut ${command.a} ${command.b}` +
        (command.channel === undefined ? '' : ` ${command.channel}`) +
        (command.oneway === true ? ' oneway' : '')
      );
    case 'heal':
      return command.a === undefined ? 'heal' : `heal ${command.a} ${command.b}`;
    case 'partition':
      return `partition ${command.groups.map((group) => group.join(',')).join(' | ')}`;
    case 'hold':
      return (
        `hold ${command.a} ${command.b} ${command.channel}` +
        (command.only === undefined ? '' : ` only ${command.only}`)
      );
    case 'release':
    case 'reset':
      return `${command.type} ${command.a} ${command.b} ${command.channel}`;
    case 'deliver':
      return `deliver ${command.message}`;
    case 'latency':
      return (
        `latency ${command.a} ${command.b} ${command.ms}` +
        (command.jitterMs === undefined ? '' : ` ${command.jitterMs}`)
      );
    case 'client':
      return (
        `client ${command.letter} ${command.hosts.join(',')}` +
        (command.timeoutMs === undefined ? '' : ` ${command.timeoutMs}`)
      );
    case 'zk':
      return `zk ${command.letter} ${command.line}`;
    case 'set':
      return `set ${command.process} ${command.key} ${command.value}`;
    case 'probe':
      return `probe ${command.process} ${command.action.type} ${command.action.tag}`;
  }
}
