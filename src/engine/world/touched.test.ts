import { expect, test } from 'vitest';
import type { Command } from '../../bridge/command';
import type { Section } from '../../bridge/frame';
import { createRun, frameOf, order, type Run, runUntil, stepEvent } from './inProcess';
import {
  appsFor,
  dice,
  type Dice,
  randomCommand,
  submitSomething,
  testConfig,
} from './randomRun.test-support';

/** Sections that would look different if they were projected anew now. */
function stale(run: Run): { process: string; section: string }[] {
  const found: { process: string; section: string }[] = [];
  for (const { name, sections } of Object.values(frameOf(run).processes)) {
    const shell = run.shells[name];
    if (shell === undefined || shell.state.machine === undefined) continue;
    for (const [section, shown] of Object.entries(sections)) {
      const now: Section | undefined = shell.machine.project(shell.state.machine, section);
      if (JSON.stringify(now) === JSON.stringify(shown)) continue;
      found.push({ process: name, section });
      // Reported once: the next frame shows it as it is.
      shell.state.dirty[section] = 1;
    }
  }
  return found;
}

/** `section <- event` of all that changed without being touched. */
function untouched(run: Run, seed: number, events: number, command: (roll: Dice) => Command) {
  const found = new Set<string>();
  const roll = dice(seed);
  for (let i = 0; i < events; i += 1) {
    const entries = stepEvent(run);
    if (roll(10) === 0) order(run, command(roll));
    const head = entries[0];
    for (const { process, section } of stale(run)) {
      const by = head?.process === process ? head : undefined;
      found.add(`${section} <- ${by?.type} ${by?.kind ?? by?.name ?? by?.thread ?? ''}`.trim());
    }
  }
  return [...found].sort();
}

test('whatever changes a section of a server or a client touches it', () => {
  for (let seed = 1; seed <= 6; seed += 1) {
    const run = createRun(testConfig(seed, seed % 4 === 0 ? [1] : [1, 2, 3]), { project: true });
    runUntil(run, 1_500_000);
    expect(untouched(run, seed, 600, (roll) => randomCommand(run, roll))).toEqual([]);
  }
});

test.each(['book', 'hardened'] as const)(
  'so does all that changes one of the %s application',
  (style) => {
    for (let seed = 1; seed <= 3; seed += 1) {
      const config = testConfig(seed, [1], { clients: [], apps: appsFor([1], style) });
      const run = createRun(config, { project: true });
      runUntil(run, 1_500_000);
      const command = (roll: Dice) => {
        if (roll(3) === 0) return submitSomething(roll);
        return roll(4) === 0 ? ({ type: 'heal' } as const) : randomCommand(run, roll);
      };
      expect(untouched(run, seed, 1500, command)).toEqual([]);
    }
  },
);
