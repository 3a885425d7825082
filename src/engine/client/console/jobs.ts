/**
 * What a command does once it is parsed: its requests, one after another, and
 * the lines that its answers make. Plain data, so that it survives a fork.
 *
 * Source: org.apache.zookeeper.cli (CreateCommand, DeleteCommand, ...), ZKUtil.java.
 */
import { bytesToText, textToBytes } from '../../../base/bytes';
import { unreachable } from '../../../base/assert';
import type { ErrorName } from '../../../zk/errorCode';
import { OPEN_ACL, type ReplyBody, type RequestBody, type Stat } from '../../../zk/records';
import { childrenText, errorText, statLines, syncText } from './texts';

export type Job =
  | { type: 'create'; path: string; data: string | null; flags: number }
  | { type: 'delete'; path: string; version: number }
  | { type: 'set'; path: string; data: string; version: number; withStat: boolean }
  | { type: 'get'; path: string; withStat: boolean }
  | { type: 'ls'; path: string; withStat: boolean }
  | { type: 'stat'; path: string }
  | { type: 'sync'; path: string }
  /** `ls -R`: `toVisit` is a stack of paths whose children are still to be listed; `asked` is the one asked about. */
  | { type: 'lsRecursive'; path: string; toVisit: string[]; asked: string | null }
  /** `deleteall`: lists the subtree in breadth, then deletes from its end. */
  | {
      type: 'deleteall';
      batchSize: number;
      /** Subtree so far, in breadth. */
      tree: string[];
      /** Next entry of `tree` to list. */
      listed: number;
      /** Entries of `tree` from here on are deleted or under way; -1 while it is being listed. */
      deletedFrom: number;
      /** Answers still to come. */
      awaited: number;
      failed: boolean;
    };

export interface JobLine {
  kind: 'output' | 'error';
  text: string;
}

/** What a job does now. Without requests and with none outstanding it is over. */
export interface JobStep {
  lines: JobLine[];
  requests: RequestBody[];
  /** Exit code of the command, once it is over. */
  exitCode?: number;
}

/** These cannot be deleted; a multi that tries fails as a whole. */
const SYSTEM_PATHS = ['/', '/zookeeper', '/zookeeper/quota', '/zookeeper/config'];

/** The first requests. */
export function beginJob(job: Job): JobStep {
  const { path } = job.type === 'deleteall' ? { path: job.tree[0] as string } : job;
  switch (job.type) {
    case 'create':
      return ask({
        op: 'create',
        path,
        data: job.data === null ? null : textToBytes(job.data),
        acl: OPEN_ACL,
        flags: job.flags,
      });
    case 'delete':
      return ask({ op: 'delete', path, version: job.version });
    case 'set':
      return ask({ op: 'setData', path, data: textToBytes(job.data), version: job.version });
    case 'get':
    case 'lsRecursive':
      return ask({ op: 'getData', path, watch: false });
    case 'ls':
      return ask({ op: 'getChildren2', path, watch: false });
    case 'stat':
      return ask({ op: 'exists', path, watch: false });
    case 'sync':
      return ask({ op: 'sync', path });
    case 'deleteall':
      return ask({ op: 'getChildren', path, watch: false });
    default:
      return unreachable(job);
  }
}

/** An answer came. */
export function continueJob(job: Job, err: ErrorName, reply: ReplyBody | undefined): JobStep {
  switch (job.type) {
    case 'sync':
      return over([out(syncText(err))], 0);
    case 'lsRecursive':
      return continueLsRecursive(job, err, reply);
    case 'deleteall':
      return continueDeleteall(job, err, reply);
    default:
      if (err !== 'OK') return over([error(errorText(err, job.path))], 1);
      return over(linesOf(job, reply ?? {}), 0);
  }
}

type SimpleJob = Exclude<Job, { type: 'sync' | 'lsRecursive' | 'deleteall' }>;

