/**
 * What one ZooKeeperServer object holds: requests, threads, the queues of the processors,
 * sessions. It lives as long as a role.
 */
import type { TraceId } from '../../base/traceId';
import type { ConnId, MachineEvent } from '../../bridge/process';
import type { RequestRef } from '../../bridge/traceEntry';
import type { ErrorName } from '../../zk/errorCode';
import type { SessionId, Sid, Zxid } from '../../zk/ids';
import type { AclEntry, AuthId, LoggedTxn, RequestBody } from '../../zk/records';

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
  /** Identities of the client's connection when it was sent. */
  readonly authInfo: readonly AuthId[];
  /** createSession or closeSession of a local session: no txn, no leader. */
  isLocalSession: boolean;
  /** When a client's connection read it, virtual us. */
  readonly createdAt: number;
  readonly owner: Owner;
  /** The learner whose sync this is (LearnerSyncRequest). */
  readonly syncFrom?: Sid;
  /** hdr and txn; present exactly when the request is a transaction. */
  entry?: LoggedTxn;
  /** Prep: the zxid allocated last; of a transaction: its own. */
  zxid: Zxid;
  /** KeeperException found before it was applied. */
  err?: ErrorName;
  /** It waited too long at the door: no processor works on it, its answer is THROTTLEDOP. */
  isThrottled: boolean;
  /** Bytes counted for it as a large request; 0: it is none. */
  largeBytes: number;
  /** The entry that brought it to where it is. */
  cause: TraceId;
  /** Likewise for CommitProcessor, where it stands while it is also elsewhere. */
  commitCause?: TraceId;
}

export type ThreadKind =
  | 'NIOWorkerThread'
  | 'RequestThrottler'
  | 'ReadOnlyRequestProcessor'
  | 'PrepRequestProcessor'
  | 'SyncRequestProcessor'
  | 'CommitProcessor'
  | 'CommitProcWorkThread'
  | 'FollowerRequestProcessor'
  | 'SessionTracker'
  | 'ContainerManagerTask'
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
  aversion: number;
  acl: readonly AclEntry[];
  /** Bytes of its data. */
  dataLength: number;
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
  readOnly: Request[];
  /** Leader and standalone; a learner keeps undefined. */
  tracker?: Record<SessionId, TrackedSession>;
  /** With `localSessionsEnabled`: sessions that only this server knows. */
  localTracker?: Record<SessionId, TrackedSession>;
  /** Local sessions whose createSession is on its way -> timeout ms. */
  upgrading: Record<SessionId, number>;
  /** When the SessionTracker thread looks again, virtual ms. */
  trackerWakesAtMs: number;
  /** Learner: sessions touched since the leader's last ping -> timeout ms. */
  touchTable: Record<SessionId, number>;
  outstandingChanges: ChangeRecord[];
  outstandingChangesForPath: Record<string, ChangeRecord>;
  containers: ContainerManagerState;
  limits: LimitsState;
  stats: ServerStats;
}

/** What the limits of a server count; see sessions/limits.ts. */
export interface LimitsState {
  /** Sessions that may be asked for now, and when tokens came back last, ms. */
  tokens: number;
  filledAtMs: number;
  /** Bytes of the large requests under way. */
  largeRequestBytes: number;
  /** RequestThrottler sleeps until then, virtual us; undefined: it does not. */
  stallEndsAt?: number;
}

/** Source: ContainerManager. Leader and standalone. */
export interface ContainerManagerState {
  /** Candidates of the present check that are not posted yet. */
  candidates: string[];
  /** When it was started, and when it checks next; virtual us. Undefined: it does not run, or has nothing to watch. */
  startedAt?: number;
  nextCheckAt?: number;
}

/** Source: ServerStats. Latencies in ms. */
export interface ServerStats {
  startedAt: number;
  packetsReceived: number;
  packetsSent: number;
  /** Requests of clients between the first processor and their answer. */
  inProcess: number;
  latency: LatencyStats;
  /** Bytes of the newest, smallest and largest proposal; -1: none. Leader. */
  proposals: { last: number; min: number; max: number };
}

export interface LatencyStats {
  count: number;
  total: number;
  min: number;
  max: number;
}

/** readOnly: ReadOnlyZooKeeperServer, while this server is LOOKING. */
export type Role = 'standalone' | 'leader' | 'follower' | 'readOnly';
