/** Stories in the page: read by mouse, by keyboard alone, in both languages, from an address; and when they break. */
import AxeBuilder from '@axe-core/playwright';
import { expect, pathsOf, test, type Zab } from './zabscope';

const column = (zab: Zab) => zab.page.getByRole('complementary', { name: 'Story', exact: true });
const current = (zab: Zab) => column(zab).locator('[aria-current=step]');
const next = (zab: Zab) => column(zab).getByRole('button', { name: 'Next', exact: true });

async function fast(zab: Zab): Promise<void> {
  await zab.page.getByLabel('Speed').selectOption({ label: 'max' });
  await zab.page.getByLabel('Speed').blur();
}

/** By mouse: on with the story until its newest step is as wanted. */
async function readTo(zab: Zab, text: string | RegExp): Promise<void> {
  for (let i = 0; i < 12; i += 1) {
    if ((await current(zab).filter({ hasText: text }).count()) > 0) return;
    await next(zab).click();
    await zab.idle();
  }
  throw new Error(`the story does not come to ${text}`);
}

test('a story by mouse: from the list to the end', async ({ zab, page }) => {
  await expect(column(zab)).toHaveCount(0);
  await page.getByRole('button', { name: 'Stories' }).click();
  const list = page.getByRole('dialog', { name: 'Stories' });
  await list.getByRole('searchbox', { name: 'Search stories' }).fill('WRITE follower');
  await list
    .getByRole('region', { name: 'Reads and writes' })
    .getByRole('button', { name: /^A write at a follower/ })
    .click();
  await zab.idle();
  await expect(list).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Stories: A write at a follower' })).toBeVisible();
  await expect(column(zab).getByRole('heading', { level: 2 })).toHaveText('A write at a follower');
  await expect(column(zab)).toContainText('step 1 of 8');
  expect(page.url()).toContain('#story=write-at-follower');
  const opened = await zab.frame();
  expect(pathsOf(opened, 3)).not.toContain('/a');
  await fast(zab);

  // The paragraph names what is outlined on the stage.
  await next(zab).click();
  await zab.idle();
  await expect(column(zab)).toContainText('zk a create /a hello');
  await expect(zab.processor(2, 'CommitProcessor')).toHaveCSS('outline-style', 'solid');
  await expect(zab.processor(1, 'CommitProcessor')).toHaveCSS('outline-style', 'none');

  await readTo(zab, 'What do you think?');
  const asked = await zab.frame();
  await expect(next(zab)).toBeDisabled();
  const answer = column(zab).getByRole('button', { name: 'Answer' });
  await expect(answer).toBeDisabled();
  await column(zab).getByRole('radio', { name: 'It waits until server 1 is back.' }).check();
  await answer.click();
  await expect(current(zab)).toContainText('Not so.');
  await expect(answer).toBeDisabled();
  await expect(next(zab)).toBeEnabled();
  await column(zab).getByRole('radio', { name: 'It is committed all the same.' }).check();
  await answer.click();
  await expect(current(zab)).toContainText('Right.');
  expect((await zab.frame()).event).toBe(asked.event);

  await next(zab).click();
  await zab.idle();
  const goal = column(zab).getByRole('checkbox', { name: 'Try it: crash server 1 now.' });
  await expect(goal).not.toBeChecked();
  await expect(next(zab)).toBeDisabled();
  await column(zab).getByRole('button', { name: 'Hint', exact: true }).click();
  await expect(current(zab)).toContainText('crash 1');
  await zab.server(1).getByRole('button', { name: 'Crash server 1' }).click();
  await zab.idle();
  await expect(goal).toBeChecked();
  await expect(current(zab)).toContainText('Done.');

  await readTo(zab, 'What came out');
  const end = await zab.frame();
  await expect(column(zab)).toContainText('the end');
  const ticks = column(zab).getByRole('list', { name: 'What came out' }).getByRole('checkbox');
  await expect(ticks).toHaveCount(2);
  for (const tick of await ticks.all()) await expect(tick).toBeChecked();
  await expect(current(zab)).toContainText('restart 1');

  // The run is the reader's now.
  await zab.type('b', 'create /mine x');
  await zab.press('Play');
  expect(pathsOf(await zab.frame(), 3)).toContain('/mine');
  expect((await zab.frame()).event).toBeGreaterThan(end.event);
  await column(zab).getByRole('button', { name: 'Leave story' }).click();
  await zab.idle();
  await expect(column(zab)).toHaveCount(0);
  expect(pathsOf(await zab.frame(), 3)).toContain('/mine');
  expect(page.url()).not.toContain('story');
  await page.getByRole('button', { name: 'Stories' }).click();
  await expect(page.getByRole('button', { name: /^finished A write at a follower/ })).toBeVisible();
});

