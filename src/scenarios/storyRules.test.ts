import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { CHAPTERS, STORIES } from './all';
import type { Scenario, Step } from './scenario';
import { storyProblems } from './storyRules';

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), 'stories');

describe('the list of stories', () => {
  test('has each file of stories/ once, under the name of the file', () => {
    const files = readdirSync(FOLDER).filter((name) => !name.includes('.test'));
    const names = files.map((name) => name.replace(/\.ts$/, ''));
    expect(STORIES.map(({ id }) => id).sort()).toEqual(names.sort());
  });

  test('is in reading order, chapter by chapter', () => {
    const places = STORIES.map(({ chapter }) => CHAPTERS.indexOf(chapter));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((x, y) => x - y));
  });

  test('has no title twice', () => {
    const titles = STORIES.flatMap(({ title }) => [title.en, title.zh]);
    expect(new Set(titles).size).toBe(titles.length);
  });
});

describe('each story keeps the rules', () => {
  test.each(STORIES.map((story) => [story.id, story] as const))('%s', (_, story) => {
    expect(storyProblems(story)).toEqual([]);
  });
});

const words = { en: 'a `word`', zh: '一个 `word`' };
const predict = {
  type: 'predict',
  question: words,
  choices: [
    { text: words, isRight: true, because: words },
    { text: words, because: words },
  ],
} as const;
const goal = {
  type: 'goal',
  text: words,
  hint: words,
  done: { frame: 'processes.1.status', is: 'down' },
  solution: ['crash 1'],
} as const;
const end = { type: 'say', text: words } as const;

function story(more: Partial<Scenario>): Scenario {
  return {
    id: 'test',
    chapter: 'flows',
    view: 'ensemble',
    title: words,
    question: words,
    world: { ensembles: [[1, 2, 3]] },
    steps: [predict, goal, end],
    outcome: [{ text: words, that: { quiet: true } }],
    sandbox: words,
    ...more,
  };
}

const withStep = (step: Step) => story({ steps: [step, predict, end] });
const withText = (en: string, zh: string) => story({ sandbox: { en, zh } });

/** Each rule, broken on purpose. */
describe('a story that keeps not', () => {
  test('none of the rules has no problem', () => {
    expect(storyProblems(story({}))).toEqual([]);
  });

  test.each<[string, Scenario, string]>([
    ['English', withText('', '中文'), 'sandbox.en: is not English'],
    ['English by Chinese', withText('中文', '中文'), 'sandbox.en: is not English'],
    ['Chinese', withText('a', 'a'), 'sandbox.zh: is not Chinese'],
    ['full-width punctuation', withText('a', '中文,中文。'), 'sandbox.zh: punctuation'],
    ['a closed mark', withText('a `b', '中文'), 'sandbox.en: only `code` and *stress*'],
    ['known marks', withText('a **b** c', '中文'), 'sandbox.en: only'],
    ['no HTML', withText('a <b>b</b>', '中文'), 'sandbox.en: only'],
    ['no links', withText('a', '[中文](x)'), 'sandbox.zh: only'],
    ['one line', withText('a\nb', '中文'), 'sandbox.en: has a blank too many'],
    ['an outcome', story({ outcome: [] }), 'outcome: a story has one'],
    ['a prediction', story({ steps: [goal, end] }), 'steps: a story asks a prediction'],
    ['a last paragraph', story({ steps: [predict, goal] }), 'steps: the last one is a paragraph'],
    [
      'a command',
      withStep({ type: 'order', commands: ['smash 1'] }),
      'steps[0].commands[0]: "smash 1"',
    ],
    ['some commands', withStep({ type: 'order', commands: [] }), 'steps[0].commands: there is one'],
    ['a solution', withStep({ ...goal, solution: ['crash'] }), 'steps[0].solution[0]: "crash"'],
    [
      'a right choice',
      withStep({
        ...predict,
        choices: [
          { text: words, because: words },
          { text: words, because: words },
        ],
      }),
      'steps[0]: exactly one choice is right, not 0',
    ],
    [
      'one right choice alone',
      withStep({
        ...predict,
        choices: predict.choices.map((c) => ({ ...c, isRight: true as const })),
      }),
      'exactly one choice is right, not 2',
    ],
    [
      'two choices',
      withStep({ ...predict, choices: predict.choices.slice(0, 1) }),
      '2 to 4 choices',
    ],
    [
      'four choices at most',
      withStep({ ...predict, choices: [...predict.choices, ...Array(3).fill(predict.choices[1])] }),
      '2 to 4 choices',
    ],
    [
      'a sound condition',
      withStep({ ...end, when: { frame: 'clock', is: 5 } }),
      'steps[0].when: frame: Expected a place of the frame',
    ],
    [
      'a sound goal',
      withStep({ ...goal, done: { entry: {} } }),
      'steps[0].done: entry: Expected a field',
    ],
    ['a thing to look at', withStep({ ...end, look: 'the leader' }), 'steps[0].look: "the leader"'],
    ['a sound world', story({ world: { ensembles: [] } }), 'world: ensembles'],
    [
      'a sound opening',
      story({ world: { ensembles: [[1]], opening: { all: [] } } }),
      'world.opening: all',
    ],
  ])('%s', (_, broken, message) => {
    expect(storyProblems(broken).join('\n')).toContain(message);
    expect(storyProblems(broken)).toHaveLength(1);
  });
});
