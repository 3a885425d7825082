/**
 * One seed: clients work, faults come and go, all checks read along; then
 * everything heals and the servers must come to rest and be equal. The same
 * inputs are then run again, by windows, event by event and through clones of
 * the state, and must leave the same fingerprint.
 */
import { feedChecks, startChecks } from '../../engine/checks/runner';
import {
  createRun,
  recordingOf,
  runUntil,
  stepEvent,
  type Run,
} from '../../engine/world/inProcess';
import { drawBelow } from '../../base/random';
import type { Command } from '../../bridge/command';
import { serverName, shortName } from '../../bridge/names';
import type { Recording } from '../../bridge/recording';
import type { ExploreOptions } from './arguments';
import { drawFault, noTrouble, roll, type Dice } from './faults';
import {
  brokenNow,
  castOf,
  give,
  healEverything,
  late,
  servesNot,
  type Troubled,
  waitFor,
  waitForService,
} from './healing';
import { isAtRest, startWatch, watch } from './rest';
import { repeat, type SeedProblem } from './repeat';
import { seedConfig } from './seedConfig';
import { drawLine } from './workload';
import type { EdgeFound } from './app/edgeCases';

export interface SeedResult {
  seed: number;
  events: number;
  fingerprint: string;
  problem?: SeedProblem;
  recording: Recording;
  /** Edge cases of the application that came out as broken checks. */
  found?: EdgeFound[];
}

/** Letter of the client that writes once at the end. */
const LAST_CLIENT = 'z';

interface Exploration extends Troubled {
  options: ExploreOptions;
  dice: Dice;
  /** How many acts in a hundred are faults; the others are lines of clients. */
  faultPercent: number;
  lines: Record<string, number>;
  /** Clients whose session has ended; the next line makes a new one. */
  closed: Record<string, boolean>;
}

/** `onBegin` gets the run before its first event, so that whoever catches a broken law of the engine can still record it. */
export function exploreSeed(
  seed: number,
  options: ExploreOptions,
  onBegin: (run: Run) => void = () => {},
): SeedResult {
  const e = begin(seed, options);
  onBegin(e.run);
  let problem = trouble(e) ?? comeToRest(e);
  const recording = recordingOf(e.run);
  problem ??= repeat(recording);
  return {
    seed,
    events: e.run.world.events,
    fingerprint: recording.fingerprint,
    recording,
    ...(problem === undefined ? {} : { problem }),
  };
}

function begin(seed: number, options: ExploreOptions): Exploration {
  const config = seedConfig(seed, options);
  const checks = startChecks(config);
  const rest = startWatch();
  const closed: Record<string, boolean> = {};
  const run = createRun(config, {
    invariants: true,
    onTrace: (entries) => {
      feedChecks(checks, entries);
      watch(rest, entries);
      for (const { type, process, name } of entries) {
        if (type === 'clientState') closed[shortName(process)] = name === 'CLOSED';
      }
    },
  });
  return {
    run,
    checks,
    watch: rest,
    options,
    dice: { seed, purpose: 'explore.schedule', next: 0 },
    trouble: noTrouble(),
    servers: config.ensembles.flatMap(({ servers }) => servers.map(serverName)),
    letters: config.clients.map(({ letter }) => letter),
    // Some seeds let the ensemble work, some hardly let it elect a leader.
    faultPercent: 4 + drawBelow(seed, 'explore.faultPercent', 0, 32),
    lines: {},
    closed,
  };
}

/** The troubled part, until so many events have happened or a check breaks. */
function trouble(e: Exploration): SeedProblem | undefined {
  const { run, dice, options } = e;
  runUntil(run, 1_500_000 + roll(dice, 1_000_000));
  while (run.world.events < options.events) {
    const before = run.world.events;
    runUntil(run, run.world.now + drawGap(dice));
    // Some commands fall between two events of one window.
    for (let n = roll(dice, 6); n > 0; n -= 1) stepEvent(run);
    const broken = brokenNow(e);
    if (broken !== undefined) return broken;
    for (const command of drawAct(e)) give(e, command);
    // Everybody is dead or stands still: only a command moves anything.
    if (run.world.events === before && roll(dice, 4) === 0) healEverything(e);
  }
  return brokenNow(e);
}

/** Mostly short, now and then long enough for timeouts. */
function drawGap(dice: Dice): number {
  const kind = roll(dice, 20);
  if (kind < 11) return roll(dice, 15_000);
  if (kind < 18) return roll(dice, 200_000);
  return roll(dice, 3_000_000);
}

function drawAct(e: Exploration): Command[] {
  const { dice, options, letters } = e;
  if (roll(dice, 100) >= e.faultPercent) {
    const letter = letters[roll(dice, letters.length)] as string;
    const index = e.lines[letter] ?? 0;
    e.lines[letter] = index + 1;
    if (e.closed[letter] === true) return [{ type: 'zk', letter, line: connectLine(e) }];
    return [{ type: 'zk', letter, line: drawLine(dice.seed, letter, index) }];
  }
  return drawFault(dice, options.faults, castOf(e), e.trouble);
}

/** As a person does at zkCli once a session has expired. */
function connectLine(e: Exploration): string {
  return `connect ${e.servers.map((name) => `zk${name}:2181`).join(',')}`;
}

function comeToRest(e: Exploration): SeedProblem | undefined {
  const { run } = e;
  healEverything(e);
  const serves = waitForService(e);
  if (serves !== undefined) return serves === 'late' ? late(e, servesNot(e)) : serves;
  give(e, { type: 'client', letter: LAST_CLIENT, hosts: e.servers.map(Number), timeoutMs: 5000 });
  give(e, { type: 'zk', letter: LAST_CLIENT, line: 'create /rest done' });
  // A write of the new epoch moves everybody's lastProcessedZxid; quiet is longer than any session.
  const quiet = 8_000_000;
  const soonest = run.world.now + quiet;
  const rests = waitFor(
    e,
    () => run.world.now >= soonest && isAtRest(e.watch, e.servers, run.world.now, quiet),
  );
  return rests === 'late' ? late(e, 'the healed ensemble does not come to rest') : rests;
}
