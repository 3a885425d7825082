/**
 * The state of one ZooKeeper server and the words its parts use with each other.
 *
 * One QuorumPeer owns one ZKDatabase, which survives role changes. All else
 * that belongs to a role (`zks`, `leader`, `learner`) is made anew each time
 * one is taken. Everything here is plain data, changed in place by this
 * machine alone.
 */
import type { ZabState } from '../../bridge/frame';
import type { ConnId, DiskOp, Effects, ServerSpec } from '../../bridge/process';
import type { SessionId, Sid, Zxid } from '../../zk/ids';
import type { QuorumPacket, ServerState as PeerState } from '../../zk/packets';
import type { QuorumVerifier } from '../../zk/quorumVerifier';
import type { ProcessTxnResult } from '../../zk/records';
import type { Disk } from '../database/disk';
import type { WatchTables } from '../database/watchManager';
import type { ZKDatabase } from '../database/zkDatabase';
import type { ServerCnxn } from './cnxnState';
import type { ZxidDigest } from './digestLog';
import type { Namespaces } from './namespaces';
import type { ElectionPeer, ElectionState, LeaderState, LearnerState, Vote } from './quorumState';
import type { Request, Thread, ZksState } from './zksState';

export type { ServerCnxn } from './cnxnState';
export type {
  ElectionPeer,
  ElectionState,
  HandlerPhase,
  LeaderState,
  LearnerHandler,
  LearnerState,
  Proposal,
  QueuedPacket,
  ReceivedVote,
  Vote,
} from './quorumState';
export type {
  ChangeRecord,
  CommitState,
  Owner,
  Request,
  Role,
  Thread,
  ThreadKind,
  TrackedSession,
  ZksState,
} from './zksState';
export { OWNER_ME } from './zksState';

export interface ServerState {
  spec: ServerSpec;
  sid: Sid;
  /** The membership in force. */
  quorumVerifier: QuorumVerifier;
  /** The newest one that was proposed; as long as its version is the larger one a reconfig is under way. */
  lastSeenQuorumVerifier: QuorumVerifier;
  /** A reconfig has named another leader: `currentVote` is whom to follow next, without an election. */
  reconfigFlag: boolean;
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
  /** What this process heard to be committed in its earlier roles; nothing of it is on disk. */
  committedBefore: Zxid;
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
  /** Watches of this server's connections. */
  watches: WatchTables;
  /** ZooTrace's mask, which gtmk and stmk show and set. */
  traceMask: number;
  namespaces: Namespaces;
  /** Oldest first. */
  digestLog: ZxidDigest[];
  /** Connections of clients accepted so far. */
  cnxnsMade: number;
  /** Connections of the other kinds, by what they carry. */
  quorumConns: Record<ConnId, Sid>;
  electionConns: Record<ConnId, Sid>;
}

export type ProcessorName =
  | 'ReadOnlyRequestProcessor'
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
  /** A connection that was throttled reads on. */
  enableRecv(s: Server, cnxn: ServerCnxn): void;
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
