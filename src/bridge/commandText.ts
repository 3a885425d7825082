/**
 * The text form of commands, both ways: what the console's world words, links,
 * scenarios and transcripts say. A process P is `1`, `client a` or `probe 1`.
 * Over 300 lines because writing and reading are one grammar to whoever changes it.
 */
import { unreachable } from '../base/assert';
import { validatePath } from '../zk/paths';
import { APP_COMMAND_FORMS, appCommandText, parseAppCommand } from './appCommandText';
import type { Command, CommandError } from './command';
import { isLetter, Mistake, processNamed, Reader } from './commandReader';
import type { ProcessName } from './names';
import type { LibraryAction, ProbeAction } from './process';
import { sayOfText, type Thing } from './sentences/text';
import { NO_SETTING, NO_TIME, SETTING_KEY, SETTING_TIME } from './settings';

/** The forms, by their first word; what an error shows. */
export const COMMAND_FORMS: Readonly<Record<Command['type'], string>> = {
  crash: 'crash P',
  restart: 'restart P',
  pause: 'pause P',
  resume: 'resume P',
  wipe: 'wipe P',
  freeze: 'freeze P THREAD',
  thaw: 'thaw P THREAD',
  step: 'step P THREAD',
  disk: 'disk P slow MS | fail-append | fail-fsync | full | ok',
  cut: 'cut A B [CHANNEL] [oneway]',
  heal: 'heal [A B]',
  partition: 'partition A,B | C',
  hold: 'hold A B CHANNEL [only KIND]',
  release: 'release A B CHANNEL',
  deliver: 'deliver MESSAGE',
  latency: 'latency A B MS [JITTER]',
  reset: 'reset A B CHANNEL',
  client: 'client LETTER HOSTS[/CHROOT] [TIMEOUT] [readonly] [batch WORDS]',
  zk: 'zk LETTER LINE',
  library: 'library LETTER ACTION',
  ...APP_COMMAND_FORMS,
  '4lw': '4lw WORD P [LETTER] [NUMBER]',
  set: 'set P KEY VALUE',
  probe: 'probe N open TAG P | send TAG PACKET | close TAG',
};

const DISK_FAULTS: readonly string[] = ['ok', 'slow', 'fail-append', 'fail-fsync', 'full'];

/** One line; `parseCommand` reads it back to an equal command. */
export function commandText(c: Command): string {
  switch (c.type) {
    case 'crash':
    case 'restart':
    case 'pause':
    case 'resume':
    case 'wipe':
      return `${c.type} ${c.process}`;
    case 'freeze':
    case 'thaw':
    case 'step':
      return `${c.type} ${c.process} ${c.thread}`;
    case 'disk':
      return words('disk', c.process, c.fault, c.ms);
    case 'cut':
      return words('cut', c.a, c.b, c.channel, c.oneway === true ? 'oneway' : undefined);
    case 'heal':
      return words('heal', c.a, c.b);
    case 'partition':
      return `partition ${c.groups.map((group) => group.join(',')).join(' | ')}`;
    case 'hold':
      return words(
        'hold',
        c.a,
        c.b,
        c.channel,
        c.only === undefined ? undefined : `only ${c.only}`,
      );
    case 'release':
    case 'reset':
      return words(c.type, c.a, c.b, c.channel);
    case 'deliver':
      return `deliver ${c.message}`;
    case 'latency':
      return words('latency', c.a, c.b, c.ms, c.jitterMs);
    case 'client':
      return words(
        'client',
        c.letter,
        c.hosts.join(',') + encodeURI(c.chroot ?? ''),
        c.timeoutMs,
        c.readOnly === true ? 'readonly' : undefined,
        c.batch === undefined ? undefined : `batch ${JSON.stringify(c.batch)}`,
      );
    case 'zk':
      return `zk ${c.letter} ${c.line}`;
    case 'library':
      return `library ${c.letter} ${JSON.stringify(c.action)}`;
    case '4lw':
      return words('4lw', c.word, c.process, c.letter, c.argument);
    case 'app':
    case 'submit':
    case 'fail':
    case 'fencing':
      return appCommandText(c);
    case 'set':
      return `set ${c.process} ${c.key} ${c.value}`;
    case 'probe':
      return `${c.process} ${probeText(c.action)}`;
    default:
      return unreachable(c);
  }
}