test('the same by keyboard alone', async ({ zab, page }) => {
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
    await zab.idle();
  };
  const tabTo = async (name: RegExp) => {
    for (let i = 0; i < 80; i += 1) {
      const found = await page.evaluate(() => {
        const element = document.activeElement;
        return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
      });
      if (name.test(found)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`Tab does not lead to ${name}`);
  };
  // As fast as it goes: up the scale by its key.
  await press(...Array<string>(7).fill('ArrowUp'));
  await tabTo(/^Stories$/);
  await press('Enter');
  await page.keyboard.type('write at a follower');
  await press('ArrowDown', 'Enter');
  await expect(column(zab)).toContainText('step 1 of 8');
  await page.evaluate(() => (document.activeElement as HTMLElement).blur());
  await press('n');
  await expect(column(zab)).toContainText('step 2 of 8');
  await press('Enter');
  await press('n');
  await expect(column(zab)).toContainText('step 4 of 8');
  await press('n');
  await expect(current(zab)).toContainText('What do you think?');
  await press('n');
  await expect(column(zab)).toContainText('step 5 of 8');
  // Into the choices by Tab, from one to the other by arrows, answered by Enter.
  const first = column(zab).getByRole('radio').first();
  for (let i = 0; i < 80 && !(await first.evaluate((e) => e === document.activeElement)); i += 1) {
    await page.keyboard.press('Tab');
  }
  await press(' ', 'Enter');
  await expect(current(zab)).toContainText('Not so.');
  await press('ArrowDown');
  await expect(current(zab)).toContainText('Not so.');
  await press('Enter');
  await expect(current(zab)).toContainText('Right.');
  await press('n');
  const goal = column(zab).getByRole('checkbox', { name: 'Try it: crash server 1 now.' });
  await expect(goal).not.toBeChecked();
  await press('1', 'c');
  await expect(goal).toBeChecked();
  await press('Escape');
  for (let i = 0; i < 3; i += 1) await press('Enter');
  await expect(column(zab)).toContainText('the end');
  const ticks = column(zab).getByRole('list', { name: 'What came out' }).getByRole('checkbox');
  for (const tick of await ticks.all()) await expect(tick).toBeChecked();
  // Back leads to where the step before stood, and n forward again.
  const end = (await zab.frame()).event;
  await press('b');
  await press('b');
  expect((await zab.frame()).event).toBeLessThan(end);
  await expect(column(zab)).toContainText('step 7 of 8');
  await press('n');
  await press('n');
  await expect(column(zab)).toContainText('the end');
  expect((await zab.frame()).event).toBe(end);
});

test('who steps by himself, pauses and looks about is followed', async ({ zab, page }) => {
  await page.evaluate(() => window.zabscope.story('write-at-follower'));
  await page.keyboard.press('n');
  await expect(zab.button('Pause')).toBeVisible();
  await expect(column(zab)).toContainText('The run goes on');
  await page.keyboard.press(' ');
  await zab.idle();
  await expect(column(zab)).toContainText('Paused on the way');
  await zab.stepUntil(async () => (await column(zab).getByText('step 2 of 8').count()) > 0, 40);
  await fast(zab);
  await next(zab).click();
  await zab.idle();
  await expect(column(zab)).toContainText('step 3 of 8');
});

test('a goal is shown to who asks', async ({ zab, page }) => {
  await page.evaluate(() => window.zabscope.story('write-at-follower'));
  await fast(zab);
  await readTo(zab, 'What do you think?');
  await column(zab).getByRole('radio').last().check();
  await column(zab).getByRole('button', { name: 'Answer' }).click();
  await readTo(zab, 'Your turn');
  // Who goes on with a wrong answer is told the right one.
  await expect(column(zab)).toContainText('Two of three is more than half.');
  await column(zab).getByRole('button', { name: 'Show me' }).click();
  await zab.idle();
  await expect(column(zab).getByRole('checkbox')).toBeChecked();
  await expect(current(zab)).toContainText('Shown to you.');
  expect((await zab.frame()).processes['1']?.status).toBe('down');
});

test('the language changes in the middle of a story', async ({ zab, page }) => {
  await page.evaluate(() => window.zabscope.story('write-at-follower'));
  await fast(zab);
  await readTo(zab, 'What do you think?');
  const before = await zab.frame();
  await page.getByRole('button', { name: 'Language' }).click();
  await zab.idle();
  const story = page.getByRole('complementary', { name: '故事', exact: true });
  await expect(story).toContainText('跟随者上的一次写操作');
  await expect(story).toContainText('第 5 步，共 8 步');
  await expect(story.getByRole('radio', { name: '照样提交。' })).toBeVisible();
  const after = await zab.frame();
  expect([after.event, after.fingerprint]).toEqual([before.event, before.fingerprint]);
  await story.getByRole('radio', { name: '照样提交。' }).check();
  await story.getByRole('button', { name: '回答' }).click();
  await expect(story).toContainText('三台中的两台已过半');
  await page.keyboard.press('n');
  await zab.idle();
  await expect(story.getByRole('checkbox')).not.toBeChecked();
});

