/** What a person reads of a run over many cases. */
import type { Outcome } from './replay/replayCase';

export interface Report {
  readonly file: string;
  readonly name: string;
  readonly outcome: Outcome;
}

/** One line for a case that failed or was skipped; undefined for one that passed. */
export function verdict({ name, outcome }: Report): string | undefined {
  if (outcome.type === 'passed') return undefined;
  if (outcome.type === 'skipped') return `SKIP ${name}: needs ${outcome.needs.join(', ')}`;
  return `FAIL ${name}: ${outcome.where}: ${outcome.why}`;
}

/** The last line: `N passed, N failed, N skipped`. */
export function summary(reports: readonly Report[]): string {
  const count = (type: Outcome['type']) =>
    reports.filter(({ outcome }) => outcome.type === type).length;
  return `${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`;
}

/** The list that stands in the repository: what passes, and what each other case waits for. */
export function conformanceList(reports: readonly Report[]): string {
  const of = (type: Outcome['type']) => reports.filter(({ outcome }) => outcome.type === type);
  const lines = [
    '# Conformance',
    '',
    'Recorded cases of a real Apache ZooKeeper 3.8.0, replayed against the engine. Written by',
    '`npm run conform -- --write`; do not edit.',
    '',
    `${summary(reports)}.`,
    '',
    '## Passed',
    '',
    ...of('passed').map(({ name }) => `- ${name}`),
  ];
  const failures = of('failed');
  if (failures.length > 0) {
    lines.push('', '## Failed', '', ...failures.map((report) => `- ${detail(report)}`));
  }
  lines.push('', '## Skipped: what they need', '', ...of('skipped').map((r) => `- ${detail(r)}`));
  return `${lines.join('\n')}\n`;
}

function detail({ name, outcome }: Report): string {
  if (outcome.type === 'failed') return `${name}: ${outcome.where}: ${outcome.why.split('\n')[0]}`;
  return outcome.type === 'skipped' ? `${name}: ${outcome.needs.join(', ')}` : name;
}
