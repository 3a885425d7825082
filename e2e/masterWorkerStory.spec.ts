/** The story of the master that crashes, read as a person reads it: by mouse, and again by keyboard alone. */
import type { Locator, Page } from '@playwright/test';
import type { Frame } from '../src/bridge/frame';
import { expect, test, type Zab } from './zabscope';

const TITLE = 'The master crashes';
const GOAL = 'Crash the master, m-2.';
const WRONG = 'w-1 stops, since its master is gone.';
const RIGHT = 'w-1 works on.';
const FROM_ZNODES = 'It reads it from the znodes.';

const column = (page: Page) => page.getByRole('complementary', { name: 'Story', exact: true });
const current = (page: Page) => column(page).locator('[aria-current=step]');
const next = (page: Page) => column(page).getByRole('button', { name: 'Next', exact: true });
const choice = (page: Page, name: string) =>
  current(page).getByRole('radio', { name, exact: true });
const goal = (page: Page) => column(page).getByRole('checkbox', { name: GOAL });
const board = (page: Page) => page.getByRole('region', { name: 'Application' });
const card = (page: Page, name: string) => board(page).getByRole('group', { name, exact: true });

function believes(frame: Frame, id: string): boolean {
  const section = frame.processes[`master ${id}`]?.sections['master'];
  return section?.type === 'master' && section.believes;
}

async function expectPlace(page: Page, step: number): Promise<void> {
  await expect(column(page)).toContainText(`step ${step} of 10`);
}

/** Whatever is done leaves the run as it was. */
async function expectSameRun(zab: Zab, act: () => Promise<void>): Promise<void> {
  const standing = async () => {
    const { event, at, fingerprint } = await zab.frame();
    return { event, at, fingerprint };
  };
  const before = await standing();
  await act();
  expect(await standing()).toEqual(before);
}

/** What only a run that went right shows: the successor, both results, each task run once. */
async function expectEnd(zab: Zab): Promise<void> {
  const { page } = zab;
  await expect(column(page)).toContainText('the end');
  const ticks = column(page).getByRole('list', { name: 'What came out' }).getByRole('checkbox');
  await expect(ticks).not.toHaveCount(0);
  for (const tick of await ticks.all()) await expect(tick).toBeChecked();
  await expect(card(page, 'Master m-1')).toContainText('I am the master.');
  await expect(card(page, 'Master m-2')).toHaveAccessibleDescription('crashed');
  await expect(card(page, 'Task client c-1')).toContainText('resize photo 2');
  const frame = await zab.frame();
  const client = frame.processes['taskclient c-1']?.sections['taskclient'];
  const states = client?.type === 'taskclient' ? client.submissions.map(({ state }) => state) : [];
  expect(states).toEqual(['DONE', 'DONE']);
  expect(frame.checks.filter(({ holds }) => !holds)).toEqual([]);
}

