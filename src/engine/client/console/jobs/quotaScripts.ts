/**
 * setquota, listquota, delquota: all of it is done by the client, with ordinary
 * calls on the nodes below /zookeeper/quota.
 *
 * Source: SetQuotaCommand.java, DelQuotaCommand.java, ListQuotaCommand.java.
 * Left out: the stack trace of a check for quotas of children that may not list them.
 */
import { bytesToText, textToBytes } from '../../../../base/bytes';
import { OPEN_ACL, type ReplyBody, type RequestBody } from '../../../../zk/records';
import { javaSplit } from '../formats/acl';
import {
  isFault,
  LIMIT_NODE,
  limitPath,
  parseTrack,
  QUOTA_ROOT,
  type QuotaKey,
  quotaPath,
  type StatsTrack,
  statPath,
  trackText,
  trimQuotaPath,
  limitOf,
} from '../formats/quota';
import { call, refuse, type Script, type ScriptArgs, ScriptError } from './script';
import { type Answer, childPath, error, type JobLine, out } from './step';

/** Options of setquota and delquota. */
export const QUOTA_KEYS: Readonly<Record<string, QuotaKey>> = {
  n: 'count',
  b: 'bytes',
  N: 'countHardLimit',
  B: 'byteHardLimit',
};

type Calls<Result> = Generator<RequestBody, Result, Answer>;

/** The value of the option was checked before. */
export function* runSetQuota({ path, option }: ScriptArgs, lines: JobLine[]): Script {
  const key = QUOTA_KEYS[option?.name ?? ''] as QuotaKey;
  const value = BigInt(option?.value ?? '');
  if ((yield* exists(path)) === undefined) refuse(`${path} does not exist.`);
  yield* checkIfChildQuota(path);
  yield* checkIfParentQuota(path);
  if ((yield* exists(QUOTA_ROOT)) === undefined) {
    // A parent that is there keeps the original from going on to the child.
    const made = yield* createIfMissing('/zookeeper');
    if (made !== undefined) yield* createIfMissing(QUOTA_ROOT);
  }
  let at = QUOTA_ROOT;
  for (const name of javaSplit(path, '/').slice(1)) {
    at += `/${name}`;
    if ((yield* exists(at)) === undefined) yield* createIfMissing(at);
  }
  if ((yield* exists(`${at}/${LIMIT_NODE}`)) === undefined) {
    const none: StatsTrack = { count: -1n, bytes: -1n, countHardLimit: -1n, byteHardLimit: -1n };
    yield* create(`${at}/${LIMIT_NODE}`, trackText({ ...none, [key]: value }));
    yield* create(statPath(trimQuotaPath(at)), trackText({ count: 0n, bytes: 0n }));
    const limits = yield* getTrack(`${at}/${LIMIT_NODE}`);
    warn(limits, yield* getTrack(statPath(trimQuotaPath(at))), lines);
    return;
  }
  const limits = yield* getTrack(`${at}/${LIMIT_NODE}`);
  limits[key] = value;
  warn(limits, yield* getTrack(statPath(trimQuotaPath(at))), lines);
  yield* setTrack(`${at}/${LIMIT_NODE}`, limits);
}

export function* runListQuota({ path }: ScriptArgs, lines: JobLine[]): Script {
  lines.push(error(`absolute path is ${limitPath(path)}`));
  const tracks: StatsTrack[] = [];
  for (const node of [limitPath(path), statPath(path)]) {
    const reply = yield* call({ op: 'getData', path: node, watch: false }, ['NONODE']);
    if (reply === undefined) {
      lines.push(error(`quota for ${path} does not exist.`));
      return;
    }
    tracks.push(trackOf(reply));
  }
  const [limits, stats] = tracks as [StatsTrack, StatsTrack];
  lines.push(out(`Output quota for ${path} ${trackText(limits)}`));
  lines.push(out(`Output stat for ${path} ${trackText(stats)}`));
}

export function* runDelQuota({ path, option }: ScriptArgs, lines: JobLine[]): Script {
  if ((yield* exists(limitPath(path))) === undefined) {
    lines.push(out(`Quota does not exist for ${path}`));
    return;
  }
  try {
    yield* option === undefined ? deleteQuota(path) : deleteLimit(path, option.name);
  } catch (thrown) {
    if (!(thrown instanceof ScriptError) || !isNoNode(thrown)) throw thrown;
    lines.push(error(`quota for ${path} does not exist.`));
  }
}

