/** Replays a dialogue with zkCli at the engine's consoles, and four-letter words at its servers. */
import type { ConsoleLine } from '../../../bridge/frame';
import { END_OF_INPUT } from '../../../bridge/process';
import type { ClientState } from '../../../engine/client/clientState';
import { isAlive } from '../../../engine/client/library/cnxnState';
import { NO_SESSION, type SessionId } from '../../../zk/ids';
import { missingSettings, settingsOf } from '../case/settings';
import { differenceText } from '../compare/compareItems';
import { type Bench, command, NotFinished, wait, waitFor } from '../replay/bench';
import { askFourLetterWord } from '../replay/fourLetterWord';
import type { Outcome } from '../replay/replayCase';
import { startEnsemble, STEADY } from '../replay/startEnsemble';
import { whatBroke } from '../replay/whatBroke';
import { compareDialogueStep, RUN, type Said } from './compareDialogueStep';
import {
  awaitPrompt,
  type Console,
  exitOf,
  isConnected,
  noteSession,
  promptOf,
  startConsole,
  takeLines,
} from './consoles';
import { type Dialogue, type DialogueStep, kindOf } from './dialogueFile';
import { freezeConsole, restartServer, stopServer } from './outages';
import { orderedLines } from './fourLetterText';
import { addressed, readArguments } from './placeholders';

/** How long what may take, ms of virtual time. */
const CONNECT_MS = 30_000;
const ANSWER_MS = 120_000;
/** What a step leads to at other consoles has happened by then. */
const SETTLE_MS = 20;
/** Shorter than any message takes. */
const MOMENT_MS = 0.01;

interface Replay {
  readonly bench: Bench;
  readonly tickTime: number;
  readonly consoles: Console[];
}

export function replayDialogue(file: Dialogue): Outcome {
  const needs = missingSettings(file.config);
  if (needs.length > 0) return { type: 'skipped', needs };
  let where = 'start';
  try {
    const config = settingsOf(file.config);
    const bench = startEnsemble(file.ensemble, config, STEADY);
    const replay: Replay = { bench, tickTime: config.tickTime, consoles: [] };
    for (const [k, step] of file.steps.entries()) {
      where = stepName(k, step);
      const said = carryOut(replay, step);
      const difference = compareDialogueStep(step, said, {
        sessions: sessionsOf(replay),
        addresses: kindOf(step) === 'four-letter word' ? 'any' : 'exact',
        isLatePrompt: file.steps[k - 1]?.do === 'stop',
      });
      if (difference !== undefined) {
        return { type: 'failed', where, why: differenceText(difference) };
      }
    }
    return { type: 'passed' };
  } catch (error) {
    // The edge of a dialogue: a step that does not end, or a law of the engine that broke, fails it.
    const why = error instanceof NotFinished ? error.message : `engine: ${whatBroke(error)}`;
    return { type: 'failed', where, why };
  }
}

function stepName(k: number, step: DialogueStep): string {
  const words = [
    step.do,
    step.client ?? step.server,
    step.line ?? step.args?.join(' ') ?? step.key,
  ];
  return `step ${k} (${words.filter((word) => word !== undefined).join(' ')})`;
}

function sessionsOf({ consoles }: Replay): Map<string, SessionId[]> {
  return new Map(consoles.map(({ name, sessions }) => [name, sessions]));
}

function carryOut(replay: Replay, step: DialogueStep): Said {
  const { bench } = replay;
  switch (kindOf(step)) {
    case 'start console':
      return begin(replay, step);
    case 'type':
      return typeLine(replay, step);
    case 'four-letter word':
      return askWord(replay, step);
    case 'run':
      return runToEnd(replay, step);
    case 'freeze':
      freezeConsole(bench, consoleOf(replay, step.client), replay.tickTime);
      return { events: takeEvents(replay) };
    case 'stop server':
      stopServer(bench, replay.consoles, step.server ?? 0);
      return { events: takeEvents(replay) };
    case 'start server':
      restartServer(bench, replay.consoles, step.server ?? 0);
      return { events: takeEvents(replay) };
    default:
      throw new NotFinished(`no step ${step.do}`);
  }
}

/* ---- consoles with a terminal ---- */

function begin(replay: Replay, step: DialogueStep): Said {
  const { bench, consoles } = replay;
  const args = step.args ?? [];
  const console = startConsole(bench, consoles, step.client ?? '', readArguments(args));
  if (console.waitsForConnection) awaitConnection(replay, console);
  return saidBy(replay, console);
}

/** `connect` at a console with -waitforconnection comes back when the new session stands. */
function awaitFirstConnection({ bench }: Replay, console: Console): void {
  waitFor(bench, CONNECT_MS, () => !isNewborn(console.state));
}

/** Alive, and not yet connected even once. */
function isNewborn(state: ClientState | undefined): boolean {
  return state !== undefined && isAlive(state.cnxn) && state.cnxn.sessionId === NO_SESSION;
}

function awaitConnection({ bench }: Replay, console: Console): void {
  if (!waitFor(bench, CONNECT_MS, () => isConnected(bench, console))) {
    throw new NotFinished(`console ${console.name} does not connect`);
  }
}

