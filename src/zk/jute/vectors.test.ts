/** Bytes of real programs and of ZooKeeper's own classes: read as what they say, written as they are. */
import { describe, expect, test } from 'vitest';
import { annotateBytes, type ReadAs } from './annotate';
import {
  type ClientContext,
  decodeClientPacket,
  encodeClientPacket,
  frameLength,
} from './clientPacket';
import { decodeElectionPacket, encodeElectionPacket } from './electionPacket';
import { decodeFrame, encodeFrame } from './frame';
import { decodeQuorumPacket } from './readQuorumPacket';
import { encodeQuorumPacket } from './quorumPacket';
import { decodeTxn, encodeTxn } from './records/txn';
import type { Decoded } from './archive/inputArchive';
import { writeHex } from './archive/outputArchive';

import type { ClientPacket } from '../packets';
import { bytesOf, dumpOf } from './vectors/hex.test-support';
import { JAVA_BYTES } from './vectors/javaBytes.test-support';
import {
  CLIENT_PACKETS,
  ELECTION_PACKETS,
  JAVA_TXNS,
  QUORUM_PACKETS,
} from './vectors/javaPackets.test-support';
import {
  CLIENT_VECTORS,
  ELECTION_VECTORS,
  QUORUM_VECTORS,
} from './vectors/wireVectors.test-support';

const FRAME_MAX = 0xfffff;

function javaBytes(name: string): Uint8Array {
  const hex = JAVA_BYTES[name];
  if (hex === undefined) throw new Error(`no bytes named ${name}`);
  return bytesOf(hex);
}

function contextOf(packet: ClientPacket): ClientContext {
  const op = packet.kind === 'REPLY' ? packet.op : undefined;
  const connected = packet.kind !== 'CONNECT' && packet.kind !== 'CONNECTED';
  return packet.kind === 'REQUEST' || packet.kind === 'CONNECT'
    ? { from: 'client', connected }
    : { from: 'server', connected, opOf: () => op };
}

/** As Java reads what Java wrote: a character above U+FFFF comes back as two replacements. */
function asRead<T>(value: T): T {
  return JSON.parse(JSON.stringify(value).replace(/\u{1f600}/gu, '\ufffd\ufffd')) as T;
}

