/**
 * One server of an ensemble whose other members are scripted: a driver that knows
 * nothing but its agenda, and keeps all that the server says and writes.
 */
import { assert } from '../../base/assert';
import type { TraceId } from '../../base/traceId';
import { type ProcessName, serverName } from '../../bridge/names';
import type {
  ConnId,
  DiskImage,
  Effects,
  LocalWork,
  MachineEvent,
  ProcessCommand,
  ServerSpec,
} from '../../bridge/process';
import { DEFAULT_TIMING } from '../../bridge/process';
import type { TraceDraft } from '../../bridge/traceEntry';
import { DEFAULT_ZOO_CONFIG } from '../../zk/config';
import type { SessionId, Sid, Zxid } from '../../zk/ids';
import type { ConnectionKind, Packet, QuorumPacket } from '../../zk/packets';
import type { LoggedTxn, Txn } from '../../zk/records';
import { applyDiskOp, loseUnsynced } from '../database/disk';
import { hands } from './hands';
import type { LeaderState, LearnerState, Server, ServerState, ZksState } from './machine';
import { serverMachine } from './server';

export type Written = TraceDraft & { at: number; head?: boolean };

interface Item {
  at: number;
  n: number;
  event: MachineEvent;
  timer?: string;
}

interface Settings {
  sid?: Sid;
  voters?: Sid[];
  config?: Partial<ServerSpec['config']>;
  timing?: Partial<ServerSpec['timing']>;
  switches?: string[];
  disk?: DiskImage;
}

export class LoneServer {
  readonly settings: Settings;
  readonly disk: DiskImage;
  readonly sent: { conn: ConnId; packet: Packet; at: number }[] = [];
  readonly trace: Written[] = [];
  readonly opened: { conn: ConnId; channel: ConnectionKind; to: ProcessName }[] = [];
  readonly accepted = new Set<ConnId>();
  readonly refused = new Set<ConnId>();
  readonly closed = new Set<ConnId>();
  state!: ServerState;
  exit?: { code: number; reason: string };
  now = 0;
  private n = 0;
  private agenda: Item[] = [];
  private peers: Record<ConnId, { channel: ConnectionKind; from: ProcessName }> = {};

  constructor(settings: Settings = {}) {
    this.settings = settings;
    this.disk = copyOf(settings.disk ?? {});
    const sid = settings.sid ?? 1;
    this.state = serverMachine.start(
      {
        type: 'server',
        name: serverName(sid),
        sid,
        voters: settings.voters ?? [1, 2, 3],
        config: { ...DEFAULT_ZOO_CONFIG, ...settings.config },
        switches: settings.switches ?? [],
        incarnation: 0,
        startAt: 0,
        seed: 1,
        timing: copyOf({ ...DEFAULT_TIMING, ...settings.timing }),
        disk: copyOf(this.disk),
      },
      this.effects('start'),
    );
  }

  /** What a crash at this instant leaves, in a new process. */
  crashed(settings: Settings = {}): LoneServer {
    const disk = copyOf(this.disk);
    loseUnsynced(disk);
    return new LoneServer({ ...this.settings, ...settings, disk });
  }

  private effects(type: Written['type']): Effects {
    const head: Written = { type, at: this.now, head: true };
    this.trace.push(head);
    const push = (delay: number, event: MachineEvent, timer?: string) => {
      assert(Number.isInteger(delay) && delay >= 0, `a delay is whole: ${delay}`);
      this.n += 1;
      this.agenda.push({ at: this.now + delay, n: this.n, event, timer });
    };
    const id = () => (this.trace.length + 1) as TraceId;
    return {
      now: this.now,
      head: id(),
      send: (conn, packet) => {
        this.sent.push({ conn, packet, at: this.now });
        this.trace.push({ type: 'send', kind: packet.kind, at: this.now });
        return id();
      },
      open: (channel, to) => {
        const conn = `1/0/${this.opened.length + 1}`;
        this.opened.push({ conn, channel, to });
        this.peers[conn] = { channel, from: to };
        return conn;
      },
      accept: (conn) => this.accepted.add(conn),
      refuse: (conn) => this.refused.add(conn),
      close: (conn) => this.closed.add(conn),
      later: (delay: number, work: LocalWork) => push(delay, { type: 'local', work }),
      setTimer: (name, delay, data) => {
        this.forget(name);
        push(delay, { type: 'local', work: { timer: name, data } }, name);
      },
      clearTimer: (name) => this.forget(name),
      random: (_, bound) => (this.n * 7919) % bound,
      trace: (draft) => {
        this.trace.push({ ...draft, at: this.now });
        return id();
      },
      traceRequest: (type, request, zxid, thread, queue, name) => {
        this.trace.push({ type, request, zxid, thread, queue, name, at: this.now });
        return id();
      },
      describe: (draft) => Object.assign(head, draft),
      describeWork: (thread, request, zxid, name, kind, idle) => {
        const draft = { thread, request, zxid, name, kind, idle };
        for (const [key, value] of Object.entries(draft)) {
          if (value !== undefined) Object.assign(head, { [key]: value });
        }
      },
      disk: (op) => applyDiskOp(this.disk, copyOf(op)),
      touch: () => undefined,
      exit: (code, reason) => {
        this.exit ??= { code, reason };
      },
    } as Effects;
  }

