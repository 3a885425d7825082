/**
 * No task lies in a dead inbox without a recovery in progress.
 *
 * A recovery needs time, and a law that is exact must not hold that against it. So nothing is said
 * while anybody could still be about to act: only a master counts that owns /master by its live session,
 * believes it, is steady, runs, is connected, waits for no answer, and has read the list of workers at a
 * zxid at which the worker was gone already. Masters act on answers and watches alone, and this one has
 * heard all there is to hear: when an assignment still lies there after one more `tickTime`, nobody will
 * ever look at it, save by the next change of the workers or the next takeover.
 *
 * Source: reference master-worker, E2 and E4, delivery semantics.
 */
import type { AppTrace } from '../../bridge/app';
import { sayOfCheck } from '../../bridge/sentences/checks';
import type { Said } from '../../bridge/sentences/sentence';
import type { TraceEntry } from '../../bridge/traceEntry';
import { zxidText, type SessionId, type Zxid } from '../../zk/ids';
import { type AppTree, followTree, initialTree, TREE_TYPES, type TreeChange } from './appTree';
import { defineCheck } from './defineCheck';

interface Master {
  sessionId: SessionId;
  isSteady: boolean;
  isConnected: boolean;
  isPaused: boolean;
  /** cxids of its requests without an answer. */
  asked: number[];
  /** zxid of its newest list of /workers. */
  listed: Zxid;
}

interface Inboxes {
  tree: AppTree;
  tickMicros: number;
  masters: Record<string, Master>;
  /** Session of the one whose znode /master is. */
  owner: SessionId | null;
  /** By worker that was registered and is not: the txn that took it away. */
  gone: Record<string, Zxid>;
  /** By path of an assignment: its worker and task. */
  assignments: Record<string, { worker: string; task: string }>;
  /** By path of an assignment in a dead inbox: since when (us) nobody is about to do anything about it; null: somebody may be. */
  dead: Record<string, number | null>;
}

export const NoStuckInbox = defineCheck<Inboxes>({
  name: 'NoStuckInbox',
  isOfApp: true,
  types: [...TREE_TYPES, 'app', 'clientState', 'send', 'result', 'exit'],
  initial: ({ sids, tickMicros }) => ({
    tree: initialTree(sids),
    tickMicros,
    masters: {},
    owner: null,
    gone: {},
    assignments: {},
    dead: {},
  }),
  step(state, entry, server) {
    // What was so until now was so until this moment.
    const stuck = judge(state, entry.at);
    if (stuck !== undefined) return stuck;
    if (server >= 0) {
      const changes = followTree(state.tree, entry, server);
      if (changes.length === 0) return undefined;
      onChanges(state, changes);
    } else if (!onMaster(state, entry)) return undefined;
    look(state, entry.at);
    return undefined;
  },
});

function judge(state: Inboxes, now: number): Said | undefined {
  for (const path in state.dead) {
    const since = state.dead[path] as number | null;
    if (since === null || now - since <= state.tickMicros) continue;
    const { worker, task } = state.assignments[path] as { worker: string; task: string };
    const zxid = zxidText(state.gone[worker] as Zxid);
    const master = actingMaster(state)?.[0] ?? '';
    return sayOfCheck('check.stuckInbox', { task, worker, zxid, master });
  }
  return undefined;
}

function onChanges(state: Inboxes, changes: readonly TreeChange[]): void {
  for (const { what, path, sessionId, zxid } of changes) {
    const [, root, name = '', task] = path.split('/');
    if (root === 'master') state.owner = what === 'create' ? sessionId : null;
    else if (root === 'workers') {
      if (what === 'create') delete state.gone[name];
      else state.gone[name] = zxid;
    } else if (root === 'assign' && task !== undefined) {
      if (what === 'create') state.assignments[path] = { worker: name, task };
      else delete state.assignments[path];
    }
  }
  const before = state.dead;
  state.dead = {};
  for (const path in state.assignments) {
    const { worker } = state.assignments[path] as { worker: string };
    if (state.gone[worker] !== undefined) state.dead[path] = before[path] ?? null;
  }
}

/** True: something about a master has changed. */
function onMaster(state: Inboxes, entry: TraceEntry): boolean {
  const { process } = entry;
  if (!process.startsWith('master ')) return false;
  if (entry.type === 'start' || entry.type === 'exit') {
    delete state.masters[process];
    return true;
  }
  const master = state.masters[process] ?? newMaster();
  state.masters[process] = master;
  const { request } = entry;
  switch (entry.type) {
    case 'app':
      return onApp(master, entry);
    case 'clientState':
      master.isConnected = entry.name === 'CONNECTED';
      return true;
    case 'command':
      if (entry.name === 'crash') delete state.masters[process];
      if (entry.name === 'pause') master.isPaused = true;
      if (entry.name === 'resume') master.isPaused = false;
      return true;
    case 'send':
      // Pings and what the library asks for itself have cxids below 0.
      if (request === undefined || request.cxid <= 0) return false;
      master.asked.push(request.cxid);
      return true;
    case 'result':
      if (request === undefined) return false;
      master.asked = master.asked.filter((cxid) => cxid !== request.cxid);
      if (request.op === 'getChildren' && request.path === '/workers' && entry.err === 'OK') {
        master.listed = entry.zxid ?? master.listed;
      }
      return true;
    default:
      return false;
  }
}

function newMaster(): Master {
  return {
    sessionId: '' as SessionId,
    isSteady: false,
    isConnected: false,
    isPaused: false,
    asked: [],
    listed: 0 as Zxid,
  };
}

function onApp(master: Master, { name, detail }: TraceEntry): boolean {
  if (name === 'masterState') {
    const { sessionId } = detail as AppTrace['masterState'];
    master.isSteady = false;
    master.sessionId = sessionId;
    return true;
  }
  if (name !== 'masterPhase') return false;
  master.isSteady = (detail as AppTrace['masterPhase']).phase === 'steady';
  return true;
}

/** The master that would act if it had anything to act upon. */
function actingMaster({ masters, owner }: Inboxes): [string, Master] | undefined {
  return Object.entries(masters).find(
    ([, { sessionId, isSteady, isConnected, isPaused, asked }]) =>
      owner === sessionId && isSteady && isConnected && !isPaused && asked.length === 0,
  );
}

/** Of each assignment in a dead inbox: whether from now on nobody is about to do anything. */
function look(state: Inboxes, now: number): void {
  for (const path in state.dead) {
    const { worker } = state.assignments[path] as { worker: string };
    const listed = actingMaster(state)?.[1].listed ?? -1;
    if (listed < (state.gone[worker] as Zxid)) state.dead[path] = null;
    else state.dead[path] ??= now;
  }
}
