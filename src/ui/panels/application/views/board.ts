/** What ZooKeeper holds of the application, as columns: read from one server's znodes. */
import type { TaskKind } from '../../../../bridge/app';
import { readStatus, readTask, shortWorker, type TaskData } from '../../../../bridge/taskData';
import type { ZnodeView } from '../../../../bridge/znodeViews';
import { nameOf } from '../../../parts/znodes/treeOrder';
import type { Truth } from './truth';

export interface Ticket {
  /** Name of the task's znode. */
  task: string;
  path: string;
  /** '': lost, or a person wrote the znode. */
  submission: string;
  kind: TaskKind;
  text: string;
  needs?: string;
  /** Of /status; undefined elsewhere. */
  status?: 'done' | 'failed';
  /** Its data was lost on the way. */
  isEmpty: boolean;
}

export interface Inbox {
  /** `w-1`. */
  worker: string;
  path: string;
  tickets: readonly Ticket[];
  /** Nobody stands in /workers for it. */
  isDead: boolean;
}

export interface Board {
  master?: ZnodeView;
  epoch?: ZnodeView;
  workers: readonly { worker: string; path: string; node: ZnodeView }[];
  tasks: readonly Ticket[];
  assign: readonly Inbox[];
  status: readonly Ticket[];
  /** Znodes of the server that its section does not show. */
  unseen: number;
  /** The roots that are there. */
  roots: readonly string[];
}

const ROOTS = ['/master', '/workers', '/tasks', '/assign', '/status', '/epoch'];

export function boardOf(truth: Truth): Board {
  const nodes = truth.tree?.nodes ?? [];
  const workers = childrenOf(nodes, '/workers').map((node) => ({
    worker: shortWorker(nameOf(node.path)),
    path: node.path,
    node,
  }));
  const tasksOfDone = new Map<string, Ticket>();
  const tasks = childrenOf(nodes, '/tasks').map(taskTicket);
  const assign = childrenOf(nodes, '/assign').map((inbox): Inbox => {
    const name = nameOf(inbox.path);
    return {
      worker: shortWorker(name),
      path: inbox.path,
      tickets: childrenOf(nodes, inbox.path).map(taskTicket),
      isDead: !truth.nodes.has(`/workers/${name}`),
    };
  });
  // A status says little of its task: what stands elsewhere says more.
  for (const ticket of [...tasks, ...assign.flatMap(({ tickets }) => tickets)]) {
    tasksOfDone.set(ticket.task, ticket);
  }
  const status = childrenOf(nodes, '/status').map((node): Ticket => {
    const { status: word, ...own } = statusTicket(node);
    const other = tasksOfDone.get(own.task);
    const best = own.text === '' && other !== undefined ? { ...other, path: own.path } : own;
    return { ...best, isEmpty: false, ...(word === undefined ? {} : { status: word }) };
  });
  const master = truth.nodes.get('/master');
  const epoch = truth.nodes.get('/epoch');
  return {
    ...(master === undefined ? {} : { master }),
    ...(epoch === undefined ? {} : { epoch }),
    workers,
    tasks,
    assign,
    status,
    unseen: (truth.tree?.total ?? 0) - nodes.length,
    roots: ROOTS.filter((root) => truth.nodes.has(root)),
  };
}

/** Direct children, in the order of the tree (by name). */
function childrenOf(nodes: readonly ZnodeView[], parent: string): ZnodeView[] {
  const start = `${parent}/`;
  return nodes.filter(
    ({ path }) => path.startsWith(start) && !path.slice(start.length).includes('/'),
  );
}

function taskTicket(node: ZnodeView): Ticket {
  const isEmpty = node.data === null || node.data === '';
  return { ...ticketOf(node, readTask(node.data ?? '')), isEmpty };
}

/** What no worker wrote is shown as a task. */
function statusTicket(node: ZnodeView): Ticket {
  const status = readStatus(node.data ?? '');
  if (status === undefined) return ticketOf(node, readTask(node.data ?? ''));
  return { ...ticketOf(node, status.task ?? readTask('')), status: status.status };
}

function ticketOf({ path }: ZnodeView, { submission, text, kind, needs }: TaskData): Ticket {
  const ticket: Ticket = { task: nameOf(path), path, submission, kind, text, isEmpty: false };
  return needs === undefined ? ticket : { ...ticket, needs };
}

/** Where a task stands just now: paths, in the order of its way. */
export function placesOf(board: Board, task: string): Ticket[] {
  return [
    ...board.tasks,
    ...board.assign.flatMap(({ tickets }) => tickets),
    ...board.status,
  ].filter((ticket) => ticket.task === task);
}

/** What fits of a list into `rows`, and how many do not: the first ones, or with `newest` the last. */
export function fitRows<T>(
  items: readonly T[],
  rows: number,
  newest = false,
): { shown: readonly T[]; hidden: number } {
  if (items.length <= rows) return { shown: items, hidden: 0 };
  const count = Math.max(0, rows - 1);
  const shown = newest ? items.slice(items.length - count) : items.slice(0, count);
  return { shown, hidden: items.length - count };
}

export interface InboxFit {
  inbox: Inbox;
  shown: readonly Ticket[];
  hidden: number;
}

/** Inboxes share the rows: each has one for its name; what is left goes round among those that have more tasks. */
export function fitInboxes(
  assign: readonly Inbox[],
  rows: number,
): { shown: readonly InboxFit[]; hidden: number } {
  const { shown: inboxes, hidden } = fitRows(assign, Math.max(1, rows));
  const room = inboxes.map(() => 0);
  let left = rows - inboxes.length - (hidden > 0 ? 1 : 0);
  for (let isMoving = true; left > 0 && isMoving; ) {
    isMoving = false;
    inboxes.forEach((inbox, i) => {
      if (left > 0 && (room[i] ?? 0) < inbox.tickets.length) {
        room[i] = (room[i] ?? 0) + 1;
        left -= 1;
        isMoving = true;
      }
    });
  }
  return {
    shown: inboxes.map((inbox, i) => {
      const seen = inbox.tickets.slice(0, room[i] ?? 0);
      return { inbox, shown: seen, hidden: inbox.tickets.length - seen.length };
    }),
    hidden,
  };
}
