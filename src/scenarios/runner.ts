/**
 * Goes through a story step by step: a pure state machine. It says what it wishes of whoever runs the
 * world (the page, or the command line), and hears what happened: `onEntries` with every answer of the
 * world, `onOrdered` after orders, `onRead` and `onChosen` from the reader.
 *
 * Every entry is fed exactly once, in order, with the newest frame behind it. Entries count for a
 * condition from where the step before was reached, so what the reader did meanwhile counts too.
 */
import type { Command } from '../bridge/command';
import { commandText, isCommandError, parseCommand } from '../bridge/commandText';
import type { Condition } from '../bridge/condition';
import type { Frame } from '../bridge/frame';
import type { TraceEntry } from '../bridge/traceEntry';
import { conditionText, feedTally, missingOf, startTally, type Tally } from './condition';
import type { PredictStep, Scenario, Step } from './scenario';

/** Of a step that does not say how long it may take. */
export const AT_MOST_MS = 120_000;

export type Wish =
  /** Give these at the newest point, then `onOrdered`. */
  | { order: readonly Command[] }
  /** Run until this holds; `counts` go with it to the host's goal. */
  | { run: Condition; counts: readonly number[]; pace: 'watch' | 'skip'; atMostMs: number }
  /** `reader`: a paragraph, or a prediction with an answer, is read. `goal`: it ticks by `onEntries`. */
  | { wait: 'reader' | 'choice' | 'goal' }
  | { end: true }
  | { failed: StoryFailure };

export interface StoryFailure {
  /** From 1; 0 is the opening. */
  step: number;
  /** What did not come, or the order that was refused. */
  waitsFor: string;
  /** One sentence with both. */
  message: string;
}

/** A step that the reader has been shown, and the event then. */
export interface Stop {
  readonly step: number;
  readonly event: number;
}

export type StoryPhase = 'order' | 'run' | 'reader' | 'choice' | 'goal' | 'end' | 'failed';

export interface StoryState {
  readonly scenario: Scenario;
  /** Index in the story's steps; -1 while it opens, their number behind the last. */
  readonly step: number;
  readonly phase: StoryPhase;
  /** Counts for the next condition ahead. */
  readonly tally: Tally | undefined;
  /** Virtual time (us) at which a run is given up. */
  readonly deadline: number;
  /** One per outcome; fed from the beginning of the story. */
  readonly outcomes: readonly Tally[];
  /** Steps shown so far: paragraphs, predictions, goals; oldest first. */
  readonly stops: readonly Stop[];
  /** By index of a prediction: choices tried, in that order. */
  readonly chosen: Readonly<Record<number, readonly number[]>>;
  /** Indices of goals that ticked. */
  readonly done: readonly number[];
  /** The newest frame that was heard of. */
  readonly frame: Frame | undefined;
  readonly failure?: StoryFailure;
}

/** At the beginning of a world as `worldOf` has it. */
export function startStory(scenario: Scenario): StoryState {
  const { opening } = scenario.world;
  const state: StoryState = {
    scenario,
    step: -1,
    phase: 'run',
    tally: undefined,
    deadline: AT_MOST_MS * 1000,
    outcomes: scenario.outcome.map(({ that }) => startTally(that)),
    stops: [],
    chosen: {},
    done: [],
    frame: undefined,
  };
  return opening === undefined ? reached(state) : { ...state, tally: startTally(opening) };
}

export function stepOf({ scenario, step }: StoryState): Step | undefined {
  return scenario.steps[step];
}

/** How long the step may take until it is given up, virtual ms; undefined: the opening. */
export function atMostMsOf(step: Step | undefined): number {
  const own = step?.type === 'say' || step?.type === 'goal' ? step.atMostMs : undefined;
  return own ?? AT_MOST_MS;
}

export function nextWish(state: StoryState): Wish {
  const step = stepOf(state);
  switch (state.phase) {
    case 'order':
      return { order: step?.type === 'order' ? step.commands.map(commandOf) : [] };
    case 'run': {
      const pace = step?.type === 'say' ? (step.pace ?? 'watch') : 'skip';
      const { condition, counts } = state.tally as Tally;
      return { run: condition, counts, pace, atMostMs: atMostMsOf(step) };
    }
    case 'end':
      return { end: true };
    case 'failed':
      return { failed: state.failure as StoryFailure };
    default:
      return { wait: state.phase };
  }
}

/**
 * Of every answer of the world: its entries, and the frame. A frame of an older event (somebody looks
 * back) changes nothing.
 */
export function onEntries(
  state: StoryState,
  frame: Frame,
  entries: readonly TraceEntry[],
): StoryState {
  return settle(heard(state, frame, entries));
}

/** The orders were carried out; the answers were fed to `onEntries`. */
export function onOrdered(state: StoryState): StoryState {
  return state.phase === 'order' ? settle(enter(state, state.step + 1)) : state;
}

