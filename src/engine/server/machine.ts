/**
 * The state of one ZooKeeper server and the words its parts use with each other.
 *
 * One QuorumPeer owns one ZKDatabase, which survives role changes. All else
 * that belongs to a role (`zks`, `leader`, `learner`) is made anew each time
 * one is taken. Everything here is plain data, changed in place by this
 * machine alone.
 */
import type { TraceId } from '../../base/traceId';
import type { ConnId, DiskOp, Effects, MachineEvent, ServerSpec } from '../../bridge/process';
import type { RequestRef } from '../../bridge/traceEntry';
import type { ErrorName } from '../../zk/errorCode';
import type { SessionId, Sid, Zxid } from '../../zk/ids';
import type {
  ClientPacket,
  Notification,
  QuorumPacket,
  ServerState as PeerState,
} from '../../zk/packets';
import type { LoggedTxn, ProcessTxnResult, RequestBody } from '../../zk/records';
import type { Disk } from '../database/disk';
import type { ZKDatabase } from '../database/zkDatabase';
import type { ZabState } from '../../bridge/frame';

/** `me` for a client of this server, `sid/n` for the n-th LearnerHandler made for that learner. */
export type Owner = string;
export const OWNER_ME: Owner = 'me';

/** Source: Request.java. */
export interface Request {
  readonly ref: RequestRef;
  readonly sessionId: SessionId;
  readonly cxid: number;
  /** Undefined for a request made from a proposal. */
  readonly body?: RequestBody;
  /** The local connection that waits for the answer. */
  readonly conn?: ConnId;
  readonly owner: Owner;
  /** The learner whose sync this is (LearnerSyncRequest). */
  readonly syncFrom?: Sid;
  /** hdr and txn; present exactly when the request is a transaction. */
  entry?: LoggedTxn;
  /** Prep: the zxid allocated last; of a transaction: its own. */
  zxid: Zxid;
  /** KeeperException found before it was applied. */
  err?: ErrorName;
  /** The entry that brought it to where it is. */
  cause: TraceId;
  /** Likewise for CommitProcessor, where it stands while it is also elsewhere. */
  commitCause?: TraceId;
}

export type ThreadKind =
  | 'NIOWorkerThread'
  | 'RequestThrottler'
  | 'PrepRequestProcessor'
  | 'SyncRequestProcessor'
  | 'CommitProcessor'
  | 'CommitProcWorkThread'
  | 'FollowerRequestProcessor'
  | 'SessionTracker'
  | 'QuorumPeer'
  | 'WorkerReceiver'
  | 'LearnerHandler'
  | 'Sender';

/** A thread: takes one item at a time, works for a service time, hands on. */
export interface Thread {
  readonly name: string;
  readonly kind: ThreadKind;
  /** Of a numbered thread: its worker, or the learner's sid. */
  readonly index: number;
  /** Work scheduled under another serial is void: its thread is gone or was freed. */
  serial: number;
  frozen: boolean;
  /** Frozen, but allowed this many items. */
  allowed: number;
  busy: boolean;
  /** What it works on. */
  working?: Request;
  /** Why it works, where no request says it: the entry that queued a packet. */
  cause?: TraceId;
  doing?: string;
  /** It waits inside an item, for the disk or for a quorum, and reads nothing meanwhile. */
  blocked: boolean;
  /** Came for it while it was frozen or blocked: messages and timers, oldest first. */
  stalled: MachineEvent[];
  /** An event is on its way that takes the oldest of them. */
  replaying: boolean;
}

/** Source: PrepRequestProcessor, ZooKeeperServer.ChangeRecord; exists false: deleted by a pending txn. */
export interface ChangeRecord {
  readonly zxid: Zxid;
  readonly path: string;
  exists: boolean;
  version: number;
  /** Stored: creations only. */
  cversion: number;
  childCount: number;
  ephemeralOwner: SessionId;
}

export interface CommitState {
  queuedRequests: Request[];
  queuedWriteRequests: Request[];
  pendingRequests: Record<SessionId, Request[]>;
  committedRequests: Request[];
  /** Reads handed to workers and not finished. */
  inFlight: number;
  workers: { queue: Request[] }[];
  phase: 'start' | 'read' | 'commit' | 'release';
  /** Read phase: how many of the queue it still looks at, and reads handed out. */
  remaining: number;
  reads: number;
  /** Commit phase: commits left; sessions whose waiting reads are to be released. */
  budget: number;
  committedSessions: SessionId[];
}

/** Source: SessionTrackerImpl. Leader and standalone. */
export interface TrackedSession {
  timeoutMs: number;
  isClosing: boolean;
  owner?: Owner;
  /** End of its bucket, virtual ms. */
  expiresAtMs: number;
}