function readOf<T>(result: Decoded<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

describe('captured client frames', () => {
  test.each(CLIENT_VECTORS)('$name', ({ dump, packet, op, from, connected }) => {
    const bytes = bytesOf(dump);
    const frame = readOf(decodeFrame(bytes, 0, FRAME_MAX));
    const context: ClientContext =
      from === 'client' ? { from, connected } : { from, connected, opOf: () => op };
    expect(readOf(decodeClientPacket(frame, context))).toEqual(packet);
    expect(dumpOf(encodeClientPacket(packet))).toBe(dumpOf(frame));
    expect(frameLength(packet)).toBe(frame.length);
  });

  test('without readOnly for a server that knows no such byte', () => {
    const packet = CLIENT_VECTORS[0]!.packet;
    expect(encodeClientPacket(packet, { legacy: true })).toHaveLength(44);
    expect(encodeClientPacket(packet)).toHaveLength(45);
  });
});

describe('captured quorum packets', () => {
  test.each(QUORUM_VECTORS)('$name', ({ dump, packet }) => {
    const bytes = bytesOf(dump);
    expect(decodeQuorumPacket(bytes)).toEqual({ ok: true, value: packet, end: bytes.length });
    expect(dumpOf(encodeQuorumPacket(packet))).toBe(dumpOf(bytes));
  });

  test('stand behind each other in the stream, each with its own end', () => {
    const stream = bytesOf(QUORUM_VECTORS.map(({ dump }) => dump).join(' '));
    let at = 0;
    for (const { packet } of QUORUM_VECTORS) {
      const result = decodeQuorumPacket(stream.subarray(at));
      expect(result).toMatchObject({ ok: true, value: packet });
      at += result.ok ? result.end : 0;
    }
    expect(at).toBe(stream.length);
  });
});

describe('captured election packets', () => {
  test.each(ELECTION_VECTORS)('$name', ({ name, dump, packet }) => {
    const first = name === 'HELLO';
    const all = bytesOf(dump);
    const bytes = first ? all : readOf(decodeFrame(all, 0, FRAME_MAX));
    expect(readOf(decodeElectionPacket(bytes, { first }))).toEqual(packet);
    expect(dumpOf(encodeElectionPacket(packet))).toBe(dumpOf(bytes));
  });

  test('notifications of 28 and 40 bytes are those of older servers', () => {
    const bytes = bytesOf(ELECTION_VECTORS[1]!.dump).subarray(4);
    const vote = { kind: 'NOTIFICATION', state: 'LEADING', leader: 2, zxid: 0, electionEpoch: 1 };
    const read = (length: number) =>
      decodeElectionPacket(bytes.subarray(0, length), { first: false });
    expect(readOf(read(28))).toEqual({ ...vote, peerEpoch: 0 });
    expect(readOf(read(40))).toEqual({ ...vote, peerEpoch: 1 });
  });

  test('the oldest servers say HELLO with their number alone', () => {
    const bytes = bytesOf('00*7 02');
    expect(readOf(decodeElectionPacket(bytes, { first: true }))).toEqual({
      kind: 'HELLO',
      sid: 2,
    });
  });
});

describe('bytes that the classes of ZooKeeper made', () => {
  test.each(Object.entries(CLIENT_PACKETS))('%s', (name, packet) => {
    const bytes = javaBytes(name);
    expect(dumpOf(encodeClientPacket(packet))).toBe(dumpOf(bytes));
    expect(readOf(decodeClientPacket(bytes, contextOf(packet)))).toEqual(asRead(packet));
    expect(frameLength(packet)).toBe(bytes.length);
  });

  test.each(Object.entries(JAVA_TXNS))('%s', (name, entry) => {
    const bytes = javaBytes(name);
    expect(dumpOf(encodeTxn(entry))).toBe(dumpOf(bytes));
    expect(readOf(decodeTxn(bytes))).toEqual(asRead(entry));
  });

  test.each(Object.entries(QUORUM_PACKETS))('%s', (name, packet) => {
    const bytes = javaBytes(name);
    expect(dumpOf(encodeQuorumPacket(packet))).toBe(dumpOf(bytes));
    expect(readOf(decodeQuorumPacket(bytes))).toEqual(packet);
  });

  test.each(Object.entries(ELECTION_PACKETS))('%s', (name, packet) => {
    const bytes = javaBytes(name);
    expect(dumpOf(encodeElectionPacket(packet))).toBe(dumpOf(bytes));
    expect(readOf(decodeElectionPacket(bytes, { first: false }))).toEqual(packet);
  });

  test('none is left out', () => {
    const tried = [CLIENT_PACKETS, JAVA_TXNS, QUORUM_PACKETS, ELECTION_PACKETS].flatMap(
      Object.keys,
    );
    expect(tried.sort()).toEqual(Object.keys(JAVA_BYTES).sort());
  });
});

/** Every vector with the way to read it, as annotateBytes takes it (frames with their length). */
function allMessages(): {
  name: string;
  bytes: Uint8Array;
  as: ReadAs;
  whole: readonly number[];
}[] {
  const framed = (name: string) => encodeFrame((out) => writeHex(out, dumpOf(javaBytes(name))));
  const client = CLIENT_VECTORS.map(({ name, dump, packet }) => {
    return { name, bytes: bytesOf(dump), packet };
  });
  const java = Object.entries(CLIENT_PACKETS).map(([name, packet]) => {
    return { name, bytes: framed(name), packet };
  });
  const messages: { name: string; bytes: Uint8Array; as: ReadAs; whole: readonly number[] }[] = [];
  for (const { name, bytes, packet } of [...client, ...java]) {
    // A connect packet may end before its last byte.
    const whole = packet.kind === 'CONNECT' ? [48] : packet.kind === 'CONNECTED' ? [40] : [];
    messages.push({ name, bytes, as: { port: 'client', context: contextOf(packet) }, whole });
  }
  for (const { name, dump } of QUORUM_VECTORS) {
    messages.push({ name, bytes: bytesOf(dump), as: { port: 'quorum' }, whole: [] });
  }
  for (const { name, dump } of ELECTION_VECTORS) {
    const first = name === 'HELLO';
    // Those are the lengths of older servers, behind the length of the frame.
    const whole = first ? [] : [32, 44];
    messages.push({ name, bytes: bytesOf(dump), as: { port: 'election', first }, whole });
  }
  return messages;
}

describe('cut off anywhere', () => {
  test.each(allMessages())('$name is an error that names the place', ({ bytes, as, whole }) => {
    for (let length = 0; length < bytes.length; length += 1) {
      const { error, marks } = annotateBytes(bytes.subarray(0, length), as);
      if (whole.includes(length)) {
        expect(error).toBeUndefined();
        continue;
      }
      expect(error, `${length} bytes`).toMatchObject({ reason: 'end' });
      expect(error?.field).not.toBe('');
      expect(error?.offset).toBeLessThanOrEqual(length);
      expect(marks.reduce((sum, mark) => sum + mark.length, 0)).toBe(length);
    }
  });

  test.each(Object.entries(JAVA_TXNS))('%s', (name, entry) => {
    const bytes = javaBytes(name);
    // The digest may be missing, of an old create the last int too, of a closeSession all of the body.
    const digest = entry.digest === undefined ? bytes.length : bytes.length - 12;
    const { type } = entry.hdr;
    const whole = [digest];
    if (type === 'create' || type === 'create2') whole.push(digest - 4);
    if (type === 'closeSession') whole.push(32);
    for (let length = 0; length < bytes.length; length += 1) {
      const result = decodeTxn(bytes.subarray(0, length));
      expect(result.ok, `${length} bytes`).toBe(whole.includes(length));
      if (!result.ok) expect(result.error.reason).toBe('end');
    }
  });
});

describe('annotate', () => {
  test.each(allMessages())('covers $name without gaps', ({ bytes, as }) => {
    const { marks, error } = annotateBytes(bytes, as);
    expect(error).toBeUndefined();
    let at = 0;
    for (const mark of marks) {
      expect(mark.offset).toBe(at);
      expect(mark.field).not.toBe('');
      at += mark.length;
    }
    expect(at).toBe(bytes.length);
    expect(marks.map(({ field }) => field)).not.toContain('rest');
  });
});
