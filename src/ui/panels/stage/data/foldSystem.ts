/** Which znodes a small tree lists: what lies below /zookeeper only where everything has to be scrolled anyway. */
import type { TreeSection } from '../../../../bridge/frame';
import type { ZnodeView } from '../../../../bridge/znodeViews';

export interface FoldedTree {
  shown: TreeSection;
  /** Znodes below /zookeeper that are not listed. */
  below: number;
}

const isBelow = ({ path }: ZnodeView) => path.startsWith('/zookeeper/');

/** `places`: rows that have room. */
export function foldSystem(section: TreeSection, places: number): FoldedTree {
  const { nodes, total } = section;
  if (total > nodes.length) return { shown: section, below: 0 };
  const known = nodes.filter((node) => !isBelow(node));
  if (known.length > places) return { shown: section, below: 0 };
  return {
    shown: { ...section, nodes: known, total: known.length },
    below: nodes.length - known.length,
  };
}
