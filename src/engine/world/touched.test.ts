import { expect, test } from 'vitest';
import type { Section } from '../../bridge/frame';
import { createRun, frameOf, order, type Run, runUntil, stepEvent } from './inProcess';
import { dice, randomCommand, testConfig } from './randomRun.test-support';

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

test('whatever changes a section of a server or a client touches it', () => {
  const found = new Set<string>();
  for (let seed = 1; seed <= 6; seed += 1) {
    const run = createRun(testConfig(seed, seed % 4 === 0 ? [1] : [1, 2, 3]), { project: true });
    const roll = dice(seed);
    runUntil(run, 1_500_000);
    for (let i = 0; i < 600; i += 1) {
      const entries = stepEvent(run);
      if (roll(10) === 0) order(run, randomCommand(run, roll));
      const head = entries[0];
      for (const { process, section } of stale(run)) {
        const by = head?.process === process ? head : undefined;
        found.add(`${section} <- ${by?.type} ${by?.kind ?? by?.name ?? by?.thread ?? ''}`.trim());
      }
    }
  }
  expect([...found].sort()).toEqual([]);
});
