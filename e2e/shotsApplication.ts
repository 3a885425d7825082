/** States of the application for `npm run shots`: what a lecture stages, each at the moment that tells most. */
import type { Page } from '@playwright/test';
import type { AppStyle } from '../src/bridge/app';
import type { Command } from '../src/bridge/command';
import type { Frame } from '../src/bridge/frame';
import type { ProcessName } from '../src/bridge/names';

type State = readonly [name: string, prepare: (page: Page) => Promise<void>];

export const APPLICATION_STATES: readonly State[] = [
  ['application-rest', (page) => open(page, 'book')],
  ['application-takeover', takeover],
  ['application-split-fenced', (page) => splitBrain(page, true)],
  ['application-split-unfenced', (page) => splitBrain(page, false)],
  ['application-worker-crash', workerCrash],
  ['application-task', taskCard],
];

const idle = (page: Page) => page.evaluate(() => window.zabscope.idle());
const frameOf = (page: Page) => page.evaluate(() => window.zabscope.frame());

async function open(page: Page, style: AppStyle): Promise<void> {
  // The selector by its place: its name depends on the language.
  await page.locator('header select').first().selectOption(style);
  await idle(page);
}

async function order(page: Page, command: Command): Promise<void> {
  await page.evaluate((c) => window.zabscope.command(c), command);
}

function submit(page: Page, text: string, isOnce: boolean): Promise<void> {
  const kind = isOnce ? 'once' : 'any';
  const task = { text, kind, steps: 6 } as const;
  return order(page, { type: 'submit', process: 'taskclient c-1' as ProcessName, task });
}

/** Runs on by `by` events at a time until it is so. */
async function runUntil(page: Page, is: (frame: Frame) => boolean, by = 10): Promise<void> {
  for (let i = 0; i < 3000; i += 1) {
    if (is(await frameOf(page))) break;
    await page.evaluate((n) => window.zabscope.step(n), by);
  }
  await idle(page);
}

const runs = (frame: Frame) =>
  Object.values(frame.processes).filter(
    ({ sections: { worker } }) =>
      worker?.type === 'worker' && worker.running !== null && worker.running.step >= 3,
  );

const acts = (frame: Frame, id: string, phase: string) => {
  const section = frame.processes[`master ${id}`]?.sections['master'];
  return section?.type === 'master' && section.believes && section.phase === phase;
};

async function busy(page: Page): Promise<ProcessName> {
  await open(page, 'book');
  for (let n = 1; n <= 5; n += 1) await submit(page, `resize photo ${n}`, n % 2 === 0);
  await runUntil(page, (frame) => runs(frame).length > 0);
  return runs(await frameOf(page))[0]?.name ?? ('worker w-1' as ProcessName);
}

/** Primary and a worker are dead; the backup reads what they left. */
async function takeover(page: Page): Promise<void> {
  const worker = await busy(page);
  await order(page, { type: 'crash', process: worker });
  await order(page, { type: 'crash', process: 'master m-1' as ProcessName });
  await runUntil(page, (frame) => acts(frame, 'm-2', 'recovery'), 5);
}

/** The old master, paused with an answer on its way, wakes and writes with its old token. */
async function splitBrain(page: Page, isFenced: boolean): Promise<void> {
  const old = 'master m-1' as ProcessName;
  await open(page, 'book');
  await order(page, { type: 'fencing', process: 'storage s-1' as ProcessName, on: isFenced });
  await submit(page, 'pay invoice 1', true);
  await runUntil(
    page,
    ({ messages }) =>
      messages.some(
        ({ kind, to, request }) =>
          kind === 'REPLY' &&
          to === old &&
          request?.op === 'getData' &&
          request.path?.startsWith('/tasks/') === true,
      ),
    1,
  );
  await order(page, { type: 'pause', process: old });
  await runUntil(page, (frame) => acts(frame, 'm-2', 'steady'));
  await runUntil(page, (frame) => runs(frame).length > 0);
  await order(page, { type: 'resume', process: old });
  const isWriting = ({ messages }: Frame) =>
    messages.some(({ kind, from }) => kind === 'STORE' && from === old);
  await runUntil(page, isWriting, 1);
  // The answer, on its way back.
  await runUntil(page, (frame) => !isWriting(frame), 1);
}

/** Its ephemeral still stands, and so does what it was given. */
async function workerCrash(page: Page): Promise<void> {
  const worker = await busy(page);
  await order(page, { type: 'crash', process: worker });
  await page.evaluate(() => window.zabscope.step(120));
  await idle(page);
}

/** The card of a task that is being worked on. */
async function taskCard(page: Page): Promise<void> {
  await busy(page);
  await page.locator('[role=group][aria-label="/assign"] [data-task]').first().click();
  await idle(page);
}
