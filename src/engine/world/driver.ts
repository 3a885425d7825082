/**
 * The synchronous driver: carries out the plans of a world with its processes in
 * the same thread. `inProcess.ts` binds it to the real machines.
 */
import { assert } from '../../base/assert';
import type { AdvanceResult } from '../../bridge/process';
import type { Check } from '../../bridge/check';
import type { Command, CommandError } from '../../bridge/command';
import { checkViews } from '../../bridge/checkViews';
import type { Frame } from '../../bridge/frame';
import type { ProcessName } from '../../bridge/names';
import type { Recording, WorldConfig } from '../../bridge/recording';
import { sayOfHost } from '../../bridge/sentences/host';
import { asSaid, type Said } from '../../bridge/sentences/sentence';
import type { TraceEntry } from '../../bridge/traceEntry';
import { absorb } from './absorb';
import { applyCommand } from './applyCommand';
import { createWorld } from './createWorld';
import type { MachineTable } from './machineTable';
import { planEvent, planWindow, settle } from './plan';
import {
  advanceShell,
  createShell,
  type ProcessShell,
  projectDirty,
  shellOf,
} from './processShell';
import { mergeSections } from './sections';
import type { ShellState } from './shellState';
import { buildFrame, fingerprintOf } from './worldFrame';
import { processOf, type World } from './worldState';

/** Version of the engine, as recordings name it. */
export const ENGINE_VERSION = '0.1.0';

export interface DriverOptions {
  /** Frames will be asked for: then sections of the dead are kept. */
  project?: boolean;
  /** Hears every entry once, in total order. */
  onTrace?: (entries: readonly TraceEntry[]) => void;
  checks?: readonly Check[];
  /** Checks the machines' invariants after each event; throws when one is broken. */
  invariants?: boolean;
}

/** A run under way. Functions stand beside the state, never in it. */
export interface Run {
  world: World;
  shells: Record<ProcessName, ProcessShell>;
  /** One per check, in the order of the list. */
  checkStates: unknown[];
  readonly machines: MachineTable;
  readonly options: DriverOptions;
}

/** Everything of a run that is state: plain data, to be cloned by whoever forks. */
export interface RunState {
  world: World;
  shells: Record<ProcessName, ShellState>;
  checkStates: unknown[];
}

export function startRun(
  config: WorldConfig,
  machines: MachineTable,
  options: DriverOptions = {},
): Run {
  const checkStates = (options.checks ?? []).map((check) => check.initial(config));
  const run: Run = { world: createWorld(config), shells: {}, checkStates, machines, options };
  followLifecycle(run);
  return run;
}

/** The run's own state, not a copy. */
export function stateOf(run: Run): RunState {
  const shells: Record<ProcessName, ShellState> = {};
  for (const name in run.shells) {
    shells[name as ProcessName] = (run.shells[name as ProcessName] as ProcessShell).state;
  }
  return { world: run.world, shells, checkStates: run.checkStates };
}

/** Goes on from a state, which it takes over. The options' checks must be those that made it. */
export function runFrom(state: RunState, machines: MachineTable, options: DriverOptions): Run {
  const shells: Record<ProcessName, ProcessShell> = {};
  for (const name in state.shells) {
    const shell = state.shells[name as ProcessName] as ShellState;
    shells[name as ProcessName] = shellOf(shell, machines, options.invariants === true);
  }
  return { world: state.world, shells, checkStates: state.checkStates, machines, options };
}

/** By windows; events at times <= `atMicros` happen, and the playhead stands there. */
export function runUntil(run: Run, atMicros: number): void {
  runBelow(run, atMicros + 1);
  const { world } = run;
  if (atMicros > world.now) world.now = atMicros;
  settle(world);
}

/** By windows; events at times below `limit` happen. The playhead follows only to `limit - 1`. */
export function runBelow(run: Run, limit: number): void {
  const { world } = run;
  for (;;) {
    const plan = planWindow(world, limit);
    if (plan.length === 0) return;
    const results: AdvanceResult[] = [];
    for (const advance of plan) {
      const shell = run.shells[advance.process] as ProcessShell;
      results.push(advanceShell(shell, advance));
    }
    const trace = absorb(world, results);
    const last = trace[trace.length - 1];
    if (last !== undefined && last.at > world.now) world.now = last.at;
    if (world.lifecycle.length > 0) followLifecycle(run);
    emit(run, trace);
  }
}

/** The next single event; its entries, in order. Empty when nothing is left. */
export function stepEvent(run: Run): TraceEntry[] {
  const { world } = run;
  const advance = planEvent(world, Number.POSITIVE_INFINITY);
  if (advance === undefined) return [];
  const shell = run.shells[advance.process] as ProcessShell;
  const result = advanceShell(shell, advance);
  assert(result.events === 1, 'a step is one event');
  const trace = absorb(world, [result]);
  const { at } = trace[0] as TraceEntry;
  if (at > world.now) world.now = at;
  settle(world);
  if (world.lifecycle.length > 0) followLifecycle(run);
  emit(run, trace);
  return trace;
}

