/** Time: forward and back are the same run. */
import type { Frame } from '../src/bridge/frame';
import { expect, test, type Zab } from './zabscope';

const STEPS = 40;

/** A frame without where the run's newest point is. */
function shown({ lastEvent: _, ...rest }: Frame) {
  return rest;
}

async function fortyThereAndBack(zab: Zab): Promise<void> {
  const forward: Frame[] = [await zab.frame()];
  for (let i = 0; i < STEPS; i += 1) {
    await zab.step();
    forward.push(await zab.frame());
  }
  const newest = forward[STEPS]?.event ?? 0;
  for (let i = STEPS - 1; i >= 0; i -= 1) {
    await zab.stepBack();
    const frame = await zab.frame();
    expect(frame.lastEvent).toBe(newest);
    expect(shown(frame), `back at step ${i}`).toEqual(shown(forward[i] as Frame));
  }
  for (let i = 1; i <= STEPS; i += 1) {
    await zab.step();
    expect(shown(await zab.frame()), `again at step ${i}`).toEqual(shown(forward[i] as Frame));
  }
}

test('forty steps forward, forty back and forward again', async ({ zab }) => {
  test.setTimeout(120_000);
  await fortyThereAndBack(zab);
});

test('the same after a crash by click', async ({ zab }) => {
  test.setTimeout(120_000);
  await zab.playToRest();
  await zab.server(3).getByRole('button', { name: 'Crash server 3' }).click();
  await zab.idle();
  await zab.step();
  await fortyThereAndBack(zab);
});

test('acting while looking back returns to the newest event, and says so', async ({
  zab,
  page,
}) => {
  await zab.playToRest();
  const newest = (await zab.frame()).event;
  for (let i = 0; i < 5; i += 1) await zab.stepBack();
  expect((await zab.frame()).event).toBeLessThan(newest);
  await expect(page.getByText('looking back', { exact: true })).toBeVisible();
  await zab.server(1).getByRole('button', { name: 'Crash server 1' }).click();
  await zab.idle();
  const frame = await zab.frame();
  expect(frame.event).toBe(frame.lastEvent);
  expect(frame.event).toBeGreaterThanOrEqual(newest);
  expect(frame.processes['1']?.status).toBe('down');
  await expect(page.getByText(/the run returned to its newest event/)).toBeVisible();
  await expect(zab.now()).toContainText('crashes');
});

test('the keys step, and a click on the timeline looks back', async ({ zab, page }) => {
  const slider = page.getByRole('slider', { name: 'Timeline' });
  const first = (await zab.frame()).event;
  await page.keyboard.press('ArrowRight');
  await zab.idle();
  await page.keyboard.press('PageDown');
  await zab.idle();
  const third = (await zab.frame()).event;
  expect(third).toBeGreaterThan(first);
  await page.keyboard.press('ArrowLeft');
  await zab.idle();
  await page.keyboard.press('PageUp');
  await zab.idle();
  expect((await zab.frame()).event).toBe(first);
  await expect(slider).toHaveAttribute('aria-valuenow', String(first));
  await expect(slider).toHaveAttribute('aria-valuemax', String(third));
  await slider.click({ position: { x: 60, y: 20 } });
  await zab.idle();
  expect((await zab.frame()).event).toBeLessThan(first);
  await zab.press('To the newest');
  expect((await zab.frame()).event).toBe(third);
});

test('stages and run to commit', async ({ zab }) => {
  const start = (await zab.frame()).event;
  const types: string[] = [];
  for (let i = 0; i < 6; i += 1) {
    const from = (await zab.frame()).event;
    await zab.press('Next stage');
    const to = (await zab.frame()).event;
    expect(to).toBeGreaterThan(from);
    for (const e of await zab.trace(to, to)) types.push(e.type);
  }
  for (const type of ['send', 'deliver', 'propose']) expect(types).toContain(type);
  await zab.page.evaluate((event) => window.zabscope.seek(event), start);
  await zab.press('Run to commit');
  const commit = await zab.frame();
  const last = await zab.trace(commit.event, commit.event);
  expect(last.some((e) => e.type === 'commit')).toBe(true);
});

test('a recording opens again to the same frame', async ({ zab, page }) => {
  await zab.playToRest();
  const frame = await zab.frame();
  const recording = await page.evaluate(() => window.zabscope.recording());
  expect(recording.events).toBe(frame.event);
  await page.getByLabel('Servers').selectOption({ label: '1 server' });
  await zab.idle();
  await page.evaluate((r) => window.zabscope.open(r), recording);
  await zab.idle();
  expect(shown(await zab.frame())).toEqual(shown(frame));
});
