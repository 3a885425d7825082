/**
 * Reading a story: opens its world, carries out what its runner wishes (scenarios/runner.ts) and tells
 * the runner what happened, whoever made it happen. Comes with the first story that is opened.
 */
import type { Command, CommandError } from '../../bridge/command';
import type { Frame } from '../../bridge/frame';
import { commandText } from '../../bridge/commandText';
import { STORIES } from '../../scenarios/all';
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
  startStory,
  stepOf,
  type StoryState,
  waitsFor,
} from '../../scenarios/runner';
import type { Scenario } from '../../scenarios/scenario';
import { worldOf } from '../../scenarios/world';
import { setupOf } from './ensembles';
import { isLookingBack, page, put, usePage } from './page';
import { awaitBy, play } from './player';
import {
  ask,
  begin,
  command,
  goalAnswer,
  inTurn,
  seek,
  seekNewest,
  show,
  stopPlaying,
} from './run';
import { entriesSince, markShown } from './runTrace';
import { rememberFinished } from './storyFinished';
import { focusAt, stopsOf } from './storyStops';
import type { OpenStory, StoryFailure } from './storyState';

let openings = 0;
/** How many entries of the run the runner has heard. */
let heard = 0;
/** Virtual time (us) at which a goal that is being shown is given up. */
let showUntil = Number.POSITIVE_INFINITY;

usePage.subscribe((now, before) => {
  if (now.story === undefined) {
    if (before.story === undefined) return;
    awaitBy(undefined);
    showAddress(undefined);
  } else if (now.frame !== before.frame && now.frame !== undefined) hear(now.story, now.frame);
});

/* ---- opening and leaving ---- */

/** False when there is no such story. Where its opening does not come, the column says so. */
export function openStory(id: string): boolean {
  const scenario = STORIES.find((each) => each.id === id);
  if (scenario === undefined) return false;
  void openScenario(scenario);
  return true;
}

/** Resolves when its world stands at its opening, or when it could not be opened, which is said. */
export function openScenario(scenario: Scenario): Promise<unknown> {
  stopPlaying();
  awaitBy(undefined);
  return inTurn(() => begun(scenario));
}

async function begun(scenario: Scenario): Promise<void> {
  put({ isOpening: true, problem: undefined, notice: undefined });
  const config = worldOf(scenario);
  let answer = await ask({ type: 'open', config });
  const entries = [...answer.trace];
  let runner = onEntries(startStory(scenario), answer.frame, answer.trace);
  while (runner.step < 0) {
    const wish = nextWish(runner);
    if (!('run' in wish)) break;
    const before = answer.frame.event;
    answer = await goalAnswer({ type: 'condition', condition: wish.run, counts: wish.counts });
    for (const entry of answer.trace) entries.push(entry);
    runner = onEntries(runner, answer.frame, answer.trace);
    if (answer.reached === false && answer.frame.event === before) runner = onStuck(runner);
  }
  begin(setupOf(config));
  show({ ...answer, trace: entries });
  markShown(page().trace, answer.frame.event);
  heard = page().trace.taken;
  openings += 1;
  const story = { runner, opening: openings, focus: 0, isHeld: false, shown: [] };
  put({ story, view: scenario.view, isOpening: false, isInviting: false });
  showAddress(scenario.id);
  drive();
}

export function restartStory(): void {
  const { story } = page();
  if (story !== undefined) void openScenario(story.runner.scenario);
}

/** The run stays where it is. */
export function leaveStory(): void {
  stopPlaying();
  put({ story: undefined });
}

/** The address says which story is open, so that it can be passed on and loaded again. */
function showAddress(id: string | undefined): void {
  const address = new URL(window.location.href);
  address.searchParams.delete('story');
  address.hash = id === undefined ? '' : `story=${id}`;
  window.history.replaceState(window.history.state, '', address);
}

/* ---- what the reader does ---- */

/** Forward to the next step that was shown already, or on with the story. */
export function nextStep(): void {
  const { story, frame, isPlaying, isOpening } = page();
  if (story === undefined || isOpening) return;
  const stop = stopsOf(story)[story.focus + 1];
  if (stop !== undefined) {
    edit(story, { focus: story.focus + 1 });
    void seek(stop.event);
  } else if (story.runner.phase === 'run' && !story.isHeld) {
    if (!isPlaying) drive();
  } else if (isLookingBack(frame)) void seekNewest();
  else if (story.isHeld) {
    edit(story, { isHeld: false });
    drive();
  } else goOn(story, onRead(story.runner));
}

/** To where the step in focus was shown; from there, to the one before. */
export function backStep(): void {
  const { story, frame } = page();
  if (story === undefined || frame === undefined) return;
  const stops = stopsOf(story);
  const here = stops[story.focus];
  const hasMoved = here !== undefined && frame.event > here.event;
  const focus = hasMoved ? story.focus : story.focus - 1;
  const stop = stops[focus];
  if (stop === undefined) return;
  edit(story, { focus });
  void seek(stop.event);
}

