import { beforeEach, describe, expect, test } from 'vitest';
import type { Command } from '../bridge/command';
import { isCommandError, parseCommand } from '../bridge/commandText';
import type { Frame } from '../bridge/frame';
import type { Answer, Goal, Question } from '../bridge/host';
import { DEFAULT_TIMING } from '../bridge/process';
import type { Recording, WorldConfig } from '../bridge/recording';
import type { TraceEntry } from '../bridge/traceEntry';
import { ALL_CHECKS } from '../engine/checks/all';
import { frameOf, replay } from '../engine/world/inProcess';
import { MACHINES } from '../engine/world/machines';
import { DEFAULT_ZOO_CONFIG } from '../zk/config';
import { type FakePorts, fakePorts } from './fakePort.test-support';
import { createHost } from './worldHost';

const CONFIG: WorldConfig = {
  seed: 4,
  ensembles: [{ servers: [1, 2, 3] }],
  clients: [{ letter: 'a', hosts: [1, 2, 3] }],
  config: DEFAULT_ZOO_CONFIG,
  timing: DEFAULT_TIMING,
  linkMicros: 2000,
  jitterMicros: 300,
  profile: 'fixed',
};

const loadMachines = async () => MACHINES;

let ports: FakePorts;
let ask: (question: Question) => Promise<Answer>;

beforeEach(async () => {
  ports = fakePorts();
  ask = createHost({ loadMachines, checks: ALL_CHECKS, openPort: ports.open });
  await ask({ type: 'open', config: CONFIG });
});

type FrameAnswer = Extract<Answer, { type: 'frame' }>;

async function shown(question: Question): Promise<FrameAnswer> {
  const answer = await ask(question);
  if (answer.type !== 'frame') throw new Error(`a frame was expected: ${JSON.stringify(answer)}`);
  return answer;
}

function advance(goal: Goal, eventsMax = 5000): Promise<FrameAnswer> {
  return shown({ type: 'advance', goal, eventsMax });
}

function tell(text: string): Promise<Answer> {
  const command = parseCommand(text);
  if (isCommandError(command)) throw new Error(command.message);
  return ask({ type: 'command', command: command as Command });
}

async function recording(): Promise<Recording> {
  const answer = await ask({ type: 'recording' });
  if (answer.type !== 'recording') throw new Error('a recording was expected');
  return answer.recording;
}

async function messageOf(answer: Promise<Answer>): Promise<string> {
  const got = await answer;
  return got.type === 'error' ? got.message : `no error: ${got.type}`;
}

