/**
 * What goes wrong in an exploration of the application: every process of the world may crash and be
 * started again, be paused (at times longer than any session lives), lose a link or a connection, or
 * become slow. The application's own links and processes are hit oftenest.
 */
import type { Command } from '../../../bridge/command';
import type { ProcessName } from '../../../bridge/names';
import type { ConnectionKind } from '../../../zk/packets';
import type { FaultName } from '../arguments';
import { type Dice, roll, type Trouble } from '../faults';

export interface AppCast {
  servers: readonly ProcessName[];
  /** Masters, workers and task clients. */
  programs: readonly ProcessName[];
  storage: ProcessName;
  /** Processes that do not run now. */
  down: readonly ProcessName[];
}

/** Who has just done something, and the server that it asked, if it asked one. */
export interface Actor {
  process: ProcessName;
  server?: ProcessName;
}

/** Kinds of trouble by the name under which they are asked for; some come oftener. */
const KINDS: readonly FaultName[] = [
  ...(['crash', 'crash', 'crash', 'pause', 'pause', 'cut', 'cut', 'reset', 'reset'] as const),
  ...(['hold', 'latency', 'latency', 'disk'] as const),
];

/** The commands of one act of trouble, or of its end; none when there is nothing to do. */
export function drawAppFault(
  dice: Dice,
  faults: readonly FaultName[],
  cast: AppCast,
  trouble: Trouble,
): Command[] {
  const kinds = KINDS.filter((kind) => faults.includes(kind));
  if (kinds.length === 0) return [];
  switch (kinds[roll(dice, kinds.length)]) {
    case 'crash':
      return crash(dice, cast);
    case 'pause':
      return pause(dice, cast, trouble);
    case 'cut':
      return cut(dice, cast, trouble);
    case 'reset':
      return [{ type: 'reset', ...link(dice, cast) }];
    case 'hold':
      return hold(dice, cast, trouble);
    case 'latency':
      return latency(dice, cast, trouble);
    default:
      return disk(dice, cast, trouble);
  }
}

/** Whoever has just done something is struck before everybody knows of it. */
export function strike(
  dice: Dice,
  { process, server }: Actor,
  cast: AppCast,
  trouble: Trouble,
): Command[] {
  if (cast.down.includes(process)) return [];
  switch (roll(dice, server === undefined ? 3 : 8)) {
    case 0:
    case 1:
      return [{ type: 'crash', process }];
    case 2:
      if (trouble.paused.includes(process)) return [];
      trouble.paused.push(process);
      return [{ type: 'pause', process }];
    case 3:
      trouble.isCut = true;
      return [{ type: 'cut', a: process, b: server as ProcessName }];
    case 4:
      return [{ type: 'crash', process: server as ProcessName }];
    default:
      return [{ type: 'reset', a: process, b: server as ProcessName, channel: 'client' }];
  }
}

function pick<T>(dice: Dice, from: readonly T[]): T {
  return from[roll(dice, from.length)] as T;
}

/** One time in four a server, else a program. */
function victim(dice: Dice, cast: AppCast): ProcessName {
  return pick(dice, roll(dice, 4) === 0 ? cast.servers : cast.programs);
}

interface Link {
  a: ProcessName;
  b: ProcessName;
  channel: ConnectionKind;
}

/** A program and a server, a program and the storage, or two servers. */
function link(dice: Dice, cast: AppCast): Link {
  const kind = roll(dice, 8);
  const b = pick(dice, cast.servers);
  const others = cast.servers.filter((name) => name !== b);
  if (kind === 0 && others.length > 0) return { a: pick(dice, others), b, channel: 'quorum' };
  const a = pick(dice, cast.programs);
  return kind === 1 ? { a, b: cast.storage, channel: 'app' } : { a, b, channel: 'client' };
}

