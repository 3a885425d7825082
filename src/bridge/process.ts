/**
 * The contract between one process (a machine in its shell) and the world,
 * whether they share a thread or sit in two Workers.
 *
 * `advance`: the inbox enters the agenda, then events happen in the order of
 * their keys while their time is below `until`, at most `maxEvents` of them.
 */
import type { EventKey } from '../base/agenda';
import type { TraceId } from '../base/traceId';
import type { Sid, Zxid } from '../zk/ids';
import type { ConnectionKind, Packet, PacketKind } from '../zk/packets';
import type { RequestBody } from '../zk/records';
import type { ZooConfig } from '../zk/config';
import type { AppOrder, AppSettings } from './app';
import type { Section } from './frame';
import type { ConnId, ProcessName } from './names';

export type { ConnId } from './names';
import type { RequestRef, StepType, TraceDraft, TraceEntry } from './traceEntry';
import type { ZnodesPage, ZnodesWish } from './znodeViews';

/** What a process is built from. Plain data. */
export type ProcessSpec = ServerSpec | ClientSpec | ProbeSpec | AppSpec;

interface SpecBase {
  name: ProcessName;
  /** 0 at first, one more at each restart. */
  incarnation: number;
  /** Virtual time of the start, microseconds. */
  startAt: number;
  seed: number;
  timing: Timing;
}

export interface ServerSpec extends SpecBase {
  type: 'server';
  sid: Sid;
  /** Voters of its ensemble, ascending; one: a standalone server. */
  voters: Sid[];
  config: ZooConfig;
  /** Names of bug switches that are on (reference: known bugs); none in the profile `fixed`. */
  switches: string[];
  /** What earlier incarnations left on disk. */
  disk: DiskImage;
}

export interface ClientSpec extends SpecBase {
  type: 'client';
  letter: string;
  /** Connect string as servers, in the order given; a sid without a server is a host that nobody answers. */
  hosts: Sid[];
  /** Wanted session timeout, ms. */
  sessionTimeout: number;
  /** Path in front of all that this client names; undefined: none. */
  chroot?: string;
  /** A read-only server will do (zkCli's -r). */
  readOnly?: boolean;
  /**
   * zkCli with a command among its arguments: no prompt; it is carried out once a session stands, and
   * then the console ends with its exit code.
   */
  batch?: string[];
}

/** A process of the master-worker application. */
export interface AppSpec extends SpecBase {
  type: 'app';
  settings: AppSettings;
}

/** A raw protocol client: does what it is told, nothing by itself. */
export interface ProbeSpec extends SpecBase {
  type: 'probe';
}

/** Service times, microseconds. */
export interface Timing {
  processor: number;
  fsync: number;
  append: number;
  /** Overrides by thread name. */
  threads: Record<string, number>;
}

export const DEFAULT_TIMING: Timing = { processor: 200, fsync: 5000, append: 50, threads: {} };

/* ---- inside a process: what a machine sees and asks ---- */

/** One item of the agenda. */
export type MachineEvent =
  | { type: 'command'; command: ProcessCommand }
  | {
      type: 'message';
      conn: ConnId;
      packet: Packet;
      from: ProcessName;
      channel: ConnectionKind;
      sent: TraceId;
    }
  /** Somebody opens a connection to this process; it answers with accept or refuse. */
  | { type: 'connect'; conn: ConnId; channel: ConnectionKind; from: ProcessName; sent: TraceId }
  | {
      type: 'accepted' | 'refused';
      conn: ConnId;
      channel: ConnectionKind;
      from: ProcessName;
      sent: TraceId;
    }
  /** End of stream or reset: nothing follows on this connection, and nothing can be sent. */
  | { type: 'closed'; conn: ConnId; channel: ConnectionKind; from: ProcessName; sent?: TraceId }
  /** What the process scheduled itself; `work` is the machine's own. */
  | { type: 'local'; work: LocalWork; cause?: TraceId };

