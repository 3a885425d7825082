/**
 * What arrives from other processes: who reads it depends on the connection.
 * A thread that is frozen, or waits inside an item, reads nothing; what comes for
 * it waits in its order.
 */
import type { MachineEvent } from '../../bridge/process';
import { isServer, sidOf } from '../../bridge/names';
import type { ClientPacket, ElectionPacket, QuorumPacket } from '../../zk/packets';
import {
  onElectionAccepted,
  onElectionClosed,
  onElectionConnect,
  onElectionPacket,
  onElectionRefused,
} from './election/quorumCnxManager';
import type { LearnerHandler, Server } from './machine';
import { onLeaderAccepted, onLeaderPacket, onLeaderRefused } from './quorum/learner';
import { onLearnerConnect, onLearnerGone, onLearnerPacket } from './quorum/learnerHandler';
import { onClientClosed, onClientConnect, onClientPacket } from './sessions/clientConnections';
import { learnerHandlerName, takesAtOnce, threadOf } from './threads';

type MessageEvent = Extract<MachineEvent, { type: 'message' }>;
type PlainEvent = Exclude<MachineEvent, { type: 'message' | 'local' | 'command' }>;

/** The thread that reads this connection. */
function readerOf(s: Server, channel: string, conn: string): string {
  if (channel === 'client') return 'NIOWorkerThread';
  if (channel === 'election') return 'WorkerReceiver';
  const handler = handlerOf(s, conn);
  return handler === undefined ? 'QuorumPeer' : learnerHandlerName(handler.sid);
}

function handlerOf(s: Server, conn: string): LearnerHandler | undefined {
  const sid = s.state.quorumConns[conn];
  const handler = sid === undefined ? undefined : s.state.leader?.handlers[sid];
  return handler?.conn === conn ? handler : undefined;
}

export function onMessage(s: Server, event: MessageEvent): void {
  const reader = readerOf(s, event.channel, event.conn);
  s.fx.describeWork(reader, undefined);
  const thread = threadOf(s.state, reader);
  if (takesAtOnce(thread)) handleMessage(s, event);
  else thread.stalled.push(event);
}

/** The thread that reads this connection is free to read. */
export function handleMessage(s: Server, event: MessageEvent): void {
  const { conn, packet, sent } = event;
  if (event.channel === 'client') onClientPacket(s, conn, packet as ClientPacket, sent);
  else if (event.channel === 'election') {
    onElectionPacket(s, conn, packet as ElectionPacket, sent);
  } else {
    const { leader, learner } = s.state;
    const handler = handlerOf(s, conn);
    if (leader !== undefined && handler !== undefined) {
      onLearnerPacket(s, leader, handler, packet as QuorumPacket);
    } else if (learner?.conn === conn) {
      onLeaderPacket(s, learner, packet as QuorumPacket);
    }
  }
}

export function onPlainNetworkEvent(s: Server, event: PlainEvent): void {
  if (isForReader(s, event)) {
    const thread = threadOf(s.state, readerOf(s, event.channel, event.conn));
    if (!takesAtOnce(thread)) {
      thread.stalled.push(event);
      return;
    }
  }
  handleNetworkEvent(s, event);
}

/**
 * The end of a stream is read behind what came before it, and who connects to the
 * leader waits for the answer; listening sockets answer by themselves.
 */
function isForReader(s: Server, event: PlainEvent): boolean {
  if (event.type === 'closed') return true;
  return event.type !== 'connect' && s.state.learner?.conn === event.conn;
}

export function handleNetworkEvent(s: Server, event: PlainEvent): void {
  if (event.channel === 'client') onClientEvent(s, event);
  else if (event.channel === 'election') onElectionEvent(s, event);
  else onQuorumEvent(s, event);
}

function onClientEvent(s: Server, event: PlainEvent): void {
  if (event.type === 'connect') onClientConnect(s, event.conn, event.from);
  else if (event.type === 'closed') onClientClosed(s, event.conn);
}

function onElectionEvent(s: Server, event: PlainEvent): void {
  const { conn, from } = event;
  if (event.type === 'connect') {
    if (isServer(from)) onElectionConnect(s, conn, sidOf(from));
    else s.fx.refuse(conn);
  } else if (event.type === 'accepted') onElectionAccepted(s, conn);
  else if (event.type === 'refused') onElectionRefused(s, conn);
  else onElectionClosed(s, conn);
}

/**
 * The quorum port is open while this server leads: to the servers that its ensemble was made of, whether
 * or not they still vote. Differs: one that joins later is refused.
 */
function onQuorumEvent(s: Server, event: PlainEvent): void {
  const { conn, from } = event;
  const { leader, learner } = s.state;
  if (event.type === 'connect') {
    const sid = isServer(from) ? sidOf(from) : undefined;
    if (leader === undefined || sid === undefined || !s.state.spec.voters.includes(sid)) {
      s.fx.refuse(conn);
    } else onLearnerConnect(s, leader, conn, sid);
    return;
  }
  if (learner !== undefined && learner.conn === conn) {
    if (event.type === 'accepted') onLeaderAccepted(s, learner);
    else if (event.type === 'refused') onLeaderRefused(s, learner, conn);
    else s.hand.leaveRole(s, 'Connection to the leader closed');
    return;
  }
  const handler = handlerOf(s, conn);
  if (leader !== undefined && handler !== undefined && event.type === 'closed') {
    onLearnerGone(s, leader, handler);
  }
}
