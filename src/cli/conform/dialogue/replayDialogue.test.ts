import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseRecordedFile } from '../recordedFile';
import { replayFile } from '../replayFile';
import type { Dialogue, DialogueStep } from './dialogueFile';

type Draft<T> = { -readonly [K in keyof T]: Draft<T[K]> };

function failureOf(name: string, spoil: (steps: Draft<DialogueStep>[]) => void): string {
  const text = readFileSync(join('oracle', 'zkcli', `${name}.json`), 'utf8');
  const file = parseRecordedFile(text) as Draft<Dialogue>;
  spoil(file.steps);
  const outcome = replayFile(file as Dialogue);
  return outcome.type === 'failed' ? `${outcome.where}: ${outcome.why}` : outcome.type;
}

const NOTHING = () => undefined;

describe('a recorded dialogue with zkCli', () => {
  test.each(['watch-other-client', 'reconnect', 'expiry', 'batch', 'stdin', '4lw-whitelist'])(
    '%s is what the console and the servers say',
    (name) => {
      expect(failureOf(name, NOTHING)).toBe('passed');
    },
  );

  test('that changes the membership goes as recorded', () => {
    expect(failureOf('reconfig', NOTHING)).toBe('passed');
  });

  test('fails at the step and the line that were changed', () => {
    const line = failureOf('get-set-stat', (steps) => {
      const k = steps.findIndex(
        (step) => (step.output?.length ?? 0) > 5 && step.line !== undefined,
      );
      (steps[k] as Draft<DialogueStep>).output?.splice(1, 1, 'ctime = never');
    });
    expect(line).toMatch(/^step \d+ \(A .*output\[1\]: expected "ctime = never", got "cZxid = /);
    const stream = failureOf('get-set-stat', (steps) => {
      const step = steps.find(({ err }) => err !== undefined) as Draft<DialogueStep>;
      step.err = [];
    });
    expect(stream).toMatch(/err: expected \[\], got \[0\]/);
  });

  test('fails when an event is missing or was not recorded', () => {
    const spoil = (change: (step: Draft<DialogueStep>) => void) =>
      failureOf('watch-other-client', (steps) => {
        const step = steps.find((one) => one.line !== undefined && one.events !== undefined);
        change(step as Draft<DialogueStep>);
      });
    expect(spoil((step) => delete step.events)).toMatch(/events\.[AB]\[0\]: expected nothing/);
    const more = spoil((step) => step.events?.push({ client: 'A', output: ['WatchedEvent x'] }));
    expect(more).toMatch(/events\.A\[\d\]: expected "WatchedEvent x"/);
  });

  test('fails when a console ends with another code', () => {
    const exit = failureOf('batch', (steps) => {
      (steps[0] as Draft<DialogueStep>).exit = 1;
    });
    expect(exit).toMatch(/^step 0 \(run .*exit: expected 1, got 0$/);
  });
});
