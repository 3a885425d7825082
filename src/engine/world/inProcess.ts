/**
 * A run of the real machines in this thread: the door for programs and tests.
 * `runUntil`, `stepEvent`, `order`... work on what `createRun` or `replay` return.
 */
import type { Recording, WorldConfig } from '../../bridge/recording';
import { type DriverOptions, type ReplayGoal, replayInto, type Run, startRun } from './driver';
import { MACHINES } from './machines';

export {
  frameOf,
  order,
  recordingOf,
  ReplayError,
  type Run,
  runEvents,
  runUntil,
  runWhile,
  stepEvent,
} from './driver';
export { fingerprintOf } from './worldFrame';

/** A run at virtual time 0, before its first event. */
export function createRun(config: WorldConfig, options: DriverOptions = {}): Run {
  return startRun(config, MACHINES, options);
}

/** The other name of `order`: carries a command out; undefined, or why it was refused. */
export { order as command } from './driver';

/** Runs a recording again, to its end or to an event. Throws a ReplayError; see `replayInto`. */
export function replay(recording: Recording, options: DriverOptions & ReplayGoal = {}): Run {
  const run = createRun(recording.config, options);
  replayInto(run, recording, options);
  return run;
}
