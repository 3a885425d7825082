import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Answer, Question } from '../../bridge/host';
import { serverName } from '../../bridge/names';
import { ALL_CHECKS } from '../../engine/checks/all';
import { MACHINES } from '../../engine/world/machines';
import type { Scenario, Step } from '../../scenarios/scenario';
import { fakePorts } from '../../workers/fakePort.test-support';
import { createHost } from '../../workers/worldHost';
import { type Host, HostError } from './host';
import { page, put } from './page';
import { attachHost, command, openEnsemble, runToCommit, seek, step } from './run';
import {
  answerStep,
  backStep,
  leaveStory,
  nextStep,
  openScenario,
  openStory,
  restartStory,
  showGoal,
} from './story';
import { finishedStories } from './storyFinished';

/** The real host over the real engine, without workers. */
function realHost(): Host {
  const answer = createHost({
    loadMachines: async () => MACHINES,
    checks: ALL_CHECKS,
    openPort: fakePorts().open,
  });
  return {
    ask: async (question: Question) => {
      const found: Answer = await answer(question);
      if (found.type === 'error') throw new HostError(found.message, found.place);
      return found as never;
    },
  };
}

const both = (text: string) => ({ en: text, zh: text });

function storyWith(steps: readonly Step[], more: Partial<Scenario> = {}): Scenario {
  return {
    id: 'fixture',
    chapter: 'servers',
    title: both('A fixture'),
    question: both('Does it work?'),
    view: 'ensemble',
    world: {
      ensembles: [[1, 2, 3]],
      opening: {
        all: [
          { frame: 'processes.client a.sections.client.state', is: 'CONNECTED' },
          { quiet: true },
        ],
      },
    },
    steps,
    outcome: [
      { text: both('It is there.'), that: { znode: '/a', server: '1' } },
      { text: both('It is not.'), that: { znode: '/never', server: '1' } },
    ],
    sandbox: both('Go on.'),
    ...more,
  };
}

const SAY: Step = { type: 'say', text: both('Look.') };
const ORDER: Step = { type: 'order', commands: ['zk a create /a x'] };
const COMMIT: Step = {
  type: 'say',
  text: both('Committed.'),
  when: { entry: { type: 'commit', op: 'create' } },
};
const PREDICT: Step = {
  type: 'predict',
  question: both('What?'),
  choices: [
    { text: both('This'), because: both('No.') },
    { text: both('That'), isRight: true, because: both('Yes.') },
  ],
};
const GOAL: Step = {
  type: 'goal',
  text: both('Crash 1.'),
  hint: both('By its button.'),
  done: { frame: 'processes.1.status', is: 'down' },
  solution: ['crash 1'],
};

/** Nothing plays and nothing is asked any more, for two turns of the clock. */
async function settled(): Promise<void> {
  for (let calm = 0; calm < 2; ) {
    await new Promise((done) => setTimeout(done, 1));
    calm = page().isPlaying || page().pending > 0 ? 0 : calm + 1;
  }
}

async function next(): Promise<void> {
  nextStep();
  await settled();
}

const story = () => {
  const { story: open } = page();
  if (open === undefined) throw new Error(`no story is open: ${page().problem?.message}`);
  return open;
};
const eventNow = () => page().frame?.event ?? -1;

beforeEach(async () => {
  vi.stubGlobal('requestAnimationFrame', (act: () => void) => setTimeout(act, 0));
  const kept = new Map<string, string>();
  vi.stubGlobal('window', {
    history: {
      replaceState: (_: unknown, __: string, url: URL) =>
        Object.assign(window.location, { href: `${url}` }),
      state: null,
    },
    location: { href: 'http://localhost/?story=old&lang=en' },
    localStorage: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
    },
  });
  attachHost(realHost());
  put({ problem: undefined, frame: undefined, story: undefined, tempo: 'event' });
  put({ speed: Number.POSITIVE_INFINITY });
});

