/** The check that a file has the shape of a case file: the first place that has not is named. */
import type { OracleCase, OtherFile, Step } from './caseFile';
import { OTHER_FORMATS, show } from './caseFile';

/** A file that cannot be read; `place` is the way to the field, as in `steps[3].op.path`. */
export class CaseFileError extends Error {
  readonly place: string;
  constructor(place: string, expected: string) {
    super(place === '' ? expected : `${place}: ${expected}`);
    this.place = place;
  }
}

/** Reads a case file from its text. Throws CaseFileError when it is not one. */
export function parseCaseFile(text: string): OracleCase | OtherFile {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new CaseFileError('', `not JSON: ${(error as Error).message}`);
  }
  const file = record(json, 'file');
  const format = textOf(file['format'], 'format');
  const name = textOf(file['name'], 'name');
  const other = Object.hasOwn(OTHER_FORMATS, format) ? OTHER_FORMATS[format] : undefined;
  if (other !== undefined) {
    return { format, name: name.includes('/') ? name : `${other.area}/${name}` };
  }
  if (format !== 'zk-oracle-case/1' && format !== 'zk-oracle-flow/1') {
    const known = ['zk-oracle-case/1', 'zk-oracle-flow/1', ...Object.keys(OTHER_FORMATS)];
    throw new CaseFileError('format', `expected one of ${known.join(', ')}, got ${show(format)}`);
  }
  const initial = record(file['initial'], 'initial');
  numberOf(initial['leader'], 'initial.leader');
  zxidOf(initial['zxid'], 'initial.zxid');
  record(initial['servers'], 'initial.servers');
  checkLinks(initial, 'initial');
  each(file['steps'], 'steps', checkStep);
  const ensemble = numberOf(file['ensemble'], 'ensemble');
  if (ensemble < 1 || ensemble > 9) throw new CaseFileError('ensemble', 'expected 1 to 9 voters');
  return {
    format,
    name,
    ensemble,
    observers: optional(file['observers'], 'observers', numberOf) ?? 0,
    joiners: optional(file['joiners'], 'joiners', record) ?? {},
    config: optional(file['config'], 'config', record) ?? {},
    initial: initial as unknown as OracleCase['initial'],
    steps: file['steps'] as Step[],
  };
}

type Check = (value: unknown, place: string) => unknown;

/** The fields a step must have, by what it does; a step of another kind needs an ability instead. */
const REQUIRED: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  connect: { session: textOf, server: numberOf, timeoutMs: numberOf },
  reconnect: { session: textOf, server: numberOf, timeoutMs: numberOf },
  request: { session: textOf, op: checkOp },
  pipeline: { session: textOf, ops: checkOps },
  concurrent: { requests: checkRequests, property: checkProperty },
  drop: { session: textOf },
  silence: { session: textOf },
  expire: { session: textOf },
  awaitTxns: { since: zxidOf, count: numberOf },
  awaitReplies: { sessions: texts },
  awaitServing: { wait: numbers },
  awaitLeader: { server: numberOf, wait: numbers },
  wait: { ms: numberOf },
  kill: { server: numberOf },
  start: { server: numberOf },
  startAll: { order: numbers },
  wipe: { server: numberOf },
  pause: { server: numberOf },
  resume: { server: numberOf },
  hold: { from: numberOf, to: numberOf },
  release: { from: numberOf, to: numberOf },
  partition: { groups: groupsOf },
  tree: { session: textOf, path: textOf, tree: record },
};

/** Fields that need not be there but have one form. */
const OPTIONAL: Readonly<Record<string, Check>> = {
  zxid: zxidOf,
  servers: record,
  observed: checkObserved,
  example: checkObserved,
  hashOrder: texts,
  sessions: texts,
  stopped: numbers,
  lastZxidSeen: zxidOf,
  sessionOf: textOf,
  waitMs: numberOf,
  forMs: numberOf,
  only: textOf,
};

function checkStep(value: unknown, place: string): void {
  const step = record(value, place);
  const kind = textOf(step['do'], `${place}.do`);
  for (const [field, check] of Object.entries(REQUIRED[kind] ?? {})) {
    check(step[field], `${place}.${field}`);
  }
  for (const [field, check] of Object.entries(OPTIONAL)) {
    if (step[field] !== undefined) check(step[field], `${place}.${field}`);
  }
  checkLinks(step, place);
}

