import { describe, expect, test } from 'vitest';
import { STORIES } from '../../../scenarios/all';
import { startStory, type StoryState } from '../../../scenarios/runner';
import type { Scenario } from '../../../scenarios/scenario';
import type { OpenStory } from '../../store/storyState';
import { lookSelector } from './lookSelector';
import { byChapter, matches } from './storyList';
import { markedParts, plainText, textOf } from './storyText';
import { canGoBack, canGoOn, countOf, isLongWait, numberOf } from './storyView';

describe('texts', () => {
  test('come in the language of the page', () => {
    const text = { en: 'leader', zh: '领导者' };
    expect(['en', 'en-US', 'zh', 'zh-CN', 'fr'].map((language) => textOf(text, language))).toEqual([
      'leader',
      'leader',
      '领导者',
      '领导者',
      'leader',
    ]);
  });

  test('have marks for names and for stress, and nothing else', () => {
    expect(markedParts('a `zxid` in *one* order')).toEqual([
      { mark: 'plain', text: 'a ' },
      { mark: 'code', text: 'zxid' },
      { mark: 'plain', text: ' in ' },
      { mark: 'stress', text: 'one' },
      { mark: 'plain', text: ' order' },
    ]);
    expect(plainText('`ls /*` and 2 * 3 * 4')).toBe('ls /* and 2 * 3 * 4');
    expect(markedParts('*同一个*顺序')[0]).toEqual({ mark: 'stress', text: '同一个' });
  });
});

describe('a hint to look', () => {
  test('finds servers, clients, the application, and parts by their names', () => {
    expect(lookSelector('server 3')).toBe('[data-card="3"]');
    expect(lookSelector('client a')).toBe('[data-card="client a"]');
    expect(lookSelector('server 2/CommitProcessor')).toContain('[aria-label="CommitProcessor"]');
    expect(lookSelector('server 2/tree')).toContain('[data-card="2"] [role="tree"]');
    expect(lookSelector('server 3/outstandingProposals')).toContain(
      '[data-part="outstandingProposals"]',
    );
    expect(lookSelector('taskclient c-1')).toBe('[data-card="taskclient c-1"]');
    expect(lookSelector('check TotalOrder')).toBe('[data-look="checks"]');
  });

  test('that names nothing lights nothing, and cannot leave its selector', () => {
    for (const wrong of ['', 'server', 'server x', 'queue 3', 'server 3/a"] *', 'check a b']) {
      expect(lookSelector(wrong), wrong).toBeUndefined();
    }
  });

  test('of every story finds something', () => {
    const looks = STORIES.flatMap((story) =>
      story.steps.flatMap((step) => (step.type === 'say' ? (step.look ?? []) : [])),
    );
    expect(looks.length).toBeGreaterThan(5);
    expect(looks.filter((look) => lookSelector(look) === undefined)).toEqual([]);
  });
});

describe('the list', () => {
  test('is searched by every word, in both languages, in any case', () => {
    const found = (wanted: string) =>
      STORIES.filter((story) => matches(story, wanted)).map(({ id }) => id);
    expect(found('  ')).toHaveLength(STORIES.length);
    expect(found('WRITE at follower')).toContain('write-at-follower');
    expect(found('跟随者')).toContain('write-at-follower');
    expect(found('write kangaroo')).toEqual([]);
  });

  test('has every story once, in its chapter', () => {
    const chapters = byChapter(STORIES);
    expect(chapters.flatMap(({ scenarios }) => scenarios)).toHaveLength(STORIES.length);
    for (const { chapter, scenarios } of chapters) {
      expect(scenarios.every((story) => story.chapter === chapter)).toBe(true);
    }
  });
});

describe('the ways on', () => {
  const scenario = {
    world: {},
    steps: [
      { type: 'say' },
      { type: 'order', commands: [] },
      { type: 'goal', done: { quiet: true } },
    ],
    outcome: [],
  } as unknown as Scenario;
  const open = (part: Partial<StoryState>, more: Partial<OpenStory> = {}): OpenStory => ({
    runner: { ...startStory(scenario), ...part },
    opening: 1,
    focus: 0,
    isHeld: false,
    shown: [],
    ...more,
  });

  test('orders are no steps of their own to a reader', () => {
    expect(countOf(scenario)).toBe(2);
    expect([0, 1, 2, 3].map((index) => numberOf(scenario, index))).toEqual([1, 1, 2, 2]);
  });

  test('forward: when nothing is asked of anybody, when paused, held, or looking back', () => {
    expect(canGoOn(open({ phase: 'reader' }), false, false)).toBe(true);
    expect(canGoOn(open({ phase: 'choice' }), false, false)).toBe(false);
    expect(canGoOn(open({ phase: 'goal', stops: [] }), false, false)).toBe(false);
    expect(canGoOn(open({ phase: 'goal' }), true, false)).toBe(true);
    expect(canGoOn(open({ phase: 'run' }), false, true)).toBe(false);
    expect(canGoOn(open({ phase: 'run' }), false, false)).toBe(true);
    expect(canGoOn(open({ phase: 'run' }, { isHeld: true }), false, true)).toBe(true);
    expect(canGoOn(open({ phase: 'failed' }), false, false)).toBe(false);
    const stops = [
      { step: 0, event: 5 },
      { step: 2, event: 9 },
    ];
    expect(canGoOn(open({ phase: 'goal', stops }), false, false)).toBe(true);
    expect(canGoOn(open({ phase: 'goal', stops }, { focus: 1 }), false, false)).toBe(false);
  });

  test('a way is long when it has many events that are shown, up to where one looks', () => {
    const stops = [{ step: 0, event: 50 }];
    const shown = Array.from({ length: 800 }, (_, i) => i + 1);
    expect(isLongWait(open({ stops }), shown, 350)).toBe(false);
    expect(isLongWait(open({ stops }), shown, 351)).toBe(true);
    expect(isLongWait(open({ stops }), [1, 2, 900], 900)).toBe(false);
  });

  test('back: to the step before, or to where the first one stood', () => {
    const stops = [{ step: 0, event: 5 }];
    expect(canGoBack(open({ stops }), 5)).toBe(false);
    expect(canGoBack(open({ stops }), 6)).toBe(true);
    expect(canGoBack(open({ stops }, { focus: 1 }), 5)).toBe(true);
  });
});
