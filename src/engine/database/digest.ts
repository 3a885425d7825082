/**
 * Digest version 2: what one znode adds to the digest of its tree. The tree's is the sum over
 * all nodes modulo 2^64, so it can follow each write.
 *
 * CRC-32 over the path (UTF-8; the root's is empty), the data, and 60 bytes of stat in an
 * order of their own. What lies below /zookeeper/ may differ between servers and adds 0.
 *
 * Source: DigestCalculator.java, AdHash.java, NodeHashMapImpl.java.
 */
import { textToBytes } from '../../base/bytes';
import type { SessionId, Zxid } from '../../zk/ids';

/** What of a node is hashed behind path and data: its stat as stored. */
export interface DigestedStat {
  readonly czxid: Zxid;
  readonly mzxid: Zxid;
  readonly pzxid: Zxid;
  readonly ctime: number;
  readonly mtime: number;
  readonly version: number;
  readonly cversion: number;
  readonly aversion: number;
  readonly ephemeralOwner: SessionId;
}

/** Nothing read yet. */
const START = -1;

/** Four tables, so that a whole word costs four independent look-ups. */
const [T0, T1, T2, T3] = makeTables() as [Int32Array, Int32Array, Int32Array, Int32Array];

/** Whether the digest leaves this node out. */
export function isUndigested(path: string): boolean {
  return path.startsWith('/zookeeper/');
}

/** State of the CRC behind path and data, a signed 32-bit integer; for `crcOfNode`. */
export function crcOfHead(path: string, data: string | null): number {
  const state = crcOfBytes(START, isAscii(path) ? path : textToBytes(path));
  return data === null ? state : crcOfBytes(state, data);
}

/** The node's digest as a signed 32-bit integer (it counts unsigned): goes on from the head. */
export function crcOfNode(head: number, node: DigestedStat): number {
  let c = crcOfLong(head, node.czxid);
  c = crcOfLong(c, node.mzxid);
  c = crcOfLong(c, node.pzxid);
  c = crcOfLong(c, node.ctime);
  c = crcOfLong(c, node.mtime);
  c = crcOfWord(c, node.version);
  c = crcOfWord(c, node.cversion);
  c = crcOfWord(c, node.aversion);
  c = crcOfWord(c, hexWord(node.ephemeralOwner, 0));
  c = crcOfWord(c, hexWord(node.ephemeralOwner, 8));
  return ~c;
}

/** A digest as ZooKeeper prints it: hexadecimal without leading zeros. */
export function digestText(digest: number): string {
  return digest.toString(16);
}

/** Table k moves a byte past k further ones. */
function makeTables(): Int32Array[] {
  const first = new Int32Array(256);
  for (let n = 0; n < 256; n += 1) {
    let c = n;
    for (let bit = 0; bit < 8; bit += 1) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
    first[n] = c;
  }
  const tables = [first];
  for (let k = 1; k < 4; k += 1) {
    const before = tables[k - 1] as Int32Array;
    tables.push(before.map((c) => (first[c & 0xff] as number) ^ (c >>> 8)));
  }
  return tables;
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}

function crcOfBytes(state: number, bytes: string): number {
  let c = state;
  for (let i = 0; i < bytes.length; i += 1) {
    c = (T0[(c ^ bytes.charCodeAt(i)) & 0xff] as number) ^ (c >>> 8);
  }
  return c;
}

/** A word whose most significant byte comes first. */
function crcOfWord(c: number, word: number): number {
  return (
    (T3[(c ^ (word >>> 24)) & 0xff] as number) ^
    (T2[((c >>> 8) ^ (word >>> 16)) & 0xff] as number) ^
    (T1[((c >>> 16) ^ (word >>> 8)) & 0xff] as number) ^
    (T0[((c >>> 24) ^ word) & 0xff] as number)
  );
}

/** A long that is a safe integer; the zxid -1 is all ones. */
function crcOfLong(c: number, value: number): number {
  return crcOfWord(crcOfWord(c, Math.floor(value / 0x100000000) | 0), value | 0);
}

/** Eight hexadecimal digits (lower case) from `from` on. */
function hexWord(text: string, from: number): number {
  let word = 0;
  for (let i = from; i < from + 8; i += 1) {
    const c = text.charCodeAt(i);
    word = (word << 4) | (c <= 0x39 ? c - 0x30 : c - 0x57);
  }
  return word;
}
