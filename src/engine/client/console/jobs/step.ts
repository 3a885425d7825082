/** What a job gets and gives, step by step. */
import type { RequestBody } from '../../../../zk/records';
import type { Call, CallResult } from '../../library/cnxnState';

export interface JobLine {
  kind: 'output' | 'error' | 'world';
  text: string;
}

export type JobRequest = Omit<Call, 'call'>;

/** How one of its calls ended. */
export type Answer = Omit<CallResult, 'call'>;

/** What a job does now. Without requests and with none outstanding it is over. */
export interface JobStep {
  lines: JobLine[];
  requests: JobRequest[];
  /** Exit code of the command, once it is over. */
  exitCode?: number;
  /** An exception that nobody catches: the console ends. */
  dies?: string;
}

export function ask(body: RequestBody, watcher?: string): JobStep {
  return { lines: [], requests: [watcher === undefined ? { body } : { body, watcher }] };
}

export function over(lines: JobLine[], exitCode: number): JobStep {
  return { lines, requests: [], exitCode };
}

export function out(text: string): JobLine {
  return { kind: 'output', text };
}

export function error(text: string): JobLine {
  return { kind: 'error', text };
}

export function childPath(parent: string, name: string): string {
  return parent === '/' ? `/${name}` : `${parent}/${name}`;
}
