/** Picking a thing shows what is known of it. */
import { expect, leaderOf, test } from './zabscope';

test('a request is picked by its chip; its journey opens, and the next stage is its own', async ({
  zab,
  page,
}) => {
  await zab.stepUntil(async () => (await zab.messages()).some((m) => m.startsWith('PROPOSAL')));
  const leader = leaderOf(await zab.frame());
  await zab
    .processor(leader, 'CommitProcessor')
    .getByRole('button', { name: /^create \/a a cxid 1/ })
    .first()
    .click();
  await zab.idle();
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await expect(inspector).toContainText('create');
  await expect(inspector).toContainText('/a');
  await zab.press('Next stage');
  const frame = await zab.frame();
  const entries = await zab.trace(frame.event, frame.event);
  expect(entries.some((e) => e.request?.path === '/a' && e.request.cxid === 1)).toBe(true);
  await page.keyboard.press('Escape');
  await expect(inspector).toHaveCount(0);
});

test('a server is picked by its number', async ({ zab, page }) => {
  await page.keyboard.press('3');
  await zab.idle();
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText(/epoch/i);
});
