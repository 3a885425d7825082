/**
 * Recordings that come from outside (a file, a link): checked field by field
 * before anything else sees them. Unknown fields are dropped.
 */
import * as v from 'valibot';
import { DEFAULT_ZOO_CONFIG } from '../zk/config';
import { validatePath } from '../zk/paths';
import type { AppRole } from './app';
import type { Command } from './command';
import { readAppName } from './names';
import type { Recording, WorldConfig } from './recording';
import { expected, saidOf } from './schemaIssue';
import { sayOfHost } from './sentences/host';
import type { Sentence } from './sentences/sentence';
import { NO_SETTING, NO_TIME, SETTING_KEY, SETTING_TIME } from './settings';

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const positive = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const sid = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(255));
const text = v.pipe(v.string(), v.maxLength(1_000_000));
const letter = v.pipe(v.string(), v.regex(/^[a-z]{1,2}$/));
const milliseconds = v.pipe(v.number(), v.minValue(0), v.maxValue(1e12));
const chroot = v.pipe(
  v.string(),
  v.check((path) => path.length > 1 && validatePath(path) === undefined, expected('path')),
);

const process = v.pipe(
  v.string(),
  v.regex(
    /^([1-9]\d{0,2}|client [a-z]{1,2}|probe \d{1,3}|(master|worker|taskclient|storage) \S+)$/,
    expected('process'),
  ),
  v.check(
    (name) => !/^[mwts][a-z]+ /.test(name) || readAppName(name) !== undefined,
    expected('process'),
  ),
);
const channel = v.picklist(['client', 'quorum', 'election', 'app']);

const settingKey = v.pipe(v.string(), v.regex(SETTING_KEY, NO_SETTING.message));
const settingTime = v.pipe(v.string(), v.regex(SETTING_TIME, NO_TIME.message));

/** An id that a process of that role may have. */
function idOf(role: AppRole) {
  return v.pipe(
    v.string(),
    v.check(
      (id) => readAppName(`${role} ${id}`) !== undefined,
      expected(role === 'storage' ? 'storageId' : 'appId'),
    ),
  );
}

const program = {
  hosts: v.pipe(v.array(sid), v.minLength(1)),
  timeoutMs: v.optional(positive),
  style: v.picklist(['book', 'hardened']),
  storage: v.optional(idOf('storage')),
};
const word = v.pipe(v.string(), v.regex(/^\S+$/, expected('word')));
const appSettings = v.variant('role', [
  v.object({
    role: v.picklist(['master']),
    id: idOf('master'),
    ...program,
    reconnects: v.optional(v.boolean()),
  }),
  v.object({
    role: v.picklist(['worker']),
    id: idOf('worker'),
    ...program,
    can: v.optional(word),
    stepMs: v.optional(positive),
  }),
  v.object({ role: v.picklist(['taskclient']), id: idOf('taskclient'), ...program }),
  v.object({ role: v.picklist(['storage']), id: idOf('storage'), fencing: v.boolean() }),
]);
const taskOrder = v.object({
  text: v.pipe(text, v.minLength(1)),
  kind: v.picklist(['any', 'once']),
  needs: v.optional(word),
  steps: v.optional(positive),
  fails: v.optional(positive),
});

