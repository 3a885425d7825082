/** Section `tree`: the znodes, system nodes included. */
import type { TreeSection, ZnodeView } from '../../../bridge/frame';
import { kindOfOwner, ttlOf } from '../../../zk/ephemeralType';
import type { AclEntry, Stat } from '../../../zk/records';
import { type DataTree, listNodes, nodeCount, statOf, type ZNode } from '../../database/dataTree';
import { lastProcessedZxid } from '../../database/zkDatabase';
import type { ServerState } from '../machine';
import { textOf } from './requestView';

const NODES_MAX = 1000;
/** Characters of a znode's data. */
const DATA_MAX = 200;

/** `path`: '/' for the root. */
export function znodeView(tree: DataTree, path: string, node: ZNode): ZnodeView {
  const view: ZnodeView = {
    path,
    data: node.data === null ? null : textOf(node.data, DATA_MAX),
    stat: statOf(tree, path) as Stat,
  };
  const kind = kindOfOwner(node.ephemeralOwner);
  if (kind !== 'persistent') view.kind = kind;
  if (kind === 'ttl') view.ttl = ttlOf(node.ephemeralOwner);
  if (!isOpen(node.acl)) view.acl = node.acl;
  return view;
}

function isOpen(acl: readonly AclEntry[]): boolean {
  const [entry] = acl;
  if (acl.length !== 1 || entry === undefined) return acl.length === 0;
  return entry.perms === 31 && entry.scheme === 'world';
}

export function treeSection(state: ServerState): TreeSection {
  const { tree } = state.db;
  return {
    type: 'tree',
    nodes: listNodes(tree, NODES_MAX).map(({ path, node }) => znodeView(tree, path, node)),
    // `srvr` counts the root twice.
    total: nodeCount(tree) - 1,
    lastProcessedZxid: lastProcessedZxid(state.db),
  };
}
