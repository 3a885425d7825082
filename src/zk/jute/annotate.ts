/**
 * Every byte of a message with the field that it belongs to. The fields come from reading
 * the bytes, not from the packet: what is shown is what a real program would see.
 */
import type { OpName } from '../opCode';
import type {
  ClientPacket,
  ElectionPacket,
  FourLetterPacket,
  Packet,
  QuorumPacket,
} from '../packets';
import {
  type JuteError,
  openInput,
  type InputArchive,
  mark,
  readInt,
} from './archive/inputArchive';
import type { Mark } from './archive/mark';
import { inField } from './archive/readRecord';
import { type ClientContext, readClientPacket, writeClientPacket } from './clientPacket';
import { encodeFourLetter, readFourLetterText, readFourLetterWord } from './fourLetter';
import { encodeElectionPacket, readElectionPacket, writeElectionPacket } from './electionPacket';
import { encodeFrame } from './frame';
import { encodeQuorumPacket } from './quorumPacket';
import { readQuorumPacket } from './readQuorumPacket';

/** What bytes are to be read as. Those of client packets and notifications begin with the length of their frame. */
export type ReadAs =
  | { port: 'client'; context: ClientContext }
  /** A four-letter word (of a client) or the text that answers it. */
  | { port: 'client'; bare: 'word' | 'text' }
  | { port: 'quorum' }
  | { port: 'election'; first: boolean };

export interface Annotated {
  bytes: Uint8Array;
  /** In the order of the bytes, without gaps: what is behind the last known field is `rest`. */
  marks: Mark[];
  /** The bytes are no such message; the marks go up to the field that is wrong. */
  error?: JuteError;
}

/** What every server knows by its configuration and our packets leave out. */
export interface KnownTexts {
  /** Election address of the server that says HELLO. */
  address?: string;
  /** Text of the membership. */
  config?: string;
}

/** The bytes of a packet as they go over the wire, and their fields. Of a SNAP only the packet, not the stream behind it. */
export function annotate(packet: Packet, texts: KnownTexts = {}): Annotated {
  if (packet.kind === 'FOURLETTER' || packet.kind === 'TEXT') {
    const bare = packet.kind === 'TEXT' ? 'text' : 'word';
    return annotateBytes(encodeFourLetter(packet), { port: 'client', bare });
  }
  if (isClientPacket(packet)) {
    const bytes = encodeFrame((out) => writeClientPacket(out, packet, false));
    return annotateBytes(bytes, { port: 'client', context: contextOf(packet) });
  }
  // The application's storage is no part of ZooKeeper: what is said to it has no bytes of its own.
  if (packet.kind === 'STORE' || packet.kind === 'STORED')
    return { bytes: new Uint8Array(), marks: [] };
  if (isElectionPacket(packet)) {
    const first = packet.kind === 'HELLO';
    const bytes = first
      ? encodeElectionPacket(packet, texts)
      : encodeFrame((out) => writeElectionPacket(out, packet, texts));
    return annotateBytes(bytes, { port: 'election', first });
  }
  return annotateBytes(encodeQuorumPacket(packet, texts), { port: 'quorum' });
}

function isClientPacket(packet: Exclude<Packet, FourLetterPacket>): packet is ClientPacket {
  switch (packet.kind) {
    case 'CONNECT':
    case 'CONNECTED':
    case 'REPLY':
    case 'EVENT':
      return true;
    case 'REQUEST':
      return 'xid' in packet;
    default:
      return false;
  }
}

function isElectionPacket(packet: ElectionPacket | QuorumPacket): packet is ElectionPacket {
  return packet.kind === 'HELLO' || packet.kind === 'NOTIFICATION';
}

function contextOf(packet: ClientPacket): ClientContext {
  const connected = packet.kind !== 'CONNECT' && packet.kind !== 'CONNECTED';
  if (packet.kind === 'CONNECT' || packet.kind === 'REQUEST') return { from: 'client', connected };
  const op: OpName = packet.kind === 'REPLY' ? packet.op : 'raw';
  return { from: 'server', connected, opOf: () => op };
}

/** The fields of one message. */
export function annotateBytes(bytes: Uint8Array, as: ReadAs): Annotated {
  const marks: Mark[] = [];
  const options = 'context' in as ? { ...as.context, marks } : { marks };
  const input = openInput(bytes, options);
  if ('bare' in as) {
    if (as.bare === 'word') readFourLetterWord(input);
    else readFourLetterText(input);
  } else if (as.port === 'client') {
    readFrameLength(input);
    readClientPacket(input, as.context);
  } else if (as.port === 'quorum') {
    readQuorumPacket(input);
  } else {
    if (!as.first) readFrameLength(input);
    readElectionPacket(input, as.first);
  }
  markRest(bytes, marks);
  return input.error === undefined ? { bytes, marks } : { bytes, marks, error: input.error };
}

function readFrameLength(input: InputArchive): void {
  inField(input, 'len', () => mark(input, 0, 'length', readInt(input)));
}

function markRest(bytes: Uint8Array, marks: Mark[]): void {
  const last = marks[marks.length - 1];
  const offset = last === undefined ? 0 : last.offset + last.length;
  const length = bytes.length - offset;
  if (length > 0) marks.push({ offset, length, field: 'rest', type: 'bytes', value: '' });
}
