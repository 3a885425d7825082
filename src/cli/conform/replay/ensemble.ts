/** The servers of a bench: who serves, who leads, and when all of them have come to rest. */
import type { RoleSection } from '../../../bridge/frame';
import { serverName } from '../../../bridge/names';
import type { Sid, Zxid } from '../../../zk/ids';
import { counterOf } from '../../../zk/ids';
import type { Item, Modes, Observed } from '../case/caseFile';
import type { Bench } from './bench';
import { MS, NotFinished, send, wait, waitFor } from './bench';
import { roleOf } from './engineView';
import type { RawSession } from './rawSession';
import * as raw from './rawSession';

/** What a server that serves says of itself (as the four-letter word srvr does). */
export interface Serving {
  readonly mode: 'leader' | 'follower' | 'standalone' | 'read-only';
  readonly zxid: Zxid;
}

const EQUALISE_MS = 15_000;
const PONG_MS = 3_000;
/** For how long a fresh epoch without a txn must look the same to be taken as settled. */
const STEADY_MS = 200;
const DEGRADED_MS = 300;
/** For how long the recorder asks all servers once; what was on its way has arrived by then. */
const ASKING_MS = 10;
const START_MS = 800;
const START_GAP_MS = 20;

export function upServers(bench: Bench): Sid[] {
  return [...bench.servers].filter(([, state]) => state === 'up').map(([sid]) => sid);
}

/** Undefined while it does not serve. */
export function servingOf(bench: Bench, sid: Sid): Serving | undefined {
  if (bench.servers.get(sid) !== 'up') return undefined;
  const role = roleOf(bench.run, serverName(sid));
  if (role === undefined || !role.serving) return undefined;
  return { mode: modeOf(role), zxid: role.lastProcessedZxid };
}

function modeOf(role: RoleSection): Serving['mode'] {
  if (role.standalone) return 'standalone';
  if (role.serverState === 'LEADING') return 'leader';
  // A server that serves without a leader is a ReadOnlyZooKeeperServer.
  return role.serverState === 'LOOKING' ? 'read-only' : 'follower';
}

/** Modes of all servers that are up, as the oracle writes them. */
export function modes(bench: Bench): Modes {
  return Object.fromEntries(
    upServers(bench).map((sid) => [String(sid), servingOf(bench, sid)?.mode ?? null]),
  );
}

/** Sid of the one that leads (or stands alone) and serves. */
export function leaderOf(bench: Bench): Sid | undefined {
  return upServers(bench).find((sid) => {
    const mode = servingOf(bench, sid)?.mode;
    return mode === 'leader' || mode === 'standalone';
  });
}

/** The highest last zxid of the serving servers; undefined when none serves. */
export function highestZxid(bench: Bench): Zxid | undefined {
  const zxids = upServers(bench).flatMap((sid) => servingOf(bench, sid)?.zxid ?? []);
  return zxids.length === 0 ? undefined : zxids.reduce((a, b) => (b > a ? b : a));
}

export function awaitServing(bench: Bench, sids: readonly Sid[], limitMs = 40_000): void {
  const done = () => sids.every((sid) => servingOf(bench, sid) !== undefined);
  if (!waitFor(bench, limitMs, done)) {
    const silent = sids.filter((sid) => servingOf(bench, sid) === undefined);
    throw new NotFinished(`server ${silent.join(', ')} does not serve after ${limitMs} ms`);
  }
}

/** Starts servers that are down, one after the other: a JVM takes its time until its server begins. */
export function startServers(bench: Bench, sids: readonly Sid[]): void {
  const first = bench.run.world.now + START_MS * MS;
  for (const [k, sid] of sids.entries()) {
    bench.starting.set(sid, first + k * START_GAP_MS * MS);
    bench.servers.set(sid, 'up');
  }
}

/** After a server was lost: those that are left serve again, where they are a majority. */
export function awaitRecovery(bench: Bench): void {
  const rest = upServers(bench);
  if (bench.servers.size === 1 || rest.length <= bench.servers.size / 2) return;
  wait(bench, DEGRADED_MS);
  awaitServing(bench, rest);
}

/** Until every connection to these servers is known to be closed. */
export function awaitClosed(bench: Bench, sids: readonly Sid[], limitMs: number): void {
  waitFor(bench, limitMs, () =>
    bench.sessions.every((session) => !session.open || !sids.includes(session.server)),
  );
}

/* ---- when a step is finished ---- */

/** Takes what the sessions received once all that belongs to the step has arrived. */
export function settle(bench: Bench): Observed {
  equalise(bench);
  awaitPongs(bench);
  const observed: Record<string, Item[]> = {};
  for (const session of bench.sessions) {
    const items = raw.takeItems(session);
    if (items.length > 0) observed[session.name] = items;
  }
  return observed;
}

/** Until all servers that are up report the same last zxid. */
function equalise(bench: Bench): void {
  if (bench.degraded.size + bench.holds.length > 0) {
    wait(bench, DEGRADED_MS);
    return;
  }
  if (bench.servers.size === 1) return;
  wait(bench, ASKING_MS);
  let steadySince = bench.run.world.now;
  let last = '';
  const zxids = () => upServers(bench).map((sid) => servingOf(bench, sid)?.zxid);
  const isEqual = (): boolean => {
    const all = zxids();
    const present = all.filter((zxid) => zxid !== undefined);
    if (present.length < all.length) return bench.quorumLost;
    if (new Set(present).size <= 1) return true;
    // In a fresh epoch without a txn learners stay at the zxid they were synchronised to.
    if (counterOf(present.reduce((a, b) => (b > a ? b : a))) === 0) {
      if (present.join() !== last) steadySince = bench.run.world.now;
      last = present.join();
      return bench.run.world.now - steadySince >= STEADY_MS * MS;
    }
    return false;
  };
  if (!waitFor(bench, EQUALISE_MS, isEqual)) {
    throw new NotFinished(`last zxids do not become equal: ${zxids().join(', ')}`);
  }
}

/** Until every open session has the answer to a ping sent now. */
function awaitPongs(bench: Bench): void {
  const asked = bench.sessions.filter(
    (session) =>
      session.open &&
      session.connected &&
      session.pending.length === 0 &&
      bench.servers.get(session.server) === 'up',
  );
  for (const session of asked) send(bench, session, raw.beginPing(session));
  const isAnswered = (session: RawSession) => !session.open || session.pongs >= session.pings;
  const done = waitFor(bench, PONG_MS, () => asked.every(isAnswered));
  // While something is held back in the ensemble a ping may have to wait behind it.
  if (!done && bench.degraded.size + bench.holds.length === 0) {
    const silent = asked.filter((session) => !isAnswered(session)).map((session) => session.name);
    throw new NotFinished(`no answer to the ping of session ${silent.join(', ')}`);
  }
}
