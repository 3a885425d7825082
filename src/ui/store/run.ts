/**
 * What the user can do with the run: open, step, look back, order. Every action
 * takes its turn, so two quick clicks never cross each other on the way to the
 * world worker. An error is shown and changes nothing else.
 */
import type { Command } from '../../bridge/command';
import type { Answer, Goal, Question } from '../../bridge/host';
import type { Recording } from '../../bridge/recording';
import { sayOfPage } from '../../bridge/sentences/page';
import type { RequestRef, TraceEntry } from '../../bridge/traceEntry';
import { areClientsConnected, configOf, joiningApps, setupOf } from './ensembles';
import { type Host, HostError } from './host';
import { edit, isLookingBack, page, put, type Setup } from './page';
import {
  appendTrace,
  emptyTrace,
  entriesBetween,
  findEvent,
  lastEventOf,
  markShown,
  nextShown,
  previousShown,
  shownAtOrBefore,
} from './runTrace';
import { isStage } from './stages';

/** One question never runs longer than this many events, so that the page can breathe and stop. */
const EVENTS_PER_QUESTION = 2000;
/** A goal that is not reached after that many events is given up, with a line that says so. */
const EVENTS_PER_GOAL = 20_000;
/** A step over pings and timers looks no further than this, virtual us: longer than any session lives unheard. */
const STEP_MICROS_MAX = 60_000_000;
/** So many events of them are run before the clock is looked at. */
const EVENTS_PER_LOOK = 200;
/** While it looks for long, the page shows where it is no more often than this, ms. */
const LOOK_MS = 100;
/** The write that the first visit is paused before. */
export const FIRST_WRITE = 'create /a hello';

let host: Host | undefined;
let turn: Promise<unknown> = Promise.resolve();

export function attachHost(connected: Host): void {
  host = connected;
}

/** Runs after all actions before it. Says what failed; resolves to undefined then. */
export function inTurn<T>(act: () => Promise<T>): Promise<T | undefined> {
  edit((draft) => {
    draft.pending += 1;
  });
  const result = turn.then(act).catch((error: unknown) => {
    stopPlaying();
    report(error);
    return undefined;
  });
  turn = result;
  void result.then(() =>
    edit((draft) => {
      draft.pending -= 1;
    }),
  );
  return result;
}

function report(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  const { place, sentence } = error instanceof HostError ? error : {};
  put({
    problem: { message, sentence, place, fatal: page().frame === undefined },
    isOpening: false,
  });
}

/** One question, out of turn: for looks that change nothing. Rejects with a HostError. */
export function ask<Q extends Question>(question: Q) {
  if (host === undefined) throw new HostError(sayOfPage('page.notStarted'));
  return host.ask(question);
}

type FrameAnswer = Extract<Answer, { type: 'frame' }>;

/** Takes an answer over: its frame is what the page shows from here on. */
export function show(answer: FrameAnswer): void {
  const { trace, frame } = page();
  appendTrace(trace, answer.trace);
  const before = frame?.event ?? 0;
  const { event } = answer.frame;
  const shown = shownAtOrBefore(trace, event) ?? event;
  const from = event > before ? Math.max(before + 1, event - 200) : shown;
  put({
    frame: answer.frame,
    traceVersion: trace.version,
    lastStep: entriesBetween(trace, from, event),
    isInviting: false,
  });
}

export function stopPlaying(): void {
  if (page().isPlaying) put({ isPlaying: false });
}

/* ---- opening ---- */

/**
 * Opens an ensemble and runs it until a leader stands, all clients have their sessions, an application its master
 * and workers, and nothing is under way; then, without an application, orders one write and stops before it.
 */
export function openEnsemble(setup: Setup): Promise<unknown> {
  stopPlaying();
  return inTurn(async () => {
    put({ isOpening: true, problem: undefined, notice: undefined });
    const entries: TraceEntry[] = [];
    const keep = (answer: FrameAnswer) => {
      for (const entry of answer.trace) entries.push(entry);
      return answer;
    };
    let answer = keep(await ask({ type: 'open', config: configOf(setup) }));
    // One that stands alone elects nobody.
    if (setup.servers > 1) answer = keep(await goalAnswer({ type: 'election' }));
    const settle = async () => {
      for (let tries = 0; tries < 100 && !areClientsConnected(answer.frame); tries += 1) {
        answer = keep(await goalAnswer({ type: 'time', at: answer.frame.at + 100_000 }));
      }
    };
    await settle();
    for (const settings of joiningApps(setup)) {
      answer = keep(await ask({ type: 'command', command: { type: 'app', settings } }));
    }
    await settle();
    answer = keep(await goalAnswer({ type: 'quiet' }));
    // Of the application the visitor orders the first thing himself.
    if (setup.app === undefined) {
      answer = keep(
        await ask({ type: 'command', command: { type: 'zk', letter: 'a', line: FIRST_WRITE } }),
      );
    }
    begin(setup);
    show({ ...answer, trace: entries });
    markShown(page().trace, answer.frame.event);
    put({ isInviting: true, isOpening: false });
  });
}