/** `thread` set: this thread's service time is over. `timer` set: a named timer. `disk` set: the disk is done. */
export interface LocalWork {
  thread?: string;
  timer?: string;
  disk?: string;
  /** Further data of the machine's own; plain. */
  data?: unknown;
}

/** Orders that reach into one process. */
export type ProcessCommand =
  | { type: 'freeze' | 'thaw'; thread: string }
  /** Let a frozen thread do exactly one item. */
  | { type: 'stepThread'; thread: string }
  | {
      type: 'disk';
      fault: 'ok' | 'slow' | 'fail-append' | 'fail-fsync' | 'full';
      extraMicros?: number;
    }
  | { type: 'set'; key: string; value: string }
  /** A line typed at the console of a client; END_OF_INPUT ends it as ctrl-d does. */
  | { type: 'console'; line: string }
  /** What a program asks of the client library. */
  | { type: 'library'; action: LibraryAction }
  /** A four-letter word to `server`, whose answer a client's console prints. */
  | { type: '4lw'; word: string; server: Sid; argument?: string }
  | { type: 'probe'; action: ProbeAction }
  | { type: 'app'; order: AppOrder };

/** The line that stands for the end of input. */
export const END_OF_INPUT = '\u0004';

/** `call` is a number of the caller's own, by which it knows the outcome; paths are below the chroot. */
export type LibraryAction =
  | {
      type: 'call';
      call: number;
      body: RequestBody;
      /** Name of the watcher object; the session's own is `default`. For checkWatches the one to be removed. */
      watcher?: string;
      /** removeWatches and checkWatches: strike out what the client holds also without a server. */
      local?: boolean;
      /** getConfig: the path is the server's own, whatever the chroot. */
      isUnrooted?: boolean;
    }
  | { type: 'addAuth'; call: number; scheme: string; auth: string | null }
  | { type: 'close'; call: number };

export type ProbeAction =
  | { type: 'open'; tag: string; to: ProcessName }
  | { type: 'send'; tag: string; packet: Packet }
  | { type: 'close'; tag: string };

/** What a send's entry says besides what the packet says of itself. */
export type SendAbout = Partial<
  Pick<TraceDraft, 'thread' | 'request' | 'zxid' | 'epoch' | 'sid' | 'idle'>
>;

/**
 * What a machine may ask of the outside while it handles one event. Effects
 * take place in the order of the calls.
 */
export interface Effects {
  /** Virtual time of this event, microseconds. */
  readonly now: number;
  /** Head entry of this event. */
  readonly head: TraceId;
  send(conn: ConnId, packet: Packet, about?: SendAbout): TraceId;
  /** Opens a connection; `accepted` or `refused` follows, or nothing while the link is cut. */
  open(channel: ConnectionKind, to: ProcessName): ConnId;
  accept(conn: ConnId): void;
  refuse(conn: ConnId): void;
  /** Orderly close; what was sent before still arrives. */
  close(conn: ConnId): void;
  /** Local work after `delay` microseconds (0 or more). */
  later(delay: number, work: LocalWork, cause?: TraceId): void;
  /** Like `later`, under a name; a timer of that name that is still running is replaced. Extending costs no event. */
  setTimer(name: string, delay: number, data?: unknown): void;
  clearTimer(name: string): void;
  /** Next draw of this process's stream `purpose`, an integer from 0 below `bound`. */
  random(purpose: string, bound: number): number;
  trace(draft: TraceDraft): TraceId;
  /** `trace` of what most steps are, without a draft to make: what became of a request, and where. */
  traceRequest(
    type: StepType,
    request: RequestRef | undefined,
    zxid: Zxid | undefined,
    thread?: string,
    queue?: string,
    name?: string,
  ): TraceId;
  /** Replaces the head entry's fields (before any other entry of this event is written, at best). */
  describe(draft: Partial<TraceDraft>): void;
  /** `describe` of what most heads are; undefined leaves a field as it is. */
  describeWork(
    thread: string | undefined,
    request: RequestRef | undefined,
    zxid?: Zxid,
    name?: string,
    kind?: PacketKind,
    idle?: true,
  ): void;
  disk(op: DiskOp): void;
  /** The section of that name is to be projected anew. */
  touch(section: string): void;
  /** The process ends itself (as by System.exit). */
  exit(code: number, reason: string): void;
}

