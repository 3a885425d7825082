/**
 * An ensemble in process with the raw sessions of one case at it: lets time pass, carries their
 * packets through probes, keeps their heartbeats, and knows when a step is finished.
 */
import { assert } from '../../../base/assert';
import type { ProcessName } from '../../../bridge/names';
import { probeName, serverName } from '../../../bridge/names';
import type { ProbeAction } from '../../../bridge/process';
import type { WorldConfig } from '../../../bridge/recording';
import type { Command } from '../../../bridge/command';
import { order, type Run, runUntil } from '../../../engine/world/inProcess';
import type { Sid, Zxid } from '../../../zk/ids';
import { counterOf } from '../../../zk/ids';
import type { ConnectRequest, Packet } from '../../../zk/packets';
import type { Modes, Observed, Step } from '../case/caseFile';
import type { Delivered } from './engineView';
import { probeReceived, roleOf, startOverheardRun } from './engineView';
import type { RawSession } from './rawSession';
import * as raw from './rawSession';
import type { Names } from '../case/values';
import { newNames } from '../case/values';

export interface Bench {
  readonly run: Run;
  readonly names: Names;
  /** In the order in which the case names them; the place is the number of the probe. */
  readonly sessions: RawSession[];
  /** How many entries of each session's probe were read. */
  readonly read: number[];
  /** Connect requests that wait for their connection, by session. */
  readonly connecting: Map<string, ConnectRequest>;
  readonly servers: Map<Sid, 'up' | 'down' | 'paused'>;
  /** Directions of learner connections that are held now. */
  readonly holds: { readonly from: Sid; readonly to: Sid }[];
  /** What else keeps servers apart now (a pause, a partition): zxids need not become equal. */
  readonly degraded: Set<string>;
  /** The last step took the quorum away: nobody serves until a step brings it back. */
  quorumLost: boolean;
  /** Every message that arrived since the last taking. */
  readonly log: Delivered[];
}

/** What a server that serves says of itself (as the four-letter word srvr does). */
export interface Serving {
  readonly mode: 'leader' | 'follower' | 'standalone';
  readonly zxid: Zxid;
}

/** A step could not be finished within the time it has. */
export class NotFinished extends Error {}

const MS = 1000;
const EQUALISE_MS = 15_000;
const PONG_MS = 3_000;
/** For how long a fresh epoch without a txn must look the same to be taken as settled. */
const STEADY_MS = 200;
const DEGRADED_MS = 300;
const START_MS = 800;
const START_GAP_MS = 20;

export function openBench(config: WorldConfig): Bench {
  const down = new Set(config.down ?? []);
  const sids = config.ensembles.flatMap((ensemble) => ensemble.servers);
  const log: Delivered[] = [];
  return {
    run: startOverheardRun(config, log),
    names: newNames(),
    sessions: [],
    read: [],
    connecting: new Map(),
    servers: new Map(sids.map((sid) => [sid, down.has(sid) ? 'down' : 'up'])),
    holds: [],
    degraded: new Set(),
    quorumLost: false,
    log,
  };
}

/* ---- time ---- */

/**
 * Lets virtual time pass until `isDone`, at most `limitMs`; true when it came to be. The slices grow,
 * so that short waits are seen to the millisecond and long ones cost little.
 */
export function waitFor(bench: Bench, limitMs: number, isDone: () => boolean): boolean {
  const end = bench.run.world.now + limitMs * MS;
  for (let slices = 0; ; slices += 1) {
    if (isDone()) return true;
    const left = end - bench.run.world.now;
    if (left <= 0) return false;
    passTime(bench, Math.min(left, slices < 100 ? MS : slices < 300 ? 5 * MS : 20 * MS));
  }
}

export function wait(bench: Bench, ms: number): void {
  waitFor(bench, ms, () => false);
}

function passTime(bench: Bench, micros: number): void {
  runUntil(bench.run, bench.run.world.now + micros);
  bench.sessions.forEach((session, k) => {
    receive(bench, session, k);
    heartbeat(bench, session);
  });
}

