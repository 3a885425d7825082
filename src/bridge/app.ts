/**
 * The master-worker application on top of the ensemble: what its processes are begun with and
 * ordered to do, what the page sees of them, and what they write down.
 *
 * Names: `master m-1`, `worker w-1`, `taskclient c-1`, `storage s-1`. Masters, workers and task
 * clients are programs over the client library, each with a session of its own; the storage is
 * outside ZooKeeper and is reached over connections of the kind `app`.
 *
 * Source of the namespace and the state machines: the published master-worker example of the
 * ZooKeeper book (Master, Worker, Client).
 */
import type { SessionId, Sid } from '../zk/ids';
import type { TaskKind } from '../zk/packets';

export type { TaskKind } from '../zk/packets';

/** `book`: with the known defects, each documented where it stands. `hardened`: each of them mended. */
export type AppStyle = 'book' | 'hardened';

export type AppRole = 'master' | 'worker' | 'taskclient' | 'storage';

interface ProgramSettings {
  /** `m-1`, `w-1`, `c-1`: letter of the role and a number from 1. */
  id: string;
  hosts: Sid[];
  /** Wanted session timeout, ms. */
  timeoutMs?: number;
  style: AppStyle;
  /** Id of the storage it writes to; undefined: it has none. */
  storage?: string;
}

export interface MasterSettings extends ProgramSettings {
  role: 'master';
  /** A wrapper opens a new session when the old one has expired, and what the master believes survives (E11). */
  reconnects?: boolean;
}

export interface WorkerSettings extends ProgramSettings {
  role: 'worker';
  /** What it is able to do; it stands in its znode, and the master assigns by it. Undefined: whatever needs nothing. */
  can?: string;
  /** Virtual ms of one step of a task; 500 when undefined. */
  stepMs?: number;
}

export interface TaskClientSettings extends ProgramSettings {
  role: 'taskclient';
}

export interface StorageSettings {
  role: 'storage';
  id: string;
  /** It refuses a token below the greatest it has seen for the same thing. */
  fencing: boolean;
}

export type AppSettings = MasterSettings | WorkerSettings | TaskClientSettings | StorageSettings;

/** A task as a person orders it from a task client. */
export interface TaskOrder {
  /** What is to be done, in a word or a few. */
  text: string;
  kind: TaskKind;
  /** Only a worker that can this may run it. */
  needs?: string;
  /** Steps of its run, 1 or more; 4 when undefined. */
  steps?: number;
  /** So many runs of it, 1 or more, end with a failure (on a healthy worker) before one succeeds. */
  fails?: number;
}

/** Orders that reach into one process of the application. */
export type AppOrder =
  | { type: 'submit'; task: TaskOrder }
  /** The task that the worker runs now ends with a failure. */
  | { type: 'fail' }
  /** Storage: from now on. */
  | { type: 'fencing'; on: boolean };

/* ---- what the page sees ---- */

/** Curator's words stand in the hardened version: SUSPENDED (issues nothing), RESIGNED (gave up). */
export type MasterState =
  | 'RUNNING'
  | 'CHECKING'
  | 'ELECTED'
  | 'NOTELECTED'
  | 'SUSPENDED'
  | 'RESIGNED'
  | 'STOPPED';

/** What an elected master is at: the five reads of a takeover, then `steady`. */
export type MasterPhase = 'workers' | 'recovery' | 'tasks' | 'steady';

export interface TaskView {
  /** Name of its znode, `task-0000000003`. */
  task: string;
  /** Id of the submission, unique for ever: `c-1.1.3` (task client, incarnation, n). */
  submission?: string;
  kind?: TaskKind;
  text?: string;
  needs?: string;
}

/** Section `master`. Beside it stands the section `client` of its session. */
export interface MasterSection {
  type: 'master';
  id: string;
  style: AppStyle;
  state: MasterState;
  phase: MasterPhase | null;
  /** What it shows whoever asks for its right to command; undefined before it was elected. */
  token?: number;
  /** It acts as the master: what it believes, not what is true. */
  believes: boolean;
  /** Live workers as it knows them. */
  workers: { worker: string; can?: string; tasks: number }[];
  /** Tasks that it has seen and not yet given out. */
  pending: TaskView[];
  /** What it is giving out or putting back just now. */
  doing: { what: 'assign' | 'requeue' | 'delete'; task: string; worker?: string }[];
  /** Writes to the storage without an answer yet. */
  storing: number;
}

