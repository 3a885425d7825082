/**
 * The ensembles that the page opens: one of 1, 3 or 5 servers with two clients; or three servers with the
 * master-worker application and one client, whose console looks into its znodes.
 */
import type { AppSettings, AppStyle } from '../../bridge/app';
import { LINK_MICROS, SESSION_TIMEOUT_MS } from '../../bridge/firstVisit';
import { clientName, readAppName, serverName } from '../../bridge/names';
import { DEFAULT_TIMING } from '../../bridge/process';
import type { Frame, ProcessView } from '../../bridge/frame';
import type { WorldConfig } from '../../bridge/recording';
import { DEFAULT_ZOO_CONFIG } from '../../zk/config';
import type { Sid } from '../../zk/ids';
import type { Setup } from './page';

export const SERVER_COUNTS: readonly number[] = [1, 3, 5];

/** Short enough that one waits for an expiry with interest. */
const APP_TIMEOUT_MS = 10_000;

export function sidsOf(servers: number): Sid[] {
  return Array.from({ length: servers }, (_, i) => i + 1);
}

/** The first master, and what all of them write to: it makes the roots on which the others build. */
function firstApps(style: AppStyle, hosts: Sid[]): AppSettings[] {
  const of = { hosts, timeoutMs: APP_TIMEOUT_MS, style, storage: 's-1' };
  return [
    { role: 'master', id: 'm-1', ...of },
    { role: 'storage', id: 's-1', fencing: true },
  ];
}

/** Who joins once the first master acts. */
export function joiningApps(setup: Setup): AppSettings[] {
  const style = setup.app;
  if (style === undefined) return [];
  const hosts = sidsOf(setup.servers);
  const of = { hosts, timeoutMs: APP_TIMEOUT_MS, style, storage: 's-1' };
  return [
    { role: 'master', id: 'm-2', ...of },
    { role: 'worker', id: 'w-1', ...of },
    { role: 'worker', id: 'w-2', ...of },
    { role: 'worker', id: 'w-3', ...of, can: 'gpu' },
    { role: 'taskclient', id: 'c-1', hosts, timeoutMs: APP_TIMEOUT_MS, style },
  ];
}

/**
 * A client draws the order of its hosts by lot, keyed by seed and client: with the seed of the first visit `a` lands
 * at a follower and `b` at the leader. Both know all servers, so that they find another one after a crash.
 */
export function configOf(setup: Setup): WorldConfig {
  const sids = sidsOf(setup.servers);
  const clients = ['a', 'b'].map((letter) => ({
    letter,
    hosts: [...sids],
    timeoutMs: SESSION_TIMEOUT_MS,
  }));
  return {
    seed: setup.seed,
    ensembles: [{ servers: sids }],
    clients: setup.app === undefined ? clients : clients.slice(0, 1),
    ...(setup.app === undefined ? {} : { apps: firstApps(setup.app, sids) }),
    config: DEFAULT_ZOO_CONFIG,
    timing: DEFAULT_TIMING,
    linkMicros: LINK_MICROS,
    jitterMicros: 0,
    profile: 'fixed',
  };
}

/** What a world is to the selector of the top bar. */
export function setupOf({ ensembles, seed, apps }: WorldConfig): Setup {
  const program = apps?.find(({ role }) => role !== 'storage');
  return {
    servers: ensembles.reduce((n, { servers }) => n + servers.length, 0),
    seed,
    ...(program === undefined || program.role === 'storage' ? {} : { app: program.style }),
  };
}

/** Every client has its session; of an application one master acts, and every worker is registered. */
export function areClientsConnected(frame: Frame): boolean {
  const all = Object.values(frame.processes);
  const isReady = all.every(({ kind, name, sections: { client, worker } }) => {
    const isStorage = readAppName(name)?.role === 'storage';
    if (kind === 'server' || kind === 'probe' || isStorage) return true;
    if (client?.type !== 'client' || client.state !== 'CONNECTED') return false;
    return worker?.type !== 'worker' || worker.isRegistered;
  });
  const masters = all.flatMap(({ sections: { master } }) =>
    master?.type === 'master' ? [master] : [],
  );
  const isLed = masters.some(({ believes, phase }) => believes && phase === 'steady');
  return isReady && (masters.length === 0 || isLed);
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