  private forget(name: string): void {
    this.agenda = this.agenda.filter((item) => item.timer !== name);
  }

  /** When the timer of that name goes off, ms of virtual time. */
  timerAtMs(name: string): number | undefined {
    const item = this.agenda.find((each) => each.timer === name);
    return item === undefined ? undefined : item.at / 1000;
  }

  /** Lets a part of the server act as if in an event of its own. */
  act<T>(what: (s: Server) => T): T {
    const result = what({ state: this.state, fx: this.effects('work'), hand: hands });
    if (this.exit === undefined) serverMachine.check(this.state);
    return result;
  }

  deliver(event: MachineEvent): void {
    const type = event.type === 'message' ? 'deliver' : event.type;
    serverMachine.step(this.state, event, this.effects(type === 'local' ? 'work' : type));
    if (this.exit === undefined) serverMachine.check(this.state);
  }

  command(command: ProcessCommand): void {
    this.deliver({ type: 'command', command });
  }

  /** A connection from another server or a client; its name is the caller's choice. */
  connect(conn: ConnId, from: ProcessName, channel: ConnectionKind): ConnId {
    this.peers[conn] = { channel, from };
    this.deliver({ type: 'connect', conn, channel, from, sent: 0 as TraceId });
    return conn;
  }

  say(conn: ConnId, packet: Packet): void {
    const peer = this.peers[conn];
    assert(peer !== undefined, 'a message comes over a connection');
    this.deliver({ type: 'message', conn, packet, ...peer, sent: 0 as TraceId });
  }

  /** The other end accepted, refused or ended the connection. */
  answer(conn: ConnId, type: 'accepted' | 'refused' | 'closed'): void {
    const peer = this.peers[conn];
    assert(peer !== undefined, 'an answer comes over a connection');
    this.deliver({ type, conn, ...peer, sent: 0 as TraceId });
  }

  /** The next item of the agenda; false when there is none before `end`, us. */
  step(end = Number.POSITIVE_INFINITY): boolean {
    this.agenda.sort((a, b) => a.at - b.at || a.n - b.n);
    const next = this.agenda[0];
    if (next === undefined || next.at > end || this.exit !== undefined) return false;
    this.agenda.shift();
    this.now = Math.max(this.now, next.at);
    this.deliver(next.event);
    return true;
  }

  /** Lets `ms` of virtual time pass. */
  run(ms: number): void {
    const end = this.now + Math.round(ms * 1000);
    while (this.step(end)) {
      // Each step is an event.
    }
    if (this.exit === undefined) this.now = end;
  }

  /** Events until one writes an entry that `is` wanted; returns that entry. */
  runUntil(is: (entry: Written) => boolean): Written {
    let from = this.trace.length;
    for (let i = 0; i < 5000; i += 1) {
      assert(this.step(), 'something is left to happen');
      const found = this.trace.slice(from).find(is);
      if (found !== undefined) return found;
      from = this.trace.length;
    }
    throw new Error('it never happened');
  }

  /** Kinds of what was sent on a connection so far, oldest first; pings left out. */
  kinds(conn: ConnId): string[] {
    return this.packets(conn).map(({ kind }) => kind);
  }

