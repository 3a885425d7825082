/**
 * `npm run transcripts`: runs every script of transcripts/ and compares its
 * answers; with `--write` it writes them. Last line `N passed, N failed`; exit
 * status 1 on a difference, 2 on a script that cannot be read.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { firstDifference, retell } from './transcript/retell';

const FOLDER = 'transcripts';

const isWriting = process.argv.includes('--write');
const counts = { passed: 0, failed: 0, unreadable: 0 };

for (const name of readdirSync(FOLDER).sort()) {
  if (!name.endsWith('.txt')) continue;
  const file = join(FOLDER, name);
  const text = readFileSync(file, 'utf8');
  const told = retell(text);
  if ('problem' in told) {
    counts.unreadable += 1;
    console.log(`${file}:${told.problem.line}: ${told.problem.message}`);
  } else if (told.text === text) counts.passed += 1;
  else if (isWriting) {
    writeFileSync(file, told.text);
    counts.passed += 1;
    console.log(`${file}: written`);
  } else {
    counts.failed += 1;
    console.log(`${file}: ${firstDifference(text, told.text)}`);
  }
}

console.log(`${counts.passed} passed, ${counts.failed + counts.unreadable} failed`);
process.exitCode = counts.unreadable > 0 ? 2 : counts.failed > 0 ? 1 : 0;
