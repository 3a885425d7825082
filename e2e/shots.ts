/**
 * `npm run shots [FOLDER]`: states of the page, at two sizes, light and dark, in English and Chinese, as pictures in
 * `shots/`. They are looked at by people; no test compares them.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from '@playwright/test';
import type { Frame } from '../src/bridge/frame';
import { findChromium, HEADLESS_FLAGS } from '../scripts/chromium.mjs';
import { APPLICATION_STATES } from './shotsApplication';

// The program runs as a bundle two folders below the root.
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const folder = process.argv[2] ?? join(root, 'shots');

const SIZES = [
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
] as const;
const THEMES = ['light', 'dark'] as const;

type State = readonly [name: string, prepare: (page: Page) => Promise<void>];

const STATES: readonly State[] = [
  ['first-visit', async () => {}],
  ['write-at-follower', writeAtFollower],
  ['leader-crashed', leaderCrashed],
  ['election-of-five', electionOfFive],
  ['watches', watches],
  ['multi', multi],
  ['sessions', sessions],
  ['story', story],
  ...APPLICATION_STATES,
];

const idle = (page: Page) => page.evaluate(() => window.zabscope.idle());
const frameOf = (page: Page) => page.evaluate(() => window.zabscope.frame());

async function press(page: Page, name: string): Promise<void> {
  await page
    .getByRole('toolbar', { name: 'Time' })
    .getByRole('button', { name, exact: true })
    .click();
  await idle(page);
}

async function stepUntil(page: Page, is: (frame: Frame) => boolean, max = 300): Promise<void> {
  for (let i = 0; i < max && !is(await frameOf(page)); i += 1) await press(page, 'Step');
}

/** The write's proposal is in flight, and a read of the same session waits behind it. */
async function writeAtFollower(page: Page): Promise<void> {
  const field = page.getByRole('textbox', { name: 'zkCli command' });
  await field.fill('get /a');
  await field.press('Enter');
  await field.blur();
  await idle(page);
  await stepUntil(
    page,
    (frame) =>
      // To both followers, while the leader itself writes to its log.
      frame.messages.filter((m) => m.kind === 'PROPOSAL').length === 2,
  );
}

/** The first vote of the others is on its way. */
async function leaderCrashed(page: Page): Promise<void> {
  await page.getByLabel('Speed').selectOption({ label: 'max' });
  await press(page, 'Play');
  await page.getByRole('button', { name: 'Crash server 3' }).click();
  await idle(page);
  await stepUntil(page, (frame) => frame.messages.some((m) => m.kind === 'NOTIFICATION'));
  await press(page, 'Step');
}

/** The leader of five is gone, its followers vote; one of them is inspected. */
async function electionOfFive(page: Page): Promise<void> {
  await page.getByLabel('Servers').selectOption({ label: '5 servers' });
  await idle(page);
  await page.getByLabel('Speed').selectOption({ label: 'max' });
  await press(page, 'Play');
  await page.getByRole('button', { name: 'Crash server 5' }).click();
  await idle(page);
  await stepUntil(page, (frame) => {
    const { election } = frame.processes['4']?.sections ?? {};
    return election?.type === 'election' && election.looking && election.recvset.length >= 3;
  });
  await page.keyboard.press('4');
  await idle(page);
}

async function say(page: Page, letter: string, line: string): Promise<void> {
  await page.getByRole('tab', { name: `Client ${letter}`, exact: true }).click();
  const field = page.getByRole('textbox', { name: 'zkCli command' });
  await field.fill(line);
  await field.press('Enter');
  await field.blur();
  await press(page, 'Play');
}