function checkLinks(step: Readonly<Record<string, unknown>>, place: string): void {
  if (step['messages'] === undefined) return;
  each(step['messages'], `${place}.messages`, checkMessage);
  for (const field of ['exactLinks', 'unorderedLinks']) {
    if (step[field] !== undefined) texts(step[field], `${place}.${field}`);
  }
  if (step['varyingLinks'] === undefined) return;
  const varying = record(step['varyingLinks'], `${place}.varyingLinks`);
  for (const [link, seen] of Object.entries(varying)) {
    const at = `${place}.varyingLinks[${show(link)}]`;
    each(seen, at, listOf);
  }
}

function checkMessage(value: unknown, place: string): void {
  const message = record(value, place);
  textOf(message['channel'], `${place}.channel`);
  textOf(message['type'], `${place}.type`);
  endOf(message['from'], `${place}.from`);
  endOf(message['to'], `${place}.to`);
}

function checkOp(value: unknown, place: string): void {
  const op = record(value, place);
  textOf(op['op'], `${place}.op`);
  if (typeof op['path'] !== 'string' && op['path'] !== null && op['path'] !== undefined) {
    throw new CaseFileError(`${place}.path`, `expected a text or null, got ${show(op['path'])}`);
  }
  // setWatches has a list of paths under the same name.
  if (op['data'] !== undefined && !Array.isArray(op['data']))
    checkData(op['data'], `${place}.data`);
  if (op['version'] !== undefined) numberOf(op['version'], `${place}.version`);
  if (op['flags'] !== undefined) numberOf(op['flags'], `${place}.flags`);
}

function checkData(value: unknown, place: string): void {
  if (value === null || typeof value === 'string') return;
  const form = record(value, place);
  if (typeof form['b64'] === 'string') return;
  const hasLength = typeof form['length'] === 'number' && form['length'] >= 0;
  const isFill = typeof form['fill'] === 'string' && /^[ -~]$/.test(form['fill']);
  if (hasLength && isFill) return;
  throw new CaseFileError(place, 'expected null, a text, {b64} or {fill, length}');
}

function checkOps(value: unknown, place: string): void {
  each(value, place, checkOp);
}

function checkRequests(value: unknown, place: string): void {
  for (const [session, ops] of Object.entries(record(value, place))) {
    checkOps(ops, `${place}.${session}`);
  }
}

function checkProperty(value: unknown, place: string): void {
  textOf(record(value, place)['kind'], `${place}.kind`);
}

function checkObserved(value: unknown, place: string): void {
  for (const [session, items] of Object.entries(record(value, place))) {
    each(items, `${place}.${session}`, checkItem);
  }
}

function checkItem(value: unknown, place: string): void {
  const item = record(value, place);
  if (['reply', 'event', 'connected', 'closed'].some((name) => name in item)) return;
  throw new CaseFileError(place, 'expected a reply, an event, connected or closed');
}

function record(value: unknown, place: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Readonly<Record<string, unknown>>;
  }
  throw new CaseFileError(place, `expected an object, got ${show(value)}`);
}

function listOf(value: unknown, place: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new CaseFileError(place, `expected a list, got ${show(value)}`);
}

function each(value: unknown, place: string, check: Check): void {
  for (const [k, item] of listOf(value, place).entries()) check(item, `${place}[${k}]`);
}

function textOf(value: unknown, place: string): string {
  if (typeof value === 'string') return value;
  throw new CaseFileError(place, `expected a text, got ${show(value)}`);
}

function numberOf(value: unknown, place: string): number {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw new CaseFileError(place, `expected an integer, got ${show(value)}`);
}

function endOf(value: unknown, place: string): void {
  if (typeof value !== 'string') numberOf(value, place);
}

function zxidOf(value: unknown, place: string): void {
  if (value === null) return;
  const isPair = Array.isArray(value) && value.length === 2;
  if (isPair && value.every((n) => typeof n === 'number' && n >= 0 && n <= 0xffffffff)) return;
  throw new CaseFileError(place, `expected [epoch, counter] or null, got ${show(value)}`);
}

function texts(value: unknown, place: string): void {
  each(value, place, textOf);
}

function numbers(value: unknown, place: string): void {
  each(value, place, numberOf);
}

function groupsOf(value: unknown, place: string): void {
  each(value, place, numbers);
}

function optional<T>(value: unknown, place: string, check: (v: unknown, p: string) => T) {
  return value === undefined ? undefined : check(value, place);
}
