/**
 * The sending half of QuorumCnxManager: one queue of one message per peer, and
 * the connection (a pair of SendWorker and RecvWorker in Java) that empties it.
 *
 * Only the newest vote matters, so a newer message replaces one that could not
 * be sent yet. A message written just before a connection broke may be lost;
 * that is why the last one is repeated on the next connection.
 *
 * Source: QuorumCnxManager (toSend, connectOne, connectAll, haveDelivered), SendWorker.
 */
import { serverName } from '../../../bridge/names';
import type { ConnId } from '../../../bridge/process';
import type { Sid } from '../../../zk/ids';
import type { Notification } from '../../../zk/packets';
import type { ElectionPeer, Server } from '../machine';
import { currentAndNextVoters } from '../reconfig/verifiers';

/** The record of one other server; made at its first use. */
export function electionPeer(s: Server, sid: Sid): ElectionPeer {
  const known = s.state.electionPeers[sid];
  if (known !== undefined) return known;
  const made: ElectionPeer = {};
  s.state.electionPeers[sid] = made;
  return made;
}

/** Sends a notification to a server, this one included: to oneself it needs no connection. */
export function toSend(s: Server, sid: Sid, n: Notification): void {
  if (sid === s.state.sid) {
    s.state.election.recvqueue.push({ from: sid, n, cause: s.fx.head });
    s.hand.kick(s, 'QuorumPeer');
    return;
  }
  const peer = electionPeer(s, sid);
  if (peer.conn !== undefined) {
    write(s, peer, peer.conn, n);
    return;
  }
  peer.queued = n;
  connectOne(s, sid);
}

/** Opens a connection unless there is one, or one that was asked for less than `cnxTimeout` ago. */
export function connectOne(s: Server, sid: Sid): void {
  const peer = electionPeer(s, sid);
  if (peer.conn !== undefined) return;
  if (peer.opening !== undefined) {
    const { conn, at } = peer.opening;
    if (s.fx.now - at < s.state.spec.config.cnxTimeout * 1000) return;
    // The connect timed out; Java's connecting thread closes its socket then.
    delete s.state.electionConns[conn];
    s.fx.close(conn);
  }
  const conn = s.fx.open('election', serverName(sid));
  peer.opening = { conn, at: s.fx.now };
  s.state.electionConns[conn] = sid;
}

/** Tries every other voter, by ascending sid. */
export function connectAll(s: Server): void {
  for (const sid of currentAndNextVoters(s.state)) if (sid !== s.state.sid) connectOne(s, sid);
}

/** Whether the queue of any peer is empty: then the votes get out, and repeating them has a point. */
export function haveDelivered(s: Server): boolean {
  for (const sid of currentAndNextVoters(s.state)) {
    const peer = s.state.electionPeers[sid];
    if (sid !== s.state.sid && peer !== undefined && peer.queued === undefined) return true;
  }
  return false;
}

/** Makes `conn` the connection to that peer, in place of an older one, and sends what waits or was sent last. */
export function startWorkers(s: Server, sid: Sid, conn: ConnId): void {
  finishWorkers(s, sid);
  const peer = electionPeer(s, sid);
  peer.conn = conn;
  s.state.electionConns[conn] = sid;
  const first = peer.queued ?? peer.lastMessageSent;
  if (first !== undefined) write(s, peer, conn, first);
}

/** Closes the connection to that peer, if there is one. */
export function finishWorkers(s: Server, sid: Sid): void {
  const peer = electionPeer(s, sid);
  if (peer.conn === undefined) return;
  delete s.state.electionConns[peer.conn];
  s.fx.close(peer.conn);
  delete peer.conn;
}

/** As if it had just begun: every connection is closed, nothing waits. Source: QuorumPeer.restartLeaderElection. */
export function restartConnections(s: Server): void {
  for (const conn of Object.keys(s.state.electionConns).sort()) s.fx.close(conn);
  s.state.electionConns = {};
  for (const sid of Object.keys(s.state.electionPeers)) {
    s.state.electionPeers[Number(sid)] = {};
  }
  s.state.election.logicalclock = 0;
  s.fx.touch('election');
}

function write(s: Server, peer: ElectionPeer, conn: ConnId, n: Notification): void {
  delete peer.queued;
  peer.lastMessageSent = n;
  s.fx.send(conn, n, { sid: n.leader, zxid: n.zxid, epoch: n.peerEpoch });
}
