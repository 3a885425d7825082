/**
 * Plays a story to its end without a page, as a reader would who looks up every answer: wrong choices
 * first, each goal by its solution. Says everything that is wrong with it, and writes its transcript.
 */
import { feedTally, looksAtFrame, missingOf } from '../../scenarios/condition';
import {
  atMostMsOf,
  commandOf,
  nextWish,
  onChosen,
  onEntries,
  onOrdered,
  onRead,
  onRefused,
  onStuck,
  outcomeOf,
  rightChoice,
  startStory,
  stepOf,
  type StoryState,
  type Wish,
  waitsFor,
} from '../../scenarios/runner';
import type { GoalStep, Scenario } from '../../scenarios/scenario';
import { worldOf } from '../../scenarios/world';
import type { Command } from '../../bridge/command';
import type { TraceEntry } from '../../bridge/traceEntry';
import { ALL_CHECKS } from '../../engine/checks/all';
import { runFrom, stateOf } from '../../engine/world/driver';
import {
  createRun,
  fingerprintOf,
  frameOf,
  order,
  recordingOf,
  replay,
  type Run,
  stepEvent,
} from '../../engine/world/inProcess';
import { MACHINES } from '../../engine/world/machines';
import { initialLines, lineOf } from '../transcript/lines';
import type { Played } from './playRecording';
import {
  consoleLines,
  lostLook,
  openingLines,
  orderLine,
  outcomeLines,
  stopLines,
} from './storyText';

export interface PlayedStory {
  /** Its transcript, as far as it came. */
  text: string;
  /** What is wrong with it, each one sentence; empty: nothing. */
  problems: string[];
  played: Played;
}

/** A goal that the reader has nothing to do for ticks by itself within this, virtual us. */
const IDLE_MICROS = 10_000_000;
const IDLE_EVENTS_MAX = 5000;

interface Play {
  readonly run: Run;
  /** Entries that the runner has not heard of. */
  readonly fresh: TraceEntry[];
  readonly lines: string[];
  readonly problems: string[];
  /** By client: lines of its console that have been told. */
  readonly typed: Record<string, number>;
  /** Indices of goals that were reached for. */
  readonly tried: number[];
}

/** Throws for a story with `unsoundParts`. */
export function playStory(
  scenario: Scenario,
  onTrace: (entries: readonly TraceEntry[]) => void = () => {},
): PlayedStory {
  const play = begin(scenario, onTrace);
  const { run, lines, problems } = play;
  let told = -1;
  lines.push(...openingLines(scenario));
  let state = hear(play, startStory(scenario));
  for (;;) {
    const wish = nextWish(state);
    if ('end' in wish || 'failed' in wish) {
      finish(play, state, wish);
      break;
    }
    if ('wait' in wish && told !== state.step) {
      stopAt(play, state);
      told = state.step;
    }
    state = granted(play, state, wish);
  }
  const { events, at, fingerprint } = recordingOf(run);
  const checks = frameOf(run).checks;
  return { text: `${lines.join('\n')}\n`, problems, played: { events, at, fingerprint, checks } };
}

function begin(scenario: Scenario, onTrace: (entries: readonly TraceEntry[]) => void): Play {
  const fresh: TraceEntry[] = [];
  const lines: string[] = [];
  const letters = initialLines();
  const hear = (entries: readonly TraceEntry[]) => {
    onTrace(entries);
    for (const entry of entries) {
      fresh.push(entry);
      const line = lineOf(letters, entry, 'outline');
      if (line !== undefined) lines.push(line);
    }
  };
  const options = { project: true, invariants: true, checks: ALL_CHECKS, onTrace: hear };
  return {
    run: createRun(worldOf(scenario), options),
    fresh,
    lines,
    problems: [],
    typed: {},
    tried: [],
  };
}

/** What the reader is shown, behind what the consoles have said meanwhile. */
function stopAt({ run, lines, problems, typed }: Play, state: StoryState): void {
  const frame = frameOf(run);
  lines.push(...consoleLines(frame, typed), ...stopLines(state));
  const step = stepOf(state);
  const lost = step?.type === 'say' ? lostLook(frame, step.look) : undefined;
  if (lost !== undefined) problems.push(`step ${state.step + 1}: ${lost}`);
}

function granted(
  play: Play,
  state: StoryState,
  wish: Exclude<Wish, { end: true } | { failed: unknown }>,
) {
  if ('order' in wish) return ordered(play, state, wish.order);
  if ('run' in wish) return runOn(play, state, state.deadline);
  switch (wish.wait) {
    case 'reader':
      return onRead(state);
    case 'choice':
      return chooseAll(state);
    case 'goal':
      return reachGoal(play, state);
  }
}