function words(...parts: (string | number | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(' ');
}

function probeText(action: ProbeAction): string {
  switch (action.type) {
    case 'open':
      return `open ${action.tag} ${action.to}`;
    case 'send':
      return `send ${action.tag} ${JSON.stringify(action.packet)}`;
    case 'close':
      return `close ${action.tag}`;
  }
}

/** The command of a line; an error names the word that is wrong, or missing, and the form. */
export function parseCommand(text: string): Command | CommandError {
  try {
    return parse(text);
  } catch (mistake) {
    if (!(mistake instanceof Mistake)) throw mistake;
    const { said, place } = mistake;
    return place === undefined ? said : { ...said, place };
  }
}

export function isCommandError(value: Command | CommandError): value is CommandError {
  return 'message' in value && !('type' in value);
}

function parse(text: string): Command {
  const first = /^\s*(\S+)/.exec(text);
  if (first === null) throw new Mistake(sayOfText('text.empty'));
  const type = first[1] as string;
  if (!Object.hasOwn(COMMAND_FORMS, type)) {
    throw new Mistake(sayOfText('text.noCommand', { word: type }), type);
  }
  const form = COMMAND_FORMS[type as Command['type']];
  const reader = new Reader(text.slice(first[0].length), form);
  const command = parseRest(type as Command['type'], reader);
  reader.end();
  return command;
}

function parseRest(type: Command['type'], r: Reader): Command {
  switch (type) {
    case 'crash':
    case 'restart':
    case 'pause':
    case 'resume':
    case 'wipe':
      return { type, process: r.process() };
    case 'freeze':
    case 'thaw':
    case 'step':
      return { type, process: r.process(), thread: r.word('thread') };
    case 'disk':
      return parseDisk(r);
    case 'cut':
      return parseCut(r);
    case 'heal':
      return r.peek() === undefined ? { type } : { type, a: r.process(), b: r.process() };
    case 'partition':
      return { type, groups: parseGroups(r.tail()) };
    case 'hold': {
      const command: Command = { type, a: r.process(), b: r.process(), channel: r.channel() };
      const only = r.peek();
      if (only === undefined) return command;
      if (only !== 'only') throw new Mistake(sayOfText('text.only'), only);
      r.take();
      return { ...command, only: r.word('kind') };
    }
    case 'release':
    case 'reset':
      return { type, a: r.process(), b: r.process(), channel: r.channel() };
    case 'deliver': {
      const message = r.tail().trim();
      if (message === '') throw r.missing('message');
      return { type, message };
    }
    case 'latency': {
      const command: Command = { type, a: r.process(), b: r.process(), ms: r.number('latency') };
      return r.peek() === undefined ? command : { ...command, jitterMs: r.number('jitter') };
    }
    case 'client':
      return parseClient(r);
    case 'zk':
      return { type, letter: letter(r), line: r.tail() };
    case 'library': {
      const command = { type, letter: letter(r), action: parseJson(r.tail(), 'type', 'action') };
      return command as { type: 'library'; letter: string; action: LibraryAction };
    }
    case '4lw':
      return parseFourLetterWord(r);
    case 'app':
    case 'submit':
    case 'fail':
    case 'fencing':
      return parseAppCommand(type, r);
    case 'set': {
      const process = r.process();
      const key = r.word('key');
      if (!SETTING_KEY.test(key)) throw new Mistake(NO_SETTING, key);
      const value = r.tail().trim();
      if (value === '') throw r.missing('value');
      if (!SETTING_TIME.test(value)) throw new Mistake(NO_TIME, value);
      return { type, process, key, value };
    }
    case 'probe':
      return parseProbe(r);
    default:
      return unreachable(type);
  }
}

function parseDisk(r: Reader): Command {
  const process = r.process();
  const fault = r.word('fault');
  if (!DISK_FAULTS.includes(fault)) {
    throw new Mistake(sayOfText('text.disk'), fault);
  }
  const command = { type: 'disk', process, fault } as Extract<Command, { type: 'disk' }>;
  if (fault === 'slow') command.ms = r.number('slow');
  return command;
}

function parseCut(r: Reader): Command {
  const command: Extract<Command, { type: 'cut' }> = {
    type: 'cut',
    a: r.process(),
    b: r.process(),
  };
  const next = r.peek();
  if (next !== undefined && next !== 'oneway') command.channel = r.channel();
  if (r.peek() === 'oneway') {
    r.take();
    command.oneway = true;
  }
  return command;
}

function parseGroups(text: string): ProcessName[][] {
  return text.split('|').map((group) =>
    group.split(',').map((part) => {
      const name = processNamed(part.trim());
      if (name === undefined) {
        throw new Mistake(sayOfText('text.process'), part.trim());
      }
      return name;
    }),
  );
}

function letter(r: Reader): string {
  const word = r.word('letter');
  if (!isLetter(word)) throw new Mistake(sayOfText('text.letter'), word);
  return word;
}

function parseClient(r: Reader): Command {
  const name = letter(r);
  const word = r.word('servers');
  const slash = word.indexOf('/');
  const list = slash < 0 ? word : word.slice(0, slash);
  const hosts = list.split(',').map((part) => {
    if (!/^[1-9]\d{0,2}$/.test(part) || Number(part) > 255) {
      throw new Mistake(sayOfText('text.servers'), part === '' ? word : part);
    }
    return Number(part);
  });
  const command: Extract<Command, { type: 'client' }> = { type: 'client', letter: name, hosts };
  if (slash >= 0) command.chroot = parseChroot(word.slice(slash));
  if (/^\d/.test(r.peek() ?? '')) command.timeoutMs = r.number('timeout');
  if (r.peek() === 'readonly') {
    r.take();
    command.readOnly = true;
  }
  const more = r.peek();
  if (more === undefined) return command;
  if (more !== 'batch') throw new Mistake(sayOfText('text.clientOption'), more);
  r.take();
  const text = r.tail();
  const batch = parseJson(text, '0', 'batch');
  if (!Array.isArray(batch)) throw new Mistake(sayOfText('text.batch'), text);
  return { ...command, batch: batch.map(String) };
}

function parseChroot(text: string): string {
  // A `%` that is followed by no two hex digits stands for itself.
  const chroot = decodeURI(text.replace(/%(?![0-9a-fA-F]{2})/g, '%25'));
  if (chroot === '/' || validatePath(chroot) !== undefined) {
    throw new Mistake(sayOfText('text.chroot'), text);
  }
  return chroot;
}

function parseFourLetterWord(r: Reader): Command {
  const word = r.word('word');
  if (word.length !== 4) throw new Mistake(sayOfText('text.fourLetters'), word);
  const command: Extract<Command, { type: '4lw' }> = { type: '4lw', word, process: r.process() };
  if (isLetter(r.peek() ?? '')) command.letter = r.word('letter');
  const number = r.peek();
  if (number === undefined) return command;
  if (!/^-?\d{1,19}$/.test(number)) {
    throw new Mistake(sayOfText('text.letterOrNumber'), number);
  }
  r.take();
  return { ...command, argument: number };
}

function parseProbe(r: Reader): Command {
  const id = r.word('probe');
  const process = processNamed(`probe ${id}`);
  if (process === undefined) throw new Mistake(sayOfText('text.probe'), id);
  const verb = r.word('verb');
  if (verb !== 'open' && verb !== 'send' && verb !== 'close') {
    throw new Mistake(sayOfText('text.verb'), verb);
  }
  const tag = r.word('tag');
  if (verb === 'close') return { type: 'probe', process, action: { type: verb, tag } };
  if (verb === 'open') {
    return { type: 'probe', process, action: { type: verb, tag, to: r.process() } };
  }
  const text = r.tail();
  return { type: 'probe', process, action: { type: verb, tag, packet: parsePacket(text) } };
}

function parsePacket(text: string): Extract<ProbeAction, { type: 'send' }>['packet'] {
  const packet = parseJson(text, 'kind', 'packet');
  return packet as Extract<ProbeAction, { type: 'send' }>['packet'];
}

/** A JSON object that has `key` as a text. */
function parseJson(text: string, key: string, thing: Thing): object {
  const what = sayOfText(`thing.${thing}`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Mistake(sayOfText('text.json', { what, problem: (error as Error).message }), text);
  }
  const found = (value as Record<string, unknown> | null)?.[key];
  if (typeof found !== 'string') throw new Mistake(sayOfText('text.jsonKey', { what, key }), text);
  return value as object;
}
