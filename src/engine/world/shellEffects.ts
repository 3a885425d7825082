/**
 * What a machine may ask for, carried out by its shell: entries are written,
 * messages numbered and put into the outbox, timers set.
 *
 * A class, because one object serves all events of a process; it is no part of
 * any state, and a fork makes a new one.
 */
import { assert } from '../../base/assert';
import { CLASS_LOCAL, pushItem } from '../../base/agenda';
import { drawBelow } from '../../base/random';
import type { TraceId } from '../../base/traceId';
import type { ConnId, ProcessName } from '../../bridge/names';
import type { DiskOp, Effects, LocalWork, SendAbout } from '../../bridge/process';
import type { RequestRef, StepType, TraceDraft, TraceEntry } from '../../bridge/traceEntry';
import type { Zxid } from '../../zk/ids';
import type { ConnectionKind, Packet, PacketKind } from '../../zk/packets';
import { describePacket } from './headEntry';
import { emptyOutput, type ShellEnd, type ShellOutput, type ShellState } from './shellState';
import { clearShellTimer, setShellTimer } from './shellTimers';
import { hashEntry, hashPlain } from './traceHash';

/** Stands for the head before the first event. */
const NO_ENTRY = { id: 0, at: 0, type: 'start' } as TraceEntry;

export class ShellEffects implements Effects {
  now = 0;
  head = 0 as TraceId;
  output: ShellOutput = emptyOutput();
  private readonly s: ShellState;
  private headEntry: TraceEntry = NO_ENTRY;
  private headIndex = 0;
  /** The head has no field that `hashPlain` leaves out. */
  private headIsPlain = false;

  constructor(s: ShellState) {
    this.s = s;
  }

  /** Puts the head entry of the next event down; all that follows belongs to it. */
  begin(entry: TraceEntry): void {
    this.now = entry.at;
    this.head = entry.id;
    this.headEntry = entry;
    this.headIndex = this.output.trace.length;
    this.headIsPlain = entry.type === 'work' || entry.type === 'deliver';
    this.s.entries += 1;
    this.output.trace.push(entry);
    this.output.hashes.push(0);
  }

  /** The event is over: its head is as it will stay, so now it has its hash. */
  finish(): void {
    const { headEntry, s } = this;
    this.output.hashes[this.headIndex] = this.headIsPlain
      ? hashPlain(s.hashSeed, headEntry)
      : hashEntry(s.hashSeed, headEntry);
  }

  /** The id that the next entry will get. */
  nextId(): TraceId {
    return (this.s.firstId + this.s.entries) as TraceId;
  }

  send(conn: ConnId, packet: Packet, about?: SendAbout): TraceId {
    const end = this.s.ends[conn];
    // The connection ended a moment ago and the machine may not have looked yet.
    if (end === undefined) return this.head;
    assert(end.state === 'open', 'nothing is sent before a connection is accepted');
    end.sent += 1;
    const id = this.nextId();
    const entry: TraceEntry = {
      id,
      at: this.now,
      process: this.s.name,
      type: 'send',
      cause: this.head,
      thread: undefined,
      peer: end.peer,
      channel: end.channel,
      kind: packet.kind,
      message: end.origin + end.sent,
      request: undefined,
      zxid: undefined,
      idle: undefined,
    };
    describePacket(entry, packet);
    if (about !== undefined) {
      if (about.thread !== undefined) entry.thread = about.thread;
      if (about.request !== undefined) entry.request = about.request;
      if (about.zxid !== undefined) entry.zxid = about.zxid;
      if (about.idle !== undefined) entry.idle = about.idle;
    }
    let hash = hashPlain;
    if ((about?.sid ?? about?.epoch) !== undefined) {
      entry.sid = about?.sid;
      entry.epoch = about?.epoch;
      hash = hashEntry;
    }
    this.s.entries += 1;
    this.output.trace.push(entry);
    this.output.hashes.push(hash(this.s.hashSeed, entry));
    this.output.outbox.push({ conn, at: this.now, packet, sent: id });
    return id;
  }

  open(channel: ConnectionKind, to: ProcessName): ConnId {
    const s = this.s;
    assert(to !== s.name, 'a message to oneself is local work');
    s.connectionsOpened += 1;
    const conn = `${s.name}/${s.spec.incarnation}/${s.connectionsOpened}`;
    s.ends[conn] = { channel, peer: to, origin: `${conn}>`, sent: 0, state: 'opening' };
    const sent = this.trace({ type: 'open', peer: to, channel });
    this.output.outbox.push({ type: 'open', conn, at: this.now, sent, channel, to });
    return conn;
  }