function receive(bench: Bench, session: RawSession, k: number): void {
  const received = probeReceived(bench.run, probeName(String(k)));
  for (; (bench.read[k] ?? 0) < received.length; bench.read[k] = (bench.read[k] ?? 0) + 1) {
    const entry = received[bench.read[k] ?? 0];
    if (entry === undefined || entry.tag !== String(session.generation)) continue;
    if (entry.what === 'accepted') {
      const request = bench.connecting.get(session.name);
      if (request !== undefined && session.open) send(bench, session, request);
      bench.connecting.delete(session.name);
    } else if (entry.what === 'packet') {
      raw.onPacket(session, entry.packet as Packet, bench.names);
    } else raw.onClosed(session);
  }
}

/** A client of the real library pings after a third of its timeout; so does this one. */
function heartbeat(bench: Bench, session: RawSession): void {
  if (!session.open || !session.connected || !session.heartbeats) return;
  if (bench.run.world.now - session.lastSend <= (session.timeoutMs * MS) / 3) return;
  send(bench, session, raw.beginPing(session));
}

/* ---- sessions ---- */

/** The session of that name; new when the case has not used it yet. */
export function sessionOf(bench: Bench, name: string): RawSession {
  const known = bench.sessions.find((session) => session.name === name);
  if (known !== undefined) return known;
  const session = raw.newSession(name);
  bench.sessions.push(session);
  bench.read.push(0);
  return session;
}

/** Name of the session whose probe this is. */
export function sessionOfProbe(bench: Bench, probe: ProcessName): string {
  const session = bench.sessions.find((_, k) => probeName(String(k)) === probe);
  assert(session, 'a probe belongs to a session');
  return session.name;
}

/** Opens a new connection for the session; its connect request follows as soon as it stands. */
export function connect(bench: Bench, session: RawSession, step: Step): void {
  drop(bench, session);
  const other = step.sessionOf === undefined ? undefined : sessionOf(bench, step.sessionOf);
  bench.connecting.set(session.name, raw.beginConnection(session, step, other));
  session.lastSend = bench.run.world.now;
  act(bench, session, {
    type: 'open',
    tag: String(session.generation),
    to: serverName(session.server),
  });
}

export function send(bench: Bench, session: RawSession, packet: Packet): void {
  session.lastSend = bench.run.world.now;
  act(bench, session, { type: 'send', tag: String(session.generation), packet });
}

/** The client closes its socket without a word. */
export function drop(bench: Bench, session: RawSession): void {
  if (session.open) act(bench, session, { type: 'close', tag: String(session.generation) });
  bench.connecting.delete(session.name);
  raw.abandon(session);
}

function act(bench: Bench, session: RawSession, action: ProbeAction): void {
  const process = probeName(String(bench.sessions.indexOf(session)));
  command(bench, { type: 'probe', process, action });
}

/** Gives an order at the playhead. One that is refused is a mistake of the case. */
export function command(bench: Bench, given: Command): void {
  const error = order(bench.run, given);
  if (error !== undefined) throw new NotFinished(`${given.type}: ${error.message}`);
}

/* ---- servers ---- */

export function upServers(bench: Bench): Sid[] {
  return [...bench.servers].filter(([, state]) => state === 'up').map(([sid]) => sid);
}

/** Undefined while it does not serve. */
export function servingOf(bench: Bench, sid: Sid): Serving | undefined {
  if (bench.servers.get(sid) !== 'up') return undefined;
  const role = roleOf(bench.run, serverName(sid));
  if (role === undefined || !role.serving) return undefined;
  const mode = role.standalone
    ? 'standalone'
    : role.serverState === 'LEADING'
      ? 'leader'
      : 'follower';
  return { mode, zxid: role.lastProcessedZxid };
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
  wait(bench, START_MS);
  for (const [k, sid] of sids.entries()) {
    if (k > 0) wait(bench, START_GAP_MS);
    command(bench, { type: 'restart', process: serverName(sid) });
    bench.servers.set(sid, 'up');
  }
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
  const observed: Record<string, readonly (typeof bench.sessions)[0]['items'][0][]> = {};
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
  if (!waitFor(bench, PONG_MS, () => asked.every(isAnswered))) {
    const silent = asked.filter((session) => !isAnswered(session)).map((session) => session.name);
    throw new NotFinished(`no answer to the ping of session ${silent.join(', ')}`);
  }
}
