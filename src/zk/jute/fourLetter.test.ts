/** Four-letter words as they begin a connection. */
import { expect, test } from 'vitest';
import { annotate } from './annotate';
import { frameLength } from './clientPacket';
import { decodeFourLetterWord, encodeFourLetter } from './fourLetter';
import { bytesOf, dumpOf } from './vectors/hex.test-support';

test('a word is its four letters, without a frame', () => {
  const packet = { kind: 'FOURLETTER', word: 'srvr' } as const;
  expect(dumpOf(encodeFourLetter(packet))).toBe(dumpOf(bytesOf('"srvr"')));
  expect(decodeFourLetterWord(bytesOf('"srvr"'))).toEqual({ ok: true, value: packet, end: 4 });
  expect(frameLength(packet)).toBe(0);
});

test('stmk has its mask behind it', () => {
  for (const argument of ['306', '-1', '9223372036854775807']) {
    const packet = { kind: 'FOURLETTER', word: 'stmk', argument } as const;
    const bytes = encodeFourLetter(packet);
    expect(decodeFourLetterWord(bytes)).toEqual({ ok: true, value: packet, end: 12 });
    for (let length = 0; length < bytes.length; length += 1) {
      expect(decodeFourLetterWord(bytes.subarray(0, length))).toMatchObject({
        error: { reason: 'end' },
      });
    }
  }
});

test('the length of a frame is no word', () => {
  expect(decodeFourLetterWord(bytesOf('00 00 00 2d'))).toMatchObject({
    error: { reason: 'value', field: 'word' },
  });
});

test('annotate shows word and answer', () => {
  expect(annotate({ kind: 'FOURLETTER', word: 'ruok' }).marks).toEqual([
    { offset: 0, length: 4, field: 'word', type: 'bytes', value: 'ruok' },
  ]);
  expect(annotate({ kind: 'TEXT', text: 'a\nb\n' }).marks).toEqual([
    { offset: 0, length: 4, field: 'text', type: 'bytes', value: '"a\\nb\\n"' },
  ]);
});
