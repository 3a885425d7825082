/** Section `tree`: the znodes, system nodes included. */
import type { TreeSection } from '../../../bridge/frame';
import type { Stat } from '../../../zk/records';
import { listNodes, nodeCount, statOf } from '../../database/dataTree';
import { lastProcessedZxid } from '../../database/zkDatabase';
import type { ServerState } from '../machine';
import { textOf } from './requestView';

const NODES_MAX = 1000;
/** Characters of a znode's data. */
const DATA_MAX = 200;

export function treeSection(state: ServerState): TreeSection {
  const { tree } = state.db;
  return {
    type: 'tree',
    nodes: listNodes(tree, NODES_MAX).map(({ path, node }) => ({
      path,
      data: node.data === null ? null : textOf(node.data, DATA_MAX),
      stat: statOf(tree, path) as Stat,
    })),
    // `srvr` counts the root twice.
    total: nodeCount(tree) - 1,
    lastProcessedZxid: lastProcessedZxid(state.db),
  };
}
