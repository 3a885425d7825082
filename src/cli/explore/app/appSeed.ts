/**
 * One seed of the application: task clients submit, faults hit every process of the world, all checks read
 * along; then everything heals, and what living task clients have submitted must come to its end.
 *
 * Hardened: every check holds. Book-style: the checks of the application may break, and how each came to
 * break is what is looked for.
 */
import { drawBelow } from '../../../base/random';
import type { AppStyle } from '../../../bridge/app';
import type { Command } from '../../../bridge/command';
import { appName, isServer, type ProcessName, serverName } from '../../../bridge/names';
import type { TraceEntry } from '../../../bridge/traceEntry';
import type { TaskClientState } from '../../../engine/apps/taskClientState';
import { feedChecks, startChecks, viewChecks } from '../../../engine/checks/runner';
import {
  createRun,
  recordingOf,
  type Run,
  runUntil,
  runWhile,
  stepEvent,
} from '../../../engine/world/inProcess';
import type { ExploreOptions } from '../arguments';
import { type Dice, noTrouble, roll } from '../faults';
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
} from '../healing';
import type { SeedResult } from '../oneSeed';
import { repeat, type SeedProblem } from '../repeat';
import { isAtRest, startWatch, watch } from '../rest';
import { appConfig, drawTask } from './appConfig';
import { type Actor, type AppCast, drawAppFault, strike } from './appFaults';
import { type EdgeFound, edgesOf, type EdgeWatch, startEdgeWatch, watchEdges } from './edgeCases';

/** What book-style may break; the laws of the ensemble hold under any application. */
const BORNE = ['NoTaskLost', 'NoDuplicateEffect', 'NoStuckInbox', 'TokensNeverDecrease'];
/** Longer than any session, and than what a stuck inbox is given. */
const AFTER_MICROS = 15_000_000;
const QUIET_MICROS = 8_000_000;
/**
 * What it is worth striking behind: something has been done and not everybody knows, or was asked for and
 * is not answered.
 */
const SHARP = [
  ...['choose', 'assigned', 'executed', 'submitted', 'reported', 'effect', 'masterPhase'],
  ...['taskclient create ', 'master create ', 'worker create /status/', 'worker create /status/'],
  ...[' delete /', ' multi ', 'getChildren /', 'master getChildren /assign/', ' getData /'],
];
const SHARP_EVENTS_MAX = 120;
/** Submissions while the end of a session is awaited. */
const END_ROUNDS = 16;

const REPEAT_EVERY = 10;

interface AppExploration extends Troubled {
  options: ExploreOptions;
  dice: Dice;
  programs: ProcessName[];
  /** How many acts in a hundred are faults; the others submit a task. */
  faultPercent: number;
  edges: EdgeWatch;
  /** Submissions that took effect. */
  effects: Record<string, true>;
}

/** `onBegin` as in `exploreSeed`. */
export function exploreAppSeed(
  seed: number,
  options: ExploreOptions,
  style: AppStyle,
  onBegin: (run: Run) => void,
): SeedResult {
  const e = begin(seed, options, style);
  onBegin(e.run);
  let problem = trouble(e);
  problem ??= style === 'hardened' ? comeToRest(e) : comeToAnEnd(e);
  const recording = recordingOf(e.run);
  // Three more runs each: that takes time, and one in ten is enough to see that nothing else is different here.
  // What is repeated has to have come to rest, and book-style need not.
  if (style === 'hardened' && seed % REPEAT_EVERY === 0) problem ??= repeat(recording);
  const result: SeedResult = {
    seed,
    events: e.run.world.events,
    fingerprint: recording.fingerprint,
    recording,
  };
  if (problem !== undefined) result.problem = problem;
  if (style === 'book') result.found = foundBy(e);
  return result;
}

