/**
 * Looking back is running again: the same machines in this thread, without
 * workers, from the nearest checkpoint. The shadow never acts by itself; it
 * follows the live run's commands to any event before the newest.
 */
import { assert } from '../base/assert';
import type { Check } from '../bridge/check';
import type { RecordedCommand } from '../bridge/command';
import type { Frame } from '../bridge/frame';
import type { ProcessName } from '../bridge/names';
import type { WorldConfig } from '../bridge/recording';
import { type Checkpoint, runOfCheckpoint, takeCheckpoint } from '../engine/world/checkpoint';
import {
  frameOf,
  order,
  type Run,
  runBelow,
  runEvents,
  runTo,
  startRun,
} from '../engine/world/driver';
import type { MachineTable } from '../engine/world/machineTable';
import type { ProcessShell } from '../engine/world/processShell';

/** A place that windows lead to: after so many commands, all events below a time, this many in all. */
export interface Mark {
  commands: number;
  below: number;
  events: number;
}

/** What the live run has become so far; grows under the shadow's eyes. */
export interface Followed {
  readonly config: WorldConfig;
  readonly commands: readonly RecordedCommand[];
  /** By ascending events. */
  readonly marks: readonly Mark[];
}

interface Place extends Checkpoint {
  /** What it takes to run there from the start, ms. */
  readonly ms: number;
}

export interface Shadow {
  run: Run;
  /** What it takes to run to where the run stands, from the start, ms. */
  ms: number;
  /** By ascending event; the start of the run is no checkpoint and needs none. */
  checkpoints: Place[];
  /** Frames of events that were passed lately: stepping back mostly finds its frame here. */
  frames: Map<number, Frame>;
  readonly machines: MachineTable;
  readonly checks: readonly Check[];
}

/** Events that are run in one go; some take ten thousand times as long as others. */
const STRIDE = 250;
/** Running from one checkpoint to the next takes so long at least; making one takes one or two. */
const GAP_MS = 30;
/** Far from what is looked at and from the newest, gaps grow to this part of the distance. */
const GAP_PART = 1 / 8;
/** Frames made on the way to an older event: so many steps back cost nothing. */
const FRAMES_BEHIND = 48;
const FRAMES_MAX = 240;

export function startShadow(
  config: WorldConfig,
  machines: MachineTable,
  checks: readonly Check[],
): Shadow {
  const run = startRun(config, machines, { project: true, checks });
  return { run, ms: 0, checkpoints: [], frames: new Map(), machines, checks };
}

/** The frame after `event` events and the commands given there; `event` is before the newest. */
export function frameAt(shadow: Shadow, live: Followed, event: number): Frame {
  const known = shadow.frames.get(event);
  return known ?? soundly(shadow, live, () => lookFor(shadow, live, event));
}

/** The process as it is after `event` events; undefined when it does not live then. Not to be advanced. */
export function shellAt(
  shadow: Shadow,
  live: Followed,
  event: number,
  name: ProcessName,
): ProcessShell | undefined {
  soundly(shadow, live, () => {
    if (event < shadow.run.world.events) goBack(shadow, live, event);
    goForward(shadow, live, event);
  });
  return shadow.run.shells[name];
}

/** A run that broke half-way through an event shows nothing true any more: the next look begins anew. */
function soundly<T>(shadow: Shadow, live: Followed, look: () => T): T {
  let isSound = false;
  try {
    const found = look();
    isSound = true;
    return found;
  } finally {
    if (!isSound) {
      const { checks, machines } = shadow;
      shadow.run = startRun(live.config, machines, { project: true, checks });
      shadow.ms = 0;
    }
  }
}

function lookFor(shadow: Shadow, live: Followed, event: number): Frame {
  // Where events take long fewer frames will do: what lies two checkpoints back has been long enough ago.
  const [, farther] = newestTwo(shadow.checkpoints, event);
  const slowFrom = Math.max(farther?.event ?? 0, event - FRAMES_BEHIND);
  if (event < shadow.run.world.events) {
    goBack(shadow, live, slowFrom);
    goForward(shadow, live, slowFrom);
    while (shadow.run.world.events < event) {
      keepFrame(shadow);
      goForward(shadow, live, shadow.run.world.events + 1);
    }
  } else goForward(shadow, live, event);
  return keepFrame(shadow);
}

