/**
 * The console of a client: zkCli 3.8.0, except that a call does not block the
 * prompt.
 *
 * Source: ZooKeeperMain.java (run, executeLine, processCmd, processZKCmd).
 * Differs: the next line may be typed while a call waits, so a line's output may come out of turn and
 * then names its command; only behind close, connect and quit do lines wait, as they end the session.
 * Left out: stack traces.
 */
import { unreachable } from '../../../base/assert';
import { END_OF_INPUT, type Effects } from '../../../bridge/process';
import { zkCliCommand } from '../../../bridge/zkCliCommands';
import type { ClientState } from '../clientState';
import { addAuthInfo, closeCnxn } from '../library/clientCnxn';
import { type CallResult, isAlive } from '../library/cnxnState';
import type { WatchedEvent } from '../library/watchedEvent';
import { DEFAULT_WATCHER } from '../library/watchManager';
import { numberFormatException, type Outcome, parseCommand } from './parse/commands';
import { type ConsoleState, promptOf, pushLine } from './consoleState';
import { decodeJavaInt, historyLines } from './history';
import { editLine } from './lineEditor';
import { complain, die, type Entered, EXIT_ERROR, print, say } from './printing';
import { beginSession, connectTo, quit } from './sessionWords';
import { beginTask, onTaskResult } from './tasks';
import { eventLines, eventNotFoundLines, usageLines, zabscopeHelpLines } from './formats/texts';
import { isTxnWord, processTxnWord } from './txn';
import { commandsOf, wordsOf } from './parse/words';

const EXIT_NOT_FOUND = 127;
/** What Integer.decode says of no digits at all. */
const ZERO_LENGTH = 'java.lang.NumberFormatException: Zero length string';

/** Words of other versions or habits, and what does it here. */
const HINTS: Readonly<Record<string, string>> = {
  rmr: 'deleteall',
  ls2: 'ls -s',
  exit: 'quit',
  exists: 'stat',
};

/** The greeting, before the session's first connect. */
export function greet(state: ConsoleState, effects: Effects): void {
  pushLine(state, effects.now, 'output', `Connecting to ${state.host.text}`);
  effects.touch('console');
  if (state.batch !== null) return;
  pushLine(state, effects.now, 'output', 'Welcome to ZooKeeper!');
  pushLine(state, effects.now, 'output', 'JLine support is enabled');
}

/** A line was typed. */
export function enterLine(client: ClientState, line: string, effects: Effects): void {
  const state = client.zkCli;
  effects.trace({ type: 'console', detail: { line } });
  effects.touch('console');
  if (line === END_OF_INPUT) {
    // Nothing is printed, and the session is left to expire.
    effects.exit(state.exitCode, 'end of input');
    return;
  }
  pushLine(state, effects.now, 'input', line, promptOf(state, client.cnxn.state));
  const entered = edited(state, line, effects);
  if (entered === '') return;
  const parts = state.readAs === 'zabscope' ? commandsOf(entered) : [entered];
  for (const part of parts) {
    const held = { line: part, isNamed: parts.length > 1 };
    if (state.after !== null) state.heldLines.push({ ...held, isNamed: true });
    else execute(client, held.line, held.isNamed, effects);
  }
}

/** What the line editor makes of a line, which it prints when that is another one. */
function edited(state: ConsoleState, line: string, effects: Effects): string {
  if (state.readAs === 'zkCli-no-jline' || state.hasLostEditor) return line;
  const result = editLine(state.editor, line);
  switch (result.type) {
    case 'line':
      if (result.line !== line) pushLine(state, effects.now, 'output', result.line);
      return result.line;
    case 'notFound':
      for (const text of eventNotFoundLines(result.why)) {
        pushLine(state, effects.now, 'error', text);
      }
      return '';
    case 'broken':
      state.hasLostEditor = true;
      pushLine(state, effects.now, 'output', 'JLine support is disabled');
      return '';
    default:
      return unreachable(result);
  }
}

export function onCallResult(client: ClientState, result: CallResult, effects: Effects): void {
  onTaskResult(client, result, effects);
  maybeEndBatch(client.zkCli, effects);
}

/** zkCli has one watcher for everything, which prints what it is told. */
export function onWatchedEvent(
  client: ClientState,
  event: WatchedEvent,
  watchers: readonly string[],
  effects: Effects,
): void {
  const state = client.zkCli;
  if (!watchers.includes(DEFAULT_WATCHER)) return;
  if (state.printWatches) {
    for (const text of eventLines(event)) pushLine(state, effects.now, 'event', text);
    effects.touch('console');
  }
  if (event.type !== 'None' || event.state !== 'SyncConnected') return;
  state.saidUnreachable = false;
  if (state.batch === null || state.batch.hasBegun) return;
  state.batch.hasBegun = true;
  // A command among the arguments has no number and no history.
  const entered = { n: state.commandCount - 1, line: '', isNamed: false };
  processCommand(client, entered, state.batch.words, effects);
  maybeEndBatch(state, effects);
}

/** Says once that a console which never had a session reaches nobody. zkCli leaves that to its log. */
export function onUnreachable(client: ClientState, effects: Effects): void {
  const { zkCli: state, cnxn } = client;
  if (state.saidUnreachable || !cnxn.isFirstConnect) return;
  state.saidUnreachable = true;
  const text = `Zabscope: no server answers at ${state.host.text}; the client goes on trying`;
  pushLine(state, effects.now, 'world', text);
  effects.touch('console');
}