/** At most `n` single events; how many happened. */
export function runEvents(run: Run, n: number): number {
  for (let i = 0; i < n; i += 1) if (stepEvent(run).length === 0) return i;
  return n;
}

/**
 * Single events until `goesOn` says no to the entries of one, or `eventsMax` have
 * happened, or nothing is left. True when `goesOn` said no.
 */
export function runWhile(
  run: Run,
  goesOn: (entries: readonly TraceEntry[]) => boolean,
  eventsMax: number,
): boolean {
  for (let i = 0; i < eventsMax; i += 1) {
    const entries = stepEvent(run);
    if (entries.length === 0) return false;
    if (!goesOn(entries)) return true;
  }
  return false;
}

/** Carries a command out at the playhead and records it; undefined, or why it was refused. */
export function order(run: Run, command: Command): CommandError | undefined {
  // A crash ends what could be asked: the last look at the process is taken before.
  if (command.type === 'crash' && run.options.project === true) gather(run, command.process);
  const { error, trace } = applyCommand(run.world, command);
  followLifecycle(run);
  emit(run, trace);
  return error;
}

/** What the page would see now. The run must have been started with `project`. */
export function frameOf(run: Run): Frame {
  assert(run.options.project === true, 'frames are made of runs that project');
  for (const { name } of run.world.processes) gather(run, name);
  return buildFrame(run.world, checkViews(run.options.checks ?? [], run.checkStates));
}

/** The run so far as its inputs. */
export function recordingOf(run: Run): Recording {
  return recordingOfWorld(run.world);
}

export function recordingOfWorld(world: World): Recording {
  return {
    version: 1,
    engine: ENGINE_VERSION,
    config: world.config,
    commands: world.commands.slice(),
    events: world.events,
    at: world.now,
    fingerprint: fingerprintOf(world),
  };
}

/** A recording that cannot be followed; the message names the entry and why. */
export class ReplayError extends Error {
  readonly said: Said;
  constructor(said: Said) {
    super(said.message);
    this.said = said;
  }
}

/**
 * Goes on to where exactly `events` events have happened, none of them behind `at`,
 * and puts the playhead at `at`. The events before `at` are done by windows.
 */
export function runTo(run: Run, at: number, events: number): void {
  const { world } = run;
  runBelow(run, at);
  while (world.events < events) {
    if (stepEvent(run).length === 0) {
      throw new ReplayError(sayOfHost('replay.nothingLeft', { event: world.events, events }));
    }
  }
  if (world.events > events) {
    throw new ReplayError(sayOfHost('replay.tooMany', { at, event: world.events, events }));
  }
  if (at > world.now) world.now = at;
  settle(world);
}

export interface ReplayGoal {
  /** Stop when so many events have happened, commands given there included. */
  toEvent?: number;
}

/**
 * Runs a recording again from its start into `run`, which must be fresh. Throws a
 * ReplayError when a command is refused or events do not add up. The caller
 * compares the fingerprints.
 */
export function replayInto(run: Run, recording: Recording, goal: ReplayGoal = {}): void {
  const toEvent = goal.toEvent ?? recording.events;
  for (const [i, { at, event, command }] of recording.commands.entries()) {
    if (event > toEvent) break;
    runTo(run, at, event);
    const error = order(run, command);
    if (error !== undefined) {
      const values = { n: i + 1, type: command.type, problem: asSaid(error) };
      throw new ReplayError(sayOfHost('replay.command', values));
    }
  }
  if (toEvent === recording.events) runTo(run, recording.at, recording.events);
  else runEvents(run, toEvent - run.world.events);
}

/** Asks a process for its sections that changed. */
function gather(run: Run, name: ProcessName): void {
  const shell = run.shells[name];
  const record = processOf(run.world, name);
  if (shell !== undefined && record !== undefined) mergeSections(record, projectDirty(shell));
}

function followLifecycle(run: Run): void {
  const { lifecycle } = run.world;
  for (const step of lifecycle) {
    if (step.type === 'end') delete run.shells[step.process];
    else {
      const invariants = run.options.invariants === true;
      run.shells[step.spec.name] = createShell(step.spec, run.machines, invariants);
    }
  }
  lifecycle.length = 0;
}

function emit(run: Run, trace: readonly TraceEntry[]): void {
  if (trace.length === 0) return;
  const { checks, onTrace } = run.options;
  if (checks !== undefined) {
    for (let i = 0; i < checks.length; i += 1) (checks[i] as Check).feed(run.checkStates[i], trace);
  }
  onTrace?.(trace);
}