/** The newest console of that name. */
function consoleOf({ consoles }: Replay, name: string | undefined): Console {
  const found = [...consoles].reverse().find((console) => console.name === name);
  if (found === undefined) throw new NotFinished(`no console ${name} was started`);
  return found;
}

function typeLine(replay: Replay, step: DialogueStep): Said {
  const console = consoleOf(replay, step.client);
  enter(replay, console, step.key === undefined ? addressed(step.line ?? '') : END_OF_INPUT);
  if (console.waitsForConnection) awaitFirstConnection(replay, console);
  // The prompt is printed when the command is done, whatever arrives after that.
  const prompt = promptOf(replay.bench, console);
  return { ...saidBy(replay, console), prompt };
}

function enter({ bench }: Replay, console: Console, line: string): void {
  noteSession(bench, console);
  command(bench, { type: 'zk', letter: console.letter, line });
  // A moment, so that the line has been read.
  wait(bench, MOMENT_MS);
  awaitPrompt(bench, console, ANSWER_MS);
}

function saidBy(replay: Replay, console: Console): Said {
  const { bench } = replay;
  wait(bench, SETTLE_MS);
  const lines = takeLines(bench, console);
  const printed = lines.filter(({ kind }) => kind === 'output' || kind === 'error');
  const exit = exitOf(bench, console);
  return {
    output: printed.map(({ text }) => text),
    err: printed.flatMap(({ kind }, k) => (kind === 'error' ? [k] : [])),
    events: { ...takeEvents(replay), ...named(console, eventsIn(lines)) },
    prompt: promptOf(bench, console),
    ...(exit === undefined ? {} : { exit }),
  };
}

function named({ name }: Console, events: readonly string[]): Record<string, readonly string[]> {
  return events.length > 0 ? { [name]: events } : {};
}

/** A block is four lines, of which the last says what happened. */
function eventsIn(lines: readonly ConsoleLine[]): string[] {
  const printed = lines.filter(({ kind }) => kind === 'event').map(({ text }) => text);
  return printed.filter((text) => text.startsWith('WatchedEvent '));
}

/** What all consoles printed of events since they were last looked at. */
function takeEvents(replay: Replay): Record<string, readonly string[]> {
  const { bench, consoles } = replay;
  wait(bench, SETTLE_MS);
  const events: Record<string, readonly string[]> = {};
  for (const console of consoles) {
    Object.assign(events, named(console, eventsIn(takeLines(bench, console))));
  }
  return events;
}

/* ---- servers ---- */

function askWord(replay: Replay, step: DialogueStep): Said {
  const line = step.line ?? '';
  // Four letters are read, and a number behind those of stmk; whatever else follows is not.
  const argument = /^stmk (-?\d+)$/.exec(line)?.[1];
  const text = askFourLetterWord(replay.bench, step.server ?? 0, line.slice(0, 4), argument);
  return {
    output: orderedLines(line, text ?? '', sessionsOf(replay)),
    noNewline: text !== null && text !== '' && !text.endsWith('\n'),
    events: takeEvents(replay),
  };
}

/* ---- consoles without a terminal ---- */

function runToEnd(replay: Replay, step: DialogueStep): Said {
  const { bench, consoles } = replay;
  const console = startConsole(
    bench,
    consoles,
    RUN,
    readArguments(step.args ?? []),
    step.jline === true,
  );
  const lastPrompt = step.stdin === undefined ? '' : feed(replay, console, step.stdin);
  if (!waitFor(bench, ANSWER_MS, () => exitOf(bench, console) !== undefined)) {
    throw new NotFinished('the console does not come to its end');
  }
  const lines = takeLines(bench, console);
  return {
    stdout: `${streamText(lines, step.jline === true)}${step.jline === true ? lastPrompt : ''}`,
    stderr: lines.filter(({ kind }) => kind === 'error').map(({ text }) => text),
    events: { ...takeEvents(replay), ...named(console, eventsIn(lines)) },
    exit: exitOf(bench, console) as number,
  };
}

/** Line by line, then the end of input; the prompt at which that came, '' when it had ended before. */
function feed(replay: Replay, console: Console, stdin: readonly string[]): string {
  const { bench } = replay;
  awaitConnection(replay, console);
  for (const line of stdin) {
    if (exitOf(bench, console) !== undefined) return '';
    enter(replay, console, addressed(line));
  }
  if (exitOf(bench, console) !== undefined) return '';
  const prompt = promptOf(bench, console);
  enter(replay, console, END_OF_INPUT);
  return prompt;
}

/**
 * What goes to a standard output that is no terminal: without jline no prompt and another word in the
 * greeting, with it the prompts, but nothing of what is typed.
 */
function streamText(lines: readonly ConsoleLine[], hasJLine: boolean): string {
  return lines
    .map(({ kind, text, prompt }) => {
      if (kind === 'input') return hasJLine ? (prompt ?? '') : '';
      if (kind !== 'output') return '';
      return `${hasJLine ? text : text.replace(/^(JLine support is )enabled$/, '$1disabled')}\n`;
    })
    .join('');
}
