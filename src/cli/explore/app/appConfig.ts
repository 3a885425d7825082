/** The world of one seed with the application on top: who takes part is drawn, and how fast each is. */
import { drawBelow } from '../../../base/random';
import type { AppSettings, AppStyle, TaskOrder } from '../../../bridge/app';
import type { WorldConfig } from '../../../bridge/recording';
import { type Dice, roll } from '../faults';
import type { ExploreOptions } from '../arguments';
import { seedConfig } from '../seedConfig';

/** What some workers can, and some tasks need. */
const ABILITY = 'gpu';

export function appConfig(seed: number, options: ExploreOptions, style: AppStyle): WorldConfig {
  const config = seedConfig(seed, { ...options, clients: 0 });
  const [{ servers } = { servers: [1] }] = config.ensembles;
  return { ...config, apps: drawApps(seed, style, servers) };
}

/**
 * Two masters, two to four workers of which the second has an ability, one or two task clients, and a
 * storage, which checks tokens where everything is hardened.
 */
function drawApps(seed: number, style: AppStyle, servers: readonly number[]): AppSettings[] {
  const below = (purpose: string, bound: number) =>
    drawBelow(seed, `explore.app.${purpose}`, 0, bound);
  const program = (id: string) => {
    const first = below(`host.${id}`, servers.length);
    const hosts = servers.map((_, k) => servers[(first + k) % servers.length] as number);
    return { id, hosts, style, timeoutMs: 800 + below(`timeout.${id}`, 2500) };
  };
  const storage = 's-1';
  const fencing = style === 'hardened' || below('fencing', 2) === 0;
  const ids = (letter: string, count: number) =>
    Array.from({ length: count }, (_, i) => `${letter}-${i + 1}`);
  return [
    { role: 'storage', id: storage, fencing },
    ...ids('m', 2).map(
      (id): AppSettings => ({
        role: 'master',
        ...program(id),
        storage,
        // One that has resigned and has no wrapper would never be a candidate again.
        reconnects: style === 'hardened' || below(`wrapper.${id}`, 3) === 0,
      }),
    ),
    ...ids('w', 2 + below('workers', 3)).map((id, i): AppSettings => {
      const worker = { role: 'worker' as const, ...program(id), storage };
      const stepMs = 20 + below(`step.${id}`, 200);
      return i === 1 ? { ...worker, stepMs, can: ABILITY } : { ...worker, stepMs };
    }),
    ...ids('c', 1 + below('taskclients', 2)).map(
      (id): AppSettings => ({ role: 'taskclient', ...program(id) }),
    ),
  ];
}

export function drawTask(dice: Dice): TaskOrder {
  const task: TaskOrder = {
    text: ['resize', 'paint', 'mail'][roll(dice, 3)] as string,
    kind: roll(dice, 3) === 0 ? 'any' : 'once',
    steps: 1 + roll(dice, 4),
  };
  if (roll(dice, 4) === 0) task.needs = ABILITY;
  if (roll(dice, 6) === 0) task.fails = 1 + roll(dice, 2);
  return task;
}