describe('a story', () => {
  test('opens at its opening, and waits for the reader', async () => {
    await openScenario(storyWith([SAY, ORDER, COMMIT]));
    expect(story().runner.phase).toBe('reader');
    expect(story().runner.stops).toEqual([{ step: 0, event: eventNow() }]);
    expect(page().frame?.quiet).toBe(true);
    expect([page().view, page().isOpening, page().isPlaying]).toEqual(['ensemble', false, false]);
    expect(openStory('no-such-story')).toBe(false);
  });

  test('gives its orders and plays to the very event that it waits for', async () => {
    await openScenario(storyWith([SAY, ORDER, COMMIT]));
    await next();
    expect(story().runner.phase).toBe('reader');
    const { trace } = page();
    const last = trace.entries.slice(trace.heads.at(-1));
    expect(last.some((entry) => entry.type === 'commit')).toBe(true);
    expect(eventNow()).toBe(page().frame?.lastEvent);
    expect(page().notice).toBeUndefined();
  });

  test('follows a reader who steps and runs by himself', async () => {
    put({ speed: 0.25 });
    await openScenario(storyWith([SAY, ORDER, COMMIT]));
    nextStep();
    while (story().runner.phase !== 'run') await new Promise((done) => setTimeout(done, 1));
    await step();
    expect(page().isPlaying).toBe(false);
    expect(story().runner.phase).toBe('run');
    await runToCommit();
    expect(story().runner.phase).toBe('reader');
    await settled();
    expect(page().isPlaying).toBe(false);
  });

  test('can be paused on the way, and Next goes on', async () => {
    put({ speed: 0.25 });
    await openScenario(storyWith([SAY, ORDER, COMMIT]));
    nextStep();
    while (!page().isPlaying) await new Promise((done) => setTimeout(done, 1));
    put({ isPlaying: false });
    await settled();
    expect(story().runner.phase).toBe('run');
    put({ speed: Number.POSITIVE_INFINITY });
    await next();
    expect(story().runner.phase).toBe('reader');
  });

  test('plays on at rest when only time can bring what it waits for', async () => {
    const expired: Step = {
      type: 'say',
      text: both('Expired.'),
      pace: 'skip',
      when: { entry: { type: 'apply', op: 'closeSession' } },
    };
    await openScenario(storyWith([SAY, { type: 'order', commands: ['crash client a'] }, expired]));
    const began = page().frame?.at ?? 0;
    await next();
    expect(story().runner.phase).toBe('reader');
    expect((page().frame?.at ?? 0) - began).toBeGreaterThan(20_000_000);
  });

  test('lets a prediction be wrong, revised, and left wrong', async () => {
    await openScenario(storyWith([PREDICT, ORDER, COMMIT]));
    expect(story().runner.phase).toBe('choice');
    await next();
    expect(story().runner.phase).toBe('choice');
    answerStep(0, 0);
    answerStep(0, 1);
    expect(story().runner.chosen[0]).toEqual([0, 1]);
    answerStep(5, 1);
    expect(story().runner.chosen[5]).toBeUndefined();
    await next();
    expect(story().runner.step).toBe(2);
    answerStep(0, 0);
    expect(story().runner.chosen[0]).toEqual([0, 1]);
  });

  test('ticks a goal when the reader has done it, and holds what would follow', async () => {
    await openScenario(storyWith([SAY, GOAL, ORDER, COMMIT]));
    await next();
    expect(story().runner.phase).toBe('goal');
    await step();
    expect(story().runner.done).toEqual([]);
    await command({ type: 'crash', process: serverName(1) });
    expect(story().runner.done).toEqual([1]);
    expect(story().isHeld).toBe(true);
    await settled();
    const before = page().frame?.lastEvent;
    expect(page().trace.entries.some((entry) => entry.request?.path === '/a')).toBe(false);
    expect(page().frame?.lastEvent).toBe(before);
    await next();
    expect(story().isHeld).toBe(false);
    expect(story().runner).toMatchObject({ step: 3, phase: 'reader' });
    expect(story().shown).toEqual([]);
  });

  test('shows how a goal is reached to who asks', async () => {
    const goal: Step = {
      ...GOAL,
      done: { entry: { type: 'zabState', process: '3', name: 'ELECTION' } },
      solution: ['crash 1', 'crash 2'],
    } as Step;
    await openScenario(storyWith([goal, SAY]));
    showGoal();
    await settled();
    expect(story().runner.done).toEqual([0]);
    expect(story().shown).toEqual([0]);
    expect(page().isPlaying).toBe(false);
  });
});

