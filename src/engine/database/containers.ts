/**
 * Nodes that the server deletes by itself: containers that have lost their children, and TTL
 * nodes without children that were left alone for longer than their time.
 *
 * Source: ContainerManager.getCandidates, DataTree (containers, ttls).
 */
import { CONTAINER_OWNER, kindOfOwner, ttlOf } from '../../zk/ephemeralType';
import { binOf } from './childSet';
import type { DataTree } from './dataTree';
import type { NodeTable, ZNode } from './nodeTable';
import { countChildren, ephemeralPaths, findNode, ownersIn } from './nodeTable';

/** Whether there is any node of these kinds. */
export function hasContainers(tree: DataTree): boolean {
  return tree.table.ownedCount > tree.table.ephemeralCount;
}

/** `wallMs`: ms since 1970. Containers first, then TTL nodes, each in the order of a hash set. */
export function containerCandidates(tree: DataTree, wallMs: number): string[] {
  const { table } = tree;
  const containers = candidates(table, ephemeralPaths(table, CONTAINER_OWNER), (node) => {
    // One that never had a child is new.
    return node.cversion > 0;
  });
  const ttls = ownersIn(table)
    .filter((owner) => kindOfOwner(owner) === 'ttl')
    .flatMap((owner) => ephemeralPaths(table, owner));
  const isOver = (node: ZNode) => wallMs - node.mtime > ttlOf(node.ephemeralOwner);
  return [...containers, ...candidates(table, ttls, isOver)];
}

function candidates(
  table: NodeTable,
  paths: readonly string[],
  isDue: (node: ZNode) => boolean,
): string[] {
  return inHashOrder(paths).filter((path) => {
    const node = findNode(table, path);
    return node !== undefined && countChildren(table, path) === 0 && isDue(node);
  });
}

/** As a ConcurrentHashMap of so many keys is walked. */
function inHashOrder(paths: readonly string[]): string[] {
  let bins = 16;
  while (paths.length * 4 >= bins * 3) bins *= 2;
  return paths
    .map((path) => ({ path, bin: binOf(path, bins) }))
    .sort((a, b) => a.bin - b.bin)
    .map(({ path }) => path);
}