/** A machine: one of server, client, app, probe. State is plain data, owned and changed in place by its machine alone. */
export interface Machine<Spec extends ProcessSpec, State> {
  start(spec: Spec, effects: Effects): State;
  /** Called for each event, in the order of the keys. */
  step(state: State, event: MachineEvent, effects: Effects): void;
  /** The section as the page sees it now; undefined: it is gone. */
  project(state: State, section: string): Section | undefined;
  /** Servers: a stretch of its znodes, which may be more than its section `tree` has. */
  znodes?(state: State, wish: ZnodesWish): ZnodesPage;
  /** Says what of the state a checkpoint need not copy; undefined: nothing is worth it. */
  keep?(state: State, keeper: Keeper): void;
  /** Throws when an invariant of this machine does not hold. */
  check(state: State): void;
}

/** Who makes a checkpoint, to whoever owns a part of the state. What is not named is copied. */
export interface Keeper {
  /** Never changed once it is made: both have it. */
  share(value: object): void;
  /** Changed by nothing but growing at its end, and so are its items; a shorter list is another list. */
  shareGrowing(list: readonly unknown[]): void;
  /** The copy has `other` in its place. */
  replace(value: object, other: object): void;
}

/* ---- disk ---- */

/** A file as a list of JSON records; those at and behind `synced` are lost by a crash. */
export interface DiskFile {
  records: unknown[];
  synced: number;
}

export type DiskImage = Record<string, DiskFile>;

export type DiskOp =
  | { type: 'append'; file: string; record: unknown }
  | { type: 'fsync'; file: string }
  | { type: 'rename'; from: string; to: string }
  /** Keeps the first `length` records. */
  | { type: 'truncate'; file: string; length: number }
  | { type: 'delete'; file: string }
  /** The fault that a person ordered for the next write has struck and is over. */
  | { type: 'struck' };

/* ---- between process and world ---- */

/** Something for the agenda of a process, with its key. */
export interface InboxItem extends EventKey {
  value: MachineEvent | { type: 'pause' } | { type: 'resume' };
}

export interface Advance {
  process: ProcessName;
  inbox: InboxItem[];
  /** Events at this time and later do not happen. */
  until: number;
  maxEvents: number;
  /** Project and return the sections that changed. */
  project: boolean;
}

export interface OutMessage {
  conn: ConnId;
  at: number;
  packet: Packet;
  /** Its `send` entry. */
  sent: TraceId;
}

export interface ConnectionOp {
  type: 'open' | 'accept' | 'refuse' | 'close';
  conn: ConnId;
  at: number;
  sent: TraceId;
  /** open only. */
  channel?: ConnectionKind;
  to?: ProcessName;
}

export interface AdvanceResult {
  process: ProcessName;
  incarnation: number;
  /** Events that happened. */
  events: number;
  /** Messages and connection operations together, in the order they were asked for. */
  outbox: (OutMessage | ConnectionOp)[];
  diskOps: { at: number; op: DiskOp }[];
  trace: TraceEntry[];
  /** One 32-bit hash per entry of `trace`, for the fingerprint. */
  hashes: number[];
  /** Sections that changed; null: gone. Only when asked for, or at an exit. */
  sections: Record<string, Section | null>;
  /** Key of the next event of its own agenda. */
  next?: EventKey;
  exit?: { code: number; reason: string };
  /** With exit: connects that were handed over and never came to pass. */
  undelivered?: InboxItem[];
}
