/** How a command says something, and names itself when its line stands further up. */
import type { Effects } from '../../../bridge/process';
import { type ConsoleState, pushLine } from './consoleState';

export const EXIT_ERROR = 1;

/** One command on its way: its number and line, and whether its output must name it. */
export interface Entered {
  n: number;
  line: string;
  isNamed: boolean;
}

/** A line of a command that was answered at once. In a line of several, the first one names it. */
export function say(
  state: ConsoleState,
  entered: Entered,
  effects: Effects,
  kind: 'output' | 'error' | 'world',
  text: string,
): void {
  if (entered.isNamed) {
    sayName(state, entered, effects);
    entered.isNamed = false;
  }
  pushLine(state, effects.now, kind, text);
}

export function print(
  state: ConsoleState,
  entered: Entered,
  effects: Effects,
  lines: readonly string[],
): void {
  for (const text of lines) say(state, entered, effects, 'output', text);
}

/** An error: the exit code becomes 1. */
export function complain(
  state: ConsoleState,
  entered: Entered,
  effects: Effects,
  text: string,
): void {
  state.exitCode = EXIT_ERROR;
  say(state, entered, effects, 'error', text);
}

export function sayName(
  state: ConsoleState,
  command: { n: number; line: string },
  effects: Effects,
): void {
  pushLine(state, effects.now, 'world', `[${command.n}] ${command.line}`);
}

/** The console ends and the session is left to expire. */
export function die(state: ConsoleState, effects: Effects, exception: string): void {
  pushLine(state, effects.now, 'error', `Exception in thread "main" ${exception}`);
  effects.touch('console');
  effects.exit(EXIT_ERROR, exception);
}