  packets(conn: ConnId): Packet[] {
    return this.sent
      .filter((each) => each.conn === conn && each.packet.kind !== 'PING')
      .map(({ packet }) => packet);
  }

  entries(type: Written['type'], name?: string): Written[] {
    return this.trace.filter(
      (entry) => entry.type === type && (name === undefined || entry.name === name),
    );
  }

  get zks(): ZksState {
    assert(this.state.zks !== undefined, 'the role has a server object');
    return this.state.zks;
  }

  get leader(): LeaderState {
    assert(this.state.leader !== undefined, 'it leads');
    return this.state.leader;
  }

  get learner(): LearnerState {
    assert(this.state.learner !== undefined, 'it follows');
    return this.state.learner;
  }

  /* ---- roles without an election ---- */

  enter(leader: Sid): void {
    this.act((s) => {
      s.state.peerState = leader === s.state.sid ? 'LEADING' : 'FOLLOWING';
      const { currentEpoch, db } = s.state;
      const zxid = db.tree.lastProcessedZxid;
      s.hand.enterRole(s, { leader, zxid, electionEpoch: 1, peerEpoch: currentEpoch });
    });
  }

  /** Learner `sid` connects and tells its epochs, as far as the leader lets it. */
  learnerConnects(sid: Sid, acceptedEpoch = 0): ConnId {
    const conn = this.connect(`${sid}/0/${this.trace.length}`, serverName(sid), 'quorum');
    this.say(conn, { kind: 'FOLLOWERINFO', zxid: zxid(acceptedEpoch, 0), sid });
    return conn;
  }

  /** It leads, learner 2 follows, both synchronised; returns the learner's connection. */
  leadWith(sid: Sid = 2): ConnId {
    this.enter(this.state.sid);
    const conn = this.learnerConnects(sid);
    this.run(20);
    this.say(conn, { kind: 'ACKEPOCH', zxid: this.leader.summary.zxid, currentEpoch: 0 });
    this.run(20);
    this.say(conn, { kind: 'ACK', zxid: zxid(this.leader.epoch, 0) });
    this.run(20);
    assert(this.leader.phase === 'broadcast', 'the quorum stands');
    return conn;
  }

  /** It follows server `leader` and has told it its epoch; returns the connection. */
  followUntilAckEpoch(leader: Sid, epoch: number): ConnId {
    this.enter(leader);
    const conn = this.learner.conn as ConnId;
    this.answer(conn, 'accepted');
    this.say(conn, { kind: 'LEADERINFO', zxid: zxid(epoch, 0) });
    this.run(20);
    return conn;
  }

  /** It follows, in BROADCAST, after a DIFF with nothing in it. */
  follow(leader: Sid, epoch: number): ConnId {
    const conn = this.followUntilAckEpoch(leader, epoch);
    this.say(conn, { kind: 'DIFF', zxid: this.learner.lastLoggedAtStart });
    this.say(conn, { kind: 'NEWLEADER', zxid: zxid(epoch, 0) });
    this.run(50);
    this.say(conn, { kind: 'UPTODATE', zxid: -1 as Zxid });
    this.run(1);
    assert(this.learner.phase === 'BROADCAST', 'it serves');
    return conn;
  }

  proposal(conn: ConnId, entry: LoggedTxn): void {
    const packet: QuorumPacket = { kind: 'PROPOSAL', zxid: entry.hdr.zxid, entry };
    this.say(conn, packet);
  }
}

export function zxid(epoch: number, counter: number): Zxid {
  return (epoch * 0x100000000 + counter) as Zxid;
}

export const SESSION = '0200000000010000' as SessionId;

/** A txn by its place; without `txn` the creation of a node that its zxid names. */
export function logged(at: Zxid, txn?: Txn, clientId = SESSION, cxid = at % 100000): LoggedTxn {
  const made: Txn = txn ?? {
    type: 'create',
    path: `/n${at}`,
    data: null,
    acl: [{ perms: 31, scheme: 'world', id: 'anyone' }],
    ephemeral: false,
    parentCVersion: -1,
  };
  return { hdr: { clientId, cxid, zxid: at, time: 0, type: made.type }, txn: made };
}

/** State is JSON, so this copies all of it. */
function copyOf<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
