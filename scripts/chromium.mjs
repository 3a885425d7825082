/**
 * Finds a Chromium for the tests: the variable CHROMIUM, else one on the PATH, else Debian's package when root,
 * else Playwright's own download. Run by itself it prints the path.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Flags that work in a closed network and in a container. */
export const HEADLESS_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Installs one when the machine has none; throws when that fails too. */
export function findChromium() {
  const wished = process.env.CHROMIUM;
  if (wished) {
    if (!existsSync(wished)) throw new Error(`CHROMIUM names ${wished}, which does not exist`);
    return wished;
  }
  return onPath() ?? downloaded() ?? byApt() ?? byPlaywright();
}

function onPath() {
  for (const name of NAMES) {
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      const file = join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch {
        // Not there; the next one.
      }
    }
  }
  return undefined;
}

function downloaded() {
  try {
    const { chromium } = createRequire(import.meta.url)('@playwright/test');
    const file = chromium.executablePath();
    return existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

function byApt() {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || run('apt-get', ['--version'], 'ignore') !== 0) return undefined;
  console.error('No Chromium on this machine: installing the package chromium by apt-get.');
  run('apt-get', ['update', '-q'], ['ignore', 'ignore', 'inherit']);
  const install = ['install', '-y', '-q', '--no-install-recommends'];
  const stdio = ['ignore', 'ignore', 'inherit'];
  if (run('apt-get', [...install, 'chromium'], stdio) !== 0) return undefined;
  // Only for the looks of Chinese text: the tests run without it.
  run('apt-get', [...install, 'fonts-noto-cjk'], stdio);
  return onPath();
}

function byPlaywright() {
  console.error("No Chromium on this machine: downloading Playwright's own.");
  const cli = join(
    dirname(fileURLToPath(import.meta.url)),
    '../node_modules/@playwright/test/cli.js',
  );
  run(process.execPath, [cli, 'install', 'chromium'], ['ignore', 2, 'inherit']);
  const file = downloaded();
  if (file === undefined) {
    throw new Error(
      'no Chromium found and none could be installed; set CHROMIUM to the path of one',
    );
  }
  return file;
}

function run(command, args, stdio) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(command, args, { stdio, env }).status;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(findChromium());
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
