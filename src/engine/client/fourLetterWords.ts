/**
 * Four-letter words asked from a client's console: each on a connection of its
 * own, beside the session. The answer is printed line by line.
 */
import { serverName, type ConnId } from '../../bridge/names';
import type { Effects, ProcessCommand } from '../../bridge/process';
import type { Sid } from '../../zk/ids';
import type { FourLetterWord } from '../../zk/packets';
import { type ConsoleState, pushLine } from './console/consoleState';

/** A word on its way. */
export interface AskedWord {
  conn: ConnId;
  packet: FourLetterWord;
  server: Sid;
  isAnswered: boolean;
}

export function askWord(
  asked: AskedWord[],
  { word, server, argument }: Extract<ProcessCommand, { type: '4lw' }>,
  effects: Effects,
): void {
  const packet: FourLetterWord = { kind: 'FOURLETTER', word };
  if (argument !== undefined) packet.argument = argument;
  const conn = effects.open('client', serverName(server));
  asked.push({ conn, packet, server, isAnswered: false });
}

export function onWordAccepted({ conn, packet }: AskedWord, effects: Effects): void {
  effects.send(conn, packet);
}

/** The server closes behind its answer. */
export function onWordAnswered(
  word: AskedWord,
  text: string,
  state: ConsoleState,
  effects: Effects,
): void {
  word.isAnswered = true;
  name(word, state, effects);
  const lines = text.split('\n');
  // What stands behind the last line feed is no line.
  if (lines.at(-1) === '') lines.pop();
  for (const line of lines) pushLine(state, effects.now, 'output', line);
}

export function onWordEnded(
  asked: AskedWord[],
  word: AskedWord,
  how: 'refused' | 'closed',
  state: ConsoleState,
  effects: Effects,
): void {
  asked.splice(asked.indexOf(word), 1);
  if (word.isAnswered) return;
  name(word, state, effects);
  const text =
    how === 'refused'
      ? `Zabscope: no server answers at zk${word.server}:2181`
      : `Zabscope: zk${word.server}:2181 closed the connection without an answer`;
  pushLine(state, effects.now, 'world', text);
}

/** Answers may come in another order than the words were typed. */
function name({ packet, server }: AskedWord, state: ConsoleState, effects: Effects): void {
  const argument = packet.argument === undefined ? '' : ` ${packet.argument}`;
  pushLine(state, effects.now, 'world', `4lw ${packet.word} ${server}${argument}`);
  effects.touch('console');
}