describe('looking back in a story', () => {
  test('leads to where each step stood, and forward again', async () => {
    await openScenario(storyWith([SAY, ORDER, COMMIT, SAY, SAY]));
    const first = eventNow();
    await next();
    const second = eventNow();
    await next();
    await next();
    expect(story().focus).toBe(3);
    expect(eventNow()).toBe(second);
    // Three steps stand at the same event.
    for (const focus of [2, 1]) {
      backStep();
      await settled();
      expect([story().focus, eventNow()]).toEqual([focus, second]);
    }
    backStep();
    await settled();
    expect([story().focus, eventNow()]).toEqual([0, first]);
    backStep();
    await settled();
    expect([story().focus, eventNow()]).toEqual([0, first]);
    await next();
    expect([story().focus, eventNow()]).toEqual([1, second]);
    expect(story().runner.stops).toHaveLength(4);
  });

  test('follows a reader who looks back by the tape, and returns with an order', async () => {
    await openScenario(storyWith([SAY, ORDER, COMMIT]));
    const first = eventNow();
    await next();
    await seek(first + 1);
    expect(story().focus).toBe(0);
    await command({ type: 'crash', process: serverName(1) });
    expect(story().focus).toBe(1);
    expect(story().runner.phase).toBe('reader');
  });

  test('goes to the step in focus first when the run has left it', async () => {
    await openScenario(storyWith([SAY, GOAL]));
    await next();
    const stood = eventNow();
    await step();
    await step();
    backStep();
    await settled();
    expect([story().focus, eventNow()]).toEqual([1, stood]);
  });
});

describe('the end of a story', () => {
  test('shows what came out, remembers it, and leaves the run open', async () => {
    await openScenario(storyWith([SAY, ORDER, COMMIT, { ...SAY, when: { quiet: true } } as Step]));
    await next();
    await next();
    await next();
    expect(story().runner.phase).toBe('end');
    expect(story().end).toMatchObject({ outcome: [true, false], brokenChecks: [] });
    expect(story().focus).toBe(3);
    expect([...finishedStories()]).toEqual(['fixture']);
    const event = eventNow();
    await step();
    expect(eventNow()).toBeGreaterThan(event);
    expect(story().end?.event).toBe(event);
    expect(window.location.href).toBe('http://localhost/?lang=en#story=fixture');
    leaveStory();
    expect(window.location.href).toBe('http://localhost/?lang=en');
    expect(page().story).toBeUndefined();
    expect(eventNow()).toBeGreaterThan(event);
  });

  test('comes too when another world is opened', async () => {
    await openScenario(storyWith([SAY]));
    await openEnsemble({ servers: 1, seed: 7 });
    expect(page().story).toBeUndefined();
    expect(page().isInviting).toBe(true);
  });
});

describe('a broken story', () => {
  const NEVER: Step = {
    type: 'say',
    text: both('Never.'),
    when: { znode: '/never', server: '1' },
    atMostMs: 3000,
  };

  test('says what it waited for, and can be started anew', async () => {
    await openScenario(storyWith([SAY, ORDER, NEVER]));
    await next();
    expect(story().runner.phase).toBe('failed');
    expect(story().failure).toMatchObject({ type: 'waited', ms: 3000 });
    expect(JSON.stringify(story().failure)).toContain('/never');
    expect(page().isPlaying).toBe(false);
    await next();
    expect(story().runner.phase).toBe('failed');
    restartStory();
    await settled();
    expect(story().failure).toBeUndefined();
    expect(story().runner.phase).toBe('reader');
  });

  test('says which order was refused', async () => {
    await openScenario(storyWith([SAY, { type: 'order', commands: ['crash 9'] }, COMMIT]));
    await next();
    expect(story().failure).toMatchObject({ type: 'refused', command: 'crash 9' });
    expect(page().problem).toBeUndefined();
  });

  test('gives up to show a goal that its solution does not reach', async () => {
    const goal = { ...GOAL, solution: ['crash 2'], atMostMs: 2000 } as Step;
    await openScenario(storyWith([goal]));
    showGoal();
    await settled();
    expect(story().failure).toMatchObject({ type: 'waited', ms: 2000 });
    expect(page().isPlaying).toBe(false);
  });

  test('whose opening does not come stands there and says so', async () => {
    const world = { ensembles: [[1]], opening: { znode: '/never', server: '1' } } as const;
    await openScenario(storyWith([SAY], { world }));
    expect(story().failure).toMatchObject({ type: 'waited' });
    expect(page().frame?.processes['1']?.status).toBe('running');
  });

  test('whose world is refused leaves the run that was open', async () => {
    await openEnsemble({ servers: 1, seed: 7 });
    const { frame } = page();
    const world = { ensembles: [[1, 1]] } as const;
    await openScenario(storyWith([SAY], { world }));
    expect(page().story).toBeUndefined();
    expect(page().problem).toMatchObject({ fatal: false });
    expect(page().frame).toBe(frame);
  });
});
