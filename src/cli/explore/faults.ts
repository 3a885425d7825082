/**
 * What goes wrong in an exploration, drawn from the seed. Each kind of fault
 * knows how to begin and how to end, and ends about as often as it begins, so
 * that a run neither stands still nor heals at once.
 */
import { drawBelow } from '../../base/random';
import type { Command } from '../../bridge/command';
import { clientName, serverName, type ProcessName } from '../../bridge/names';
import { THREAD_NAMES } from '../../bridge/threads';
import type { ConnectionKind } from '../../zk/packets';
import type { FaultName } from './arguments';

/** What the explorer did and has not undone. */
export interface Trouble {
  paused: ProcessName[];
  frozen: { process: ProcessName; thread: string }[];
  held: { a: ProcessName; b: ProcessName; channel: ConnectionKind }[];
  isCut: boolean;
  slowDisks: ProcessName[];
  slowLinks: { a: ProcessName; b: ProcessName }[];
}

export function noTrouble(): Trouble {
  return { paused: [], frozen: [], held: [], isCut: false, slowDisks: [], slowLinks: [] };
}

/** A stream of draws: each call is the next one. */
export interface Dice {
  seed: number;
  purpose: string;
  next: number;
}

export function roll(dice: Dice, bound: number): number {
  dice.next += 1;
  return drawBelow(dice.seed, dice.purpose, dice.next, bound);
}

function pick<T>(dice: Dice, from: readonly T[]): T {
  return from[roll(dice, from.length)] as T;
}

export interface Cast {
  servers: readonly number[];
  clients: readonly string[];
  /** Processes that do not run now: crashed, or ended by themselves. */
  down: readonly ProcessName[];
}

/** The commands of one act of trouble (or of its end); none when there is nothing to do. */
export function drawFault(
  dice: Dice,
  faults: readonly FaultName[],
  cast: Cast,
  trouble: Trouble,
): Command[] {
  if (faults.length === 0) return [];
  switch (pick(dice, faults)) {
    case 'crash':
      return crash(dice, cast);
    case 'pause':
      return pause(dice, cast, trouble);
    case 'freeze':
      return freeze(dice, cast, trouble);
    case 'cut':
      return cut(dice, cast, trouble);
    case 'partition':
      return partition(dice, cast, trouble);
    case 'hold':
      return hold(dice, cast, trouble);
    case 'latency':
      return latency(dice, cast, trouble);
    case 'reset':
      return [{ type: 'reset', ...pair(dice, cast), channel: channel(dice) }];
    case 'disk':
      return disk(dice, cast, trouble);
  }
}

/** Everything that heals, pauses apart; `down` is started again. */
export function healAll(cast: Cast, trouble: Trouble): Command[] {
  return [
    { type: 'heal' },
    ...trouble.slowLinks.map((link): Command => ({ type: 'latency', ...link, ms: 1 })),
    ...trouble.held.map((held): Command => ({ type: 'release', ...held })),
    ...trouble.frozen
      .filter(({ process }) => !cast.down.includes(process))
      .map((frozen): Command => ({ type: 'thaw', ...frozen })),
    ...cast.servers.map(
      (sid): Command => ({ type: 'disk', process: serverName(sid), fault: 'ok' }),
    ),
    ...cast.down.map((process): Command => ({ type: 'restart', process })),
  ];
}

function everybody(cast: Cast): ProcessName[] {
  return [...cast.servers.map(serverName), ...cast.clients.map(clientName)];
}

function anyServer(dice: Dice, cast: Cast): ProcessName {
  return serverName(pick(dice, cast.servers));
}

/** Two servers, or a client and a server; the first of two servers may stand on either side. */
function pair(dice: Dice, cast: Cast): { a: ProcessName; b: ProcessName } {
  const b = anyServer(dice, cast);
  const others = everybody(cast).filter((name) => name !== b);
  return { a: pick(dice, others), b };
}

function channel(dice: Dice): ConnectionKind {
  return pick(dice, ['client', 'quorum', 'quorum', 'election'] as const);
}

function crash(dice: Dice, cast: Cast): Command[] {
  // The more are down, the likelier one comes back.
  if (roll(dice, cast.servers.length + 1) < cast.down.length * 2 && cast.down.length > 0) {
    return [{ type: 'restart', process: pick(dice, cast.down) }];
  }
  const up = everybody(cast).filter((name) => !cast.down.includes(name));
  const servers = up.filter((name) => !name.startsWith('client'));
  // A client dies now and then: its session has to expire by itself.
  const victims = roll(dice, 6) === 0 ? up : servers;
  return victims.length === 0 ? [] : [{ type: 'crash', process: pick(dice, victims) }];
}

