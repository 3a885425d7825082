/**
 * QuorumCnxManager: who connects to whom on the election port.
 *
 * Of a pair of servers only the connection that the larger sid opened is kept,
 * or each would end up with two. A smaller one opens all the same: its HELLO
 * tells the larger one that it is there, which then calls back.
 *
 * These connections outlive the election: losing one changes no role.
 *
 * Source: QuorumCnxManager (startConnection, handleConnection), RecvWorker.
 */
import { unreachable } from '../../../base/assert';
import type { ConnId } from '../../../bridge/process';
import type { TraceId } from '../../../base/traceId';
import type { Sid } from '../../../zk/ids';
import type { ElectionPacket } from '../../../zk/packets';
import type { Server } from '../machine';
import { onNotification } from './fastLeaderElection';
import { connectOne, electionPeer, finishWorkers, startWorkers } from './sendWorker';

/** The listener accepts everybody; the HELLO that follows decides. */
export function onElectionConnect(s: Server, conn: ConnId, from: Sid): void {
  s.state.electionConns[conn] = from;
  s.fx.accept(conn);
}

/** Initiator: says who it is, and keeps the connection only when its own sid is the larger one. */
export function onElectionAccepted(s: Server, conn: ConnId): void {
  const sid = s.state.electionConns[conn];
  // It was given up (cnxTimeout) before the answer came.
  if (sid === undefined) return;
  const peer = electionPeer(s, sid);
  if (peer.opening?.conn === conn) delete peer.opening;
  s.fx.send(conn, { kind: 'HELLO', sid: s.state.sid }, { sid: s.state.sid });
  if (sid < s.state.sid) {
    startWorkers(s, sid, conn);
    return;
  }
  delete s.state.electionConns[conn];
  s.fx.close(conn);
}

/** Nobody listens there. The next message, or the next timeout without delivery, tries again. */
export function onElectionRefused(s: Server, conn: ConnId): void {
  forget(s, conn);
}

/** Both workers end; what is sent later asks for a new connection. */
export function onElectionClosed(s: Server, conn: ConnId): void {
  forget(s, conn);
}

/** RecvWorker: what arrives on a connection that was replaced or given up has no reader any more. */
export function onElectionPacket(
  s: Server,
  conn: ConnId,
  packet: ElectionPacket,
  _sent: TraceId,
): void {
  const from = s.state.electionConns[conn];
  if (from === undefined) return;
  switch (packet.kind) {
    case 'HELLO':
      onHello(s, conn, packet.sid);
      return;
    case 'NOTIFICATION':
      // The arrival is the cause of what follows; its own cause is the sending.
      onNotification(s, from, packet, s.fx.head);
      return;
    default:
      unreachable(packet);
  }
}

function onHello(s: Server, conn: ConnId, sid: Sid): void {
  if (sid > s.state.sid) {
    startWorkers(s, sid, conn);
    return;
  }
  // The smaller one would not call if its end of an older connection were alive.
  finishWorkers(s, sid);
  delete s.state.electionConns[conn];
  s.fx.close(conn);
  if (sid !== s.state.sid) connectOne(s, sid);
}

function forget(s: Server, conn: ConnId): void {
  const sid = s.state.electionConns[conn];
  if (sid === undefined) return;
  delete s.state.electionConns[conn];
  const peer = electionPeer(s, sid);
  if (peer.conn === conn) delete peer.conn;
  if (peer.opening?.conn === conn) delete peer.opening;
}
