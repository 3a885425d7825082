/** The digest: by the vectors of the reference, by every recorded log, and by counting anew. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { SessionId, Zxid } from '../../zk/ids';
import { NO_SESSION } from '../../zk/ids';
import { decodeTxn } from '../../zk/jute/records/txn';
import { OPEN_ACL } from '../../zk/records';
import type { DataTree } from './dataTree';
import { createDataTree, digestOf, getNode, processTxn, setConfigNode } from './dataTree';
import { crcOfHead, crcOfNode, digestText } from './digest';

const DATADIRS = join(dirname(fileURLToPath(import.meta.url)), '../../../oracle/datadirs');

const crcAt = (tree: DataTree, path: string) => (getNode(tree, path)?.crc as number) >>> 0;

test('the empty tree and the first node have the digests that a real server gave them', () => {
  const tree = createDataTree();
  expect(digestText(crcAt(tree, '/'))).toBe('4128908');
  expect(digestText(crcAt(tree, '/zookeeper'))).toBe('4db44d58');
  expect(digestOf(tree)).toBe(0x51c6d660);
  const hdr = { clientId: NO_SESSION, cxid: 1, zxid: 2 as Zxid, time: 0x1a206301fa4 };
  processTxn(tree, {
    hdr: { ...hdr, type: 'create' },
    txn: {
      type: 'create',
      path: '/a',
      data: 'hi',
      acl: OPEN_ACL,
      ephemeral: false,
      parentCVersion: 1,
    },
  });
  expect(crcAt(tree, '/a')).toBe(0x26192cf9);
  expect(crcAt(tree, '/')).toBe(0x031578f2);
  expect(digestOf(tree)).toBe(0x76e2f343);
});

test('what lies below /zookeeper/ adds nothing', () => {
  const tree = createDataTree();
  setConfigNode(tree, 'server.1=a:1:2:participant');
  expect(digestOf(tree)).toBe(0x51c6d660);
});

/** The same by the book: one bit after the other, over bytes in a row. */
function slowCrc(bytes: number[]): number {
  let c = 0xffffffff;
  for (const byte of bytes) {
    c ^= byte;
    for (let bit = 0; bit < 8; bit += 1) c = (c >>> 1) ^ (c & 1 ? 0xedb88320 : 0);
  }
  return ~c >>> 0;
}

function bytesOf(value: bigint, count: number): number[] {
  const out: number[] = [];
  for (let i = count - 1; i >= 0; i -= 1) out.push(Number((value >> BigInt(8 * i)) & 0xffn));
  return out;
}

test.each<[string, string | null, string]>([
  ['', '', '0000000000000000'],
  ['/a', null, '010000a0ffee0001'],
  ['/\u00e9\u65e5', '\u0000\u00ff', '8000000000000000'],
  ['/t', 'some data', 'ff0000000000000a'],
])('a node at %j with data %j has the CRC-32 of its bytes', (path, data, owner) => {
  const node = {
    czxid: 0x300000007 as Zxid,
    mzxid: -1 as Zxid,
    pzxid: 0xfffffffff as Zxid,
    ctime: 1795403018949,
    mtime: 0,
    version: -2147483648,
    cversion: 7,
    aversion: -1,
    ephemeralOwner: owner as SessionId,
  };
  const longs = [node.czxid, node.mzxid, node.pzxid, node.ctime, node.mtime];
  const ints = [node.version, node.cversion, node.aversion];
  const bytes = [
    ...Buffer.from(path, 'utf8'),
    ...Buffer.from(data ?? '', 'latin1'),
    ...longs.flatMap((value) => bytesOf(BigInt(value), 8)),
    ...ints.flatMap((value) => bytesOf(BigInt(value), 4)),
    ...bytesOf(BigInt(`0x${owner}`), 8),
  ];
  expect(crcOfNode(crcOfHead(path, data), node) >>> 0).toBe(slowCrc(bytes));
});

/** Records of a log file, as far as they can be read. */
function recordsOf(file: string) {
  const bytes = readFileSync(file);
  const found = [];
  for (let at = 16; at + 12 <= bytes.length; ) {
    const length = bytes.readInt32BE(at + 8);
    const entry = bytes.subarray(at + 12, at + 12 + length);
    if (length <= 0 || entry.length < length) break;
    const result = decodeTxn(entry);
    if (!result.ok) break;
    found.push(result.value);
    at += 12 + length + 1;
  }
  return found;
}

/** Logs that a server wrote from its very first txn on, in order. */
function logsFromTheStart(directory: string): string[] {
  const folder = join(DATADIRS, directory, 'data', 'version-2');
  const files = readdirSync(folder);
  const zxids = files.filter((file) => file.startsWith('log.')).map((file) => file.slice(4));
  zxids.sort((a, b) => Number.parseInt(a, 16) - Number.parseInt(b, 16));
  const isWhole = files.includes('snapshot.0') && ['1', '100000001'].includes(zxids[0] ?? '');
  return isWhole ? zxids.map((zxid) => join(folder, `log.${zxid}`)) : [];
}

describe('along a recorded log of a real server', () => {
  const directories = readdirSync(DATADIRS).filter((name) => logsFromTheStart(name).length > 0);

  test('there are enough of them', () => {
    expect(directories.length).toBeGreaterThan(8);
  });

  test.each(directories)('%s: after each txn the tree has the digest in the log', (directory) => {
    const tree = createDataTree();
    let compared = 0;
    let before = 0;
    for (const file of logsFromTheStart(directory)) {
      for (const entry of recordsOf(file)) {
        // A log that was repaired by a snapshot has a hole: what follows stands on that snapshot.
        const step = entry.hdr.zxid - before;
        if (step !== 1 && entry.hdr.zxid % 0x100000000 !== 1) return;
        before = entry.hdr.zxid;
        processTxn(tree, entry);
        if (entry.digest === undefined) continue;
        compared += 1;
        expect(digestText(digestOf(tree)).padStart(16, '0'), `zxid ${before.toString(16)}`).toBe(
          entry.digest.treeDigest,
        );
      }
    }
    expect(compared).toBeGreaterThan(0);
  });
});
