/** How names and paths of the application are said in short, and which task a path is about. */
import { workerIdOf } from '../../../../bridge/taskData';

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
  return workerIdOf(node) ?? node;
}

/** A path in short: `/assign/w-1/task-3`. */
export function shortPath(path: string): string {
  return path
    .split('/')
    .map((name) => shortTask(shortWorker(name)))
    .join('/');
}
