/** Reading what comes over the quorum port. */
import { NO_ZXID, type SessionId, type Sid, type Zxid } from '../ids';
import type { TouchTable } from '../packets';
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
import { inField, readRecord, readSized, readVector } from './archive/readRecord';
import { LEARNER_INFO, QUORUM_TYPES, type QuorumKind, type WireQuorumPacket } from './quorumPacket';
import { ID } from './records/data';
import { readRequestBody, readRequestType } from './records/requestBody';
import { readTxn } from './records/txn';

const KINDS: readonly (QuorumKind | undefined)[] = (
  Object.keys(QUORUM_TYPES) as QuorumKind[]
).reduce<QuorumKind[]>((kinds, kind) => {
  kinds[QUORUM_TYPES[kind]] = kind;
  return kinds;
}, []);

/** Length of a REVALIDATE that asks; the answer has a byte in place of the int. */
const REVALIDATE_ASK_BYTES = 12;

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

function readKind(input: InputArchive): QuorumKind {
  return inField(input, 'type', () => {
    const at = input.at;
    const type = readInt(input);
    const kind = KINDS[type];
    if (kind === undefined) fail(input, 'value', at, `a packet of Leader expected, ${type} there`);
    mark(input, at, 'int', kind ?? type);
    return kind ?? 'ACK';
  });
}

function withoutData(
  input: InputArchive,
  kind: QuorumKind,
  zxid: Zxid,
  at: number,
): WireQuorumPacket {
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

function readData(input: InputArchive, kind: QuorumKind, zxid: Zxid): WireQuorumPacket {
  switch (kind) {
    case 'FOLLOWERINFO':
    case 'OBSERVERINFO': {
      const { sid, configVersion } = readRecord(input, LEARNER_INFO) as {
        sid: Sid;
        configVersion: Zxid;
      };
      return configVersion > 0 ? { kind, zxid, sid, configVersion } : { kind, zxid, sid };
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