describe('a run in workers', () => {
  test('is equal to the bit to its replay in process, commands and deaths included', async () => {
    const trace: TraceEntry[] = [];
    const keep = async (answer: Promise<FrameAnswer>) => trace.push(...(await answer).trace);
    await keep(advance({ type: 'time', at: 2_000_000 }));
    for (const text of ['zk a create /x 1', 'pause 2', 'zk a set /x 2', 'resume 2', 'crash 3']) {
      await keep(tell(text) as Promise<FrameAnswer>);
      await keep(advance({ type: 'events', n: 37 }));
    }
    await keep(tell('hold 1 2 quorum only COMMIT') as Promise<FrameAnswer>);
    await keep(advance({ type: 'time', at: 9_000_000 }));
    await keep(tell('restart 3') as Promise<FrameAnswer>);
    await keep(advance({ type: 'time', at: 12_000_000 }));
    const last = await advance({ type: 'events', n: 1 });
    trace.push(...last.trace);

    const made = await recording();
    const twin: TraceEntry[] = [];
    const run = replay(made, {
      project: true,
      checks: ALL_CHECKS,
      onTrace: (entries) => twin.push(...entries),
    });
    expect(last.frame).toEqual(frameOf(run));
    expect(trace).toEqual(twin);
    expect(last.frame.fingerprint).toBe(made.fingerprint);
    expect(last.frame.processes['2']?.status).toBe('running');
    // Those of the application are not listed without one.
    const listed = ALL_CHECKS.filter(({ isListed }) => isListed === undefined);
    expect(last.frame.checks.map(({ name }) => name)).toEqual(listed.map(({ name }) => name));
    expect(last.frame.checks.filter((check) => !check.holds)).toEqual([]);
  });

  test('has one worker for each process that lives', async () => {
    await advance({ type: 'time', at: 1_000_000 });
    await tell('crash 3');
    expect(ports.alive()).toEqual(['1', '2', 'client a']);
    await tell('restart 3');
    await tell('client b 1');
    expect(ports.alive()).toEqual(['1', '2', '3', 'client a', 'client b']);
    await ask({ type: 'open', config: { ...CONFIG, clients: [] } });
    expect(ports.alive()).toEqual(['1', '2', '3']);
  });

  test('stops on the way to a goal where a condition holds, whatever the goal is', async () => {
    await advance({ type: 'election' });
    await advance({ type: 'time', at: 3_000_000 });
    const stopAt = { condition: { entry: { type: 'commit' } } as const, counts: [0] };
    const goals: Goal[] = [
      { type: 'time', at: 60_000_000 },
      { type: 'events', n: 4000 },
      { type: 'quiet' },
      { type: 'election' },
    ];
    for (const [i, goal] of goals.entries()) {
      await tell(`zk a create /stop-${i} x`);
      const { reached, trace } = await shown({ type: 'advance', goal, eventsMax: 5000, stopAt });
      expect(reached, goal.type).toBe(true);
      const heads = trace.filter((entry) => entry.head === true).length;
      const last = trace.slice(trace.map((entry) => entry.head === true).lastIndexOf(true));
      expect(last.some((entry) => entry.type === 'commit')).toBe(true);
      expect(trace.filter((entry) => entry.type === 'commit')).toHaveLength(1);
      expect(heads).toBeGreaterThan(5);
      await advance({ type: 'quiet' });
    }
    // What was counted before counts: the next one but one would be too many.
    await tell('zk a set /stop-0 y');
    const twice = { condition: { entry: { type: 'commit' }, times: 2 } as const, counts: [1] };
    const counted = await shown({
      type: 'advance',
      goal: { type: 'events', n: 900 },
      eventsMax: 5000,
      stopAt: twice,
    });
    expect(counted.trace.filter((entry) => entry.type === 'commit')).toHaveLength(1);
    // Where it never holds, the goal is as far as it goes.
    const at = counted.frame.at + 1_000_000;
    const never = await shown({
      type: 'advance',
      goal: { type: 'time', at },
      eventsMax: 5000,
      stopAt: { condition: { entry: { type: 'snapshot', process: '9' } }, counts: [0] },
    });
    expect([never.reached, never.frame.at]).toEqual([true, at]);
    expect(
      await messageOf(
        ask({
          type: 'advance',
          goal: { type: 'quiet' },
          eventsMax: 10,
          stopAt: { condition: { entry: { typ: 'commit' } } as never, counts: [0] },
        }),
      ),
    ).toContain('typ');
  });

  test('reaches its goals and says so', async () => {
    const election = await advance({ type: 'election' });
    expect([election.reached, election.trace.at(-1)?.type]).not.toContain(false);
    expect(election.trace.some((entry) => entry.type === 'established')).toBe(true);
    expect((await advance({ type: 'quiet' })).reached).toBe(true);
    await tell('zk a create /x 1');
    const commit = await advance({ type: 'commit' });
    expect(commit.trace.filter((entry) => entry.type === 'commit')).toHaveLength(1);
    expect(commit.reached).toBe(true);
    const quiet = await advance({ type: 'quiet' });
    expect(quiet.reached).toBe(true);
    expect(quiet.frame.messages.filter((message) => !message.idle)).toEqual([]);
    expect(quiet.trace.some((entry) => entry.type === 'result')).toBe(true);
    await tell('zk a get /x');
    const next = await advance({ type: 'shown' });
    expect(next.trace.filter((entry) => entry.head).at(-1)?.idle).not.toBe(true);
    expect((await advance({ type: 'commit' }, 20)).reached).toBe(false);
  });

  test('takes a write from stage to stage', async () => {
    await advance({ type: 'time', at: 3_000_000 });
    await tell('zk a create /x 1');
    const seen: string[] = [];
    for (let i = 0; i < 20; i += 1) {
      const { trace, reached } = await advance({ type: 'stage' }, 300);
      if (!reached) break;
      const last = trace.filter((e) => e.head).at(-1);
      const about = trace.filter((e) => e.event === last?.event || e.cause === last?.id);
      seen.push(about.map((e) => `${e.type} ${e.kind ?? ''}`.trim()).join(', '));
    }
    expect(seen[0]).toContain('send REQUEST');
    expect(seen.at(-1)).toContain('deliver REPLY');
    for (const type of ['propose', 'ack', 'commit', 'apply']) {
      expect(
        seen.some((text) => text.includes(type)),
        type,
      ).toBe(true);
    }
    expect(seen.length).toBeGreaterThanOrEqual(6);
  });
});

