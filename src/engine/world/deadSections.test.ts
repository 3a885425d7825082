import { expect, test } from 'vitest';
import { clientName } from '../../bridge/names';
import { DEFAULT_TIMING } from '../../bridge/process';
import { DEFAULT_ZOO_CONFIG } from '../../zk/config';
import { createRun, frameOf, order, runUntil } from './inProcess';

test('what a client printed stays on its terminal when it is dead; what it believed does not', () => {
  const a = clientName('a');
  const run = createRun(
    {
      seed: 1,
      ensembles: [{ servers: [1] }],
      clients: [{ letter: 'a', hosts: [1] }],
      config: DEFAULT_ZOO_CONFIG,
      timing: DEFAULT_TIMING,
      linkMicros: 2000,
      jitterMicros: 0,
      profile: 'fixed',
    },
    { project: true },
  );
  runUntil(run, 2_000_000);
  order(run, { type: 'zk', letter: 'a', line: 'create /a' });
  runUntil(run, 3_000_000);
  frameOf(run);
  order(run, { type: 'crash', process: a });
  const { sections, status } = frameOf(run).processes[a] ?? {};
  expect(status).toBe('down');
  expect(Object.keys(sections ?? {})).toEqual(['console']);
  const terminal = sections?.['console'];
  expect(terminal).toMatchObject({ type: 'console', waiting: false, prompt: '' });
  const lines = terminal?.type === 'console' ? terminal.lines.map(({ text }) => text) : [];
  expect(lines).toEqual(expect.arrayContaining(['create /a', 'Created /a']));
});
