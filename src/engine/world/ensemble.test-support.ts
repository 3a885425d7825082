/**
 * An ensemble in process for tests: lets time pass, gives orders, looks into the
 * servers, and talks to them through raw connections.
 */
import { assert } from '../../base/assert';
import type { Command } from '../../bridge/command';
import { type ProcessName, probeName, serverName } from '../../bridge/names';
import { DEFAULT_TIMING, type ProbeAction } from '../../bridge/process';
import type { WorldConfig } from '../../bridge/recording';
import type { TraceEntry } from '../../bridge/traceEntry';
import { DEFAULT_ZOO_CONFIG } from '../../zk/config';
import type { SessionId, Sid, Zxid } from '../../zk/ids';
import { NO_SESSION, ZXID_ZERO } from '../../zk/ids';
import type { ClientReply, ConnectResponse, Packet } from '../../zk/packets';
import type { RequestBody } from '../../zk/records';
import type { ProbeState } from '../client/probe';
import type { ServerState } from '../server/machine';
import { createRun, order, type Run, runUntil, stepEvent } from './inProcess';

export interface Ensemble {
  readonly run: Run;
  readonly trace: TraceEntry[];
  /** Raw connections made so far. */
  raw: number;
}

/** Servers 1 to `count`, at virtual time 0. */
export function startEnsemble(count: number, over: Partial<WorldConfig> = {}): Ensemble {
  const servers = Array.from({ length: count }, (_, i) => i + 1);
  const config: WorldConfig = {
    seed: 1,
    ensembles: [{ servers }],
    clients: [],
    config: DEFAULT_ZOO_CONFIG,
    timing: DEFAULT_TIMING,
    linkMicros: 1000,
    jitterMicros: 0,
    profile: 'fixed',
    ...over,
  };
  const trace: TraceEntry[] = [];
  const onTrace = (entries: readonly TraceEntry[]) => {
    for (const entry of entries) trace.push(entry);
  };
  return { run: createRun(config, { onTrace, invariants: true }), trace, raw: 0 };
}

/** All servers serve. */
export function servingEnsemble(count: number, over: Partial<WorldConfig> = {}): Ensemble {
  const e = startEnsemble(count, over);
  for (let i = 0; i < 600; i += 1) {
    pass(e, 10);
    if (sidsOf(e).every((sid) => serverState(e, sid)?.zks?.serving === true)) {
      pass(e, 50);
      return e;
    }
  }
  throw new Error('the ensemble never came to serve');
}

export function sidsOf(e: Ensemble): Sid[] {
  return e.run.world.processes.filter((p) => p.kind === 'server').map((p) => p.index);
}

/** Undefined while the server is down. */
export function serverState(e: Ensemble, sid: Sid): ServerState | undefined {
  return e.run.shells[serverName(sid)]?.state.machine as ServerState | undefined;
}

/** The server that leads and serves. */
export function leaderSid(e: Ensemble): Sid | undefined {
  return sidsOf(e).find((sid) => serverState(e, sid)?.leader?.phase === 'broadcast');
}

/** Lets `ms` of virtual time pass. */
export function pass(e: Ensemble, ms: number): void {
  runUntil(e.run, e.run.world.now + Math.round(ms * 1000));
}

/** Single events until one writes an entry that is wanted; returns that entry. */
export function passUntil(e: Ensemble, is: (entry: TraceEntry) => boolean): TraceEntry {
  for (let i = 0; i < 20000; i += 1) {
    const entries = stepEvent(e.run);
    assert(entries.length > 0, 'something is left to happen');
    const found = entries.find(is);
    if (found !== undefined) return found;
  }
  throw new Error('it never happened');
}

/** Throws when the world refuses. */
export function give(e: Ensemble, command: Command): void {
  const error = order(e.run, command);
  if (error !== undefined) throw new Error(error.message);
}

/** A raw protocol connection: sends what it is told, keeps what it hears. */
export class RawClient {
  readonly e: Ensemble;
  readonly name: ProcessName;
  sessionId: SessionId = NO_SESSION;
  passwd = '0'.repeat(32);
  xid = 0;
  private tags = 0;
  private read = 0;

  constructor(e: Ensemble) {
    this.e = e;
    this.name = probeName(String(e.raw));
    e.raw += 1;
  }

  private act(action: ProbeAction): void {
    give(this.e, { type: 'probe', process: this.name, action });
  }

  private get tag(): string {
    return String(this.tags);
  }

  /** Opens a connection and, when it is accepted, asks for the session it has, or for a new one. */
  connect(sid: Sid, timeOut = 30000, lastZxidSeen: Zxid = ZXID_ZERO): void {
    this.tags += 1;
    this.act({ type: 'open', tag: this.tag, to: serverName(sid) });
    for (let i = 0; i < 20 && this.heard().length === 0; i += 1) pass(this.e, 1);
    if (!this.heard().some(({ what }) => what === 'accepted')) return;
    const { sessionId, passwd } = this;
    this.sendPacket({ kind: 'CONNECT', lastZxidSeen, timeOut, sessionId, passwd, readOnly: false });
  }

  /** Waits for the answer of `connect`; undefined when the server closed instead. */
  connected(ms = 500): ConnectResponse | undefined {
    for (let i = 0; i < ms && !this.has('CONNECTED') && !this.isClosed(); i += 1) pass(this.e, 1);
    const answer = this.heard().find(({ packet }) => packet?.kind === 'CONNECTED')?.packet;
    if (answer?.kind !== 'CONNECTED') return undefined;
    if (answer.timeOut > 0) {
      this.sessionId = answer.sessionId;
      this.passwd = answer.passwd;
    }
    return answer;
  }

  sendPacket(packet: Packet): void {
    this.act({ type: 'send', tag: this.tag, packet });
  }

  send(body: RequestBody): number {
    this.xid += 1;
    const xid = body.op === 'ping' ? -2 : this.xid;
    this.sendPacket({ kind: 'REQUEST', xid, body });
    return this.xid;
  }

  close(): void {
    this.act({ type: 'close', tag: this.tag });
  }

  /** All of the present connection so far, oldest first. */
  heard(): ProbeState['received'] {
    const state = this.e.run.shells[this.name]?.state.machine as ProbeState | undefined;
    return (state?.received ?? []).filter((each) => each.tag === this.tag);
  }

  private has(kind: string): boolean {
    return this.heard().some(({ packet }) => packet?.kind === kind);
  }

  isClosed(): boolean {
    return this.heard().some(({ what }) => what === 'closed' || what === 'refused');
  }

  /** Replies that came since the last call, oldest first, over all connections. */
  replies(): ClientReply[] {
    const state = this.e.run.shells[this.name]?.state.machine as ProbeState | undefined;
    const received = state?.received ?? [];
    const fresh = received.slice(this.read);
    this.read = received.length;
    return fresh.flatMap(({ packet }) => (packet?.kind === 'REPLY' ? [packet] : []));
  }
}

/** A raw client with a session at that server. */
export function newSession(e: Ensemble, sid: Sid, timeOut = 30000): RawClient {
  const client = new RawClient(e);
  client.connect(sid, timeOut);
  const answer = client.connected();
  assert(answer !== undefined && answer.timeOut > 0, 'the session is there');
  return client;
}

export function create(path: string, flags = 0): RequestBody {
  const acl = [{ perms: 31, scheme: 'world', id: 'anyone' }];
  return { op: 'create', path, data: null, acl, flags };
}

export function getData(path: string): RequestBody {
  return { op: 'getData', path, watch: false };
}

export function setData(path: string, data: string, version = -1): RequestBody {
  return { op: 'setData', path, data, version };
}