/** Owners, kinds and watches in the trees; an EVENT on its way; the watched znode is inspected. */
async function watches(page: Page): Promise<void> {
  await page.getByLabel('Speed').selectOption({ label: 'max' });
  await say(page, 'a', 'addauth digest bob:secret');
  await say(page, 'a', 'create /app 1 auth::cdrwa,ip:127.0.0.1:rw; create -e /app/w-1 x');
  await say(page, 'b', 'create -c /queue; create -s /queue/task- x; create -e /b-here');
  await say(page, 'a', 'get -w /app; ls -w /app; addWatch /queue');
  await say(page, 'b', 'get -w /app; stat -w /queue; addWatch -m PERSISTENT /b-here');
  const field = page.getByRole('textbox', { name: 'zkCli command' });
  await field.fill('set /app 2');
  await field.press('Enter');
  await field.blur();
  await idle(page);
  await stepUntil(page, (frame) => frame.messages.some((m) => m.kind === 'EVENT'));
  await page
    .getByRole('treeitem', { name: /^\/app/ })
    .first()
    .click();
  await idle(page);
}

/** One chip, four parts, the third of which fails. */
async function multi(page: Page): Promise<void> {
  await page.getByLabel('Speed').selectOption({ label: 'max' });
  await press(page, 'Play');
  const field = page.getByRole('textbox', { name: 'zkCli command' });
  await field.fill("txn 'create /m x' 'set /a 2' 'check /a 9' 'create /n y'");
  await field.press('Enter');
  await field.blur();
  await idle(page);
  await stepUntil(page, (frame) => frame.messages.some((m) => m.kind === 'COMMIT'));
  await page
    .getByRole('button', { name: /^multi a cxid/ })
    .first()
    .click();
  await idle(page);
}

/** A client is cut off: what it believes and what the leader knows part company. */
async function sessions(page: Page): Promise<void> {
  await page.getByLabel('Speed').selectOption({ label: 'max' });
  await say(page, 'a', 'create -e /mine');
  const frame = await frameOf(page);
  const { client } = frame.processes['client a']?.sections ?? {};
  const server = client?.type === 'client' ? client.server : 1;
  await page.evaluate(
    (b) => window.zabscope.command({ type: 'cut', a: 'client a', b } as never),
    String(server),
  );
  await page.evaluate(() => window.zabscope.step(700));
  await page.keyboard.press('3');
  await idle(page);
}

/** A prediction has been answered wrong. */
async function story(page: Page): Promise<void> {
  await page.evaluate(() => window.zabscope.story('write-at-follower'));
  await page.getByLabel('Speed').selectOption({ label: 'max' });
  const answer = page.getByRole('button', { name: 'Answer' });
  for (let i = 0; i < 12 && (await answer.count()) === 0; i += 1) {
    await page.getByRole('button', { name: 'Next', exact: true }).click();
    await idle(page);
  }
  await page.getByRole('radio', { name: 'It waits until server 1 is back.' }).check();
  await answer.click();
  await idle(page);
}

async function main(): Promise<void> {
  if (!existsSync(join(root, 'dist', 'index.html'))) {
    throw new Error('There is no dist/ to photograph: run "npm run build" first.');
  }
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const server = spawn(process.execPath, [join(root, 'scripts', 'serve.mjs')], {
    env: { ...process.env, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((ready) => server.stdout.once('data', ready));
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: [...HEADLESS_FLAGS],
  });
  try {
    for (const theme of THEMES) {
      for (const viewport of SIZES) {
        for (const [name, prepare] of STATES) {
          const page = await browser.newPage({
            viewport,
            colorScheme: theme,
            reducedMotion: 'reduce',
          });
          page.on('pageerror', (error) => console.error(`${name}: ${error.message}`));
          await page.goto(`http://localhost:${port}/`);
          await idle(page);
          await prepare(page);
          const place = join(folder, `${name}-${viewport.width}x${viewport.height}-${theme}`);
          for (const file of [`${place}.png`, `${place}-zh.png`]) {
            await page.screenshot({ path: file });
            console.log(file);
            await page.getByRole('button', { name: 'Language' }).click();
            await idle(page);
          }
          await page.close();
        }
      }
    }
  } finally {
    await browser.close();
    server.kill();
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

await main();
