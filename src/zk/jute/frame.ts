/** Frames of the client and election ports: a length and that many bytes. Source: NIOServerCnxn.readLength. */
import { type Decoded, fail, openInput, readInt } from './archive/inputArchive';
import { openOutput, type OutputArchive, writeSized, writtenBytes } from './archive/outputArchive';

/** The frame, length in front, of what `write` writes. */
export function encodeFrame(write: (out: OutputArchive) => void): Uint8Array {
  const out = openOutput();
  writeSized(out, () => write(out));
  return writtenBytes(out);
}

/**
 * The content of the frame that begins at `from`. An error with reason `end`: more has to
 * come; `length`: no frame is so long, the connection must be closed.
 */
export function decodeFrame(
  bytes: Uint8Array,
  from: number,
  lengthMax: number,
): Decoded<Uint8Array> {
  const input = openInput(bytes);
  input.at = from;
  input.path.push('len');
  const length = readInt(input);
  const start = input.at;
  if (length < 0 || length > lengthMax) {
    fail(input, 'length', from, `a length of 0 to ${lengthMax} expected, ${length} there`);
  } else if (start + length > bytes.length) {
    fail(input, 'end', from, `${length} bytes expected, ${bytes.length - start} there`);
  }
  if (input.error !== undefined) return { ok: false, error: input.error };
  return { ok: true, value: bytes.subarray(start, start + length), end: start + length };
}