/** Every choice is looked at, the right one last. */
function chooseAll(state: StoryState): StoryState {
  const step = stepOf(state);
  if (step?.type !== 'predict') return state;
  const right = rightChoice(step);
  const wrong = step.choices.map((_, i) => i).filter((i) => i !== right);
  return onRead([...wrong, right].reduce(onChosen, state));
}

/** Undefined: all were carried out. */
function give(
  play: Play,
  commands: readonly Command[],
): { command: Command; why: string } | undefined {
  for (const command of commands) {
    play.lines.push(orderLine(command));
    const refused = order(play.run, command);
    if (refused !== undefined) return { command, why: refused.message };
  }
  return undefined;
}

function ordered(play: Play, state: StoryState, commands: readonly Command[]): StoryState {
  const refused = give(play, commands);
  if (refused !== undefined) return onRefused(state, refused.command, refused.why);
  return onOrdered(hear(play, state));
}

function hear({ run, fresh }: Play, state: StoryState): StoryState {
  return onEntries(state, frameOf(run), fresh.splice(0));
}

/** Event by event until the runner goes on, or gives up at `deadline`. */
function runOn(play: Play, before: StoryState, deadline: number): StoryState {
  const { run, fresh } = play;
  let state = hear(play, before);
  const { phase, step } = before;
  while (state.phase === phase && state.step === step && state.tally !== undefined) {
    const entries = stepEvent(run);
    if (entries.length === 0) return onStuck(hear(play, state));
    if (run.world.now >= deadline) return hear(play, state);
    // Where entries alone decide, most events need no frame.
    const { tally } = state;
    if (!looksAtFrame(tally.condition)) {
      if (missingOf(feedTally(tally, fresh, undefined), undefined) !== undefined) continue;
    }
    state = hear(play, state);
  }
  return state;
}

function reachGoal(play: Play, before: StoryState): StoryState {
  const { lines, problems, run } = play;
  const goal = stepOf(before) as GoalStep;
  const place = `step ${before.step + 1}`;
  play.tried.push(before.step);
  const alone = ticksAlone(run, before);
  if (alone) problems.push(`${place}: the goal ticks by itself, though the reader does nothing`);
  lines.push('  (by its solution)');
  const refused = give(play, goal.solution.map(commandOf));
  if (refused !== undefined) return onRefused(before, refused.command, refused.why);
  const deadline = run.world.now + atMostMsOf(goal) * 1000;
  const state = runOn(play, before, deadline);
  if (state.step !== before.step || state.phase !== 'goal') return state;
  const failure = { step: before.step + 1, waitsFor: waitsFor(state) };
  const message = `${place}: the solution does not reach the goal: waits for: ${failure.waitsFor}`;
  return { ...state, phase: 'failed', failure: { ...failure, message } };
}

/** Whether the goal is reached by doing nothing, in a copy of the run that goes on. */
function ticksAlone(run: Run, { tally }: StoryState): boolean {
  if (tally === undefined) return false;
  let seen = tally;
  const options = { project: true, checks: ALL_CHECKS };
  const copy = runFrom(structuredClone(stateOf(run)), MACHINES, options);
  const until = copy.world.now + IDLE_MICROS;
  for (let i = 0; i < IDLE_EVENTS_MAX && copy.world.now < until; i += 1) {
    const entries = stepEvent(copy);
    if (entries.length === 0) return false;
    const now = frameOf(copy);
    seen = feedTally(seen, entries, now);
    if (missingOf(seen, now) === undefined) return true;
  }
  return false;
}

function finish(
  { run, lines, problems, typed, tried }: Play,
  state: StoryState,
  wish: Extract<Wish, { end: true } | { failed: unknown }>,
): void {
  const { scenario, done } = state;
  for (const step of done) {
    if (!tried.includes(step)) {
      problems.push(`step ${step + 1}: the goal holds before the reader has done anything`);
    }
  }
  if ('failed' in wish) {
    lines.push('', `BROKEN ${wish.failed.message}`);
    problems.push(wish.failed.message);
    return;
  }
  const outcome = outcomeOf(state);
  outcome.forEach(({ missing }, i) => {
    if (missing !== undefined) problems.push(`outcome ${i + 1} does not hold: ${missing}`);
  });
  const { checks } = frameOf(run);
  const meant = scenario.breaks ?? [];
  for (const name of meant) {
    const check = checks.find((one) => one.name === name);
    if (check === undefined) problems.push(`there is no check ${name} that it could break`);
    else if (check.holds) problems.push(`the check ${name} holds, and the story says it breaks`);
  }
  for (const { name, holds, explanation } of checks) {
    if (!holds && !meant.includes(name)) problems.push(`the check ${name} broke: ${explanation}`);
  }
  lines.push(...consoleLines(frameOf(run), typed), ...outcomeLines(scenario, outcome, checks));
  const again = replay(recordingOf(run));
  if (fingerprintOf(again.world) !== fingerprintOf(run.world)) {
    problems.push('its recording comes to another fingerprint when it is run again');
  }
}
