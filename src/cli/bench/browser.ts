/**
 * What only a browser can tell, measured in a headless Chromium on the built
 * page by a script that may use Playwright.
 */
import { spawnSync } from 'node:child_process';
import type { Figure } from './figures';

const SCRIPT = 'scripts/benchPage.mjs';

/** Throws when the script fails; its own words are on stderr then. */
export function benchInBrowser(part: 'workers' | 'page'): Figure[] {
  const done = spawnSync(process.execPath, [SCRIPT, part], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  if (done.status !== 0) throw new Error(`${SCRIPT} ${part} failed`);
  return linesOf(done.stdout).map((line) => JSON.parse(line) as Figure);
}

export function linesOf(output: string): string[] {
  return output.split('\n').filter((line) => line.startsWith('{'));
}