/** An answer to the prediction in step `index`, if that is where the story stands. */
export function answerStep(index: number, choice: number): void {
  const { story } = page();
  if (story?.runner.step === index) goOn(story, onChosen(story.runner, choice));
}

/** Orders what reaches the goal, and plays until it ticks. */
export function showGoal(): void {
  const { story, frame } = page();
  const step = story && stepOf(story.runner);
  if (story === undefined || frame === undefined || step?.type !== 'goal') return;
  edit(story, { shown: [...story.shown, story.runner.step] });
  void order(story.opening, step.solution.map(commandOf)).then((isDone) => {
    const now = page().story;
    if (!isDone || now?.opening !== story.opening || now.runner.step !== story.runner.step) return;
    showUntil = (page().frame?.at ?? 0) + atMostMsOf(step) * 1000;
    run('watch');
  });
}

/* ---- what happens ---- */

/** Of every frame that is shown: the entries that led to it, each once. */
function hear(story: OpenStory, frame: Frame): void {
  const { trace } = page();
  const runner = onEntries(story.runner, frame, entriesSince(trace, heard));
  heard = trace.taken;
  const before = story.runner;
  const hasTicked = runner.done.length > before.done.length;
  const hasTurned = runner.step !== before.step || runner.phase !== before.phase;
  // Orders and runs would sweep away what the reader has just brought about.
  const isHeld = hasTicked
    ? runner.phase === 'order' || runner.phase === 'run'
    : story.isHeld && !hasTurned;
  const focus =
    runner.stops.length > before.stops.length
      ? runner.stops.length - 1
      : focusAt(stopsOf(story), story.focus, frame.event);
  edit(story, { runner, focus, isHeld });
  if (hasTurned) {
    stopPlaying();
    drive();
  } else if (runner.phase === 'goal' && frame.at >= showUntil) {
    stopPlaying();
    giveUp({ type: 'waited', waitedFor: waitsFor(runner), ms: atMostMsOf(stepOf(runner)) });
  }
}

/** Carries out what the story wishes now. */
function drive(): void {
  const { story } = page();
  showUntil = Number.POSITIVE_INFINITY;
  awaitBy(undefined);
  if (story === undefined || story.isHeld) return;
  const wish = nextWish(story.runner);
  if ('order' in wish) {
    void order(story.opening, wish.order).then((isDone) => {
      const now = page().story;
      if (isDone && now?.opening === story.opening) goOn(now, onOrdered(now.runner));
    });
  } else if ('run' in wish) run(wish.pace);
  else if ('end' in wish) end(story);
  else if ('failed' in wish && story.failure === undefined) {
    const { waitsFor: waitedFor } = wish.failed;
    giveUp({ type: 'waited', waitedFor, ms: atMostMsOf(stepOf(story.runner)) });
  }
}

/** Plays, at rest too, until the runner hears what it waits for. */
function run(pace: 'watch' | 'skip'): void {
  awaitBy({ pace, onStuck: stuck });
  play();
}

function stuck(): void {
  const { story } = page();
  if (story === undefined) return;
  awaitBy(undefined);
  const waitedFor = waitsFor(story.runner);
  edit(story, { runner: onStuck(story.runner), failure: { type: 'waited', waitedFor, ms: 0 } });
}

/** One after the other at the same point. False when one was refused, or the story is another by then. */
async function order(opening: number, orders: readonly Command[]): Promise<boolean> {
  for (const each of orders) {
    let refusal: Pick<CommandError, 'message' | 'sentence'> | undefined;
    const isDone = await command(each, (error) => {
      refusal = error;
    });
    const { story, problem } = page();
    if (story?.opening !== opening) return false;
    if (!isDone) {
      const { message = '', sentence } = refusal ?? problem ?? {};
      const failure: StoryFailure = {
        type: 'refused',
        command: commandText(each),
        message,
        sentence,
      };
      edit(story, { runner: onRefused(story.runner, each, message), failure });
      return false;
    }
  }
  put({ notice: undefined });
  return true;
}

function goOn(story: OpenStory, runner: StoryState): void {
  const isNew = runner.stops.length > story.runner.stops.length;
  edit(story, { runner, focus: isNew ? runner.stops.length - 1 : story.focus });
  drive();
}

function end(story: OpenStory): void {
  const { frame } = page();
  if (frame === undefined || story.end !== undefined) return;
  const { runner } = story;
  const { id, breaks = [] } = runner.scenario;
  const brokenChecks = frame.checks
    .filter((check) => !check.holds && check.count === undefined && !breaks.includes(check.name))
    .map((check) => check.name);
  const outcome = outcomeOf(runner).map(({ holds }) => holds);
  rememberFinished(id);
  const ending = { event: frame.lastEvent, outcome, brokenChecks };
  edit(story, { end: ending, focus: runner.stops.length });
}

function giveUp(failure: StoryFailure): void {
  const { story } = page();
  awaitBy(undefined);
  if (story !== undefined) edit(story, { failure });
}

function edit(story: OpenStory, part: Partial<OpenStory>): void {
  put({ story: { ...story, ...part } });
}
