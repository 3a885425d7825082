import { describe, expect, test } from 'vitest';
import type { FromHost, ToHost } from '../../bridge/host';
import type { Frame } from '../../bridge/frame';
import { connectHost, HostError, type HostPort } from './host';

/** A worker that keeps what it was asked. */
function fakePort() {
  const asked: ToHost[] = [];
  const port: HostPort = {
    postMessage: (message) => asked.push(message),
    onmessage: null,
    onerror: null,
    onmessageerror: null,
  };
  const answer = (data: FromHost) => port.onmessage?.({ data });
  return { port, asked, answer };
}

const frame = { event: 3 } as Frame;

describe('the host', () => {
  test('gives each question its own answer, in whatever order they come', async () => {
    const { port, asked, answer } = fakePort();
    const host = connectHost(port);
    const seek = host.ask({ type: 'seek', event: 3 });
    const trace = host.ask({ type: 'trace', from: 1, to: 2 });
    expect(asked.map((m) => m.question.type)).toEqual(['seek', 'trace']);
    answer({ id: asked[1]?.id ?? 0, answer: { type: 'trace', trace: [] } });
    answer({ id: asked[0]?.id ?? 0, answer: { type: 'frame', frame, trace: [] } });
    expect((await seek).frame).toBe(frame);
    expect((await trace).trace).toEqual([]);
  });

  test('says what was refused and where, and goes on', async () => {
    const { port, asked, answer } = fakePort();
    const host = connectHost(port);
    const first = host.ask({ type: 'seek', event: 3 });
    answer({ id: asked[0]?.id ?? 0, answer: { type: 'error', message: 'no', place: 'event' } });
    await expect(first).rejects.toMatchObject({ message: 'no', place: 'event' });
    const second = host.ask({ type: 'seek', event: 3 });
    answer({ id: asked[1]?.id ?? 0, answer: { type: 'frame', frame, trace: [] } });
    expect((await second).frame).toBe(frame);
  });

  test('refuses everything once the worker broke', async () => {
    const { port } = fakePort();
    const host = connectHost(port);
    const open = host.ask({ type: 'recording' });
    port.onerror?.({ message: 'boom' });
    await expect(open).rejects.toThrow('boom');
    await expect(host.ask({ type: 'recording' })).rejects.toBeInstanceOf(HostError);
  });

  test('does not take an answer of the wrong kind', async () => {
    const { port, asked, answer } = fakePort();
    const host = connectHost(port);
    const question = host.ask({ type: 'recording' });
    answer({ id: asked[0]?.id ?? 0, answer: { type: 'trace', trace: [] } });
    await expect(question).rejects.toThrow('asked for recording');
  });

  test('puts a frame together from what came and what it has', async () => {
    const { port, asked, answer } = fakePort();
    const host = connectHost(port);
    const parts = { processes: {}, messages: [], links: [], connections: [], checks: [] };
    const whole = { ...parts, messages: [{ id: 'x>1' }, { id: 'x>2' }] } as unknown as Frame;
    const first = host.ask({ type: 'seek', event: 3 });
    answer({ id: asked[0]?.id ?? 0, answer: { type: 'frame', frame: whole, trace: [] } });
    await first;
    const second = host.ask({ type: 'seek', event: 4 });
    const thin = { ...parts, event: 4 } as unknown as Frame;
    const kept = { sections: {}, messages: [1] };
    answer({ id: asked[1]?.id ?? 0, answer: { type: 'frame', frame: thin, trace: [] }, kept });
    const { frame: shown } = await second;
    expect(shown.event).toBe(4);
    expect(shown.messages).toEqual([{ id: 'x>2' }]);
    expect(shown.messages[0]).toBe(whole.messages[1]);
  });

  test('is broken by a frame that lacks what the page never got', async () => {
    const { port, asked, answer } = fakePort();
    const host = connectHost(port);
    const whole = { processes: {}, messages: [] } as unknown as Frame;
    const first = host.ask({ type: 'seek', event: 3 });
    answer({ id: asked[0]?.id ?? 0, answer: { type: 'frame', frame: whole, trace: [] } });
    await first;
    const second = host.ask({ type: 'seek', event: 4 });
    const kept = { sections: {}, messages: [7] };
    answer({ id: asked[1]?.id ?? 0, answer: { type: 'frame', frame: whole, trace: [] }, kept });
    await expect(second).rejects.toThrow('no message 7');
    await expect(host.ask({ type: 'recording' })).rejects.toBeInstanceOf(HostError);
  });
});