/** One ZooKeeperServer object: lives as long as a role. */
export interface ZksState {
  role: Role;
  /** Requests are taken and clients may connect. */
  serving: boolean;
  /** SyncThread (or another critical thread) died: the role ends at its next look. */
  failed: boolean;
  hzxid: Zxid;
  nextSessionId: SessionId;
  throttler: Request[];
  prep: Request[];
  sync: {
    queue: Request[];
    toFlush: Request[];
    nexts: Request[];
    acks: Request[];
    txnsSinceSnapshot: number;
    snapshotAt: number;
  };
  commit: CommitState;
  follower: Request[];
  /** Leader and standalone; a learner keeps undefined. */
  tracker?: Record<SessionId, TrackedSession>;
  /** When the SessionTracker thread looks again, virtual ms. */
  trackerWakesAtMs: number;
  /** Learner: sessions touched since the leader's last ping -> timeout ms. */
  touchTable: Record<SessionId, number>;
  outstandingChanges: ChangeRecord[];
  outstandingChangesForPath: Record<string, ChangeRecord>;
}

export type Role = 'standalone' | 'leader' | 'follower';

export interface Proposal {
  readonly request: Request;
  readonly zxid: Zxid;
  readonly acks: Sid[];
}

/** A packet for a learner, the entry that queued it and the request it is about. */
export interface QueuedPacket {
  packet: QuorumPacket;
  cause: TraceId;
  request?: RequestRef;
}

export type HandlerPhase =
  | 'FOLLOWERINFO'
  | 'waitEpoch'
  | 'ACKEPOCH'
  | 'waitEpochAck'
  | 'NEWLEADER'
  | 'waitNewLeader'
  | 'FORWARDING';

/** Source: LearnerHandler. */
export interface LearnerHandler {
  sid: Sid;
  conn: ConnId;
  owner: Owner;
  phase: HandlerPhase;
  queuedPackets: QueuedPacket[];
  /** What the Sender writes now. */
  sending?: QueuedPacket;
  senderStarted: boolean;
  forwarding: boolean;
  syncMode?: 'DIFF' | 'TRUNC' | 'SNAP';
  peerLastZxid: Zxid;
  lastAckZxid: Zxid;
  tickOfNextAckDeadline: number;
  /** SyncLimitCheck: oldest unacked proposal written, and the newest one behind it; times in us. */
  limitCurrent?: { zxid: Zxid; at: number };
  limitNext?: { zxid: Zxid; at: number };
}

/** Source: Leader. */
export interface LeaderState {
  phase: 'epoch' | 'epochAck' | 'newLeader' | 'broadcast';
  epoch: number;
  lastProposed: Zxid;
  lastCommitted: Zxid;
  /** In zxid order without gap, so that index = zxid - first zxid. */
  outstandingProposals: Proposal[];
  toBeApplied: Proposal[];
  pendingSyncs: Record<string, Request[]>;
  handlers: Record<Sid, LearnerHandler>;
  handlersMade: number;
  connectingFollowers: Sid[];
  electingFollowers: Sid[];
  newLeaderAcks: Sid[];
  summary: { epoch: number; zxid: Zxid };
  tick: number;
  tickSkip: boolean;
}

/** Source: Learner, Follower. */
export interface LearnerState {
  leader: Sid;
  conn?: ConnId;
  connected: boolean;
  tries: number;
  phase: 'connecting' | 'LEADERINFO' | 'syncMode' | 'syncing' | 'BROADCAST';
  newEpoch: number;
  lastLoggedAtStart: Zxid;
  snapshotNeeded: boolean;
  syncSnapshot: boolean;
  newLeaderSeen: boolean;
  packetsNotCommitted: LoggedTxn[];
  packetsCommitted: Zxid[];
  lastQueued: Zxid;
  pendingTxns: Request[];
  pendingSyncs: Request[];
  pendingRevalidations: Record<SessionId, ConnId>;
  lastCommitted: Zxid;
}

export interface Vote {
  leader: Sid;
  zxid: Zxid;
  electionEpoch: number;
  peerEpoch: number;
}

export interface ReceivedVote extends Vote {
  state: PeerState;
}

/** Source: FastLeaderElection. */
export interface ElectionState {
  logicalclock: number;
  proposal?: Vote;
  because: 'own' | 'higherEpoch' | 'higherZxid' | 'higherSid' | 'higherRound' | 'final' | null;
  recvset: Record<Sid, ReceivedVote>;
  outofelection: Record<Sid, ReceivedVote>;
  recvqueue: { from: Sid; n: Notification; cause: TraceId }[];
  notTimeoutMs: number;
  finalizing: boolean;
}

