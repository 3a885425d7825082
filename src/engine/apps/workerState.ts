/** State of a worker, of both styles: its inbox, the one task that it runs, and what it asked for. */
import type { TaskView, WorkerSection, WorkerSettings } from '../../bridge/app';
import type { Effects } from '../../bridge/process';
import type { Zxid } from '../../zk/ids';
import { ask, type Program } from './program';
import { setData } from './requests';
import type { StorageLink } from './storageLink';
import { encodeWorker, type TaskData, type WorkerData, workerNode } from '../../bridge/taskData';

/** What the answer of a call is for. */
export type WorkerAsk =
  | { for: 'inboxNode' | 'register' | 'owner' | 'inbox' | 'roots' }
  | { for: 'read'; task: string; path: string }
  | { for: 'state'; state: WorkerData['state'] }
  /** Book-style: two calls. */
  | { for: 'status'; task: string; path: string; data: string }
  | { for: 'release'; task: string }
  /** Hardened: both in one multi. */
  | { for: 'report'; task: string; run: number };

/** The number of the run whose effect was asked of the storage. */
export interface EffectAsk {
  run: number;
}

export interface Assignment {
  task: string;
  data: TaskData;
  /** Of its znode in the inbox: which assignment of that name it is, and the token of its effect. */
  czxid: Zxid;
}

/**
 * `steps`: it works. `effect`: the storage was asked. `executed`: the run is over, nobody knows yet.
 * `status`: /status was asked to say so. `release`: book-style, the assignment is about to be deleted.
 */
export type Doing = 'steps' | 'effect' | 'executed' | 'status' | 'release';

export interface Running extends Assignment {
  /** Number of the run, from 1, over the life of the process. */
  run: number;
  step: number;
  steps: number;
  doing: Doing;
  status: 'done' | 'failed';
  /** The storage was asked for the effect and has not answered yet. */
  isAsked: boolean;
  /** Hardened: a report of it ended with CONNECTIONLOSS, so it may have arrived. */
  isUncertain: boolean;
}

export interface WorkerState {
  role: 'worker';
  settings: WorkerSettings;
  program: Program<WorkerAsk>;
  storage: StorageLink<EffectAsk> | null;
  /** The session has been connected once. */
  hasBegun: boolean;
  /** Its znode in /workers was created in this session. */
  isRegistered: boolean;
  /** Hardened: the connection is lost. */
  isSuspended: boolean;
  /** Book-style: its session has expired, and the process ends. */
  isOver: boolean;
  /** Assignments that it knows by name, and (hardened) which of that name. */
  known: Record<string, Zxid>;
  /** Known and not begun, oldest first. */
  inbox: Assignment[];
  running: Running | null;
  runs: number;
  done: number;
  failed: number;
  /** What its znode in /workers says as far as it knows. */
  said: WorkerData['state'];
}

/** Steps of a task that does not say how many. */
const STEPS = 4;
export const STEP_MS = 500;

export function workerPath(worker: WorkerState): string {
  return `/workers/${workerNode(worker.settings.id)}`;
}

export function inboxPath(worker: WorkerState, task?: string): string {
  const path = `/assign/${workerNode(worker.settings.id)}`;
  return task === undefined ? path : `${path}/${task}`;
}

export function workerData(worker: WorkerState, state: WorkerData['state']): string {
  const { can } = worker.settings;
  return encodeWorker(can === undefined ? { state } : { state, can });
}

export function stepsOf(data: TaskData): number {
  return Math.max(1, data.steps ?? STEPS);
}

/** Says Working when it has something to do and Idle when it has nothing, each once. */
export function sayState(worker: WorkerState, effects: Effects): void {
  if (!worker.isRegistered || worker.isSuspended) return;
  const state = worker.running === null && worker.inbox.length === 0 ? 'Idle' : 'Working';
  if (state === worker.said) return;
  worker.said = state;
  const body = setData(workerPath(worker), workerData(worker, state));
  ask(worker.program, body, { for: 'state', state }, effects);
}

export function workerSection(worker: WorkerState): WorkerSection {
  const { id, style, can } = worker.settings;
  const { isRegistered, isSuspended, running, done, failed } = worker;
  const section: WorkerSection = {
    type: 'worker',
    id,
    style,
    isRegistered,
    isSuspended,
    inbox: worker.inbox.map(taskView),
    running: null,
    done,
    failed,
  };
  if (can !== undefined) section.can = can;
  if (running !== null) {
    const { step, steps, doing } = running;
    const shown = doing === 'steps' || doing === 'effect' ? doing : 'status';
    section.running = { ...taskView(running), step, steps, doing: shown };
  }
  return section;
}

function taskView({ task, data }: Assignment): TaskView {
  const view: TaskView = { task, kind: data.kind, text: data.text };
  if (data.submission !== '') view.submission = data.submission;
  if (data.needs !== undefined) view.needs = data.needs;
  return view;
}
