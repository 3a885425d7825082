/**
 * The end of every exploration: all that was done is undone, whoever is down is started again, and the
 * ensemble must come to serve.
 */
import { type ChecksState, firstBroken } from '../../engine/checks/runner';
import { order, type Run, runUntil } from '../../engine/world/inProcess';
import type { Command } from '../../bridge/command';
import type { ProcessName } from '../../bridge/names';
import { type Cast, healAll, noTrouble, type Trouble } from './faults';
import type { SeedProblem } from './repeat';
import { everybodyServes, leaderIn, type RestWatch } from './rest';

/** How long the healed ensemble may take until everybody serves, and then until all is quiet. */
const REST_MICROS_MAX = 240_000_000;
const LOOK_EVERY_MICROS = 500_000;
/** A learner that is still turned away by its epoch after this long will be for ever. */
const STUCK_MICROS = 10_000_000;

/** What every exploration is made of. */
export interface Troubled {
  run: Run;
  checks: ChecksState;
  watch: RestWatch;
  trouble: Trouble;
  servers: ProcessName[];
  letters: string[];
  /** Checks whose breaks are what is looked for: they do not end the exploration. */
  borne?: readonly string[];
}

export function castOf(e: Troubled): Cast {
  const down = e.run.world.processes.filter(({ status }) => status === 'down');
  return {
    servers: e.servers.map(Number),
    clients: e.letters,
    down: down.map(({ name }) => name),
  };
}

/**
 * A command may be refused (a process that ended by itself since, a connection
 * that is gone): the draw was made without looking, and a refusal changes nothing.
 */
export function give(e: Troubled, command: Command): void {
  order(e.run, command);
}

export function healEverything(e: Troubled): void {
  const before = e.trouble;
  for (const process of before.paused) give(e, { type: 'resume', process });
  // What was ordered during a pause happens at its end, behind what is ordered at that same moment.
  runUntil(e.run, e.run.world.now + 1);
  for (const command of healAll(castOf(e), before)) give(e, command);
  e.trouble = noTrouble();
}

export function brokenNow(e: Troubled): SeedProblem | undefined {
  const broken = firstBroken(e.checks, e.borne);
  if (broken === undefined) return undefined;
  return { check: broken.name, event: broken.event ?? 0, explanation: broken.explanation };
}

export function late(e: Troubled, explanation: string): SeedProblem {
  return { check: 'Liveness', event: e.run.world.events, explanation };
}

/**
 * A server that accepted an epoch while it tried to lead can join no leader of an
 * older one: it goes on trying until somebody else leads. That is ZooKeeper's own
 * behaviour, and what an operator does about it is done here: restart the leader.
 */
export function waitForService(e: Troubled): SeedProblem | 'late' | undefined {
  const isServed = () => everybodyServes(e.watch, e.servers);
  const { run } = e;
  for (let restarts = 0; restarts < 3; restarts += 1) {
    const from = run.world.now + STUCK_MICROS;
    const isStuck = () => run.world.now > from && e.watch.tooOldLeaderAt > from;
    const found = waitFor(e, () => isServed() || isStuck());
    const leader = leaderIn(e.watch);
    if (found !== undefined || isServed() || leader === undefined) return found;
    give(e, { type: 'crash', process: leader });
    give(e, { type: 'restart', process: leader });
  }
  return waitFor(e, isServed);
}

/** Runs until `isThere`, at most REST_MICROS_MAX; a check that breaks on the way ends it too. */
export function waitFor(e: Troubled, isThere: () => boolean): SeedProblem | 'late' | undefined {
  const { run } = e;
  const last = run.world.now + REST_MICROS_MAX;
  while (!isThere()) {
    if (run.world.now >= last) return 'late';
    runUntil(run, run.world.now + LOOK_EVERY_MICROS);
    restartExited(e);
    const broken = brokenNow(e);
    if (broken !== undefined) return broken;
  }
  return undefined;
}

/** A server that ends by itself is started again, as an init system would. */
function restartExited(e: Troubled): void {
  for (const process of castOf(e).down) give(e, { type: 'restart', process });
}

export function servesNot(e: Troubled): string {
  const states = e.servers.map((name) => {
    const server = e.watch.servers[name];
    return `${name} ${server?.role ?? 'never started'} ${server?.zab ?? ''}`.trim();
  });
  return `the healed ensemble does not serve: ${states.join(', ')}`;
}
