import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './zabscope';

/** What a change of the language must leave as it is. */
async function standing(page: Page) {
  return page.evaluate(() => {
    const { event, lastEvent, fingerprint, at } = window.zabscope.frame();
    return { event, lastEvent, fingerprint, at };
  });
}

const idle = (page: Page) => page.evaluate(() => window.zabscope.idle());
const htmlLang = (page: Page) => page.evaluate(() => document.documentElement.lang);

async function switchLanguage(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Language' }).click();
  await idle(page);
}

test('the language changes in the middle of a run, and the run stays as it is', async ({
  zab,
  page,
}) => {
  expect(await htmlLang(page)).toBe('en');
  await zab.type('a', 'get /a');
  for (let i = 0; i < 6; i += 1) await zab.step();
  await zab.stepBack();
  await page.keyboard.press('2');
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toBeVisible();
  const before = await standing(page);
  expect(before.event).toBeLessThan(before.lastEvent);

  await switchLanguage(page);
  expect(await htmlLang(page)).toBe('zh-CN');
  expect(await standing(page)).toEqual(before);
  await expect(page.getByRole('region', { name: '集群 ensemble' })).toBeVisible();
  await expect(page.getByRole('complementary', { name: '检查面板' })).toContainText('服务器 2');
  await expect(page.getByRole('status', { name: '此刻' })).toHaveText(/\p{Script=Han}.*。$/u);
  await expect(page.getByText('回看中')).toBeVisible();

  // On from there, and the sentence of the next step is Chinese, with its request as a chip.
  const time = page.getByRole('toolbar', { name: '时间' });
  await time.getByRole('button', { name: '单步', exact: true }).click();
  await idle(page);
  expect((await standing(page)).event).toBeGreaterThan(before.event);

  await switchLanguage(page);
  expect(await htmlLang(page)).toBe('en');
  await expect(zab.now()).toHaveText(/^(Client|Leader|Follower|Server) .*\.$/);
});

test('a step of a write is told in Chinese, with the words of the logs', async ({
  zab: { page },
}) => {
  await switchLanguage(page);
  await expect(page.getByRole('note')).toHaveText('按空格键，看“create /a hello”怎样走完全程');
  const time = page.getByRole('toolbar', { name: '时间' });
  const now = page.getByRole('status', { name: '此刻' });
  const heard = new Set<string>();
  for (let i = 0; i < 45; i += 1) {
    await time.getByRole('button', { name: '单步', exact: true }).click();
    await idle(page);
    heard.add((await now.textContent()) ?? '');
  }
  const all = [...heard].join('\n');
  expect(all).toMatch(/领导者 leader 3 给 .* 分配 zxid 0x100000003，把它变成事务 txn。/);
  expect(all).toMatch(/跟随者 follower \d 收下 PROPOSAL .*：放进 pendingTxns/);
  expect(all).toMatch(/客户端 a 收到 .* 的应答：完成。/);
});

test('refusals and mistakes are said in the language, old ones too', async ({ zab, page }) => {
  await zab.type('a', 'crash 9');
  await expect(zab.output()).toContainText('there is no process 9');
  await switchLanguage(page);
  const output = page.getByRole('log', { name: 'zkCli 的输出' });
  await expect(output).toContainText('没有进程 9');
  const field = page.getByRole('textbox', { name: 'zkCli 的命令' });
  await field.fill('cut 1');
  await field.press('Enter');
  await idle(page);
  await expect(output).toContainText('缺少进程；格式是：cut A B [CHANNEL] [oneway]');

  const refused = await page.evaluate(() =>
    window.zabscope.open({ version: 1 } as never).then(
      () => '',
      (error: Error) => error.message,
    ),
  );
  expect(refused).toMatch(/^This cannot be read: /);
  await expect(page.getByRole('alert')).toContainText('无法读取：');
  await switchLanguage(page);
  await expect(page.getByRole('alert')).toContainText('This cannot be read: ');
});

test('the choice outlives the visit; the address asks for a visit only', async ({
  zab: { page },
}) => {
  await switchLanguage(page);
  await page.reload();
  await idle(page);
  expect(await htmlLang(page)).toBe('zh-CN');
  await expect(page.getByRole('region', { name: '集群 ensemble' })).toBeVisible();

  await page.goto('./?lang=en');
  await idle(page);
  expect(await htmlLang(page)).toBe('en');
  await page.goto('./');
  await idle(page);
  expect(await htmlLang(page)).toBe('zh-CN');

  // Who chooses no longer wants what the address asks for.
  await page.goto('./?lang=zh');
  await idle(page);
  await switchLanguage(page);
  expect(new URL(page.url()).search).toBe('');
  await page.reload();
  await idle(page);
  expect(await htmlLang(page)).toBe('en');
});

test('reads and writes can be told as a tale, in both languages', async ({ zab, page }) => {
  const told = page.getByRole('combobox', { name: 'Told as' });
  await told.selectOption({ label: 'Village tale' });
  await idle(page);
  await zab.step();
  await expect(zab.now()).toContainText(/[Oo]ffice|Villager|villager/);
  const before = await standing(page);
  await switchLanguage(page);
  await expect(page.getByRole('status', { name: '此刻' })).toContainText(/办事处|村民/);
  await page.reload();
  await idle(page);
  const time = page.getByRole('toolbar', { name: '时间' });
  await time.getByRole('button', { name: '单步', exact: true }).click();
  await idle(page);
  expect(await standing(page)).toEqual(before);
  await expect(page.getByRole('status', { name: '此刻' })).toContainText(/办事处|村民/);
  await page.getByRole('combobox', { name: '讲法' }).selectOption({ label: '平实' });
  await expect(page.getByRole('status', { name: '此刻' })).not.toContainText('办事处');
});

test('in Chinese the page is as accessible as in English', async ({ zab: { page } }) => {
  await switchLanguage(page);
  await page.keyboard.press('3');
  await page.getByRole('button', { name: /条性质成立$/ }).click();
  await idle(page);
  await expect(page.getByText('任一时刻，一个 epoch 至多有一台服务器在领导。')).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
});

test.describe('a browser that speaks Chinese', () => {
  test.use({ locale: 'zh-CN' });

  test('is spoken to in Chinese at once', async ({ zab: { page } }) => {
    expect(await htmlLang(page)).toBe('zh-CN');
    await expect(page.getByRole('status', { name: '此刻' })).toBeVisible();
  });
});