test('an address opens its story, and says so when there is none of that name', async ({
  zab,
  page,
}) => {
  await page.goto('./?story=two-servers');
  await zab.idle();
  await expect(column(zab)).toContainText('step 1 of');
  await page.goto('./#story=write-at-follower');
  await zab.idle();
  await expect(column(zab).getByRole('heading', { level: 2 })).toHaveText('A write at a follower');

  await page.goto('about:blank');
  await page.goto('./?story=no-such-story');
  await zab.idle();
  await expect(page.getByRole('alert')).toContainText('There is no story “no-such-story”');
  await expect(column(zab)).toHaveCount(0);
  await expect(page.getByText(/Press Space/)).toBeVisible();
  const refused = page.evaluate(() => window.zabscope.story('nor-this'));
  await expect(refused).rejects.toThrow('There is no story “nor-this”');
});

test('a small station is lit by its sign and name; a part that a small card leaves out, by the card', async ({
  zab,
  page,
}) => {
  const lit = (sid: number, name: string) => zab.processor(sid, name).locator('[data-light]');
  await page.goto('./?story=processors-of-the-leader');
  await zab.idle();
  await fast(zab);
  await readTo(zab, /is the entrance for the leader/);
  await expect(lit(3, 'LeaderRequestProcessor')).toHaveCSS('outline-style', 'solid');
  await expect(lit(3, 'PrepRequestProcessor')).toHaveCSS('outline-style', 'none');
  const box = await lit(3, 'LeaderRequestProcessor').boundingBox();
  expect(box?.height).toBeGreaterThan(30);
  expect(box?.width).toBeGreaterThan(20);

  await page.goto('about:blank');
  await page.goto('./?story=order-of-the-ledger');
  await zab.idle();
  await fast(zab);
  await next(zab).click();
  await zab.idle();
  await expect(page.locator('[data-card="4"]')).toHaveCSS('outline-style', 'none');
  await readTo(zab, 'What do you think?');
  await column(zab).getByRole('radio', { name: 'No.' }).check();
  await column(zab).getByRole('button', { name: 'Answer' }).click();
  await next(zab).click();
  // By hand, through the inspector: a small card has no rings.
  await page.getByRole('button', { name: 'Inspect server 1' }).click();
  await page.getByRole('button', { name: 'SyncRequestProcessor', exact: true }).click();
  await page.getByRole('button', { name: 'Let it do one item' }).click();
  await zab.idle();
  await page.keyboard.press('Space');
  await zab.idle();
  await readTo(zab, /It took/);
  await expect(page.locator('[data-card="1"]')).toHaveCSS('outline-style', 'solid');
});

test('a story whose condition can no longer come says so, and starts anew', async ({
  zab,
  page,
}) => {
  await page.evaluate(() => window.zabscope.story('write-at-follower'));
  await fast(zab);
  await next(zab).click();
  await zab.idle();
  // The leader does not live to propose anything.
  for (const process of ['3', '1', '2']) await zab.order({ type: 'crash', process } as never);
  await next(zab).click();
  await zab.idle();
  const alert = column(zab).getByRole('alert');
  await expect(alert).toContainText('The story cannot go on from here.');
  await expect(alert).toContainText('propose');
  await expect(zab.button('Play')).toBeVisible();
  await alert.getByRole('button', { name: 'Restart story' }).click();
  await zab.idle();
  await expect(column(zab)).toContainText('step 1 of 8');
  await expect(alert).toHaveCount(0);
  expect((await zab.frame()).processes['3']?.status).toBe('running');
});

test('another ensemble ends the story', async ({ zab, page }) => {
  await page.evaluate(() => window.zabscope.story('two-servers'));
  await page.getByLabel('Servers', { exact: true }).selectOption({ label: '5 servers' });
  await zab.idle();
  await expect(column(zab)).toHaveCount(0);
  await expect(zab.server(5)).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in the list and the column, ${colorScheme}`, async ({ zab, page }) => {
    test.slow();
    const expectAccessible = async () => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(', ')}`)).toEqual(
        [],
      );
    };
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.getByRole('button', { name: 'Stories' }).click();
    await expect(page.getByRole('dialog', { name: 'Stories' })).toBeVisible();
    await zab.idle();
    await expectAccessible();
    await page.keyboard.press('Escape');
    await page.evaluate(() => window.zabscope.story('write-at-follower'));
    await fast(zab);
    await readTo(zab, 'What do you think?');
    await column(zab).getByRole('radio').first().check();
    await column(zab).getByRole('button', { name: 'Answer' }).click();
    await expectAccessible();
    await readTo(zab, 'Your turn');
    await expectAccessible();
    await column(zab).getByRole('button', { name: 'Show me' }).click();
    await zab.idle();
    await readTo(zab, 'What came out');
    await expectAccessible();
  });
}
