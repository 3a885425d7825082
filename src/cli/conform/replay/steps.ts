/** What each kind of step of a case does to the bench, up to the point where it is settled. */
import { serverName } from '../../../bridge/names';
import type { Command } from '../../../bridge/command';
import type { Sid } from '../../../zk/ids';
import { makeZxid } from '../../../zk/ids';
import type { Bench } from './bench';
import { command, connect, drop, NotFinished, send, sessionOf, wait, waitFor } from './bench';
import {
  awaitClosed,
  awaitServing,
  highestZxid,
  leaderOf,
  modes,
  servingOf,
  startServers,
  upServers,
} from './ensemble';
import type { Item, Modes, OracleOp, Step } from '../case/caseFile';
import { show } from '../case/caseFile';
import { isConnected } from './engineView';
import type { RawSession } from './rawSession';
import { beginRequests, isIdle, takeItems } from './rawSession';
import { zxidFrom } from '../case/values';
import { isSame } from '../compare/compareItems';
import { stableFields } from '../compare/stableFields';
import { askFourLetterWord } from './fourLetterWord';
import { OPEN_ACL } from '../../../zk/records';

/** What a step yields besides the items of the sessions. */
export interface StepResult {
  servers?: Modes;
  tree?: Record<string, Item>;
  /** Stable fields of the answer to a four-letter word; null: there was none. */
  word?: unknown;
}

/** How long the recorder waits for what, ms; virtual time here. */
const CONNECT_MS = 15_000;
const REPLY_MS = 20_000;
const UNAWAITED_MS = 300;
const CLOSED_MS = 5_000;
const KILLED_MS = 8_000;
const TXNS_MS = 30_000;
const LEADER_MS = 40_000;
const STARTED_MS = 200;
const HEALED_MS = 300;
/** A relay hears of a death as late as the other servers do, and lets go of what it held then. */
const RELAY_MS = 0.3;

type Act = (bench: Bench, step: Step, result: StepResult) => void;

/** Carries the step out. Throws NotFinished when what it waits for does not come. */
export function carryOut(bench: Bench, step: Step): StepResult {
  const result: StepResult = {};
  const act = ACTS[step.do];
  if (act === undefined) throw new NotFinished(`no step ${step.do}`);
  act(bench, step, result);
  return result;
}

const ACTS: Readonly<Record<string, Act>> = {
  connect: doConnect,
  reconnect: doConnect,
  request: (bench, step) => request(bench, step, step.op === undefined ? [] : [step.op]),
  pipeline: (bench, step) => request(bench, step, step.ops ?? []),
  concurrent: doConcurrent,
  drop: (bench, step) => {
    drop(bench, named(bench, step));
    wait(bench, 50);
  },
  silence: (bench, step) => {
    named(bench, step).heartbeats = false;
  },
  expire: doExpire,
  awaitTxns: (bench, step) => {
    awaitTxns(bench, zxidFrom(step.since ?? null), step.count ?? 0, step.forMs);
  },
  awaitReplies: (bench, step) => {
    for (const name of step.sessions ?? []) awaitIdle(bench, [sessionOf(bench, name)], step);
  },
  wait: (bench, step) => wait(bench, step.ms ?? 0),
  settle: () => undefined,
  kill: doKill,
  start: (bench, step, result) => start(bench, step, [step.server ?? 0], result),
  startAll: (bench, step, result) => start(bench, step, step.order ?? [], result),
  awaitServing: (bench, step, result) => {
    bench.quorumLost = false;
    awaitServing(bench, step.wait ?? upServers(bench), step.forMs);
    result.servers = modes(bench);
  },
  awaitLeader: doAwaitLeader,
  wipe: (bench, step) => toServer(bench, 'wipe', step),
  pause: (bench, step) => {
    toServer(bench, 'pause', step);
    bench.servers.set(step.server ?? 0, 'paused');
    bench.degraded.add(`pause ${step.server}`);
  },
  resume: (bench, step) => {
    toServer(bench, 'resume', step);
    bench.servers.set(step.server ?? 0, 'up');
    bench.degraded.delete(`pause ${step.server}`);
  },
  hold: (bench, step) => {
    command(bench, { type: 'hold', ...quorumLink(step), only: step.only });
    bench.holds.push({ from: step.from ?? 0, to: step.to ?? 0 });
  },
  release: (bench, step) => {
    command(bench, { type: 'release', ...quorumLink(step) });
    const at = bench.holds.findIndex((held) => held.from === step.from && held.to === step.to);
    bench.holds.splice(at, 1);
    const sessions = (step.sessions ?? []).map((name) => sessionOf(bench, name));
    waitFor(bench, REPLY_MS / 2, () => sessions.every(isIdle));
  },
  partition: (bench, step) => {
    const groups = (step.groups ?? []).map((group) => group.map(serverName));
    command(bench, { type: 'partition', groups });
    bench.degraded.add('partition');
  },
  heal: (bench, _step, result) => {
    command(bench, { type: 'heal' });
    bench.degraded.delete('partition');
    awaitServing(bench, upServers(bench));
    wait(bench, HEALED_MS);
    result.servers = modes(bench);
  },
  '4lw': doFourLetterWord,
  tree: doTree,
};

