/**
 * `npm test`: every check there is, one after the other, each to its end. The last line adds up all runners:
 * `N passed, N failed`. `--quick` (`npm run check`) stops after the units.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium } from './chromium.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
process.chdir(root);
const isQuick = process.argv.includes('--quick');
const node = process.execPath;
const bin = {
  tsc: 'node_modules/typescript/bin/tsc',
  biome: 'node_modules/@biomejs/biome/bin/biome',
  vite: 'node_modules/vite/bin/vite.js',
  vitest: 'node_modules/vitest/vitest.mjs',
  playwright: 'node_modules/@playwright/test/cli.js',
};
const VITEST_JSON = '.cache/vitest.json';
const PLAYWRIGHT_JSON = '.cache/playwright.json';
mkdirSync('.cache', { recursive: true });

const totals = [];

await step('types', async () => {
  const page = await run([bin.tsc, '-p', 'tsconfig.json']);
  const pure = await run([bin.tsc, '-p', 'tsconfig.pure.json']);
  return asOne(page.status === 0 && pure.status === 0);
});
await step('lint', async () => {
  const { status } = await run([bin.biome, 'check', '--error-on-warnings', '.']);
  return asOne(status === 0);
});
await step('units, house rules, transcripts', async () => {
  rmSync(VITEST_JSON, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${VITEST_JSON}`];
  const { status } = await run([bin.vitest, 'run', ...reporters]);
  return atLeastOneFailed(status, fromVitest());
});
if (!isQuick) {
  await step('stories', () => cli('play', []));
  if (existsSync('src/cli/conform.ts')) {
    await step('conformance', () => cli('conform', []));
  }
  if (existsSync('src/cli/explore.ts')) {
    await step('exploration', () => cli('explore', ['--seeds', '1..12']));
    await step('exploration of the application, hardened', () =>
      cli('explore', ['--app', 'hardened', '--seeds', '1..20']),
    );
    // Ends as soon as the edge cases that it looks for have shown.
    await step('exploration of the application, book-style', () =>
      cli('explore', ['--app', 'book', '--seeds', '31..90']),
    );
  }
  await step('build', async () => {
    rmSync('dist', { recursive: true, force: true });
    return asOne((await run([bin.vite, 'build', '--logLevel', 'warn'])).status === 0);
  });
  await step('size', async () => asOne((await run(['scripts/size.mjs'])).status === 0));
  if (hasEndToEnd()) {
    await step('end to end', async () => {
      rmSync(PLAYWRIGHT_JSON, { force: true });
      process.env.CHROMIUM = findChromium();
      console.log(`Chromium: ${process.env.CHROMIUM}`);
      const env = { PLAYWRIGHT_JSON_OUTPUT_NAME: PLAYWRIGHT_JSON };
      const { status } = await run([bin.playwright, 'test', '--reporter=list,json'], env);
      return atLeastOneFailed(status, fromPlaywright());
    });
  }
}

const sum = { passed: 0, failed: 0, skipped: 0 };
console.log('');
for (const { name, seconds, passed, failed, skipped } of totals) {
  sum.passed += passed;
  sum.failed += failed;
  sum.skipped += skipped;
  const rest = skipped > 0 ? `, ${skipped} skipped` : '';
  const time = `${seconds.toFixed(1)} s`.padStart(8);
  console.log(
    `${failed > 0 ? 'FAILED' : 'ok    '} ${time}  ${name}: ${passed} passed, ${failed} failed${rest}`,
  );
}
if (sum.skipped > 0) console.log(`${sum.skipped} skipped (named above)`);
console.log(`${sum.passed} passed, ${sum.failed} failed`);
process.exitCode = sum.failed > 0 ? 1 : 0;

/** A step that throws counts as one failure, and the next one runs all the same. */
async function step(name, work) {
  console.log(`\n== ${name}`);
  const start = performance.now();
  let counts;
  try {
    counts = await work();
  } catch (error) {
    console.error(error.message);
    counts = asOne(false);
  }
  totals.push({ name, seconds: (performance.now() - start) / 1000, ...counts });
}

/** Runs a script of node; what it prints goes to the screen and comes back as text. */
function run(args, env = {}) {
  return new Promise((resolve) => {
    const stdio = ['ignore', 'pipe', 'inherit'];
    const child = spawn(node, args, { stdio, env: { ...process.env, ...env } });
    let output = '';
    child.stdout.setEncoding('utf8');
    child.stdout.on('data', (text) => {
      output += text;
      process.stdout.write(text);
    });
    child.on('error', (error) => resolve({ status: 1, output: `${output}${error.message}\n` }));
    child.on('close', (status) => resolve({ status: status ?? 1, output }));
  });
}

async function cli(name, args) {
  const { status, output } = await run(['scripts/cli.mjs', name, ...args]);
  const line = output.trimEnd().split('\n').at(-1) ?? '';
  const match = /(\d+) passed, (\d+) failed(?:, (\d+) skipped)?\s*$/.exec(line);
  if (match === null) {
    console.error(`${name} did not end with "N passed, N failed"`);
    return asOne(false);
  }
  const [passed, failed, skipped] = [match[1], match[2], match[3] ?? 0].map(Number);
  return atLeastOneFailed(status, { passed, failed, skipped });
}

function fromVitest() {
  const report = readJson(VITEST_JSON);
  if (report === undefined) return asOne(false);
  // A file that could not even be loaded has no tests to count.
  const broken = report.testResults.filter(
    (f) => f.status === 'failed' && f.assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
  };
}

function fromPlaywright() {
  const stats = readJson(PLAYWRIGHT_JSON)?.stats;
  if (stats === undefined) return asOne(false);
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
}

function readJson(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

function asOne(isGood) {
  return { passed: isGood ? 1 : 0, failed: isGood ? 0 : 1, skipped: 0 };
}

/** A runner that ends badly without naming a failure has failed all the same. */
function atLeastOneFailed(status, counts) {
  return status !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

function hasEndToEnd() {
  if (!existsSync('e2e')) return false;
  return readdirSync('e2e', { recursive: true }).some((name) =>
    /\.(spec|test)\.tsx?$/.test(String(name)),
  );
}
