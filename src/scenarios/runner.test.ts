import { describe, expect, test } from 'vitest';
import type { Frame } from '../bridge/frame';
import {
  AT_MOST_MS,
  commandOf,
  nextWish,
  onChosen,
  onEntries,
  onOrdered,
  onRead,
  onRefused,
  onStuck,
  outcomeOf,
  startStory,
  type StoryState,
} from './runner';
import { emptyFrame, entryOf } from './frame.test-support';
import type { Scenario, Step, Text } from './scenario';

const text = (en: string): Text => ({ en, zh: '中文' });
const say = (type?: 'propose' | 'commit'): Step => ({
  type: 'say',
  text: text('x'),
  ...(type === undefined ? {} : { when: { entry: { type } } }),
});
const predict: Step = {
  type: 'predict',
  question: text('?'),
  choices: [
    { text: text('no'), because: text('x') },
    { text: text('yes'), isRight: true, because: text('x') },
  ],
};
const goal: Step = {
  type: 'goal',
  text: text('x'),
  hint: text('x'),
  done: { frame: 'processes.1.status', is: 'down' },
  solution: ['crash 1'],
};
const order: Step = { type: 'order', commands: ['zk a create /a 1'] };

function story(steps: Step[], more: Partial<Scenario> = {}): Scenario {
  return {
    id: 'test',
    chapter: 'flows',
    view: 'ensemble',
    title: text('t'),
    question: text('q'),
    world: { ensembles: [[1]] },
    steps,
    outcome: [],
    sandbox: text('s'),
    ...more,
  };
}

const frame = (event: number, more: Record<string, unknown> = {}): Frame =>
  emptyFrame({ event, lastEvent: event, ...more });
const down = { processes: { '1': { name: '1', status: 'down', sections: {} } } };
const entry = (type: string) => entryOf({ type });
const placeOf = ({ step, phase }: StoryState) => [step, phase];

describe('a story', () => {
  test('goes from step to step', () => {
    let state = startStory(story([say(), order, say('propose'), predict, goal, say()]));
    expect(placeOf(state)).toEqual([0, 'reader']);
    state = onRead(onEntries(state, frame(1), []));
    expect(nextWish(state)).toEqual({ order: [commandOf('zk a create /a 1')] });
    state = onOrdered(state);
    expect(nextWish(state)).toMatchObject({ run: { entry: { type: 'propose' } }, counts: [0] });
    state = onEntries(state, frame(2), [entry('ack')]);
    expect(placeOf(state)).toEqual([2, 'run']);
    state = onEntries(state, frame(3), [entry('propose')]);
    expect(placeOf(state)).toEqual([2, 'reader']);
    state = onRead(state);
    expect(nextWish(state)).toEqual({ wait: 'choice' });
    state = onRead(onChosen(state, 1));
    expect(nextWish(state)).toEqual({ wait: 'goal' });
    state = onEntries(state, frame(9, down), []);
    expect(placeOf(state)).toEqual([5, 'reader']);
    expect(state.done).toEqual([4]);
    expect(nextWish(onRead(state))).toEqual({ end: true });
    expect(state.stops.map(({ step, event }) => `${step}@${event}`)).toEqual([
      '0@0',
      '2@3',
      '3@3',
      '4@3',
      '5@9',
    ]);
  });

  test('runs to its opening first', () => {
    const opening = { frame: 'processes.1.status', is: 'down' } as const;
    const world = { ensembles: [[1]], opening };
    let state = startStory(story([say()], { world }));
    expect(nextWish(state)).toEqual({
      run: opening,
      counts: [],
      pace: 'skip',
      atMostMs: AT_MOST_MS,
    });
    state = onEntries(state, frame(1), []);
    expect(placeOf(state)).toEqual([-1, 'run']);
    expect(placeOf(onEntries(state, frame(2, down), []))).toEqual([0, 'reader']);
  });

  test('takes no answer for an order, and no word of a reader who is not asked', () => {
    const state = startStory(story([say('propose')]));
    expect(onRead(state)).toBe(state);
    expect(onOrdered(state)).toBe(state);
    expect(onChosen(state, 0)).toBe(state);
    expect(onChosen(startStory(story([predict])), 7).phase).toBe('choice');
  });
});