describe('looking back', () => {
  test('shows each event as it was shown live, and the newest point is kept', async () => {
    await advance({ type: 'time', at: 2_000_000 });
    await tell('zk a create /x 1');
    const live = new Map<number, Frame>();
    const start = (await advance({ type: 'events', n: 1 })).frame.event;
    for (let i = 0; i < 70; i += 1) {
      if (i === 30) await tell('crash 3');
      if (i === 60) await tell('restart 3');
      const { frame } = await advance({ type: 'events', n: 1 });
      live.set(frame.event, frame);
    }
    const newest = start + 70;
    const { processes } = ((await tell('pause 1')) as FrameAnswer).frame;
    expect(processes['1']?.status).toBe('paused');
    for (let event = newest - 1; event > start; event -= 1) {
      const { frame, trace } = await shown({ type: 'seek', event });
      const was = live.get(event) as Frame;
      expect(frame.lastEvent).toBe(newest);
      expect(trace).toEqual([]);
      // A command between two events belongs to the later look of that event.
      if (event === start + 30 || event === start + 60) continue;
      expect(frame).toEqual({ ...was, lastEvent: newest });
    }
    const forward = await advance({ type: 'events', n: 5 });
    expect(forward.frame.event).toBe(start + 6);
    expect(forward.frame).toEqual({ ...live.get(start + 6), lastEvent: newest });
    const back = await shown({ type: 'seek', event: newest });
    expect(back.frame.processes['1']?.status).toBe('paused');
    expect(back.frame.event).toBe(newest);
  });

  test('finds goals in what has been, and a command returns to the newest event', async () => {
    await advance({ type: 'election' });
    await advance({ type: 'time', at: 3_000_000 });
    await tell('zk a create /x 1');
    const { frame } = await advance({ type: 'time', at: 4_000_000 });
    await shown({ type: 'seek', event: 0 });
    const election = await advance({ type: 'election' });
    expect(election.reached).toBe(true);
    const found = await ask({
      type: 'trace',
      from: election.frame.event,
      to: election.frame.event,
    });
    expect(JSON.stringify(found)).toContain('"established"');
    expect((await advance({ type: 'commit' })).frame.event).toBeLessThan(frame.event);
    const told = (await tell('zk a ls /')) as FrameAnswer;
    expect([told.returned, told.frame.event]).toEqual([true, frame.event]);
  });

  test('is prepared in idle time, and shows the same without', async () => {
    await advance({ type: 'time', at: 5_000_000 });
    await tell('crash 1');
    const { frame } = await advance({ type: 'time', at: 9_000_000 });
    const unprepared = await shown({ type: 'seek', event: frame.event - 1 });
    const other = createHost({
      loadMachines,
      checks: ALL_CHECKS,
      openPort: fakePorts().open,
    });
    await other({ type: 'open', config: CONFIG });
    const goal = (at: number) =>
      ({ type: 'advance', goal: { type: 'time', at }, eventsMax: 5000 }) as const;
    await other(goal(5_000_000));
    await other({ type: 'command', command: parseCommand('crash 1') as Command });
    await other(goal(9_000_000));
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await other({ type: 'seek', event: frame.event - 1 })).toEqual(unprepared);
  });

  test('is as quick backwards as forwards after the first step', async () => {
    await advance({ type: 'time', at: 9_000_000 });
    const { frame } = await advance({ type: 'events', n: 1 });
    await shown({ type: 'seek', event: frame.event - 1 });
    for (let i = 2; i < 100; i += 1) await shown({ type: 'seek', event: frame.event - i });
    const begin = performance.now();
    for (let i = 100; i < 140; i += 1) await shown({ type: 'seek', event: frame.event - i });
    expect((performance.now() - begin) / 40).toBeLessThan(50);
  });
});

describe('the znodes of a server', () => {
  const look = async (server: string, from: number | string = 0) => {
    const answer = await ask({
      type: 'znodes',
      server: server as never,
      wish: { from, count: 50 },
    });
    return answer.type === 'znodes' ? answer.page.nodes.map(({ path }) => path) : answer;
  };

  test('are those of the event that is shown, live and looking back', async () => {
    await advance({ type: 'time', at: 2_000_000 });
    await tell('zk a create /x 1');
    await advance({ type: 'quiet' });
    const { frame } = await tell('zk a create /y 1').then(() => advance({ type: 'quiet' }));
    const all = ['/', '/x', '/y', '/zookeeper', '/zookeeper/config', '/zookeeper/quota'];
    for (const server of ['1', '2', '3']) expect(await look(server)).toEqual(all);
    expect(await look('2', '/y')).toEqual(all.slice(2));
    await shown({ type: 'seek', event: 20 });
    expect(await look('1')).not.toContain('/x');
    await shown({ type: 'seek', event: frame.event });
    expect(await look('1')).toEqual(all);
  });

  test('cannot be seen of what does not live, or is no server', async () => {
    await advance({ type: 'time', at: 2_000_000 });
    await tell('crash 3');
    for (const name of ['3', '9', 'client a']) {
      expect(await look(name)).toMatchObject({ type: 'error', place: 'server' });
    }
  });
});

