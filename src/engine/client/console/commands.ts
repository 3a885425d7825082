/**
 * The commands that go to a server: their options, their usage, and what each
 * becomes. Everything here is decided before a request exists.
 *
 * Source: org.apache.zookeeper.cli (the parse and exec of each command).
 */
import { zkCliCommand } from '../../../bridge/zkCliCommands';
import { validatePath } from '../../../zk/paths';
import type { Job } from './jobs';
import { parseOptions, type OptionTable, type ParsedOptions } from './options';
import { VERSION_LINE } from './texts';

/** What a parsed command turns out to be. */
export type Outcome =
  | { type: 'job'; job: Job }
  /** Answered without a server. */
  | { type: 'print'; lines: string[] }
  /** On stderr; the exit code becomes 1. */
  | { type: 'error'; text: string }
  /** Java's exception that nobody catches: the console ends. */
  | { type: 'dies'; exception: string }
  | { type: 'close' }
  /** zkCli can do this, this release cannot yet. */
  | { type: 'later'; what: string };

/** `notes` are printed first: deprecations on stderr, the help of `ls -?` on stdout. */
export interface ParsedCommand {
  notes: { kind: 'output' | 'error'; text: string }[];
  outcome: Outcome;
}

const CLIENT_BATCH = 1000;
const TTL_MAX = 0xffffffffff;
const NO_OPTIONS: OptionTable = { flags: [], values: [] };
const EPHEMERAL = 1;
const SEQUENTIAL = 2;

interface CommandRule {
  readonly options: OptionTable;
  /** Words without options that it needs, its name included. */
  readonly words: number;
}

const RULES: Readonly<Record<string, CommandRule>> = {
  addWatch: { options: { flags: [], values: ['m'] }, words: 2 },
  addauth: { options: NO_OPTIONS, words: 2 },
  close: { options: NO_OPTIONS, words: 1 },
  config: { options: { flags: ['s', 'w', 'c'], values: [] }, words: 1 },
  create: { options: { flags: ['e', 's', 'c'], values: ['t'] }, words: 2 },
  delete: { options: { flags: [], values: ['v'] }, words: 2 },
  deleteall: { options: { flags: [], values: ['b'] }, words: 2 },
  delquota: { options: { flags: ['n', 'b', 'N', 'B'], values: [], group: [...'nbNB'] }, words: 2 },
  get: { options: { flags: ['s', 'w'], values: [] }, words: 2 },
  getAcl: { options: { flags: ['s'], values: [] }, words: 2 },
  getAllChildrenNumber: { options: NO_OPTIONS, words: 2 },
  getEphemerals: { options: NO_OPTIONS, words: 1 },
  listquota: { options: NO_OPTIONS, words: 2 },
  ls: { options: { flags: ['?', 's', 'w', 'R'], values: [] }, words: 2 },
  reconfig: {
    options: { flags: ['s'], values: ['v', 'file', 'members', 'add', 'remove'] },
    words: 1,
  },
  removewatches: { options: { flags: ['c', 'd', 'a', 'l'], values: [] }, words: 2 },
  set: { options: { flags: ['s'], values: ['v'] }, words: 3 },
  setAcl: { options: { flags: ['s', 'R'], values: ['v'] }, words: 3 },
  setquota: {
    options: {
      flags: [],
      values: ['n', 'b', 'N', 'B'],
      group: [...'nbNB'],
      required: '[-n num soft quota, -b bytes soft quota, -N num hard quota, -B bytes hard quota]',
    },
    words: 2,
  },
  stat: { options: { flags: ['w'], values: [] }, words: 2 },
  sync: { options: NO_OPTIONS, words: 2 },
  version: { options: NO_OPTIONS, words: 1 },
  whoami: { options: NO_OPTIONS, words: 1 },
};

/** Undefined for words that need no server (quit, redo, history, printwatches, connect). */
export function parseCommand(words: readonly string[]): ParsedCommand | undefined {
  const name = words[0] as string;
  const rule = Object.hasOwn(RULES, name) ? RULES[name] : undefined;
  if (rule === undefined) return undefined;
  const parsed: ParsedCommand = { notes: [], outcome: { type: 'close' } };
  const options = parseOptions(rule.options, words);
  if (typeof options === 'string') parsed.outcome = fail(options);
  else {
    addNotes(name, options, parsed.notes);
    parsed.outcome = isUsageWrong(name, options, rule) ? usage(name) : outcomeOf(name, options);
  }
  return parsed;
}

/** Java's Integer.parseInt; undefined where it throws. */
export function parseJavaInt(text: string): number | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const value = Number(text);
  return value >= -0x80000000 && value <= 0x7fffffff ? value : undefined;
}

export function numberFormatException(text: string): string {
  return `java.lang.NumberFormatException: For input string: "${text}"`;
}

