/**
 * The console of a client: zkCli 3.8.0, except that a call does not block the
 * prompt.
 *
 * Source: ZooKeeperMain.java (run, executeLine, processCmd, processZKCmd, connectToZK).
 * Differs: the next line may be typed while a call waits, so a line's output may come out of turn and
 * then names its command; only behind close, connect and quit do lines wait, as they end the session.
 * Left out: the stack trace of an exception that nobody catches, and jline's own `!` expansion.
 */
import type { Effects } from '../../../bridge/process';
import { zkCliCommand } from '../../../bridge/zkCliCommands';
import { closeCnxn, queuePacket, startCnxn } from '../clientCnxn';
import { isAlive, type CallResult, type KeeperState } from '../cnxnState';
import type { ClientState } from '../clientState';
import { parseConnectString } from '../hostProvider';
import { numberFormatException, parseCommand, type Outcome } from './commands';
import { promptOf, pushLine, type ConsoleState, type Task } from './consoleState';
import { beginJob, continueJob, type Job, type JobLine, type JobStep } from './jobs';
import { eventLines, usageLines, zabscopeHelpLines } from './texts';
import { commandsOf, wordsOf } from './words';

const EXIT_ERROR = 1;
const EXIT_NOT_FOUND = 127;
/** Earlier lines that `history` prints before itself. */
const HISTORY_SHOWN = 10;

/** Words of other versions or habits, and what does it here. */
const HINTS: Readonly<Record<string, string>> = {
  rmr: 'deleteall',
  ls2: 'ls -s',
  exit: 'quit',
  exists: 'stat',
};

/** One command on its way: its number and line, and whether its output must name it. */
interface Entered {
  n: number;
  line: string;
  isNamed: boolean;
}

/** The greeting, before the session's first connect. */
export function greet(state: ConsoleState, effects: Effects): void {
  for (const text of [
    `Connecting to ${state.host.text}`,
    'Welcome to ZooKeeper!',
    'JLine support is enabled',
  ]) {
    pushLine(state, effects.now, 'output', text);
  }
  effects.touch('console');
}

/** A line was typed. */
export function enterLine(client: ClientState, line: string, effects: Effects): void {
  const state = client.zkCli;
  effects.trace({ type: 'console', detail: { line } });
  effects.touch('console');
  pushLine(state, effects.now, 'input', line, promptOf(state, client.cnxn.state));
  if (line === '') return;
  const parts = commandsOf(line);
  for (const part of parts) {
    const held = { line: part, isNamed: parts.length > 1 };
    if (state.after !== null) state.heldLines.push({ ...held, isNamed: true });
    else execute(client, held.line, held.isNamed, effects);
  }
}

/** A call of a task ended. */
export function onCallResult(client: ClientState, result: CallResult, effects: Effects): void {
  const state = client.zkCli;
  const task = state.tasks.find(({ calls }) => calls.includes(result.call));
  if (task === undefined) return;
  task.calls.splice(task.calls.indexOf(result.call), 1);
  runStep(client, task, continueJob(task.job, result.err, result.reply), effects);
}

export function onSessionEvent(client: ClientState, event: KeeperState, effects: Effects): void {
  const state = client.zkCli;
  if (event === 'SyncConnected') state.saidUnreachable = false;
  if (!state.printWatches) return;
  for (const text of eventLines(event)) pushLine(state, effects.now, 'event', text);
  effects.touch('console');
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
  if (after.type === 'connect') {
    state.host = after.to;
    if (!beginSession(client, effects)) return;
  }
  const held = state.heldLines;
  state.heldLines = [];
  for (const { line, isNamed } of held) {
    if (state.after !== null) state.heldLines.push({ line, isNamed });
    else execute(client, line, isNamed, effects);
  }
}

function execute(client: ClientState, line: string, isNamed: boolean, effects: Effects): void {
  const state = client.zkCli;
  const entered = { n: state.commandCount, line, isNamed };
  state.history[entered.n] = line;
  processCommand(client, entered, wordsOf(line), effects);
  state.commandCount += 1;
  effects.touch('console');
}

function processCommand(
  client: ClientState,
  entered: Entered,
  words: readonly string[],
  effects: Effects,
): void {
  const state = client.zkCli;
  const name = words[0];
  if (name === undefined || zkCliCommand(name) === undefined) {
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
      connectTo(client, entered, words[1] ?? state.host.text, effects);
      return;
  }
  if (!isAlive(client.cnxn)) {
    print(state, entered, effects, ['Not connected']);
    return;
  }
  const parsed = parseCommand(words);
  if (parsed === undefined) return;
  for (const { kind, text } of parsed.notes) say(state, entered, effects, kind, text);
  carryOut(client, entered, parsed.outcome, effects);
}

function carryOut(client: ClientState, entered: Entered, outcome: Outcome, effects: Effects): void {
  const state = client.zkCli;
  switch (outcome.type) {
    case 'job':
      begin(client, entered, outcome.job, effects);
      return;
    case 'print':
      print(state, entered, effects, outcome.lines);
      return;
    case 'error':
      complain(state, entered, effects, outcome.text);
      return;
    case 'dies':
      die(state, effects, outcome.exception);
      return;
    case 'close':
      state.after = { type: 'close' };
      closeCnxn(client.cnxn, effects);
      return;
    case 'later':
      state.exitCode = EXIT_ERROR;
      sayNotYet(state, entered, effects, outcome.what);
      return;
  }
}

