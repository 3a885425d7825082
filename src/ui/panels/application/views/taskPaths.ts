/** Paths of the application's znodes: said in short, and which task one is about. */
import { shortTask, shortWorker } from '../../../../bridge/taskData';

/** The task that a path is about; undefined: none. */
export function taskOfPath(path: string | undefined): string | undefined {
  const match = /^\/(?:tasks|status|assign\/[^/]+)\/([^/]+)$/.exec(path ?? '');
  return match?.[1];
}

/** A path in short: `/assign/w-1/task-3`. */
export function shortPath(path: string): string {
  return path
    .split('/')
    .map((name) => shortTask(shortWorker(name)))
    .join('/');
}
