/**
 * The commands that go to a server, and what each becomes. Everything here is
 * decided before a request exists.
 *
 * Source: org.apache.zookeeper.cli (the exec of each command).
 */
import { zkCliCommand } from '../../../../bridge/zkCliCommands';
import { textToBytes } from '../../../../base/bytes';
import { validatePath } from '../../../../zk/paths';
import { type AclEntry, OPEN_ACL, type RequestBody } from '../../../../zk/records';
import { CREATE_MODES, TTL_MAX, TTL_TEXT, validateCreatePath } from '../../library/argumentChecks';
import { DEFAULT_WATCHER } from '../../library/watchManager';
import { parseAcl } from '../formats/acl';
import { type Note, readOptions } from './commandRules';
import type { Job } from '../jobs/job';
import { oneCall, type Show } from '../jobs/oneCall';
import { scriptJob } from '../jobs/scripts';
import { deleteallJob, walkJob } from '../jobs/treeJobs';
import type { ParsedOptions } from './options';
import { parseJavaInt, parseJavaLong, QUOTA_ROOT } from '../formats/quota';
import { parseReconfig } from './reconfig';
import { errorText, exceptionText, VERSION_LINE } from '../formats/texts';

/** What a parsed command turns out to be. */
export type Outcome =
  | { type: 'job'; job: Job }
  /** Answered without a server. */
  | { type: 'print'; lines: string[] }
  /** On stderr; the exit code becomes 1. */
  | { type: 'error'; text: string }
  /** On stderr too, and yet no failure. */
  | { type: 'remark'; text: string }
  /** Java's exception that nobody catches: the console ends. */
  | { type: 'dies'; exception: string }
  | { type: 'close' }
  | { type: 'addauth'; scheme: string; auth: string | null };

/** `notes` are printed first: deprecations and the complaints of an ACL, the help of `ls -?`. */
export interface ParsedCommand {
  notes: Note[];
  outcome: Outcome;
  /** addWatch -m: for this and every later addWatch. */
  addWatchMode?: number;
}

const CLIENT_BATCH = 1000;
const CONFIG_NODE = '/zookeeper/config';
const PERSISTENT = 0;
const PERSISTENT_RECURSIVE = 1;

/** `addWatchMode` is that of an addWatch without -m. Undefined for words that need no server. */
export function parseCommand(
  words: readonly string[],
  addWatchMode: number,
): ParsedCommand | undefined {
  const name = words[0] as string;
  const read = readOptions(words);
  if (read === undefined) return undefined;
  const parsed: ParsedCommand = { notes: read.notes, outcome: { type: 'close' } };
  if (read.type === 'wrong') parsed.outcome = fail(read.text);
  else if (read.type === 'usage') parsed.outcome = usage(name);
  else if (name === 'addWatch') addWatch(read.options, addWatchMode, parsed);
  else parsed.outcome = outcomeOf(name, read.options, read.notes);
  return parsed;
}

function outcomeOf(name: string, options: ParsedOptions, notes: Note[]): Outcome {
  const { flags, args } = options;
  const path = args[1] as string;
  const withStat = flags.has('s');
  const watch = flags.has('w');
  switch (name) {
    case 'close':
      return { type: 'close' };
    case 'version':
      return { type: 'print', lines: [VERSION_LINE] };
    case 'addauth':
      return {
        type: 'addauth',
        scheme: path,
        auth: args[2] === undefined ? null : textToBytes(args[2]),
      };
    case 'whoami':
      return begin({ op: 'whoAmI' }, 'whoami');
    case 'create':
      return create(options, notes);
    case 'delete':
      return versioned(options, (version) => simple({ op: 'delete', path, version }, 'nothing'));
    case 'set': {
      const data = textToBytes(args[2] as string);
      return versioned(options, (version) =>
        simple({ op: 'setData', path, data, version }, 'nothing', withStat),
      );
    }
    case 'setAcl':
      return setAcl(options, notes);
    case 'getAcl':
      return simple({ op: 'getACL', path }, 'acl', withStat);
    case 'deleteall':
      return deleteall(path, options);
    case 'sync':
      return simple({ op: 'sync', path }, 'sync');
    case 'get':
      return simple({ op: 'getData', path, watch }, 'data', withStat, watch);
    case 'stat':
      return simple({ op: 'exists', path, watch }, 'nothing', true, watch);
    case 'ls':
      if (flags.has('R')) return onPath(path, () => walkJob(path, watch, 'print'));
      return simple({ op: 'getChildren2', path, watch }, 'children', withStat, watch);
    case 'getEphemerals': {
      const prefix = path ?? '/';
      return onPath(prefix, () => oneCall({ body: { op: 'getEphemerals', prefix } }, 'ephemerals'));
    }
    case 'getAllChildrenNumber':
      return simple({ op: 'getAllChildrenNumber', path }, 'number');
    case 'config':
      return config(flags);
    case 'reconfig':
      return reconfig(options);
    case 'removewatches':
      return removeWatches(path, flags);
    case 'setquota':
      return setquota(path, options);
    case 'listquota':
      return { type: 'job', job: scriptJob('listquota', { path }) };
    default:
      return delquota(path, flags);
  }
}

