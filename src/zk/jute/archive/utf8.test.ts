/** Odd bytes as Java 17's own UTF-8 reader takes them. */
import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { bytesOf, dumpOf } from '../vectors/hex.test-support';
import { readUtf8, utf8Length, writeUtf8 } from './utf8';

function written(text: string): Uint8Array {
  const bytes = new Uint8Array(utf8Length(text));
  expect(writeUtf8(bytes, 0, text)).toBe(bytes.length);
  return bytes;
}

describe('utf8', () => {
  test.each([
    ['a surrogate in three bytes is one replacement', 'eda080', '\ufffd'],
    ['two of them are two', 'edb080eda0bd', '\ufffd\ufffd'],
    ['four bytes are one character', 'f09f9880', '\u{1f600}'],
    ['an overlong sequence is a replacement a byte', 'c0af', '\ufffd\ufffd'],
    ['a sequence that breaks off is one, what follows stays', 'e28261', '\ufffda'],
    ['beyond the last character', 'f4908080', '\ufffd\ufffd\ufffd\ufffd'],
    ['a byte that is none', 'ff41', '\ufffdA'],
    ['the end comes too early', 'e2', '\ufffd'],
    ['the end comes behind three of four', 'f09f98', '\ufffd'],
    ['the end behind one of two', 'c3', '\ufffd'],
    ['a continuation alone', '80', '\ufffd'],
    ['half a surrogate at the end', 'eda0', '\ufffd'],
    ['overlong in four', 'f0808080', '\ufffd\ufffd\ufffd\ufffd'],
    ['overlong in three', 'e08080', '\ufffd\ufffd\ufffd'],
  ])('%s', (_, hex, text) => {
    const bytes = bytesOf(hex);
    expect(readUtf8(bytes, 0, bytes.length)).toBe(text);
  });

  test('a character above U+FFFF is written as two sequences of three bytes', () => {
    expect(dumpOf(written('\u{1f600}'))).toBe('eda0bdedb880');
  });

  test('a text without surrogates is read as it was written, as TextEncoder writes it', () => {
    const unit = fc.integer({ min: 0, max: 0xffff }).filter((c) => c < 0xd800 || c > 0xdfff);
    fc.assert(
      fc.property(fc.array(unit), (units) => {
        const text = String.fromCharCode(...units);
        const bytes = written(text);
        expect(dumpOf(bytes)).toBe(dumpOf(new TextEncoder().encode(text)));
        expect(readUtf8(bytes, 0, bytes.length)).toBe(text);
      }),
    );
  });

  test('any bytes give a text, and never more units than bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(readUtf8(bytes, 0, bytes.length).length).toBeLessThanOrEqual(bytes.length);
      }),
    );
  });
});