describe('entries', () => {
  test('count from where the step before was reached, whatever the reader does meanwhile', () => {
    let state = startStory(story([say('propose'), say('commit'), say('commit')]));
    state = onEntries(state, frame(1), [entry('commit')]);
    state = onEntries(state, frame(2), [entry('propose')]);
    // The commit before the first paragraph is past; this one comes while it is read.
    state = onEntries(state, frame(3), [entry('commit')]);
    expect(placeOf(state)).toEqual([0, 'reader']);
    state = onRead(state);
    expect(placeOf(state)).toEqual([1, 'reader']);
    // It was that paragraph's, so the next one waits for another.
    expect(placeOf(onRead(state))).toEqual([2, 'run']);
  });

  test('that orders leave count for the step behind them', () => {
    let state = startStory(story([say(), order, say('commit')]));
    state = onEntries(onRead(onEntries(state, frame(1), [])), frame(1), [entry('commit')]);
    expect(placeOf(state)).toEqual([1, 'order']);
    expect(placeOf(onOrdered(state))).toEqual([2, 'reader']);
  });

  test('of the whole story count for the outcome', () => {
    const outcome = [{ text: text('o'), that: { entry: { type: 'commit' }, times: 2 } }] as const;
    let state = startStory(story([say('propose'), say()], { outcome }));
    state = onEntries(state, frame(1), [entry('commit'), entry('propose')]);
    expect(outcomeOf(state)).toEqual([
      { holds: false, missing: '2 times an entry with type commit (seen 1)' },
    ]);
    state = onEntries(state, frame(2), [entry('commit')]);
    expect(outcomeOf(state)).toEqual([{ holds: true }]);
  });
});

test('a frame of an older event changes nothing', () => {
  let state = startStory(story([goal, say()]));
  state = onEntries(state, frame(5), []);
  const old = emptyFrame({ event: 2, lastEvent: 5, ...down });
  expect(placeOf(onEntries(state, old, []))).toEqual([0, 'goal']);
  expect(placeOf(onEntries(state, frame(6, down), []))).toEqual([1, 'reader']);
});

test('a wrong answer may be revised, and both are remembered', () => {
  let state = onChosen(startStory(story([predict])), 0);
  expect(nextWish(state)).toEqual({ wait: 'reader' });
  state = onChosen(state, 1);
  expect(state.chosen).toEqual({ 0: [0, 1] });
  expect(nextWish(onRead(state))).toEqual({ end: true });
});

describe('a story is broken', () => {
  const waiting = () => startStory(story([say(), say('commit')]));

  test('when its condition does not come in time', () => {
    let state = onRead(onEntries(waiting(), frame(1, { at: 1000 }), []));
    state = onEntries(state, frame(2, { at: AT_MOST_MS * 1000 }), []);
    expect(state.phase).toBe('run');
    state = onEntries(state, frame(3, { at: AT_MOST_MS * 1000 + 1000 }), []);
    expect(nextWish(state)).toEqual({
      failed: {
        step: 2,
        waitsFor: 'an entry with type commit (seen 0)',
        message:
          'step 2: waits for: an entry with type commit (seen 0): did not come within 120000 ms of virtual time',
      },
    });
  });

  test('but the reader has all the time of the world', () => {
    const state = onEntries(waiting(), frame(2, { at: 10 * AT_MOST_MS * 1000 }), []);
    expect(onRead(state).phase).toBe('run');
    const late = startStory(story([goal]));
    expect(onEntries(late, frame(2, { at: 10 * AT_MOST_MS * 1000 }), []).phase).toBe('goal');
  });

  test('when nothing is left to happen', () => {
    const state = onStuck(onRead(onEntries(waiting(), frame(1), [])));
    expect(nextWish(state)).toMatchObject({ failed: { step: 2 } });
    expect(onStuck(waiting()).phase).toBe('reader');
  });

  test('when an order is refused', () => {
    const state = onRead(onEntries(startStory(story([say(), order])), frame(1), []));
    const broken = onRefused(state, commandOf('crash 9'), 'there is no process 9');
    expect(nextWish(broken)).toMatchObject({
      failed: { message: 'step 2: waits for: crash 9: was refused: there is no process 9' },
    });
  });
});

test('an order that is no command is said at once', () => {
  expect(() => commandOf('smash 1')).toThrow('"smash 1" is no command');
});