function create({ flags, values, args }: ParsedOptions, notes: Note[]): Outcome {
  const [isEphemeral, isSequential] = [flags.has('e'), flags.has('s')];
  const [isContainer, hasTtl] = [flags.has('c'), flags.has('t')];
  if (isContainer && (isEphemeral || isSequential)) {
    return fail(
      '-c cannot be combined with -s or -e. Containers cannot be ephemeral or sequential.',
    );
  }
  const ttl = hasTtl ? parseJavaLong(values['t'] as string) : 0n;
  if (ttl === undefined) return fail('-t argument must be a long value');
  if (hasTtl && isEphemeral) return fail('TTLs cannot be used with Ephemeral znodes');
  if (hasTtl && isContainer) return fail('TTLs cannot be used with Container znodes');
  if (hasTtl && (ttl <= 0n || ttl > BigInt(TTL_MAX))) return fail(TTL_TEXT);
  const path = args[1] as string;
  const acl = args[3] === undefined ? OPEN_ACL : readAcl(args[3], notes);
  const wrong = validateCreatePath(path, isSequential);
  if (wrong !== undefined) return fail(wrong);
  if (acl.length === 0) {
    notes.push({ kind: 'error', text: exceptionText('INVALIDACL', null) });
    return fail(errorText('INVALIDACL', null));
  }
  const data = args[2] === undefined ? null : textToBytes(args[2]);
  if (hasTtl) {
    const flag = isSequential
      ? CREATE_MODES.PERSISTENT_SEQUENTIAL_WITH_TTL
      : CREATE_MODES.PERSISTENT_WITH_TTL;
    return begin({ op: 'createTTL', path, data, acl, flags: flag, ttl: Number(ttl) }, 'created');
  }
  if (isContainer) {
    const container = CREATE_MODES.CONTAINER;
    return begin({ op: 'createContainer', path, data, acl, flags: container }, 'created');
  }
  const mode = (isEphemeral ? 1 : 0) + (isSequential ? 2 : 0);
  return begin({ op: 'create', path, data, acl, flags: mode }, 'created');
}

/** What is wrong with a list is printed, and the rest of it stands. */
function readAcl(text: string, notes: Note[]): AclEntry[] {
  const { acl, complaints } = parseAcl(text);
  for (const complaint of complaints) notes.push({ kind: 'error', text: complaint });
  return acl;
}

function setAcl(options: ParsedOptions, notes: Note[]): Outcome {
  const { flags, args } = options;
  const path = args[1] as string;
  const acl = readAcl(args[2] as string, notes);
  return versioned(options, (version) => {
    if (flags.has('R')) return onPath(path, () => walkJob(path, false, { acl, version }));
    return onPath(path, () =>
      acl.length === 0
        ? fail(errorText('INVALIDACL', null))
        : oneCall({ body: { op: 'setACL', path, acl, version } }, 'nothing', flags.has('s')),
    );
  });
}

function deleteall(path: string, options: ParsedOptions): Outcome {
  const batch = options.values['b'];
  const batchSize = batch === undefined ? CLIENT_BATCH : parseJavaInt(batch);
  if (batchSize === undefined) return fail('-b argument must be an int value');
  // In zkCli a size below one never fills a batch, so that all goes in one.
  const size = batchSize < 1 ? Number.MAX_SAFE_INTEGER : batchSize;
  return onPath(path, () => deleteallJob(path, size));
}

