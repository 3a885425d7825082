/** The page for people who do not see it or do not use a mouse. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Zab } from './zabscope';

async function expectAccessible(zab: Zab): Promise<void> {
  const { violations } = await new AxeBuilder({ page: zab.page }).analyze();
  const found = violations.map(
    (v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`,
  );
  expect(found).toEqual([]);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in the ${colorScheme} theme`, async ({ zab, page }) => {
    test.setTimeout(120_000);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expectAccessible(zab);
    for (let i = 0; i < 12; i += 1) await zab.step();
    await expectAccessible(zab);
    await zab.server(3).getByRole('button', { name: 'Crash server 3' }).click();
    await zab.idle();
    for (let i = 0; i < 20; i += 1) await zab.step();
    await expectAccessible(zab);
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectAccessible(zab);
  });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in trees, znodes, sessions and multis, ${colorScheme}`, async ({
    zab,
    page,
  }) => {
    test.slow();
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await zab.playToRest();
    for (const [letter, line] of [
      ['a', 'create -e /mine x; create -c /box; get -w /a; addWatch /; addauth digest bob:pw'],
      ['b', 'create /p x digest:bob:abc=:rw; ls -w /; stat -w /mine'],
    ] as const) {
      await zab.type(letter, line);
      await zab.press('Play');
    }
    await zab.type('a', "txn 'set /a 2' 'check /a 9'");
    await zab.stepUntil(async (frame) => frame.messages.some(({ kind }) => kind === 'REPLY'));
    await expectAccessible(zab);
    await page.getByRole('button', { name: 'Browse and search the tree of server 2' }).click();
    await zab.idle();
    await page
      .getByRole('tree', { name: 'all paths of server 2' })
      .getByRole('treeitem', { name: /^\/mine/ })
      .click();
    await page.getByRole('searchbox', { name: 'Filter paths' }).fill('/m');
    await zab.idle();
    await expectAccessible(zab);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Inspect server 3' }).click();
    await zab.idle();
    await expectAccessible(zab);
    await page.getByRole('button', { name: 'Inspect client a' }).click();
    await zab.idle();
    await expectAccessible(zab);
  });
}

test('a tree is walked by the arrow keys, and Enter shows the znode', async ({ zab, page }) => {
  await zab.playToRest();
  const rows = zab.tree(1).getByRole('treeitem');
  await rows.first().focus();
  await page.keyboard.press('ArrowDown');
  await expect(rows.nth(1)).toBeFocused();
  await expect(rows.nth(1)).toHaveAccessibleName('/a');
  await page.keyboard.press('Enter');
  await zab.idle();
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText('/a');
  expect((await zab.frame()).event).toBe((await zab.frame()).lastEvent);
});

test('a server is selected, crashed and restarted by keys alone', async ({ zab, page }) => {
  await page.keyboard.press('2');
  await page.keyboard.press('c');
  await zab.idle();
  expect((await zab.frame()).processes['2']?.status).toBe('down');
  await page.keyboard.press('c');
  await zab.idle();
  expect((await zab.frame()).processes['2']?.status).toBe('running');
  await page.keyboard.press('/');
  await expect(zab.field()).toBeFocused();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in the application, ${colorScheme}`, async ({ zab, page }) => {
    test.slow();
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.getByLabel('Servers').selectOption('hardened');
    await zab.idle();
    await expectAccessible(zab);
    const client = page.getByRole('group', { name: 'Task client c-1', exact: true });
    await client.getByRole('checkbox', { name: 'once only' }).check();
    await client.getByRole('button', { name: 'Submit', exact: true }).click();
    await page.evaluate(() => window.zabscope.step(140));
    await page.getByRole('button', { name: 'Crash master m-1' }).click();
    await page.getByRole('button', { name: 'More for worker w-1' }).click();
    await page.getByRole('menuitem', { name: 'Pause worker w-1' }).click();
    await zab.idle();
    await page
      .getByRole('group', { name: '/assign', exact: true })
      .getByRole('button', { name: /^task-0/ })
      .click();
    await zab.idle();
    await expectAccessible(zab);
  });
}
