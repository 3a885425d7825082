import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseRecordedFile } from '../recordedFile';
import { replayFile } from '../replayFile';
import type { ClientCase, ClientStep } from './clientCaseFile';

type Draft<T> = { -readonly [K in keyof T]: Draft<T[K]> };

function failureOf(name: string, spoil: (steps: Draft<ClientStep>[]) => void): string {
  const text = readFileSync(join('oracle', 'client', `${name}.json`), 'utf8');
  const file = parseRecordedFile(text) as Draft<ClientCase>;
  spoil(file.steps);
  const outcome = replayFile(file as ClientCase);
  return outcome.type === 'failed' ? `${outcome.where}: ${outcome.why}` : outcome.type;
}

describe('a recorded case of the Java client', () => {
  test.each(['async-order', 'auth-failed', 'chroot-persistent', 'server-restart', 'lifecycle'])(
    '%s is what the client library does',
    (name) => {
      expect(failureOf(name, () => undefined)).toBe('passed');
    },
  );

  test('fails when a result, an event or their order is another', () => {
    const result = failureOf('lifecycle', (steps) => {
      (steps[1] as Draft<ClientStep>).observed = { result: { clientState: 'CLOSED', err: 'OK' } };
    });
    expect(result).toBe('step 1 (state a): result.clientState: expected "CLOSED", got "CONNECTED"');
    const event = failureOf('watcher-objects', (steps) => {
      steps[7]?.observed.events?.['a']?.pop();
    });
    expect(event).toMatch(/^step 7 \(call b setData \/x\): events\.a\[2\]: expected nothing/);
    const order = failureOf('async-order', (steps) => {
      steps[2]?.observed.sequence?.reverse();
    });
    expect(order).toMatch(/^step 2 \(async a\): sequence\(a\)\[0\]/);
  });

  test('fails when a session that must connect again does not', () => {
    const outcome = failureOf('connection-loss', (steps) => {
      const step = steps.find(({ do: kind }) => kind === 'start') as Draft<ClientStep>;
      step.do = 'wait';
      step.ms = 10;
    });
    expect(outcome).toMatch(/^step 5 \(wait/);
  });
});