describe('what is wrong is said, and what was there stays', () => {
  test('wrong commands, events and goals', async () => {
    const { frame } = await advance({ type: 'time', at: 1_000_000 });
    expect(await messageOf(tell('crash 7'))).toBe('there is no process 7');
    expect(await messageOf(ask({ type: 'seek', event: frame.event + 1 }))).toContain('no event');
    expect(await messageOf(ask({ type: 'seek', event: -1 }))).toContain('no event');
    const none = { type: 'advance', goal: { type: 'commit' }, eventsMax: 0 } as const;
    expect(await messageOf(ask(none))).toContain('one event or more');
    expect((await shown({ type: 'seek', event: frame.event })).frame).toEqual(frame);
    const fresh = createHost({ loadMachines, checks: [], openPort: ports.open });
    expect(await messageOf(fresh({ type: 'recording' }))).toBe('nothing is open yet');
  });

  test('a recording that leads elsewhere', async () => {
    await advance({ type: 'time', at: 1_000_000 });
    await tell('crash 3');
    const { frame } = await advance({ type: 'events', n: 30 });
    const made = await recording();
    const opened = await shown({ type: 'openRecording', recording: made });
    expect(opened.frame).toEqual(frame);
    expect(opened.trace.filter((entry) => entry.head)).toHaveLength(frame.event);
    const further = await advance({ type: 'events', n: 10 });
    expect(further.frame.event).toBe(frame.event + 10);

    const other = { ...made, fingerprint: '00000000' };
    expect(await messageOf(ask({ type: 'openRecording', recording: other }))).toContain('00000000');
    const crashed = { ...made, commands: [...made.commands, ...made.commands] };
    expect(await messageOf(ask({ type: 'openRecording', recording: crashed }))).toContain(
      'command 2',
    );
    const long = { ...made, events: made.events + 1 };
    expect(await messageOf(ask({ type: 'openRecording', recording: long }))).toContain('recording');
    expect((await shown({ type: 'seek', event: frame.event + 10 })).frame).toEqual(further.frame);
  });

  test('input of another shape, with its place; what runs stays', async () => {
    const { frame } = await advance({ type: 'time', at: 1_000_000 });
    const made = await recording();
    const wrongs: [Question, string][] = [
      [{ type: 'open', config: { ...CONFIG, seed: 'seven' } as never }, 'seed'],
      [{ type: 'openRecording', recording: { ...made, version: 2 } as never }, 'version'],
      [{ type: 'openRecording', recording: null as never }, 'the whole'],
      [{ type: 'command', command: { type: 'explode' } as never }, 'type'],
      [{ type: 'command', command: { type: 'crash', process: 3 } as never }, 'process'],
    ];
    for (const [question, place] of wrongs) {
      const message = await messageOf(ask(question));
      expect(message).toMatch(/^This cannot be read: /);
      expect(message).toContain(`(at ${place})`);
    }
    expect((await shown({ type: 'seek', event: frame.event })).frame).toEqual(frame);
  });

  test('an engine that breaks names process, event and seed, and the past can still be seen', async () => {
    const broken = {
      ...MACHINES,
      client: {
        ...MACHINES.client,
        step(...args: Parameters<typeof MACHINES.client.step>) {
          if (args[2].now > 1_500_000) throw new Error('broken law: on purpose');
          MACHINES.client.step(...args);
        },
      },
    };
    const openPort = fakePorts(broken).open;
    const host = createHost({ loadMachines: async () => broken, checks: [], openPort });
    await host({ type: 'open', config: CONFIG });
    await host({ type: 'advance', goal: { type: 'time', at: 1_400_000 }, eventsMax: 10_000 });
    const far = {
      type: 'advance',
      goal: { type: 'time', at: 30_000_000 },
      eventsMax: 10_000,
    } as const;
    const message = await messageOf(host(far));
    expect(message).toMatch(/process client a after event \d+ \(seed 4\): broken law: on purpose/);
    expect(await messageOf(host(far))).toBe(message);
    const past = await host({ type: 'seek', event: 20 });
    expect(past.type === 'frame' && past.frame.event).toBe(20);
    expect((await host({ type: 'recording' })).type).toBe('recording');
  });
});
