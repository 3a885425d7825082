/** An ensemble as the oracle starts it, at one of several paces. */
import type { Timing } from '../../../bridge/process';
import type { ZooConfig } from '../../../zk/config';
import type { Sid } from '../../../zk/ids';
import { type Bench, openBench } from './bench';
import { awaitServing, settle, startServers } from './ensemble';

/** How fast things go in one replay. */
export interface Pace {
  readonly seed: number;
  /** Each message takes at least this long; us. */
  readonly linkMicros: number;
  /** Added to each message at random, up to this; us. */
  readonly jitterMicros: number;
}

/** Every message takes the same time: that of a relay between two processes of one machine. */
export const STEADY: Pace = { seed: 380, linkMicros: 300, jitterMicros: 0 };

/**
 * The pace of the machine that the recordings were made on: all servers on one host, whose disk was
 * not forced (`forceSync=no`). In microseconds.
 */
const TIMING: Timing = { processor: 50, fsync: 50, append: 20, threads: {} };

/** The order in which the oracle starts an ensemble: the last server leads epoch 1. */
export function startOrder(ensemble: number): { first: Sid[]; rest: Sid[] } {
  const others = Array.from({ length: ensemble - 1 }, (_, k) => k + 1);
  const first = [ensemble, ...others.filter((sid) => sid !== 2).slice(0, ensemble >> 1)];
  return { first, rest: others.filter((sid) => !first.includes(sid)) };
}

/** Servers 1 to `ensemble`, serving and at rest. Throws NotFinished when they do not come to that. */
export function startEnsemble(ensemble: number, config: ZooConfig, pace: Pace): Bench {
  const servers = Array.from({ length: ensemble }, (_, k) => k + 1);
  const bench = openBench({
    seed: pace.seed,
    ensembles: [{ servers }],
    down: servers,
    clients: [],
    config,
    timing: TIMING,
    linkMicros: pace.linkMicros,
    jitterMicros: pace.jitterMicros,
    profile: 'as-recorded',
  });
  const { first, rest } = startOrder(ensemble);
  startServers(bench, first);
  awaitServing(bench, first);
  startServers(bench, rest);
  awaitServing(bench, [...first, ...rest]);
  settle(bench);
  return bench;
}
