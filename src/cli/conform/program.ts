/** The program behind `npm run conform`: finds case files, replays each, reports. */
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CaseFileError } from './case/shape';
import { parseRecordedFile } from './recordedFile';
import { replayFile } from './replayFile';
import { conformanceList, type Report, summary, verdict } from './report';

export type Say = (line: string) => void;

const DEFAULT_PATH = 'oracle';
const LIST = join('oracle', 'CONFORMANCE.md');

/** Returns the exit status. Complaints go to `complain`, everything else to `say`, line by line. */
export function conform(args: readonly string[], say: Say, complain: Say): number {
  const unknown = args.find((arg) => arg.startsWith('-') && arg !== '--write');
  if (unknown !== undefined) return refuse(complain, `unknown option ${unknown}`);
  const paths = args.filter((arg) => !arg.startsWith('-'));
  const isWhole = paths.length === 0;
  if (args.includes('--write') && !isWhole) {
    return refuse(complain, `--write lists all cases: it takes no path`);
  }
  const files: string[] = [];
  for (const path of isWhole ? [DEFAULT_PATH] : paths) {
    if (!existsSync(path)) return refuse(complain, `no file or folder ${path}`);
    files.push(...caseFilesIn(path));
  }
  const reports: Report[] = [];
  let unreadable = 0;
  for (const file of files) {
    try {
      const parsed = parseRecordedFile(readFileSync(file, 'utf8'));
      const report = { file, name: parsed.name, outcome: replayFile(parsed) };
      reports.push(report);
      const line = verdict(report);
      if (line !== undefined) say(line);
    } catch (error) {
      if (!(error instanceof CaseFileError)) throw error;
      unreadable += 1;
      refuse(complain, `${file}: ${error.message}`);
    }
  }
  if (args.includes('--write')) writeFileSync(LIST, conformanceList(reports));
  else if (isWhole && !isCurrent(reports)) {
    complain(`conform: ${LIST} is out of date; npm run conform -- --write`);
  }
  say(summary(reports));
  if (unreadable > 0) return 2;
  return reports.some(({ outcome }) => outcome.type === 'failed') ? 1 : 0;
}

/** The list in the repository says what this run found. */
function isCurrent(reports: readonly Report[]): boolean {
  return existsSync(LIST) && readFileSync(LIST, 'utf8') === conformanceList(reports);
}

function refuse(complain: Say, why: string): number {
  complain(`conform: ${why}`);
  return 2;
}

/** Every JSON file at or below the path, in the order of their names; a data directory's own files are not ours. */
function caseFilesIn(path: string): string[] {
  if (statSync(path).isFile()) return [path];
  const names = readdirSync(path).sort();
  return names.flatMap((name) => {
    const below = join(path, name);
    if (statSync(below).isDirectory()) return caseFilesIn(below);
    return name.endsWith('.json') ? [below] : [];
  });
}
