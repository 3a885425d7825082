/** Faults of links: the table, and what of it one lane feels. */
import type { ProcessName } from '../../bridge/names';
import type { ConnectionKind } from '../../zk/packets';
import type { Connection, Lane, Link, World } from './worldState';

export const CHANNELS: readonly ConnectionKind[] = ['client', 'quorum', 'election', 'app'];

export function linkOf(world: World, from: ProcessName, to: ProcessName): Link | undefined {
  return world.links[`${from}>${to}`];
}

/** The link, with nothing wrong on it if it was not in the table. */
export function ensureLink(world: World, from: ProcessName, to: ProcessName): Link {
  const key = `${from}>${to}`;
  let link = world.links[key];
  if (link === undefined) {
    link = { from, to, cut: [], held: [], partitioned: false };
    world.links[key] = link;
  }
  return link;
}

/** Copies what the link does to this lane into it, so that sending looks nothing up. */
export function applyLink(world: World, c: Connection, lane: Lane): void {
  const link = linkOf(world, lane.from, lane.to);
  const hold = link?.held.find((h) => h.channel === c.channel);
  lane.cut = link?.cut.includes(c.channel) ?? false;
  lane.partitioned = link?.partitioned ?? false;
  lane.held = hold !== undefined;
  lane.only = hold?.only;
  lane.latency = link?.latency ?? world.config.linkMicros;
  lane.jitter = link?.jitter ?? world.config.jitterMicros;
}

/** Shortest latency of all directions: nothing that one process does reaches another sooner. */
export function shortestLatency(world: World): number {
  let shortest = world.config.linkMicros;
  for (const key in world.links) {
    const { latency } = world.links[key] as Link;
    if (latency !== undefined && latency < shortest) shortest = latency;
  }
  return shortest;
}
