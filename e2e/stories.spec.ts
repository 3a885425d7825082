/**
 * Every story, read in the page from its address to its end by who answers wrong once and has the goals shown.
 * The run must come to the same as the command line's (`npm run play`). Every second one is read in Chinese.
 *
 * `npm test` reads one story of each chapter; `STORIES=all npx playwright test e2e/stories.spec.ts` reads all,
 * `STORIES=split-brain,two-servers` the named ones.
 */
import type { Locator } from '@playwright/test';
import { playStory } from '../src/cli/play/playStory';
import { STORIES } from '../src/scenarios/all';
import { rightChoice } from '../src/scenarios/runner';
import type { GoalStep, PredictStep, Scenario } from '../src/scenarios/scenario';
import { STORY as ENGLISH } from '../src/ui/i18n/en/story';
import { STORY as CHINESE } from '../src/ui/i18n/zh/story';
import { countOf, numberOf } from '../src/ui/panels/story/storyView';
import { plainText } from '../src/ui/panels/story/storyText';
import { expect, test, type Zab } from './zabscope';

/** One of each chapter, of those that most else in the page takes part in. */
const EACH_CHAPTER = [
  'two-servers',
  'write-at-follower',
  'slow-follower',
  'no-service-without-a-leader',
  'split-brain',
];
const wanted = process.env.STORIES === undefined ? EACH_CHAPTER : process.env.STORIES.split(',');
const isAll = wanted.includes('all');

test('each story that is asked for is there', () => {
  const ids = STORIES.map(({ id }) => id);
  expect(wanted.filter((id) => id !== 'all' && !ids.includes(id))).toEqual([]);
});

for (const [i, scenario] of STORIES.entries()) {
  if (!isAll && !wanted.includes(scenario.id)) continue;
  const language = i % 2 === 0 ? 'en' : 'zh';
  test(`${scenario.id}, ${language}: from its address to its end, as the command line`, async ({
    zab,
  }) => {
    test.slow();
    const reader = new Reader(zab, scenario, language);
    await reader.open();
    for (const index of scenario.steps.keys()) await reader.read(index);
    await reader.next();
    await reader.expectEnd();
    await expectSameRun(zab, scenario);
  });
}

/** Events, virtual time, fingerprint and checks of both. */
async function expectSameRun(zab: Zab, scenario: Scenario): Promise<void> {
  const { played, problems } = playStory(scenario);
  expect(problems).toEqual([]);
  const frame = await zab.frame();
  const checksOf = (checks: typeof played.checks) =>
    checks.map(({ name, holds }) => `${name} ${holds ? 'holds' : 'broke'}`);
  expect({
    events: frame.event,
    at: frame.at,
    fingerprint: frame.fingerprint,
    checks: checksOf(frame.checks),
  }).toEqual({
    events: played.events,
    at: played.at,
    fingerprint: played.fingerprint,
    checks: checksOf(played.checks),
  });
}

/** By the column beside the stage, by role and name alone. */
class Reader {
  private readonly zab: Zab;
  private readonly scenario: Scenario;
  private readonly language: 'en' | 'zh';
  private readonly words: typeof ENGLISH;
  private readonly column: Locator;

  constructor(zab: Zab, scenario: Scenario, language: 'en' | 'zh') {
    this.zab = zab;
    this.scenario = scenario;
    this.language = language;
    this.words = language === 'zh' ? (CHINESE as typeof ENGLISH) : ENGLISH;
    const name = this.words['story.column'];
    this.column = zab.page.getByRole('complementary', { name, exact: true });
  }

  async open(): Promise<void> {
    const { page } = this.zab;
    await page.goto(`./?story=${this.scenario.id}&lang=${this.language}`);
    await expect(this.column.getByRole('heading', { level: 2 })).toHaveText(
      this.plain(this.scenario.title),
    );
    // Up the scale of speeds to its end, by the key: the same in both languages.
    for (let i = 0; i < 7; i += 1) await page.keyboard.press('ArrowUp');
    await this.zab.idle();
  }

  /** To that step, unless the step before led there by itself; reads it, answers it, has it shown. */
  async read(index: number): Promise<void> {
    const step = this.scenario.steps[index];
    if (step === undefined || step.type === 'order') return;
    if ((await this.place()) < numberOf(this.scenario, index)) await this.next();
    await expect(this.column.getByRole('alert')).toHaveCount(0);
    expect(await this.place()).toBe(numberOf(this.scenario, index));
    const text = this.plain(step.type === 'predict' ? step.question : step.text);
    await expect(this.current()).toContainText(text);
    if (step.type === 'predict') await this.answer(step);
    if (step.type === 'goal') await this.haveShown(step);
  }

  async next(): Promise<void> {
    await this.button('story.next').click();
    await this.zab.idle();
  }

  private async answer(step: PredictStep): Promise<void> {
    const right = rightChoice(step);
    await expect(this.button('story.next')).toBeDisabled();
    for (const choice of [right === 0 ? 1 : 0, right]) {
      const { text, because } = step.choices[choice] as PredictStep['choices'][number];
      await this.current()
        .getByRole('radio', { name: this.plain(text), exact: true })
        .check();
      await this.button('story.answer').click();
      const verdict = this.words[choice === right ? 'story.right' : 'story.wrong'];
      await expect(this.current().getByRole('status')).toContainText(
        `${verdict} ${this.plain(because)}`,
      );
    }
  }

  private async haveShown(step: GoalStep): Promise<void> {
    const name = this.plain(step.text);
    const goal = this.column.getByRole('checkbox', { name, exact: true });
    await expect(goal).not.toBeChecked();
    await expect(this.button('story.next')).toBeDisabled();
    await this.current().getByRole('button', { name: this.words['story.showMe'] }).click();
    await this.zab.idle();
    await expect(goal).toBeChecked();
  }

  async expectEnd(): Promise<void> {
    const { outcome, breaks } = this.scenario;
    await expect(this.column.getByText(this.words['story.ended'], { exact: true })).toBeVisible();
    expect(await this.place()).toBe(countOf(this.scenario));
    const list = this.column.getByRole('list', { name: this.words['story.outcome'] });
    await expect(list.getByRole('checkbox')).toHaveCount(outcome.length);
    for (const { text } of outcome) {
      await expect(list.getByRole('checkbox', { name: this.plain(text) })).toBeChecked();
    }
    await expect(this.column).toContainText(this.plain(this.scenario.sandbox));
    const frame = await this.zab.frame();
    const broken = frame.checks.filter(({ holds }) => !holds).map(({ name }) => name);
    expect(broken.sort()).toEqual([...(breaks ?? [])].sort());
  }

  private current(): Locator {
    return this.column.locator('[aria-current=step]');
  }

  private async place(): Promise<number> {
    const name = this.words['story.progressName'];
    return Number(await this.column.getByRole('progressbar', { name }).getAttribute('value'));
  }

  private button(key: 'story.next' | 'story.answer'): Locator {
    return this.column.getByRole('button', { name: this.words[key], exact: true });
  }

  private plain(text: { en: string; zh: string }): string {
    return plainText(text[this.language]);
  }
}
