/** Whatever bytes come, they are read or they are an error value: nothing is thrown. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { annotateBytes, type ReadAs } from './annotate';
import { decodeClientPacket, decodeRawRequest } from './clientPacket';
import { decodeFrame } from './frame';
import { bytesOf } from './vectors/hex.test-support';

const readAs: fc.Arbitrary<ReadAs> = fc.constantFrom<ReadAs>(
  { port: 'client', context: { from: 'client', connected: true } },
  { port: 'client', context: { from: 'client', connected: false } },
  { port: 'client', context: { from: 'server', connected: false, opOf: () => undefined } },
  { port: 'client', context: { from: 'server', connected: true, opOf: () => 'multi' } },
  { port: 'client', context: { from: 'server', connected: true, opOf: () => 'getACL' } },
  { port: 'client', context: { from: 'server', connected: true, opOf: () => undefined } },
  { port: 'quorum' },
  { port: 'election', first: true },
  { port: 'election', first: false },
);

describe('any bytes at all', () => {
  test('are read or are an error that names field and place', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), readAs, (bytes, as) => {
        const { error } = annotateBytes(bytes, as);
        if (error === undefined) return;
        expect(error.message).toContain(`${error.field} at byte ${error.offset}: `);
        expect(error.offset).toBeLessThanOrEqual(bytes.length);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a length that cannot be', () => {
  const read = (dump: string) =>
    decodeClientPacket(bytesOf(dump), { from: 'client', connected: true });

  test('is named with its place and with what was expected', () => {
    expect(read('00 00 00 01 00 00 00 03 7f ff ff ff "/a" 00')).toEqual({
      ok: false,
      error: {
        reason: 'length',
        offset: 8,
        field: 'path',
        message:
          'path at byte 8: a length of -1 to 2097150 expected, Unreasonable length = 2147483647',
      },
    });
    expect(read('00 00 00 01 00 00 00 03 ff ff ff fe')).toMatchObject({
      error: { reason: 'length', field: 'path' },
    });
  });

  test('within reason and beyond the end is an end that comes too early', () => {
    expect(read('00 00 00 01 00 00 00 03 00 00 00 09 "/a" 00')).toMatchObject({
      error: { reason: 'end', field: 'path', offset: 8 },
    });
  });

  test('a vector of two thousand millions ends with the bytes', () => {
    const { error } = annotateBytes(
      bytesOf('00 00 00 19 00 00 00 01 00 00 00 65 00*8 7f ff ff ff'),
      {
        port: 'client',
        context: { from: 'client', connected: true },
      },
    );
    expect(error).toMatchObject({ reason: 'end', field: 'dataWatches[0]' });
  });

  test('follows jute.maxbuffer', () => {
    const bytes = bytesOf('00 00 00 01 00 00 00 03 00 00 0b b8 61*3000 01');
    const context = { from: 'client', connected: true } as const;
    expect(decodeClientPacket(bytes, context).ok).toBe(true);
    expect(decodeClientPacket(bytes, { ...context, maxBuffer: 1000 })).toMatchObject({
      error: { reason: 'length', field: 'path' },
    });
  });

  test('a request whose body cannot be read goes on as raw bytes', () => {
    const bytes = bytesOf('00 00 00 05 00 00 00 01 00 00 00 03');
    expect(decodeClientPacket(bytes, { from: 'client', connected: true }).ok).toBe(false);
    expect(decodeRawRequest(bytes)).toMatchObject({
      ok: true,
      value: { kind: 'REQUEST', xid: 5, body: { op: 'raw', type: 1, hex: '00000003' } },
    });
    expect(decodeRawRequest(bytes.subarray(0, 7))).toMatchObject({
      ok: false,
      error: { reason: 'end', field: 'type' },
    });
  });

  test('of a frame: more has to come, or the connection must be closed', () => {
    const bytes = bytesOf('00 00 00 02 ab cd 00 00 00 00');
    expect(decodeFrame(bytes, 0, 2)).toEqual({ ok: true, value: bytesOf('abcd'), end: 6 });
    expect(decodeFrame(bytes, 6, 2)).toEqual({ ok: true, value: bytesOf(''), end: 10 });
    expect(decodeFrame(bytes, 0, 1)).toMatchObject({ error: { reason: 'length', field: 'len' } });
    expect(decodeFrame(bytesOf('ff*4'), 0, 2)).toMatchObject({ error: { reason: 'length' } });
    expect(decodeFrame(bytesOf('00 00 00 02 ab'), 0, 2)).toMatchObject({
      error: { reason: 'end' },
    });
    expect(decodeFrame(bytesOf('00 00'), 0, 2)).toMatchObject({ error: { reason: 'end' } });
  });
});