/** Opens a recording; what is on screen stays when it cannot be opened. */
export function openRecording(recording: Recording): Promise<unknown> {
  stopPlaying();
  return inTurn(async () => {
    const answer = await ask({ type: 'openRecording', recording });
    begin(setupOf(recording.config));
    show(answer);
    await learnTrace(answer.frame.lastEvent);
    show({ ...answer, trace: [] });
    put({ isOpening: false });
  });
}

/** What was on screen ends with its run; the first frame of the new one has to follow. */
export function begin(setup: Setup): void {
  put({
    setup,
    story: undefined,
    trace: emptyTrace(),
    traceVersion: 0,
    frame: undefined,
    lastStep: [],
    selection: undefined,
    view: setup.app === undefined ? 'ensemble' : 'application',
    notice: undefined,
    problem: undefined,
    localLines: [],
    consoleLetter: 'a',
  });
}

/** Asks for entries that never came with an answer, as after the opening of a recording. */
async function learnTrace(to: number): Promise<void> {
  const { trace } = page();
  const from = lastEventOf(trace) + 1;
  if (from > to) return;
  appendTrace(trace, (await ask({ type: 'trace', from, to })).trace);
  put({ traceVersion: trace.version });
}

/* ---- forward ---- */

/** To the goal and nothing else: for openings, and where the number of events is what is wanted. */
export function goalAnswer(goal: Goal, eventsMax = EVENTS_PER_QUESTION): Promise<FrameAnswer> {
  return ask({ type: 'advance', goal, eventsMax });
}

/** To the goal, but not beyond what an open story waits for. */
function onward(goal: Goal, eventsMax = EVENTS_PER_QUESTION): Promise<FrameAnswer> {
  const runner = page().story?.runner;
  const isWaiting = runner?.phase === 'run' || runner?.phase === 'goal';
  return ask({ type: 'advance', goal, eventsMax, stopAt: isWaiting ? runner.tally : undefined });
}

/** One shown event further; while looking back, the next one that is known. False: nothing shown lies ahead. */
export async function stepForward(): Promise<boolean> {
  const { frame, trace } = page();
  if (frame === undefined) return false;
  put({ notice: undefined });
  if (isLookingBack(frame)) {
    const next = nextShown(trace, frame.event);
    show(await ask({ type: 'seek', event: next ?? frame.lastEvent }));
    if (next !== undefined) return true;
  }
  const until = frame.at + STEP_MICROS_MAX;
  let entries: TraceEntry[] = [];
  let drawn = performance.now();
  for (let last = -1; ; ) {
    const answer = await onward({ type: 'shown' }, EVENTS_PER_LOOK);
    entries = [...entries, ...answer.trace];
    const isOver =
      answer.reached !== false || answer.frame.at >= until || answer.frame.event === last;
    // What lies between is on screen for a moment only, and costs as much as a step.
    if (isOver || performance.now() - drawn >= LOOK_MS) {
      show({ ...answer, trace: entries });
      entries = [];
      drawn = performance.now();
    }
    if (answer.reached !== false) return true;
    if (isOver) break;
    last = answer.frame.event;
  }
  // A step back must be able to return to each place that a step led to.
  markShown(page().trace, page().frame?.event ?? 0);
  put({ notice: { key: 'notice.nothingShown' } });
  return false;
}

export function step(): Promise<unknown> {
  stopPlaying();
  return inTurn(stepForward);
}

export function stepBack(): Promise<unknown> {
  stopPlaying();
  return inTurn(async () => {
    const { frame, trace } = page();
    if (frame === undefined || frame.event === 0) return;
    put({ notice: undefined });
    show(await ask({ type: 'seek', event: previousShown(trace, frame.event) }));
  });
}

/** Runs to a goal, question by question; ends early at `stop` or when the goal is too far. */
export async function runTo(goal: Goal, stop: () => boolean): Promise<boolean> {
  const first = page().frame?.event ?? 0;
  for (;;) {
    const answer = await onward(goal);
    show(answer);
    if (answer.reached !== false) return true;
    if (stop() || answer.frame.event - first >= EVENTS_PER_GOAL) return false;
  }
}

