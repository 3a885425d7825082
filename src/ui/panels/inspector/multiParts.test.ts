import { expect, test } from 'vitest';
import type { TraceId } from '../../../base/traceId';
import type { RequestRef, TraceEntry } from '../../../bridge/traceEntry';
import { frame, log, request, SESSIONS, server } from '../stage/fixtures/build';
import { clientName } from '../../../bridge/names';
import { multiParts } from './multiParts';

const REF: RequestRef = { sessionId: SESSIONS['a']!, cxid: 7, op: 'multi' };

function entry(event: number, detail: Record<string, string>): TraceEntry {
  return {
    id: event as TraceId,
    at: event,
    process: clientName('a'),
    type: 'send',
    head: true,
    event,
    request: REF,
    detail,
  };
}

const SENT = entry(3, { ops: 'create /a b\ncheck /c\nsetData /d' });
const REPLIED = entry(9, { results: 'OK\nBADVERSION\nRUNTIMEINCONSISTENCY' });

test('what was asked and what became of it are read off the trace', () => {
  expect(multiParts([SENT, REPLIED], frame([], { event: 9 }), REF)).toEqual([
    { op: 'create', path: '/a b', err: 'OK' },
    { op: 'check', path: '/c', err: 'BADVERSION' },
    { op: 'setData', path: '/d', err: 'RUNTIMEINCONSISTENCY' },
  ]);
});

test('looking back, only what had happened by then', () => {
  const parts = multiParts([SENT, REPLIED], frame([], { event: 5 }), REF);
  expect(parts.map(({ err }) => err)).toEqual([undefined, undefined, undefined]);
});

test('without its trace, as the log of a server has it', () => {
  const known = log(1);
  known.records[0]!.request = {
    ...request('a', 7, 'multi', ''),
    ops: [{ op: 'create', path: '/a', err: 'OK' }],
  };
  expect(multiParts([], frame([server(1, [known])]), REF)).toEqual([
    { op: 'create', path: '/a', err: 'OK' },
  ]);
});

test('another request has no parts', () => {
  expect(multiParts([SENT], frame([]), { ...REF, op: 'create' })).toEqual([]);
  expect(multiParts([SENT], frame([]), { ...REF, cxid: 8 })).toEqual([]);
});
