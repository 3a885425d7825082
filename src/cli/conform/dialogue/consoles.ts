/** Consoles of a dialogue: processes of the engine, what they printed, whether they wait. */
import { clientName } from '../../../bridge/names';
import type { ConsoleLine, ConsoleSection } from '../../../bridge/frame';
import { clientMachine } from '../../../engine/client/client';
import type { ClientState } from '../../../engine/client/clientState';
import { NO_SESSION, type SessionId } from '../../../zk/ids';
import { type Bench, command, NotFinished, waitFor } from '../replay/bench';
import type { ConsoleArguments } from './placeholders';

export interface Console {
  /** As the recording names it. */
  readonly name: string;
  readonly letter: string;
  readonly hosts: readonly number[];
  /** It blocks until a new session stands. */
  readonly waitsForConnection: boolean;
  /** Of its process; still read when that has ended. */
  state: ClientState | undefined;
  /** Lines taken, those cut off before them included. */
  read: number;
  /** Oldest first. */
  readonly sessions: SessionId[];
}

/** Starts a process with the next free letter. */
export function startConsole(
  bench: Bench,
  consoles: Console[],
  name: string,
  given: ConsoleArguments,
  hasJLine = true,
): Console {
  const letter = letterAt(consoles.length);
  const started: Console = {
    name,
    letter,
    hosts: given.hosts,
    waitsForConnection: given.waitsForConnection,
    state: undefined,
    read: 0,
    sessions: [],
  };
  consoles.push(started);
  command(bench, {
    type: 'client',
    letter,
    hosts: given.hosts,
    timeoutMs: given.timeoutMs,
    ...(given.chroot === undefined ? {} : { chroot: given.chroot }),
    ...(given.readOnly ? { readOnly: true } : {}),
    ...(given.command.length > 0 ? { batch: given.command } : {}),
  });
  waitFor(bench, 1_000, () => stateOf(bench, started) !== undefined);
  // Nothing of Zabscope's own in what is typed.
  const value = hasJLine ? 'zkCli' : 'zkCli-no-jline';
  command(bench, { type: 'set', process: clientName(letter), key: 'console', value });
  return started;
}

/** a to z, then aa, ab... */
function letterAt(k: number): string {
  const last = String.fromCharCode('a'.charCodeAt(0) + (k % 26));
  return k < 26 ? last : letterAt(Math.floor(k / 26) - 1) + last;
}

/** Undefined before its first event. */
function stateOf(bench: Bench, console: Console): ClientState | undefined {
  const machine = bench.run.shells[clientName(console.letter)]?.state.machine;
  console.state = (machine as ClientState | undefined) ?? console.state;
  return console.state;
}

/** The code with which its process ended; undefined while it runs. */
export function exitOf(bench: Bench, console: Console): number | undefined {
  const name = clientName(console.letter);
  const record = bench.run.world.processes.find((process) => process.name === name);
  return record?.status === 'down' ? record.exit?.code : undefined;
}

export function isConnected(bench: Bench, console: Console): boolean {
  return stateOf(bench, console)?.cnxn.state.startsWith('CONNECTED') === true;
}

export function isClosed(bench: Bench, console: Console): boolean {
  return stateOf(bench, console)?.cnxn.state === 'CLOSED';
}

/** Until its prompt is back, or it has ended. */
export function awaitPrompt(bench: Bench, console: Console, limitMs: number): void {
  const done = () => exitOf(bench, console) !== undefined || !sectionOf(bench, console).waiting;
  if (!waitFor(bench, limitMs, done)) {
    throw new NotFinished(`console ${console.name} still waits after ${limitMs} ms`);
  }
}

export function promptOf(bench: Bench, console: Console): string {
  return sectionOf(bench, console).prompt;
}

function sectionOf(bench: Bench, console: Console): ConsoleSection {
  const state = stateOf(bench, console);
  if (state === undefined) throw new NotFinished(`console ${console.name} has not started`);
  return clientMachine.project(state, 'console') as ConsoleSection;
}

/** Lines printed since the last taking; notes the session that it has now. */
export function takeLines(bench: Bench, console: Console): readonly ConsoleLine[] {
  const { lines, dropped } = sectionOf(bench, console);
  const taken = lines.slice(Math.max(0, console.read - dropped));
  console.read = dropped + lines.length;
  noteSession(bench, console);
  return taken;
}

/** To be called while it stands: the id is gone with the session. */
export function noteSession(bench: Bench, console: Console): void {
  const id = stateOf(bench, console)?.cnxn.sessionId ?? NO_SESSION;
  if (id !== NO_SESSION && id !== console.sessions.at(-1)) console.sessions.push(id);
}
