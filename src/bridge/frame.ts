/**
 * What the page may see: per process a record of sections. A section is
 * replaced whole when it changed; unchanged ones are shared from frame to frame.
 */
import type { ErrorName } from '../zk/errorCode';
import type { SessionId, Sid, Zxid } from '../zk/ids';
import type { OpName } from '../zk/opCode';
import type { ConnectionKind, Packet, PacketKind, ServerState } from '../zk/packets';
import type { AuthId } from '../zk/records';
import type { TraceId } from '../base/traceId';
import type { AppSection } from './app';
import type { ConnId, ProcessName } from './names';
import type { Sentence } from './sentences/sentence';
import type { TreeSection, WatchesSection } from './znodeViews';

export type { TreeSection, WatchesSection, WatchKind, ZnodeView } from './znodeViews';

export type ZabState = 'ELECTION' | 'DISCOVERY' | 'SYNCHRONIZATION' | 'BROADCAST';

/** A request wherever it is seen: in a queue, in the ledger, in flight, in a log. */
export interface RequestView {
  sessionId: SessionId;
  cxid: number;
  op: OpName;
  path?: string;
  /** Data of a create or set, as text, cut to 80 characters. */
  data?: string;
  zxid?: Zxid;
  isWrite: boolean;
  /** Set once Prep refused it: it travels on as an error txn. */
  err?: ErrorName;
  /** It came over a connection of this server (so this server replies). */
  local?: boolean;
  /** Operations of a multi, in its order, at most 64. */
  ops?: OpView[];
}

/** One operation of a multi. */
export interface OpView {
  op: OpName;
  path?: string;
  /** What became of it, once that is known: OK too. */
  err?: ErrorName;
}

export interface QueueView {
  /** The field's name in Java. */
  name: string;
  items: RequestView[];
}

/** Section named by the processor's class. */
export interface ProcessorSection {
  type: 'processor';
  name: string;
  /** It is a thread with a queue; else a plain call on another's thread. */
  isThread: boolean;
  /** Name of that thread. */
  thread: string;
  frozen: boolean;
  /** What the thread works on now. */
  working: RequestView | null;
  /** What it does with it (`append`, `fsync`, `commit`...), when more than one thing is possible. */
  doing?: string;
  queues: QueueView[];
  /** CommitProcessor: pendingRequests, one row per session. */
  pendingRequests?: { sessionId: SessionId; items: RequestView[] }[];
  /** CommitProcessor: its workers' queues, by worker. */
  workers?: { working: RequestView | null; items: RequestView[] }[];
}

/** Section `role`. */
export interface RoleSection {
  type: 'role';
  sid: Sid;
  standalone: boolean;
  serverState: ServerState;
  zabState: ZabState;
  /** Sid of the leader it follows or is; undefined while looking. */
  leader?: Sid;
  acceptedEpoch: number;
  currentEpoch: number;
  lastLoggedZxid: Zxid;
  /** Leader: lastCommitted; learner: the last zxid it got a COMMIT for. */
  lastCommittedZxid: Zxid;
  lastProcessedZxid: Zxid;
  /** Clients may connect. */
  serving: boolean;
  /** ReadOnlyZooKeeperServer: it serves reads while it is LOOKING. */
  readOnly?: boolean;
  /** State of the ZooKeeperServer object: INITIAL, RUNNING, SHUTDOWN, ERROR; none while looking. */
  serverObject?: string;
  voters: Sid[];
}

export interface VoteView {
  leader: Sid;
  zxid: Zxid;
  peerEpoch: number;
  electionEpoch: number;
}

/** Section `election`. */
export interface ElectionSection {
  type: 'election';
  /** logicalclock. */
  round: number;
  looking: boolean;
  /** Own proposal while looking, the final vote after. */
  vote: VoteView | null;
  /** Why the proposal is what it is. */
  because: 'own' | 'higherEpoch' | 'higherZxid' | 'higherSid' | 'higherRound' | 'final' | null;
  /** What counts in this round, by sid. */
  recvset: (VoteView & { sid: Sid; state: ServerState })[];
  outofelection: (VoteView & { sid: Sid; state: ServerState })[];
  /** How many equal votes make a quorum. */
  quorum: number;
  /** It has a quorum and waits 200 ms for a better vote. */
  finalizing: boolean;
}

