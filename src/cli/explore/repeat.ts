/**
 * The same inputs once more: by windows, event by event, and through clones of
 * the state as into a worker. Each must leave the same fingerprint; and the
 * servers at the end must be equal.
 */
import { runFrom, runTo, stateOf } from '../../engine/world/driver';
import {
  createRun,
  frameOf,
  order,
  recordingOf,
  replay,
  stepEvent,
  type Run,
} from '../../engine/world/inProcess';
import type { Recording } from '../../bridge/recording';
import { compareServers } from './rest';

/** Commands between two forks of a run that is repeated. */
const FORK_EVERY = 12;

/** What went wrong with a seed. */
export interface SeedProblem {
  check: string;
  event: number;
  explanation: string;
}

/** The inputs alone give the same run again, however it is driven; and the servers at its end are equal. */
export function repeat(recording: Recording): SeedProblem | undefined {
  const windows = replay(recording, { project: true });
  const fingerprint = recordingOf(windows).fingerprint;
  if (fingerprint !== recording.fingerprint) return differs('by windows', fingerprint, recording);
  const difference = compareServers(frameOf(windows));
  if (difference !== undefined) {
    return { check: 'EqualAtRest', event: recording.events, explanation: difference };
  }
  const single = recordingOf(replayByEvents(recording)).fingerprint;
  if (single !== recording.fingerprint) return differs('event by event', single, recording);
  const forked = recordingOf(replayByForks(recording)).fingerprint;
  if (forked !== recording.fingerprint) return differs('by forks', forked, recording);
  return undefined;
}

function differs(how: string, found: string, recording: Recording): SeedProblem {
  return {
    check: 'Fingerprint',
    event: recording.events,
    explanation: `run again ${how} it is ${found}, not ${recording.fingerprint}`,
  };
}

/** The same commands at the same points, with one event at a time between them. */
export function replayByEvents(recording: Recording): Run {
  const run = createRun(recording.config);
  for (const { at, event, command } of recording.commands) {
    stepTo(run, event, at);
    order(run, command);
  }
  stepTo(run, recording.events, recording.at);
  return run;
}

/** By windows, but from time to time the whole state goes through a structured clone, as into a worker. */
function replayByForks(recording: Recording): Run {
  let run = createRun(recording.config);
  for (const [i, { at, event, command }] of recording.commands.entries()) {
    runTo(run, at, event);
    if (i % FORK_EVERY === 0) run = runFrom(structuredClone(stateOf(run)), run.machines, {});
    order(run, command);
  }
  runTo(run, recording.at, recording.events);
  return run;
}

function stepTo(run: Run, events: number, at: number): void {
  while (run.world.events < events && stepEvent(run).length > 0);
  // Nothing is left to happen below `at`: this only moves the playhead.
  runTo(run, at, events);
}
