/** Where the trees of servers differ from the freshest server's. */
import type { Frame, TreeSection } from '../../../../bridge/frame';
import type { Sid } from '../../../../zk/ids';
import { sectionOf, serverOf, serversOf } from '../../../parts/sections';

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
  const out: Record<Sid, Differing> = {};
  for (const { sid, tree } of trees) {
    if (sid === freshest.sid || tree.nodes === freshest.tree.nodes) continue;
    const { paths, missing } = differing(tree, freshest.tree);
    if (paths.size > 0 || missing > 0) out[sid] = { paths, missing, than: freshest.sid };
  }
  return out;
}

/** Frames hold the first paths of a large tree: what lies behind the last of either is not compared. */
function differing(tree: TreeSection, fresh: TreeSection): Omit<Differing, 'than'> {
  const end = lower(endOf(tree), endOf(fresh));
  const isKnown = (path: string) => end === undefined || path <= end;
  const reference = new Map(fresh.nodes.map((node) => [node.path, node]));
  const paths = new Set<string>();
  let met = 0;
  for (const node of tree.nodes) {
    if (!isKnown(node.path)) continue;
    const other = reference.get(node.path);
    if (other !== undefined) met += 1;
    if (other === undefined || other.stat.mzxid !== node.stat.mzxid || other.data !== node.data) {
      paths.add(node.path);
    }
  }
  const missing =
    end === undefined ? fresh.nodes.length - met : Math.max(0, fresh.total - tree.total);
  return { paths, missing };
}

/** The last path that a section is sure to have everything up to; undefined: it has all. */
function endOf({ nodes, total }: TreeSection): string | undefined {
  return total > nodes.length ? nodes.at(-1)?.path : undefined;
}

function lower(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a < b ? a : b;
}
