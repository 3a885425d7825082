/**
 * A recorded dialogue of a real zkCli, held against the consoles of the page: the same lines are typed, what
 * is printed between them has to be the same. Placeholders as in oracle/zkcli/README.md; the place of an
 * event's lines among those of a command is free.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WorldConfig } from '../src/bridge/recording';
import { DEFAULT_TIMING } from '../src/bridge/process';
import { DEFAULT_ZOO_CONFIG, type ZooConfig } from '../src/zk/config';
import { expect, section, type Zab } from './zabscope';

interface Printed {
  client: string;
  output: string[];
}

export interface DialogueStep {
  do?: string;
  client?: string;
  line?: string;
  output?: string[];
  events?: Printed[];
}

export interface Dialogue {
  name: string;
  clients: string[];
  steps: DialogueStep[];
}

export function readDialogue(name: string): Dialogue {
  return JSON.parse(readFileSync(join('oracle', 'zkcli', `${name}.json`), 'utf8')) as Dialogue;
}

/** One server, two consoles, nothing typed yet; everything is opened by the page's own door. */
export async function openStandalone(zab: Zab, more: Partial<ZooConfig> = {}): Promise<void> {
  const config: WorldConfig = {
    seed: 7,
    ensembles: [{ servers: [1] }],
    clients: [
      { letter: 'a', hosts: [1], timeoutMs: 30_000 },
      { letter: 'b', hosts: [1], timeoutMs: 30_000 },
    ],
    config: { ...DEFAULT_ZOO_CONFIG, ...more },
    timing: DEFAULT_TIMING,
    linkMicros: 2000,
    jitterMicros: 0,
    profile: 'fixed',
  };
  await zab.page.evaluate(async (wanted) => {
    const { zabscope } = window;
    const made = await zabscope.recording();
    await zabscope.seek(0);
    const { fingerprint } = zabscope.frame();
    await zabscope.open({ ...made, config: wanted, commands: [], events: 0, at: 0, fingerprint });
  }, config);
  await zab.idle();
  for (const letter of ['a', 'b']) {
    await runUntil(zab, (clients) => clients[letter]?.state === 'CONNECTED');
  }
}

type Clients = Record<string, { state: string; isWaiting: boolean; printed: number }>;

/** Runs, some events at a time, until `is` holds of the clients. */
export async function runUntil(
  zab: Zab,
  is: (clients: Clients) => boolean,
  events = 40,
): Promise<void> {
  for (let i = 0; i < 400; i += 1) {
    const clients = await zab.page.evaluate(async (n) => {
      await window.zabscope.step(n);
      const found: Clients = {};
      for (const { kind, sections } of Object.values(window.zabscope.frame().processes)) {
        const { client, console } = sections;
        if (kind !== 'client' || client?.type !== 'client' || console?.type !== 'console') continue;
        const outstanding = client.outgoingQueue.length + client.pendingQueue.length;
        found[client.letter] = {
          state: client.state,
          isWaiting: console.waiting || outstanding > 0,
          printed: console.dropped + console.lines.length,
        };
      }
      return found;
    }, events);
    if (is(clients)) return;
  }
  throw new Error('not reached');
}

/** What a console has printed from line `from` on, without what was typed. */
export async function printed(zab: Zab, letter: string, from: number): Promise<string[]> {
  const { lines } = section(await zab.frame(), `client ${letter}`, 'console', 'console');
  return lines
    .slice(from)
    .filter(({ kind }) => kind !== 'input')
    .map(({ text }) => text);
}

export async function lineCount(zab: Zab, letter: string): Promise<number> {
  return section(await zab.frame(), `client ${letter}`, 'console', 'console').lines.length;
}

/** Takes the four lines of each event out of what was printed. */
export function partEvents(lines: readonly string[]): { rest: string[]; events: string[] } {
  const rest: string[] = [];
  const events: string[] = [];
  for (let i = 0; i < lines.length; i += 1) {
    if (lines[i] === '' && lines[i + 1] === 'WATCHER::' && lines[i + 2] === '') {
      events.push(lines[i + 3] ?? '');
      i += 3;
    } else rest.push(lines[i] as string);
  }
  return { rest, events };
}

/** `wanted` with its placeholders, as a pattern for one whole line. */
function patternOf(wanted: string): RegExp {
  const parts = wanted.split(/(<[a-z]+(?: \w+)?>)/);
  const text = parts.map((part) => {
    if (part === '<time>') return '\\w{3} \\w{3} \\d\\d \\d\\d:\\d\\d:\\d\\d UTC \\d{4}';
    if (/^<session \w+>$/.test(part)) return '0x[0-9a-f]+';
    if (/^<host:port/.test(part)) return 'zk\\d:2181';
    return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${text.join('')}$`);
}

export function expectLines(what: string, found: readonly string[], wanted: readonly string[]) {
  const same = wanted.map((line, i) => (patternOf(line).test(found[i] ?? '\0') ? found[i] : line));
  expect(found, what).toEqual(same);
}

/** Types the lines of a dialogue at the page's consoles; client A is `a`. */
export async function followDialogue(zab: Zab, steps: readonly DialogueStep[]): Promise<void> {
  for (const step of steps) {
    // Enter alone repeats the prompt; the page's field leaves it out.
    if (step.do !== undefined || step.line === undefined || step.line === '') continue;
    const own = (step.client ?? '').toLowerCase();
    const before: Record<string, number> = {};
    for (const letter of ['a', 'b']) before[letter] = await lineCount(zab, letter);
    await zab.type(own, step.line);
    await runUntil(
      zab,
      (clients) =>
        !clients[own]?.isWaiting && Object.values(clients).every(({ isWaiting }) => !isWaiting),
    );
    for (const letter of ['a', 'b']) {
      const what = `${step.client}: ${step.line} (console ${letter})`;
      const { rest, events } = partEvents(await printed(zab, letter, before[letter] ?? 0));
      const told = (step.events ?? [])
        .filter(({ client }) => client.toLowerCase() === letter)
        .map(({ output }) => output[3] ?? '');
      expectLines(what, rest, letter === own ? (step.output ?? []) : []);
      expect(events, what).toEqual(told);
    }
  }
}
