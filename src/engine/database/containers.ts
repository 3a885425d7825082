/**
 * Nodes that the server deletes by itself: containers that have lost their children, and TTL
 * nodes without children that were left alone for longer than their time.
 *
 * Source: ContainerManager.getCandidates, DataTree (containers, ttls).
 */
import { CONTAINER_OWNER, kindOfOwner, ttlOf } from '../../zk/ephemeralType';
import { capacityOfSet, inHashOrder } from './childSet';
import type { DataTree } from './dataTree';
import type { NodeTable } from './nodeTable';
import { countChildren, ephemeralPaths, findNode, ownersIn } from './nodeTable';
import type { ZNode } from './znode';

/** Whether there is any node of these kinds. */
export function hasContainers(tree: DataTree): boolean {
  return tree.table.ownedCount > tree.table.ephemeralCount;
}

/**
 * What is to be deleted now, in the order of a Java HashSet. `wallMs`: ms since 1970;
 * `maxNeverUsedMs`: a container that never had a child may be so old (0: for ever).
 */
export function containerCandidates(tree: DataTree, wallMs: number, maxNeverUsedMs = 0): string[] {
  const { table } = tree;
  const found: string[] = [];
  for (const path of ephemeralPaths(table, CONTAINER_OWNER)) {
    const node = childless(table, path);
    if (node === undefined) continue;
    // One that never had a child is new: its user has had no time yet.
    const isTooOld = maxNeverUsedMs !== 0 && wallMs - node.mtime > maxNeverUsedMs;
    if (node.cversion > 0 || isTooOld) found.push(path);
  }
  for (const owner of ownersIn(table)) {
    if (kindOfOwner(owner) !== 'ttl') continue;
    const ttl = ttlOf(owner);
    for (const path of ephemeralPaths(table, owner)) {
      const node = childless(table, path);
      if (node !== undefined && wallMs - node.mtime > ttl) found.push(path);
    }
  }
  return inHashOrder(found, capacityOfSet(found.length));
}

function childless(table: NodeTable, path: string): ZNode | undefined {
  return countChildren(table, path) === 0 ? findNode(table, path) : undefined;
}
