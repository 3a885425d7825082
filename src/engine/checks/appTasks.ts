/**
 * No task is lost: once its create was acknowledged to its task client, a task stands in /tasks, in some
 * inbox or in /status, until a task client has consumed its result.
 *
 * Consumed is what its client says it has read, or whose status a task client has deleted: one that sweeps
 * what the dead have left.
 *
 * Source: reference master-worker, delivery semantics (no task lost).
 */
import type { AppTrace } from '../../bridge/app';
import { sayOfCheck } from '../../bridge/sentences/checks';
import type { Said } from '../../bridge/sentences/sentence';
import type { TraceEntry } from '../../bridge/traceEntry';
import type { SessionId } from '../../zk/ids';
import { type AppTree, followTree, initialTree, TREE_TYPES, type TreeChange } from './appTree';
import { defineCheck } from './defineCheck';

interface Tasks {
  tree: AppTree;
  /** By task: how many znodes there are of it. */
  held: Record<string, number>;
  /** By acknowledged task that nobody has consumed: its submission. */
  acked: Record<string, string>;
  /** Consumed before its acknowledgement came. */
  early: Record<string, true>;
  /** Sessions of task clients. */
  clients: Record<SessionId, true>;
}

export const NoTaskLost = defineCheck<Tasks>({
  name: 'NoTaskLost',
  isOfApp: true,
  types: [...TREE_TYPES, 'app', 'clientState'],
  initial: ({ sids }) => ({
    tree: initialTree(sids),
    held: {},
    acked: {},
    early: {},
    clients: {},
  }),
  step(state, entry, server) {
    if (server >= 0) return onChanges(state, followTree(state.tree, entry, server));
    if (entry.type === 'clientState') {
      const sessionId = entry.detail?.['sessionId'];
      if (entry.process.startsWith('taskclient ')) state.clients[sessionId as SessionId] = true;
    } else if (entry.type === 'app') return onApp(state, entry);
    return undefined;
  },
});

function onApp(state: Tasks, { name, detail }: TraceEntry): Said | undefined {
  if (name === 'consumed') consume(state, (detail as AppTrace['consumed']).task);
  if (name !== 'acknowledged' && name !== 'found') return undefined;
  const { task, submission } = detail as AppTrace['acknowledged'];
  if (state.early[task] === true) {
    delete state.early[task];
    return undefined;
  }
  if (state.held[task] === undefined) return isLost(task, submission);
  state.acked[task] = submission;
  return undefined;
}

function consume(state: Tasks, task: string): void {
  if (state.acked[task] === undefined) state.early[task] = true;
  else delete state.acked[task];
}

function onChanges(state: Tasks, changes: readonly TreeChange[]): Said | undefined {
  const missing: string[] = [];
  for (const { what, path, sessionId } of changes) {
    const task = taskAt(path);
    if (task === undefined) continue;
    const held = (state.held[task] ?? 0) + (what === 'create' ? 1 : -1);
    if (held > 0) {
      state.held[task] = held;
      continue;
    }
    delete state.held[task];
    if (path.startsWith('/status/') && state.clients[sessionId] === true) consume(state, task);
    missing.push(task);
  }
  // All parts of a multi happen at once.
  const lost = missing.find(
    (task) => state.held[task] === undefined && state.acked[task] !== undefined,
  );
  return lost === undefined ? undefined : isLost(lost, state.acked[lost] as string);
}

/** The task whose znode this is: `/tasks/t`, `/assign/w/t`, `/status/t`. */
function taskAt(path: string): string | undefined {
  return /^\/(?:tasks|status|assign\/[^/]+)\/([^/]+)$/.exec(path)?.[1];
}

function isLost(task: string, submission: string): Said {
  return sayOfCheck('check.taskLost', { task, submission });
}
