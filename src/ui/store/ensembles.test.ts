import { describe, expect, test } from 'vitest';
import { createRun, frameOf, runUntil } from '../../engine/world/inProcess';
import { areClientsConnected, configOf, nextLetter, serversOf } from './ensembles';

/** Four virtual seconds: an election, and both clients have their sessions. */
const ENOUGH = 4_000_000;

describe.each([3, 5])('an ensemble of %i servers', (servers) => {
  const run = createRun(configOf({ servers, seed: 7 }), { project: true });
  runUntil(run, ENOUGH);
  const frame = frameOf(run);

  test('has a leader, and both clients are connected', () => {
    expect(areClientsConnected(frame)).toBe(true);
    const leaders = serversOf(frame).filter((server) => {
      const { role } = server.sections;
      return role?.type === 'role' && role.serverState === 'LEADING' && role.serving;
    });
    expect(leaders.map((server) => server.name)).toEqual([String(servers)]);
  });

  test('has client a at a follower and client b at the leader', () => {
    const serverOf = (name: string) => {
      const { client } = frame.processes[name]?.sections ?? {};
      return client?.type === 'client' ? client.server : undefined;
    };
    expect(serverOf('client a')).not.toBe(servers);
    expect(serverOf('client b')).toBe(servers);
  });

  test('gives the next client the next letter', () => {
    expect(nextLetter(frame)).toBe('c');
  });
});

test('a server alone serves at once', () => {
  const run = createRun(configOf({ servers: 1, seed: 7 }), { project: true });
  runUntil(run, ENOUGH);
  expect(areClientsConnected(frameOf(run))).toBe(true);
});