function config(flags: ReadonlySet<string>): Outcome {
  const watch = flags.has('w');
  const body: RequestBody = { op: 'getData', path: CONFIG_NODE, watch };
  const request = { body, isUnrooted: true, ...(watch ? { watcher: DEFAULT_WATCHER } : {}) };
  const show = flags.has('c') ? 'clientConfig' : 'data';
  return { type: 'job', job: oneCall(request, show, flags.has('s')) };
}

function reconfig(options: ParsedOptions): Outcome {
  const parsed = parseReconfig(options);
  if (typeof parsed === 'string') return fail(parsed);
  return begin(parsed, 'reconfig', options.flags.has('s'));
}

/** Of several options the first in this order counts. */
function removeWatches(path: string, flags: ReadonlySet<string>): Outcome {
  const type = flags.has('c') ? 1 : flags.has('d') ? 2 : 3;
  const removal = { watcher: null, local: flags.has('l') };
  return onPath(path, () =>
    oneCall({ body: { op: 'removeWatches', path, type }, removal }, 'nothing'),
  );
}

/** A bad path is the one exception that this command does not catch. */
function addWatch(options: ParsedOptions, lastMode: number, parsed: ParsedCommand): void {
  const asked = options.values['m']?.toUpperCase();
  const mode =
    asked === undefined ? lastMode : asked === 'PERSISTENT' ? PERSISTENT : PERSISTENT_RECURSIVE;
  parsed.addWatchMode = mode;
  const path = options.args[1] as string;
  const wrong = validatePath(path);
  parsed.outcome =
    wrong === undefined
      ? begin({ op: 'addWatch', path, mode }, 'nothing', false, true)
      : { type: 'dies', exception: `java.lang.IllegalArgumentException: ${wrong}` };
}

function setquota(path: string, { flags, values }: ParsedOptions): Outcome {
  if (path.startsWith(QUOTA_ROOT)) {
    return remark(`cannot set a quota under the path: ${QUOTA_ROOT}`);
  }
  const name = [...flags][0] as string;
  const text = values[name] as string;
  const isCount = name === 'n' || name === 'N';
  const value = isCount ? parseJavaInt(text) : parseJavaLong(text);
  if (value === undefined) {
    return remark('NumberFormatException happens when parsing the option value');
  }
  if (isCount && value <= 0) return remark('the num quota must be greater than zero');
  if (value < 0) return remark('the bytes quota must be greater than or equal to zero');
  const option = { name, value: String(value) };
  return { type: 'job', job: scriptJob('setquota', { path, option }) };
}

function delquota(path: string, flags: ReadonlySet<string>): Outcome {
  const name = [...flags][0];
  const args = name === undefined ? { path } : { path, option: { name, value: '' } };
  return { type: 'job', job: scriptJob('delquota', args) };
}

/** -1, any version, without -v. */
function versioned(options: ParsedOptions, make: (version: number) => Outcome): Outcome {
  const text = options.values['v'];
  const version = text === undefined ? -1 : parseJavaInt(text);
  return version === undefined
    ? { type: 'dies', exception: numberFormatException(text as string) }
    : make(version);
}

export function numberFormatException(text: string): string {
  return `java.lang.NumberFormatException: For input string: "${text}"`;
}

/** A call on a path, unless the client library refuses that. */
function simple(
  body: Extract<RequestBody, { path: string | null }>,
  show: Show,
  withStat = false,
  watch = false,
): Outcome {
  const wrong = validatePath(body.path);
  return wrong === undefined ? begin(body, show, withStat, watch) : fail(wrong);
}

function onPath(path: string, make: () => Job | Outcome): Outcome {
  const wrong = validatePath(path);
  if (wrong !== undefined) return fail(wrong);
  const made = make();
  return isJob(made) ? { type: 'job', job: made } : made;
}

function isJob(made: Job | Outcome): made is Job {
  return ['oneCall', 'walk', 'deleteall', 'script'].includes(made.type);
}

function begin(body: RequestBody, show: Show, withStat = false, watch = false): Outcome {
  const request = watch ? { body, watcher: DEFAULT_WATCHER } : { body };
  return { type: 'job', job: oneCall(request, show, withStat) };
}

function usage(name: string): Outcome {
  return fail((zkCliCommand(name)?.usage ?? name).replace(/ $/, name === 'version' ? ' ' : ''));
}

function fail(text: string): Outcome {
  return { type: 'error', text };
}

function remark(text: string): Outcome {
  return { type: 'remark', text };
}
