/** Frames and entries with only what a test is about. */
import type { Frame } from '../bridge/frame';
import type { TraceEntry } from '../bridge/traceEntry';

/** What is left out is empty; `fields` may be as bare as the test allows. */
export function emptyFrame(fields: Record<string, unknown> = {}): Frame {
  const frame = {
    event: 0,
    lastEvent: 0,
    at: 0,
    processes: {},
    messages: [],
    links: [],
    connections: [],
    checks: [],
    fingerprint: '00000000',
    ...fields,
  };
  return frame as unknown as Frame;
}

export function entryOf(fields: Record<string, unknown>): TraceEntry {
  return { id: 1, at: 0, process: '1', ...fields } as unknown as TraceEntry;
}
