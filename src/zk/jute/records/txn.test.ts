/** Every record of the recorded transaction logs of real servers. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { dumpOf } from '../vectors/hex.test-support';
import { decodeTxn, encodeTxn } from './txn';

const DATADIRS = join(dirname(fileURLToPath(import.meta.url)), '../../../../oracle/datadirs');
const FILE_HEADER_BYTES = 16;
const RECORD_HEADER_BYTES = 12;

function adler32(bytes: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (const byte of bytes) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return b * 65536 + a;
}

/** The entries that are whole: a file ends with padding, or in the middle of a record. */
function entriesOf(file: Buffer): Uint8Array[] {
  const entries: Uint8Array[] = [];
  let at = FILE_HEADER_BYTES;
  while (at + RECORD_HEADER_BYTES <= file.length) {
    const length = file.readInt32BE(at + 8);
    const entry = file.subarray(at + RECORD_HEADER_BYTES, at + RECORD_HEADER_BYTES + length);
    if (length <= 0 || entry.length < length) break;
    if (adler32(entry) !== file.readUInt32BE(at + 4)) break;
    entries.push(entry);
    at += RECORD_HEADER_BYTES + length + 1;
  }
  return entries;
}

const logs = readdirSync(DATADIRS, { recursive: true, encoding: 'utf8' })
  .filter((name) => /version-2.log\.[0-9a-f]+$/.test(name))
  .sort();

describe('a recorded log', () => {
  test('is there', () => {
    expect(logs.length).toBeGreaterThan(30);
  });

  test.each(logs)('%s is read and written as it is', (name) => {
    const entries = entriesOf(readFileSync(join(DATADIRS, name)));
    expect(entries.length).toBeGreaterThan(0);
    for (const entry of entries) {
      const result = decodeTxn(entry);
      if (!result.ok) throw new Error(`${name}: ${result.error.message}`);
      expect(result.end).toBe(entry.length);
      expect(dumpOf(encodeTxn(result.value))).toBe(dumpOf(entry));
    }
  });
});