/** Section `worker`. Beside it stands the section `client` of its session. */
export interface WorkerSection {
  type: 'worker';
  id: string;
  style: AppStyle;
  can?: string;
  /** Its znode in /workers was created in this session. */
  isRegistered: boolean;
  /** Hardened: it lost its connection and finishes nothing until it is back. */
  isSuspended: boolean;
  /** Assignments that it knows of and has not begun, oldest first. */
  inbox: TaskView[];
  running:
    | (TaskView & { step: number; steps: number; doing: 'steps' | 'effect' | 'status' })
    | null;
  /** Runs that ended well, and others. */
  done: number;
  failed: number;
}

export interface SubmissionView {
  submission: string;
  text: string;
  kind: TaskKind;
  /** UNCERTAIN: the create ended with CONNECTIONLOSS. */
  state: 'CREATING' | 'UNCERTAIN' | 'WAITING' | 'READING' | 'DONE' | 'FAILED';
  /** Names of the znodes that were created for it as far as it knows; more than one: submitted twice. */
  tasks: string[];
}

/** Section `taskclient`. Beside it stands the section `client` of its session. */
export interface TaskClientSection {
  type: 'taskclient';
  id: string;
  style: AppStyle;
  submissions: SubmissionView[];
}

export interface StorageRow {
  /** Virtual time, us. */
  at: number;
  by: string;
  what: 'plan' | 'effect';
  key: string;
  text: string;
  token: number;
  kind?: TaskKind;
  outcome: 'accepted' | 'refused' | 'duplicate';
  /** The greatest token seen for that thing before. */
  seen: number;
}

/** Section `storage`: the newest 200 rows, oldest first. */
export interface StorageSection {
  type: 'storage';
  id: string;
  fencing: boolean;
  rows: StorageRow[];
  /** Rows dropped before those. */
  dropped: number;
}

export type AppSection = MasterSection | WorkerSection | TaskClientSection | StorageSection;

/* ---- what they write down: trace entries of type `app`, their `name` and `detail` ---- */

/** By name: what `detail` holds. Captions, checks and conditions of stories read these. */
export interface AppTrace {
  /** A master's state; `token` once it has one. `sessionId` is the session it believes in. */
  masterState: { state: MasterState; token: number | null; sessionId: SessionId };
  masterPhase: { phase: MasterPhase };
  /** A master picked a worker for a task. */
  choose: { task: string; worker: string };
  /** The assignment stands and the task is out of /tasks. */
  assigned: { task: string; worker: string };
  /** A task of a dead worker is back in /tasks; `isEmpty`: its data was lost on the way (book-style). */
  requeued: { task: string; worker: string; isEmpty: boolean };
  /** A failed task is back in /tasks and its status is gone: somebody may run it again. */
  anew: { task: string };
  /** Taken out of /tasks by recovery: assigned already, or with a status. */
  dropped: { task: string; why: 'assigned' | 'status' };
  /** Nobody can take it now. */
  noWorker: { task: string };
  /** Book-style recovery ended before it had looked at the inboxes: nobody is alive (E4), or a read failed. */
  recoverySkipped: { why: 'noWorker' | 'error' };
  workerRegistered: { worker: string; can: string | null };
  suspended: Record<string, never>;
  resumed: Record<string, never>;
  /** A worker starts on a task; `run` counts the runs of that worker. */
  begin: { task: string; submission: string; kind: TaskKind; run: number };
  step: { task: string; step: number; steps: number };
  /** The effect was asked of the storage, or (without one) took place in the worker. */
  effect: { task: string; submission: string; kind: TaskKind; token: number };
  executed: { task: string; submission: string; run: number };
  failedRun: { task: string; submission: string; run: number };
  /** /status has it. */
  reported: { task: string; status: 'done' | 'failed' };
  /** The assignment is deleted. */
  released: { task: string };
  submitted: { submission: string; kind: TaskKind };
  /** The create of a task returned its name. */
  acknowledged: { submission: string; task: string };
  uncertain: { submission: string };
  /** Found by its submission id, so not created again. */
  found: { submission: string; task: string };
  /** The result was read. `swept`: of a client that died, deleted by another one (hardened, E9). */
  consumed: { submission: string; task: string; status: string };
  /** The storage's answer to a write. */
  stored: {
    by: string;
    what: 'plan' | 'effect';
    key: string;
    token: number;
    kind: TaskKind | null;
    outcome: 'accepted' | 'refused' | 'duplicate';
    seen: number;
  };
}

export type AppTraceName = keyof AppTrace;
