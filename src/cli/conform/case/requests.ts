/** Requests of the oracle as the bodies that go over the wire. */
import type { AclEntry, MultiOp, RequestBody, WatchLists } from '../../../zk/records';
import { OPEN_ACL } from '../../../zk/records';
import type { DataForm, OracleOp } from './caseFile';
import type { Zxid } from '../../../zk/ids';
import { engineAddresses } from './addresses';
import { dataBytes, zxidFrom } from './values';

/** CreateMode names as a case writes them. */
const MODES: Readonly<Record<string, number>> = {
  PERSISTENT: 0,
  EPHEMERAL: 1,
  PERSISTENT_SEQUENTIAL: 2,
  EPHEMERAL_SEQUENTIAL: 3,
  CONTAINER: 4,
  PERSISTENT_WITH_TTL: 5,
  PERSISTENT_SEQUENTIAL_WITH_TTL: 6,
};

const MODE_BY_OP: Readonly<Record<string, string>> = {
  createContainer: 'CONTAINER',
  createTTL: 'PERSISTENT_WITH_TTL',
};

/** WatcherType, and what a client may send besides. */
const WATCHER_TYPES: Readonly<Record<string, number>> = {
  children: 1,
  data: 2,
  any: 3,
  persistent: 4,
  persistentRecursive: 5,
};

const ADD_WATCH_MODES: Readonly<Record<string, number>> = { persistent: 0, persistentRecursive: 1 };

/** The flags of a create on the wire; undefined for a mode without a number here. */
export function createFlags(op: OracleOp): number | undefined {
  if (op.flags !== undefined) return op.flags;
  const mode = op.mode ?? MODE_BY_OP[op.op] ?? 'PERSISTENT';
  return typeof mode === 'number' ? mode : MODES[mode];
}

/** Operations that have a body here. */
export function isKnownOp(op: string): boolean {
  return Object.hasOwn(BODIES, op);
}

/** The body of a request. Throws for an operation that abilities.ts does not let pass. */
export function requestBody(op: OracleOp): RequestBody {
  const build = BODIES[op.op];
  if (build === undefined) throw new Error(`no request for ${op.op}`);
  return build(op, op.path ?? null);
}

type Build = (op: OracleOp, path: string | null) => RequestBody;

const BODIES: Readonly<Record<string, Build>> = {
  create: (op, path) => ({ op: 'create', ...created(op, path) }),
  create2: (op, path) => ({ op: 'create2', ...created(op, path) }),
  createContainer: (op, path) => ({ op: 'createContainer', ...created(op, path) }),
  createTTL: (op, path) => ({ op: 'createTTL', ...created(op, path), ttl: op.ttl ?? 0 }),
  delete: (op, path) => ({ op: 'delete', path, version: versionOf(op) }),
  check: (op, path) => ({ op: 'check', path, version: versionOf(op) }),
  setData: (op, path) => ({ op: 'setData', path, data: dataOf(op), version: versionOf(op) }),
  exists: (op, path) => ({ op: 'exists', path, watch: op.watch === true }),
  getData: (op, path) => ({ op: 'getData', path, watch: op.watch === true }),
  getChildren: (op, path) => ({ op: 'getChildren', path, watch: op.watch === true }),
  getChildren2: (op, path) => ({ op: 'getChildren2', path, watch: op.watch === true }),
  getACL: (_, path) => ({ op: 'getACL', path }),
  setACL: (op, path) => ({ op: 'setACL', path, acl: aclOf(op), version: versionOf(op) }),
  sync: (_, path) => ({ op: 'sync', path }),
  getAllChildrenNumber: (_, path) => ({ op: 'getAllChildrenNumber', path }),
  getEphemerals: (_, path) => ({ op: 'getEphemerals', prefix: path }),
  multi: (op) => ({ op: 'multi', ops: partsOf(op) }),
  multiRead: (op) => ({ op: 'multiRead', ops: partsOf(op) }),
  addWatch: (op, path) => ({
    op: 'addWatch',
    path,
    mode: numberOf(op.mode ?? 0, ADD_WATCH_MODES),
  }),
  removeWatches: (op, path) => ({ op: 'removeWatches', path, type: watcherType(op) }),
  checkWatches: (op, path) => ({ op: 'checkWatches', path, type: watcherType(op) }),
  setWatches: (op) => ({
    op: 'setWatches',
    relativeZxid: zxidFrom(op.relativeZxid ?? null),
    lists: { data: pathsOf(op.data), exist: pathsOf(op.exist), child: pathsOf(op.child) },
  }),
  setWatches2: (op) => ({
    op: 'setWatches2',
    relativeZxid: zxidFrom(op.relativeZxid ?? null),
    lists: watchLists(op),
  }),
  auth: (op) => ({ op: 'auth', scheme: op.scheme ?? null, auth: dataBytes(op.auth ?? null) }),
  whoAmI: () => ({ op: 'whoAmI' }),
  reconfig: (op) => ({
    op: 'reconfig',
    joiningServers: membership(op.joining),
    leavingServers: membership(op.leaving),
    newMembers: membership(op.members),
    curConfigId: typeof op.config === 'number' ? (op.config as Zxid) : zxidFrom(op.config ?? null),
  }),
  closeSession: () => ({ op: 'closeSession' }),
  raw: (op) => ({ op: 'raw', type: Number(op.type), hex: op.hex ?? '' }),
};

function membership(text: string | undefined): string | null {
  return text === undefined ? null : engineAddresses(text);
}

function created(op: OracleOp, path: string | null) {
  return { path, data: dataOf(op), acl: aclOf(op), flags: createFlags(op) ?? 0 };
}

function dataOf(op: OracleOp): string | null {
  return dataBytes((op.data ?? null) as DataForm);
}

/** A missing vector is open to everybody, `NULL` is a null one. */
function aclOf(op: OracleOp): readonly AclEntry[] | null {
  if (op.acl === 'NULL') return null;
  return op.acl ?? OPEN_ACL;
}

function versionOf(op: OracleOp): number {
  return op.version ?? -1;
}

/** Any operation may stand in a multi on the wire; the server says which it takes. */
function partsOf(op: OracleOp): MultiOp[] {
  return (op.ops ?? []).map((part) => requestBody(part) as MultiOp);
}

function watcherType(op: OracleOp): number {
  return numberOf(op.type ?? 'any', WATCHER_TYPES);
}

function numberOf(word: string | number, table: Readonly<Record<string, number>>): number {
  const known = typeof word === 'number' ? word : table[word];
  if (known === undefined) throw new Error(`no number for ${word}`);
  return known;
}

/** A missing list is empty. */
function pathsOf(list: unknown): readonly string[] | null {
  if (list === null) return null;
  return Array.isArray(list) ? (list as string[]) : [];
}

function watchLists(op: OracleOp): WatchLists {
  return {
    data: pathsOf(op.data),
    exist: pathsOf(op.exist),
    child: pathsOf(op.child),
    persistent: pathsOf(op.persistent),
    persistentRecursive: pathsOf(op.persistentRecursive),
  };
}
