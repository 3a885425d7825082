/**
 * The asynchronous driver: carries out the plans of a world with each process in
 * a worker of its own. The same plan, the same absorb: so the same run as in
 * process, to the bit. One call at a time; the caller waits for each.
 */
import { assert } from '../base/assert';
import type { Check } from '../bridge/check';
import type { Command, CommandError } from '../bridge/command';
import type { Frame } from '../bridge/frame';
import type { ProcessName } from '../bridge/names';
import type { Advance, AdvanceResult } from '../bridge/process';
import type { WorldConfig } from '../bridge/recording';
import { sayOfHost } from '../bridge/sentences/host';
import type { Said } from '../bridge/sentences/sentence';
import type { TraceEntry } from '../bridge/traceEntry';
import type { ZnodesPage, ZnodesWish } from '../bridge/znodeViews';
import { absorb } from '../engine/world/absorb';
import { applyCommand } from '../engine/world/applyCommand';
import { createWorld } from '../engine/world/createWorld';
import { checkViews } from '../bridge/checkViews';
import type { RunState } from '../engine/world/driver';
import { planEvent, planWindow, settle } from '../engine/world/plan';
import { mergeSections } from '../engine/world/sections';
import { buildFrame } from '../engine/world/worldFrame';
import { processOf, type World } from '../engine/world/worldState';
import type { FromProcess, ProcessPort, ToProcess } from './processPort';

interface Seat {
  port: ProcessPort;
  /** Whoever waits for the answer to the last message. */
  waiting?: { resolve(answer: AnswerOfProcess): void; reject(error: Error): void };
}

type AnswerOfProcess = Exclude<FromProcess, { type: 'error' }>;

/** An engine's mistake, with seed and event number. */
export class EngineError extends Error {
  readonly said: Said;
  constructor(said: Said) {
    super(said.message);
    this.said = said;
  }
}

export interface AsyncOptions {
  openPort: (name: ProcessName) => ProcessPort;
  onTrace: (entries: readonly TraceEntry[]) => void;
  /** After each window: all events so far lie at times below `below`. */
  onWindow?: (world: World, below: number) => void;
  checks: readonly Check[];
}

export interface AsyncRun {
  world: World;
  checkStates: unknown[];
  readonly options: AsyncOptions;
  readonly seats: Map<ProcessName, Seat>;
  /** Set once an engine's mistake has come to light: nothing can happen any more. */
  failure?: EngineError;
}

export function startAsync(config: WorldConfig, options: AsyncOptions): AsyncRun {
  const checkStates = options.checks.map((check) => check.initial(config));
  const run: AsyncRun = { world: createWorld(config), checkStates, options, seats: new Map() };
  followLifecycle(run);
  return run;
}

/** Goes on from a state; takes it over. */
export function adoptAsync(state: RunState, options: AsyncOptions): AsyncRun {
  const { world, checkStates, shells } = state;
  const run: AsyncRun = { world, checkStates, options, seats: new Map() };
  for (const name in shells) {
    const process = name as ProcessName;
    seatOf(run, process).post({ type: 'adopt', state: shells[process] as never });
  }
  return run;
}

/** Ends all workers. */
export function endAsync(run: AsyncRun): void {
  for (const name of [...run.seats.keys()]) leaveSeat(run, name);
}

/** By windows; events at times <= `at` happen, unless `eventsMax` have happened before. True when all did. */
export async function runUntilAsync(
  run: AsyncRun,
  at: number,
  eventsMax = Number.POSITIVE_INFINITY,
): Promise<boolean> {
  const { world } = run;
  const stopAt = world.events + eventsMax;
  while (world.events < stopAt) {
    const plan = planWindow(world, at + 1);
    if (plan.length === 0) {
      if (at > world.now) world.now = at;
      settle(world);
      return true;
    }
    await carryOut(run, plan);
    run.options.onWindow?.(world, (plan[0] as Advance).until);
  }
  settle(world);
  return false;
}

/** The next single event at a time below `below`; its entries. Empty when there is none. */
export async function stepAsync(
  run: AsyncRun,
  project = false,
  below = Number.POSITIVE_INFINITY,
): Promise<TraceEntry[]> {
  const { world } = run;
  const advance = planEvent(world, below);
  if (advance === undefined) return [];
  advance.project = project;
  const before = world.events;
  const trace = await carryOut(run, [advance]);
  assert(world.events === before + 1, 'a step is one event');
  settle(world);
  return trace;
}