function begin(seed: number, options: ExploreOptions, style: AppStyle): AppExploration {
  const config = appConfig(seed, options, style);
  const checks = startChecks(config);
  const rest = startWatch();
  const sids = config.ensembles.flatMap(({ servers }) => servers);
  const edges = startEdgeWatch(sids);
  const effects: Record<string, true> = {};
  const onTrace = (entries: readonly TraceEntry[]) => {
    feedChecks(checks, entries);
    watch(rest, entries);
    if (style === 'book') watchEdges(edges, entries);
    for (const { type, name, detail } of entries) {
      if (type !== 'app' || name !== 'stored' || detail?.['outcome'] !== 'accepted') continue;
      effects[String(detail['key'])] = true;
    }
  };
  const exploration: AppExploration = {
    run: createRun(config, { invariants: true, onTrace }),
    checks,
    watch: rest,
    options,
    dice: { seed, purpose: 'explore.app', next: 0 },
    trouble: noTrouble(),
    servers: sids.map(serverName),
    letters: [],
    programs: (config.apps ?? []).flatMap(({ role, id }) =>
      role === 'storage' ? [] : [appName(role, id)],
    ),
    faultPercent: 10 + drawBelow(seed, 'explore.app.faultPercent', 0, 60),
    edges,
    effects,
  };
  if (style === 'book') exploration.borne = BORNE;
  return exploration;
}

function trouble(e: AppExploration): SeedProblem | undefined {
  const { run, dice, options } = e;
  runUntil(run, 1_500_000 + roll(dice, 1_000_000));
  while (run.world.events < options.events) {
    const before = run.world.events;
    if (options.faults.length > 0 && roll(dice, 100) < e.faultPercent / 8) aroundAnEnd(e);
    const actor = goOn(e);
    const broken = brokenNow(e);
    if (broken !== undefined) return broken;
    for (const command of drawAct(e, actor)) give(e, command);
    if (run.world.events === before && roll(dice, 4) === 0) healEverything(e);
  }
  return brokenNow(e);
}

/**
 * The end of a session is what masters and workers react to. So tasks come in while one ends, over slow
 * links now and then, and whoever asks for the inbox of the dead loses his connection before he is answered.
 */
function aroundAnEnd(e: AppExploration): void {
  const { run, dice, programs, servers } = e;
  if (roll(dice, 3) > 0) {
    const ms = 20 + roll(dice, 200);
    for (const a of programs.filter((name) => name.startsWith('master '))) {
      for (const b of servers) {
        give(e, { type: 'latency', a, b, ms });
        e.trouble.slowLinks.push({ a, b });
      }
    }
  }
  const workers = programs.filter((name) => name.startsWith('worker '));
  if (roll(dice, 4) > 0) give(e, { type: 'crash', process: pick(dice, workers) });
  let isOver = false;
  for (let n = 0; n < END_ROUNDS && !isOver; n += 1) {
    for (const command of drawSubmits(e)) give(e, command);
    const last = run.world.now + roll(dice, 250_000);
    const goesOn = (entries: readonly TraceEntry[]) => {
      isOver = entries.some(
        ({ type, request }) => type === 'propose' && request?.op === 'closeSession',
      );
      return !isOver && (entries[0]?.at ?? 0) < last;
    };
    runWhile(run, goesOn, SHARP_EVENTS_MAX * 4);
  }
  const actor = waitForActor(e, 'master getChildren /assign/', SHARP_EVENTS_MAX * 4);
  if (actor?.server === undefined) return;
  give(e, { type: 'reset', a: actor.process, b: actor.server, channel: 'client' });
}

function pick<T>(dice: Dice, from: readonly T[]): T {
  return from[roll(dice, from.length)] as T;
}

/** To the next act: some time on, or to just behind something that a program has done; who that was. */
function goOn(e: AppExploration): Actor | undefined {
  const { run, dice } = e;
  let actor: Actor | undefined;
  if (roll(dice, 2) === 0) {
    actor = waitForActor(e, pick(dice, SHARP), SHARP_EVENTS_MAX);
    if (roll(dice, 3) === 0) runUntil(run, run.world.now + roll(dice, 12_000));
  } else runUntil(run, run.world.now + drawGap(dice));
  for (let n = roll(dice, 6); n > 0; n -= 1) stepEvent(run);
  return actor;
}

/** Single events until a program does that, at most so many. */
function waitForActor(
  { run }: AppExploration,
  wanted: string,
  eventsMax: number,
): Actor | undefined {
  let actor: Actor | undefined;
  const goesOn = (entries: readonly TraceEntry[]) => {
    const found = entries.find((entry) => isSharp(entry, wanted));
    if (found !== undefined) actor = actorOf(found);
    return found === undefined;
  };
  runWhile(run, goesOn, eventsMax);
  return actor;
}

