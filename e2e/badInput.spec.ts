/** Wrong input: one clear line, nothing lost, nothing in the browser's console (every test looks). */
import { clientOf, expect, test } from './zabscope';

test('an unknown console command', async ({ zab }) => {
  await zab.playToRest();
  await zab.type('a', 'frobnicate /a');
  await zab.playToRest();
  await expect(zab.output()).toContainText('Command not found: Command not found frobnicate');
});

test('a malformed path', async ({ zab }) => {
  await zab.playToRest();
  await zab.type('a', 'create a/b x');
  await zab.playToRest();
  await expect(zab.output()).toContainText('Path must start with / character');
  await zab.type('a', 'get /a');
  await zab.playToRest();
  await expect(zab.output()).toContainText('hello');
});

test('a word of the world that is wrong keeps its line', async ({ zab }) => {
  const before = await zab.frame();
  await zab.type('a', 'crash nine');
  await expect(zab.output()).toContainText('a process is expected here');
  await expect(zab.field()).toHaveValue('crash nine');
  await zab.type('a', 'crash 9');
  await expect(zab.output()).toContainText('there is no process 9');
  await expect(zab.field()).toHaveValue('crash 9');
  expect((await zab.frame()).event).toBe(before.event);
});

test('an unreachable host list', async ({ zab }) => {
  await zab.playToRest();
  await zab.type('a', 'client c 9');
  await zab.page.getByRole('tab', { name: 'Client c', exact: true }).click();
  for (let i = 0; i < 12; i += 1) await zab.step();
  expect(clientOf(await zab.frame(), 'c').state).toBe('CONNECTING');
  await expect(zab.output()).toContainText(/9/);
  await zab.type('a', 'get /a');
  await zab.stepUntil((frame) => clientOf(frame, 'a').pendingQueue.length > 0);
  await zab.stepUntil((frame) => clientOf(frame, 'a').pendingQueue.length === 0);
  await expect(zab.output()).toContainText('hello');
});

test('a recording that is none is refused, and nothing on screen is lost', async ({
  zab,
  page,
}) => {
  const before = await zab.frame();
  const message = await page.evaluate(async () => {
    try {
      await window.zabscope.open({ version: 1 } as never);
      return 'it was taken';
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  });
  expect(message).not.toBe('it was taken');
  await expect(page.getByRole('alert')).toContainText('That did not work');
  expect(await zab.frame()).toEqual(before);
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await zab.step();
  expect((await zab.frame()).event).toBeGreaterThan(before.event);
});

test('history and completion in the console', async ({ zab, page }) => {
  await zab.playToRest();
  await zab.type('a', 'ls /');
  const field = zab.field();
  await field.focus();
  await page.keyboard.press('ArrowUp');
  await expect(field).toHaveValue('ls /');
  await page.keyboard.press('ArrowDown');
  await expect(field).toHaveValue('');
  await field.fill('get /zoo');
  await page.keyboard.press('Tab');
  await expect(field).toHaveValue('get /zookeeper');
});
