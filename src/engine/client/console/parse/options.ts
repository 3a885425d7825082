/**
 * Options of a command, as commons-cli 1.5 finds them: anywhere in the line, joined (`-se`), a
 * value option swallowing what follows unless that is an option itself.
 *
 * Source: commons-cli, DefaultParser.java (handleToken and what it calls).
 * Left out: long options, which no command of zkCli 3.8.0 has.
 */

export interface OptionTable {
  /** Options without a value; most have one letter. */
  readonly flags: readonly string[];
  /** Options with one value. */
  readonly values: readonly string[];
  /** At most one of these may be given. */
  readonly group?: readonly string[];
  /** One of the group must be given; this names them in the error. */
  readonly required?: string;
}

export interface ParsedOptions {
  readonly flags: ReadonlySet<string>;
  /** The first value of each. */
  readonly values: Readonly<Record<string, string>>;
  /** Words that are no options; the command's name is the first. */
  readonly args: readonly string[];
}

const PACKAGE = 'org.apache.commons.cli.';

/** The words of a command, its name first; a text is the parser's exception as it prints itself. */
export function parseOptions(table: OptionTable, words: readonly string[]): ParsedOptions | string {
  const flags = new Set<string>();
  const values: Record<string, string> = {};
  const args: string[] = [];
  let open: string | null = null;
  let selected: string | null = null;

  /** Returns an exception or undefined. */
  const take = (name: string): string | undefined => {
    if (open !== null) return missingValue(open);
    if (table.group?.includes(name)) {
      if (selected !== null && selected !== name) {
        return (
          `${PACKAGE}AlreadySelectedException: The option '${name}' was specified but an option ` +
          `from this group has already been selected: '${selected}'`
        );
      }
      selected = name;
    }
    flags.add(name);
    open = table.values.includes(name) ? name : null;
    return undefined;
  };
  const give = (value: string): void => {
    if (open !== null && values[open] === undefined) values[open] = value;
    open = null;
  };

  let onlyArgs = false;
  for (const word of words) {
    let error: string | undefined;
    if (onlyArgs) args.push(word);
    else if (word === '--') onlyArgs = true;
    else if (open !== null && isArgument(table, word)) give(word);
    else if (word.startsWith('-') && word !== '-') error = takeWord(table, word, take, give);
    else args.push(word);
    if (error !== undefined) return error;
  }
  if (open !== null) return missingValue(open);
  if (table.required !== undefined && selected === null) {
    return `${PACKAGE}MissingOptionException: Missing required option: ${table.required}`;
  }
  return { flags, values, args };
}

/** One word that begins with a hyphen: an option, `-v=1`, or several letters in one. */
function takeWord(
  table: OptionTable,
  word: string,
  take: (name: string) => string | undefined,
  give: (value: string) => void,
): string | undefined {
  const unknown = `${PACKAGE}UnrecognizedOptionException: Unrecognized option: ${word}`;
  if (word.startsWith('--')) return unknown;
  const name = word.slice(1);
  const equals = name.indexOf('=');
  if (equals >= 0) {
    const before = name.slice(0, equals);
    if (before.length !== 1 || !table.values.includes(before)) return unknown;
    const error = take(before);
    if (error === undefined) give(name.slice(equals + 1));
    return error;
  }
  if (isOptionName(table, name)) return take(name);
  for (let i = 0; i < name.length; i += 1) {
    const letter = name[i] as string;
    if (!isOptionName(table, letter)) return unknown;
    const error = take(letter);
    if (error !== undefined) return error;
    if (table.values.includes(letter) && i + 1 < name.length) {
      give(name.slice(i + 1));
      return undefined;
    }
  }
  return undefined;
}

function isArgument(table: OptionTable, word: string): boolean {
  if (!word.startsWith('-') || word.length === 1) return true;
  if (!Number.isNaN(Number(word))) return true;
  const name = word.slice(1).split('=')[0] as string;
  return !isOptionName(table, name) && !isOptionName(table, name.slice(0, 1));
}

function isOptionName(table: OptionTable, name: string): boolean {
  return table.flags.includes(name) || table.values.includes(name);
}

function missingValue(name: string): string {
  return `${PACKAGE}MissingArgumentException: Missing argument for option: ${name}`;
}