/** Section `ledger`: the leader's outstandingProposals and toBeApplied. */
export interface LedgerSection {
  type: 'ledger';
  rows: {
    zxid: Zxid;
    request: RequestView;
    /** Voters whose ack arrived, ascending. */
    acks: Sid[];
    /** Why it is not committed yet: the guard of tryToCommit. */
    waitsFor: { type: 'acks'; missing: number } | { type: 'smallerZxid'; zxid: Zxid };
  }[];
  voters: Sid[];
  quorum: number;
  toBeApplied: RequestView[];
  /** What is in toBeApplied, with the acks that committed it, in zxid order. */
  committed?: { zxid: Zxid; request: RequestView; acks: Sid[] }[];
}

/** Section `learners`: the leader's LearnerHandlers. */
export interface LearnersSection {
  type: 'learners';
  rows: {
    sid: Sid;
    phase: 'FOLLOWERINFO' | 'ACKEPOCH' | 'NEWLEADER' | 'UPTODATE' | 'FORWARDING';
    syncMode?: 'DIFF' | 'TRUNC' | 'SNAP';
    /** Kinds waiting in queuedPackets, oldest first, at most 50. */
    queuedPackets: { kind: PacketKind; zxid: Zxid }[];
    queuedCount: number;
    sending: { kind: PacketKind; zxid: Zxid } | null;
    senderFrozen: boolean;
    lastAckZxid: Zxid;
  }[];
}

/** Section `pendingTxns` of a follower: first in, first out. */
export interface PendingTxnsSection {
  type: 'pendingTxns';
  items: RequestView[];
  pendingSyncs: RequestView[];
}

/** Section `log`. */
export interface LogSection {
  type: 'log';
  /** The newest records, oldest first, at most 64. */
  records: {
    zxid: Zxid;
    request: RequestView;
    /** Forced to disk. */
    synced: boolean;
    /** Known to be committed here. */
    committed: boolean;
    applied: boolean;
  }[];
  /** Records in all log files. */
  total: number;
  /** Zxids of snapshots on disk, ascending. */
  snapshots: Zxid[];
  files: { name: string; records: number; synced: number }[];
  disk: { fault: string; extraMicros: number };
}

/** Section `sessions`. */
export interface SessionsSection {
  type: 'sessions';
  rows: {
    sessionId: SessionId;
    timeoutMs: number;
    /** Leader and standalone: the bucket (virtual time, us) at which it expires unless touched. */
    expiresAt?: number;
    isClosing: boolean;
    /** Leader: sid of the server that its client is attached to, as far as it knows. */
    owner?: Sid;
    /** A connection of this server carries it. */
    connected: boolean;
    ephemerals: number;
    /** Local sessions are known to their own server alone; undefined: global. */
    isLocal?: boolean;
    /** Identities of that connection, where there is one. */
    auth?: AuthId[];
  }[];
  /** Learner: sessions touched since the last ping of the leader. */
  touchTable: SessionId[];
}

/** Section `client` of a client process. */
export interface ClientSection {
  type: 'client';
  letter: string;
  state:
    | 'NOT_CONNECTED'
    | 'CONNECTING'
    | 'CONNECTED'
    | 'CONNECTEDREADONLY'
    | 'CLOSED'
    | 'AUTH_FAILED';
  hosts: Sid[];
  /** Path in front of all that it names. */
  chroot?: string;
  /** Schemes of the identities that it claims, oldest first. */
  auth?: string[];
  /** Watches that it holds, by its own paths, sorted; only kinds of which there are some. */
  watches?: Partial<
    Record<'data' | 'exist' | 'child' | 'persistent' | 'persistentRecursive', string[]>
  >;
  /** Server of the connection it has or tries. */
  server?: Sid;
  sessionId: SessionId;
  /** Negotiated; wanted before. ms. */
  sessionTimeout: number;
  lastZxid: Zxid;
  /** Written when a connection exists. */
  outgoingQueue: RequestView[];
  /** Sent, not yet answered. */
  pendingQueue: RequestView[];
  /** Virtual times, us. */
  lastHeard: number;
  lastSend: number;
}

