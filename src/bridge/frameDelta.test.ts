import { describe, expect, test } from 'vitest';
import { createRun, frameOf, order, runUntil, stepEvent } from '../engine/world/inProcess';
import type { Run } from '../engine/world/driver';
import { DEFAULT_ZOO_CONFIG } from '../zk/config';
import { isCommandError, parseCommand } from './commandText';
import type { Frame } from './frame';
import { thinFrame, wholeFrame } from './frameDelta';
import { DEFAULT_TIMING } from './process';

function started(seed: number, until = 2_000_000): Run {
  const run = createRun(
    {
      seed,
      ensembles: [{ servers: [1, 2, 3] }],
      clients: [{ letter: 'a', hosts: [1, 2, 3] }],
      config: DEFAULT_ZOO_CONFIG,
      timing: DEFAULT_TIMING,
      linkMicros: 2000,
      jitterMicros: 0,
      profile: 'fixed',
    },
    { project: true },
  );
  runUntil(run, until);
  return run;
}

function tell(run: Run, text: string): void {
  const command = parseCommand(text);
  if (isCommandError(command)) throw new Error(command.message);
  order(run, command);
}

/** Both ends of a port: what is sent is cloned, as a port does it. */
function port() {
  let sent: Frame | undefined;
  let got: Frame | undefined;
  return (frame: Frame) => {
    const before = got;
    const thin = sent === undefined ? undefined : thinFrame(frame, sent);
    const bytes = JSON.stringify(thin ?? frame).length;
    got =
      thin === undefined || before === undefined
        ? structuredClone(frame)
        : wholeFrame(structuredClone(thin), before);
    sent = frame;
    return { before, got, bytes };
  };
}

describe('a frame that is sent without what is known', () => {
  test('comes out the same, through a write, a crash, a cut, a restart and back again', () => {
    const run = started(3);
    const send = port();
    const first = frameOf(run);
    const orders = ['zk a create /a hello', 'crash 1', 'cut 2 3', 'restart 1', 'heal', 'pause 2'];
    let frames = 0;
    for (const text of orders) {
      tell(run, text);
      for (let i = 0; i < 40; i += 1) {
        const frame = frameOf(run);
        expect(JSON.stringify(send(frame).got)).toBe(JSON.stringify(frame));
        frames += 1;
        if (stepEvent(run).length === 0) break;
      }
    }
    expect(frames).toBeGreaterThan(150);
    expect(JSON.stringify(send(first).got)).toBe(JSON.stringify(first));
  });

  test('keeps the objects of what did not change, and sends less', () => {
    const run = started(3);
    const send = port();
    tell(run, 'zk a create /a hello');
    for (let i = 0; i < 12; i += 1) stepEvent(run);
    const { bytes: whole } = send(frameOf(run));
    stepEvent(run);
    const { before, got, bytes } = send(frameOf(run));
    expect(bytes).toBeLessThan(whole / 3);
    const changed = Object.keys(got.processes).filter(
      (name) => got.processes[name] !== before?.processes[name],
    );
    expect(changed.length).toBeLessThanOrEqual(1);
    const known = new Set(before?.messages);
    expect(got.messages.filter((message) => !known.has(message)).length).toBeLessThanOrEqual(2);
    expect(got.links).toBe(before?.links);
  });

  test('is not taken for another run, whose messages have the same names', () => {
    const [one, other] = [started(3), started(4)];
    const send = port();
    for (let i = 0; i < 30; i += 1) {
      for (const run of [one, other]) {
        const frame = frameOf(run);
        expect(JSON.stringify(send(frame).got)).toBe(JSON.stringify(frame));
        stepEvent(run);
      }
    }
  });

  test('is refused when the frame before is not the one it was left out from', () => {
    const run = started(3);
    const thin = thinFrame(frameOf(run), frameOf(run));
    const nothing: Frame = { ...frameOf(run), processes: {}, messages: [] };
    expect(() => wholeFrame(thin, nothing)).toThrow(/the frame before has no/);
  });
});
