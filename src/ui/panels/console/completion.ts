/** Completion by Tab: the command first, then paths of znodes. Text in, text out. */
import { THREAD_NAMES } from '../../../bridge/threads';
import { ZKCLI_COMMANDS, zkCliCommand } from '../../../bridge/zkCliCommands';
import { FOUR_LETTER_WORDS } from '../../../zk/fourLetterWords';

export interface Completion {
  /** The line with as much added as is certain. */
  line: string;
  /** What could follow, when more than one thing could; sorted. */
  candidates: string[];
}

/**
 * @param line What stands before the cursor.
 * @param paths Paths of the znodes that the client's server holds.
 * @param worldWords First words of the world's commands.
 * @returns undefined when nothing can be completed here (Tab then moves the focus as usual).
 */
export function complete(
  line: string,
  paths: readonly string[],
  worldWords: readonly string[],
): Completion | undefined {
  // Several commands in one line are parted by semicolons: only the last one is being typed.
  const begin = line.lastIndexOf(';') + 1;
  const typed = line.slice(begin).trimStart();
  const words = typed.split(/\s+/);
  const word = words[words.length - 1] ?? '';
  const options = words.length === 1 ? commandWords(worldWords) : argumentsOf(words, paths);
  const fitting = options.filter((option) => option.startsWith(word)).sort();
  if (word === '' || fitting.length === 0) return undefined;
  const common = commonStart(fitting);
  const isWhole = fitting.length === 1;
  // A path may go on below; a command is followed by a blank.
  const end = isWhole && words.length === 1 ? ' ' : '';
  const done = line.slice(0, line.length - word.length) + common + end;
  if (done === line && isWhole) return undefined;
  return { line: done, candidates: isWhole ? [] : fitting };
}

function commandWords(worldWords: readonly string[]): string[] {
  return [...new Set([...ZKCLI_COMMANDS.map((c) => c.name), ...OWN_WORDS, ...worldWords])];
}

/** Zabscope's own at a client's console: `check`, `commit` and `abort` inside a `txn`. */
const OWN_WORDS: readonly string[] = ['help', 'txn', 'check', 'commit', 'abort'];

/** Commands whose arguments may name a znode although zkCli does not know them, or not in that place. */
const PATHS_TOO: readonly string[] = ['txn', 'check'];

/** Words that may stand in one place of a command, by the command and the word or words in front. */
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  'addWatch -m': ['PERSISTENT', 'PERSISTENT_RECURSIVE'],
  addauth: ['digest'],
  printwatches: ['on', 'off'],
  '4lw': FOUR_LETTER_WORDS,
};
/** After the process: which of its threads. */
const OF_THREADS: readonly string[] = ['freeze', 'thaw', 'step'];

function argumentsOf(words: readonly string[], paths: readonly string[]): readonly string[] {
  const [name = ''] = words;
  const word = words.at(-1) ?? '';
  const known = zkCliCommand(name);
  if (word.startsWith('-')) return known?.options ?? [];
  const before = words.slice(0, -1);
  const choices = CHOICES[before.join(' ')] ?? CHOICES[`${name} ${before.at(-1)}`];
  if (choices !== undefined) return choices;
  if (before.length === 2 && OF_THREADS.includes(name)) return THREAD_NAMES;
  const takesPath = known?.takesPath === true || PATHS_TOO.includes(name);
  return takesPath && word.startsWith('/') ? nextNames(word, paths) : [];
}

/** One name further only, as a shell does: `/app` before `/app/x/y`. */
function nextNames(word: string, paths: readonly string[]): string[] {
  const found = new Set<string>();
  for (const path of paths) {
    if (!path.startsWith(word) || path === word) continue;
    const slash = path.indexOf('/', word.length);
    found.add(
      slash > word.length ? path.slice(0, slash) : slash < 0 ? path : nameBehind(path, slash),
    );
  }
  return [...found];
}

/** `word` ends right before a slash of the path: its next name is whole. */
function nameBehind(path: string, slash: number): string {
  const next = path.indexOf('/', slash + 1);
  return next < 0 ? path : path.slice(0, next);
}

function commonStart(texts: readonly string[]): string {
  let common = texts[0] ?? '';
  for (const text of texts) while (!text.startsWith(common)) common = common.slice(0, -1);
  return common;
}
