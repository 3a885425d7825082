/**
 * An ensemble in process with the raw sessions of one case at it: lets time pass, carries their
 * packets through probes and keeps their heartbeats.
 */
import { assert } from '../../../base/assert';
import type { ProcessName } from '../../../bridge/names';
import { probeName, serverName } from '../../../bridge/names';
import type { ProbeAction } from '../../../bridge/process';
import type { WorldConfig } from '../../../bridge/recording';
import type { Command } from '../../../bridge/command';
import { order, type Run, runUntil } from '../../../engine/world/inProcess';
import type { Sid } from '../../../zk/ids';
import type { ConnectRequest, Packet } from '../../../zk/packets';
import type { Step } from '../case/caseFile';
import type { Delivered } from './engineView';
import { type ProbeReceived, probeReceived, startOverheardRun } from './engineView';
import type { RawSession } from './rawSession';
import * as raw from './rawSession';
import type { Names } from '../case/values';
import { newNames } from '../case/values';

export interface Bench {
  readonly run: Run;
  readonly names: Names;
  /** In the order in which the case names them. */
  readonly sessions: RawSession[];
  /** Raw clients, by number; each is a machine with an address of its own. */
  readonly probes: Probe[];
  /** Connect requests that wait for their connection, by session. */
  readonly connecting: Map<string, ConnectRequest>;
  readonly servers: Map<Sid, 'up' | 'down' | 'paused'>;
  /** Servers whose JVM was started and which begin at that time, us; in the order of these times. */
  readonly starting: Map<Sid, number>;
  /** Directions of learner connections that are held now. */
  readonly holds: { readonly from: Sid; readonly to: Sid }[];
  /** What else keeps servers apart now (a pause, a partition): zxids need not become equal. */
  readonly degraded: Set<string>;
  /** The last step took the quorum away: nobody serves until a step brings it back. */
  quorumLost: boolean;
  /** Every message that arrived since the last taking. */
  readonly log: Delivered[];
}

interface Probe {
  /** A session, or the address that several sessions share. */
  readonly owner: string;
  /** How many of the entries that it received were read. */
  read: number;
}

/** A step could not be finished within the time it has. */
export class NotFinished extends Error {}

/** In microseconds. */
export const MS = 1000;

export function openBench(config: WorldConfig): Bench {
  const down = new Set(config.down ?? []);
  const sids = config.ensembles.flatMap((ensemble) => ensemble.servers);
  const log: Delivered[] = [];
  return {
    run: startOverheardRun(config, log),
    names: newNames(),
    sessions: [],
    probes: [],
    connecting: new Map(),
    servers: new Map(sids.map((sid) => [sid, down.has(sid) ? 'down' : 'up'])),
    starting: new Map(),
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
  const until = bench.run.world.now + micros;
  for (const [sid, at] of bench.starting) {
    if (at > until) break;
    runUntil(bench.run, at);
    command(bench, { type: 'restart', process: serverName(sid) });
    bench.starting.delete(sid);
  }
  runUntil(bench.run, until);
  receive(bench);
  for (const session of bench.sessions) heartbeat(bench, session);
}

function receive(bench: Bench): void {
  for (const [k, probe] of bench.probes.entries()) {
    const received = probeReceived(bench.run, probeName(String(k)));
    for (; probe.read < received.length; probe.read += 1) {
      const entry = received[probe.read] as ProbeReceived;
      const session = bench.sessions.find((one) => tagOf(one) === entry.tag);
      if (session !== undefined) take(bench, session, entry);
    }
  }
}

/** What is of an earlier connection of the session is nobody's. */
function take(bench: Bench, session: RawSession, entry: ProbeReceived): void {
  if (entry.what === 'accepted') {
    const request = bench.connecting.get(session.name);
    if (request !== undefined && session.open) send(bench, session, request);
    bench.connecting.delete(session.name);
  } else if (entry.what === 'packet') {
    raw.onPacket(session, entry.packet as Packet, bench.names);
  } else raw.onClosed(session);
}

function tagOf(session: RawSession): string {
  return `${session.name}#${session.generation}`;
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
  return session;
}

/** Name of the session (or whatever else) whose probe this is. */
export function ownerOfProbe(bench: Bench, probe: ProcessName): string {
  const found = bench.probes.find((_, k) => probeName(String(k)) === probe);
  assert(found, 'a probe belongs to somebody');
  return found.owner;
}

/** The probe of that owner; a new one when it has none yet. */
export function probeOf(bench: Bench, owner: string): ProcessName {
  const known = bench.probes.findIndex((probe) => probe.owner === owner);
  if (known >= 0) return probeName(String(known));
  bench.probes.push({ owner, read: 0 });
  return probeName(String(bench.probes.length - 1));
}

/** Opens a new connection for the session; its connect request follows as soon as it stands. */
export function connect(bench: Bench, session: RawSession, step: Step): void {
  drop(bench, session);
  const other = step.sessionOf === undefined ? undefined : sessionOf(bench, step.sessionOf);
  bench.connecting.set(session.name, raw.beginConnection(session, step, other));
  session.lastSend = bench.run.world.now;
  act(bench, session, {
    type: 'open',
    tag: tagOf(session),
    to: serverName(session.server),
  });
}

export function send(bench: Bench, session: RawSession, packet: Packet): void {
  session.lastSend = bench.run.world.now;
  act(bench, session, { type: 'send', tag: tagOf(session), packet });
}

/** The client closes its socket without a word. */
export function drop(bench: Bench, session: RawSession): void {
  if (session.open) act(bench, session, { type: 'close', tag: tagOf(session) });
  bench.connecting.delete(session.name);
  raw.abandon(session);
}

function act(bench: Bench, session: RawSession, action: ProbeAction): void {
  const process = probeOf(bench, session.address ?? session.name);
  command(bench, { type: 'probe', process, action });
}

/** Gives an order at the playhead. One that is refused is a mistake of the case. */
export function command(bench: Bench, given: Command): void {
  const error = order(bench.run, given);
  if (error !== undefined) throw new NotFinished(`${given.type}: ${error.message}`);
}