const commandSchema = v.variant('type', [
  v.object({ type: v.picklist(['crash', 'restart', 'pause', 'resume', 'wipe']), process }),
  v.object({ type: v.picklist(['freeze', 'thaw', 'step']), process, thread: text }),
  v.object({
    type: v.picklist(['disk']),
    process,
    fault: v.picklist(['ok', 'slow', 'fail-append', 'fail-fsync', 'full']),
    ms: v.optional(milliseconds),
  }),
  v.object({
    type: v.picklist(['cut']),
    a: process,
    b: process,
    channel: v.optional(channel),
    oneway: v.optional(v.boolean()),
  }),
  v.object({ type: v.picklist(['heal']), a: v.optional(process), b: v.optional(process) }),
  v.object({ type: v.picklist(['partition']), groups: v.array(v.array(process)) }),
  v.object({ type: v.picklist(['hold']), a: process, b: process, channel, only: v.optional(text) }),
  v.object({ type: v.picklist(['release', 'reset']), a: process, b: process, channel }),
  v.object({ type: v.picklist(['deliver']), message: text }),
  v.object({
    type: v.picklist(['latency']),
    a: process,
    b: process,
    ms: milliseconds,
    jitterMs: v.optional(milliseconds),
  }),
  v.object({
    type: v.picklist(['client']),
    letter,
    hosts: v.array(sid),
    timeoutMs: v.optional(whole),
    chroot: v.optional(chroot),
    readOnly: v.optional(v.boolean()),
    batch: v.optional(v.array(text)),
  }),
  v.object({ type: v.picklist(['zk']), letter, line: text }),
  v.object({
    type: v.picklist(['library']),
    letter,
    action: v.looseObject({
      type: v.picklist(['call', 'addAuth', 'close']),
      call: v.pipe(v.number(), v.integer()),
    }),
  }),
  v.object({
    type: v.picklist(['4lw']),
    process,
    word: v.pipe(v.string(), v.regex(/^\S{4}$/, expected('fourLetters'))),
    letter: v.optional(letter),
    argument: v.optional(v.pipe(v.string(), v.regex(/^-?\d{1,19}$/))),
  }),
  v.object({ type: v.picklist(['app']), settings: appSettings }),
  v.object({ type: v.picklist(['submit']), process, task: taskOrder }),
  v.object({ type: v.picklist(['fail']), process }),
  v.object({ type: v.picklist(['fencing']), process, on: v.boolean() }),
  v.object({ type: v.picklist(['set']), process, key: settingKey, value: settingTime }),
  v.object({
    type: v.picklist(['probe']),
    process,
    action: v.looseObject({ type: v.picklist(['open', 'send', 'close']), tag: text }),
  }),
]);

const zooConfigSchema = v.object({
  tickTime: positive,
  initLimit: positive,
  syncLimit: positive,
  minSessionTimeout: v.optional(positive),
  maxSessionTimeout: v.optional(positive),
  snapCount: positive,
  commitLogCount: positive,
  cnxTimeout: positive,
  juteMaxBuffer: positive,
  maxClientCnxns: whole,
  globalOutstandingLimit: positive,
  commitProcessorNumWorkerThreads: whole,
  maxReadBatchSize: v.pipe(v.number(), v.safeInteger()),
  maxCommitBatchSize: positive,
  maxBatchSize: whole,
  // Older recordings do not have the settings from here on.
  containerCheckIntervalMs: v.optional(positive, DEFAULT_ZOO_CONFIG.containerCheckIntervalMs),
  extendedTypesEnabled: v.optional(v.boolean(), DEFAULT_ZOO_CONFIG.extendedTypesEnabled),
  enforceQuota: v.optional(v.boolean(), DEFAULT_ZOO_CONFIG.enforceQuota),
  skipACL: v.optional(v.boolean(), DEFAULT_ZOO_CONFIG.skipACL),
  superDigest: v.optional(text, DEFAULT_ZOO_CONFIG.superDigest),
  localSessionsEnabled: v.optional(v.boolean(), DEFAULT_ZOO_CONFIG.localSessionsEnabled),
  localSessionsUpgradingEnabled: v.optional(
    v.boolean(),
    DEFAULT_ZOO_CONFIG.localSessionsUpgradingEnabled,
  ),
  readOnlyModeEnabled: v.optional(v.boolean(), DEFAULT_ZOO_CONFIG.readOnlyModeEnabled),
  reconfigEnabled: v.optional(v.boolean()),
  fourLetterWords: v.optional(text, DEFAULT_ZOO_CONFIG.fourLetterWords),
  connectionThrottleTokens: v.optional(whole),
  connectionThrottleFillTime: v.optional(positive),
  connectionThrottleFillCount: v.optional(positive),
  largeRequestThreshold: v.optional(whole),
  largeRequestMaxBytes: v.optional(whole),
  requestThrottleMaxRequests: v.optional(positive),
  requestThrottleStallTime: v.optional(positive),
  throttledOpWaitTime: v.optional(positive),
});

