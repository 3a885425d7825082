/**
 * The processors that are plain calls on another's thread: AckRequestProcessor,
 * SendAckRequestProcessor, ProposalRequestProcessor, ToBeAppliedRequestProcessor
 * (LeaderRequestProcessor upgrades local sessions, which hands.ts does; the eager
 * ACL check is off).
 */
import type { Request, Server, ZksState } from '../machine';

/** The leader's own vote for a txn counts only now, after its fsync. Source: AckRequestProcessor. */
export function ackRequest(s: Server, request: Request): void {
  s.fx.trace({
    type: 'ack',
    thread: 'AckRequestProcessor',
    sid: s.state.sid,
    zxid: request.zxid,
    request: request.ref,
  });
  s.hand.processAck(s, s.state.sid, request.zxid);
}

/** Buffers an ACK; the batch's end sends it. Source: SendAckRequestProcessor. */
export function bufferAck(s: Server, zks: ZksState, request: Request): void {
  if (request.ref.op === 'sync') return;
  zks.sync.acks.push(request);
  s.fx.traceRequest(
    'call',
    request.ref,
    request.zxid,
    undefined,
    undefined,
    'SendAckRequestProcessor',
  );
}

export function sendAcks(s: Server, zks: ZksState): void {
  const acks = zks.sync.acks;
  zks.sync.acks = [];
  for (const request of acks) {
    const { zxid, ref } = request;
    const thread = 'SendAckRequestProcessor';
    s.fx.trace({ type: 'ack', thread, sid: s.state.sid, zxid, request: ref });
    s.hand.toLeader(s, { kind: 'ACK', zxid }, request);
  }
}

/** Drops the head of toBeApplied once that txn is in the tree. Source: Leader.ToBeAppliedRequestProcessor. */
export function afterApplied(s: Server, request: Request): void {
  const queue = s.state.leader?.toBeApplied;
  if (queue === undefined || request.entry === undefined) return;
  if (queue[0]?.zxid !== request.zxid) return;
  queue.shift();
  s.fx.touch('ledger');
}
