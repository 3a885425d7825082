import { clientOf, expect, leaderOf, pathsOf, section, serverOf, test } from './zabscope';

test('the first visit: an elected ensemble, paused just before one write', async ({
  zab,
  page,
}) => {
  const frame = await zab.frame();
  const leader = leaderOf(frame);
  expect(leader).toBe(3);
  for (const sid of [1, 2, 3]) {
    await expect(zab.server(sid)).toBeVisible();
    expect(section(frame, String(sid), 'role', 'role').serving).toBe(true);
    expect(pathsOf(frame, sid)).not.toContain('/a');
  }
  expect(clientOf(frame, 'a').state).toBe('CONNECTED');
  expect(serverOf(frame, 'a')).not.toBe(leader);
  expect(serverOf(frame, 'b')).toBe(leader);
  await expect(page.getByText(/Press Space/)).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(zab.button('Play')).toBeEnabled();
});

test('the space bar plays the write to its reply, then it rests', async ({ zab, page }) => {
  await page.getByLabel('Speed').selectOption({ label: '16×' });
  await page.getByLabel('Speed').blur();
  await page.keyboard.press(' ');
  await zab.idle();
  await expect(zab.button('Play')).toBeVisible();
  await expect(zab.output()).toContainText('Created /a');
  const frame = await zab.frame();
  for (const sid of [1, 2, 3]) {
    expect(pathsOf(frame, sid)).toContain('/a');
    await expect(zab.tree(sid)).toContainText('a');
  }
  await expect(page.getByText(/All is done/)).toBeVisible();
});

test('one server and five servers are opened by the selector', async ({ zab, page }) => {
  for (const [label, count] of [
    ['1 server', 1],
    ['5 servers', 5],
    ['3 servers', 3],
  ] as const) {
    await page.getByLabel('Servers').selectOption({ label });
    await zab.idle();
    for (let sid = 1; sid <= 5; sid += 1) {
      await expect(zab.server(sid)).toHaveCount(sid <= count ? 1 : 0);
    }
    await zab.playToRest();
    await expect(zab.output()).toContainText('Created /a');
  }
});

test('the theme is chosen and remembered', async ({ zab, page }) => {
  const theme = () => page.evaluate(() => document.documentElement.dataset['theme']);
  await page.getByRole('button', { name: /^Theme: as the system/ }).click();
  await page.getByRole('button', { name: /^Theme: light/ }).click();
  expect(await theme()).toBe('dark');
  await page.reload();
  await zab.idle();
  expect(await theme()).toBe('dark');
});

test('the help says what is here and what is left out', async ({ zab, page }) => {
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Zabscope' });
  await expect(help).toContainText('partition 1,2 | 3');
  await expect(help).toContainText('getAcl');
  await page.keyboard.press('Escape');
  await expect(help).toHaveCount(0);
  await zab.idle();
});
