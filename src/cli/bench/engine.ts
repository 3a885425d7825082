/**
 * The engine's speed, in process, with trace, fingerprint and recording on: five
 * servers, one client that writes every 200 ms of virtual time on six znodes in
 * turn. A message is one delivery from one server to another.
 */
import { isServer } from '../../bridge/names';
import { DEFAULT_TIMING } from '../../bridge/process';
import type { TraceEntry } from '../../bridge/traceEntry';
import { createRun, order, recordingOf, runUntil, type Run } from '../../engine/world/inProcess';
import { DEFAULT_ZOO_CONFIG } from '../../zk/config';
import { cpuSeconds, heapAfterGc, type Figure } from './figures';

const WRITE_EVERY_MICROS = 200_000;
const ZNODES = 6;
/** The run goes on for so long before the main figures are taken, so that compiling is not counted; the figures `@N` begin with the run. */
const WARM_UP_MICROS = 600_000_000;
/** The span of the main figures, virtual. */
const SPAN_MICROS = 600_000_000;
/** Where the figures `@N` are taken, over messages N/2 to N. */
const MARKS = [1000, 10_000, 100_000, 1_000_000];

export interface EngineOptions {
  /** The run goes on behind its span until so many messages; less is quicker. */
  messagesMax: number;
}

interface Counters {
  messages: number;
  commits: number;
}

/** A point of the run, to take differences of. */
interface Point extends Counters {
  events: number;
  cpu: number;
}

export function benchEngine({ messagesMax }: EngineOptions): Figure[] {
  const counters: Counters = { messages: 0, commits: 0 };
  const run = startRun(counters);
  let start: Point | undefined;
  const halves = new Map<number, Point>();
  const figures: Figure[] = [];
  let end: Point | undefined;
  let writes = 0;
  const spanBegin = run.world.now + WARM_UP_MICROS;
  while (end === undefined || counters.messages < messagesMax) {
    write(run, writes);
    writes += 1;
    for (const mark of MARKS) {
      const half = halves.get(mark);
      if (half === undefined && counters.messages >= mark / 2) {
        halves.set(mark, pointOf(run, counters));
      } else if (half !== undefined && half.cpu >= 0 && counters.messages >= mark) {
        figures.push(...ratesOf(half, pointOf(run, counters), `@${markText(mark)}`));
        halves.set(mark, { ...half, cpu: -1 });
      }
    }
    if (start === undefined && run.world.now >= spanBegin) start = pointOf(run, counters);
    if (start !== undefined && end === undefined && run.world.now >= spanBegin + SPAN_MICROS) {
      end = pointOf(run, counters);
      figures.push(...ratesOf(start, end, ''));
    }
  }
  figures.push({
    name: 'recording_bytes',
    value: JSON.stringify(recordingOf(run)).length,
    unit: 'bytes',
    n: run.world.events,
  });
  figures.push(bytesKept());
  return figures;
}

/** A run of its own: forcing the collector throws compiled code away, which the rates would pay for. */
function bytesKept(): Figure {
  const run = startRun({ messages: 0, commits: 0 });
  const before = { heap: heapAfterGc(), events: run.world.events };
  for (let i = 0; i < SPAN_MICROS / WRITE_EVERY_MICROS; i += 1) write(run, i);
  const n = run.world.events - before.events;
  const kept = (heapAfterGc() - before.heap) / n;
  return { name: 'bytes_per_event_kept', value: Math.round(kept * 10) / 10, unit: 'bytes', n };
}

/** One write, and the virtual time until the next. */
function write(run: Run, i: number): void {
  order(run, { type: 'zk', letter: 'a', line: `set /n${i % ZNODES} ${i}` });
  runUntil(run, run.world.now + WRITE_EVERY_MICROS);
}

/** An elected ensemble whose client has made its six znodes. */
function startRun(counters: Counters): Run {
  const run = createRun(
    {
      seed: 1,
      ensembles: [{ servers: [1, 2, 3, 4, 5] }],
      clients: [{ letter: 'a', hosts: [1, 2, 3, 4, 5] }],
      config: DEFAULT_ZOO_CONFIG,
      timing: DEFAULT_TIMING,
      linkMicros: 2000,
      jitterMicros: 0,
      profile: 'fixed',
    },
    { onTrace: (entries) => count(counters, entries) },
  );
  runUntil(run, 10_000_000);
  for (let i = 0; i < ZNODES; i += 1) {
    order(run, { type: 'zk', letter: 'a', line: `create /n${i} 0` });
    runUntil(run, run.world.now + WRITE_EVERY_MICROS);
  }
  counters.messages = 0;
  counters.commits = 0;
  return run;
}

function count(counters: Counters, entries: readonly TraceEntry[]): void {
  for (const { type, process, peer } of entries) {
    if (type === 'deliver') {
      if (peer !== undefined && isServer(process) && isServer(peer)) counters.messages += 1;
    } else if (type === 'commit') counters.commits += 1;
  }
}

function pointOf(run: Run, { messages, commits }: Counters): Point {
  return { messages, commits, events: run.world.events, cpu: cpuSeconds() };
}

function ratesOf(from: Point, to: Point, suffix: string): Figure[] {
  const cpu = to.cpu - from.cpu;
  const rate = (name: string, n: number): Figure => ({
    name: `${name}_per_cpu_s${suffix}`,
    value: Math.round(n / cpu),
    unit: '1/s',
    n,
  });
  return [
    rate('messages', to.messages - from.messages),
    rate('events', to.events - from.events),
    rate('commits', to.commits - from.commits),
  ];
}

function markText(mark: number): string {
  return mark >= 1_000_000 ? `${mark / 1_000_000}M` : `${mark / 1000}k`;
}
