/**
 * Options of the commands that go to a server, and when their usage is printed.
 *
 * Source: org.apache.zookeeper.cli (options and parse of each command).
 */
import { parseOptions, type OptionTable, type ParsedOptions } from './options';

const NO_OPTIONS: OptionTable = { flags: [], values: [] };

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
};

/** A note about a form that goes out of use, on stderr. */
const DEPRECATIONS: Readonly<Record<string, string>> = {
  get: "'get path [watch]' has been deprecated. Please use 'get [-s] [-w] path' instead.",
  ls: "'ls path [watch]' has been deprecated. Please use 'ls [-w] path' instead.",
  stat: "'stat path [watch]' has been deprecated. Please use 'stat [-w] path' instead.",
  delete:
    "'delete path [version]' has been deprecated. Please use 'delete [-v version] path' instead.",
};

export interface Note {
  kind: 'output' | 'error';
  text: string;
}

export type CommandOptions =
  | { type: 'ok'; options: ParsedOptions; notes: Note[] }
  | { type: 'usage'; notes: Note[] }
  /** The parser's exception. */
  | { type: 'wrong'; text: string; notes: Note[] };

/** Undefined for words that need no server (quit, redo, history, printwatches, connect). */
export function readOptions(words: readonly string[]): CommandOptions | undefined {
  const name = words[0] as string;
  // Its parser takes whatever there is.
  if (name === 'whoami') return ok({ flags: new Set(), values: {}, args: words }, []);
  const rule = Object.hasOwn(RULES, name) ? RULES[name] : undefined;
  if (rule === undefined) return undefined;
  const options = parseOptions(rule.options, words);
  if (typeof options === 'string') return { type: 'wrong', text: options, notes: [] };
  const notes: Note[] = [];
  if (name === 'ls' && options.flags.has('?')) notes.push(...LS_HELP);
  if (isUsageWrong(name, options, rule)) return { type: 'usage', notes };
  const note = DEPRECATIONS[name];
  if (options.args.length <= 2 || note === undefined) return ok(options, notes);
  notes.push({ kind: 'error', text: note });
  if (name === 'delete') return ok(options, notes);
  // Whatever the third word of the line is, even one that is an option, becomes -w.
  const rewritten = parseOptions(rule.options, [...words.slice(0, 2), '-w', ...words.slice(3)]);
  if (typeof rewritten === 'string') return { type: 'wrong', text: rewritten, notes };
  return ok(rewritten, notes);
}

const LS_HELP: readonly Note[] = [
  'usage: ls [options] path',
  ' -?   help',
  ' -R   recurse',
  ' -s   stat',
  ' -w   watch',
].map((text) => ({ kind: 'output', text }));

function ok(options: ParsedOptions, notes: Note[]): CommandOptions {
  return { type: 'ok', options, notes };
}

function isUsageWrong(name: string, options: ParsedOptions, rule: CommandRule): boolean {
  if (name === 'version') return options.args.length > 1;
  if (name === 'reconfig') {
    return !['file', 'members', 'add', 'remove'].some((option) => options.flags.has(option));
  }
  if (name === 'addWatch') {
    const mode = options.values['m'];
    const isKnown = mode === undefined || /^PERSISTENT(_RECURSIVE)?$/i.test(mode);
    return options.args.length !== 2 || !isKnown;
  }
  return options.args.length < rule.words;
}
