/** The world of one seed: sizes as asked for, everything else drawn. */
import { drawBelow } from '../../base/random';
import type { WorldConfig } from '../../bridge/recording';
import { DEFAULT_ZOO_CONFIG } from '../../zk/config';
import type { ExploreOptions } from './arguments';

/**
 * Ticks are short, so that elections and expiries fit into few events, and
 * snapshots and the memory of committed proposals small, so that learners come
 * to be synchronized in all three ways.
 */
export function seedConfig(seed: number, options: ExploreOptions): WorldConfig {
  const below = (purpose: string, bound: number) =>
    drawBelow(seed, `explore.config.${purpose}`, 0, bound);
  const servers = Array.from({ length: options.servers }, (_, i) => i + 1);
  const letters = Array.from({ length: options.clients }, (_, i) =>
    String.fromCharCode('a'.charCodeAt(0) + i),
  );
  return {
    seed,
    ensembles: [{ servers }],
    clients: letters.map((letter, i) => {
      // Each client knows all servers and begins with another one.
      const first = below(`host.${letter}`, servers.length);
      const hosts = servers.map((_, k) => servers[(first + i + k) % servers.length] as number);
      return { letter, hosts, timeoutMs: 1000 + below(`timeout.${letter}`, 11_000) };
    }),
    config: {
      ...DEFAULT_ZOO_CONFIG,
      tickTime: 200 + below('tickTime', 400),
      initLimit: 5 + below('initLimit', 6),
      syncLimit: 2 + below('syncLimit', 4),
      snapCount: 8 + below('snapCount', 100),
      commitLogCount: 2 + below('commitLogCount', 40),
      maxReadBatchSize: below('maxReadBatchSize', 3) - 1,
      maxCommitBatchSize: 1 + below('maxCommitBatchSize', 3),
      maxBatchSize: 1 + below('maxBatchSize', 20),
    },
    timing: {
      processor: 20 + below('processor', 400),
      fsync: 500 + below('fsync', 9000),
      append: 10 + below('append', 100),
      threads: {},
    },
    linkMicros: 100 + below('link', 4000),
    jitterMicros: below('jitter', 3000),
    profile: 'fixed',
  };
}
