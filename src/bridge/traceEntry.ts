/**
 * What is written down. An event of a process leaves one head entry (what
 * happened to it) and behind it, in order, what that led to inside the same
 * step; the head is their cause.
 */
import type { TraceId } from '../base/traceId';
import type { ErrorName } from '../zk/errorCode';
import type { SessionId, Sid, Zxid } from '../zk/ids';
import type { OpName } from '../zk/opCode';
import type { ConnectionKind, PacketKind } from '../zk/packets';
import type { ProcessName } from './names';

/** Which request an entry is about. */
export interface RequestRef {
  sessionId: SessionId;
  cxid: number;
  op: OpName;
  path?: string;
}

/** Heads: what an event is. */
export type HeadType =
  /** A message arrived and was handled (or, by a reader thread, put into a queue). */
  | 'deliver'
  /** A thread finished its item; `thread` names it. */
  | 'work'
  /** A timer went off; `name` names it. */
  | 'timer'
  /** The disk finished: `name` is the file. */
  | 'disk'
  | 'command'
  | 'start'
  | 'connect'
  | 'accepted'
  | 'refused'
  | 'closed';

/** What an event led to. */
export type StepType =
  | 'send'
  /** A request entered `queue` of `thread`. */
  | 'enqueue'
  /** A plain call: `name` is the processor. */
  | 'call'
  | 'open'
  | 'accept'
  | 'close'
  | 'append'
  | 'fsync'
  | 'fsyncFailed'
  | 'snapshot'
  | 'truncate'
  | 'propose'
  | 'ack'
  /** Leader: a quorum has it, tryToCommit succeeded. */
  | 'commit'
  /** A COMMIT that no head of pendingTxns matches, or a like law of the protocol, broken. */
  | 'violation'
  /** Applied to the DataTree. */
  | 'apply'
  /** A reply was handed to the connection. */
  | 'reply'
  | 'touch'
  /** A connection waits for something from now on (`name`: the kind of watch), or no longer (`removed`); `detail.path`. */
  | 'watch'
  | 'serverState'
  | 'zabState'
  | 'acceptedEpoch'
  | 'currentEpoch'
  /** The server's vote changed or a round began. */
  | 'vote'
  /** A vote was counted or ignored: `name` says why. */
  | 'countVote'
  /** The election ended here. */
  | 'elected'
  /** Leader: finished waitForEpochAck. */
  | 'lead'
  /** Leader: a quorum acknowledged NEWLEADER; it serves. */
  | 'established'
  /** Leader chose how to synchronise learner `peer`: `name` is DIFF, TRUNC or SNAP. */
  | 'syncMode'
  /** Recovery: lastProcessedZxid after the load is `zxid`. */
  | 'load'
  | 'sessionOpen'
  | 'sessionClosing'
  | 'sessionClose'
  | 'serving'
  | 'notServing'
  | 'clientState'
  /** Client: a call ended; err says how. */
  | 'result'
  | 'console'
  /** The application: `name` and `detail` as AppTrace (app.ts) says. */
  | 'app'
  | 'exit';

export interface TraceEntry {
  id: TraceId;
  /** Virtual time, microseconds. */
  at: number;
  process: ProcessName;
  type: HeadType | StepType;
  /** True on the first entry of an event. */
  head?: boolean;
  /** Global number of the event, from 1: the rank after the merge. Set by the world, on heads. */
  event?: number;
  /** The entry that led to this one; undefined for what a person ordered or a clock began. */
  cause?: TraceId;
  /** Thread on which it happened (Java's name, e.g. `SyncThread`), or processor class for a plain call. */
  thread?: string;
  queue?: string;
  name?: string;
  /** The other process. */
  peer?: ProcessName;
  channel?: ConnectionKind;
  kind?: PacketKind;
  /** Message number on its connection and direction (send and deliver). */
  message?: string;
  request?: RequestRef;
  zxid?: Zxid;
  epoch?: number;
  err?: ErrorName;
  sid?: Sid;
  /** Any further numbers or words; part of the fingerprint. */
  detail?: Record<string, string | number | boolean | null>;
  /**
   * propose, and append of a server that is alone: what the txn makes of the tree where its request does
   * not say so itself, as `+/a` (created), `~/a` (created, ephemeral), `-/a` (deleted); empty for a txn
   * that failed. No part of the fingerprint: `detail.tree` of its apply stands for it.
   */
  changes?: readonly string[];
  /** True for what only keeps connections and clocks alive: pings, idle timers. */
  idle?: boolean;
}

/** What a machine writes; the shell adds id, at, process, cause (unless given). */
export type TraceDraft = Omit<TraceEntry, 'id' | 'at' | 'process' | 'event' | 'head'>;
