/**
 * Any stretch of the znodes of a server, in the order of a tree: what a page asks for that scrolls through
 * more nodes than a section holds. The order is worked out once for each set of paths that is looked at.
 */
import { type ZnodesPage, type ZnodesWish, ZNODES_MAX } from '../../../bridge/znodeViews';
import { type DataTree, getNode, type ZNode } from '../../database/dataTree';
import { forEachChild, type NodeTable } from '../../database/nodeTable';
import { znodeView } from './tree';

interface Order {
  /** Root '/' first. */
  paths: string[];
  filter: string;
  /** Those of `paths` that contain `filter`. */
  fitting: string[];
}

/** By set of paths. Beside the state, never in it: it can be worked out again, and nothing that happens depends on it. */
const orders = new WeakMap<NodeTable['pathSet'], Order>();

export function znodesPage(tree: DataTree, wish: ZnodesWish): ZnodesPage {
  const { fitting } = orderOf(tree, wish.filter ?? '');
  const from =
    typeof wish.from === 'string'
      ? placeOf(fitting, wish.from)
      : Math.max(0, Math.min(wish.from, fitting.length));
  const count = Math.min(wish.count, ZNODES_MAX);
  const nodes = fitting
    .slice(from, from + count)
    .map((path) => znodeView(tree, path, getNode(tree, path) as ZNode));
  return { from, total: fitting.length, nodes };
}

function orderOf(tree: DataTree, filter: string): Order {
  const { table } = tree;
  let order = orders.get(table.pathSet);
  if (order === undefined) {
    const paths = pathsInOrder(table);
    order = { paths, filter: '', fitting: paths };
    orders.set(table.pathSet, order);
  }
  if (order.filter !== filter) {
    order.filter = filter;
    order.fitting =
      filter === '' ? order.paths : order.paths.filter((path) => path.includes(filter));
  }
  return order;
}

/** Walks the tree: sorting names under their parents takes less than sorting whole paths. */
function pathsInOrder(table: NodeTable): string[] {
  const paths = ['/'];
  const todo: string[] = [];
  const descend = (parent: string) => {
    const names: string[] = [];
    forEachChild(table, parent, (name) => names.push(name));
    names.sort();
    if (parent === '') names.sort((a, b) => Number(a === 'zookeeper') - Number(b === 'zookeeper'));
    for (let i = names.length - 1; i >= 0; i -= 1) todo.push(`${parent}/${names[i]}`);
  };
  descend('');
  for (let path = todo.pop(); path !== undefined; path = todo.pop()) {
    paths.push(path);
    descend(path);
  }
  return paths;
}

/** First of those that are not before the path. */
function placeOf(paths: readonly string[], path: string): number {
  const key = orderKey(path);
  let low = 0;
  let high = paths.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (orderKey(paths[middle] as string) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Below every character that a name may have, so that children stand right behind their parent. */
const BELOW = '\u0001';
/** Above every character that a name may have. */
const LAST = '\uffff';

/** Texts that sort as the tree is walked. A path has neither of the two characters (see zk/paths). */
function orderKey(path: string): string {
  if (path === '/') return '';
  const key = path.replaceAll('/', BELOW);
  return path === '/zookeeper' || path.startsWith('/zookeeper/') ? LAST + key : key;
}