  accept(conn: ConnId): void {
    const end = this.s.ends[conn];
    if (end === undefined) return;
    assert(end.state === 'asked', 'only a connect that waits for an answer is accepted');
    end.state = 'open';
    const sent = this.trace({ type: 'accept', peer: end.peer, channel: end.channel });
    this.output.outbox.push({ type: 'accept', conn, at: this.now, sent });
  }

  refuse(conn: ConnId): void {
    const end = this.s.ends[conn];
    if (end === undefined) return;
    assert(end.state === 'asked', 'only a connect that waits for an answer is refused');
    this.end(conn, end, 'refuse');
  }

  /** A connect that was not answered yet is refused by it. */
  close(conn: ConnId): void {
    const end = this.s.ends[conn];
    if (end !== undefined) this.end(conn, end, end.state === 'asked' ? 'refuse' : 'close');
  }

  private end(conn: ConnId, end: ShellEnd, type: 'refuse' | 'close'): void {
    delete this.s.ends[conn];
    const draft: TraceDraft = { type: 'close', peer: end.peer, channel: end.channel };
    if (type === 'refuse') draft.name = 'refuse';
    const sent = this.trace(draft);
    this.output.outbox.push({ type, conn, at: this.now, sent });
  }

  later(delay: number, work: LocalWork, cause: TraceId = this.head): void {
    assert(delay >= 0 && Number.isInteger(delay), 'a delay is 0 or more whole microseconds');
    const s = this.s;
    s.localN += 1;
    pushItem(s.agenda, {
      time: this.now + delay,
      class: CLASS_LOCAL,
      origin: '',
      n: s.localN,
      value: { type: 'local', work, cause },
    });
  }

  setTimer(name: string, delay: number, data?: unknown): void {
    assert(delay >= 0 && Number.isInteger(delay), 'a delay is 0 or more whole microseconds');
    setShellTimer(this.s, name, this.now + delay, data);
  }

  clearTimer(name: string): void {
    clearShellTimer(this.s, name);
  }

  random(purpose: string, bound: number): number {
    const { draws, name, spec } = this.s;
    const index = draws[purpose] ?? 0;
    draws[purpose] = index + 1;
    return drawBelow(spec.seed, `${name}/${spec.incarnation}/${purpose}`, index, bound);
  }

  /** Takes the draft over: the caller makes a new one each time. */
  trace(draft: TraceDraft): TraceId {
    const entry = draft as TraceEntry;
    assert(entry.id === undefined, 'a trace draft is used once');
    entry.id = (this.s.firstId + this.s.entries) as TraceId;
    entry.at = this.now;
    entry.process = this.s.name;
    if (entry.cause === undefined) entry.cause = this.head;
    this.s.entries += 1;
    this.output.trace.push(entry);
    this.output.hashes.push(hashEntry(this.s.hashSeed, entry));
    return entry.id;
  }

  traceRequest(
    type: StepType,
    request: RequestRef | undefined,
    zxid: Zxid | undefined,
    thread?: string,
    queue?: string,
    name?: string,
  ): TraceId {
    const { s } = this;
    const id = (s.firstId + s.entries) as TraceId;
    const entry: TraceEntry = {
      id,
      at: this.now,
      process: s.name,
      type,
      cause: this.head,
      thread,
      queue,
      name,
      request,
      zxid,
    };
    s.entries += 1;
    this.output.trace.push(entry);
    this.output.hashes.push(hashPlain(s.hashSeed, entry));
    return id;
  }

  describe(draft: Partial<TraceDraft>): void {
    this.headIsPlain = false;
    copyDraft(this.headEntry, draft);
  }

  describeWork(
    thread: string | undefined,
    request: RequestRef | undefined,
    zxid?: Zxid,
    name?: string,
    kind?: PacketKind,
    idle?: true,
  ): void {
    const entry = this.headEntry;
    if (thread !== undefined) entry.thread = thread;
    if (request !== undefined) entry.request = request;
    if (zxid !== undefined) entry.zxid = zxid;
    if (name !== undefined) entry.name = name;
    if (kind !== undefined) entry.kind = kind;
    if (idle !== undefined) entry.idle = idle;
  }

  disk(op: DiskOp): void {
    this.output.diskOps.push({ at: this.now, op });
  }

  touch(section: string): void {
    this.s.dirty[section] = 1;
  }

  exit(code: number, reason: string): void {
    if (this.s.exit !== undefined) return;
    this.s.exit = { code, reason };
    this.trace({ type: 'exit', name: reason, detail: { code } });
  }
}

function copyDraft(entry: TraceEntry, draft: Partial<TraceDraft>): void {
  for (const key in draft) {
    const field = key as keyof TraceDraft;
    // One assignment for fields of many types: the loop keeps each with its own.
    if (draft[field] !== undefined)
      (entry as unknown as Record<string, unknown>)[field] = draft[field];
  }
}