function crash(dice: Dice, cast: AppCast): Command[] {
  const { down } = cast;
  // The more are down, the likelier one comes back.
  if (down.length > 0 && roll(dice, 4) < down.length) {
    return [{ type: 'restart', process: pick(dice, down) }];
  }
  // A machine with several processes on it.
  if (roll(dice, 5) === 0) {
    const together = cast.programs.filter((name) => !down.includes(name) && roll(dice, 4) > 0);
    return together.map((process): Command => ({ type: 'crash', process }));
  }
  const process = victim(dice, cast);
  if (down.includes(process)) return [];
  const command: Command = { type: 'crash', process };
  // A fast restart: it is back before its session has expired.
  return roll(dice, 3) === 0 ? [command, { type: 'restart', process }] : [command];
}

function pause(dice: Dice, cast: AppCast, trouble: Trouble): Command[] {
  if (trouble.paused.length > 0 && roll(dice, 5) > 1) {
    const process = pick(dice, trouble.paused);
    trouble.paused = trouble.paused.filter((name) => name !== process);
    return cast.down.includes(process) ? [] : [{ type: 'resume', process }];
  }
  const process = victim(dice, cast);
  if (cast.down.includes(process) || trouble.paused.includes(process)) return [];
  trouble.paused.push(process);
  return [{ type: 'pause', process }];
}

function cut(dice: Dice, cast: AppCast, trouble: Trouble): Command[] {
  if (trouble.isCut && roll(dice, 2) === 0) {
    trouble.isCut = false;
    return [{ type: 'heal' }];
  }
  trouble.isCut = true;
  // From all servers at once now and then: no other host of the list helps.
  if (roll(dice, 3) === 0) {
    const a = pick(dice, cast.programs);
    return cast.servers.map((b): Command => ({ type: 'cut', a, b }));
  }
  const command: Command = { type: 'cut', ...link(dice, cast) };
  if (roll(dice, 3) === 0) command.oneway = true;
  return [command];
}

function hold(dice: Dice, cast: AppCast, trouble: Trouble): Command[] {
  const { held } = trouble;
  if (held.length > 0 && roll(dice, 3) > 0) {
    const first = held.shift();
    return first === undefined ? [] : [{ type: 'release', ...first }];
  }
  const chosen = link(dice, cast);
  held.push(chosen);
  const command: Command = { type: 'hold', ...chosen };
  if (chosen.channel === 'client' && roll(dice, 2) === 0) {
    command.only = pick(dice, ['REPLY', 'EVENT', 'REQUEST']);
  }
  return [command];
}

function latency(dice: Dice, cast: AppCast, trouble: Trouble): Command[] {
  const { slowLinks } = trouble;
  const [first] = slowLinks;
  if (first !== undefined && roll(dice, 3) === 0) {
    trouble.slowLinks = slowLinks.filter(({ a }) => a !== first.a);
    return slowLinks
      .filter(({ a }) => a === first.a)
      .map((slow): Command => ({ type: 'latency', ...slow, ms: 1 }));
  }
  const { a, b } = link(dice, cast);
  const ms = 1 + roll(dice, [40, 300, 1500][roll(dice, 3)] as number);
  // Mostly it is a host that is badly connected, not a link.
  const ends = roll(dice, 3) > 0 ? cast.servers.filter((name) => name !== a) : [b];
  for (const end of ends) slowLinks.push({ a, b: end });
  return ends.map((end): Command => ({ type: 'latency', a, b: end, ms, jitterMs: roll(dice, 20) }));
}

function disk(dice: Dice, cast: AppCast, trouble: Trouble): Command[] {
  if (trouble.slowDisks.length > 0 && roll(dice, 2) === 0) {
    const process = trouble.slowDisks.pop() as ProcessName;
    return [{ type: 'disk', process, fault: 'ok' }];
  }
  const process = pick(dice, cast.servers);
  trouble.slowDisks.push(process);
  return [{ type: 'disk', process, fault: 'slow', ms: 5 + roll(dice, 200) }];
}
