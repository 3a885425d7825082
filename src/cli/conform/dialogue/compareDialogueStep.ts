/**
 * Holds what a console or a server said in a step against what was recorded. Free, as the README of
 * the dialogues has it: where a watch event stands among the lines, the order of several
 * ...WatchRemoved events, of the servers in `config -c` and of authentication ids, and what a Java
 * program alone could say (stack traces).
 */
import { compareValue, type Difference } from '../compare/compareItems';
import type { DialogueStep } from './dialogueFile';
import { type Addresses, fits, type SessionsByConsole } from './placeholders';

const STACK_TRACE = '<stack trace>';

/** What was said in one step, in the form of the recordings. */
export interface Said {
  readonly output?: readonly string[];
  readonly err?: readonly number[];
  /** By console: events printed, each as its last line. */
  readonly events: Readonly<Record<string, readonly string[]>>;
  readonly prompt?: string;
  readonly exit?: number;
  /** Of an answer to a four-letter word. */
  readonly noNewline?: boolean;
  /** Of a console without a terminal; without the events. */
  readonly stdout?: string;
  readonly stderr?: readonly string[];
}

export interface Circumstances {
  readonly sessions: SessionsByConsole;
  readonly addresses: Addresses;
  /** Within a second of Disconnected a prompt may say either state. */
  readonly isLatePrompt: boolean;
}

export function compareDialogueStep(
  step: DialogueStep,
  said: Said,
  circumstances: Circumstances,
): Difference | undefined {
  return (
    compareOutput(step, said, circumstances) ??
    compareStreams(step, said, circumstances) ??
    compareEvents(step, said, circumstances) ??
    comparePrompt(step, said, circumstances) ??
    compareValue(step.exit, said.exit, 'exit')
  );
}

function compareOutput(step: DialogueStep, said: Said, how: Circumstances) {
  if (step.output === undefined) return undefined;
  const expected = step.output.filter((line) => line !== STACK_TRACE);
  const [want, got] = inAnyOrder(step.line ?? '', expected, said.output ?? []);
  const difference = compareLines(want, got, 'output', how);
  if (difference !== undefined) return difference;
  const traces = (step.output ?? []).flatMap((line, k) => (line === STACK_TRACE ? [k] : []));
  const err = (step.err ?? [])
    .filter((k) => !traces.includes(k))
    .map((k) => k - traces.filter((trace) => trace < k).length);
  if (said.noNewline !== undefined) {
    return compareValue(step.noNewline ?? false, said.noNewline, 'noNewline');
  }
  return compareValue(err, said.err ?? [], 'err');
}

/** Identities behind the head line of whoami are those of a hash table. */
function inAnyOrder(line: string, expected: readonly string[], got: readonly string[]) {
  if (!line.startsWith('whoami')) return [expected, got];
  const sort = ([head, ...rest]: readonly string[]) =>
    head === undefined ? [] : [head, ...rest.sort()];
  return [sort(expected), sort(got)] as const;
}

export function compareLines(
  expected: readonly string[],
  got: readonly string[],
  field: string,
  { sessions, addresses }: Circumstances,
): Difference | undefined {
  // The length of a text with addresses in it is theirs.
  const hasAddresses = expected.some((line) => line.includes('<host:quorum:election'));
  for (let k = 0; k < Math.max(expected.length, got.length); k += 1) {
    const [want, have] = [expected[k], got[k]];
    const at = `${field}[${k}]`;
    if (want === undefined || have === undefined) return { field: at, expected: want, got: have };
    if (hasAddresses && [want, have].every((line) => line.startsWith('dataLength = '))) continue;
    if (fits(sortedServers(want), sortedServers(have), sessions, addresses)) continue;
    return { field: at, expected: want, got: have };
  }
  return undefined;
}

const SERVER = String.raw`(?:<host:port \d>|zk\d+:\d+)`;
/** What `config -c` prints: a version, and the client addresses in the order of a hash table. */
const CONNECT_STRING = new RegExp(`^([0-9a-f]+ )(${SERVER}(?:,${SERVER})+)$`);

function sortedServers(line: string): string {
  const found = CONNECT_STRING.exec(line);
  if (found === null) return line;
  return `${found[1]}${(found[2] as string).split(',').sort().join()}`;
}

/** Of a console without a terminal: the prompts of jline among the lines, the last without an end. */
function compareStreams(step: DialogueStep, said: Said, how: Circumstances) {
  if (step.stdout === undefined) return undefined;
  const text = step.stdout.join('\n') + (step.stdoutNoNewline === true ? '' : '\n');
  const expected = withoutEvents(step.stdout.length === 0 ? '' : text).text;
  return (
    compareLines(expected.split('\n'), (said.stdout ?? '').split('\n'), 'stdout', how) ??
    compareLines(step.stderr ?? [], said.stderr ?? [], 'stderr', how)
  );
}

const EVENT = /\nWATCHER::\n\n(WatchedEvent [^\n]*)\n/g;

/** The first empty line of a block is the end of the line on which it begins. */
function withoutEvents(text: string): { text: string; events: string[] } {
  const events = [...text.matchAll(EVENT)].map(([, event]) => event as string);
  return { text: text.replace(EVENT, ''), events };
}

function compareEvents(step: DialogueStep, said: Said, how: Circumstances) {
  const expected: Record<string, string[]> = {};
  for (const { client, output } of step.events ?? []) {
    expected[client] = [...(expected[client] ?? []), output.at(-1) ?? ''];
  }
  if (step.stdout !== undefined) {
    const printed = withoutEvents(`${step.stdout.join('\n')}\n`).events;
    if (printed.length > 0) expected[RUN] = printed;
  }
  for (const client of new Set([...Object.keys(expected), ...Object.keys(said.events)])) {
    const want = sortRemovals(expected[client] ?? []);
    const have = sortRemovals(said.events[client] ?? []);
    const difference = compareLines(want, have, `events.${client}`, how);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

/** The console of a step `run`, which has no name. */
export const RUN = 'run';

function sortRemovals(events: readonly string[]): string[] {
  const sorted = [...events];
  for (let from = 0; from < sorted.length; from += 1) {
    let to = from;
    while (to < sorted.length && sorted[to]?.includes('WatchRemoved ') === true) to += 1;
    sorted.splice(from, to - from, ...sorted.slice(from, to).sort());
    from = to;
  }
  return sorted;
}

function comparePrompt(step: DialogueStep, said: Said, how: Circumstances) {
  if (step.prompt === undefined) return undefined;
  const state = /\((?:CONNECTED|CONNECTING)\)/;
  const loose = (prompt: string) => (how.isLatePrompt ? prompt.replace(state, '(-)') : prompt);
  const [want, got] = [loose(step.prompt), loose(said.prompt ?? '')];
  if (fits(want, got, how.sessions, how.addresses)) return undefined;
  return { field: 'prompt', expected: want, got };
}
