/** A client's connection. Source: NIOServerCnxn. */
import type { TraceId } from '../../base/traceId';
import type { ConnId, ProcessName } from '../../bridge/names';
import type { SessionId } from '../../zk/ids';
import type { ClientPacket } from '../../zk/packets';
import type { AuthId } from '../../zk/records';
import type { LatencyStats } from './zksState';

export interface ServerCnxn {
  conn: ConnId;
  /** The client's machine: limits per address go by it. */
  from: ProcessName;
  /** NO_SESSION until the session is settled. */
  sessionId: SessionId;
  timeoutMs: number;
  established: boolean;
  recvDisabled: boolean;
  /** Read once reading is enabled again. */
  backlog: { packet: ClientPacket; sent: TraceId }[];
  /** The ConnectRequest had the readOnly field. */
  modern: boolean;
  /** Of the client's end, as commands name it. */
  port: number;
  pendingConnect?: { timeOut: number };
  /** In the order of a Java hash set; a new array at each change, so that requests may keep it. */
  ids: readonly AuthId[];
  stats: CnxnStats;
}

export interface CnxnStats {
  /** Virtual us. */
  establishedAt: number;
  lastReadAt: number;
  received: number;
  sent: number;
  /** Requests read and not yet answered. */
  outstanding: number;
  lastOp: string;
  /** -1: none since the last reset. */
  lastCxid: number;
  lastZxid: number;
  /** Virtual ms. */
  lastResponseMs: number;
  lastLatencyMs: number;
  latency: LatencyStats;
}
