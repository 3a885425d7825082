/**
 * Commands that walk through a subtree: `ls -R`, `setAcl -R`, `deleteall`.
 *
 * Source: ZKUtil.java (visitSubTreeDFS, listSubTreeBFS, deleteInBatch), SetAclCommand.java.
 */
import type { AclEntry } from '../../../../zk/records';
import { DEFAULT_WATCHER } from '../../library/watchManager';
import { errorText, exceptionText } from '../formats/texts';
import { type Answer, ask, childPath, error, type JobLine, type JobStep, out, over } from './step';

/** Batches of a deleteall that may be under way at once. */
const RATE_LIMIT = 10;

/** Visits a node, then its children by name, then what is below each of them. */
export interface WalkJob {
  type: 'walk';
  path: string;
  watch: boolean;
  /** `print`: each path is printed. Else it gets this ACL, and only what goes wrong is printed. */
  visit: 'print' | { acl: AclEntry[]; version: number };
  /** Visited or about to be, and their children not yet asked for: a stack. */
  toVisit: string[];
  /** With an ACL: to be given it before the walk goes on, next one last. */
  toSet: string[];
  /** What is being asked; null before the first answer. */
  asked: { path: string; what: 'children' | 'acl' } | null;
  /** setAcl prints its failures without line feeds. */
  failures: string;
}

export function walkJob(path: string, watch: boolean, visit: WalkJob['visit']): WalkJob {
  return { type: 'walk', path, watch, visit, toVisit: [], toSet: [], asked: null, failures: '' };
}

export function beginWalk({ path, watch }: WalkJob): JobStep {
  return ask({ op: 'getData', path, watch }, watch ? DEFAULT_WATCHER : undefined);
}

export function continueWalk(job: WalkJob, { err, path, reply }: Answer): JobStep {
  const lines: JobLine[] = [];
  const { asked } = job;
  if (asked?.what === 'acl') {
    if (err !== 'OK') job.failures += exceptionText(err, path);
  } else if (asked === null) {
    if (err !== 'OK') return over([error(errorText(err, path))], 1);
    visit(job, [job.path], lines);
  } else if (err === 'OK') {
    const children = [...(reply?.children ?? [])].sort();
    visit(
      job,
      children.map((name) => childPath(asked.path, name)),
      lines,
    );
  } else if (err !== 'NONODE') {
    // A node that was deleted since its parent was listed is passed over; anything else ends the walk.
    return over([lastLine(job, errorText(err, path))], 1);
  }
  return goOn(job, lines);
}

function visit(job: WalkJob, paths: string[], lines: JobLine[]): void {
  if (job.visit === 'print') for (const path of paths) lines.push(out(path));
  else job.toSet.push(...[...paths].reverse());
  job.toVisit.push(...[...paths].reverse());
}

function goOn(job: WalkJob, lines: JobLine[]): JobStep {
  const { visit: what, watch } = job;
  if (what !== 'print' && what.acl.length === 0) {
    // The library refuses an empty list itself, for every node anew.
    for (const _ of job.toSet) job.failures += exceptionText('INVALIDACL', null);
    job.toSet = [];
  }
  const toSet = job.toSet.pop();
  if (toSet !== undefined && what !== 'print') {
    const { acl, version } = what;
    job.asked = { path: toSet, what: 'acl' };
    return { lines, requests: [{ body: { op: 'setACL', path: toSet, acl, version } }] };
  }
  const path = job.toVisit.pop();
  if (path === undefined) return over([...lines, ...failureLines(job)], 0);
  job.asked = { path, what: 'children' };
  const watcher = watch ? DEFAULT_WATCHER : undefined;
  return { ...ask({ op: 'getChildren2', path, watch }, watcher), lines };
}

/** What ends the walk stands right behind the failures before it, which have no line feed. */
function lastLine({ failures }: WalkJob, text: string): JobLine {
  return failures === '' ? error(text) : out(failures + text);
}

function failureLines({ failures }: WalkJob): JobLine[] {
  return failures === '' ? [] : [out(failures)];
}

/** Lists the subtree in breadth, then deletes from its end, many nodes by one multi. */
export interface DeleteallJob {
  type: 'deleteall';
  batchSize: number;
  /** Subtree so far, in breadth. */
  tree: string[];
  /** Next entry of `tree` to list. */
  listed: number;
  /** Entries of `tree` from here on are deleted or under way; -1 while it is being listed. */
  deletedFrom: number;
  /** Batches under way. */
  awaited: number;
  failed: boolean;
}

export function deleteallJob(path: string, batchSize: number): DeleteallJob {
  return {
    type: 'deleteall',
    batchSize,
    tree: [path],
    listed: 0,
    deletedFrom: -1,
    awaited: 0,
    failed: false,
  };
}

export function beginDeleteall({ tree }: DeleteallJob): JobStep {
  return ask({ op: 'getChildren', path: tree[0] as string, watch: false });
}

export function continueDeleteall(job: DeleteallJob, { err, path, reply }: Answer): JobStep {
  if (job.deletedFrom < 0) {
    if (err !== 'OK') return over([error(errorText(err, path))], 1);
    const asked = job.tree[job.listed] as string;
    for (const name of reply?.children ?? []) job.tree.push(childPath(asked, name));
    job.listed += 1;
    const next = job.tree[job.listed];
    if (next !== undefined) return ask({ op: 'getChildren', path: next, watch: false });
    job.deletedFrom = job.tree.length;
  } else {
    job.awaited -= 1;
    if (err !== 'OK') job.failed = true;
  }
  const step: JobStep = { lines: [], requests: [] };
  while (job.deletedFrom > 0 && !job.failed && job.awaited < RATE_LIMIT) {
    const from = Math.max(0, job.deletedFrom - job.batchSize);
    const batch = job.tree.slice(from, job.deletedFrom).reverse();
    job.deletedFrom = from;
    job.awaited += 1;
    const ops = batch.map((each) => ({ op: 'delete' as const, path: each, version: -1 }));
    step.requests.push({ body: { op: 'multi', ops } });
  }
  if (job.awaited > 0) return step;
  return over(job.failed ? [error('Failed to delete some node(s) in the subtree!')] : [], 0);
}
