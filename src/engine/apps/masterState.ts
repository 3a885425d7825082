/** State of a master, of both styles, and how it says what it has become. */
import type { MasterPhase, MasterSettings, MasterState } from '../../bridge/app';
import type { Effects } from '../../bridge/process';
import type { MasterAsk } from './masterAsk';
import type { Program } from './program';
import { forgetUnsent, store, type StorageLink } from './storageLink';
import { shortTask, shortWorker } from '../../bridge/taskData';
import { traceApp } from './traceApp';

/** Assignments that the section still counts. */
const GIVEN_MAX = 200;

/** A live worker as the master knows it. */
export interface WorkerSeen {
  /** Undefined: its znode's data has not been read, or names nothing. */
  can?: string;
}

/** A task that was seen in /tasks and is not given out. */
export interface TaskSeen {
  /** As its znode has it; undefined until it is read. */
  data?: string;
  /** The worker it is being given to. */
  worker?: string;
  /** It was told that nobody can take it; told once. */
  waits?: true;
}

/** The reads of a takeover: `/tasks`, `/assign`, `/workers`, every inbox, `/status`. */
export interface Recovery {
  /** Names in /tasks; recovered ones are added. */
  tasks: string[];
  /** Inboxes that are still to be read, by worker. */
  inboxes: string[];
  alive: string[];
  /** Tasks in inboxes of live workers, oldest answer first. */
  assigned: { worker: string; task: string }[];
  /** Hardened: tasks in inboxes of dead workers. */
  dead: { worker: string; task: string }[];
}

export interface MasterProcess {
  role: 'master';
  settings: MasterSettings;
  program: Program<MasterAsk>;
  storage: StorageLink<'plan'> | null;
  state: MasterState;
  phase: MasterPhase | null;
  /** Book-style: czxid of /master. Hardened: dataVersion of /epoch. null before it was elected. */
  token: number | null;
  /** The session has been connected once, and the roots were asked for. */
  hasBegun: boolean;
  /** The session is over; null: it stands, or one is on its way. */
  over: 'expired' | 'closed' | null;
  /** Children of /workers; null: not read. */
  workers: Record<string, WorkerSeen> | null;
  /** Hardened: number of the newest reading of /workers, and what it has brought so far. */
  reading: { n: number; found: Record<string, WorkerSeen> };
  /** Children of /tasks as they were read last; null: not read. */
  tasks: string[] | null;
  /** Children of /status that were looked at; null: not read. */
  statuses: string[] | null;
  pending: Record<string, TaskSeen>;
  recovery: Recovery | null;
  /** Hardened: /workers changed while a recovery ran, so another one follows. */
  recoversAgain: boolean;
  /** Worker by task, as far as it gave them or found them given; for whoever looks. */
  given: Record<string, string>;
  /** Book-style with a wrapper: calls that ended with the session and are made again in the next one. */
  again: MasterAsk[];
}

export function initialMaster(
  settings: MasterSettings,
  program: Program<MasterAsk>,
  storage: StorageLink<'plan'> | null,
): MasterProcess {
  return {
    role: 'master',
    settings,
    program,
    storage,
    state: 'RUNNING',
    phase: null,
    token: null,
    hasBegun: false,
    over: null,
    again: [],
    ...nothingKnown(),
  };
}

/** What a master knows before it has read anything. */
function nothingKnown() {
  return {
    workers: null,
    reading: { n: 0, found: {} },
    tasks: null,
    statuses: null,
    pending: {},
    recovery: null,
    recoversAgain: false,
    given: {},
  };
}

/** Nothing that it read holds any more, and what it meant to tell the storage is not told. */
export function forgetAll(master: MasterProcess): void {
  if (master.storage !== null) forgetUnsent(master.storage);
  const { n } = master.reading;
  Object.assign(master, nothingKnown());
  // Answers of an older reading must not pass for those of the next one.
  master.reading.n = n + 1;
}

export function setState(master: MasterProcess, state: MasterState, effects: Effects): void {
  if (state !== 'ELECTED') master.phase = null;
  master.state = state;
  const { token } = master;
  const { sessionId } = master.program.cnxn;
  traceApp(effects, 'masterState', { state, token, sessionId });
  effects.touch('master');
}

/** Phases of one mandate only go on. */
export function setPhase(master: MasterProcess, phase: MasterPhase, effects: Effects): void {
  master.phase = phase;
  traceApp(effects, 'masterPhase', { phase });
}

/** Live workers that can run it, in the order in which they were listed. */
export function ableWorkers(master: MasterProcess, needs: string | undefined): string[] {
  const workers = master.workers ?? {};
  const names = Object.keys(workers);
  return needs === undefined ? names : names.filter((name) => workers[name]?.can === needs);
}

/**
 * Picks one of these, at least one. The storage is told at once, before ZooKeeper has agreed: that is
 * the command which a master that slept gives with an old token (E12).
 */
export function chooseWorker(
  master: MasterProcess,
  task: string,
  able: readonly string[],
  effects: Effects,
): string {
  const worker = able[effects.random('worker', able.length)] as string;
  traceApp(effects, 'choose', { task, worker });
  writePlan(master, `${shortTask(task)} to ${shortWorker(worker)}`, effects);
  return worker;
}

/** Tells the storage what is to be done from now on, with the token of this master. */
export function writePlan(master: MasterProcess, text: string, effects: Effects): void {
  const { storage, token, settings } = master;
  if (storage === null || token === null) return;
  const write = { by: settings.id, what: 'plan' as const, key: 'plan', text, token };
  store(storage, write, 'plan', effects);
  effects.touch('master');
}

/** The assignment stands and the task is out of /tasks. */
export function noteAssigned(
  master: MasterProcess,
  task: string,
  worker: string,
  effects: Effects,
): void {
  delete master.pending[task];
  noteGiven(master, task, worker);
  traceApp(effects, 'assigned', { task, worker });
}

export function noteGiven(master: MasterProcess, task: string, worker: string): void {
  delete master.given[task];
  master.given[task] = worker;
  const [oldest, ...rest] = Object.keys(master.given);
  // A status that came and went unseen leaves its task counted.
  if (rest.length >= GIVEN_MAX) delete master.given[oldest as string];
}
