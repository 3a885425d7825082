/**
 * The znodes of a server by their number in the order of a tree. A frame holds a thousand; of more, the
 * stretch around what is looked at is asked for, and what stood there stays until it has come.
 */
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ProcessName } from '../../../bridge/names';
import type { TreeSection, ZnodesPage, ZnodeView } from '../../../bridge/znodeViews';
import { useAskZnodes } from './askZnodes';
import { inTreeOrder } from './treeOrder';

export interface Znodes {
  /** Of those that fit the filter. */
  total: number;
  /** Undefined: not known yet. */
  at(i: number): ZnodeView | undefined;
}

interface Stretch extends ZnodesPage {
  /** Of which state of which tree. */
  key: string;
}

/** What is looked at: `count` rows from number `first` on. */
export function useZnodes(
  server: ProcessName,
  section: TreeSection,
  filter: string,
  first: number,
  count: number,
): Znodes {
  const ask = useAskZnodes();
  const isWhole = section.total <= section.nodes.length;
  // Equal zxids mean equal trees; a section is a new object in each frame.
  const key = `${server} ${section.lastProcessedZxid} ${section.total} ${filter}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the section's content
  const fitting = useMemo(
    () =>
      isWhole ? inTreeOrder(section.nodes).filter(({ path }) => path.includes(filter)) : undefined,
    [key, isWhole],
  );
  const [stretch, setStretch] = useState<Stretch | undefined>(undefined);
  const asking = useRef(false);
  useEffect(() => {
    if (isWhole || asking.current || covers(stretch, key, first, count)) return;
    asking.current = true;
    const from = Math.max(0, first - Math.floor((ASKED - count) / 2));
    void ask(server, { from, count: ASKED, filter }).then((page) => {
      asking.current = false;
      setStretch({ key, ...(page ?? NOTHING) });
    });
  });
  if (fitting !== undefined) return { total: fitting.length, at: (i) => fitting[i] };
  return {
    total: stretch?.total ?? (filter === '' ? section.total : 0),
    at: (i) => stretch?.nodes[i - stretch.from],
  };
}

/** Rows around the window that are asked for at once: a screen or two up and down. */
const ASKED = 160;

const NOTHING: ZnodesPage = { from: 0, total: 0, nodes: [] };

function covers(
  stretch: Stretch | undefined,
  key: string,
  first: number,
  count: number,
): stretch is Stretch {
  if (stretch === undefined || stretch.key !== key) return false;
  const { from, total, nodes } = stretch;
  const last = Math.min(first + count, total);
  return Math.max(0, first) >= from && last <= from + nodes.length;
}
