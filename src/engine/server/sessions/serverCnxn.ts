/**
 * One client's connection: its beginning and end, what is written to it, its figures.
 * Source: NIOServerCnxn, ServerCnxn, ServerStats.
 */
import type { ConnId, ProcessName } from '../../../bridge/names';
import { checkAcl, PERMS } from '../../../zk/acl';
import type { ErrorName } from '../../../zk/errorCode';
import { NO_SESSION, type SessionId, type Zxid } from '../../../zk/ids';
import type { ClientReply, WatchEventType } from '../../../zk/packets';
import type { AclEntry, AuthId, ReplyBody } from '../../../zk/records';
import { removeWatcher } from '../../database/watchManager';
import type { CnxnStats } from '../cnxnState';
import { nowMs, type Request, type Server, type ServerCnxn, type ZksState } from '../machine';
import type { LatencyStats } from '../zksState';

/** Every client has its address for an identity; all of them are on this one. */
const CLIENT_ADDRESS: AuthId = { scheme: 'ip', id: '127.0.0.1' };
/** Ports that a client's end has, as operating systems give them out. */
const PORT_FIRST = 32768;
const PORTS = 28000;
const IDS_FIRST: readonly AuthId[] = [CLIENT_ADDRESS];

/** `maxClientCnxns` from one address; one more is closed as soon as it stands. */
export function hasTooManyCnxns(s: Server, from: ProcessName): boolean {
  const { maxClientCnxns } = s.state.spec.config;
  if (maxClientCnxns <= 0) return false;
  let count = 0;
  for (const conn in s.state.cnxns) if (s.state.cnxns[conn]?.from === from) count += 1;
  return count >= maxClientCnxns;
}

export function openCnxn(s: Server, conn: ConnId, from: ProcessName): ServerCnxn {
  s.state.cnxnsMade += 1;
  const cnxn: ServerCnxn = {
    conn,
    from,
    sessionId: NO_SESSION,
    timeoutMs: 0,
    established: false,
    recvDisabled: false,
    backlog: [],
    modern: true,
    port: PORT_FIRST + (s.state.cnxnsMade % PORTS),
    pendingConnect: undefined,
    ids: IDS_FIRST,
    stats: emptyCnxnStats(s.fx.now),
  };
  s.state.cnxns[conn] = cnxn;
  return cnxn;
}

function emptyCnxnStats(now: number): CnxnStats {
  return {
    establishedAt: now,
    lastReadAt: now,
    received: 0,
    sent: 0,
    outstanding: 0,
    lastOp: 'NA',
    lastCxid: -1,
    lastZxid: -1,
    lastResponseMs: 0,
    lastLatencyMs: 0,
    latency: emptyLatency(),
  };
}

export function emptyLatency(): LatencyStats {
  return { count: 0, total: 0, min: -1, max: 0 };
}

/** The command crst: counts and latencies begin anew, the connection stays. */
export function resetCnxnStats(stats: CnxnStats): void {
  const { establishedAt, lastReadAt, outstanding } = stats;
  Object.assign(stats, emptyCnxnStats(establishedAt), { lastReadAt, outstanding });
}

/** The connection is no more, at whichever end it ended: its watches go with it. */
export function forgetCnxn(s: Server, conn: ConnId): void {
  delete s.state.cnxns[conn];
  removeWatcher(s.state.watches, conn);
  s.fx.touch('sessions');
  s.fx.touch('watches');
}

export function closeCnxn(s: Server, cnxn: ServerCnxn): void {
  forgetCnxn(s, cnxn.conn);
  s.fx.close(cnxn.conn);
}

/** The connection of a session that is over, if this server has it. */
export function closeSessionConnection(s: Server, sessionId: SessionId): void {
  for (const cnxn of Object.values(s.state.cnxns)) {
    if (cnxn.sessionId === sessionId) closeCnxn(s, cnxn);
  }
}

/** The server stops serving: every client loses its connection. */
export function closeAllClients(s: Server): void {
  for (const conn of Object.keys(s.state.cnxns).sort()) {
    closeCnxn(s, s.state.cnxns[conn] as ServerCnxn);
  }
}