/** The session of before is over: close, quit or connect can go on. */
export function onSessionEnded(client: ClientState, effects: Effects): void {
  const state = client.zkCli;
  const after = state.after;
  if (after === null) return;
  state.after = null;
  effects.touch('console');
  if (after.type === 'quit') {
    effects.exit(state.exitCode, 'quit');
    return;
  }
  if (after.type === 'connect' && !beginSession(client, after, effects)) return;
  const held = state.heldLines;
  state.heldLines = [];
  for (const { line, isNamed } of held) {
    if (state.after !== null) state.heldLines.push({ line, isNamed });
    else execute(client, line, isNamed, effects);
  }
  maybeEndBatch(state, effects);
}

function maybeEndBatch(state: ConsoleState, effects: Effects): void {
  const isDone = state.tasks.length === 0 && state.after === null;
  if (state.batch?.hasBegun === true && isDone) effects.exit(state.exitCode, 'batch');
}

function execute(client: ClientState, line: string, isNamed: boolean, effects: Effects): void {
  const state = client.zkCli;
  const entered = { n: state.commandCount, line, isNamed };
  state.history[entered.n] = line;
  processCommand(client, entered, wordsAt(state, entered.n), effects);
  state.commandCount += 1;
  effects.touch('console');
}

/** A line in which zkCli finds no word, such as a lone quote, is the command of before once more. */
function wordsAt(state: ConsoleState, n: number): string[] {
  for (let at = n; at >= 0; at -= 1) {
    const words = wordsOf(state.history[at] ?? '');
    if (words.length > 0) return words;
  }
  return [];
}

function processCommand(
  client: ClientState,
  entered: Entered,
  words: readonly string[],
  effects: Effects,
): void {
  const state = client.zkCli;
  const name = words[0];
  const isTxn = state.readAs === 'zabscope' && name !== undefined && isTxnWord(state, name);
  if (name === undefined || (!isTxn && zkCliCommand(name) === undefined)) {
    notFound(state, entered, name, effects);
    return;
  }
  if (name === 'quit') {
    quit(client, effects);
    return;
  }
  state.exitCode = 0;
  switch (name) {
    case 'redo':
      if (words.length >= 2 && !redo(client, entered, words[1] as string, effects)) return;
      break;
    case 'history':
      print(state, entered, effects, historyLines(state));
      break;
    case 'printwatches':
      if (words.length === 1) {
        print(state, entered, effects, [`printwatches is ${state.printWatches ? 'on' : 'off'}`]);
      } else state.printWatches = words[1] === 'on';
      break;
    case 'connect':
      connectTo(client, words[1] ?? state.host.text, effects);
      return;
  }
  if (!isAlive(client.cnxn)) {
    print(state, entered, effects, ['Not connected']);
    return;
  }
  if (isTxn) {
    processTxnWord(client, entered, words, effects);
    return;
  }
  const parsed = parseCommand(words, state.addWatchMode);
  if (parsed === undefined) return;
  if (parsed.addWatchMode !== undefined) state.addWatchMode = parsed.addWatchMode;
  for (const { kind, text } of parsed.notes) say(state, entered, effects, kind, text);
  carryOut(client, entered, parsed.outcome, effects);
}

function carryOut(client: ClientState, entered: Entered, outcome: Outcome, effects: Effects): void {
  const state = client.zkCli;
  switch (outcome.type) {
    case 'job':
      beginTask(client, entered, outcome.job, effects);
      return;
    case 'print':
      print(state, entered, effects, outcome.lines);
      return;
    case 'error':
      complain(state, entered, effects, outcome.text);
      return;
    case 'remark':
      say(state, entered, effects, 'error', outcome.text);
      return;
    case 'addauth':
      addAuthInfo(client.cnxn, outcome.scheme, outcome.auth, effects);
      return;
    case 'dies':
      die(state, effects, outcome.exception);
      return;
    case 'close':
      state.after = { type: 'close' };
      closeCnxn(client.cnxn, effects);
      return;
  }
}

/** True: the repeated command ran, and what follows every local command follows. */
function redo(client: ClientState, entered: Entered, text: string, effects: Effects): boolean {
  const state = client.zkCli;
  const n = decodeJavaInt(text);
  if (n === undefined) {
    const why = text === '' ? ZERO_LENGTH : numberFormatException(text);
    die(state, effects, why);
    return false;
  }
  const line = n < state.commandCount ? state.history[n] : undefined;
  if (line === undefined) {
    complain(state, entered, effects, 'Command index out of range');
    return false;
  }
  const words = wordsOf(line);
  if (words[0] === 'redo') {
    complain(state, entered, effects, 'No redoing redos');
    return false;
  }
  state.history[entered.n] = line;
  processCommand(client, { ...entered, line }, words, effects);
  return state.after === null;
}

/** zkCli knows no `help` either; the usage that it prints then is what one wants to see. */
function notFound(
  state: ConsoleState,
  entered: Entered,
  name: string | undefined,
  effects: Effects,
): void {
  state.exitCode = name === undefined ? EXIT_ERROR : EXIT_NOT_FOUND;
  for (const text of usageLines()) say(state, entered, effects, 'error', text);
  const what =
    name === undefined ? 'No command entered' : `Command not found: Command not found ${name}`;
  say(state, entered, effects, 'error', what);
  if (name === 'help') {
    for (const text of zabscopeHelpLines()) say(state, entered, effects, 'world', text);
  }
  const hint = name !== undefined && Object.hasOwn(HINTS, name) ? HINTS[name] : undefined;
  if (hint !== undefined) {
    say(state, entered, effects, 'world', `Zabscope: in zkCli 3.8.0 it is ${hint}`);
  }
}
