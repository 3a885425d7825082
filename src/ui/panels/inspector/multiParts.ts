/**
 * The parts of a multi and what became of each: from the trace, where the client sent it and where the reply
 * came; else from what a server still shows of it (its log keeps the newest).
 */
import type { Frame, OpView, RequestView } from '../../../bridge/frame';
import type { RequestRef, TraceEntry } from '../../../bridge/traceEntry';
import { ERROR_CODES, type ErrorName } from '../../../zk/errorCode';
import { OP_CODES, type OpName } from '../../../zk/opCode';
import { sectionOf, serverOf, serversOf } from '../../parts/sections';

/** Empty for a request without parts. */
export function multiParts(
  trace: readonly TraceEntry[],
  frame: Frame,
  request: RequestRef,
): readonly OpView[] {
  if (request.op !== 'multi' && request.op !== 'multiRead') return [];
  const shown = shownParts(frame, request);
  const asked = detailOf(trace, request, 'ops', frame.event)?.split('\n') ?? [];
  const results = detailOf(trace, request, 'results', frame.event)?.split('\n') ?? [];
  if (asked.length === 0) return shown;
  return asked.map((line, i) => partOf(line, results[i] ?? shown[i]?.err));
}

function partOf(line: string, err: string | undefined): OpView {
  const [op = ''] = line.split(' ', 1);
  const path = line.slice(op.length + 1);
  return {
    op: (op in OP_CODES ? op : 'raw') as OpName,
    ...(path === '' ? {} : { path }),
    ...(err !== undefined && err in ERROR_CODES ? { err: err as ErrorName } : {}),
  };
}

/** The field of the first entry about the request that has it, among the events that are shown. */
function detailOf(
  trace: readonly TraceEntry[],
  { sessionId, cxid }: RequestRef,
  field: string,
  event: number,
): string | undefined {
  let current = 0;
  for (const entry of trace) {
    if (entry.event !== undefined) current = entry.event;
    if (current > event) return undefined;
    const value = entry.detail?.[field];
    if (typeof value !== 'string' || entry.request === undefined) continue;
    if (entry.request.cxid === cxid && entry.request.sessionId === sessionId) return value;
  }
  return undefined;
}

/** The sight of the request that knows most. */
function shownParts(frame: Frame, { sessionId, cxid }: RequestRef): readonly OpView[] {
  let best: readonly OpView[] = [];
  for (const view of sights(frame)) {
    if (view.ops === undefined || view.cxid !== cxid || view.sessionId !== sessionId) continue;
    if (known(view.ops) >= known(best)) best = view.ops;
  }
  return best;
}

function known(ops: readonly OpView[]): number {
  return ops.filter(({ err }) => err !== undefined).length + (ops.length > 0 ? 1 : 0);
}

function* sights(frame: Frame): Generator<RequestView> {
  for (const sid of serversOf(frame)) {
    const process = serverOf(frame, sid);
    for (const { request } of sectionOf(process, 'log', 'log')?.records ?? []) yield request;
    for (const { request } of sectionOf(process, 'ledger', 'ledger')?.rows ?? []) yield request;
  }
  for (const { request } of frame.messages) if (request !== undefined) yield request;
}
