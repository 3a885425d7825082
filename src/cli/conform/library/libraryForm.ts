/** Between the words of the Java client, as the recordings have them, and the engine's library. */
import type { LibraryAction } from '../../../bridge/process';
import type { LibraryRecord } from '../../../engine/client/libraryCalls';
import type { MultiResult, ReplyBody } from '../../../zk/records';
import type { Item, OracleOp } from '../case/caseFile';
import { requestBody } from '../case/requests';
import { dataForm, type Names, sortedByCodePoints, statForm } from '../case/values';

type Fields = Record<string, unknown>;

/** AddWatchMode and Watcher.WatcherType by the names of their Java constants. */
const CONSTANTS: Readonly<Record<string, string>> = {
  PERSISTENT: 'persistent',
  PERSISTENT_RECURSIVE: 'persistentRecursive',
  Children: 'children',
  Data: 'data',
  Any: 'any',
};

/** `watch: true` is the session's own watcher, which the library calls so. */
const DEFAULT_WATCHER = 'default';

/**
 * The call that the Java method makes. A synchronous create asks for the Stat too, which is another
 * request than that of the asynchronous one; removeWatches of one watcher is checkWatches on the wire.
 */
export function libraryAction(
  op: OracleOp & { readonly local?: boolean },
  call: number,
  isAsync: boolean,
): LibraryAction {
  if (op.op === 'addAuth') {
    return { type: 'addAuth', call, scheme: op.scheme ?? '', auth: authBytes(op) };
  }
  const watcher = watcherOf(op);
  const request = { ...op, op: requestName(op, watcher, isAsync), ...withConstants(op) };
  const action: LibraryAction = { type: 'call', call, body: requestBody(request) };
  if (watcher !== undefined) action.watcher = watcher;
  if (op.local === true) action.local = true;
  return action;
}

function authBytes(op: OracleOp): string | null {
  const body = requestBody({ ...op, op: 'auth' });
  return body.op === 'auth' ? body.auth : null;
}

function watcherOf(op: OracleOp): string | undefined {
  return op.watch === true ? DEFAULT_WATCHER : typeof op.watch === 'string' ? op.watch : undefined;
}

function requestName(op: OracleOp, watcher: string | undefined, isAsync: boolean): string {
  if (op.op === 'removeWatches' && watcher !== undefined) return 'checkWatches';
  if (op.op === 'multi' && op.ops?.[0] !== undefined && isReadPart(op.ops[0])) return 'multiRead';
  if (op.op !== 'create') return op.op;
  if (op.ttl !== undefined) return 'createTTL';
  const special = specialCreate(op);
  if (special !== 'create') return special;
  return isAsync ? 'create' : 'create2';
}

function specialCreate({ mode }: OracleOp): string {
  if (mode === 'CONTAINER') return 'createContainer';
  return String(mode).endsWith('_WITH_TTL') ? 'createTTL' : 'create';
}

/** A part's request goes by its mode; a TTL beside another mode is not looked at. */
function partOf(part: OracleOp): OracleOp {
  return part.op === 'create' ? { ...part, op: specialCreate(part) } : part;
}

/** Java has one method for both: what the parts are tells which request it is. */
function isReadPart({ op }: OracleOp): boolean {
  return op === 'getData' || op === 'getChildren';
}

/** The library sets the flag of a read by its watcher; getEphemerals without a path asks for all. */
function withConstants(op: OracleOp): Partial<OracleOp> {
  const fields: { -readonly [K in keyof OracleOp]?: OracleOp[K] } = {
    watch: op.watch !== undefined && op.watch !== false,
  };
  if (op.ops !== undefined) fields.ops = op.ops.map(partOf);
  if (op.op === 'addWatch') fields.mode = CONSTANTS[String(op.mode)] ?? op.mode;
  if (op.op === 'removeWatches') fields.type = CONSTANTS[String(op.type)] ?? op.type;
  if (op.op === 'getEphemerals') fields.path = op.path ?? '/';
  return fields;
}

