import { beforeEach, describe, expect, test } from 'vitest';
import type { Command } from '../bridge/command';
import { parseCommand } from '../bridge/commandText';
import type { Condition } from '../bridge/condition';
import type { Answer, Question } from '../bridge/host';
import { DEFAULT_TIMING } from '../bridge/process';
import type { WorldConfig } from '../bridge/recording';
import { ALL_CHECKS } from '../engine/checks/all';
import { MACHINES } from '../engine/world/machines';
import { missingIn } from '../scenarios/condition';
import { DEFAULT_ZOO_CONFIG } from '../zk/config';
import { fakePorts } from './fakePort.test-support';
import type { ProcessPort, ToProcess } from './processPort';
import { createHost } from './worldHost';

const CONFIG: WorldConfig = {
  seed: 7,
  ensembles: [{ servers: [1, 2, 3] }],
  clients: [{ letter: 'a', hosts: [1, 2, 3] }],
  config: DEFAULT_ZOO_CONFIG,
  timing: DEFAULT_TIMING,
  linkMicros: 2000,
  jitterMicros: 0,
  profile: 'fixed',
};

type FrameAnswer = Extract<Answer, { type: 'frame' }>;

let ask: (question: Question) => Promise<Answer>;
/** Advances that were asked of processes, and how many of them with their sections. */
let asked: { advances: number; projected: number };

beforeEach(async () => {
  asked = { advances: 0, projected: 0 };
  const ports = fakePorts();
  const openPort = (name: Parameters<typeof ports.open>[0]): ProcessPort => {
    const port = ports.open(name);
    const post = port.post.bind(port);
    port.post = (message: ToProcess) => {
      if (message.type === 'advance' && message.advance.maxEvents > 0) {
        asked.advances += 1;
        if (message.advance.project) asked.projected += 1;
      }
      post(message);
    };
    return port;
  };
  ask = createHost({ loadMachines: async () => MACHINES, checks: ALL_CHECKS, openPort });
  await ask({ type: 'open', config: CONFIG });
});

async function until(condition: Condition, more: { counts?: number[]; eventsMax?: number } = {}) {
  const { counts, eventsMax = 5000 } = more;
  const answer = await ask({
    type: 'advance',
    goal: { type: 'condition', condition, ...(counts === undefined ? {} : { counts }) },
    eventsMax,
  });
  if (answer.type !== 'frame') throw new Error(JSON.stringify(answer));
  return answer;
}

const tell = (text: string) => ask({ type: 'command', command: parseCommand(text) as Command });

const CONNECTED: Condition = {
  all: [{ frame: 'processes.client a.sections.client.state', is: 'CONNECTED' }, { quiet: true }],
};

describe('the goal condition', () => {
  test('stops at the very event by which it holds', async () => {
    const leads: Condition = { frame: 'processes.3.sections.role.serverState', is: 'LEADING' };
    const { frame, reached } = await until(leads);
    expect(reached).toBe(true);
    expect(missingIn(leads, frame, [])).toBeUndefined();
    const before = (await ask({ type: 'seek', event: frame.event - 1 })) as FrameAnswer;
    expect(missingIn(leads, before.frame, [])).toContain('it is "LOOKING"');
  });

  test('holds already when nothing needs to happen', async () => {
    const { frame } = await until(CONNECTED);
    const again = await until(CONNECTED);
    expect([again.reached, again.frame.event]).toEqual([true, frame.event]);
    // A command that nobody has handled yet is no rest.
    await tell('zk a create /x 1');
    const rest = await until({ quiet: true });
    expect(rest.trace.filter(({ type }) => type === 'commit')).toHaveLength(1);
    expect(rest.frame.quiet).toBe(true);
  });

  test('of entries alone asks no process for its sections', async () => {
    await until(CONNECTED);
    await tell('zk a create /x 1');
    asked = { advances: 0, projected: 0 };
    const { trace, reached } = await until({ entry: { type: 'commit', op: 'create', path: '/x' } });
    expect(reached).toBe(true);
    expect(trace.filter(({ type }) => type === 'commit')).toHaveLength(1);
    expect(asked.advances).toBeGreaterThan(10);
    expect(asked.projected).toBe(0);
    await until({ znode: '/x', server: '1' });
    expect(asked.projected).toBeGreaterThan(0);
  });

  test('goes on from what was seen before', async () => {
    await until(CONNECTED);
    await tell('zk a create /x 1');
    const acks: Condition = { entry: { type: 'ack', op: 'create' }, times: 3 };
    const first = await until({ entry: { type: 'ack', op: 'create' } });
    const rest = await until(acks, { counts: [1] });
    expect(first.trace.filter(({ type }) => type === 'ack')).toHaveLength(1);
    expect(rest.trace.filter(({ type }) => type === 'ack')).toHaveLength(2);
  });

  test('is given up after so many events', async () => {
    const { frame, reached } = await until({ entry: { type: 'violation' } }, { eventsMax: 40 });
    expect([reached, frame.event]).toEqual([false, 40]);
  });

  test('goes to the newest event while one looks back', async () => {
    const { frame } = await until(CONNECTED);
    await ask({ type: 'seek', event: 10 });
    const answer = await until({ entry: { type: 'established' } });
    expect([answer.reached, answer.frame.event]).toEqual([false, frame.event]);
  });

  test.each([
    [{ all: [{ frame: 'clock', is: 1 }] }, 'all[0].frame'],
    [{ soon: true }, 'the whole'],
  ])('that is none is refused with its place: %o', async (condition, place) => {
    const goal = { type: 'condition', condition: condition as unknown as Condition } as const;
    const answer = await ask({ type: 'advance', goal, eventsMax: 10 });
    expect(answer).toMatchObject({ type: 'error', place });
    expect((answer as { message: string }).message).toMatch(/^This cannot be read: Expected a/);
  });

  test('with counts of another condition is an error, and the run stays', async () => {
    const goal = { type: 'condition', condition: { quiet: true }, counts: [1] } as const;
    expect(await ask({ type: 'advance', goal, eventsMax: 10 })).toMatchObject({
      type: 'error',
    });
  });
});