/** An order was refused: the story cannot go on. */
export function onRefused(state: StoryState, command: Command, message: string): StoryState {
  return fail(state, commandText(command), `was refused: ${message}`);
}

/** Nothing can happen any more, and the condition does not hold. */
export function onStuck(state: StoryState): StoryState {
  if (state.phase !== 'run') return state;
  return fail(state, waitsFor(state), 'did not come, and nothing is left to happen');
}

/** The reader goes on from a paragraph, or from a prediction that has an answer. */
export function onRead(state: StoryState): StoryState {
  return state.phase === 'reader' ? settle(enter(state, state.step + 1)) : state;
}

/** An answer to the prediction under way; a wrong one may be revised. */
export function onChosen(state: StoryState, choice: number): StoryState {
  const step = stepOf(state);
  if (step?.type !== 'predict' || step.choices[choice] === undefined) return state;
  const before = state.chosen[state.step] ?? [];
  const chosen = { ...state.chosen, [state.step]: [...before, choice] };
  return { ...state, chosen, phase: 'reader' };
}

export function rightChoice({ choices }: PredictStep): number {
  return choices.findIndex(({ isRight }) => isRight === true);
}

/** What came out, in the story's order; `missing`: why it does not hold. Read it once, at the end. */
export function outcomeOf(state: StoryState): { holds: boolean; missing?: string }[] {
  return state.outcomes.map((tally) => {
    const missing = missingOf(tally, state.frame);
    return missing === undefined ? { holds: true } : { holds: false, missing };
  });
}

/** What the step under way waits for and does not have yet, in words; '' when it waits for nothing. */
export function waitsFor({ tally, frame }: StoryState): string {
  return tally === undefined ? '' : (missingOf(tally, frame) ?? conditionText(tally.condition));
}

/** Throws when the text is no command; the stories' test reads them all. */
export function commandOf(text: string): Command {
  const command = parseCommand(text);
  if (isCommandError(command)) throw new Error(`"${text}" is no command: ${command.message}`);
  return command;
}

function heard(state: StoryState, frame: Frame, entries: readonly TraceEntry[]): StoryState {
  const isNewest = frame.event === frame.lastEvent;
  return {
    ...state,
    frame: isNewest ? frame : state.frame,
    tally: state.tally && feedTally(state.tally, entries, frame),
    outcomes: state.outcomes.map((tally) => feedTally(tally, entries, frame)),
  };
}

/** Goes on when what the step waits for holds, as often as that is so. */
function settle(state: StoryState): StoryState {
  const { phase, tally, frame, step } = state;
  if ((phase !== 'run' && phase !== 'goal') || tally === undefined || frame === undefined) {
    return state;
  }
  if (missingOf(tally, frame) === undefined) {
    const next = reached(phase === 'goal' ? { ...state, done: [...state.done, step] } : state);
    return settle(next);
  }
  if (phase === 'goal' || frame.at < state.deadline) return state;
  const ms = atMostMsOf(stepOf(state));
  return fail(state, waitsFor(state), `did not come within ${ms} ms of virtual time`);
}

/** The step's condition holds: a paragraph is shown, after a goal or the opening the next step begins. */
function reached(state: StoryState): StoryState {
  const open = { ...state, tally: tallyAhead(state.scenario, state.step + 1) };
  if (stepOf(state)?.type === 'say') return { ...stopAt(open), phase: 'reader' };
  return enter(open, state.step + 1);
}

function enter(state: StoryState, index: number): StoryState {
  const at = { ...state, step: index };
  const step = state.scenario.steps[index];
  switch (step?.type) {
    case undefined:
      return { ...at, phase: 'end', tally: undefined };
    case 'order':
      return { ...at, phase: 'order' };
    case 'predict':
      return { ...stopAt(at), phase: 'choice' };
    case 'goal':
      return { ...stopAt(at), phase: 'goal' };
    case 'say':
      if (step.when === undefined) return reached(at);
      return { ...at, phase: 'run', deadline: (at.frame?.at ?? 0) + atMostMsOf(step) * 1000 };
  }
}

function stopAt(state: StoryState): StoryState {
  const { step, stops, frame } = state;
  return { ...state, stops: [...stops, { step, event: frame?.event ?? 0 }] };
}

/** For the first condition from that step on; paragraphs without one are shown at once and begin anew. */
function tallyAhead({ steps }: Scenario, index: number): Tally | undefined {
  for (const step of steps.slice(index)) {
    if (step.type === 'goal') return startTally(step.done);
    if (step.type === 'say') return step.when && startTally(step.when);
  }
  return undefined;
}

function fail(state: StoryState, what: string, why: string): StoryState {
  const step = state.step + 1;
  const place = step === 0 ? 'the opening' : `step ${step}`;
  const failure = { step, waitsFor: what, message: `${place}: waits for: ${what}: ${why}` };
  return { ...state, phase: 'failed', failure };
}
