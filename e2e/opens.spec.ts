import { expect, test } from '@playwright/test';

test('the page opens without an error and asks no third party', async ({ page, baseURL }) => {
  const complaints: string[] = [];
  const strangers: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('request', (request) => {
    const url = request.url();
    const isOurs = /^(data|blob):/.test(url) || url.startsWith(baseURL ?? '');
    if (!isOurs) strangers.push(url);
  });
  await page.goto('./');
  await expect(page).toHaveTitle(/Zabscope/);
  expect(complaints).toEqual([]);
  expect(strangers).toEqual([]);
});
