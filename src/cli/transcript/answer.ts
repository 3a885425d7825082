/**
 * Runs a script and writes the file anew: its prose and instructions as they
 * were, below each instruction what happened.
 */
import { unreachable } from '../../base/assert';
import type { Command } from '../../bridge/command';
import type { WorldConfig } from '../../bridge/recording';
import type { TraceEntry } from '../../bridge/traceEntry';
import { DEFAULT_TIMING } from '../../bridge/process';
import { feedChecks, startChecks, viewChecks, type ChecksState } from '../../engine/checks/runner';
import { runWhile } from '../../engine/world/driver';
import {
  createRun,
  frameOf,
  order,
  recordingOf,
  runUntil,
  stepEvent,
  type Run,
} from '../../engine/world/inProcess';
import { DEFAULT_ZOO_CONFIG } from '../../zk/config';
import type { Played } from '../play/playRecording';
import { initialLines, lineOf, type LinesState, type Shown } from './lines';
import type { Block, Instruction, RunGoal } from './script';
import { consoleLines, logLines, sessionLines, stateLines, treeLines } from './views';

export interface Answer {
  text: string;
  played: Played;
}

const NO_ENSEMBLE = 'a script begins with its ensemble';

/** A goal that is not reached by then is said so. */
const EVENTS_MAX = 200_000;

interface Telling {
  run: Run;
  checks: ChecksState;
  lines: LinesState;
  shown: Shown;
  /** Answer to the instruction under way. */
  answer: string[];
  onTrace: (entries: readonly TraceEntry[]) => void;
}

/** An instruction that reads well and cannot be carried out. */
export class ScriptRefusal extends Error {
  readonly line: number;

  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

/** Throws a ScriptRefusal when an instruction cannot be carried out. */
export function runScript(
  blocks: readonly Block[],
  onTrace: (entries: readonly TraceEntry[]) => void = () => {},
): Answer {
  const out: string[] = [];
  let telling: Telling | undefined;
  for (const block of blocks) {
    if (block.type === 'prose') {
      if (out.length > 0) out.push('');
      out.push(...block.lines, '');
      continue;
    }
    const { instruction, number } = block;
    out.push(block.line);
    if (instruction.type === 'ensemble') telling = begin(instruction, number, onTrace);
    else if (telling === undefined) throw new ScriptRefusal(number, NO_ENSEMBLE);
    else obey(telling, instruction, number);
    out.push(...(telling?.answer.splice(0) ?? []));
  }
  if (telling === undefined) throw new ScriptRefusal(1, NO_ENSEMBLE);
  const { events, at, fingerprint } = recordingOf(telling.run);
  const played = { events, at, fingerprint, checks: viewChecks(telling.checks) };
  return { text: `${out.join('\n')}\n`, played };
}

type Ensemble = Extract<Instruction, { type: 'ensemble' }>;

function begin(instruction: Ensemble, line: number, onTrace: Telling['onTrace']): Telling {
  const config = configOf(instruction, line);
  const telling: Omit<Telling, 'run'> & { run?: Run } = {
    checks: startChecks(config),
    lines: initialLines(),
    shown: 'outline',
    answer: [],
    onTrace,
  };
  const run = createRun(config, {
    project: true,
    invariants: true,
    onTrace: (entries) => hear(entries),
  });
  const complete: Telling = Object.assign(telling, { run });
  function hear(entries: readonly TraceEntry[]): void {
    feedChecks(telling.checks, entries);
    telling.onTrace(entries);
    for (const entry of entries) {
      const line = lineOf(telling.lines, entry, telling.shown);
      if (line !== undefined) telling.answer.push(line);
    }
  }
  return complete;
}

function configOf({ servers, seed, settings }: Ensemble, line: number): WorldConfig {
  const config: WorldConfig = {
    seed,
    ensembles: [{ servers: Array.from({ length: servers }, (_, i) => i + 1) }],
    clients: [],
    config: { ...DEFAULT_ZOO_CONFIG },
    timing: { ...DEFAULT_TIMING, threads: {} },
    linkMicros: 2000,
    jitterMicros: 0,
    profile: 'fixed',
  };
  for (const [name, value] of Object.entries(settings)) {
    if (name in config.config) Object.assign(config.config, { [name]: value });
    else if (name in config.timing && name !== 'threads')
      Object.assign(config.timing, { [name]: value });
    else if (name === 'linkMicros' || name === 'jitterMicros') config[name] = value;
    else throw new ScriptRefusal(line, `there is no setting ${name}`);
  }
  return config;
}

function obey(telling: Telling, instruction: Exclude<Instruction, Ensemble>, line: number): void {
  const { run, answer } = telling;
  switch (instruction.type) {
    case 'show':
      telling.shown = instruction.shown;
      return;
    case 'runFor':
      runUntil(run, run.world.now + instruction.micros);
      return;
    case 'runTo':
      runToGoal(telling, instruction.goal);
      return;
    case 'step':
      for (let i = 0; i < instruction.events; i += 1) stepEvent(run);
      return;
    case 'command':
      give(run, instruction.command, line);
      return;
    case 'state':
      answer.push(...stateLines(frameOf(run)));
      return;
    case 'tree':
      answer.push(...treeLines(frameOf(run)));
      return;
    case 'log':
      answer.push(...logLines(frameOf(run), telling.lines.letters));
      return;
    case 'sessions':
      answer.push(...sessionLines(frameOf(run), telling.lines.letters));
      return;
    case 'console':
      answer.push(...consoleLines(frameOf(run), instruction.letter));
      return;
    case 'checks':
      answer.push(...checkLines(telling.checks));
      return;
    default:
      unreachable(instruction);
  }
}

function give(run: Run, command: Command, line: number): void {
  const refused = order(run, command);
  if (refused !== undefined) throw new ScriptRefusal(line, `${command.type}: ${refused.message}`);
}

function runToGoal(telling: Telling, goal: RunGoal): void {
  const { run } = telling;
  const reached =
    goal === 'rest'
      ? runToRest(run)
      : runWhile(run, (entries) => !isGoal(entries, goal), EVENTS_MAX);
  if (!reached) telling.answer.push(`(not reached within ${EVENTS_MAX} events)`);
}

/** `served`: the event in which a client learns the result of a call. */
function isGoal(entries: readonly TraceEntry[], goal: Exclude<RunGoal, 'rest'>): boolean {
  const type = goal === 'served' ? 'result' : goal;
  return entries.some((entry) => entry.type === type);
}

/** Nothing but what keeps connections and clocks alive for two seconds. */
function runToRest(run: Run): boolean {
  let lastBusy = run.world.now;
  return runWhile(
    run,
    (entries) => {
      const head = entries[0];
      if (entries.some((entry) => entry.head !== true && !isIdle(entry))) lastBusy = head?.at ?? 0;
      return (head?.at ?? 0) - lastBusy < 2_000_000;
    },
    EVENTS_MAX,
  );
}

function isIdle(entry: TraceEntry): boolean {
  return entry.idle === true || entry.request?.op === 'ping' || entry.kind === 'PING';
}

function checkLines(checks: ChecksState): string[] {
  const views = viewChecks(checks);
  const broken = views.filter(({ holds }) => !holds);
  if (broken.length === 0) return [`all ${views.length} checks hold`];
  return broken.map(
    ({ name, brokenAt, explanation }) => `${name} broken at ${brokenAt}: ${explanation}`,
  );
}
