/**
 * What the page reads of a task in the data of its znodes, and how its name is said in short. The text form is
 * the application's own: `resize-7 id=c-1.0.3 once needs=gpu steps=4`; in /status a word stands before it.
 */
import type { TaskKind } from '../../../../bridge/app';

export interface TaskWords {
  text: string;
  /** Undefined: the data is lost, or a person wrote it. */
  submission?: string;
  kind: TaskKind;
  needs?: string;
}

/** Data as a znode view has it; null, empty or anything else gives a task without a submission. */
export function readTask(data: string | null): TaskWords {
  const [, text = '', submission, rest = ''] = /^(.*?)(?: id=(c-\d+\.\d+\.\d+))((?: \S+)*)$/.exec(
    data ?? '',
  ) ?? [undefined, data ?? ''];
  const needs = /\bneeds=(\S+)/.exec(rest)?.[1];
  return {
    text,
    kind: /(^| )once\b/.test(rest) ? 'once' : 'any',
    ...(submission === undefined ? {} : { submission }),
    ...(needs === undefined ? {} : { needs }),
  };
}

/** The first word of a status; undefined: no worker wrote it. */
export function readStatus(data: string | null): 'done' | 'failed' | undefined {
  const word = /^(done|failed)(?: |$)/.exec(data ?? '')?.[1];
  return word === 'done' || word === 'failed' ? word : undefined;
}

/** `task-3` for `task-0000000003`. */
export function shortTask(name: string): string {
  return name.replace(/-0*(\d)/, '-$1');
}

/** The task that a path is about; undefined: none. */
export function taskOfPath(path: string | undefined): string | undefined {
  const match = /^\/(?:tasks|status|assign\/[^/]+)\/([^/]+)$/.exec(path ?? '');
  return match?.[1];
}

/** `w-1` for `worker-w-1`; any other name as it is. */
export function shortWorker(node: string): string {
  return node.replace(/^worker-(?=w-\d)/, '');
}

/** A path in short: `/assign/w-1/task-3`. */
export function shortPath(path: string): string {
  return path
    .split('/')
    .map((name) => shortTask(shortWorker(name)))
    .join('/');
}
