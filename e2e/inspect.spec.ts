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

test('a message is picked by its capsule; its bytes stand beside the fields that they spell', async ({
  zab,
  page,
}) => {
  await zab.stepUntil(async () => (await zab.messages()).some((m) => m.startsWith('PROPOSAL')));
  await page
    .getByRole('list', { name: 'Messages in flight' })
    .getByRole('listitem', { name: /^PROPOSAL / })
    .first()
    .getByRole('button', { name: /^PROPOSAL / })
    .click();
  await zab.idle();
  const table = page.getByRole('table', { name: 'Bytes and fields' });
  const rows = (await table.getByRole('row').allTextContents()).map((row) =>
    row.replace(/\s+/g, ' ').trim(),
  );
  expect(rows[0]).toMatch(/00 00 00 02 ?type PROPOSAL$/);
  expect(rows[1]).toMatch(/zxid 0x100000003$/);
  expect(rows.find((row) => row.includes('path'))).toMatch(/00 00 00 02 2f 61 ?path "\/a"$/);
  expect(rows.at(-1)).toMatch(/ff ff ff ff ?authinfo null$/);
});