/** The application says so by that name, or asks for that operation on such a path. */
function isSharp({ type, name, process, request }: TraceEntry, wanted: string): boolean {
  if (type === 'app') return name === wanted && !process.startsWith('storage ');
  if (type !== 'send' || request === undefined || isServer(process)) return false;
  return `${process.split(' ')[0]} ${request.op} ${request.path ?? ''}`.includes(wanted);
}

function actorOf({ process, peer }: TraceEntry): Actor {
  return peer === undefined ? { process } : { process, server: peer };
}

/** Mostly short, now and then longer than any session. */
function drawGap(dice: Dice): number {
  const kind = roll(dice, 20);
  if (kind < 11) return roll(dice, 15_000);
  if (kind < 18) return roll(dice, 250_000);
  return roll(dice, 6_000_000);
}

function drawAct(e: AppExploration, actor: Actor | undefined): Command[] {
  const { dice, options, programs } = e;
  if (roll(dice, 100) < e.faultPercent) {
    const isStruck = actor !== undefined && options.faults.length > 0 && roll(dice, 2) === 0;
    if (isStruck) return strike(dice, actor, appCastOf(e), e.trouble);
    return drawAppFault(dice, options.faults, appCastOf(e), e.trouble);
  }
  const kind = roll(dice, 12);
  if (kind === 0) {
    const workers = programs.filter((name) => name.startsWith('worker '));
    return [{ type: 'fail', process: pick(dice, workers) }];
  }
  return drawSubmits(e);
}

function drawSubmits({ dice, programs }: AppExploration): Command[] {
  const process = pick(
    dice,
    programs.filter((name) => name.startsWith('taskclient ')),
  );
  const count = 1 + roll(dice, 3);
  return Array.from({ length: count }, () => ({ type: 'submit', process, task: drawTask(dice) }));
}

function appCastOf(e: AppExploration): AppCast {
  const { servers, programs } = e;
  return { servers, programs, storage: appName('storage', 's-1'), down: castOf(e).down };
}

/* ---- the end ---- */

/** Hardened: everybody comes to serve, all that was submitted ends, and then nothing goes on. */
function comeToRest(e: AppExploration): SeedProblem | undefined {
  const { run } = e;
  healEverything(e);
  const serves = waitForService(e);
  if (serves !== undefined) return serves === 'late' ? late(e, servesNot(e)) : serves;
  const ends = waitFor(e, () => openSubmissions(e).length === 0);
  if (ends === 'late') return late(e, `${openSubmissions(e).join(', ')} never ends`);
  if (ends !== undefined) return ends;
  const unreal = doneSubmissions(e).find((id) => e.effects[id] !== true);
  if (unreal !== undefined) return late(e, `${unreal} is done and has had no effect`);
  const soonest = run.world.now + QUIET_MICROS;
  const rests = waitFor(
    e,
    () => run.world.now >= soonest && isAtRest(e.watch, e.servers, run.world.now, QUIET_MICROS),
  );
  return rests === 'late' ? late(e, 'the healed world does not come to rest') : rests;
}

/** Book-style: time enough for what is broken to show. */
function comeToAnEnd(e: AppExploration): SeedProblem | undefined {
  healEverything(e);
  const serves = waitForService(e);
  if (serves !== undefined) return serves === 'late' ? late(e, servesNot(e)) : serves;
  const last = e.run.world.now + AFTER_MICROS;
  const ends = waitFor(e, () => e.run.world.now >= last);
  return ends === 'late' ? undefined : ends;
}

function submissions(e: AppExploration) {
  return e.programs.flatMap((name) => {
    const machine = e.run.shells[name]?.state.machine as TaskClientState | undefined;
    return machine?.role === 'taskclient' ? machine.submissions : [];
  });
}

function openSubmissions(e: AppExploration): string[] {
  return submissions(e).flatMap(({ id, state }) => (state === 'DONE' ? [] : [`${id} ${state}`]));
}

function doneSubmissions(e: AppExploration): string[] {
  return submissions(e).flatMap(({ id, state }) => (state === 'DONE' ? [id] : []));
}

/** Each edge case once, as it showed first. */
function foundBy(e: AppExploration): EdgeFound[] {
  const found = viewChecks(e.checks).flatMap((view) => (view.holds ? [] : edgesOf(e.edges, view)));
  return found.filter(({ edge }, i) => found.findIndex((other) => other.edge === edge) === i);
}
