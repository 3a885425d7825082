/**
 * Packets of the quorum port. They are records behind each other, without frames. Source:
 * QuorumPacket, LearnerInfo in zookeeper.jute; Leader, LearnerHandler, Learner.
 */
import { assert } from '../../base/assert';
import { NO_ZXID, type SessionId, type Sid, type Zxid } from '../ids';
import type { QuorumPacket, TouchTable } from '../packets';
import type { AuthId, RequestBody } from '../records';
import {
  type Decoded,
  decoded,
  fail,
  type InputArchive,
  type InputOptions,
  mark,
  openInput,
  readInt,
  readText,
} from './archive/inputArchive';
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
import { inField, readRecord, readSized, readVector } from './archive/readRecord';
import { opCodeOf } from './archive/codes';
import { ID } from './records/data';
import { readRequestBody, readRequestType, writeRequestBody } from './records/requestBody';
import { type DigestedTxn, readTxn, writeTxn } from './records/txn';

/**
 * A packet as it is on the wire. The stream behind a SNAP is a snapshot's, not part of the
 * packet. `config` of NEWLEADER is the membership's text. INFORM and the ACTIVATEs are
 * those of observers and of changes of the membership.
 */
export type WireQuorumPacket =
  | Exclude<QuorumPacket, { kind: 'SNAP' | 'PROPOSAL' | 'NEWLEADER' | 'UPTODATE' }>
  | { kind: 'SNAP' | 'UPTODATE'; zxid: Zxid }
  | { kind: 'NEWLEADER'; zxid: Zxid; config?: string }
  | { kind: 'PROPOSAL' | 'INFORM'; zxid: Zxid; entry: DigestedTxn }
  | { kind: 'COMMITANDACTIVATE'; zxid: Zxid; designatedLeader: Sid }
  | { kind: 'INFORMANDACTIVATE'; zxid: Zxid; designatedLeader: Sid; entry: DigestedTxn };

type Kind = WireQuorumPacket['kind'];