function named(bench: Bench, step: Step): RawSession {
  return sessionOf(bench, step.session ?? '');
}

function toServer(bench: Bench, type: 'wipe' | 'pause' | 'resume', step: Step): void {
  command(bench, { type, process: serverName(step.server ?? 0) });
}

function quorumLink(step: Step): Pick<Command & { type: 'release' }, 'a' | 'b' | 'channel'> {
  return { a: serverName(step.from ?? 0), b: serverName(step.to ?? 0), channel: 'quorum' };
}

/* ---- sessions ---- */

function doConnect(bench: Bench, step: Step): void {
  const session = named(bench, step);
  connect(bench, session, step);
  waitFor(bench, step.waitMs ?? CONNECT_MS, () => session.connected || !session.open);
}

function request(bench: Bench, step: Step, ops: readonly OracleOp[]): void {
  const session = named(bench, step);
  sendAll(bench, session, ops);
  if (step.await === false) wait(bench, step.forMs ?? UNAWAITED_MS);
  else awaitIdle(bench, [session], step);
  if (ops.some((op) => op.op === 'closeSession')) {
    waitFor(bench, CLOSED_MS, () => !session.open);
  }
}

/** On a closed connection nothing is sent, as on a real one. */
function sendAll(bench: Bench, session: RawSession, ops: readonly OracleOp[]): void {
  const isOpen = session.open;
  const packets = beginRequests(session, ops);
  if (isOpen) for (const packet of packets) send(bench, session, packet);
}

/** A step with `forMs` says by it that an answer may be missing; without, it must come. */
function awaitIdle(bench: Bench, sessions: readonly RawSession[], step: Step): void {
  const done = waitFor(bench, step.forMs ?? REPLY_MS, () => sessions.every(isIdle));
  if (done || step.forMs !== undefined) return;
  const open = sessions.flatMap((session) => session.pending.map((request) => request.op));
  throw new NotFinished(`no reply to ${show(open[0])}`);
}

function doConcurrent(bench: Bench, step: Step): void {
  const requests = Object.entries(step.requests ?? {});
  const sessions = requests.map(([name]) => sessionOf(bench, name));
  for (const [name, ops] of requests) sendAll(bench, sessionOf(bench, name), ops);
  awaitIdle(bench, sessions, step);
}

function doExpire(bench: Bench, step: Step): void {
  const session = named(bench, step);
  session.heartbeats = false;
  awaitTxns(bench, highestZxid(bench) ?? makeZxid(0, 0), 1, step.forMs);
  waitFor(bench, CLOSED_MS, () => !session.open);
}

function awaitTxns(bench: Bench, since: number, count: number, limitMs = TXNS_MS): void {
  const done = () => (highestZxid(bench) ?? -1) >= since + count;
  if (!waitFor(bench, limitMs, done)) {
    throw new NotFinished(`the last zxid does not reach ${since} + ${count}`);
  }
}

/* ---- servers ---- */