const ensembleSchema = v.object({
  servers: v.pipe(v.array(sid), v.minLength(1), v.maxLength(9)),
});

function areDifferent(names: readonly string[]): boolean {
  return new Set(names).size === names.length;
}

const configSchema = v.object({
  seed: v.pipe(v.number(), v.safeInteger()),
  ensembles: v.pipe(v.array(ensembleSchema), v.minLength(1)),
  down: v.optional(v.array(sid)),
  clients: v.pipe(
    v.array(
      v.object({
        letter,
        hosts: v.array(sid),
        timeoutMs: v.optional(positive),
        chroot: v.optional(chroot),
        readOnly: v.optional(v.boolean()),
      }),
    ),
    v.maxLength(60),
    v.check((clients) => areDifferent(clients.map(({ letter }) => letter)), expected('twice')),
  ),
  apps: v.optional(
    v.pipe(
      v.array(appSettings),
      v.check((apps) => areDifferent(apps.map(({ id }) => id)), expected('twice')),
    ),
  ),
  config: zooConfigSchema,
  timing: v.object({
    processor: whole,
    fsync: whole,
    append: whole,
    threads: v.record(v.string(), whole),
  }),
  linkMicros: positive,
  jitterMicros: whole,
  profile: v.picklist(['fixed', 'as-recorded']),
});

const recordingSchema = v.object({
  version: v.picklist([1]),
  engine: text,
  config: configSchema,
  commands: v.array(v.object({ at: whole, event: whole, command: commandSchema })),
  events: whole,
  at: whole,
  fingerprint: v.pipe(v.string(), v.regex(/^[0-9a-f]{8}$/, expected('hexDigits'))),
});

/** What is wrong with an input, and where: a path such as `commands[3].command.process`. */
export interface InputProblem {
  place: string;
  message: string;
  /** The message for other languages. */
  sentence?: Sentence;
}

export type Parsed<T> = { value: T } | { problem: InputProblem };

function check<T>(schema: v.GenericSchema<unknown, unknown>, input: unknown): Parsed<T> {
  const result = v.safeParse(schema, input, { abortEarly: true });
  if (result.success) return { value: result.output as T };
  const issue = result.issues[0];
  return { problem: { place: placeOf(issue.path), ...saidOf(issue) } };
}

function placeOf(path: readonly { key?: unknown }[] | undefined): string {
  let place = '';
  for (const { key } of path ?? []) {
    if (typeof key === 'number') place += `[${key}]`;
    else place += place === '' ? String(key) : `.${String(key)}`;
  }
  return place === '' ? 'the whole' : place;
}

export function checkRecording(input: unknown): Parsed<Recording> {
  const parsed = check<Recording>(recordingSchema, input);
  if ('problem' in parsed) return parsed;
  return outOfOrder(parsed.value) ?? parsed;
}

export function checkConfig(input: unknown): Parsed<WorldConfig> {
  return check<WorldConfig>(configSchema, input);
}

export function checkCommand(input: unknown): Parsed<Command> {
  return check<Command>(commandSchema, input);
}

/** The text of a `*.zabscope.json` file. */
export function parseRecording(json: string): Parsed<Recording> {
  let input: unknown;
  try {
    input = JSON.parse(json);
  } catch (error) {
    const said = sayOfHost('schema.notJson', { problem: (error as Error).message });
    return { problem: { place: 'the whole', ...said } };
  }
  return checkRecording(input);
}

function outOfOrder(recording: Recording): { problem: InputProblem } | undefined {
  let before = { at: 0, event: 0 };
  for (const [i, command] of recording.commands.entries()) {
    if (command.at < before.at || command.event < before.event) {
      return { problem: { place: `commands[${i}]`, ...sayOfHost('schema.order') } };
    }
    before = command;
  }
  if (recording.at < before.at || recording.events < before.event) {
    return { problem: { place: 'events', ...sayOfHost('schema.end') } };
  }
  return undefined;
}
