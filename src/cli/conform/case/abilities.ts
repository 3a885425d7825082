/** What a case needs that the engine cannot do yet, derived from what the case says and asks. */
import type { Modes, OracleCase, OracleOp, Step } from './caseFile';
import { isKnownProperty } from '../compare/concurrentProperty';
import { createFlags, isKnownOp } from './requests';
import { missingSettings } from './settings';

const KNOWN_STEPS: ReadonlySet<string> = new Set([
  'connect',
  'reconnect',
  'request',
  'pipeline',
  'concurrent',
  'drop',
  'silence',
  'expire',
  'awaitTxns',
  'awaitReplies',
  'awaitServing',
  'awaitLeader',
  'wait',
  'settle',
  'kill',
  'start',
  'startAll',
  'wipe',
  'pause',
  'resume',
  'hold',
  'release',
  'partition',
  'heal',
  '4lw',
  'tree',
]);

/**
 * Names of the abilities that are missing to replay this file, each once, in the order in which
 * they are met; empty: it can be replayed.
 */
export function missingAbilities(file: OracleCase): string[] {
  const missing = new Set<string>();
  // A voter may become one.
  const isObserved = file.steps.some((step) => hasObserver(step.servers));
  if (file.observers > 0 || isObserved) missing.add('observers');
  if (Object.keys(file.joiners).length > 0) missing.add('joiners');
  for (const name of missingSettings(file.config)) missing.add(name);
  // Snapshots that often are taken to have a leader read what a learner lacks from its disk.
  if (hasProperty(file, 'zookeeper.snapCount')) missing.add('sync from the txn log');
  for (const step of file.steps) ofStep(step, missing);
  return [...missing];
}

function hasObserver(modes: Modes = {}): boolean {
  return Object.values(modes).includes('observer');
}

function hasProperty(file: OracleCase, name: string): boolean {
  return Object.hasOwn((file.config['properties'] ?? {}) as object, name);
}

function ofStep(step: Step, missing: Set<string>): void {
  if (!KNOWN_STEPS.has(step.do)) missing.add(`step:${step.do}`);
  if (step.property !== undefined && !isKnownProperty(step.property.kind)) {
    missing.add(`concurrency:${step.property.kind}`);
  }
  for (const op of opsOf(step)) ofOp(op, missing);
}

function opsOf(step: Step): readonly OracleOp[] {
  const own = step.op === undefined ? [] : [step.op];
  return [...own, ...(step.ops ?? []), ...Object.values(step.requests ?? {}).flat()];
}

function ofOp(op: OracleOp, missing: Set<string>): void {
  if (!isKnownOp(op.op)) missing.add(op.op);
  if (op.op.startsWith('create') && createFlags(op) === undefined) missing.add(`mode:${op.mode}`);
  for (const part of op.ops ?? []) ofOp(part, missing);
}
