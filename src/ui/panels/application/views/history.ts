/**
 * What the trace says of the application's past: when a process stood still or crashed, what it wrote down, and
 * which requests were about which task. Read once and continued, as the tape is.
 */
import type { AppTraceName } from '../../../../bridge/app';
import type { ProcessName } from '../../../../bridge/names';
import type { RequestRef, TraceEntry } from '../../../../bridge/traceEntry';
import type { SessionId, Zxid } from '../../../../zk/ids';
import { isWriteOp } from '../../../../zk/opCode';
import { entriesSince, type RunTrace } from '../../../store/runTrace';
import { taskOfPath } from './taskPaths';

/** A moment in the life of a process. */
export interface Moment {
  /** Virtual us. */
  at: number;
  what: 'pause' | 'resume' | 'crash' | 'start';
}

export interface Word {
  at: number;
  name: AppTraceName;
  detail: NonNullable<TraceEntry['detail']>;
}

/** A write about a task, as it was ordered by a process of the run. */
export interface TaskRequest {
  request: RequestRef;
  by: ProcessName;
  at: number;
  /** What it does to the task: `create /tasks/task-3`; of a multi each part that is about it. */
  lines: readonly string[];
}

export interface AppHistory {
  moments: Record<ProcessName, Moment[]>;
  words: Record<ProcessName, Word[]>;
  /** By name of the task, oldest first. */
  requests: Record<string, TaskRequest[]>;
  /** By `<session>.<cxid>`: the zxid under which it was proposed, and what became of it where it was applied. */
  txns: Record<string, { zxid: Zxid; err?: string; at: number }>;
  /** When the end of a session was applied first, virtual us. */
  ended: Record<SessionId, number>;
  /** How many entries of the run have been read. */
  read: number;
  source: RunTrace | undefined;
}

export function emptyHistory(): AppHistory {
  return {
    moments: {},
    words: {},
    requests: {},
    txns: {},
    ended: {},
    read: 0,
    source: undefined,
  };
}

/** Reads on where it stopped; begins anew for another run. Returns the history to use from now on. */
export function readHistory(history: AppHistory, trace: RunTrace): AppHistory {
  const model = history.source === trace ? history : emptyHistory();
  model.source = trace;
  for (const entry of entriesSince(trace, model.read)) readEntry(model, entry);
  model.read = trace.taken;
  return model;
}

function readEntry(model: AppHistory, entry: TraceEntry): void {
  const { type, process, at, name } = entry;
  switch (type) {
    case 'start':
      push(model.moments, process, { at, what: 'start' });
      return;
    case 'command':
      if (name === 'pause' || name === 'resume' || name === 'crash') {
        push(model.moments, process, { at, what: name });
      }
      return;
    case 'app':
      push(model.words, process, {
        at,
        name: name as AppTraceName,
        detail: entry.detail ?? {},
      });
      return;
    case 'send':
      if (entry.kind === 'REQUEST' && entry.channel === 'client') readRequest(model, entry);
      return;
    case 'propose':
    case 'apply':
      readTxn(model, entry);
      return;
    default:
  }
}

function push<T>(lists: Record<string, T[]>, key: string, item: T): void {
  lists[key] ??= [];
  lists[key].push(item);
}

/** A client sends it: of a multi the entry's detail has a line for each part. */
function readRequest(model: AppHistory, entry: TraceEntry): void {
  const { request, process: by, at } = entry;
  if (request === undefined || entry.idle === true || !isWriteOp(request.op)) return;
  const ops = String(entry.detail?.['ops'] ?? `${request.op} ${request.path ?? ''}`).split('\n');
  const byTask = new Map<string, string[]>();
  for (const line of ops) {
    const task = taskOfPath(line.slice(line.indexOf(' ') + 1));
    if (task !== undefined) byTask.set(task, [...(byTask.get(task) ?? []), line]);
  }
  for (const [task, lines] of byTask) push(model.requests, task, { request, by, at, lines });
}

/** Of a sequential create only the followers' entries have the path with its number. */
function readTxn(model: AppHistory, entry: TraceEntry): void {
  const { request, zxid, err, at } = entry;
  if (request === undefined || zxid === undefined) return;
  const key = keyOf(request);
  const known = model.txns[key];
  if (known === undefined) model.txns[key] = { zxid, at };
  if (entry.type !== 'apply') return;
  const txn = model.txns[key];
  if (txn !== undefined && txn.err === undefined) txn.err = err ?? 'OK';
  if (request.op === 'closeSession') model.ended[request.sessionId] ??= at;
  const task = request.op.startsWith('create') ? taskOfPath(request.path) : undefined;
  if (task === undefined || !/-\d{10}$/.test(task)) return;
  const isKnown = (model.requests[task] ?? []).some((one) => keyOf(one.request) === key);
  const asked = (model.requests[task.replace(/\d{10}$/, '')] ?? []).find(
    (one) => keyOf(one.request) === key,
  );
  if (isKnown || asked === undefined) return;
  const line = `${request.op} ${request.path ?? ''}`;
  model.requests[task] = [{ ...asked, lines: [line] }, ...(model.requests[task] ?? [])];
}

export function keyOf({ sessionId, cxid }: Pick<RequestRef, 'sessionId' | 'cxid'>): string {
  return `${sessionId}.${cxid}`;
}

/** The last of `items` at or before `at`. */
export function lastAt<T extends { at: number }>(
  items: readonly T[] | undefined,
  at: number,
  is: (item: T) => boolean = () => true,
): T | undefined {
  if (items === undefined) return undefined;
  for (let i = items.length - 1; i >= 0; i -= 1) {
    const item = items[i] as T;
    if (item.at <= at && is(item)) return item;
  }
  return undefined;
}

/** How long the process has stood still, or stood still before it went on last, virtual us. */
export function pauseOf(
  history: AppHistory,
  process: ProcessName,
  at: number,
): { ms: number; isOver: boolean; overSince: number } | undefined {
  const moments = history.moments[process];
  const resumed = lastAt(moments, at, ({ what }) => what === 'resume');
  const began = lastAt(moments, resumed?.at ?? at, ({ what }) => what === 'pause');
  const newer = lastAt(moments, at, ({ what }) => what === 'pause');
  const crashed = lastAt(moments, at, ({ what }) => what === 'crash' || what === 'start');
  if (newer !== undefined && (resumed === undefined || newer.at > resumed.at)) {
    if (crashed !== undefined && crashed.at > newer.at) return undefined;
    return { ms: (at - newer.at) / 1000, isOver: false, overSince: 0 };
  }
  if (began === undefined || resumed === undefined) return undefined;
  if (crashed !== undefined && crashed.at > resumed.at) return undefined;
  return {
    ms: (resumed.at - began.at) / 1000,
    isOver: true,
    overSince: (at - resumed.at) / 1000,
  };
}

/** Writes about a task up to `at`, each with its zxid and what became of it as far as is known. */
export function requestsOf(
  history: AppHistory,
  task: string,
  at: number,
): readonly (TaskRequest & { zxid?: Zxid; err?: string })[] {
  return (history.requests[task] ?? [])
    .filter((one) => one.at <= at)
    .map((one) => {
      const txn = history.txns[keyOf(one.request)];
      return txn === undefined || txn.at > at
        ? one
        : { ...one, zxid: txn.zxid, ...(txn.err === undefined ? {} : { err: txn.err }) };
    });
}
