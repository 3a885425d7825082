/** Random runs for tests: a mix of windows, single events and commands, all drawn from one seed. */
import { drawBelow } from '../../base/random';
import type { AppSettings, AppStyle, TaskOrder } from '../../bridge/app';
import type { Command } from '../../bridge/command';
import { appName, clientName, type ProcessName, serverName } from '../../bridge/names';
import { DEFAULT_TIMING } from '../../bridge/process';
import type { WorldConfig } from '../../bridge/recording';
import { DEFAULT_ZOO_CONFIG } from '../../zk/config';
import type { Sid } from '../../zk/ids';
import { order, type Run, runEvents, runUntil } from './driver';

export type Dice = (bound: number) => number;

export function dice(seed: number): Dice {
  let index = 0;
  return (bound) => {
    index += 1;
    return drawBelow(seed, 'test', index, bound);
  };
}

export function testConfig(
  seed: number,
  servers: Sid[],
  over: Partial<WorldConfig> = {},
): WorldConfig {
  return {
    seed,
    ensembles: [{ servers }],
    clients: [
      { letter: 'a', hosts: servers },
      { letter: 'b', hosts: [...servers].reverse() },
    ],
    config: DEFAULT_ZOO_CONFIG,
    timing: DEFAULT_TIMING,
    linkMicros: 2000,
    jitterMicros: 0,
    profile: 'fixed',
    ...over,
  };
}

/** A storage, two masters, two workers of which one can `gpu`, a task client. */
export function appsFor(hosts: Sid[], style: AppStyle): AppSettings[] {
  const common = { hosts, style, timeoutMs: 4000, storage: 's-1' };
  return [
    { role: 'storage', id: 's-1', fencing: true },
    { role: 'master', id: 'm-1', ...common },
    { role: 'master', id: 'm-2', ...common, reconnects: true },
    { role: 'worker', id: 'w-1', ...common, stepMs: 50 },
    { role: 'worker', id: 'w-2', ...common, can: 'gpu' },
    { role: 'taskclient', id: 'c-1', hosts, style, timeoutMs: 4000 },
  ];
}

export function submitSomething(roll: Dice): Command {
  const task: TaskOrder = { text: 'resize', kind: roll(2) === 0 ? 'any' : 'once' };
  if (roll(3) === 0) task.needs = 'gpu';
  if (roll(3) === 0) task.fails = 1;
  return { type: 'submit', process: appName('taskclient', 'c-1'), task };
}

const CHANNELS = ['quorum', 'election', 'client'] as const;
const THREADS = ['SyncRequestProcessor', 'CommitProcessor', 'PrepRequestProcessor', 'QuorumPeer'];

/** Any command at all; many will be refused, which is part of the test. */
export function randomCommand(run: Run, roll: Dice): Command {
  const servers = run.world.processes.filter((p) => p.kind === 'server').map((p) => p.name);
  const all = run.world.processes.map((p) => p.name);
  const pick = <T>(list: readonly T[]): T => list[roll(list.length)] as T;
  const channel = pick(CHANNELS);
  const [a, b] = [pick(all), pick(all)];
  const path = `/n${roll(6)}`;
  switch (roll(22)) {
    case 0:
    case 1:
      return { type: 'crash', process: roll(4) === 0 ? pick(all) : pick(servers) };
    case 2:
    case 3:
    case 4:
      return { type: 'restart', process: downOne(run) ?? pick(all) };
    case 5:
      return { type: 'pause', process: pick(all) };
    case 6:
    case 7:
      return { type: 'resume', process: pausedOne(run) ?? pick(all) };
    case 8:
      return { type: 'cut', a, b, ...(roll(2) === 0 ? { channel } : {}), oneway: roll(2) === 0 };
    case 9:
      return roll(2) === 0 ? { type: 'heal' } : { type: 'heal', a, b };
    case 10:
      return { type: 'partition', groups: [[pick(servers)], [pick(all)]] };
    case 11:
      return roll(2) === 0
        ? { type: 'hold', a, b, channel }
        : {
            type: 'hold',
            a,
            b,
            channel,
            only: pick(['ACK', 'COMMIT', 'PROPOSAL', 'NOTIFICATION']),
          };
    case 12:
    case 13:
      return heldOne(run) ?? { type: 'release', a, b, channel };
    case 14:
      return { type: 'reset', a, b, channel };
    case 15:
      return { type: 'latency', a, b, ms: 1 + roll(20), jitterMs: roll(3) };
    case 16:
      return {
        type: pick(['freeze', 'thaw', 'step'] as const),
        process: pick(servers),
        thread: pick(THREADS),
      };
    case 17:
      return { type: 'deliver', message: pick(flying(run)) ?? 'none>1' };
    case 18:
      return { type: 'zk', letter: 'a', line: `delete ${path}` };
    case 19:
      return { type: 'zk', letter: 'b', line: `set ${path} ${roll(100)}` };
    default:
      return { type: 'zk', letter: pick(['a', 'b']), line: `create ${path} x` };
  }
}

function downOne(run: Run): ProcessName | undefined {
  return run.world.processes.find((p) => p.status === 'down')?.name;
}

function pausedOne(run: Run): ProcessName | undefined {
  return run.world.processes.find((p) => p.status === 'paused')?.name;
}

function heldOne(run: Run): Command | undefined {
  for (const link of Object.values(run.world.links)) {
    const held = link.held[0];
    if (held !== undefined)
      return { type: 'release', a: link.from, b: link.to, channel: held.channel };
  }
  return undefined;
}

/** Ids of all messages in flight, sorted so that the choice depends on nothing else. */
function flying(run: Run): string[] {
  const ids = run.world.processes.flatMap((p) => p.inbound.map((f) => f.origin + f.n));
  for (const c of Object.values(run.world.connections)) {
    for (const f of [...c.forth.waiting, ...c.back.waiting]) ids.push(f.origin + f.n);
  }
  return ids.sort();
}

/** Goes on in `rounds` random ways; `seen` hears after each. Returns the commands that were taken. */
export function wander(run: Run, roll: Dice, rounds: number, seen: () => void = () => {}): number {
  let taken = 0;
  for (let i = 0; i < rounds; i += 1) {
    const kind = roll(6);
    if (kind === 0) runUntil(run, run.world.now + roll(2_000_000));
    else if (kind <= 2) runUntil(run, run.world.now + roll(60_000));
    else if (kind === 3) runEvents(run, roll(80));
    else if (order(run, randomCommand(run, roll)) === undefined) taken += 1;
    seen();
  }
  return taken;
}

export const SERVER_1 = serverName(1);
export const CLIENT_A = clientName('a');