/** Carries a command out at the playhead; undefined, or why it was refused. */
export async function orderAsync(
  run: AsyncRun,
  command: Command,
): Promise<CommandError | undefined> {
  checkAlive(run);
  if (command.type === 'crash') await gather(run, [command.process]);
  const { error, trace } = applyCommand(run.world, command);
  followLifecycle(run);
  emit(run, trace);
  return error;
}

/** What the page sees now. A run that failed shows what was gathered last. */
export async function frameAsync(run: AsyncRun): Promise<Frame> {
  if (run.failure === undefined) await gather(run, [...run.seats.keys()]);
  return buildFrame(run.world, checkViews(run.options.checks, run.checkStates));
}

/** A stretch of a server's znodes as they are; undefined when it does not live, or is no server. */
export async function znodesAsync(
  run: AsyncRun,
  server: ProcessName,
  wish: ZnodesWish,
): Promise<ZnodesPage | undefined> {
  checkAlive(run);
  if (!run.seats.has(server)) return undefined;
  const answer = await tell(run, server, { type: 'znodes', wish });
  assert(answer.type === 'znodes', 'a look is answered by what is seen');
  return answer.page;
}

async function carryOut(run: AsyncRun, plan: readonly Advance[]): Promise<TraceEntry[]> {
  checkAlive(run);
  const { world } = run;
  const results = await Promise.all(plan.map((advance) => ask(run, advance)));
  const trace = absorb(world, results);
  const last = trace[trace.length - 1];
  if (last !== undefined && last.at > world.now) world.now = last.at;
  followLifecycle(run);
  emit(run, trace);
  return trace;
}

/** The sections that changed, of processes as they are; no event happens. */
async function gather(run: AsyncRun, names: readonly ProcessName[]): Promise<void> {
  const seated = names.filter((name) => run.seats.has(name));
  const advance = { inbox: [], until: 0, maxEvents: 0, project: true };
  const results = await Promise.all(seated.map((process) => ask(run, { process, ...advance })));
  for (const { process, sections } of results) {
    const record = processOf(run.world, process);
    // Its `next` is not taken over: orders may lie in the inbox that it has not seen.
    if (record !== undefined) mergeSections(record, sections);
  }
}

async function ask(run: AsyncRun, advance: Advance): Promise<AdvanceResult> {
  const answer = await tell(run, advance.process, { type: 'advance', advance });
  assert(answer.type === 'result', 'an advance is answered by its result');
  return answer.result;
}

function tell(run: AsyncRun, name: ProcessName, message: ToProcess): Promise<AnswerOfProcess> {
  const seat = run.seats.get(name);
  assert(seat !== undefined, 'a process that is asked has a worker');
  assert(seat.waiting === undefined, 'a process is asked one thing at a time');
  return new Promise((resolve, reject) => {
    seat.waiting = { resolve, reject };
    seat.port.post(message);
  });
}

function checkAlive(run: AsyncRun): void {
  if (run.failure !== undefined) throw run.failure;
}

function seatOf(run: AsyncRun, name: ProcessName): { post(message: ToProcess): void } {
  leaveSeat(run, name);
  const port = run.options.openPort(name);
  const seat: Seat = { port };
  run.seats.set(name, seat);
  port.onMessage = (message) => {
    // A worker that was terminated may still be heard for a while.
    if (run.seats.get(name) !== seat) return;
    const { waiting } = seat;
    seat.waiting = undefined;
    if (message.type !== 'error') {
      waiting?.resolve(message);
      return;
    }
    const { events, config } = run.world;
    const values = { name, event: events, seed: config.seed, problem: message.message };
    run.failure = new EngineError(sayOfHost('host.processFailed', values));
    waiting?.reject(run.failure);
  };
  return port;
}

function leaveSeat(run: AsyncRun, name: ProcessName): void {
  const seat = run.seats.get(name);
  if (seat === undefined) return;
  run.seats.delete(name);
  seat.port.terminate();
}

function followLifecycle(run: AsyncRun): void {
  const { lifecycle } = run.world;
  for (const step of lifecycle) {
    if (step.type === 'end') leaveSeat(run, step.process);
    else seatOf(run, step.spec.name).post({ type: 'start', spec: step.spec });
  }
  lifecycle.length = 0;
}

function emit(run: AsyncRun, trace: readonly TraceEntry[]): void {
  if (trace.length === 0) return;
  const { checks, onTrace } = run.options;
  for (let i = 0; i < checks.length; i += 1) (checks[i] as Check).feed(run.checkStates[i], trace);
  onTrace(trace);
}
