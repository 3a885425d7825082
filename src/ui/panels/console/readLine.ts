/**
 * What a line at a console orders: a word of the world, or a line for the
 * client. A word that both know belongs to zkCli where it names a znode.
 */
import type { Command, CommandError } from '../../../bridge/command';
import { COMMAND_FORMS, isCommandError, parseCommand } from '../../../bridge/commandText';
import { zkCliCommand } from '../../../bridge/zkCliCommands';

export type LineReading =
  | { type: 'order'; command: Command; isWorldWord: boolean }
  | { type: 'wrong'; error: CommandError };

/** First words of the world's commands; `zk`, `library` and `probe` are for scripts. */
export const WORLD_WORDS: readonly string[] = Object.keys(COMMAND_FORMS).filter(
  (word) => word !== 'zk' && word !== 'library' && word !== 'probe',
);

/** `letter`: the client whose console it is. */
export function readLine(line: string, letter: string): LineReading {
  const [first = '', second = ''] = line.trim().split(/\s+/);
  if (!isWorldWord(first, second)) {
    return { type: 'order', command: { type: 'zk', letter, line }, isWorldWord: false };
  }
  const parsed = parseCommand(line.trim());
  if (isCommandError(parsed)) return { type: 'wrong', error: parsed };
  // The answer of a four-letter word appears where it was asked for.
  const command = parsed.type === '4lw' ? { letter, ...parsed } : parsed;
  return { type: 'order', command, isWorldWord: true };
}

function isWorldWord(first: string, second: string): boolean {
  if (!WORLD_WORDS.includes(first)) return false;
  // `set /a x` is zkCli's; `set 1 fsync 9000` is the world's.
  return zkCliCommand(first) === undefined || /^(\d+|client)$/.test(second);
}