function toGoal(goal: Goal, is: (entry: TraceEntry) => boolean): Promise<unknown> {
  stopPlaying();
  return inTurn(async () => {
    const { frame, trace } = page();
    if (frame === undefined) return;
    put({ notice: undefined });
    if (isLookingBack(frame)) {
      const known = findEvent(trace, frame.event, 1, is);
      show(await ask({ type: 'seek', event: known ?? frame.lastEvent }));
      if (known !== undefined) return;
    }
    const isReached = await runTo(goal, () => false);
    if (!isReached) put({ notice: { key: `notice.not.${goal.type}` } });
  });
}

/** To the next stage of the picked request, or of the newest one. */
export function nextStage(): Promise<unknown> {
  const request = pickedRequest();
  return toGoal({ type: 'stage', request }, (entry) => isStage(entry, request));
}

/** Looks back to the stage before. */
export function previousStage(): Promise<unknown> {
  stopPlaying();
  return inTurn(async () => {
    const { frame, trace } = page();
    if (frame === undefined) return;
    const request = pickedRequest();
    const event = findEvent(trace, frame.event, -1, (entry) => isStage(entry, request)) ?? 0;
    show(await ask({ type: 'seek', event }));
  });
}

function pickedRequest(): RequestRef | undefined {
  const { selection } = page();
  return selection?.type === 'request' ? selection.request : undefined;
}

export function runToCommit(): Promise<unknown> {
  return toGoal({ type: 'commit' }, (entry) => entry.type === 'commit');
}

/** Exactly `n` events further (the page's API); from an older event, as many as are known, then new ones. */
export function advanceEvents(n: number): Promise<unknown> {
  stopPlaying();
  return inTurn(async () => {
    const { frame } = page();
    if (frame === undefined || n < 1) return;
    const known = frame.lastEvent - frame.event;
    if (known > 0) show(await ask({ type: 'seek', event: frame.event + Math.min(n, known) }));
    for (let left = n - known; left > 0; ) {
      const events = Math.min(left, EVENTS_PER_QUESTION);
      const answer = await goalAnswer({ type: 'events', n: events }, events);
      show(answer);
      left -= events;
      if (answer.reached === false) return;
    }
  });
}

/** Up to `n` events further, in one picture. */
export async function advanceAtOnce(n: number): Promise<void> {
  show(await onward({ type: 'events', n }, n));
}

/** To a virtual time (us), that time's events included. */
export async function advanceTime(at: number): Promise<void> {
  show(await onward({ type: 'time', at }));
}

/** Shows an older event, or the newest one when `event` lies behind it. */
export async function seekTo(event: number): Promise<void> {
  const { frame } = page();
  if (frame === undefined) return;
  const to = Math.max(0, Math.min(Math.round(event), frame.lastEvent));
  put({ notice: undefined });
  show(await ask({ type: 'seek', event: to }));
}

/** Shows the run as it was after `event` events, from 0 to the newest one. */
export function seek(event: number): Promise<unknown> {
  stopPlaying();
  return inTurn(() => seekTo(event));
}

export function seekStart(): Promise<unknown> {
  return seek(0);
}

export function seekNewest(): Promise<unknown> {
  return seek(Number.MAX_SAFE_INTEGER);
}

/* ---- orders ---- */

/** Orders at the newest event. Resolves to false when it was refused, with the reason on screen. */
export async function command(order: Command, onError?: (error: HostError) => void) {
  const isDone = await inTurn(async () => {
    let answer: FrameAnswer;
    try {
      answer = await ask({ type: 'command', command: order });
    } catch (error) {
      if (onError === undefined || !(error instanceof HostError)) throw error;
      onError(error);
      return false;
    }
    show(answer);
    markShown(page().trace, answer.frame.event);
    put({ notice: answer.returned === true ? { key: 'notice.returned' } : noticeOf(order) });
    return true;
  });
  return isDone === true;
}

/** A paused run does nothing by itself: whoever orders something is told how to see it. */
function noticeOf(order: Command) {
  if (page().isPlaying) return undefined;
  return order.type === 'zk' ? { key: 'notice.typed' } : { key: 'notice.ordered' };
}

export function recording(): Promise<Recording | undefined> {
  return inTurn(async () => (await ask({ type: 'recording' })).recording);
}

/** Entries of events `from` to `to`, both included, from the world itself. */
export function traceOf(from: number, to: number): Promise<TraceEntry[] | undefined> {
  return inTurn(async () => (await ask({ type: 'trace', from, to })).trace);
}