function linesOf(job: SimpleJob, reply: ReplyBody): JobLine[] {
  switch (job.type) {
    case 'create':
      // zkCli prints this one on stderr.
      return [error(`Created ${reply.path}`)];
    case 'delete':
      return [];
    case 'set':
      return job.withStat ? statOf(reply) : [];
    case 'get':
      return [...dataLines(reply.data ?? null), ...(job.withStat ? statOf(reply) : [])];
    case 'ls':
      return [out(childrenText(reply.children ?? [])), ...(job.withStat ? statOf(reply) : [])];
    case 'stat':
      return statOf(reply);
    default:
      return unreachable(job);
  }
}

/** Prints the children of a node, then descends into each: ZKUtil.visitSubTreeDFS. */
function continueLsRecursive(
  job: Extract<Job, { type: 'lsRecursive' }>,
  err: ErrorName,
  reply: ReplyBody | undefined,
): JobStep {
  const lines: JobLine[] = [];
  if (job.asked === null) {
    if (err !== 'OK') return over([error(errorText(err, job.path))], 1);
    lines.push(out(job.path));
    job.toVisit.push(job.path);
  } else if (err === 'OK') {
    const children = [...(reply?.children ?? [])].sort();
    const paths = children.map((name) => childPath(job.asked as string, name));
    for (const path of paths) lines.push(out(path));
    job.toVisit.push(...paths.reverse());
  } else if (err !== 'NONODE') {
    // A node that was deleted since its parent was listed is passed over; anything else ends the walk.
    return over([error(errorText(err, job.asked))], 1);
  }
  job.asked = job.toVisit.pop() ?? null;
  if (job.asked === null) return over(lines, 0);
  return { lines, requests: [{ op: 'getChildren2', path: job.asked, watch: false }] };
}

/**
 * Source: ZKUtil.listSubTreeBFS, deleteInBatch.
 * Differs: a batch is so many single deletes at once, where zkCli sends one multi.
 */
function continueDeleteall(
  job: Extract<Job, { type: 'deleteall' }>,
  err: ErrorName,
  reply: ReplyBody | undefined,
): JobStep {
  if (job.deletedFrom < 0) {
    const asked = job.tree[job.listed] as string;
    if (err !== 'OK') return over([error(errorText(err, asked))], 1);
    for (const name of reply?.children ?? []) job.tree.push(childPath(asked, name));
    job.listed += 1;
    const next = job.tree[job.listed];
    if (next !== undefined) return ask({ op: 'getChildren', path: next, watch: false });
    job.deletedFrom = job.tree.length;
  } else {
    job.awaited -= 1;
    if (err !== 'OK') job.failed = true;
    if (job.awaited > 0) return { lines: [], requests: [] };
  }
  if (job.failed) return failedDeleteall();
  if (job.deletedFrom === 0) return over([], 0);
  const from = Math.max(0, job.deletedFrom - job.batchSize);
  const batch = job.tree.slice(from, job.deletedFrom).reverse();
  // In a multi the undeletable one takes its whole batch with it, so not even the others are asked for.
  if (batch.some((path) => SYSTEM_PATHS.includes(path))) return failedDeleteall();
  job.deletedFrom = from;
  job.awaited = batch.length;
  return { lines: [], requests: batch.map((path) => ({ op: 'delete', path, version: -1 })) };
}

function failedDeleteall(): JobStep {
  return over([error('Failed to delete some node(s) in the subtree!')], 0);
}

/** Data may hold line breaks; a null is printed as the word. */
function dataLines(data: string | null): JobLine[] {
  return (data === null ? 'null' : bytesToText(data)).split('\n').map(out);
}

function statOf(reply: ReplyBody): JobLine[] {
  return statLines(reply.stat as Stat).map(out);
}

function childPath(parent: string, name: string): string {
  return parent === '/' ? `/${name}` : `${parent}/${name}`;
}

function ask(request: RequestBody): JobStep {
  return { lines: [], requests: [request] };
}

function over(lines: JobLine[], exitCode: number): JobStep {
  return { lines, requests: [], exitCode };
}

function out(text: string): JobLine {
  return { kind: 'output', text };
}

function error(text: string): JobLine {
  return { kind: 'error', text };
}
