import { describe, expect, test } from 'vitest';
import type { Scenario, Step } from '../../scenarios/scenario';
import { worldOf } from '../../scenarios/world';
import { playStory } from './playStory';

const words = { en: 'word', zh: '词' };
const CREATE = { op: 'create', path: '/a' } as const;

const write: Step = { type: 'order', commands: ['zk a create /a 1'] };
const answered: Step = {
  type: 'say',
  text: words,
  when: { entry: { type: 'result', process: 'client a', err: 'OK', ...CREATE } },
};
const crash: Step = {
  type: 'goal',
  text: words,
  hint: words,
  done: { frame: 'processes.1.status', is: 'down' },
  solution: ['crash 1'],
};

/** One server and one client that has its session. */
function story(steps: Step[], more: Partial<Scenario> = {}): Scenario {
  return {
    id: 'test',
    chapter: 'servers',
    view: 'ensemble',
    title: words,
    question: words,
    world: {
      ensembles: [[1]],
      clients: [{ letter: 'a', hosts: [1] }],
      opening: { frame: 'processes.client a.sections.client.state', is: 'CONNECTED' },
    },
    steps,
    outcome: [],
    sandbox: words,
    ...more,
  };
}

const problemsOf = (scenario: Scenario) => playStory(scenario).problems;

describe('a story without a page', () => {
  const there = { text: words, that: { znode: '/a', server: '1', data: '1' } } as const;

  test('is played to its end, with its orders, its goal and its outcome', () => {
    const gone = { text: words, that: { frame: 'processes.1.status', is: 'down' } } as const;
    const { problems, text, played } = playStory(
      story([write, answered, crash, { type: 'say', text: words }], { outcome: [gone] }),
    );
    expect(problems).toEqual([]);
    expect(played.checks.every(({ holds }) => holds)).toBe(true);
    const lines = text.split('\n');
    const order = ['> zk a create /a 1', '| 词', '> crash 1', ' [x] 词'].map((line) =>
      lines.indexOf(line),
    );
    expect(order).not.toContain(-1);
    expect(order).toEqual([...order].sort((x, y) => x - y));
    expect(text).toMatch(/ client a +result of .*create \/a \(a:1\): OK\n/);
    expect(text).toContain('\n     client a prints: Created /a\n');
  });

  test('comes to the same whenever it is played', () => {
    const one = story([write, answered], { outcome: [there] });
    expect(playStory(one)).toEqual(playStory(one));
  });
});

describe('a story is refused', () => {
  test('when its condition never comes', () => {
    const lost: Step = { ...answered, when: { entry: { type: 'commit', ...CREATE, path: '/b' } } };
    const { problems, text } = playStory(story([write, { ...lost, atMostMs: 3000 } as Step]));
    const message =
      'step 2: waits for: an entry with type commit, op create, path /b (seen 0): did not come within 3000 ms of virtual time';
    expect(problems).toEqual([message]);
    expect(text).toContain(`BROKEN ${message}`);
  });

  test('when its opening never comes', () => {
    const world = { ensembles: [[1]], opening: { frame: 'processes.9.status' } };
    expect(problemsOf(story([], { world }))[0]).toContain(
      'the opening: waits for: processes.9.status',
    );
  });

  test('when its outcome is another', () => {
    const outcome = [
      { text: words, that: { znode: '/a', server: '1', data: '1' } },
      { text: words, that: { znode: '/a', server: '1', data: '2' } },
    ];
    expect(problemsOf(story([write, answered], { outcome }))).toEqual([
      'outcome 2 does not hold: znode /a at server 1 with data "2" (its data is "1")',
    ]);
  });

  test('when a goal holds before the reader has done anything', () => {
    const held: Step = { ...crash, done: { frame: 'processes.1.status', is: 'running' } };
    // The page would tick it at once, and so does the runner.
    expect(problemsOf(story([{ type: 'say', text: words }, held]))).toEqual([
      'step 2: the goal holds before the reader has done anything',
    ]);
  });

  test('when a goal ticks though the reader does nothing', () => {
    const lazy: Step = { ...crash, done: { entry: { type: 'result', ...CREATE } } };
    expect(problemsOf(story([write, lazy]))).toEqual([
      'step 2: the goal ticks by itself, though the reader does nothing',
    ]);
  });

  test('when its solution does not reach the goal', () => {
    const wrong: Step = { ...crash, solution: ['pause 1'], atMostMs: 1000 };
    expect(problemsOf(story([wrong]))).toEqual([
      'step 1: the solution does not reach the goal: waits for: processes.1.status is "down" (it is "paused")',
    ]);
  });

  test('when an order is refused', () => {
    const bad: Step = { type: 'order', commands: ['crash 1', 'crash 1'] };
    expect(problemsOf(story([bad]))[0]).toMatch(/^step 1: waits for: crash 1: was refused: /);
  });

  test('when it says that a check breaks, and the check holds or is none', () => {
    expect(problemsOf(story([write, answered], { breaks: ['TotalOrder', 'TotalChaos'] }))).toEqual([
      'the check TotalOrder holds, and the story says it breaks',
      'there is no check TotalChaos that it could break',
    ]);
  });

  test('when it looks at what is not there', () => {
    const look: Step = { ...answered, look: 'server 2' } as Step;
    const part: Step = { type: 'say', text: words, look: 'server 1/ProposalRequestProcessor' };
    expect(problemsOf(story([write, look, part]))).toEqual([
      'step 2: there is no server 2 to look at',
      'step 3: server 1 has no ProposalRequestProcessor to look at now',
    ]);
  });
});

describe('the world of a story', () => {
  test('is that of the first visit where it says nothing', () => {
    const plain = worldOf(story([], { world: { ensembles: [[1, 2, 3]] } }));
    expect(plain).toMatchObject({ seed: 7, linkMicros: 2000, jitterMicros: 0, profile: 'fixed' });
    expect(plain.clients).toEqual([
      { letter: 'a', hosts: [1, 2, 3], timeoutMs: 30_000 },
      { letter: 'b', hosts: [1, 2, 3], timeoutMs: 30_000 },
    ]);
    expect(plain.down).toBeUndefined();
  });

  test('has a client for each of several ensembles, and what the story says', () => {
    const world = {
      ensembles: [[1], [2]],
      seed: 9,
      down: [2],
      config: { tickTime: 1000 },
      timing: { fsync: 9 },
      linkMicros: 5,
    };
    const config = worldOf(story([], { world }));
    expect(config).toMatchObject({ ...world, ensembles: [{ servers: [1] }, { servers: [2] }] });
    expect(config.config.syncLimit).toBeGreaterThan(0);
    expect(config.clients.map(({ letter, hosts }) => `${letter}:${hosts}`)).toEqual(['a:1', 'b:2']);
  });
});
