/**
 * What the tape draws, gathered from the trace once and then only continued: a
 * mark per message, per fault, per election. Times are virtual microseconds.
 */
import { processIndex, type ProcessName } from '../../../bridge/names';
import type { TraceEntry } from '../../../bridge/traceEntry';
import { entriesSince, type RunTrace } from '../../store/runTrace';

export interface MessageMark {
  from: ProcessName;
  to: ProcessName;
  kind: string;
  /** Id of its `send` entry. */
  sent: number;
  sentAt: number;
  /** Undefined while it is under way, and for ever when its connection ended before. */
  arrivedAt?: number;
}

export interface FaultMark {
  process: ProcessName;
  at: number;
  /** `down` ends a lane, `up` begins it anew, `order` is any other order of the user. */
  what: 'down' | 'up' | 'order';
}

/** A stretch in which a server looks for a leader; `to` undefined: it still does. */
export interface ElectionMark {
  process: ProcessName;
  from: number;
  to?: number;
}

export interface TapeModel {
  messages: MessageMark[];
  /** Messages under way: id of the `send` entry to index in `messages`. */
  open: Map<number, number>;
  faults: FaultMark[];
  elections: ElectionMark[];
  /** Times of shown events, ascending. */
  times: number[];
  /** Processes in the order of the lanes. */
  lanes: ProcessName[];
  /** How many entries of the run have been read. */
  read: number;
  source: RunTrace | undefined;
}

export function emptyTape(): TapeModel {
  return {
    messages: [],
    open: new Map(),
    faults: [],
    elections: [],
    times: [],
    lanes: [],
    read: 0,
    source: undefined,
  };
}

/** Reads on where it stopped; begins anew for another run. Returns the tape to use from now on. */
export function readTape(tape: TapeModel, trace: RunTrace): TapeModel {
  const model = tape.source === trace ? tape : emptyTape();
  model.source = trace;
  for (const entry of entriesSince(trace, model.read)) readEntry(model, entry);
  model.read = trace.taken;
  return model;
}

function readEntry(model: TapeModel, entry: TraceEntry): void {
  const { type, process, at } = entry;
  if (entry.head && !entry.idle) model.times.push(at);
  if (!model.lanes.includes(process) && !process.startsWith('probe ')) {
    model.lanes.push(process);
    model.lanes.sort((a, b) => processIndex(a) - processIndex(b));
  }
  switch (type) {
    case 'send':
      if (entry.idle || entry.peer === undefined) return;
      model.open.set(entry.id, model.messages.length);
      model.messages.push({
        from: process,
        to: entry.peer,
        kind: entry.kind ?? '',
        sent: entry.id,
        sentAt: at,
      });
      return;
    case 'deliver': {
      const index = entry.cause === undefined ? undefined : model.open.get(entry.cause);
      if (index === undefined || entry.cause === undefined) return;
      model.open.delete(entry.cause);
      const mark = model.messages[index];
      if (mark !== undefined) mark.arrivedAt = at;
      return;
    }
    case 'serverState':
      readServerState(model, entry);
      return;
    case 'start':
      // All start at 0; who starts later was started by a person.
      if (at > 0) model.faults.push({ process, at, what: 'up' });
      return;
    case 'exit':
      model.faults.push({ process, at, what: 'down' });
      endElection(model, process, at);
      return;
    case 'command':
      readOrder(model, entry);
      return;
    default:
  }
}

function readServerState(model: TapeModel, { process, at, name }: TraceEntry): void {
  if (name === 'LOOKING') {
    if (!model.elections.some((e) => e.process === process && e.to === undefined)) {
      model.elections.push({ process, from: at });
    }
  } else endElection(model, process, at);
}

function endElection(model: TapeModel, process: ProcessName, at: number): void {
  const open = model.elections.find((e) => e.process === process && e.to === undefined);
  if (open !== undefined) open.to = at;
}

/** What a user types at a console is no fault. */
function readOrder(model: TapeModel, entry: TraceEntry): void {
  const { process, at, name } = entry;
  if (name === 'console' || name === 'zk' || name === 'probe') return;
  if (name === 'crash') {
    model.faults.push({ process, at, what: 'down' });
    endElection(model, process, at);
  } else model.faults.push({ process, at, what: 'order' });
}
