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
import {
  frameOf,
  order,
  type Run,
  runBelow,
  runEvents,
  runFrom,
  runTo,
  type RunState,
  startRun,
  stateOf,
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

interface Checkpoint {
  event: number;
  state: RunState;
}

export interface Shadow {
  run: Run;
  /** By ascending event; the start of the run is no checkpoint and needs none. */
  checkpoints: Checkpoint[];
  /** Events between two checkpoints, at least. */
  stride: number;
  /** Frames of events that were passed lately: stepping back mostly finds its frame here. */
  frames: Map<number, Frame>;
  readonly machines: MachineTable;
  readonly checks: readonly Check[];
}

/** A clone of a run costs some ten milliseconds, as much as some thousand events. */
const STRIDE = 4000;
const CHECKPOINTS_MAX = 16;
/** Frames made on the way to an older event: so many steps back cost nothing. */
const FRAMES_BEHIND = 48;
const FRAMES_MAX = 240;

export function startShadow(
  config: WorldConfig,
  machines: MachineTable,
  checks: readonly Check[],
): Shadow {
  const run = startRun(config, machines, { project: true, checks });
  return { run, checkpoints: [], stride: STRIDE, frames: new Map(), machines, checks };
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
    }
  }
}

function lookFor(shadow: Shadow, live: Followed, event: number): Frame {
  const slowFrom = Math.max(0, event - FRAMES_BEHIND);
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
 * Goes some events after the live run, as far as the event before its newest. True
 * when it is there: then the first step back costs no more than any other.
 */
export function followLive(
  shadow: Shadow,
  live: Followed,
  newest: number,
  events: number,
): boolean {
  const { world } = shadow.run;
  const goal = Math.min(world.events + events, newest - 1);
  if (goal > world.events) soundly(shadow, live, () => goForward(shadow, live, goal));
  return shadow.run.world.events >= newest - 1;
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
      : runFrom(structuredClone(checkpoint.state), machines, options);
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
    const chunk = Math.min(event, world.events + shadow.stride);
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
    maybeCheckpoint(shadow);
  }
}

function maybeCheckpoint(shadow: Shadow): void {
  const { checkpoints, run } = shadow;
  const event = run.world.events;
  const before = newestOf(checkpoints, (c) => c.event <= event)?.event ?? 0;
  if (event - before < shadow.stride) return;
  const state = structuredClone(stateOf(run));
  checkpoints.push({ event, state });
  checkpoints.sort((x, y) => x.event - y.event);
  if (checkpoints.length <= CHECKPOINTS_MAX) return;
  // Under long runs they are thinned out: every second one goes.
  shadow.stride *= 2;
  shadow.checkpoints = checkpoints.filter((_, i) => i % 2 === 1);
}

function newestOf<T>(list: readonly T[], isFit: (item: T) => boolean): T | undefined {
  for (let i = list.length - 1; i >= 0; i -= 1) if (isFit(list[i] as T)) return list[i];
  return undefined;
}
