/**
 * Writes jute's primitive types, big-endian, into bytes that grow.
 *
 * Source: BinaryOutputArchive.java.
 */
import { assert } from '../../../base/assert';
import { utf8Length, writeUtf8 } from './utf8';

/** What has been written is the first `length` of `bytes`. */
export interface OutputArchive {
  bytes: Uint8Array;
  view: DataView;
  length: number;
}

const WORD = 0x100000000;
const FIRST_SIZE = 256;

export function openOutput(): OutputArchive {
  const bytes = new Uint8Array(FIRST_SIZE);
  return { bytes, view: new DataView(bytes.buffer), length: 0 };
}

/** The bytes written, a copy of their own. */
export function writtenBytes(out: OutputArchive): Uint8Array {
  return out.bytes.slice(0, out.length);
}

/** Makes room for `count` bytes and returns the place where they go. */
function grow(out: OutputArchive, count: number): number {
  const at = out.length;
  out.length += count;
  if (out.length > out.bytes.length) {
    const bytes = new Uint8Array(Math.max(2 * out.bytes.length, out.length));
    bytes.set(out.bytes.subarray(0, at));
    out.bytes = bytes;
    out.view = new DataView(bytes.buffer);
  }
  return at;
}

export function writeBool(out: OutputArchive, value: boolean): void {
  const at = grow(out, 1);
  out.bytes[at] = value ? 1 : 0;
}

/** The low 32 bits, as Java's int. */
export function writeInt(out: OutputArchive, value: number): void {
  const at = grow(out, 4);
  out.view.setInt32(at, value | 0);
}

/** An integer of at most 53 bits, or one of the ends of Java's long (2^63 stands for its last one). */
export function writeLong(out: OutputArchive, value: number): void {
  const at = grow(out, 8);
  if (value >= 0x8000000000000000) {
    out.view.setUint32(at, 0x7fffffff);
    out.view.setUint32(at + 4, 0xffffffff);
    return;
  }
  const high = Math.floor(value / WORD);
  out.view.setInt32(at, high);
  out.view.setUint32(at + 4, value - high * WORD);
}

/** 16 hex digits as a long. */
export function writeLongHex(out: OutputArchive, hex: string): void {
  const at = grow(out, 8);
  out.view.setUint32(at, Number.parseInt(hex.slice(0, 8), 16));
  out.view.setUint32(at + 4, Number.parseInt(hex.slice(8), 16));
}

export function writeString(out: OutputArchive, text: string | null): void {
  if (text === null) {
    writeInt(out, -1);
    return;
  }
  const length = utf8Length(text);
  writeInt(out, length);
  writeText(out, text, length);
}

/** UTF-8 without a length in front. */
export function writeText(out: OutputArchive, text: string, length = utf8Length(text)): void {
  const at = grow(out, length);
  writeUtf8(out.bytes, at, text);
}

/** A binary string (base/bytes) with its length. */
export function writeBuffer(out: OutputArchive, data: string | null): void {
  if (data === null) {
    writeInt(out, -1);
    return;
  }
  writeInt(out, data.length);
  const at = grow(out, data.length);
  for (let i = 0; i < data.length; i += 1) out.bytes[at + i] = data.charCodeAt(i);
}

/** Bytes given by their hex digits, without a length in front. */
export function writeHex(out: OutputArchive, hex: string): void {
  assert(hex.length % 2 === 0, 'a byte has two hex digits');
  const at = grow(out, hex.length / 2);
  for (let i = 0; i < hex.length / 2; i += 1) {
    out.bytes[at + i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  }
}

/** What `write` writes, behind its length: a buffer, a frame. */
export function writeSized(out: OutputArchive, write: () => void): void {
  const at = grow(out, 4);
  write();
  out.view.setInt32(at, out.length - at - 4);
}
