/**
 * What goes over the election port: first a HELLO of the server that connects, then
 * notifications in frames. Source: QuorumCnxManager.InitialMessage,
 * FastLeaderElection.buildMsg and WorkerReceiver.
 */
import { epochOf, type Sid, type Zxid } from '../ids';
import type { ElectionPacket, Notification, ServerState } from '../packets';
import {
  type Decoded,
  decoded,
  fail,
  type InputArchive,
  type InputOptions,
  mark,
  openInput,
  readInt,
  readLength,
  readText,
} from './archive/inputArchive';
import { type Layout, writeRecord } from './archive/layout';
import {
  openOutput,
  type OutputArchive,
  writeInt,
  writeLong,
  writeSized,
  writeText,
  writtenBytes,
} from './archive/outputArchive';
import { inField, readRecord } from './archive/readRecord';

/** What our packets leave out because every server knows it by its configuration. */
export interface ElectionTexts {
  /** Election address of the server that says HELLO, `host:port`. */
  address?: string;
  /** Text of the membership. */
  config?: string;
}

export type WireElectionPacket =
  | { kind: 'HELLO'; sid: Sid; address?: string }
  | (Notification & { config?: string });

/** Protocol version with one address; with several it is one more. */
const PROTOCOL_VERSION = -65536;
const PROTOCOL_VERSION_V2 = -65535;
/** Version of a notification with a membership. */
const NOTIFICATION_VERSION = 2;
const HELLO_ADDRESS_MAX = 2048;
/** Lengths of notifications of older servers: up to the round; up to the peer epoch. */
const LENGTH_28 = 28;
const LENGTH_40 = 40;
const STATES: readonly ServerState[] = ['LOOKING', 'FOLLOWING', 'LEADING', 'OBSERVING'];

const VOTE: Layout<keyof Notification> = [
  ['leader', 'long'],
  ['zxid', 'zxid'],
  ['electionEpoch', 'long'],
];
const PEER_EPOCH: Layout<keyof Notification> = [['peerEpoch', 'long']];

/** A HELLO as it stands at the head of the stream, a notification without its frame's length. */
export function encodeElectionPacket(
  packet: ElectionPacket | WireElectionPacket,
  texts: ElectionTexts = {},
): Uint8Array {
  const out = openOutput();
  writeElectionPacket(out, packet, texts);
  return writtenBytes(out);
}

export function writeElectionPacket(
  out: OutputArchive,
  packet: ElectionPacket | WireElectionPacket,
  texts: ElectionTexts,
): void {
  if (packet.kind === 'HELLO') {
    const own = 'address' in packet ? packet.address : undefined;
    writeLong(out, PROTOCOL_VERSION);
    writeLong(out, packet.sid);
    writeSized(out, () => writeText(out, own ?? texts.address ?? ''));
    return;
  }
  const own = 'config' in packet ? packet.config : undefined;
  writeInt(out, STATES.indexOf(packet.state));
  writeRecord(out, VOTE, packet);
  writeRecord(out, PEER_EPOCH, packet);
  writeInt(out, NOTIFICATION_VERSION);
  writeSized(out, () => writeText(out, own ?? texts.config ?? ''));
}

/** `first`: nothing came before on this connection, so it must be a HELLO. */
export function decodeElectionPacket(
  bytes: Uint8Array,
  context: InputOptions & { first: boolean },
): Decoded<WireElectionPacket> {
  const input = openInput(bytes, context);
  return decoded(input, readElectionPacket(input, context.first));
}

export function readElectionPacket(input: InputArchive, first: boolean): WireElectionPacket {
  return first ? readHello(input) : readNotification(input);
}

/** The oldest servers begin with their sid and say nothing more. */
function readHello(input: InputArchive): WireElectionPacket {
  const at = input.at;
  const version = inField(input, 'protocolVersion', () => {
    const { value } = readRecord(input, [['value', 'long', '']]) as { value: number };
    if (value < 0 && value !== PROTOCOL_VERSION && value !== PROTOCOL_VERSION_V2) {
      fail(input, 'value', at, `${PROTOCOL_VERSION} expected, ${value} there`);
    }
    return value;
  });
  if (version >= 0) return { kind: 'HELLO', sid: version };
  const { sid } = readRecord(input, [['sid', 'long']]) as { sid: Sid };
  const address = inField(input, 'address', () => readAddress(input));
  return { kind: 'HELLO', sid, address };
}

function readAddress(input: InputArchive): string {
  const at = input.at;
  const length = readLength(input);
  if (input.error === undefined && (length < 1 || length > HELLO_ADDRESS_MAX)) {
    const expected = `a length of 1 to ${HELLO_ADDRESS_MAX} expected`;
    fail(input, 'length', at, `${expected}, ${length} there`);
  }
  if (input.error !== undefined) return '';
  const address = readText(input, length);
  mark(input, at, 'ustring', JSON.stringify(address));
  return address;
}

function readNotification(input: InputArchive): WireElectionPacket {
  const length = input.end - input.at;
  const state = readState(input);
  const vote = readRecord(input, VOTE) as { leader: Sid; zxid: Zxid; electionEpoch: number };
  const notification = { kind: 'NOTIFICATION', state, ...vote } as const;
  if (length === LENGTH_28) return { ...notification, peerEpoch: epochOf(vote.zxid) };
  const { peerEpoch } = readRecord(input, PEER_EPOCH) as { peerEpoch: number };
  const { version } = readRecord(input, [['version', 'int']]) as { version: number };
  if (length === LENGTH_40 || version < NOTIFICATION_VERSION) return { ...notification, peerEpoch };
  const config = inField(input, 'config', () => readConfig(input));
  return { ...notification, peerEpoch, config };
}

function readState(input: InputArchive): ServerState {
  return inField(input, 'state', () => {
    const at = input.at;
    const code = readInt(input);
    const state = STATES[code];
    if (state === undefined) fail(input, 'value', at, `a state of 0 to 3 expected, ${code} there`);
    mark(input, at, 'int', state ?? code);
    return state ?? 'LOOKING';
  });
}

function readConfig(input: InputArchive): string {
  const at = input.at;
  const length = readLength(input);
  if (length < 0) fail(input, 'length', at, 'a length of 0 or more expected, -1 there');
  if (input.error !== undefined) return '';
  const config = readText(input, length);
  mark(input, at, 'ustring', JSON.stringify(config));
  return config;
}