/** Numbers of Leader.java. */
const TYPES: Readonly<Record<Kind, number>> = {
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

const KINDS: readonly (Kind | undefined)[] = (Object.keys(TYPES) as Kind[]).reduce<Kind[]>(
  (kinds, kind) => {
    kinds[TYPES[kind]] = kind;
    return kinds;
  },
  [],
);

/** Protocol version of learners and leaders since Zab 1.0. */
const ZAB_1_0 = 0x10000;
/** Version of a static membership. */
const CONFIG_VERSION = 0;
/** Length of a REVALIDATE that asks; the answer has a byte in place of the int. */
const REVALIDATE_ASK_BYTES = 12;

const LEARNER_INFO: Layout = [
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
  writeInt(out, TYPES[packet.kind]);
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
        configVersion: CONFIG_VERSION,
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

/** Reads the first packet of the bytes; `end` is where the next one begins. */
export function decodeQuorumPacket(
  bytes: Uint8Array,
  options: InputOptions = {},
): Decoded<WireQuorumPacket> {
  const input = openInput(bytes, options);
  return decoded(input, readQuorumPacket(input));
}

/** An ACK of zxid -1 behind the first thing that was wrong. */
export function readQuorumPacket(input: InputArchive): WireQuorumPacket {
  const kind = readKind(input);
  const { zxid } = readRecord(input, [['zxid', 'zxid']]) as { zxid: Zxid };
  const at = input.at;
  const data = readSized(input, 'data', () => readData(input, kind, zxid));
  const authAt = input.at;
  const ids = inField(input, 'authinfo', () => readVector(input, { record: ID }, true));
  if (input.error !== undefined) return { kind: 'ACK', zxid: NO_ZXID };
  if (ids !== null && kind === 'REQUEST' && data !== undefined) {
    return { ...data, authInfo: ids } as WireQuorumPacket;
  }
  if (ids !== null && ids.length > 0) {
    inField(input, 'authinfo', () => fail(input, 'length', authAt, 'null expected, ids there'));
  }
  return data ?? withoutData(input, kind, zxid, at);
}

function readKind(input: InputArchive): Kind {
  return inField(input, 'type', () => {
    const at = input.at;
    const type = readInt(input);
    const kind = KINDS[type];
    if (kind === undefined) fail(input, 'value', at, `a packet of Leader expected, ${type} there`);
    mark(input, at, 'int', kind ?? type);
    return kind ?? 'ACK';
  });
}

function withoutData(input: InputArchive, kind: Kind, zxid: Zxid, at: number): WireQuorumPacket {
  switch (kind) {
    case 'ACK':
    case 'COMMIT':
    case 'SYNC':
    case 'UPTODATE':
    case 'DIFF':
    case 'TRUNC':
    case 'SNAP':
    case 'PING':
      return { kind, zxid } as WireQuorumPacket;
    default:
      inField(input, 'data', () => fail(input, 'length', at, `${kind} has data, null there`));
      return { kind: 'ACK', zxid: NO_ZXID };
  }
}

function readData(input: InputArchive, kind: Kind, zxid: Zxid): WireQuorumPacket {
  switch (kind) {
    case 'FOLLOWERINFO':
    case 'OBSERVERINFO': {
      const { sid } = readRecord(input, LEARNER_INFO) as { sid: Sid };
      return { kind, zxid, sid };
    }
    case 'LEADERINFO':
      readRecord(input, [['protocolVersion', 'int']]);
      return { kind, zxid };
    case 'ACKEPOCH': {
      const record = readRecord(input, [['currentEpoch', 'int']]) as { currentEpoch: number };
      return { kind, zxid, ...record };
    }
    case 'NEWLEADER': {
      const at = input.at;
      const config = readText(input);
      inField(input, 'config', () => mark(input, at, 'bytes', JSON.stringify(config)));
      return { kind, zxid, config };
    }
    case 'PROPOSAL':
    case 'INFORM':
      return { kind, zxid, entry: readTxn(input) };
    case 'COMMITANDACTIVATE':
      return { kind, zxid, designatedLeader: readDesignated(input) };
    case 'INFORMANDACTIVATE':
      return { kind, zxid, designatedLeader: readDesignated(input), entry: readTxn(input) };
    case 'REQUEST':
      return readForwarded(input);
    case 'PING':
      return { kind, zxid, touched: readTouchTable(input) };
    case 'REVALIDATE':
      return readRevalidate(input);
    default:
      // Nobody looks at data here; real servers write null.
      return { kind, zxid } as WireQuorumPacket;
  }
}

function readDesignated(input: InputArchive): Sid {
  const record = readRecord(input, [['designatedLeader', 'long']]);
  return record['designatedLeader'] as Sid;
}

function readForwarded(input: InputArchive): WireQuorumPacket {
  const { sessionId, cxid } = readRecord(input, [
    ['sessionId', 'session'],
    ['cxid', 'int'],
  ]) as { sessionId: SessionId; cxid: number };
  const type = readRequestType(input);
  const body: RequestBody = readRequestBody(input, type);
  return { kind: 'REQUEST', sessionId, cxid, body } satisfies {
    authInfo?: readonly AuthId[];
  } & WireQuorumPacket;
}

function readTouchTable(input: InputArchive): TouchTable {
  const touched: TouchTable = [];
  for (let i = 0; input.at < input.end && input.error === undefined; i += 1) {
    input.path.push(`[${i}]`);
    const row = readRecord(input, [
      ['sessionId', 'session'],
      ['timeOut', 'int'],
    ]) as { sessionId: SessionId; timeOut: number };
    input.path.pop();
    touched.push([row.sessionId, row.timeOut]);
  }
  return touched;
}

function readRevalidate(input: InputArchive): WireQuorumPacket {
  const isAsked = input.end - input.at >= REVALIDATE_ASK_BYTES;
  const record = readRecord(input, [
    ['sessionId', 'session'],
    isAsked ? ['timeOut', 'int'] : ['valid', 'bool'],
  ]);
  return { kind: 'REVALIDATE', ...record } as WireQuorumPacket;
}
