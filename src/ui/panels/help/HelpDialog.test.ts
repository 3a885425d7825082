import { expect, test } from 'vitest';
import { COMMAND_FORMS, isCommandError, parseCommand } from '../../../bridge/commandText';
import { WORLD } from './HelpDialog';

test('every example of a word of the world is a command that there is', () => {
  const words = WORLD.filter(([line]) => Object.hasOwn(COMMAND_FORMS, line.split(' ')[0] ?? ''));
  expect(words.length).toBeGreaterThan(15);
  for (const [line] of words) expect(isCommandError(parseCommand(line)), line).toBe(false);
});
