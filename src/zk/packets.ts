/**
 * Every message between two processes, by connection kind. `kind` is the word
 * that the stage prints on the capsule.
 */
import type { ErrorName } from './errorCode';
import type { SessionId, Sid, Zxid } from './ids';
import type { OpName } from './opCode';
import type { AuthId, LoggedTxn, ReplyBody, RequestBody } from './records';

/** The four kinds of connection; each is cut, held and delayed apart. */
export type ConnectionKind = 'client' | 'quorum' | 'election' | 'app';

/* ---- client port ---- */

export interface ConnectRequest {
  kind: 'CONNECT';
  lastZxidSeen: Zxid;
  /** Wanted session timeout, ms. */
  timeOut: number;
  /** NO_SESSION for a new session. */
  sessionId: SessionId;
  /** 16 bytes as 32 hex digits; zeros for a new session. */
  passwd: string;
  /** undefined: the field is absent (clients before 3.4). */
  readOnly?: boolean;
}

export interface ConnectResponse {
  kind: 'CONNECTED';
  /** Negotiated, ms; 0 means that the session is not valid. */
  timeOut: number;
  sessionId: SessionId;
  passwd: string;
  readOnly?: boolean;
}

export interface ClientRequest {
  kind: 'REQUEST';
  /** From 1 upwards; -2 for a ping. */
  xid: number;
  body: RequestBody;
}

export interface ClientReply {
  kind: 'REPLY';
  xid: number;
  zxid: Zxid;
  err: ErrorName;
  /** Operation answered: not on the wire (a client knows it by the xid), kept for whoever looks. */
  op: OpName;
  /** Absent when err is not OK. */
  body?: ReplyBody;
}

export type WatchEventType =
  | 'NodeCreated'
  | 'NodeDeleted'
  | 'NodeDataChanged'
  | 'NodeChildrenChanged';

/** A notification: xid -1, zxid -1. */
export interface WatcherEventPacket {
  kind: 'EVENT';
  type: WatchEventType;
  state: 'SyncConnected';
  path: string;
}

/** A four-letter word, the first and only bytes of its connection. */
export interface FourLetterWord {
  kind: 'FOURLETTER';
  word: string;
  /** stmk: the number behind it, as a decimal. */
  argument?: string;
}

/** Answer to a four-letter word; the server closes behind it. */
export interface FourLetterText {
  kind: 'TEXT';
  /** As sent, line feeds included. */
  text: string;
}

export type ClientPacket =
  | ConnectRequest
  | ConnectResponse
  | ClientRequest
  | ClientReply
  | WatcherEventPacket;

/* ---- quorum port (2888): Leader's packet types ---- */

/** Touch table of a learner: sessions it heard from since the last ping, with their timeouts in ms. */
export type TouchTable = [SessionId, number][];

/** A snapshot as it is streamed after SNAP and as it lies on disk; shape known to engine/database only. */
export interface SnapshotImage {
  readonly zxid: Zxid;
  /** Sessions with their timeouts in ms. */
  readonly sessions: Readonly<Record<SessionId, number>>;
  /** Opaque outside engine/database. */
  readonly nodes: unknown;
  /** Paths, sorted, for whoever looks; the root is ''. At most 100. */
  readonly paths: readonly string[];
}

export type QuorumPacket =
  /** configVersion: of the sender's membership; undefined: 0, as it was configured. */
  | { kind: 'FOLLOWERINFO' | 'OBSERVERINFO'; zxid: Zxid; sid: Sid; configVersion?: Zxid }
  | { kind: 'LEADERINFO'; zxid: Zxid }
  /** currentEpoch -1: this epoch was accepted before, do not count me. */
  | { kind: 'ACKEPOCH'; zxid: Zxid; currentEpoch: number }
  | { kind: 'DIFF' | 'TRUNC'; zxid: Zxid }
  | { kind: 'SNAP'; zxid: Zxid; image: SnapshotImage }
  /** config: the membership's text, where it may be changed. */
  | { kind: 'NEWLEADER'; zxid: Zxid; config?: string }
  | { kind: 'UPTODATE'; zxid: Zxid }
  | { kind: 'PROPOSAL'; zxid: Zxid; entry: LoggedTxn }
  | { kind: 'ACK' | 'COMMIT'; zxid: Zxid }
  /** The COMMIT of a reconfig. */
  | { kind: 'COMMITANDACTIVATE'; zxid: Zxid; designatedLeader: Sid }
  | { kind: 'SYNC'; zxid: Zxid }
  | {
      kind: 'REQUEST';
      sessionId: SessionId;
      cxid: number;
      body: RequestBody;
      /** Identities of the client's connection. */
      authInfo?: readonly AuthId[];
    }
  /** From the leader: zxid is lastProposed. From a learner: the same zxid back, with its touch table. */
  | { kind: 'PING'; zxid: Zxid; touched?: TouchTable }
  | { kind: 'REVALIDATE'; sessionId: SessionId; timeOut?: number; valid?: boolean };

/* ---- election port (3888) ---- */

export type ServerState = 'LOOKING' | 'FOLLOWING' | 'LEADING' | 'OBSERVING';

export interface Notification {
  kind: 'NOTIFICATION';
  state: ServerState;
  leader: Sid;
  zxid: Zxid;
  /** Round (logicalclock) of the sender, or of its final vote when it is not LOOKING. */
  electionEpoch: number;
  peerEpoch: number;
  /** The sender's membership, where it may be changed. */
  config?: string;
}

export type ElectionPacket = { kind: 'HELLO'; sid: Sid } | Notification;

/** Plain text on the client port, without frames. */
export type FourLetterPacket = FourLetterWord | FourLetterText;

/* ---- outside ZooKeeper: what an application says to its storage ---- */

/** A task may run twice without harm (`any`), or must not (`once`). */
export type TaskKind = 'any' | 'once';

export type AppPacket =
  | {
      kind: 'STORE';
      /** Number of the sender's own, by which it knows the answer. */
      n: number;
      by: string;
      what: 'plan' | 'effect';
      /** plan: `plan`; effect: the id of the submission. */
      key: string;
      text: string;
      token: number;
      taskKind?: TaskKind;
      /** Only if nothing is stored under that key. */
      ifAbsent?: boolean;
    }
  | {
      kind: 'STORED';
      n: number;
      outcome: 'accepted' | 'refused' | 'duplicate';
      /** The greatest token seen for that key before. */
      seen: number;
    };

export type Packet = ClientPacket | FourLetterPacket | QuorumPacket | ElectionPacket | AppPacket;
export type PacketKind = Packet['kind'];
