/**
 * What a command does once it is parsed: its requests, one after another, and
 * the lines that its answers make. Plain data, so that it survives a fork.
 *
 * Source: org.apache.zookeeper.cli (CreateCommand, DeleteCommand, ...).
 */
import { unreachable } from '../../../../base/assert';
import { beginOneCall, continueOneCall, type OneCallJob } from './oneCall';
import { beginScript, continueScript, type ScriptJob } from './scripts';
import { beginTxn, continueTxn, type TxnJob } from './txnJob';
import type { Answer, JobStep } from './step';
import {
  beginDeleteall,
  beginWalk,
  continueDeleteall,
  continueWalk,
  type DeleteallJob,
  type WalkJob,
} from './treeJobs';

export type Job = OneCallJob | WalkJob | DeleteallJob | ScriptJob | TxnJob;

/** The first requests. */
export function beginJob(job: Job): JobStep {
  switch (job.type) {
    case 'walk':
      return beginWalk(job);
    case 'deleteall':
      return beginDeleteall(job);
    case 'script':
      return beginScript(job);
    case 'txn':
      return beginTxn(job);
    case 'oneCall':
      return beginOneCall(job);
    default:
      return unreachable(job);
  }
}

/** An answer came. */
export function continueJob(job: Job, answer: Answer): JobStep {
  switch (job.type) {
    case 'walk':
      return continueWalk(job, answer);
    case 'deleteall':
      return continueDeleteall(job, answer);
    case 'script':
      return continueScript(job, answer);
    case 'txn':
      return continueTxn(job, answer);
    case 'oneCall':
      return continueOneCall(job, answer);
    default:
      return unreachable(job);
  }
}
