/** The transcript of a story: what a reader is told, in both languages, between what happens. */
import type { Command } from '../../bridge/command';
import { commandText } from '../../bridge/commandText';
import type { CheckView, Frame } from '../../bridge/frame';
import { conditionText } from '../../scenarios/condition';
import { stepOf, type StoryState } from '../../scenarios/runner';
import type { Scenario, Text } from '../../scenarios/scenario';
import { worldOf } from '../../scenarios/world';

const WIDTH = 100;

/** What zkCli prints whatever happens. */
const BANNER = /^(|WATCHER::|Welcome to ZooKeeper!|JLine support is enabled|Connecting to .*)$/;

export function openingLines(scenario: Scenario): string[] {
  const { id, chapter, title, question, view } = scenario;
  const { seed, ensembles, clients, apps = [] } = worldOf(scenario);
  const { opening } = scenario.world;
  const world = [
    ...ensembles.map(({ servers }) => `servers ${servers.join(' ')}`),
    ...clients.map(({ letter, hosts }) => `client ${letter} of ${hosts.join(',')}`),
    ...apps.map(({ role, id }) => `${role} ${id}`),
    `seed ${seed}`,
  ];
  const begin = opening === undefined ? 'at time 0' : `until ${conditionText(opening)}`;
  return [
    `${id} (${chapter}, ${view})`,
    ...both(title, ''),
    ...both(question, '? '),
    '',
    `world: ${world.join('; ')}`,
    ...wrapped(`opening: ${begin}`, ''),
  ];
}

/** What the reader is shown where the story stands. */
export function stopLines(state: StoryState): string[] {
  const step = stepOf(state);
  const head = `-- ${state.step + 1} ${step?.type}`;
  switch (step?.type) {
    case 'say': {
      const when =
        step.when === undefined ? [] : wrapped(`when ${conditionText(step.when)}`, '   ');
      const look = step.look === undefined ? '' : `, look at ${step.look}`;
      return ['', head + look, ...when, ...both(step.text, '| ')];
    }
    case 'predict':
      return [
        '',
        head,
        ...both(step.question, '? '),
        ...step.choices.flatMap(({ text, isRight, because }) => [
          ...both(text, isRight === true ? ' (x) ' : ' ( ) '),
          ...both(because, '       '),
        ]),
      ];
    case 'goal':
      return [
        '',
        head,
        ...both(step.text, '| '),
        ...both(step.hint, '| hint: '),
        ...wrapped(`done when ${conditionText(step.done)}`, '   '),
      ];
    default:
      return [];
  }
}

/**
 * What consoles printed since they were told last: answers, errors and watch events. Changes `typed`,
 * which has the number of lines told so far by client.
 */
export function consoleLines(frame: Frame, typed: Record<string, number>): string[] {
  const lines: string[] = [];
  for (const [name, { sections }] of Object.entries(frame.processes)) {
    const { console } = sections;
    if (console?.type !== 'console') continue;
    const all = console.dropped + console.lines.length;
    const fresh = console.lines.slice(Math.max(0, (typed[name] ?? 0) - console.dropped));
    typed[name] = all;
    for (const { kind, text } of fresh) {
      const isTold = kind === 'output' || kind === 'error' || kind === 'event';
      if (isTold && !BANNER.test(text)) lines.push(`     ${name} prints: ${text}`);
    }
  }
  return lines;
}

/** A hint that leads to nothing; undefined for one that leads to something. */
export function lostLook(frame: Frame, look: string | undefined): string | undefined {
  if (look === undefined || look.startsWith('check ')) return undefined;
  const [name = '', part] = look.split('/', 2);
  const process = frame.processes[name.replace(/^server /, '')];
  if (process === undefined) return `there is no ${name} to look at`;
  const isLost = part?.endsWith('Processor') === true && process.sections[part] === undefined;
  return isLost ? `${name} has no ${part} to look at now` : undefined;
}

export function orderLine(command: Command): string {
  return `> ${commandText(command)}`;
}

export function outcomeLines(
  { outcome, sandbox }: Scenario,
  holds: readonly { holds: boolean }[],
  checks: readonly CheckView[],
): string[] {
  const broken = checks.filter((check) => !check.holds);
  return [
    '',
    '-- outcome',
    ...outcome.flatMap(({ text }, i) => both(text, holds[i]?.holds === true ? ' [x] ' : ' [ ] ')),
    broken.length === 0
      ? 'all checks hold'
      : `broken: ${broken.map(({ name }) => name).join(', ')}`,
    '',
    '-- sandbox',
    ...both(sandbox, '| '),
  ];
}

/** English, then Chinese, each behind the mark. */
function both({ en, zh }: Text, mark: string): string[] {
  return [...wrapped(en, mark), `${mark}${zh}`];
}

/** Further lines stand as far in as the text of the first. */
function wrapped(text: string, mark: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && mark.length + line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  const more = mark.startsWith('|') ? mark : ' '.repeat(mark.length);
  return lines.map((text, i) => (i === 0 ? mark : more) + text);
}
