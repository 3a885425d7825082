import { describe, expect, it } from 'vitest';
import type { TraceId } from '../../base/traceId';
import { probeName, serverName } from '../../bridge/names';
import { DEFAULT_TIMING, type ProbeAction } from '../../bridge/process';
import { probeMachine } from './probe';
import { makeHarness, reply } from './testEffects.test-support';

function makeProbe() {
  const probe = makeHarness(probeMachine, {
    type: 'probe',
    name: probeName('1'),
    incarnation: 0,
    startAt: 0,
    seed: 1,
    timing: DEFAULT_TIMING,
  });
  const act = (action: ProbeAction) =>
    probe.step({ type: 'command', command: { type: 'probe', action } });
  return { probe, act };
}

const FROM = { channel: 'client' as const, from: serverName(2), sent: 0 as TraceId };

describe('a probe', () => {
  it('opens, sends and closes what it is told, by tag', () => {
    const { probe, act } = makeProbe();
    act({ type: 'open', tag: 'a', to: serverName(2) });
    act({ type: 'open', tag: 'b', to: serverName(3) });
    expect(probe.opened.map(({ to }) => to)).toEqual(['2', '3']);
    const packet = { kind: 'REQUEST' as const, xid: 9, body: { op: 'ping' as const } };
    act({ type: 'send', tag: 'b', packet });
    expect(probe.sent.map(({ conn, packet: p }) => [conn, p])).toEqual([
      [probe.opened[1]?.conn, packet],
    ]);
    act({ type: 'close', tag: 'a' });
    expect(probe.closed).toEqual([probe.opened[0]?.conn]);
  });

  it('keeps all that it receives, with tag and time, and answers nothing', () => {
    const { probe, act } = makeProbe();
    act({ type: 'open', tag: 'a', to: serverName(2) });
    const conn = probe.opened[0]?.conn as string;
    probe.step({ type: 'accepted', conn, ...FROM });
    probe.now = 500;
    const packet = reply(1);
    for (let i = 0; i < 600; i += 1) probe.step({ type: 'message', conn, packet, ...FROM });
    probe.step({ type: 'closed', conn, ...FROM });
    const section = probeMachine.project(probe.state, 'probe');
    expect(section).toEqual({ type: 'probe', received: probe.state.received });
    expect(probe.state.received).toHaveLength(602);
    expect(probe.state.received[0]).toEqual({ tag: 'a', what: 'accepted', at: 0 });
    expect(probe.state.received[1]).toEqual({ tag: 'a', what: 'packet', packet, at: 500 });
    expect(probe.state.received.at(-1)).toEqual({ tag: 'a', what: 'closed', at: 500 });
    expect(probe.sent).toEqual([]);
    expect([...probe.timers.keys()]).toEqual([]);
  });

  it('gives a tag that is opened again to the new connection', () => {
    const { probe, act } = makeProbe();
    act({ type: 'open', tag: 'a', to: serverName(2) });
    act({ type: 'open', tag: 'a', to: serverName(3) });
    const [first, second] = probe.opened.map(({ conn }) => conn);
    probe.step({ type: 'closed', conn: first as string, ...FROM });
    probe.step({ type: 'accepted', conn: second as string, ...FROM });
    expect(probe.state.received.map(({ tag, what }) => [tag, what])).toEqual([
      ['a', 'closed'],
      ['a', 'accepted'],
    ]);
  });
});
