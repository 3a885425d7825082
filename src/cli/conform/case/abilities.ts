/** What a case needs that the engine cannot do yet, derived from what the case says and asks. */
import { textToBytes } from '../../../base/bytes';
import type { ZooConfig } from '../../../zk/config';
import { OPEN_ACL } from '../../../zk/records';
import type { OracleCase, OracleOp, OtherFile, Step } from './caseFile';
import { isReplayable, OTHER_FORMATS } from './caseFile';
import { isKnownProperty } from '../compare/concurrentProperty';
import { createFlags, dataBytes } from './values';

/** Operations of a client that the engine answers. */
const KNOWN_OPS: ReadonlySet<string> = new Set([
  'create',
  'create2',
  'delete',
  'exists',
  'getData',
  'setData',
  'getChildren',
  'getChildren2',
  'sync',
  'closeSession',
]);

/** Operations by the ability they are a part of; any other is an ability of its own name. */
const OP_ABILITIES: Readonly<Record<string, string>> = {
  multi: 'multi',
  check: 'multi',
  multiRead: 'multiRead',
  setWatches: 'watches',
  setWatches2: 'watches',
  addWatch: 'watches',
  removeWatches: 'watches',
  checkWatches: 'watches',
  auth: 'auth',
  whoAmI: 'auth',
  getACL: 'acl',
  setACL: 'acl',
  createContainer: 'containers',
  createTTL: 'ttl',
};

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
  'tree',
]);

/** Settings of a case that the engine has under the same name. */
const KNOWN_SETTINGS: ReadonlySet<string> = new Set<keyof ZooConfig>([
  'tickTime',
  'initLimit',
  'syncLimit',
  'minSessionTimeout',
  'maxSessionTimeout',
]);

/** JVM properties of a case that the engine has, and the settings they are. */
export const KNOWN_PROPERTIES: Readonly<Record<string, keyof ZooConfig>> = {
  'zookeeper.snapCount': 'snapCount',
};

/**
 * Names of the abilities that are missing to replay this file, each once, in the order in which
 * they are met; empty: it can be replayed.
 */
export function missingAbilities(file: OracleCase | OtherFile): string[] {
  if (!isReplayable(file)) return [OTHER_FORMATS[file.format]?.needs ?? file.format];
  const missing = new Set<string>();
  if (file.observers > 0) missing.add('observers');
  if (Object.keys(file.joiners).length > 0) missing.add('joiners');
  for (const [name, value] of Object.entries(file.config)) {
    if (name === 'properties') {
      for (const property of Object.keys(value as object)) {
        if (!Object.hasOwn(KNOWN_PROPERTIES, property)) missing.add(`property:${property}`);
      }
    } else if (!KNOWN_SETTINGS.has(name)) missing.add(`config:${name}`);
  }
  for (const step of file.steps) ofStep(step, file.ensemble, missing);
  return [...missing];
}

function ofStep(step: Step, ensemble: number, missing: Set<string>): void {
  if (step.do === '4lw') missing.add('four-letter-words');
  else if (!KNOWN_STEPS.has(step.do)) missing.add(`step:${step.do}`);
  if (step.fromAddress !== undefined) missing.add('client-address');
  if (step.property !== undefined && !isKnownProperty(step.property.kind)) {
    missing.add(`concurrency:${step.property.kind}`);
  }
  for (const op of opsOf(step)) {
    ofOp(op, missing);
    if (CONFIG_NODE.test(op.path ?? '')) {
      // Only reading it is open to everybody; in an ensemble it tells the addresses of the servers.
      if (isWrite(op)) missing.add('acl');
      else if (ensemble > 1) missing.add('config-node');
    }
  }
  // A tree step reads ACLs too. Where only open ones can exist, none can be seen to be wrong.
  const nodes = Object.values(step.tree ?? {});
  if (nodes.some((node) => node['acl'] !== undefined)) missing.add('acl');
  for (const items of Object.values(step.observed ?? {})) {
    if (items.some((item) => item['event'] !== undefined)) missing.add('watches');
  }
}

function opsOf(step: Step): readonly OracleOp[] {
  const own = step.op === undefined ? [] : [step.op];
  return [...own, ...(step.ops ?? []), ...Object.values(step.requests ?? {}).flat()];
}

function isWrite(op: OracleOp): boolean {
  return ['create', 'create2', 'delete', 'setData'].includes(op.op);
}

function ofOp(op: OracleOp, missing: Set<string>): void {
  if (!KNOWN_OPS.has(op.op)) {
    missing.add(OP_ABILITIES[op.op] ?? op.op);
    return;
  }
  if (op.watch === true) missing.add('watches');
  // A create without any entry is refused before an entry is looked at.
  if (op.acl !== undefined && !PLAIN_ACLS.includes(JSON.stringify(op.acl))) missing.add('acl');
  // Flags of containers and TTL nodes mean nothing to a plain create, or are refused; so are odd ones.
  if ((op.op === 'create' || op.op === 'create2') && createFlags(op) === undefined) {
    missing.add(`mode:${op.mode}`);
  }
  if (isTooLong(op)) missing.add('frame-limit');
  if (isWrite(op) && QUOTA_NODES.test(op.path ?? '')) missing.add('quota');
}

const CONFIG_NODE = /^\/zookeeper\/config(\/|$)/;
/** The names that make a quota; every other node below is an ordinary one. */
const QUOTA_NODES = /^\/zookeeper\/quota\/(.*\/)?zookeeper_(limits|stats)$/;
const PLAIN_ACLS: readonly string[] = [OPEN_ACL, [], 'NULL'].map((acl) => JSON.stringify(acl));

/** Bytes of a frame, as the server's default `jute.maxbuffer` allows them. */
const FRAME_MAX = 0xfffff;

/** A create or setData whose frame exceeds the limit, so that the server closes the connection. */
function isTooLong(op: OracleOp): boolean {
  const data = op.data ?? null;
  if (data === null) return false;
  const header = 8;
  const path = 4 + textToBytes(op.path ?? '').length;
  const open = 4 + 4 + (4 + 'world'.length) + (4 + 'anyone'.length);
  const rest = op.op === 'setData' ? 4 : open + 4;
  return header + path + 4 + (dataBytes(data) ?? '').length + rest > FRAME_MAX;
}
