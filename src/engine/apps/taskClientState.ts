/** State of a task client, of both styles: what it has submitted, and how far each submission is. */
import type {
  SubmissionView,
  TaskClientSection,
  TaskClientSettings,
  TaskOrder,
} from '../../bridge/app';
import type { Zxid } from '../../zk/ids';
import type { Program } from './program';

/** Hardened: a list or (`task` set) a znode of a look; `sync` is the sync in front of it. */
export interface LookAsk {
  for: 'look';
  why: 'search' | 'sweep';
  round: number;
  path: string;
  task: string | null;
}

/** What the answer of a call is for. */
export type TaskClientAsk =
  | { for: 'create'; submission: string }
  /** exists with a watch, the data, the delete, of the status of a task. */
  | { for: 'status' | 'read' | 'delete'; submission: string; task: string }
  /** Whether /tasks is there. */
  | { for: 'root' }
  | LookAsk
  /** Hardened: the way into the group of clients. */
  | { for: 'marker'; step: 'root' | 'marker' | 'list' }
  | { for: 'sweep'; task: string; submission: string };

/** Hardened: a look through /tasks, every inbox and /status. */
export interface Look {
  why: LookAsk['why'];
  round: number;
  /** Answers still to come. */
  open: number;
  /** Path and pzxid of each list of tasks. */
  seen: string[];
  /** Names in /clients. */
  clients: string[];
  /** `status`: what /status says; null for a task in /tasks or an inbox. */
  found: { task: string; submission: string; status: 'done' | 'failed' | null }[];
}

export interface Submission {
  /** `c-1.0.3`. */
  id: string;
  order: TaskOrder;
  state: SubmissionView['state'];
  /** A create of it is on its way. */
  isAsked: boolean;
  /** Names of its znodes as far as it knows, oldest first. */
  tasks: string[];
  /** czxid of the failed status that it has read: that one tells nothing new. */
  failed: Zxid | null;
  /** The result was read; its status is to be deleted. */
  isConsumed: boolean;
}

export interface TaskClientState {
  role: 'taskclient';
  settings: TaskClientSettings;
  incarnation: number;
  program: Program<TaskClientAsk>;
  /** Oldest first. */
  submissions: Submission[];
  isConnected: boolean;
  /** The session has been connected once. */
  hasBegun: boolean;
  /** Book-style: its session has expired, and the process ends. */
  isOver: boolean;
  /** Hardened: what it awaits from an earlier session may have been swept away. */
  isNewSession: boolean;
  /** Number of looks so far. */
  looks: number;
  search: Look | null;
  sweep: Look | null;
  /** `seen` of the look before, when it found not all. */
  searchedBefore: string | null;
}

/** Submissions that the page sees. */
const SUBMISSIONS_SHOWN = 200;

export function submissionOf(client: TaskClientState, id: string): Submission | undefined {
  return client.submissions.find((submission) => submission.id === id);
}

export function taskClientSection(client: TaskClientState): TaskClientSection {
  const { id, style } = client.settings;
  const submissions = client.submissions.slice(-SUBMISSIONS_SHOWN).map(
    ({ id: submission, order: { text, kind }, state, tasks }): SubmissionView => ({
      submission,
      text,
      kind,
      state,
      tasks: tasks.slice(),
    }),
  );
  return { type: 'taskclient', id, style, submissions };
}
