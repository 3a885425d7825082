/**
 * The line editor in front of zkCli: before a line is a command, what begins with `!` or `^` in it is
 * replaced by earlier lines.
 *
 * Source: jline 2.14.6, ConsoleReader.java (expandEvents, finishBuffer), MemoryHistory.java.
 */

/** MemoryHistory.DEFAULT_MAX_SIZE. */
const HISTORY_MAX = 500;

/** Lines that were entered, not two equal ones in a row; other than the numbered history of zkCli. */
export interface EditorHistory {
  /** Oldest first, with `!` escaped. */
  lines: string[];
  /** Lines cut off before the oldest. */
  offset: number;
}

export function emptyEditorHistory(): EditorHistory {
  return { lines: [], offset: 0 };
}

export type Edited =
  | { readonly type: 'line'; readonly line: string }
  /** Nothing is entered. `why` is what the exception says. */
  | { readonly type: 'notFound'; readonly why: string }
  /** An exception of jline itself: zkCli goes on without it. */
  | { readonly type: 'broken' };

/** What is entered where `line` was typed; notes it in the history. */
export function editLine(history: EditorHistory, line: string): Edited {
  const edited = expandEvents(history, line);
  if (edited.type === 'line') addToHistory(history, edited.line);
  return edited;
}

function addToHistory(history: EditorHistory, line: string): void {
  if (line === '') return;
  const escaped = line.replaceAll('!', '\\!').replace(/^\^/, '\\^');
  if (history.lines.at(-1) === escaped) return;
  history.lines.push(escaped);
  if (history.lines.length <= HISTORY_MAX) return;
  history.lines.shift();
  history.offset += 1;
}

/** Stands for the exception that ends the expansion of a line. */
class NotFound {
  constructor(readonly why: string) {}
}

function expandEvents(history: EditorHistory, line: string): Edited {
  let out = '';
  for (let i = 0; i < line.length; ) {
    const c = line[i];
    const next = line[i + 1];
    if (c === '\\' && (next === '!' || (next === '^' && i === 0))) {
      out += next;
      i += 2;
    } else if (c === '!' && next !== undefined) {
      const event = next === '#' ? { text: out, end: i + 2 } : eventAt(history, line, i + 1);
      if (event instanceof NotFound) return { type: 'notFound', why: event.why };
      out += event.text;
      i = event.end;
    } else if (c === '^' && i === 0 && line.indexOf('^', 1) > 0) {
      const last = history.lines.at(-1);
      if (last === undefined) return { type: 'broken' };
      const replaced = replacedLine(last, line);
      out += replaced.text;
      i = replaced.end;
    } else {
      out += c;
      i += 1;
    }
  }
  return { type: 'line', line: out };
}

/** `^old^new^`: the last line with every `old` replaced. */
function replacedLine(last: string, line: string): { text: string; end: number } {
  const middle = line.indexOf('^', 1);
  const found = line.indexOf('^', middle + 1);
  const end = found < 0 ? line.length : found;
  const text = last.replaceAll(line.slice(1, middle), () => line.slice(middle + 1, end));
  // The character behind the last ^ is swallowed.
  return { text, end: end + 2 };
}

/** What the event that begins with the character at `at`, behind a `!`, stands for. */
function eventAt(
  history: EditorHistory,
  line: string,
  at: number,
): { text: string; end: number } | NotFound {
  const { lines, offset } = history;
  const last = lines.at(-1);
  const c = line[at] as string;
  if (c === ' ' || c === '\t') return { text: `!${c}`, end: at + 1 };
  if (c === '!' || c === '$') {
    if (last === undefined) return new NotFound(`!${c}: event not found`);
    return { text: c === '!' ? last : lastWord(last), end: at + 1 };
  }
  if (c === '?') {
    const end = line.indexOf('?', at + 1);
    const text = line.slice(at + 1, end < 0 ? line.length : end);
    const found = lastOf(lines, (one) => one.includes(text));
    if (found === undefined) return new NotFound(`!?${text}: event not found`);
    return { text: found, end: end < 0 ? line.length : end + 1 };
  }
  if (c === '-' || isDigit(c)) {
    const begin = c === '-' ? at + 1 : at;
    let end = begin;
    while (isDigit(line[end])) end += 1;
    const digits = line.slice(begin, end);
    const n = digits === '' ? Number.NaN : Number(digits);
    const found = c === '-' ? lines[lines.length - n] : lines[n - 1 - offset];
    if (found === undefined)
      return new NotFound(`!${c === '-' ? '-' : ''}${digits}: event not found`);
    // The character behind the number is swallowed.
    return { text: found, end: end + 1 };
  }
  const begin = line.slice(at);
  const found = lastOf(lines, (one) => one.startsWith(begin));
  if (found === undefined) return new NotFound(`!${begin}: event not found`);
  return { text: found, end: line.length };
}

/** Behind the last blank. */
function lastWord(line: string): string {
  const text = line.trim();
  return text.slice(text.lastIndexOf(' ') + 1);
}

function lastOf(lines: readonly string[], fits: (line: string) => boolean): string | undefined {
  for (let k = lines.length - 1; k >= 0; k -= 1) {
    if (fits(lines[k] as string)) return lines[k];
  }
  return undefined;
}

function isDigit(c: string | undefined): boolean {
  return c !== undefined && c >= '0' && c <= '9';
}
