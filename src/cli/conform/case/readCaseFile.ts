/** The check that a file has the shape of a case file: the first place that has not is named. */
import type { OracleCase, Step } from './caseFile';
import { show } from './caseFile';
import {
  CaseFileError,
  type Check,
  each,
  ensembleOf,
  listOf,
  numberOf,
  numbers,
  optional,
  record,
  textOf,
  texts,
} from './shape';

/** From a file's JSON; `format` and `name` are read already. Throws CaseFileError. */
export function readCaseFile(
  file: Readonly<Record<string, unknown>>,
  format: OracleCase['format'],
  name: string,
): OracleCase {
  const initial = record(file['initial'], 'initial');
  numberOf(initial['leader'], 'initial.leader');
  zxidOf(initial['zxid'], 'initial.zxid');
  record(initial['servers'], 'initial.servers');
  checkLinks(initial, 'initial');
  each(file['steps'], 'steps', checkStep);
  return {
    format,
    name,
    ...ensembleOf(file),
    observers: optional(file['observers'], 'observers', numberOf) ?? 0,
    joiners: optional(file['joiners'], 'joiners', record) ?? {},
    initial: initial as unknown as OracleCase['initial'],
    steps: file['steps'] as Step[],
  };
}

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

export function checkOp(value: unknown, place: string): void {
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

function endOf(value: unknown, place: string): void {
  if (typeof value !== 'string') numberOf(value, place);
}

function zxidOf(value: unknown, place: string): void {
  if (value === null) return;
  const isPair = Array.isArray(value) && value.length === 2;
  if (isPair && value.every((n) => typeof n === 'number' && n >= 0 && n <= 0xffffffff)) return;
  throw new CaseFileError(place, `expected [epoch, counter] or null, got ${show(value)}`);
}

function groupsOf(value: unknown, place: string): void {
  each(value, place, numbers);
}
