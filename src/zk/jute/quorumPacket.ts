/**
 * Packets of the quorum port and their writing. They are records behind each other, without frames. Source:
 * QuorumPacket, LearnerInfo in zookeeper.jute; Leader, LearnerHandler, Learner.
 */
import { assert } from '../../base/assert';
import { NO_ZXID, type Sid, type Zxid } from '../ids';
import type { QuorumPacket } from '../packets';
import { type Layout, writeRecord } from './archive/layout';
import {
  openOutput,
  type OutputArchive,
  writeBool,
  writeInt,
  writeLong,
  writeLongHex,
  writeSized,
  writeText,
  writtenBytes,
} from './archive/outputArchive';
import { opCodeOf } from './archive/codes';
import { ID } from './records/data';
import { writeRequestBody } from './records/requestBody';
import { type DigestedTxn, writeTxn } from './records/txn';

/**
 * A packet as it is on the wire. The stream behind a SNAP is a snapshot's, not part of the
 * packet. `config` of NEWLEADER is the membership's text. INFORM and the ACTIVATEs are
 * those of observers and of changes of the membership.
 */
export type WireQuorumPacket =
  | Exclude<QuorumPacket, { kind: 'SNAP' | 'PROPOSAL' | 'UPTODATE' }>
  | { kind: 'SNAP' | 'UPTODATE'; zxid: Zxid }
  | { kind: 'PROPOSAL' | 'INFORM'; zxid: Zxid; entry: DigestedTxn }
  | { kind: 'INFORMANDACTIVATE'; zxid: Zxid; designatedLeader: Sid; entry: DigestedTxn };

export type QuorumKind = WireQuorumPacket['kind'];

/** Numbers of Leader.java. */
export const QUORUM_TYPES: Readonly<Record<QuorumKind, number>> = {
  REQUEST: 1,
  PROPOSAL: 2,
  ACK: 3,
  COMMIT: 4,
  PING: 5,
  REVALIDATE: 6,
  SYNC: 7,
  INFORM: 8,
  COMMITANDACTIVATE: 9,
  NEWLEADER: 10,
  FOLLOWERINFO: 11,
  UPTODATE: 12,
  DIFF: 13,
  TRUNC: 14,
  SNAP: 15,
  OBSERVERINFO: 16,
  LEADERINFO: 17,
  ACKEPOCH: 18,
  INFORMANDACTIVATE: 19,
};

/** Protocol version of learners and leaders since Zab 1.0. */
const ZAB_1_0 = 0x10000;
/** Version of a static membership. */
const CONFIG_VERSION = 0;
export const LEARNER_INFO: Layout = [
  ['sid', 'long', 'serverid'],
  ['protocolVersion', 'int'],
  ['configVersion', 'zxid'],
];

/** `config`: text of the membership for a NEWLEADER that carries none itself. */
export function encodeQuorumPacket(
  packet: QuorumPacket | WireQuorumPacket,
  options: { config?: string } = {},
): Uint8Array {
  const out = openOutput();
  writeQuorumPacket(out, packet, options.config ?? '');
  return writtenBytes(out);
}

export function writeQuorumPacket(
  out: OutputArchive,
  packet: QuorumPacket | WireQuorumPacket,
  config: string,
): void {
  writeInt(out, QUORUM_TYPES[packet.kind]);
  writeLong(out, 'zxid' in packet ? packet.zxid : NO_ZXID);
  if (hasData(packet)) writeSized(out, () => writeData(out, packet, config));
  else writeInt(out, -1);
  const ids = packet.kind === 'REQUEST' ? packet.authInfo : undefined;
  if (ids === undefined) writeInt(out, -1);
  else writeRecord(out, AUTH_INFO, { authinfo: ids });
}

const AUTH_INFO: Layout = [['authinfo', { vector: { record: ID } }]];

function hasData(packet: QuorumPacket | WireQuorumPacket): boolean {
  switch (packet.kind) {
    case 'ACK':
    case 'COMMIT':
    case 'SYNC':
    case 'UPTODATE':
    case 'DIFF':
    case 'TRUNC':
    case 'SNAP':
      return false;
    case 'PING':
      return packet.touched !== undefined;
    default:
      return true;
  }
}

function writeData(
  out: OutputArchive,
  packet: QuorumPacket | WireQuorumPacket,
  config: string,
): void {
  switch (packet.kind) {
    case 'FOLLOWERINFO':
    case 'OBSERVERINFO':
      writeRecord(out, LEARNER_INFO, {
        sid: packet.sid,
        protocolVersion: ZAB_1_0,
        configVersion: packet.configVersion ?? CONFIG_VERSION,
      });
      return;
    case 'LEADERINFO':
      writeInt(out, ZAB_1_0);
      return;
    case 'ACKEPOCH':
      writeInt(out, packet.currentEpoch);
      return;
    case 'NEWLEADER':
      writeText(out, ('config' in packet ? packet.config : undefined) ?? config);
      return;
    case 'INFORMANDACTIVATE':
      writeLong(out, packet.designatedLeader);
      writeTxn(out, packet.entry);
      return;
    case 'PROPOSAL':
    case 'INFORM':
      writeTxn(out, packet.entry);
      return;
    case 'COMMITANDACTIVATE':
      writeLong(out, packet.designatedLeader);
      return;
    case 'REQUEST':
      writeLongHex(out, packet.sessionId);
      writeInt(out, packet.cxid);
      writeInt(out, packet.body.op === 'raw' ? packet.body.type : opCodeOf(packet.body.op));
      writeRequestBody(out, packet.body);
      return;
    case 'PING':
      for (const [session, timeOut] of packet.touched ?? []) {
        writeLongHex(out, session);
        writeInt(out, timeOut);
      }
      return;
    case 'REVALIDATE':
      writeLongHex(out, packet.sessionId);
      if (packet.timeOut === undefined) writeBool(out, packet.valid === true);
      else writeInt(out, packet.timeOut);
      return;
    default:
      assert(false, `${packet.kind} has no data`);
  }
}
