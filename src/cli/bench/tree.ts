/**
 * What a write costs in a tree of 100 000 znodes against one of 100: CPU of the whole
 * pipeline of an ensemble of three (console, client, network, all processors, trees, logs,
 * trace). Both runs take turns in one process, block by block, so that whatever else the
 * machine does falls on both.
 */
import { serverName } from '../../bridge/names';
import { DEFAULT_TIMING } from '../../bridge/process';
import { getNode, nodeCount } from '../../engine/database/dataTree';
import type { ServerState } from '../../engine/server/machine';
import { createRun, order, type Run, runUntil } from '../../engine/world/inProcess';
import { DEFAULT_ZOO_CONFIG } from '../../zk/config';
import { cpuSeconds, type Figure, medianOf } from './figures';

const SIZES = [100, 100_000] as const;
const SIDS = [1, 2, 3];
/** Parts of a multi while a tree is planted. */
const PARTS_MAX = 5000;
/** Virtual time given to a write: longer than it takes. */
const WRITE_MICROS = 40_000;
const PLANT_MICROS = 5_000_000;
/** Even: what a block creates it deletes again. */
const WRITES_PER_BLOCK = 200;
const BLOCKS = 41;
/** Not counted: compiling. */
const WARM_UP_BLOCKS = 20;
/** From one name to the next, so that each lies elsewhere; prime to both sizes. */
const LEAP = 7919;

interface Stand {
  readonly znodes: number;
  readonly run: Run;
  /** Of each kind so far. */
  writes: number;
  /** CPU of a write in each block that counts, us. */
  readonly costs: Record<'write' | 'set' | 'create_delete', number[]>;
}

/** Throws when a write did not do what it says: its cost would be that of a refusal. */
export function benchTree(): Figure[] {
  const stands = SIZES.map(standOf);
  for (let block = -WARM_UP_BLOCKS; block < BLOCKS; block += 1) {
    // Who begins changes: what one leaves to the collector falls on both.
    for (const stand of block % 2 === 0 ? stands : stands.slice().reverse()) {
      const set = costOf(stand, setLine);
      const createDelete = costOf(stand, createDeleteLine);
      checkWritten(stand);
      stand.writes += WRITES_PER_BLOCK;
      if (block < 0) continue;
      stand.costs.set.push(set);
      stand.costs.create_delete.push(createDelete);
      stand.costs.write.push((set + createDelete) / 2);
    }
  }
  const [small, large] = stands as [Stand, Stand];
  return (['write', 'set', 'create_delete'] as const).flatMap((name) => {
    const of = (stand: Stand) => medianOf(stand.costs[name]);
    const n = BLOCKS * WRITES_PER_BLOCK * (name === 'write' ? 2 : 1);
    const cost = (stand: Stand): Figure => ({
      name: `${name}_us_cpu@${stand.znodes}znodes`,
      value: Math.round(of(stand)),
      unit: 'us',
      n,
    });
    const ratio = Math.round((of(large) / of(small)) * 100) / 100;
    return [cost(small), cost(large), { name: `${name}_cost_ratio`, value: ratio, unit: '1', n }];
  });
}

/** An ensemble that serves, with `/big` and so many nodes below it. */
function standOf(znodes: number): Stand {
  const run = createRun({
    seed: 1,
    ensembles: [{ servers: SIDS }],
    clients: [{ letter: 'a', hosts: SIDS }],
    config: DEFAULT_ZOO_CONFIG,
    timing: DEFAULT_TIMING,
    linkMicros: 2000,
    jitterMicros: 0,
    profile: 'fixed',
  });
  runUntil(run, 10_000_000);
  say(run, 'create /big', WRITE_MICROS);
  for (let first = 0; first < znodes; first += PARTS_MAX) {
    const count = Math.min(PARTS_MAX, znodes - first);
    const parts = Array.from({ length: count }, (_, i) => `'create /big/node-${first + i} x'`);
    say(run, `txn ${parts.join(' ')}`, PLANT_MICROS);
  }
  return { znodes, run, writes: 0, costs: { write: [], set: [], create_delete: [] } };
}

function setLine(i: number, znodes: number): string {
  return `set /big/node-${(i * LEAP) % znodes} ${i}`;
}

function createDeleteLine(i: number): string {
  const path = `/big/new-${(i >> 1) * LEAP}`;
  return i % 2 === 0 ? `create ${path} x` : `delete ${path}`;
}

/** CPU of a write in one block, us. */
function costOf(stand: Stand, lineOf: (i: number, znodes: number) => string): number {
  const start = cpuSeconds();
  for (let i = stand.writes; i < stand.writes + WRITES_PER_BLOCK; i += 1) {
    say(stand.run, lineOf(i, stand.znodes), WRITE_MICROS);
  }
  return ((cpuSeconds() - start) * 1e6) / WRITES_PER_BLOCK;
}

/** One line at the console, and virtual time. */
function say(run: Run, line: string, micros: number): void {
  order(run, { type: 'zk', letter: 'a', line });
  runUntil(run, run.world.now + micros);
}

/** On each server the newest set is there, and nothing but what was planted besides. */
function checkWritten({ run, znodes, writes }: Stand): void {
  const last = writes + WRITES_PER_BLOCK - 1;
  const path = `/big/node-${(last * LEAP) % znodes}`;
  for (const sid of SIDS) {
    const server = run.shells[serverName(sid)]?.state.machine as ServerState | undefined;
    const tree = server?.db.tree;
    // Root twice, three system nodes, /big.
    const isWritten =
      tree !== undefined &&
      nodeCount(tree) === znodes + 6 &&
      getNode(tree, path)?.data === String(last);
    if (!isWritten) {
      throw new Error(`server ${sid}, ${znodes} znodes: what was written is not there`);
    }
  }
}
