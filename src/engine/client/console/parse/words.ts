/**
 * How a line becomes commands, and a command becomes words.
 *
 * Source: ZooKeeperMain.MyCommandOptions.parseCommand (ARGS_PATTERN, QUOTED_PATTERN).
 */
import { isConsoleWord } from '../../../../bridge/zkCliCommands';

/** Java's `\s`, which knows fewer blanks than JavaScript's. */
const BLANK = '[ \\t\\n\\x0B\\f\\r]';
const NOT_BLANK = '[^ \\t\\n\\x0B\\f\\r]';

/**
 * Words of one command. Quotes count only at the start of a word, there are no escapes, and an
 * unbalanced quote is skipped; a line of blanks is the one word `' '`.
 */
export function wordsOf(line: string): string[] {
  const pattern = new RegExp(`${BLANK}*([^"']${NOT_BLANK}*|"[^"]*"|'[^']*')${BLANK}*`, 'g');
  const words: string[] = [];
  for (const match of line.matchAll(pattern)) {
    const word = match[1] as string;
    const isQuoted = word.length >= 2 && (word[0] === '"' || word[0] === "'");
    words.push(isQuoted ? word.slice(1, -1) : word);
  }
  return words;
}

/**
 * Zabscope's own: several commands in one line. A `;` outside of quotes parts two commands only
 * when a command's name follows, so that `set /a ;` sets what it sets in zkCli.
 */
export function commandsOf(line: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let quote = '';
  for (let i = 0; i < line.length; i += 1) {
    const c = line[i] as string;
    if (quote !== '') {
      if (c === quote) quote = '';
    } else if ((c === '"' || c === "'") && isBlank(line[i - 1]) && line.indexOf(c, i + 1) > 0) {
      quote = c;
    } else if (c === ';' && beginsCommand(line, i + 1)) {
      parts.push(line.slice(start, i).trimEnd());
      start = i + 1;
    }
  }
  if (parts.length === 0) return [line];
  parts.push(line.slice(start));
  return parts.map((part) => part.trimStart()).filter((part) => part !== '');
}

function beginsCommand(line: string, from: number): boolean {
  const word = /^\s*([A-Za-z]+)(?=\s|;|$)/.exec(line.slice(from))?.[1];
  return word !== undefined && isConsoleWord(word);
}

function isBlank(c: string | undefined): boolean {
  return c === undefined || /\s/.test(c);
}
