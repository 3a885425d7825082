/** Which znodes are shown where there is room for a few rows only, and where two trees differ. */
import type { Frame, TreeSection, ZnodeView } from '../../../../bridge/frame';
import type { Sid } from '../../../../zk/ids';
import { sectionOf, serverOf, serversOf } from '../../../parts/sections';

export type TreeRow =
  | {
      type: 'node';
      path: string;
      node: ZnodeView /** Descendants that are not shown. */;
      below: number;
    }
  | { type: 'more'; path: string; count: number };

/** 0 for the root. */
export function depthOf(path: string): number {
  return path === '/' ? 0 : path.split('/').length - 1;
}

/** The last component; `/` for the root. */
export function nameOf(path: string): string {
  return path === '/' ? '/' : path.slice(path.lastIndexOf('/') + 1);
}

/**
 * At most `places` rows in the order of a tree: `/zookeeper` last and folded, and
 * when not all fit, the deepest levels folded first, then the rest counted.
 */
export function treeRows(nodes: readonly ZnodeView[], places: number, total: number): TreeRow[] {
  const sorted = inTreeOrder(nodes);
  const known = sorted.filter(({ path }) => !path.startsWith('/zookeeper/'));
  let depth = Math.max(0, ...known.map(({ path }) => depthOf(path)));
  while (depth > 1 && known.filter(({ path }) => depthOf(path) <= depth).length > places)
    depth -= 1;
  const fits = known.filter(({ path }) => depthOf(path) <= depth);
  const shown = fits.length <= places ? fits : fits.slice(0, places - 1);
  const rows: TreeRow[] = shown.map((node) => ({
    type: 'node',
    path: node.path,
    node,
    below:
      depthOf(node.path) === depth || node.path === '/zookeeper'
        ? sorted.filter(({ path }) => path.startsWith(`${node.path}/`)).length
        : 0,
  }));
  if (shown.length < fits.length) {
    const covered = rows.reduce((sum, row) => sum + (row.type === 'node' ? 1 + row.below : 0), 0);
    const parent = shown.at(-1)?.path ?? '/';
    rows.push({ type: 'more', path: `${parent}/…`, count: Math.max(0, total - covered) });
  }
  return rows;
}

/** Depth first, siblings by name, `/zookeeper` after its siblings. */
function inTreeOrder(nodes: readonly ZnodeView[]): ZnodeView[] {
  const key = ({ path }: ZnodeView) =>
    (path.startsWith('/zookeeper') ? '/\uffff' : path).replaceAll('/', '\u0001');
  return [...nodes].sort((a, b) =>
    key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.path < b.path ? -1 : 1,
  );
}

export interface Differing {
  /** Shown here, and different there or not there at all. */
  paths: ReadonlySet<string>;
  /** There, and not here. */
  missing: number;
  /** The freshest server. */
  than: Sid;
}

/** For each server whose tree is not the freshest server's: where it differs from that. */
export function differences(frame: Frame): Record<Sid, Differing> {
  const trees: { sid: Sid; tree: TreeSection }[] = [];
  for (const sid of serversOf(frame)) {
    const process = serverOf(frame, sid);
    const tree = sectionOf(process, 'tree', 'tree');
    if (tree !== undefined && process?.status !== 'down') trees.push({ sid, tree });
  }
  const [first, ...rest] = trees;
  if (first === undefined) return {};
  const freshest = rest.reduce(
    (best, one) => (one.tree.lastProcessedZxid > best.tree.lastProcessedZxid ? one : best),
    first,
  );
  const reference = new Map(freshest.tree.nodes.map((node) => [node.path, node]));
  const out: Record<Sid, Differing> = {};
  for (const { sid, tree } of trees) {
    if (sid === freshest.sid || tree.nodes === freshest.tree.nodes) continue;
    const paths = new Set<string>();
    let met = 0;
    for (const node of tree.nodes) {
      const other = reference.get(node.path);
      if (other !== undefined) met += 1;
      if (other === undefined || other.stat.mzxid !== node.stat.mzxid || other.data !== node.data) {
        paths.add(node.path);
      }
    }
    const missing = freshest.tree.nodes.length - met;
    if (paths.size > 0 || missing > 0) out[sid] = { paths, missing, than: freshest.sid };
  }
  return out;
}
