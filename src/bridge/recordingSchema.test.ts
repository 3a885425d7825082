import { describe, expect, test } from 'vitest';
import { DEFAULT_ZOO_CONFIG } from '../zk/config';
import { serverName } from './names';
import { DEFAULT_TIMING } from './process';
import type { Recording } from './recording';
import { checkRecording, parseRecording } from './recordingSchema';

const GOOD: Recording = {
  version: 1,
  engine: '0.1.0',
  config: {
    seed: 7,
    ensembles: [{ servers: [1, 2, 3] }],
    clients: [{ letter: 'a', hosts: [1, 2] }],
    config: DEFAULT_ZOO_CONFIG,
    timing: DEFAULT_TIMING,
    linkMicros: 2000,
    jitterMicros: 0,
    profile: 'fixed',
  },
  commands: [
    { at: 10, event: 3, command: { type: 'crash', process: serverName(1) } },
    { at: 10, event: 3, command: { type: 'zk', letter: 'a', line: 'ls /' } },
  ],
  events: 9,
  at: 20,
  fingerprint: '0123abcd',
};

const STORAGE = { role: 'storage', id: 's-1', fencing: true };

/** The good recording with one place changed. */
function changed(change: (recording: Record<string, never> & typeof GOOD) => void): unknown {
  const copy = JSON.parse(JSON.stringify(GOOD));
  change(copy);
  return copy;
}

function setInstead(r: Recording, key: string, value: string): void {
  const command = { type: 'set' as const, process: serverName(1), key, value };
  Object.assign(r.commands[0] as object, { command });
}

test('a recording comes through unchanged', () => {
  expect(parseRecording(JSON.stringify(GOOD))).toEqual({ value: GOOD });
});

describe('what is wrong is named with its place', () => {
  test.each<[string, (r: typeof GOOD) => void]>([
    ['version', (r) => Object.assign(r, { version: 2 })],
    ['config.ensembles[0].servers[1]', (r) => r.config.ensembles[0]?.servers.splice(1, 1, 0)],
    ['config.clients', (r) => r.config.clients.push({ letter: 'a', hosts: [3] })],
    ['config.apps', (r) => Object.assign(r.config, { apps: [STORAGE, STORAGE] })],
    ['config.apps[0].id', (r) => Object.assign(r.config, { apps: [{ ...STORAGE, id: 's-11' }] })],
    ['config.linkMicros', (r) => Object.assign(r.config, { linkMicros: 0 })],
    ['commands[0].command.process', (r) => Object.assign(r.commands[0]!.command, { process: 'x' })],
    ['commands[0].command.type', (r) => Object.assign(r.commands[0]!.command, { type: 'smash' })],
    ['commands[1].event', (r) => Object.assign(r.commands[1]!, { event: -1 })],
    ['commands[1]', (r) => Object.assign(r.commands[1]!, { event: 2 })],
    ['commands[0].command.key', (r) => setInstead(r, 'fsinc', '9')],
    ['commands[0].command.value', (r) => setInstead(r, 'fsync', 'soon')],
    ['events', (r) => Object.assign(r, { events: 2 })],
    ['fingerprint', (r) => Object.assign(r, { fingerprint: 'zz' })],
  ])('%s', (place, change) => {
    const found = checkRecording(changed(change));
    expect(found).toMatchObject({ problem: { place } });
  });

  test('no JSON at all', () => {
    expect(parseRecording('{')).toMatchObject({ problem: { place: 'the whole' } });
  });
});
