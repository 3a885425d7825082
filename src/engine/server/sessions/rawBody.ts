/**
 * A body that came as bytes: what a server reads in it. Clients that speak by the rules send no
 * such thing; tests of the protocol do.
 */
import type { RequestBody } from '../../../zk/records';
import { decoded, openInput } from '../../../zk/jute/archive/inputArchive';
import { readRequestBody } from '../../../zk/jute/records/requestBody';

/** The operation's body when the bytes are one; else the raw one, for which each operation has its error. */
export function readBody(raw: Extract<RequestBody, { op: 'raw' }>): RequestBody {
  const input = openInput(bytesOf(raw.hex));
  const read = decoded(input, readRequestBody(input, raw.type));
  return read.ok ? read.value : raw;
}

function bytesOf(hex: string): Uint8Array {
  const bytes = new Uint8Array(hex.length / 2);
  for (let i = 0; i < bytes.length; i += 1) {
    bytes[i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  }
  return bytes;
}
