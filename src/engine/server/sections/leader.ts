/** Sections `ledger` and `learners` of a leader. */
import type { LearnersSection, LedgerSection } from '../../../bridge/frame';
import { NO_ZXID, type Sid, type Zxid } from '../../../zk/ids';
import type { PacketKind, QuorumPacket } from '../../../zk/packets';
import type { HandlerPhase, LeaderState, LearnerHandler, Proposal, ServerState } from '../machine';
import { viewOf } from './requestView';

/** Packets of one learner that are listed; the rest is counted. */
const QUEUED_PACKETS_MAX = 50;

type Row = LearnersSection['rows'][number];

/** Which packet comes next between leader and learner, or is held back until a quorum is there. */
const PHASES: Record<HandlerPhase, Row['phase']> = {
  FOLLOWERINFO: 'FOLLOWERINFO',
  waitEpoch: 'FOLLOWERINFO',
  ACKEPOCH: 'ACKEPOCH',
  waitEpochAck: 'ACKEPOCH',
  NEWLEADER: 'NEWLEADER',
  waitNewLeader: 'UPTODATE',
  FORWARDING: 'FORWARDING',
};

export function ledgerSection(state: ServerState, leader: LeaderState): LedgerSection {
  const { voters, quorum } = state.quorumVerifier;
  return {
    type: 'ledger',
    rows: leader.outstandingProposals.map((proposal) => ({
      zxid: proposal.zxid,
      request: viewOf(proposal.request),
      acks: [...proposal.acks],
      waitsFor: waitsFor(proposal, quorum),
    })),
    voters: [...voters],
    quorum,
    toBeApplied: leader.toBeApplied.map((proposal) => viewOf(proposal.request)),
    committed: leader.toBeApplied.map((proposal) => ({
      zxid: proposal.zxid,
      request: viewOf(proposal.request),
      acks: [...proposal.acks],
    })),
  };
}

/**
 * The guards of tryToCommit. A proposal with a quorum that is still in the ledger
 * can only wait for the one before it; one without would wait even at the head.
 */
function waitsFor(proposal: Proposal, quorum: number): LedgerSection['rows'][number]['waitsFor'] {
  const { acks, reconfig } = proposal;
  const missing = Math.max(
    (reconfig?.before.quorum ?? quorum) - acks.length,
    (reconfig?.next.quorum ?? 0) - (reconfig?.acks.length ?? 0),
  );
  if (missing > 0) return { type: 'acks', missing };
  return { type: 'smallerZxid', zxid: (proposal.zxid - 1) as Zxid };
}

export function learnersSection(state: ServerState, leader: LeaderState): LearnersSection {
  const rows = Object.keys(leader.handlers).map((key) => {
    const handler = leader.handlers[Number(key)] as LearnerHandler;
    return learnerRow(state, handler, Number(key));
  });
  return { type: 'learners', rows };
}

function learnerRow(state: ServerState, handler: LearnerHandler, sid: Sid): Row {
  const row: Row = {
    sid,
    phase: PHASES[handler.phase],
    queuedPackets: handler.queuedPackets
      .slice(0, QUEUED_PACKETS_MAX)
      .map(({ packet }) => packetView(packet)),
    queuedCount: handler.queuedPackets.length,
    sending: handler.sending === undefined ? null : packetView(handler.sending.packet),
    senderFrozen: state.threads[`Sender-${sid}`]?.frozen ?? false,
    lastAckZxid: handler.lastAckZxid,
  };
  if (handler.syncMode !== undefined) row.syncMode = handler.syncMode;
  return row;
}

/** REQUEST and REVALIDATE have -1 on the wire. */
function packetView(packet: QuorumPacket): { kind: PacketKind; zxid: Zxid } {
  return { kind: packet.kind, zxid: 'zxid' in packet ? packet.zxid : NO_ZXID };
}
