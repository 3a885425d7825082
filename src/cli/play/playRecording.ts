/** Runs a recording to its end, with all checks on. */
import type { CheckView } from '../../bridge/frame';
import type { Recording } from '../../bridge/recording';
import type { TraceEntry } from '../../bridge/traceEntry';
import { feedChecks, startChecks, viewChecks } from '../../engine/checks/runner';
import { recordingOf, replay } from '../../engine/world/inProcess';

export interface Played {
  events: number;
  /** Virtual microseconds. */
  at: number;
  fingerprint: string;
  checks: CheckView[];
}

export function playRecording(
  recording: Recording,
  onTrace: (entries: readonly TraceEntry[]) => void,
): Played {
  const checks = startChecks(recording.config);
  const run = replay(recording, {
    onTrace: (entries) => {
      feedChecks(checks, entries);
      onTrace(entries);
    },
  });
  const { events, at, fingerprint } = recordingOf(run);
  return { events, at, fingerprint, checks: viewChecks(checks) };
}