/** The outcome of a call as the recordings have it. */
export function resultForm(
  op: OracleOp,
  outcome: Extract<LibraryRecord, { type: 'result' }>,
  names: Names,
): Fields {
  const { err, path, reply } = outcome;
  if (err === 'JAVA') return { err, exception: outcome.exception };
  const results = reply?.results === undefined ? {} : { results: reply.results.map(partForm) };
  // The library makes null of a node that is not there.
  if (op.op === 'exists' && err === 'NONODE') return { stat: null, err: 'OK' };
  if (err !== 'OK') return { ...results, err, errPath: path };
  return { ...replyForm(op, reply ?? {}, names), ...results, err };
}

/**
 * The error that a callback is given. Of a multi, reads too, it is the first among the results; a multi that the
 * library refuses has a callback as well, where the synchronous method throws.
 */
export function callbackErr(
  op: OracleOp | undefined,
  { err, reply }: Extract<LibraryRecord, { type: 'result' }>,
): string {
  if (op?.op !== 'multi' && op?.op !== 'multiRead') return err;
  if (err === 'JAVA') return 'BADARGUMENTS';
  const failed = reply?.results?.find((part) => part.op === 'error' && part.err !== 'OK');
  return err === 'OK' ? (failed?.err ?? err) : err;
}

/** What the Java method gives back of its reply; most give back less than the reply holds. */
function replyForm(op: OracleOp, reply: ReplyBody, names: Names): Fields {
  const stat = () =>
    reply.stat === undefined ? undefined : withoutTimes(statForm(reply.stat, names));
  switch (op.op) {
    case 'create':
      return { path: reply.path, stat: stat() };
    case 'exists':
    case 'setData':
    case 'setACL':
      return { stat: stat() };
    case 'getData':
      return { data: dataForm(reply.data ?? null), stat: stat() };
    case 'getACL':
      return { acl: reply.acl, stat: stat() };
    case 'getChildren':
      return { children: sortedByCodePoints(reply.children ?? []) };
    case 'sync':
      return { path: reply.path };
    case 'getEphemerals':
      return { ephemerals: sortedByCodePoints(reply.ephemerals ?? []) };
    case 'getAllChildrenNumber':
      return { number: reply.number };
    default:
      return {};
  }
}

/** The recordings of the library tell no times. */
function withoutTimes({ ctime, mtime, ...stat }: Record<string, unknown>): Fields {
  return stat;
}

/** OpResult's classes. */
function partForm(result: MultiResult): Fields {
  switch (result.op) {
    case 'error':
      return { kind: 'ErrorResult', err: result.err };
    case 'create':
    case 'create2':
    case 'createTTL':
    case 'createContainer':
      return { kind: 'CreateResult', path: result.path };
    case 'setData':
      return { kind: 'SetDataResult', version: result.stat?.version };
    case 'check':
      return { kind: 'CheckResult' };
    case 'delete':
      return { kind: 'DeleteResult' };
    case 'getData':
      return { kind: 'GetDataResult', data: dataForm(result.data ?? null) };
    case 'getChildren':
      return { kind: 'GetChildrenResult', children: sortedByCodePoints(result.children ?? []) };
    default:
      return { kind: result.op };
  }
}

export function eventForm(event: Extract<LibraryRecord, { type: 'event' }>): Item {
  const { event: type, state, path, watcher } = event;
  return { event: type, state, path, watcher };
}

/** Several watcher objects hear of one event in the order of a hash set: sorted by name instead. */
export function sortRuns(items: readonly Item[]): Item[] {
  const sorted: Item[] = [];
  for (let from = 0; from < items.length; ) {
    let to = from + 1;
    while (to < items.length && isSameEvent(items[from] as Item, items[to] as Item)) to += 1;
    const run = items.slice(from, to);
    sorted.push(...run.sort((a, b) => (String(a['watcher']) < String(b['watcher']) ? -1 : 1)));
    from = to;
  }
  return sorted;
}

function isSameEvent(a: Item, b: Item): boolean {
  if (a['event'] === undefined) return false;
  return ['event', 'state', 'path', 'session'].every((name) => a[name] === b[name]);
}