/** Source: QuorumCnxManager; one per other voter. */
export interface ElectionPeer {
  conn?: ConnId;
  opening?: { conn: ConnId; at: number };
  /** queueSendMap: one message, the newest wins. */
  queued?: Notification;
  lastMessageSent?: Notification;
}

/** Source: NIOServerCnxn. */
export interface ServerCnxn {
  conn: ConnId;
  /** NO_SESSION until the session is settled. */
  sessionId: SessionId;
  timeoutMs: number;
  established: boolean;
  recvDisabled: boolean;
  /** Read once reading is enabled again. */
  backlog: { packet: ClientPacket; sent: TraceId }[];
  /** The ConnectRequest had the readOnly field. */
  modern: boolean;
  pendingConnect?: { timeOut: number };
}

export interface ServerState {
  spec: ServerSpec;
  sid: Sid;
  voters: Sid[];
  quorum: number;
  switches: Record<string, true>;
  disk: Disk;
  diskFault: { fault: 'ok' | 'slow' | 'fail-append' | 'fail-fsync' | 'full'; extraMicros: number };
  db: ZKDatabase;
  peerState: PeerState;
  zabState: ZabState;
  syncMode: 'NONE' | 'DIFF' | 'SNAP' | 'TRUNC';
  acceptedEpoch: number;
  currentEpoch: number;
  currentVote?: Vote;
  election: ElectionState;
  electionPeers: Record<Sid, ElectionPeer>;
  /** One more at each role change; work scheduled in an older one is void. */
  period: number;
  threads: Record<string, Thread>;
  threadsMade: number;
  zks?: ZksState;
  leader?: LeaderState;
  learner?: LearnerState;
  cnxns: Record<ConnId, ServerCnxn>;
  /** Connections of the other kinds, by what they carry. */
  quorumConns: Record<ConnId, Sid>;
  electionConns: Record<ConnId, Sid>;
}

export type ProcessorName =
  | 'LeaderRequestProcessor'
  | 'PrepRequestProcessor'
  | 'ProposalRequestProcessor'
  | 'SyncRequestProcessor'
  | 'AckRequestProcessor'
  | 'SendAckRequestProcessor'
  | 'CommitProcessor'
  | 'ToBeAppliedRequestProcessor'
  | 'FinalRequestProcessor'
  | 'FollowerRequestProcessor';

/**
 * What a part may ask of its siblings. They do not import each other: the
 * composite (server.ts) carries every hand-off, in the order of the calls.
 */
export interface Hands {
  /** Lets a thread take its next item, if it is free and has one. */
  kick(s: Server, thread: string): void;
  /** Gives a request to a processor of this role's chain. */
  process(s: Server, to: ProcessorName, request: Request): void;
  /** CommitProcessor.commit. */
  commit(s: Server, request: Request): void;
  propose(s: Server, request: Request): void;
  processAck(s: Server, sid: Sid, zxid: Zxid): void;
  processSync(s: Server, request: Request): void;
  /** Learner: sends a packet to its leader. */
  toLeader(s: Server, packet: QuorumPacket, request?: Request): void;
  /** Leader: the touch table of a learner arrived; standalone and leader: a client was heard. False: unknown or closing. */
  touch(s: Server, sessionId: SessionId, timeoutMs: number): boolean;
  /** A request from the leader's own timer or a learner straight into Prep. */
  submitLearnerRequest(s: Server, request: Request): void;
  submitRequest(s: Server, request: Request): void;
  /** Ends the present role; the peer goes LOOKING. */
  leaveRole(s: Server, reason: string): void;
  enterRole(s: Server, vote: Vote): void;
  /** Leader or learner: answer of REVALIDATE, or of one's own tracker. */
  finishSessionInit(s: Server, conn: ConnId, valid: boolean): void;
  revalidated(s: Server, sessionId: SessionId, valid: boolean): void;
  applied(s: Server, request: Request, result: ProcessTxnResult | undefined): void;
  closeSessionConnection(s: Server, sessionId: SessionId): void;
  startServing(s: Server): void;
  updateElectionVote(s: Server, epoch: number): void;
}

/** One step's view of a server. */
export interface Server {
  readonly state: ServerState;
  readonly fx: Effects;
  readonly hand: Hands;
}

/** Virtual time in ms, as the server's clock shows it. */
export function nowMs(s: Server): number {
  return Math.floor(s.fx.now / 1000);
}

/** 2026-01-01 00:00:00 UTC, ms: what the clock on the wall showed at virtual time 0. */
export const WALL_CLOCK_START_MS = 1767225600000;

/** What the database's disk functions report their operations to. */
export function diskReport(s: Server): (op: DiskOp) => void {
  return (op) => s.fx.disk(op);
}
