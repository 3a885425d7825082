import { describe, expect, test } from 'vitest';
import type { Frame, RequestView, Section } from '../../bridge/frame';
import type { ProcessName } from '../../bridge/names';
import type { SessionId } from '../../zk/ids';
import { isAtRest } from './rest';

const request = (op: RequestView['op']): RequestView => ({
  sessionId: '0100012ab3c40000' as SessionId,
  cxid: 1,
  op,
  isWrite: op === 'create',
});

function frameWith(working: RequestView | null, waiting: RequestView[] = []): Frame {
  const prep: Section = {
    type: 'processor',
    name: 'PrepRequestProcessor',
    isThread: true,
    thread: 'PrepRequestProcessor',
    frozen: false,
    working,
    queues: [{ name: 'submittedRequests', items: waiting }],
  };
  const name = '1' as ProcessName;
  return {
    event: 1,
    lastEvent: 1,
    at: 0,
    processes: {
      1: { name, kind: 'server', status: 'running', incarnation: 0, sections: { prep } },
    },
    messages: [],
    links: [],
    connections: [],
    checks: [],
    fingerprint: '00000000',
  };
}

describe('a run is at rest', () => {
  test('when no processor has anything, or only a ping', () => {
    expect(isAtRest(frameWith(null))).toBe(true);
    expect(isAtRest(frameWith(request('ping'), [request('ping')]))).toBe(true);
  });

  test('not while a request is worked on or waits', () => {
    expect(isAtRest(frameWith(request('create')))).toBe(false);
    expect(isAtRest(frameWith(request('ping'), [request('getData')]))).toBe(false);
  });

  test('not while a link is cut or a process is paused', () => {
    const frame = frameWith(null);
    const [from, to] = ['1', '2'] as ProcessName[] as [ProcessName, ProcessName];
    const cut = { from, to, channel: 'quorum', cut: true, held: false } as const;
    const links = [{ ...cut, partitioned: false, latencyMicros: 2000 }];
    expect(isAtRest({ ...frame, links })).toBe(false);
    const [process] = Object.values(frame.processes);
    if (process === undefined) throw new Error('the frame has a server');
    expect(isAtRest({ ...frame, processes: { 1: { ...process, status: 'paused' } } })).toBe(false);
  });
});