function begin(client: ClientState, entered: Entered, job: Job, effects: Effects): void {
  const task: Task = { n: entered.n, line: entered.line, job, calls: [], isNamed: entered.isNamed };
  client.zkCli.tasks.push(task);
  runStep(client, task, beginJob(job), effects);
}

function runStep(client: ClientState, task: Task, step: JobStep, effects: Effects): void {
  const state = client.zkCli;
  for (const body of step.requests) {
    state.lastCall += 1;
    task.calls.push(state.lastCall);
    queuePacket(client.cnxn, state.lastCall, body, effects);
  }
  const isOver = step.exitCode !== undefined;
  if (isOver) {
    state.exitCode = step.exitCode as number;
    state.tasks.splice(state.tasks.indexOf(task), 1);
  }
  if (step.lines.length > 0 || isOver) printAnswer(state, task, step.lines, effects);
  effects.touch('console');
}

/** Output of a call. It names its command unless the last line typed is that command. */
function printAnswer(
  state: ConsoleState,
  task: Task,
  lines: readonly JobLine[],
  effects: Effects,
): void {
  if (task.n !== state.commandCount - 1) task.isNamed = true;
  if (task.isNamed) sayName(state, task, effects);
  for (const { kind, text } of lines) pushLine(state, effects.now, kind, text);
}

/** True: the repeated command ran, and what follows every local command follows. */
function redo(client: ClientState, entered: Entered, text: string, effects: Effects): boolean {
  const state = client.zkCli;
  const n = decodeJavaInt(text);
  if (n === undefined) {
    die(state, effects, numberFormatException(text));
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

function quit(client: ClientState, effects: Effects): void {
  const state = client.zkCli;
  if (!isAlive(client.cnxn)) {
    effects.exit(state.exitCode, 'quit');
    return;
  }
  state.after = { type: 'quit' };
  closeCnxn(client.cnxn, effects);
}

function connectTo(client: ClientState, entered: Entered, text: string, effects: Effects): void {
  const state = client.zkCli;
  const parsed = parseConnectString(text);
  if (parsed.type === 'chroot') {
    state.exitCode = EXIT_ERROR;
    sayNotYet(state, entered, effects, 'connect host:port/chroot');
    return;
  }
  // A port that is no number, or no host at all, is found only when the old session is closed already.
  const to = parsed.type === 'ok' ? parsed.value : { text, sids: [] };
  if (isAlive(client.cnxn)) {
    state.after = { type: 'connect', to };
    closeCnxn(client.cnxn, effects);
    return;
  }
  state.host = to;
  beginSession(client, effects);
}

/** False: the connect string is one that ends the console. */
function beginSession(client: ClientState, effects: Effects): boolean {
  const state = client.zkCli;
  if (state.host.sids.length === 0) {
    const parsed = parseConnectString(state.host.text);
    const exception =
      parsed.type === 'badPort'
        ? numberFormatException(parsed.port)
        : 'java.lang.IllegalArgumentException: A HostProvider may not be empty!';
    die(state, effects, exception);
    return false;
  }
  state.saidUnreachable = false;
  client.cnxn = startCnxn(state.host.sids, client.sessionTimeout, effects);
  return true;
}

/** The console ends and the session is left to expire. */
function die(state: ConsoleState, effects: Effects, exception: string): void {
  pushLine(state, effects.now, 'error', `Exception in thread "main" ${exception}`);
  effects.touch('console');
  effects.exit(EXIT_ERROR, exception);
}

function historyLines(state: ConsoleState): string[] {
  const lines: string[] = [];
  for (let n = Math.max(0, state.commandCount - HISTORY_SHOWN); n <= state.commandCount; n += 1) {
    lines.push(`${n} - ${state.history[n]}`);
  }
  return lines;
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

function sayNotYet(state: ConsoleState, entered: Entered, effects: Effects, what: string): void {
  const text = `Zabscope: this release does not have \`${what}\` yet; nothing was sent`;
  say(state, entered, effects, 'world', text);
}

function complain(state: ConsoleState, entered: Entered, effects: Effects, text: string): void {
  state.exitCode = EXIT_ERROR;
  say(state, entered, effects, 'error', text);
}

function print(
  state: ConsoleState,
  entered: Entered,
  effects: Effects,
  lines: readonly string[],
): void {
  for (const text of lines) say(state, entered, effects, 'output', text);
}

/** A line of a command that was answered at once. In a line of several, the first one names it. */
function say(
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

function sayName(
  state: ConsoleState,
  command: { n: number; line: string },
  effects: Effects,
): void {
  pushLine(state, effects.now, 'world', `[${command.n}] ${command.line}`);
}

/** Java's Integer.decode: decimal, `0x` or `#` hexadecimal, `0` octal. */
function decodeJavaInt(text: string): number | undefined {
  const match = /^([+-]?)(?:0[xX]([0-9a-fA-F]+)|#([0-9a-fA-F]+)|0([0-7]+)|(\d+))$/.exec(text);
  if (match === null) return undefined;
  const [, sign, hex, hash, octal, decimal] = match;
  const digits = hex ?? hash;
  const size =
    digits !== undefined
      ? Number.parseInt(digits, 16)
      : octal !== undefined
        ? Number.parseInt(octal, 8)
        : Number(decimal);
  const value = sign === '-' ? -size : size;
  return value >= -0x80000000 && value <= 0x7fffffff ? value : undefined;
}
