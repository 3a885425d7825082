/** Section `tree`: the znodes, system nodes included. */
import type { TreeSection, ZnodeView } from '../../../bridge/frame';
import type { Stat } from '../../../zk/records';
import { type DataTree, listNodes, nodeCount, statOf, type ZNode } from '../../database/dataTree';
import { lastProcessedZxid } from '../../database/zkDatabase';
import type { ServerState } from '../machine';
import { textOf } from './requestView';

const NODES_MAX = 1000;
/** Characters of a znode's data. */
const DATA_MAX = 200;

/** `path`: '/' for the root. */
export function znodeView(tree: DataTree, path: string, node: ZNode): ZnodeView {
  return {
    path,
    data: node.data === null ? null : textOf(node.data, DATA_MAX),
    stat: statOf(tree, path) as Stat,
  };
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
