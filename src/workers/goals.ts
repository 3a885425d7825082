/** When a goal is reached, read from the trace event by event. */
import type { Goal } from '../bridge/host';
import { isServer } from '../bridge/names';
import type { RequestRef, TraceEntry } from '../bridge/traceEntry';

/** Goals that are reached by the entries of one event. */
export type TraceGoal = Extract<Goal, { type: 'shown' | 'commit' | 'election' | 'stage' }>;

/** Says of the entries of each event in turn, in order, whether the goal is reached by it. */
export type Reached = (entries: readonly TraceEntry[]) => boolean;

/** `past`: what has been written already, for goals that go on from there; `voters`: size of the ensemble. */
export function reachedBy(goal: TraceGoal, past: readonly TraceEntry[], voters: number): Reached {
  switch (goal.type) {
    case 'shown': {
      const all = goal.showIdle === true;
      return (entries) => all || entries[0]?.idle !== true;
    }
    case 'commit':
      return (entries) => entries.some((entry) => entry.type === 'commit');
    case 'election':
      return (entries) => entries.some((entry) => entry.type === 'established');
    case 'stage':
      return stageReached(goal.request, past, voters);
  }
}

const STAGES = {
  sent: 1,
  received: 2,
  forwarded: 3,
  proposed: 4,
  logged: 5,
  committed: 6,
  applied: 7,
  replied: 8,
};

interface Progress {
  request: RequestRef;
  stage: number;
  /** Servers that have it on disk and said so. */
  acks: string[];
}

function stageReached(
  wanted: RequestRef | undefined,
  past: readonly TraceEntry[],
  voters: number,
): Reached {
  const request = wanted ?? newestRequest(past);
  let progress: Progress | undefined;
  if (request !== undefined) {
    progress = { request, stage: 0, acks: [] };
    for (const entry of past) follow(progress, entry, voters);
    // Without a request of the user's own, a finished one gives way to the next that is sent.
    if (wanted === undefined && progress.stage === STAGES.replied) progress = undefined;
  }
  return (entries) => {
    for (const entry of entries) {
      if (progress === undefined && isSent(entry)) {
        progress = { request: entry.request as RequestRef, stage: 0, acks: [] };
      }
      if (progress !== undefined && follow(progress, entry, voters)) return true;
    }
    return false;
  };
}

/** True when the entry brings the request to a later stage. */
function follow(progress: Progress, entry: TraceEntry, voters: number): boolean {
  const { request } = entry;
  if (request === undefined || entry.idle === true) return false;
  if (request.cxid !== progress.request.cxid) return false;
  if (request.sessionId !== progress.request.sessionId) return false;
  const stage = stageOf(progress, entry, voters);
  if (stage <= progress.stage) return false;
  progress.stage = stage;
  return true;
}

/** Stage that the entry shows; 0 for none. */
function stageOf(progress: Progress, entry: TraceEntry, voters: number): number {
  switch (entry.type) {
    case 'send':
      return entry.kind !== 'REQUEST'
        ? 0
        : entry.channel === 'client'
          ? STAGES.sent
          : STAGES.forwarded;
    case 'deliver':
      if (entry.kind === 'REPLY') return STAGES.replied;
      return entry.kind === 'REQUEST' && isServer(entry.process) ? STAGES.received : 0;
    case 'propose':
      return STAGES.proposed;
    case 'ack':
      if (!progress.acks.includes(entry.process)) progress.acks.push(entry.process);
      return progress.acks.length * 2 > voters ? STAGES.logged : 0;
    case 'commit':
      return STAGES.committed;
    case 'apply':
      return STAGES.applied;
    default:
      return 0;
  }
}

function isSent(entry: TraceEntry): boolean {
  return (
    entry.type === 'send' &&
    entry.kind === 'REQUEST' &&
    entry.channel === 'client' &&
    entry.idle !== true &&
    entry.request !== undefined
  );
}

function newestRequest(past: readonly TraceEntry[]): RequestRef | undefined {
  for (let i = past.length - 1; i >= 0; i -= 1) {
    const entry = past[i] as TraceEntry;
    if (isSent(entry)) return entry.request;
  }
  return undefined;
}
