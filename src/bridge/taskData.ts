/**
 * Data of the application's znodes, as text that a person reads in `get` and may write by hand. Its processes
 * write and read it, and the page reads it too:
 *
 * `/tasks/t` and `/assign/w/t`: `resize-7 id=c-1.0.3 once needs=gpu steps=4 fails=1 failed=1`
 * `/status/t`: `done`, or with the task behind it, as in `failed resize-7 id=c-1.0.3`
 * `/workers/w`: `Idle` or `Working`, as in `Idle can=gpu`
 *
 * The znodes hold UTF-8: `encode...` and `decode...` are between a record and these bytes, `read...` reads their text.
 */
import { bytesToText, textToBytes } from '../base/bytes';
import type { TaskOrder } from './app';

/** Name of a worker's znode in /workers and in /assign: `worker-w-1`. */
export function workerNode(id: string): string {
  return `worker-${id}`;
}

/** `w-1` for `worker-w-1`; any other name as it is. */
export function shortWorker(node: string): string {
  return node.replace(/^worker-(?=w-\d+$)/, '');
}

/** `task-3` for `task-0000000003`; any other name as it is. */
export function shortTask(node: string): string {
  return node.replace(/^task-0*(?=\d)/, 'task-');
}

/** A task as its znode has it. */
export interface TaskData extends TaskOrder {
  /** `c-1.0.3`: task client, its incarnation, number of the submission; '' when a person wrote the znode. */
  submission: string;
  /** Runs that ended with a failure so far; it stands in the data, so that no crash forgets it. */
  failed?: number;
}

export interface StatusData {
  status: 'done' | 'failed';
  /** Book-style workers write it only with `failed`: whoever assigns the task anew needs it. */
  task?: TaskData;
}

export interface WorkerData {
  state: 'Idle' | 'Working';
  can?: string;
}

const FIELDS = '( once)?(?: needs=(\\S+))?(?: steps=(\\d+))?(?: fails=(\\d+))?(?: failed=(\\d+))?$';
/** The last id ends the text, so that a text may say what it likes. */
const WITH_ID = new RegExp(`^([\\s\\S]*) id=(c-\\d+\\.\\d+\\.\\d+)${FIELDS}`);
/** Written by hand: the fields that end it are fields. */
const BY_HAND = new RegExp(`^([\\s\\S]*?)()${FIELDS}`);

/** `decodeTask` reads it back to an equal task when it has a submission. */
export function encodeTask(task: TaskData): string {
  return textToBytes(taskText(task));
}

function taskText({ text, submission, kind, needs, steps, fails, failed }: TaskData): string {
  let out = text;
  if (submission !== '') out += ` id=${submission}`;
  if (kind === 'once') out += ' once';
  if (needs !== undefined) out += ` needs=${needs}`;
  if (steps !== undefined) out += ` steps=${steps}`;
  if (fails !== undefined) out += ` fails=${fails}`;
  if (failed !== undefined) out += ` failed=${failed}`;
  return out;
}

export function decodeTask(data: string | null | undefined): TaskData {
  return readTask(bytesToText(data ?? ''));
}

/** Never fails: whatever is no field is text. Nothing at all is the empty task, whose data was lost. */
export function readTask(written: string): TaskData {
  const [, text = '', submission = '', once, needs, steps, fails, failed] = (WITH_ID.exec(
    written,
  ) ?? BY_HAND.exec(written)) as RegExpExecArray;
  const task: TaskData = { text, submission, kind: once === undefined ? 'any' : 'once' };
  if (needs !== undefined) task.needs = needs;
  if (steps !== undefined) task.steps = Number(steps);
  if (fails !== undefined) task.fails = Number(fails);
  if (failed !== undefined) task.failed = Number(failed);
  return task;
}

export function encodeStatus({ status, task }: StatusData): string {
  return textToBytes(task === undefined ? status : `${status} ${taskText(task)}`);
}

export function decodeStatus(data: string | null | undefined): StatusData | undefined {
  return readStatus(bytesToText(data ?? ''));
}

/** Undefined: no worker wrote this. */
export function readStatus(written: string): StatusData | undefined {
  const [, status, task] = /^(done|failed)(?: ([\s\S]*))?$/.exec(written) ?? [];
  if (status !== 'done' && status !== 'failed') return undefined;
  return task === undefined ? { status } : { status, task: readTask(task) };
}

export function encodeWorker({ state, can }: WorkerData): string {
  return textToBytes(can === undefined ? state : `${state} can=${can}`);
}

export function decodeWorker(data: string | null | undefined): WorkerData | undefined {
  return readWorker(bytesToText(data ?? ''));
}

/** Undefined: no worker wrote this. */
export function readWorker(written: string): WorkerData | undefined {
  const [, state, can] = /^(Idle|Working)(?: can=(\S+))?$/.exec(written) ?? [];
  if (state !== 'Idle' && state !== 'Working') return undefined;
  return can === undefined ? { state } : { state, can };
}