/** One line of a console. */
export interface ConsoleLine {
  at: number;
  kind: 'input' | 'output' | 'error' | 'event' | 'world';
  /** input: what was typed, without the prompt. */
  text: string;
  /** input: the prompt at which it was typed, with its trailing blank. */
  prompt?: string;
}

/** Section `console` of a client process. */
export interface ConsoleSection {
  type: 'console';
  /** `[zk: zk1:2181(CONNECTED) 0] ` */
  prompt: string;
  /** The newest 500. */
  lines: ConsoleLine[];
  /** Lines dropped before those. */
  dropped: number;
  /** A command waits for its answer. */
  waiting: boolean;
}

/** Section `probe`: what raw connections received, oldest first. */
export interface ProbeSection {
  type: 'probe';
  received: {
    tag: string;
    what: 'accepted' | 'refused' | 'closed' | 'packet';
    packet?: Packet;
    at: number;
  }[];
}

export type Section =
  | RoleSection
  | ProcessorSection
  | ElectionSection
  | LedgerSection
  | LearnersSection
  | PendingTxnsSection
  | LogSection
  | SessionsSection
  | TreeSection
  | WatchesSection
  | ClientSection
  | ConsoleSection
  | ProbeSection
  | AppSection;

/** A message in flight. */
export interface MessageView {
  /** `<conn>>n` or `<conn><n`: connection, direction, number there. */
  id: string;
  conn: ConnId;
  channel: ConnectionKind;
  from: ProcessName;
  to: ProcessName;
  /** connect, accept, refuse and close are messages too. */
  kind: PacketKind | 'SYN' | 'ACCEPT' | 'REFUSE' | 'FIN' | 'RST';
  packet?: Packet;
  zxid?: Zxid;
  request?: RequestView;
  sentAt: number;
  /** undefined while it is held or its link is cut. */
  arrivesAt?: number;
  waits?: 'cut' | 'held' | 'paused';
  sent: TraceId;
  idle?: boolean;
}

/** A directed fault of a link, by channel. */
export interface LinkView {
  from: ProcessName;
  to: ProcessName;
  channel: ConnectionKind;
  cut: boolean;
  held: boolean;
  partitioned: boolean;
  latencyMicros: number;
}

export interface ConnectionView {
  conn: ConnId;
  channel: ConnectionKind;
  /** Opener first. */
  a: ProcessName;
  b: ProcessName;
  state: 'opening' | 'open' | 'closing';
}

export interface FormerSession {
  sessionId: SessionId;
  /** Of the client: `a`, or `m-1` of a master. */
  letter: string;
}

export interface ProcessView {
  name: ProcessName;
  kind: 'server' | 'client' | 'app' | 'probe';
  /** running, paused, or down (crashed, exited, never started). */
  status: 'running' | 'paused' | 'down';
  incarnation: number;
  /** Set when it ended by itself. */
  exit?: { code: number; reason: string };
  /** A dead process has only what lies on its disk: `role` with the epochs, `log`; a client its `console`. */
  sections: Record<string, Section>;
  /** Sessions that it had when it died, oldest first: the ensemble knows them until they expire. */
  formerSessions?: readonly FormerSession[];
}

export interface CheckView {
  name: string;
  holds: boolean;
  /** Global event number at which it broke. */
  brokenAt?: number;
  explanation?: string;
  /** The explanation for other languages. */
  sentence?: Sentence;
  /** It is no law but a number worth seeing, as how many processes believe they are master. */
  count?: number;
}

export interface Frame {
  /** Events that have happened. */
  event: number;
  /** Events of the newest point of the run; larger than `event` while one looks back. */
  lastEvent: number;
  /** Virtual time, us. */
  at: number;
  processes: Record<string, ProcessView>;
  messages: MessageView[];
  /** Only links on which something is out of the ordinary. */
  links: LinkView[];
  connections: ConnectionView[];
  checks: CheckView[];
  /** Set when nothing is outstanding but pings and timers: no message, no request in a processor, no election. */
  quiet?: true;
  /** Rolling hash of the trace so far, 8 hex digits. */
  fingerprint: string;
}