function addNotes(name: string, options: ParsedOptions, notes: ParsedCommand['notes']): void {
  if (name === 'ls' && options.flags.has('?')) {
    const help = [
      ['?', 'help'],
      ['R', 'recurse'],
      ['s', 'stat'],
      ['w', 'watch'],
    ].map(([letter, what]) => ` -${letter}   ${what}`);
    for (const text of ['usage: ls [options] path', ...help]) notes.push({ kind: 'output', text });
  }
  if (options.args.length <= 2) return;
  const better = {
    get: "'get path [watch]' has been deprecated. Please use 'get [-s] [-w] path' instead.",
    ls: "'ls path [watch]' has been deprecated. Please use 'ls [-w] path' instead.",
    stat: "'stat path [watch]' has been deprecated. Please use 'stat [-w] path' instead.",
    delete:
      "'delete path [version]' has been deprecated. Please use 'delete [-v version] path' instead.",
  }[name];
  if (better !== undefined) notes.push({ kind: 'error', text: better });
}

function isUsageWrong(name: string, options: ParsedOptions, rule: CommandRule): boolean {
  if (name === 'version') return options.args.length > 1;
  if (name === 'reconfig') return options.flags.size === 0;
  if (name === 'addWatch') {
    const mode = options.values['m'];
    const isKnown = mode === undefined || /^PERSISTENT(_RECURSIVE)?$/i.test(mode);
    return options.args.length !== 2 || !isKnown;
  }
  return options.args.length < rule.words;
}

function outcomeOf(name: string, options: ParsedOptions): Outcome {
  const path = options.args[1] as string;
  switch (name) {
    case 'close':
      return { type: 'close' };
    case 'version':
      return { type: 'print', lines: [VERSION_LINE] };
    case 'create':
      return create(path, options);
    case 'delete':
      return versioned(options, (version) => ({ type: 'delete', path, version }));
    case 'set': {
      const data = options.args[2] as string;
      const withStat = options.flags.has('s');
      return versioned(options, (version) => ({ type: 'set', path, data, version, withStat }));
    }
    case 'deleteall':
      return deleteall(path, options);
    case 'sync':
      return job({ type: 'sync', path }, path);
    case 'get':
    case 'ls':
    case 'stat':
      if (options.flags.has('w')) return { type: 'later', what: `${name} -w` };
      // The old form of -w, whatever the third word is.
      if (options.args.length > 2) return { type: 'later', what: `${name} path watch` };
      return read(name, path, options);
    default:
      return { type: 'later', what: name };
  }
}

function read(name: 'get' | 'ls' | 'stat', path: string, options: ParsedOptions): Outcome {
  if (name === 'stat') return job({ type: 'stat', path }, path);
  if (name === 'ls' && options.flags.has('R')) {
    return job({ type: 'lsRecursive', path, toVisit: [], asked: null }, path);
  }
  return job({ type: name, path, withStat: options.flags.has('s') }, path);
}

function create(path: string, { flags, values, args }: ParsedOptions): Outcome {
  const isEphemeral = flags.has('e');
  const isSequential = flags.has('s');
  if (flags.has('c') && (isEphemeral || isSequential)) {
    return fail(
      '-c cannot be combined with -s or -e. Containers cannot be ephemeral or sequential.',
    );
  }
  if (flags.has('t')) {
    const ttl = values['t'] as string;
    if (!/^[+-]?\d+$/.test(ttl)) return fail('-t argument must be a long value');
    if (isEphemeral) return fail('TTLs cannot be used with Ephemeral znodes');
    if (flags.has('c')) return fail('TTLs cannot be used with Container znodes');
    if (Number(ttl) <= 0 || Number(ttl) > TTL_MAX) {
      return fail(`ttl must be positive and cannot be larger than: ${TTL_MAX}`);
    }
    return { type: 'later', what: 'create -t' };
  }
  if (flags.has('c')) return { type: 'later', what: 'create -c' };
  if (args.length > 3) return { type: 'later', what: 'create path data acl' };
  const mode = (isEphemeral ? EPHEMERAL : 0) + (isSequential ? SEQUENTIAL : 0);
  // The server appends ten digits; the client library appends one to see whether the path will be legal.
  const finalPath = isSequential ? `${path}1` : path;
  return job({ type: 'create', path, data: args[2] ?? null, flags: mode }, finalPath);
}

function deleteall(path: string, options: ParsedOptions): Outcome {
  const batch = options.values['b'];
  const batchSize = batch === undefined ? CLIENT_BATCH : parseJavaInt(batch);
  if (batchSize === undefined) return fail('-b argument must be an int value');
  return job(
    {
      type: 'deleteall',
      // In zkCli a size below one never fills a batch, so that all goes in one.
      batchSize: batchSize < 1 ? Number.MAX_SAFE_INTEGER : batchSize,
      tree: [path],
      listed: 0,
      deletedFrom: -1,
      awaited: 0,
      failed: false,
    },
    path,
  );
}

/** -1, any version, without -v. */
function versioned(options: ParsedOptions, make: (version: number) => Job): Outcome {
  const text = options.values['v'];
  const version = text === undefined ? -1 : parseJavaInt(text);
  if (version === undefined) {
    return { type: 'dies', exception: numberFormatException(text as string) };
  }
  return job(make(version), options.args[1] as string);
}

/** A job, unless the client library refuses its path. */
function job(made: Job, path: string): Outcome {
  const wrong = validatePath(path);
  return wrong === undefined ? { type: 'job', job: made } : fail(wrong);
}

function usage(name: string): Outcome {
  return fail((zkCliCommand(name)?.usage ?? name).replace(/ $/, name === 'version' ? ' ' : ''));
}

function fail(text: string): Outcome {
  return { type: 'error', text };
}