function isNoNode({ fault }: ScriptError): boolean {
  return fault.type === 'keeper' && fault.err === 'NONODE';
}

function* deleteLimit(path: string, option: string): Calls<void> {
  const limits = yield* getTrack(limitPath(path));
  limits[QUOTA_KEYS[option] as QuotaKey] = -1n;
  yield* setTrack(limitPath(path), limits);
}

/** All of it, and then the empty nodes above it. */
function* deleteQuota(path: string): Calls<void> {
  yield* getTrack(limitPath(path));
  let at = quotaPath(path);
  for (const name of yield* childrenOf(at)) {
    yield* call({ op: 'delete', path: `${at}/${name}`, version: -1 });
  }
  while (at !== QUOTA_ROOT && (yield* childrenOf(at)).length === 0) {
    yield* call({ op: 'delete', path: at, version: -1 });
    at = at.slice(0, at.lastIndexOf('/'));
  }
}

/** Throws when a node below `path` has a quota. */
function* checkIfChildQuota(path: string): Calls<void> {
  const root = quotaPath(path);
  const found = yield* call({ op: 'getData', path: root, watch: false }, ['NONODE']);
  if (found === undefined) return;
  yield* lookForQuota(path, root);
  const toVisit = [root];
  for (let at = toVisit.pop(); at !== undefined; at = toVisit.pop()) {
    const reply = yield* call({ op: 'getChildren2', path: at, watch: false }, ['NONODE']);
    const paths = [...(reply?.children ?? [])].sort().map((name) => childPath(at as string, name));
    for (const child of paths) yield* lookForQuota(path, child);
    toVisit.push(...paths.reverse());
  }
}

function* lookForQuota(path: string, at: string): Calls<void> {
  const { err, reply } = yield { op: 'getChildren', path: at, watch: false };
  if (err !== 'OK' || at === quotaPath(path)) return;
  if (reply?.children?.includes(LIMIT_NODE) === true) {
    refuse(`${path} has a child ${trimQuotaPath(at)} which has a quota`);
  }
}

/** Throws when a node above `path` has a quota. */
function* checkIfParentQuota(path: string): Calls<void> {
  let at = QUOTA_ROOT;
  for (const name of javaSplit(path, '/').slice(1, -1)) {
    at += `/${name}`;
    const reply = yield* call({ op: 'getChildren', path: at, watch: false }, ['NONODE']);
    const children = reply?.children ?? [];
    if (children.length === 0) return;
    if (children.includes(LIMIT_NODE)) {
      refuse(`${path} has a parent ${trimQuotaPath(at)} which has a quota`);
    }
  }
}

function warn(limits: StatsTrack, stats: StatsTrack, lines: JobLine[]): void {
  const isAbove = (key: QuotaKey, existing: bigint) =>
    limitOf(limits, key) > -1n && limitOf(limits, key) < existing;
  const count = limitOf(stats, 'count');
  const bytes = limitOf(stats, 'bytes');
  const head = (what: string) =>
    `[Warning]: the ${what} quota you create is less than the existing ${what}:`;
  if (isAbove('count', count) || isAbove('countHardLimit', count)) {
    lines.push(out(head('count') + count));
  }
  if (isAbove('bytes', bytes) || isAbove('byteHardLimit', bytes)) {
    lines.push(out(head('bytes') + bytes));
  }
}

function exists(path: string): Calls<ReplyBody | undefined> {
  return call({ op: 'exists', path, watch: false }, ['NONODE']);
}

function* childrenOf(path: string): Calls<string[]> {
  return (yield* call({ op: 'getChildren', path, watch: false }))?.children ?? [];
}

function createIfMissing(path: string): Calls<ReplyBody | undefined> {
  return call({ op: 'create', path, data: null, acl: OPEN_ACL, flags: 0 }, ['NODEEXISTS']);
}

function create(path: string, text: string): Calls<ReplyBody | undefined> {
  return call({ op: 'create', path, data: textToBytes(text), acl: OPEN_ACL, flags: 0 });
}

function* getTrack(path: string): Calls<StatsTrack> {
  return trackOf((yield* call({ op: 'getData', path, watch: false })) ?? {});
}

function setTrack(path: string, track: StatsTrack): Calls<ReplyBody | undefined> {
  const data = textToBytes(trackText(track));
  return call({ op: 'setData', path, data, version: -1 });
}

function trackOf({ data }: ReplyBody): StatsTrack {
  const track = parseTrack(bytesToText(data ?? ''));
  if (isFault(track)) throw new ScriptError(track);
  return track;
}