function pause(dice: Dice, cast: Cast, trouble: Trouble): Command[] {
  if (trouble.paused.length > 0 && roll(dice, 3) > 0) {
    const process = pick(dice, trouble.paused);
    trouble.paused = trouble.paused.filter((name) => name !== process);
    return cast.down.includes(process) ? [] : [{ type: 'resume', process }];
  }
  const up = everybody(cast).filter(
    (name) => !cast.down.includes(name) && !trouble.paused.includes(name),
  );
  if (up.length === 0) return [];
  const process = pick(dice, up);
  trouble.paused.push(process);
  return [{ type: 'pause', process }];
}

function freeze(dice: Dice, cast: Cast, trouble: Trouble): Command[] {
  if (trouble.frozen.length > 0 && roll(dice, 3) > 0) {
    const thawed = trouble.frozen.splice(roll(dice, trouble.frozen.length), 1);
    return thawed
      .filter(({ process }) => !cast.down.includes(process))
      .map((frozen) => ({ type: roll(dice, 4) === 0 ? 'step' : 'thaw', ...frozen }) as Command)
      .flatMap((command) => {
        // One item let through a frozen thread leaves it frozen.
        if (command.type === 'step') trouble.frozen.push(...thawed);
        return [command];
      });
  }
  const process = anyServer(dice, cast);
  if (cast.down.includes(process)) return [];
  const frozen = { process, thread: pick(dice, THREAD_NAMES) };
  trouble.frozen.push(frozen);
  return [{ type: 'freeze', ...frozen }];
}

function cut(dice: Dice, cast: Cast, trouble: Trouble): Command[] {
  if (trouble.isCut && roll(dice, 2) === 0) {
    trouble.isCut = false;
    return [{ type: 'heal' }];
  }
  trouble.isCut = true;
  const command: Command = { type: 'cut', ...pair(dice, cast) };
  if (roll(dice, 2) === 0) command.channel = channel(dice);
  if (roll(dice, 3) === 0) command.oneway = true;
  return [command];
}

function partition(dice: Dice, cast: Cast, trouble: Trouble): Command[] {
  if (trouble.isCut && roll(dice, 3) > 0) {
    trouble.isCut = false;
    return [{ type: 'heal' }];
  }
  const left: ProcessName[] = [];
  const right: ProcessName[] = [];
  for (const name of everybody(cast)) (roll(dice, 2) === 0 ? left : right).push(name);
  if (left.length === 0 || right.length === 0) return [];
  trouble.isCut = true;
  return [{ type: 'partition', groups: [left, right] }];
}

function hold(dice: Dice, cast: Cast, trouble: Trouble): Command[] {
  if (trouble.held.length > 0 && roll(dice, 3) > 0) {
    const held = trouble.held.shift();
    return held === undefined ? [] : [{ type: 'release', ...held }];
  }
  const held = { ...pair(dice, cast), channel: channel(dice) };
  trouble.held.push(held);
  const command: Command = { type: 'hold', ...held };
  if (roll(dice, 2) === 0)
    command.only = pick(dice, ['PROPOSAL', 'COMMIT', 'ACK', 'REPLY', 'PING']);
  return [command];
}

/** Mostly a little; now and then so much that a follower lags behind what clients have seen elsewhere. */
function latency(dice: Dice, cast: Cast, trouble: Trouble): Command[] {
  if (trouble.slowLinks.length > 1 && roll(dice, 3) > 0) {
    const link = trouble.slowLinks.shift();
    return link === undefined ? [] : [{ type: 'latency', ...link, ms: 1 }];
  }
  const link = pair(dice, cast);
  trouble.slowLinks.push(link);
  const ms = 1 + roll(dice, roll(dice, 3) === 0 ? 2000 : 40);
  return [{ type: 'latency', ...link, ms, jitterMs: roll(dice, 20) }];
}

function disk(dice: Dice, cast: Cast, trouble: Trouble): Command[] {
  if (trouble.slowDisks.length > 0 && roll(dice, 2) === 0) {
    const process = trouble.slowDisks.pop() as ProcessName;
    return [{ type: 'disk', process, fault: 'ok' }];
  }
  const process = anyServer(dice, cast);
  const kind = roll(dice, 4);
  if (kind === 0) return [{ type: 'disk', process, fault: 'fail-fsync' }];
  if (kind === 1) return [{ type: 'disk', process, fault: 'fail-append' }];
  trouble.slowDisks.push(process);
  return [{ type: 'disk', process, fault: 'slow', ms: 5 + roll(dice, 200) }];
}
