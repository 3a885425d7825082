/** What a server holds as a member of its ensemble: as leader, as learner, in elections. */
import type { TraceId } from '../../base/traceId';
import type { ConnId } from '../../bridge/process';
import type { RequestRef } from '../../bridge/traceEntry';
import type { SessionId, Sid, Zxid } from '../../zk/ids';
import type { Notification, QuorumPacket, ServerState as PeerState } from '../../zk/packets';
import type { QuorumVerifier } from '../../zk/quorumVerifier';
import type { LoggedTxn } from '../../zk/records';
import type { Owner, Request } from './zksState';

export interface Proposal {
  readonly request: Request;
  readonly zxid: Zxid;
  /** Voters that acknowledged it, ascending. */
  readonly acks: Sid[];
  /**
   * Proposed while a reconfig was not in force (the reconfig itself included): `acks` are those of the
   * voters `before` it, and here are those of the voters of the `next` membership; each must be a quorum.
   * Source: Proposal.QuorumVerifierAcksetPair.
   */
  readonly reconfig?: { before: QuorumVerifier; next: QuorumVerifier; acks: Sid[] };
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
  /** False: a reconfig has handed the lead over, so nothing is committed any more. */
  allowedToCommit: boolean;
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
  /** The membership that came with NEWLEADER; in force from UPTODATE on. */
  newLeaderVerifier?: QuorumVerifier;
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