test('by mouse: the goal on the card, a wrong answer and the right one, another language on the way', async ({
  zab,
  page,
}) => {
  test.slow();
  const click = async (target: Locator) => {
    await target.click();
    await zab.idle();
  };
  const answer = async (name: string, verdict: string) => {
    await choice(page, name).check();
    await click(current(page).getByRole('button', { name: 'Answer' }));
    await expect(current(page).getByRole('status')).toContainText(verdict);
  };
  await click(page.getByRole('button', { name: 'Stories', exact: true }));
  const list = page.getByRole('dialog', { name: 'Stories' });
  const chapter = list.getByRole('region', { name: 'Master and workers' });
  await click(chapter.getByRole('button', { name: new RegExp(`^${TITLE}`) }));
  await expect(column(page).getByRole('heading', { level: 2 })).toHaveText(TITLE);
  await expect(card(page, 'Master m-2')).toContainText('I am the master.');
  await expect(card(page, 'Master m-2')).toHaveCSS('outline-style', 'solid');
  await page.getByLabel('Speed').selectOption({ label: 'max' });

  await click(next(page));
  await expect(card(page, 'Worker w-1')).toHaveAccessibleDescription('working');
  await click(next(page));
  await expect(next(page)).toBeDisabled();
  await answer(WRONG, 'Not so. A worker does not watch the master.');
  await answer(RIGHT, 'Right.');
  await expect(choice(page, RIGHT)).toBeChecked();

  await click(next(page));
  await expect(goal(page)).not.toBeChecked();
  const hint = current(page).getByRole('button', { name: 'Hint', exact: true });
  await click(hint);
  await expect(current(page)).toContainText('crash master m-2');
  // It ticks itself, without a word to the story.
  await click(card(page, 'Master m-2').getByRole('button', { name: 'Crash master m-2' }));
  await expect(goal(page)).toBeChecked();
  await expect(current(page)).toContainText('Done.');
  await expect(card(page, 'Master m-2')).toHaveAccessibleDescription('crashed');

  await click(next(page));
  await expectPlace(page, 5);
  await expect(card(page, 'Task client c-1')).toContainText('resize photo 2');
  await expectSameRun(zab, async () => {
    await click(page.getByRole('button', { name: 'Language' }));
    const story = page.getByRole('complementary', { name: '故事', exact: true });
    await expect(story).toContainText('第 5 步，共 10 步');
    await expect(story.getByRole('checkbox', { name: '让 master m-2 崩溃。' })).toBeChecked();
    await expect(story.locator('[aria-current=step]')).toContainText('w-1 还在工作');
    await click(page.getByRole('button', { name: '语言 Language' }));
  });
  await expectPlace(page, 5);
  await click(next(page));
  expect(believes(await zab.frame(), 'm-1')).toBe(false);
  await click(next(page));
  await answer(FROM_ZNODES, 'Right.');
  await click(next(page));
  expect(believes(await zab.frame(), 'm-1')).toBe(true);
  for (let i = 0; i < 3; i += 1) await click(next(page));
  await expectEnd(zab);
});

test('by keyboard alone: Tab, Enter, arrows and the keys of a story', async ({ zab, page }) => {
  test.slow();
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
    await zab.idle();
  };
  /** Presses Tab until what is wanted has the focus. */
  const tabTo = async (target: Locator) => {
    await expect(target).toBeVisible();
    for (let i = 0; i < 120; i += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`Tab does not lead to ${target}`);
  };
  await tabTo(page.getByRole('button', { name: 'Stories', exact: true }));
  await press('Enter');
  await page.keyboard.type(TITLE);
  await press('ArrowDown', 'Enter');
  await expectPlace(page, 1);
  await tabTo(page.getByLabel('Speed'));
  await press('End');
  await expect(page.getByLabel('Speed')).toHaveValue('Infinity');
  await press('Tab');

  await press('n');
  await expect(card(page, 'Worker w-1')).toHaveAccessibleDescription('working');
  await press('n');
  await expectPlace(page, 3);
  // Nothing leads past the question but an answer.
  await press('n');
  await expectPlace(page, 3);
  await tabTo(choice(page, WRONG));
  await press('Space', 'Enter');
  await expect(current(page).getByRole('status')).toContainText('Not so.');
  await press('ArrowDown');
  await expect(choice(page, RIGHT)).toBeChecked();
  await press('Enter');
  await expect(current(page).getByRole('status')).toContainText('Right.');

  await press('n');
  await expectPlace(page, 4);
  await expect(goal(page)).not.toBeChecked();
  await tabTo(card(page, 'Master m-2').getByRole('button', { name: 'Crash master m-2' }));
  await press('Enter');
  await expect(goal(page)).toBeChecked();

  await press('n');
  await expectPlace(page, 5);
  await expectSameRun(zab, async () => {
    await tabTo(page.getByRole('button', { name: 'Language' }));
    await press('Enter');
    await expect(page.getByRole('complementary', { name: '故事', exact: true })).toBeVisible();
    await press('Enter');
  });
  await press('n');
  await press('n');
  await expectPlace(page, 7);
  await tabTo(current(page).getByRole('radio').first());
  await press('ArrowDown', 'Enter');
  await expect(current(page).getByRole('status')).toContainText('Right.');
  for (let i = 0; i < 4; i += 1) await press('n');
  await expectEnd(zab);

  // b looks back to where the step before stood, n returns.
  const end = (await zab.frame()).event;
  await press('b');
  await press('b');
  expect((await zab.frame()).event).toBeLessThan(end);
  await press('n');
  await press('n');
  expect((await zab.frame()).event).toBe(end);
});