function doKill(bench: Bench, step: Step, result: StepResult): void {
  const killed = step.server ?? 0;
  const hasBegun = !bench.starting.delete(killed);
  if (hasBegun) command(bench, { type: 'crash', process: serverName(killed) });
  bench.servers.set(killed, 'down');
  dropHeld(bench, killed);
  awaitClosed(bench, [killed], KILLED_MS);
  bench.quorumLost = step.losesQuorum === true;
  const rest = upServers(bench);
  const noneServes = () => rest.every((sid) => servingOf(bench, sid) === undefined);
  if (step.electing === true) {
    // The survivors notice first (they stop serving), then they elect.
    waitFor(bench, 5_000, noneServes);
    awaitClosed(bench, rest, KILLED_MS);
    awaitServing(bench, rest, step.forMs);
    result.servers = modes(bench);
  } else if (bench.quorumLost) {
    waitFor(bench, 20_000, noneServes);
    awaitClosed(bench, rest, KILLED_MS);
  }
}

/**
 * The recordings held messages in a relay, which loses them and ends the connection as soon as one
 * end is gone; without a relay the end of the stream would wait behind what is held.
 */
function dropHeld(bench: Bench, killed: Sid): void {
  wait(bench, RELAY_MS);
  for (const { from, to } of bench.holds) {
    if (from !== killed && to !== killed) continue;
    const link = { a: serverName(from), b: serverName(to), channel: 'quorum' } as const;
    if (isConnected(bench.run, link)) command(bench, { type: 'reset', ...link });
  }
}

function start(bench: Bench, step: Step, sids: readonly Sid[], result: StepResult): void {
  startServers(bench, sids);
  bench.quorumLost = step.await === false;
  if (step.await === false) return;
  awaitServing(bench, upServers(bench));
  if (bench.servers.size > 1) wait(bench, STARTED_MS);
  result.servers = modes(bench);
}

function doAwaitLeader(bench: Bench, step: Step, result: StepResult): void {
  const stopped = step.stopped ?? [];
  const done = (): boolean =>
    servingOf(bench, step.server ?? 0)?.mode === 'leader' &&
    (step.wait ?? []).every((sid) => servingOf(bench, sid) !== undefined) &&
    stopped.every((sid) => servingOf(bench, sid) === undefined);
  if (!waitFor(bench, step.forMs ?? LEADER_MS, done)) {
    throw new NotFinished(`server ${step.server} does not lead: ${show(modes(bench))}`);
  }
  awaitClosed(bench, stopped, KILLED_MS);
  wait(bench, STARTED_MS);
  result.servers = modes(bench);
  bench.quorumLost = false;
}

/* ---- looking inside ---- */

/** Without a server it goes to the only one, or to the leader. */
function doFourLetterWord(bench: Bench, step: Step, result: StepResult): void {
  const only = bench.servers.size === 1 ? 1 : leaderOf(bench);
  const text = askFourLetterWord(bench, step.server ?? only ?? 0, step.cmd ?? '');
  result.word =
    text === null ? null : stableFields(step.cmd ?? '', text, bench.names, bench.servers.size);
}

/** Reads the subtree node by node through the session; what it had received before stays. */
function doTree(bench: Bench, step: Step, result: StepResult): void {
  const session = named(bench, step);
  const before = takeItems(session);
  const tree: Record<string, Item> = {};
  const todo = [step.path ?? '/'];
  for (let path = todo.shift(); path !== undefined; path = todo.shift()) {
    sendAll(bench, session, [
      { op: 'getData', path },
      { op: 'getChildren', path },
      { op: 'getACL', path },
    ]);
    awaitIdle(bench, [session], step);
    const replies = takeItems(session);
    if (replies.length < 3) throw new NotFinished(`the connection closed before ${path} was read`);
    tree[path] = nodeOf(replies);
    for (const child of (replies[1]?.['children'] ?? []) as string[]) {
      todo.push(`${path === '/' ? '' : path}/${child}`);
    }
  }
  session.items.unshift(...before);
  result.tree = tree;
}

/** What cannot be read is told by its errors; an ACL that is open to everybody is left out. */
function nodeOf([data, children, acl]: readonly Item[]): Item {
  const node: Record<string, unknown> = {};
  const errors = [data, children, acl].map((reply) => reply?.['err']);
  if (errors.some((err) => err !== 'OK')) node['err'] = errors;
  if (data?.['err'] === 'OK') {
    node['data'] = data['data'];
    node['stat'] = data['stat'];
  }
  if (acl?.['err'] === 'OK' && !isSame(acl['acl'], OPEN_ACL)) node['acl'] = acl['acl'];
  return node;
}
