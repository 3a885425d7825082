/** `npm run shots`: takes the pictures of the page, by e2e/shots.ts or e2e/shots.mjs. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runTypeScript } from './cli.mjs';

const folder = join(dirname(fileURLToPath(import.meta.url)), '..', 'e2e');
const source = ['shots.ts', 'shots.mjs']
  .map((name) => join(folder, name))
  .find((file) => existsSync(file));
if (source === undefined) {
  console.error('There is no e2e/shots.ts yet.');
  process.exit(2);
}
process.exit(await runTypeScript(source, process.argv.slice(2)));