/**
 * Goes after the live run for about so many ms, as far as the event before its newest. True
 * when it is there: then the first step back costs no more than any other.
 */
export function followLive(shadow: Shadow, live: Followed, newest: number, ms: number): boolean {
  const { world } = shadow.run;
  const until = performance.now() + ms;
  while (world.events < newest - 1 && performance.now() < until) {
    const goal = Math.min(world.events + STRIDE, newest - 1);
    soundly(shadow, live, () => goForward(shadow, live, goal));
  }
  return world.events >= newest - 1;
}

function keepFrame(shadow: Shadow): Frame {
  const frame = frameOf(shadow.run);
  const { frames } = shadow;
  frames.set(frame.event, frame);
  if (frames.size > FRAMES_MAX) frames.delete(frames.keys().next().value as number);
  return frame;
}

/** To the newest checkpoint that is not behind `event`. */
function goBack(shadow: Shadow, live: Followed, event: number): void {
  const { checks, machines } = shadow;
  const options = { project: true, checks };
  const checkpoint = newestOf(shadow.checkpoints, (c) => c.event <= event);
  shadow.run =
    checkpoint === undefined
      ? startRun(live.config, machines, options)
      : runOfCheckpoint(checkpoint, machines, options);
  shadow.ms = checkpoint?.ms ?? 0;
}

/** Commands given at `event` included. */
function goForward(shadow: Shadow, live: Followed, event: number): void {
  const { run } = shadow;
  for (;;) {
    const next = live.commands[run.world.commands.length];
    if (next === undefined || next.event > event) break;
    goTo(shadow, live, next.event);
    runTo(run, next.at, next.event);
    assert(order(run, next.command) === undefined, 'a command is taken again in a replay');
  }
  goTo(shadow, live, event);
}

/** Without commands in between: by windows as far as marks lead, then by single events. */
function goTo(shadow: Shadow, live: Followed, event: number): void {
  const { run } = shadow;
  const { world } = run;
  while (world.events < event) {
    const since = performance.now();
    const chunk = Math.min(event, world.events + STRIDE);
    const mark = newestOf(
      live.marks,
      (m) => m.events <= chunk && m.commands === world.commands.length,
    );
    if (mark !== undefined && mark.events > world.events) {
      runBelow(run, mark.below);
      assert(world.events === mark.events, 'a replay comes to the same marks');
    } else {
      const wanted = chunk - world.events;
      assert(runEvents(run, wanted) === wanted, 'a replay has as many events');
    }
    shadow.ms += performance.now() - since;
    maybeCheckpoint(shadow);
  }
}

function maybeCheckpoint(shadow: Shadow): void {
  const { checkpoints, run, ms } = shadow;
  const event = run.world.events;
  const before = newestOf(checkpoints, (c) => c.event <= event);
  if (ms - (before?.ms ?? 0) < GAP_MS) return;
  checkpoints.push({ ...takeCheckpoint(run), ms });
  checkpoints.sort((x, y) => x.event - y.event);
  shadow.checkpoints = thinnedOut(checkpoints, ms);
}

/** Close together around `ms` and before the newest, farther apart elsewhere: some dozens for any run. */
function thinnedOut(checkpoints: readonly Place[], ms: number): Place[] {
  const newest = (checkpoints.at(-1) as Place).ms;
  const kept: Place[] = [];
  for (const [i, place] of checkpoints.entries()) {
    const gap = (checkpoints[i + 1]?.ms ?? newest) - (kept.at(-1)?.ms ?? 0);
    const distance = Math.min(newest - place.ms, Math.abs(place.ms - ms));
    if (gap > distance * GAP_PART || place.ms === newest) kept.push(place);
  }
  return kept;
}

function newestTwo(checkpoints: readonly Place[], event: number): (Place | undefined)[] {
  const before = checkpoints.filter((place) => place.event < event);
  return [before.at(-1), before.at(-2)];
}

function newestOf<T>(list: readonly T[], isFit: (item: T) => boolean): T | undefined {
  for (let i = list.length - 1; i >= 0; i -= 1) if (isFit(list[i] as T)) return list[i];
  return undefined;
}
