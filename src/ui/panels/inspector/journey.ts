/**
 * The journey of a request through the ensemble: every event about it, numbered
 * by causal depth, so that events which could happen at once carry one number.
 */
import type { TraceId } from '../../../base/traceId';
import type { ProcessName } from '../../../bridge/names';
import type { RequestRef, TraceEntry } from '../../../bridge/traceEntry';
import type { Zxid } from '../../../zk/ids';

export interface JourneyStep {
  /** 1 for the beginning; one more than that of the step that led to it. */
  depth: number;
  process: ProcessName;
  /** Virtual time, us. */
  at: number;
  /** Global number of the event; undefined while it is not merged. */
  event?: number;
  head: TraceEntry;
  /** What the event led to, as far as it is about this request. */
  results: readonly TraceEntry[];
}

export interface Journey {
  /** In total order. */
  steps: readonly JourneyStep[];
  /** Once it became a transaction. */
  zxid?: Zxid;
  /** Virtual time from the first to the last step, us. */
  took: number;
}

/** `trace`: all entries kept, in total order. */
export function journeyOf(trace: readonly TraceEntry[], request: RequestRef): Journey {
  const isNamed = (entry: TraceEntry) =>
    entry.request !== undefined &&
    entry.request.cxid === request.cxid &&
    entry.request.sessionId === request.sessionId;
  const first = trace.findIndex(isNamed);
  if (first < 0) return { steps: [], took: 0 };
  const zxid = zxidOf(trace, first, isNamed);
  const isAbout = (entry: TraceEntry) =>
    isNamed(entry) || (entry.request === undefined && zxid !== undefined && entry.zxid === zxid);

  const steps: JourneyStep[] = [];
  const causes = new Map<TraceId, TraceId | undefined>();
  const depths = new Map<TraceId, number>();
  for (const event of eventsFrom(trace, headBefore(trace, first))) {
    const [head, ...rest] = event;
    if (head === undefined) continue;
    for (const entry of event) causes.set(entry.id, entry.cause);
    const results = rest.filter(isAbout);
    if (!isAbout(head) && results.length === 0) continue;
    if (head.idle && results.length === 0) continue;
    const depth = 1 + depthOfCause(head.cause, causes, depths);
    for (const entry of event) depths.set(entry.id, depth);
    steps.push({
      depth,
      process: head.process,
      at: head.at,
      ...(head.event === undefined ? {} : { event: head.event }),
      head,
      results,
    });
  }
  return {
    steps,
    ...(zxid === undefined ? {} : { zxid }),
    took: (steps.at(-1)?.at ?? 0) - (steps[0]?.at ?? 0),
  };
}

/** The zxid under which it was proposed; a zxid that an entry merely saw (of a read) is not one. */
function zxidOf(
  trace: readonly TraceEntry[],
  first: number,
  isNamed: (entry: TraceEntry) => boolean,
): Zxid | undefined {
  for (let i = first; i < trace.length; i += 1) {
    const entry = trace[i] as TraceEntry;
    const isTxn = entry.type === 'propose' || entry.type === 'append' || entry.type === 'commit';
    if (isTxn && isNamed(entry)) return entry.zxid;
  }
  return undefined;
}

/** Index of the head of the event in which entry `index` stands. */
function headBefore(trace: readonly TraceEntry[], index: number): number {
  let i = index;
  while (i > 0 && !trace[i]?.head) i -= 1;
  return i;
}

function* eventsFrom(trace: readonly TraceEntry[], start: number): Generator<TraceEntry[]> {
  let event: TraceEntry[] = [];
  for (let i = start; i < trace.length; i += 1) {
    const entry = trace[i] as TraceEntry;
    if (entry.head && event.length > 0) {
      yield event;
      event = [];
    }
    event.push(entry);
  }
  if (event.length > 0) yield event;
}

/** Depth of the nearest ancestor that is a step; 0 when there is none. */
function depthOfCause(
  cause: TraceId | undefined,
  causes: ReadonlyMap<TraceId, TraceId | undefined>,
  depths: ReadonlyMap<TraceId, number>,
): number {
  let id = cause;
  while (id !== undefined) {
    const depth = depths.get(id);
    if (depth !== undefined) return depth;
    id = causes.get(id);
  }
  return 0;
}
