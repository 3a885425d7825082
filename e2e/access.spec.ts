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
