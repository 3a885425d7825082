/**
 * A transcript file: prose (`# ...`), instructions (`> ...`) and, below each
 * instruction, what it answered. Running a script rewrites the answers only.
 *
 * Instructions: `ensemble N [seed N] [SETTING VALUE]...` comes first; then
 * `show all|requests|roles|outline|nothing`, `run 500 ms`, `run to GOAL`,
 * `step [N]`, `state`, `tree`, `log`, `sessions`, `console LETTER`, `checks`, and every command of the world.
 */
import type { Command } from '../../bridge/command';
import { parseCommand } from '../../bridge/commandText';
import { SHOWN_NAMES, type Shown } from './lines';

export type RunGoal = 'commit' | 'established' | 'quiet' | 'served' | 'rest';

const GOALS: readonly string[] = ['commit', 'established', 'quiet', 'served', 'rest'];

export type Instruction =
  | { type: 'ensemble'; servers: number; seed: number; settings: Record<string, number> }
  | { type: 'show'; shown: Shown }
  | { type: 'runFor'; micros: number }
  | { type: 'runTo'; goal: RunGoal }
  | { type: 'step'; events: number }
  | { type: 'state' | 'tree' | 'log' | 'sessions' | 'checks' }
  | { type: 'console'; letter: string }
  | { type: 'command'; command: Command };

export type Block =
  /** Lines to be kept as they are: prose and blank lines. */
  | { type: 'prose'; lines: string[] }
  | { type: 'instruction'; number: number; line: string; instruction: Instruction };

export interface ScriptError {
  /** Number of the line in the file, from 1. */
  line: number;
  message: string;
}

/** The blocks of a file, old answers dropped; or the first line that cannot be read. */
export function parseScript(text: string): Block[] | ScriptError {
  const blocks: Block[] = [];
  const lines = text.replace(/\r\n/g, '\n').split('\n');
  let isAnswer = false;
  for (const [i, line] of lines.entries()) {
    if (line.startsWith('> ')) {
      const instruction = parseInstruction(line.slice(2).trim());
      if (typeof instruction === 'string') return { line: i + 1, message: instruction };
      const isFirst = !blocks.some((block) => block.type === 'instruction');
      if (isFirst !== (instruction.type === 'ensemble')) {
        return { line: i + 1, message: 'a script begins with one "ensemble N"' };
      }
      blocks.push({ type: 'instruction', number: i + 1, line, instruction });
      isAnswer = true;
    } else if (line.startsWith('#')) {
      pushProse(blocks, line);
      isAnswer = false;
    } else if (!isAnswer && line.trim() !== '') {
      return { line: i + 1, message: 'neither prose (#) nor an instruction (>)' };
    }
  }
  return blocks;
}

function pushProse(blocks: Block[], line: string): void {
  const last = blocks.at(-1);
  if (last?.type === 'prose') last.lines.push(line);
  else blocks.push({ type: 'prose', lines: [line] });
}

/** A string is what is wrong. */
export function parseInstruction(text: string): Instruction | string {
  const words = text.split(/\s+/);
  const [first = '', second] = words;
  switch (first) {
    case 'ensemble':
      return parseEnsemble(words);
    case 'show':
      if (!(SHOWN_NAMES as readonly string[]).includes(second ?? '')) {
        return `show wants one of ${SHOWN_NAMES.join(', ')}`;
      }
      return { type: 'show', shown: second as Shown };
    case 'run':
      return parseRun(words);
    case 'step':
      // A command of the world has this word too, with a process and a thread behind it.
      if (words.length > 2) break;
      if (second !== undefined && !/^\d+$/.test(second)) return 'step wants a number of events';
      return { type: 'step', events: Number(second ?? 1) };
    case 'state':
    case 'tree':
    case 'log':
    case 'sessions':
    case 'checks':
      return words.length === 1 ? { type: first } : `${first} stands alone`;
    case 'console':
      return second === undefined ? 'console wants a letter' : { type: 'console', letter: second };
  }
  const command = parseCommand(text);
  return 'type' in command ? { type: 'command', command } : command.message;
}

function parseEnsemble(words: readonly string[]): Instruction | string {
  const servers = Number(words[1]);
  if (!Number.isInteger(servers) || servers < 1 || servers > 9)
    return 'ensemble wants 1 to 9 servers';
  const settings: Record<string, number> = {};
  let seed = 1;
  for (let i = 2; i < words.length; i += 2) {
    const name = words[i] as string;
    const value = Number(words[i + 1]);
    if (!Number.isInteger(value)) return `${name} wants a whole number`;
    if (name === 'seed') seed = value;
    else settings[name] = value;
  }
  return { type: 'ensemble', servers, seed, settings };
}

function parseRun(words: readonly string[]): Instruction | string {
  if (words[1] === 'to') {
    if (words.length !== 3 || !GOALS.includes(words[2] ?? '')) {
      return `run to wants one of ${GOALS.join(', ')}`;
    }
    return { type: 'runTo', goal: words[2] as RunGoal };
  }
  const amount = Number(words[1]);
  const unit = { us: 1, ms: 1000, s: 1_000_000 }[words[2] ?? ''];
  if (!(amount > 0) || unit === undefined || words.length !== 3) {
    return 'run wants an amount and us, ms or s';
  }
  return { type: 'runFor', micros: Math.round(amount * unit) };
}
