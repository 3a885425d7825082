/** The ensembles that the page opens: one of 1, 3 or 5 servers, and two clients. */
import { clientName, serverName } from '../../bridge/names';
import { DEFAULT_TIMING } from '../../bridge/process';
import type { Frame, ProcessView } from '../../bridge/frame';
import type { WorldConfig } from '../../bridge/recording';
import { DEFAULT_ZOO_CONFIG } from '../../zk/config';
import type { Sid } from '../../zk/ids';
import type { Setup } from './page';

export const SERVER_COUNTS: readonly number[] = [1, 3, 5];

/** 03-interface, "Words of time". */
const LINK_MICROS = 2000;
const SESSION_TIMEOUT_MS = 30_000;

export function sidsOf(servers: number): Sid[] {
  return Array.from({ length: servers }, (_, i) => i + 1);
}

/**
 * A client draws the order of its hosts by lot. The draw is keyed by seed and client, so a rotation of the list
 * decides where it lands: `a` at a follower, `b` at the leader (the largest sid wins the first election). Both
 * know all servers, so that they find another one after a crash. `ensembles.test.ts` runs the engine to see it.
 */
const ROTATION: Readonly<Record<number, readonly [a: number, b: number]>> = {
  1: [0, 0],
  3: [0, 0],
  5: [0, 0],
};

export function configOf(setup: Setup): WorldConfig {
  const sids = sidsOf(setup.servers);
  const rotated = (by: number) => [...sids.slice(by), ...sids.slice(0, by)];
  const [a, b] = ROTATION[setup.servers] ?? [0, 0];
  return {
    seed: setup.seed,
    ensembles: [{ servers: sids }],
    clients: [
      { letter: 'a', hosts: rotated(a), timeoutMs: SESSION_TIMEOUT_MS },
      { letter: 'b', hosts: rotated(b), timeoutMs: SESSION_TIMEOUT_MS },
    ],
    config: DEFAULT_ZOO_CONFIG,
    timing: DEFAULT_TIMING,
    linkMicros: LINK_MICROS,
    jitterMicros: 0,
    profile: 'fixed',
  };
}

/** Every client has its session. */
export function areClientsConnected(frame: Frame): boolean {
  return clientsOf(frame).every((client) => {
    const section = client.sections['client'];
    return section?.type === 'client' && section.state === 'CONNECTED';
  });
}

export function clientsOf(frame: Frame): ProcessView[] {
  return Object.values(frame.processes).filter((p) => p.kind === 'client');
}

export function serversOf(frame: Frame): ProcessView[] {
  return Object.values(frame.processes)
    .filter((p) => p.kind === 'server')
    .sort((p, q) => Number(p.name) - Number(q.name));
}

/** The first letter that no client of the frame has. */
export function nextLetter(frame: Frame): string {
  for (let i = 0; ; i += 1) {
    const letter =
      i < 26
        ? String.fromCharCode(97 + i)
        : String.fromCharCode(96 + Math.floor(i / 26)) + String.fromCharCode(97 + (i % 26));
    if (frame.processes[clientName(letter)] === undefined) return letter;
  }
}

/** The process that keys 1 to 9 pick. */
export function serverOfKey(frame: Frame, digit: number): ProcessView | undefined {
  return frame.processes[serverName(digit)];
}
