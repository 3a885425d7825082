/**
 * Reads jute's primitive types. Nothing throws: the first thing that is wrong stays in
 * `error`, and from then on every read gives an empty value at once, so that a reader of
 * records needs to look only at its end (and in its loops).
 *
 * Source: BinaryInputArchive.java.
 */
import type { Mark } from './mark';
import { readUtf8 } from './utf8';

/** Why bytes are none of the record that was expected. */
export interface JuteError {
  /** end: they end too early; length: no length can be so; value: no such value. */
  reason: 'end' | 'length' | 'value';
  /** Of the first byte of the field, in the bytes that were given. */
  offset: number;
  /** Path of the field, e.g. `acl[0].scheme`. */
  field: string;
  /** What was expected and what is there. */
  message: string;
}

export type Decoded<T> = { ok: true; value: T; end: number } | { ok: false; error: JuteError };

export interface InputArchive {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  at: number;
  /** What is read ends here; the end of a buffer while its content is read. */
  end: number;
  /** Longest string or buffer. */
  readonly lengthMax: number;
  error: JuteError | undefined;
  /** Names of the fields around, outermost first. */
  readonly path: string[];
  /** Filled when the fields are to be shown. */
  readonly marks: Mark[] | undefined;
}

/** `jute.maxbuffer` by default. */
const MAX_BUFFER = 0xfffff;
/** `zookeeper.jute.maxbuffer.extrasize` is at least this. */
const EXTRA_SIZE_MIN = 1024;
const WORD = 0x100000000;

export interface InputOptions {
  /** `jute.maxbuffer`; strings and buffers may be twice as long (it is also the extra size). */
  maxBuffer?: number | undefined;
  marks?: Mark[] | undefined;
}

export function openInput(bytes: Uint8Array, options: InputOptions = {}): InputArchive {
  const maxBuffer = options.maxBuffer ?? MAX_BUFFER;
  return {
    bytes,
    view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    at: 0,
    end: bytes.length,
    lengthMax: maxBuffer + Math.max(maxBuffer, EXTRA_SIZE_MIN),
    error: undefined,
    path: [],
    marks: options.marks,
  };
}

/** What was read, or what was wrong. */
export function decoded<T>(input: InputArchive, value: T): Decoded<T> {
  if (input.error !== undefined) return { ok: false, error: input.error };
  return { ok: true, value, end: input.at };
}

/** Notes the first thing that is wrong; the field that begins at `offset` is the one being read. */
export function fail(
  input: InputArchive,
  reason: JuteError['reason'],
  offset: number,
  problem: string,
): void {
  if (input.error !== undefined) return;
  const field = fieldPath(input);
  input.error = { reason, offset, field, message: `${field} at byte ${offset}: ${problem}` };
  input.at = input.end;
}

export function fieldPath(input: InputArchive): string {
  let path = '';
  for (const name of input.path) {
    path += path === '' || name === '' || name.startsWith('[') ? name : `.${name}`;
  }
  return path;
}

/** Adds the field that ends here, when fields are to be shown. */
export function mark(
  input: InputArchive,
  offset: number,
  type: Mark['type'],
  value: string | number | boolean,
): void {
  if (input.marks === undefined || input.error !== undefined) return;
  const length = input.at - offset;
  input.marks.push({ offset, length, field: fieldPath(input), type, value: String(value) });
}

/** Takes `count` bytes and returns the place of the first; -1 when they are not there. */
function take(input: InputArchive, count: number): number {
  const at = input.at;
  if (at + count > input.end || input.error !== undefined) {
    fail(input, 'end', at, `${count} bytes expected, ${input.end - at} there`);
    return -1;
  }
  input.at = at + count;
  return at;
}

export function readBool(input: InputArchive): boolean {
  const at = take(input, 1);
  return at >= 0 && input.bytes[at] !== 0;
}

export function readInt(input: InputArchive): number {
  const at = take(input, 4);
  return at < 0 ? 0 : input.view.getInt32(at);
}

/** Differs: beyond 53 bits it is the nearest number (no id here is so large but the ends of long). */
export function readLong(input: InputArchive): number {
  const at = take(input, 8);
  return at < 0 ? 0 : input.view.getInt32(at) * WORD + input.view.getUint32(at + 4);
}

/** A long as 16 hex digits. */
export function readLongHex(input: InputArchive): string {
  const at = take(input, 8);
  return at < 0 ? '0'.repeat(16) : hexOf(input.bytes, at, at + 8);
}

/** The length in front of a string or buffer, with that many bytes there; -1: null. */
export function readLength(input: InputArchive): number {
  const offset = input.at;
  const length = readInt(input);
  if (input.error !== undefined) return -1;
  if (length < -1 || length > input.lengthMax) {
    const expected = `a length of -1 to ${input.lengthMax} expected`;
    fail(input, 'length', offset, `${expected}, Unreasonable length = ${length}`);
    return -1;
  }
  const left = input.end - input.at;
  if (length > left) {
    fail(input, 'end', offset, `${length} bytes expected behind the length, ${left} there`);
    return -1;
  }
  return length;
}

export function readString(input: InputArchive): string | null {
  const length = readLength(input);
  return length < 0 ? null : readText(input, length);
}

/** UTF-8 of known length, all that is left when none is given. */
export function readText(input: InputArchive, length = input.end - input.at): string {
  const at = take(input, length);
  return at < 0 ? '' : readUtf8(input.bytes, at, at + length);
}

/** A buffer as a binary string (base/bytes). */
export function readBuffer(input: InputArchive): string | null {
  const length = readLength(input);
  const at = length < 0 ? -1 : take(input, length);
  return at < 0 ? null : binaryOf(input.bytes, at, at + length);
}

/** All that is left, as hex digits. */
export function readRestHex(input: InputArchive): string {
  const at = input.at;
  input.at = input.end;
  return input.error === undefined ? hexOf(input.bytes, at, input.end) : '';
}

export function hexOf(bytes: Uint8Array, from: number, to: number): string {
  let hex = '';
  for (let i = from; i < to; i += 1) hex += (bytes[i] as number).toString(16).padStart(2, '0');
  return hex;
}

const CHUNK = 8192;

function binaryOf(bytes: Uint8Array, from: number, to: number): string {
  let out = '';
  for (let i = from; i < to; i += CHUNK) {
    out += String.fromCharCode(...bytes.subarray(i, Math.min(i + CHUNK, to)));
  }
  return out;
}
