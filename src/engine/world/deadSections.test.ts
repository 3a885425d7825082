import { expect, test } from 'vitest';
import { clientName } from '../../bridge/names';
import { DEFAULT_TIMING } from '../../bridge/process';
import { DEFAULT_ZOO_CONFIG } from '../../zk/config';
import { createRun, frameOf, order, runUntil } from './inProcess';

const a = clientName('a');

/** One server, and client a with its session. */
function connectedRun() {
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
  return run;
}

test('what a client printed stays on its terminal when it is dead; what it believed does not', () => {
  const run = connectedRun();
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

test('whose a session was is known as long as the ensemble may speak of it: behind a crash and a restart', () => {
  const run = connectedRun();
  const sessionOf = () => {
    const section = frameOf(run).processes[a]?.sections['client'];
    return section?.type === 'client' ? section.sessionId : undefined;
  };
  const first = sessionOf();
  expect(first).toMatch(/^[0-9a-f]{16}$/);
  expect(frameOf(run).processes[a]?.formerSessions).toBeUndefined();
  order(run, { type: 'crash', process: a });
  expect(frameOf(run).processes[a]?.formerSessions).toEqual([{ sessionId: first, letter: 'a' }]);
  order(run, { type: 'restart', process: a });
  runUntil(run, 4_000_000);
  expect(sessionOf()).not.toBe(first);
  expect(frameOf(run).processes[a]?.formerSessions).toEqual([{ sessionId: first, letter: 'a' }]);
});
