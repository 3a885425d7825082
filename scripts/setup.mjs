/**
 * Installs what package-lock.json lists when node_modules lacks it. Runs before `npm start` and `npm test`, so it
 * uses nothing but Node itself.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

const major = Number(process.versions.node.split('.')[0]);
if (major < 20) {
  console.error(`Zabscope needs Node 20 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

const reason = whatIsMissing();
if (reason !== undefined) {
  console.log(`Setting up (${reason}): npm ci`);
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund'];
  // npm tells its scripts where it is; a bare `node scripts/setup.mjs` takes the npm on the PATH.
  const cli = process.env.npm_execpath;
  const done = cli?.endsWith('.js')
    ? spawnSync(process.execPath, [cli, ...args], { cwd: root, stdio: 'inherit' })
    : spawnSync('npm', args, {
        cwd: root,
        stdio: 'inherit',
        shell: process.platform === 'win32',
      });
  if (done.status !== 0) {
    console.error('npm ci failed: see above. Is the npm registry within reach?');
    process.exit(1);
  }
}

/**
 * Compares the lockfile with the one npm leaves in node_modules, package by package. Times of files would not do:
 * a checkout touches them.
 */
function whatIsMissing() {
  let installed;
  try {
    installed = JSON.parse(readFileSync(join(root, 'node_modules', '.package-lock.json'), 'utf8'));
  } catch {
    return 'node_modules is absent';
  }
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  for (const [path, entry] of Object.entries(wanted.packages)) {
    if (path === '') continue;
    const found = installed.packages[path];
    if (found === undefined) {
      if (entry.optional || entry.devOptional || entry.peer) continue;
      return `${path} is missing`;
    }
    if (found.version !== entry.version) return `${path} is ${found.version}, not ${entry.version}`;
  }
  return undefined;
}
