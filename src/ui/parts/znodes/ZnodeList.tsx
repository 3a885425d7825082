/**
 * The znodes of a server as a tree of which only what is seen stands in the document, however many there
 * are. Its rows are walked by the arrow keys; one of them is in the order of the Tab key.
 */
import { type KeyboardEvent, memo, type ReactNode, useEffect, useRef, useState } from 'react';
import type { ProcessName } from '../../../bridge/names';
import type { TreeSection, ZnodeView } from '../../../bridge/znodeViews';
import { useAskZnodes } from './askZnodes';
import { depthOf, inTreeOrder, isSystem } from './treeOrder';
import { useZnodes } from './useZnodes';
import { stepOf, windowOf } from './windowOf';
import styles from './znodes.module.css';

export interface ZnodeRowView {
  /** What the row is called. */
  name: string;
  content: ReactNode;
}

interface ZnodeListProps {
  /** Accessible name. */
  label: string;
  server: ProcessName;
  section: TreeSection;
  filter?: string;
  /** Pixels. */
  height: number;
  rowHeight: number;
  /** Indents by depth, pixels a level. */
  indent: number;
  /** Path that is scrolled to when the list appears. */
  startAt?: string;
  /** Path of the row that is picked. */
  picked?: string;
  onPick(path: string): void;
  render(node: ZnodeView): ZnodeRowView;
}

export function ZnodeList(props: ZnodeListProps) {
  const { label, server, section, filter = '', height, rowHeight, picked, onPick } = props;
  const list = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const { first, count } = windowOf(top, height, rowHeight);
  const znodes = useZnodes(server, section, filter, first, count);
  const { total } = znodes;
  const [active, setActive] = useState(0);
  const hasMoved = useRef(false);
  const last = Math.min(first + count, total);
  // What lies outside the window cannot have the focus: then the first row that is seen takes its place.
  const tabStop =
    active >= first && active < last ? active : Math.min(total - 1, Math.ceil(top / rowHeight));
  useStart(props, list);

  useEffect(() => {
    if (!hasMoved.current) return;
    hasMoved.current = false;
    list.current
      ?.querySelector<HTMLElement>(`[data-row="${active}"]`)
      ?.focus({ preventScroll: true });
  }, [active]);

  const onKeyDown = (event: KeyboardEvent) => {
    const to = stepOf(event.key, tabStop, Math.floor(height / rowHeight), total);
    if (to === undefined) return;
    hasMoved.current = true;
    setActive(to);
    const element = list.current;
    if (element !== null) {
      const y = to * rowHeight;
      element.scrollTop = Math.min(y, Math.max(element.scrollTop, y + rowHeight - height));
      setTop(element.scrollTop);
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      ref={list}
      role="tree"
      aria-label={label}
      tabIndex={total === 0 ? 0 : -1}
      className={styles.list}
      style={{ height }}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      onKeyDown={onKeyDown}
    >
      <div role="none" className={styles.spacer} style={{ height: total * rowHeight }}>
        {Array.from({ length: Math.max(0, last - first) }, (_, k) => {
          const i = first + k;
          const node = znodes.at(i);
          if (node === undefined) return null;
          return (
            <Row
              key={node.path}
              node={node}
              number={i}
              total={total}
              rowHeight={rowHeight}
              indent={props.indent}
              isPicked={node.path === picked}
              isTabStop={i === tabStop}
              render={props.render}
              onPick={onPick}
              onFocus={setActive}
            />
          );
        })}
      </div>
    </div>
  );
}

interface RowProps {
  node: ZnodeView;
  number: number;
  total: number;
  rowHeight: number;
  indent: number;
  isPicked: boolean;
  isTabStop: boolean;
  render(node: ZnodeView): ZnodeRowView;
  onPick(path: string): void;
  onFocus(number: number): void;
}

/** Scrolling draws only the rows that come into the window: those that stay are not looked at. */
const Row = memo(function Row(props: RowProps) {
  const { node, number, total, rowHeight, indent, isPicked, isTabStop, render, onPick, onFocus } =
    props;
  const { name, content } = render(node);
  const depth = depthOf(node.path);
  const classes = [styles.row];
  if (isSystem(node.path)) classes.push(styles.dim);
  if (isPicked) classes.push(styles.picked);
  return (
    <div
      role="treeitem"
      data-row={number}
      aria-label={name}
      aria-level={depth + 1}
      aria-posinset={number + 1}
      aria-setsize={total}
      aria-selected={isPicked}
      tabIndex={isTabStop ? 0 : -1}
      title={name}
      className={classes.join(' ')}
      style={{ top: number * rowHeight, height: rowHeight, paddingLeft: 3 + depth * indent }}
      onFocus={() => onFocus(number)}
      onClick={(event) => {
        event.stopPropagation();
        onPick(node.path);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        event.stopPropagation();
        onPick(node.path);
      }}
    >
      {content}
    </div>
  );
});

/** Scrolls to `startAt` once; of a tree that no frame holds whole, the place is asked for. */
function useStart(
  { startAt, server, section, filter = '', height, rowHeight }: ZnodeListProps,
  list: React.RefObject<HTMLDivElement | null>,
): void {
  const ask = useAskZnodes();
  const isDone = useRef(false);
  useEffect(() => {
    if (isDone.current || startAt === undefined) return;
    isDone.current = true;
    const show = (i: number) => {
      const y = i * rowHeight;
      if (list.current !== null && y + rowHeight > height) list.current.scrollTop = y - height / 2;
    };
    if (section.total <= section.nodes.length) {
      show(inTreeOrder(section.nodes).findIndex(({ path }) => path === startAt));
      return;
    }
    void ask(server, { from: startAt, count: 1, filter }).then((page) => {
      if (page !== undefined) show(page.from);
    });
  });
}
