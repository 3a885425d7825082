/** The world of a story: what it says, and for the rest what the first visit has. */
import { LINK_MICROS, SEED, SESSION_TIMEOUT_MS } from '../bridge/firstVisit';
import { DEFAULT_TIMING } from '../bridge/process';
import type { WorldConfig } from '../bridge/recording';
import { DEFAULT_ZOO_CONFIG } from '../zk/config';
import type { Scenario, StoryWorld } from './scenario';

export function worldOf({ world }: Scenario): WorldConfig {
  const config: WorldConfig = {
    seed: world.seed ?? SEED,
    ensembles: world.ensembles.map((sids) => ({ servers: [...sids] })),
    clients: (world.clients ?? usualClients(world)).map((client) => ({
      timeoutMs: SESSION_TIMEOUT_MS,
      ...client,
    })),
    config: { ...DEFAULT_ZOO_CONFIG, ...world.config },
    timing: { ...DEFAULT_TIMING, ...world.timing },
    linkMicros: world.linkMicros ?? LINK_MICROS,
    jitterMicros: 0,
    profile: 'fixed',
  };
  if (world.down !== undefined) config.down = [...world.down];
  if (world.apps !== undefined) config.apps = [...world.apps];
  return config;
}

/** Two clients, a and b, that know all servers; beside each other, one client for each ensemble. */
function usualClients({ ensembles }: StoryWorld): WorldConfig['clients'] {
  const [first = []] = ensembles;
  const lists = ensembles.length === 1 ? [first, first] : ensembles;
  return lists.map((sids, i) => ({ letter: String.fromCharCode(97 + i), hosts: [...sids] }));
}
