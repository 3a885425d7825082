/** Completion by Tab: the command first, then paths of znodes. Text in, text out. */
import { ZKCLI_COMMANDS, zkCliCommand } from '../../../bridge/zkCliCommands';

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
  const options =
    words.length === 1 ? commandWords(worldWords) : argumentsOf(words[0] ?? '', word, paths);
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
  return [
    ...new Set([
      ...ZKCLI_COMMANDS.filter((c) => c.isHere).map((c) => c.name),
      'help',
      ...worldWords,
    ]),
  ];
}

function argumentsOf(name: string, word: string, paths: readonly string[]): readonly string[] {
  const known = zkCliCommand(name);
  if (word.startsWith('-')) return known?.options ?? [];
  return known?.takesPath === true && word.startsWith('/') ? nextNames(word, paths) : [];
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
