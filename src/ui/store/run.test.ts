import { beforeEach, describe, expect, test } from 'vitest';
import { firstTraceId, type TraceId } from '../../base/traceId';
import type { Frame } from '../../bridge/frame';
import type { Answer, Question } from '../../bridge/host';
import { serverName } from '../../bridge/names';
import type { TraceEntry } from '../../bridge/traceEntry';
import { type Host, HostError } from './host';
import { page, put } from './page';
import { attachHost, command, openEnsemble, runToCommit, seek, step, stepBack } from './run';

/** A world of a hundred events; each third one is a ping. Event 30 commits. */
class FakeWorld implements Host {
  readonly asked: Question[] = [];
  event = 0;
  last = 0;
  refusal: HostError | undefined;

  ask = async (question: Question) => {
    this.asked.push(question);
    if (this.refusal !== undefined) throw this.refusal;
    return this.answer(question) as never;
  };

  private answer(question: Question): Answer {
    switch (question.type) {
      case 'open':
        this.event = 0;
        this.last = 0;
        return this.frame([]);
      case 'advance': {
        const goal = question.goal;
        if (goal.type === 'time') return { ...this.run(() => true, 1), reached: true };
        return this.run(
          (e) => goal.type !== 'shown' || e.idle !== true,
          goal.type === 'commit' ? 1000 : goal.type === 'shown' ? 1000 : 10,
          goal.type === 'commit' ? 30 : undefined,
        );
      }
      case 'seek':
        this.event = question.event;
        return this.frame([]);
      case 'command': {
        const returned = this.event < this.last;
        this.event = this.last;
        return { ...this.frame([]), returned };
      }
      default:
        throw new Error(`not asked here: ${question.type}`);
    }
  }

  private run(is: (e: TraceEntry) => boolean, max: number, until?: number) {
    const trace: TraceEntry[] = [];
    for (let i = 0; i < max && this.last < 100; i += 1) {
      this.last += 1;
      const e = head(this.last);
      trace.push(e);
      if (this.last === 30) trace.push({ ...e, head: undefined, event: undefined, type: 'commit' });
      if (until === undefined ? is(e) : this.last === until) break;
    }
    this.event = this.last;
    return { ...this.frame(trace), reached: this.last < 100 };
  }

  private frame(trace: TraceEntry[]): Extract<Answer, { type: 'frame' }> {
    const frame = { event: this.event, lastEvent: this.last, at: this.event * 1000 } as Frame;
    frame.processes = {};
    frame.messages = [];
    frame.links = [];
    return { type: 'frame', frame, trace };
  }
}

function head(event: number): TraceEntry {
  const id = (firstTraceId(1, 0) + event) as TraceId;
  const entry: TraceEntry = {
    id,
    at: event * 1000,
    process: serverName(1),
    type: 'work',
    head: true,
    event,
  };
  if (event % 3 === 0) entry.idle = true;
  return entry;
}

let world: FakeWorld;

beforeEach(async () => {
  world = new FakeWorld();
  attachHost(world);
  put({ problem: undefined, frame: undefined });
  await openEnsemble({ servers: 3, seed: 7 });
});

const eventNow = () => page().frame?.event;

describe('opening', () => {
  test('elects, comes to rest, orders one write and stops before it', () => {
    const types = world.asked.map((q) => (q.type === 'advance' ? q.goal.type : q.type));
    expect(types).toEqual(['open', 'election', 'quiet', 'command']);
    expect(world.asked.at(-1)).toMatchObject({ command: { type: 'zk', line: 'create /a hello' } });
    expect(page().isInviting).toBe(true);
    expect(page().isOpening).toBe(false);
    expect(page().trace.shown.length).toBeGreaterThan(0);
  });
});

describe('stepping', () => {
  test('goes over pings, forward and back, and asks for nothing it knows', async () => {
    const first = eventNow() ?? 0;
    const events: (number | undefined)[] = [];
    for (let i = 0; i < 6; i += 1) {
      await step();
      events.push(eventNow());
    }
    expect(events.every((e) => (e ?? 0) % 3 !== 0)).toBe(true);
    const back: (number | undefined)[] = [];
    for (let i = 0; i < 5; i += 1) {
      await stepBack();
      back.push(eventNow());
    }
    expect(back).toEqual(events.slice(0, 5).reverse());
    const advances = world.asked.filter((q) => q.type === 'advance').length;
    for (let i = 0; i < 5; i += 1) await step();
    expect(eventNow()).toBe(events.at(-1));
    expect(world.asked.filter((q) => q.type === 'advance')).toHaveLength(advances);
    expect(first).toBeLessThan(events[0] ?? 0);
  });

  test('says so when nothing but pings would follow', async () => {
    await seek(0);
    world.last = 99;
    await seek(99);
    await step();
    await step();
    expect(page().notice?.key).toBe('notice.nothingShown');
  });

  test('runs to a commit that it knows by looking, to a new one by asking', async () => {
    await runToCommit();
    expect(eventNow()).toBe(30);
    await seek(5);
    const asked = world.asked.length;
    await runToCommit();
    expect(eventNow()).toBe(30);
    expect(world.asked.slice(asked).map((q) => q.type)).toEqual(['seek']);
  });
});

describe('acting', () => {
  test('from an older event returns to the newest first, and says so', async () => {
    for (let i = 0; i < 3; i += 1) await step();
    await stepBack();
    expect(await command({ type: 'crash', process: serverName(3) })).toBe(true);
    expect(page().notice?.key).toBe('notice.returned');
    expect(eventNow()).toBe(page().frame?.lastEvent);
  });

  test('that is refused leaves everything as it was', async () => {
    const { frame } = page();
    world.refusal = new HostError('there is no process 9', 'process');
    expect(await command({ type: 'crash', process: serverName(9) })).toBe(false);
    expect(page().problem).toMatchObject({ message: 'there is no process 9', fatal: false });
    expect(page().frame).toBe(frame);
    world.refusal = undefined;
    await step();
    expect(page().frame).not.toBe(frame);
  });

  test('a refusal can be told to whoever gave the order instead', async () => {
    world.refusal = new HostError('no');
    let told = '';
    const isDone = await command({ type: 'heal' }, (error) => {
      told = error.message;
    });
    expect([isDone, told, page().problem]).toEqual([false, 'no', undefined]);
  });
});
