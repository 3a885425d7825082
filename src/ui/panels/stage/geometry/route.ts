/** The way of a chip over the tracks of a chain. */
import type { Chain } from './chain';
import type { Point } from './shapes';

/**
 * The places passed from node `from` to node `to`, both included, by the fewest
 * tracks in either direction; undefined when none leads there.
 */
export function routeBetween(chain: Chain, from: string, to: string): Point[] | undefined {
  if (chain.nodes[from] === undefined || chain.nodes[to] === undefined) return undefined;
  const cameFrom: Record<string, string> = { [from]: from };
  const open = [from];
  for (let i = 0; i < open.length && cameFrom[to] === undefined; i += 1) {
    const node = open[i] as string;
    for (const track of chain.tracks) {
      const next = track.from === node ? track.to : track.to === node ? track.from : undefined;
      if (next === undefined || cameFrom[next] !== undefined) continue;
      cameFrom[next] = node;
      open.push(next);
    }
  }
  if (cameFrom[to] === undefined) return undefined;
  const way = [to];
  while (way[0] !== from) way.unshift(cameFrom[way[0] as string] as string);
  return way.map((node) => chain.nodes[node] as Point);
}