/** A packet of a client was read. */
export function noteReceived(s: Server, cnxn: ServerCnxn): void {
  cnxn.stats.received += 1;
  cnxn.stats.lastReadAt = s.fx.now;
  const { zks } = s.state;
  if (zks !== undefined) zks.stats.packetsReceived += 1;
}

export function noteSent(s: Server, cnxn: ServerCnxn): void {
  cnxn.stats.sent += 1;
  const { zks } = s.state;
  if (zks !== undefined) zks.stats.packetsSent += 1;
}

/** Writes the answer of a request. `lop`: the operation as the command cons names it. */
export function sendReply(
  s: Server,
  cnxn: ServerCnxn,
  request: Request,
  zxid: Zxid,
  err: ErrorName,
  body: ReplyBody | undefined,
): void {
  const { op } = request.ref;
  const reply: ClientReply = { kind: 'REPLY', xid: request.cxid, zxid, err, op };
  if (err === 'OK' && body !== undefined) reply.body = body;
  s.fx.trace({
    type: 'reply',
    thread: 'FinalRequestProcessor',
    request: request.ref,
    zxid,
    err,
  });
  noteSent(s, cnxn);
  s.fx.send(cnxn.conn, reply, { request: request.ref, idle: op === 'ping' ? true : undefined });
  if (request.cxid > 0) cnxn.stats.outstanding -= 1;
  if (cnxn.recvDisabled && cnxn.established && !shouldThrottle(s, cnxn)) {
    s.hand.enableRecv(s, cnxn);
  }
}

/**
 * Too many requests are on their way through this server, some of them of this connection: it
 * reads no more of it until that is over. Source: ZooKeeperServer.shouldThrottle,
 * LeaderZooKeeperServer.getGlobalOutstandingLimit.
 */
export function shouldThrottle(s: Server, cnxn: ServerCnxn): boolean {
  const { zks, spec } = s.state;
  const { voters } = s.state.quorumVerifier;
  if (zks === undefined) return false;
  const divisor = zks.role === 'leader' && voters.length > 2 ? voters.length - 1 : 1;
  const limit = Math.floor(spec.config.globalOutstandingLimit / divisor);
  return limit < zks.stats.inProcess && cnxn.stats.outstanding > 0;
}

/** How long a request of this connection took, and what it was. Source: updateStatsForResponse. */
export function noteAnswered(
  s: Server,
  zks: ZksState,
  cnxn: ServerCnxn,
  request: Request,
  lastOp: string,
  zxid: Zxid,
): void {
  const { stats } = cnxn;
  const ms = Math.floor((s.fx.now - request.createdAt) / 1000);
  if (request.cxid >= 0) stats.lastCxid = request.cxid;
  stats.lastZxid = zxid;
  stats.lastOp = lastOp;
  stats.lastResponseMs = nowMs(s);
  stats.lastLatencyMs = ms;
  addLatency(stats.latency, ms);
  addLatency(zks.stats.latency, ms);
}

function addLatency(latency: LatencyStats, ms: number): void {
  latency.count += 1;
  latency.total += ms;
  if (latency.min < 0 || ms < latency.min) latency.min = ms;
  if (ms > latency.max) latency.max = ms;
}

/**
 * Tells a client that a watch of its fired. Who may not read the node is not told, though its
 * watch is used up (a backport of ZOOKEEPER-4799 that the recorded 3.8.0 carries).
 */
export function sendEvent(
  s: Server,
  conn: ConnId,
  type: WatchEventType,
  path: string,
  acl: readonly AclEntry[] | undefined,
): void {
  const cnxn = s.state.cnxns[conn];
  if (cnxn === undefined) return;
  if (!checkAcl(acl, PERMS.READ, cnxn.ids, s.state.spec.config.skipACL)) return;
  noteSent(s, cnxn);
  s.fx.send(conn, { kind: 'EVENT', type, state: 'SyncConnected', path });
}
