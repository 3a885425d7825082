import { describe, expect, test } from 'vitest';
import { textToBytes } from '../../../base/bytes';
import type { SessionId } from '../../../zk/ids';
import { makeZxid, NO_SESSION, NO_ZXID } from '../../../zk/ids';
import type { DataForm } from './caseFile';
import {
  dataBytes,
  dataForm,
  newNames,
  sortedByCodePoints,
  statForm,
  zxidFrom,
  zxidPair,
} from './values';

describe('zxids', () => {
  test('are pairs of epoch and counter, and null is -1', () => {
    expect(zxidPair(makeZxid(3, 7))).toEqual([3, 7]);
    expect(zxidPair(NO_ZXID)).toBeNull();
    expect(zxidFrom([3, 7])).toBe(makeZxid(3, 7));
    expect(zxidFrom(null)).toBe(NO_ZXID);
  });
});

describe('data', () => {
  test.each<[string | null, DataForm]>([
    [null, null],
    ['', ''],
    ['tab\tline\n', 'tab\tline\n'],
    [textToBytes('grüße 漢字 😀'), 'grüße 漢字 😀'],
    ['\x01', { b64: 'AQ==' }],
    ['\xff\xfe', { b64: '//4=' }],
    ['x'.repeat(201), { fill: 'x', length: 201 }],
    ['x'.repeat(200), 'x'.repeat(200)],
  ])('%j has one form and comes back from it', (bytes, form) => {
    expect(dataForm(bytes)).toEqual(form);
    expect(dataBytes(form)).toBe(bytes);
  });

  test('beyond 4000 bytes is shown by its hash', () => {
    const sha1 = '65d1eb9cb9e8d41e3d2ae8e9dd3a5fd7a8aa3a36';
    const form = dataForm('ab'.repeat(2001));
    expect(form).toMatchObject({ length: 4002 });
    expect((form as { sha1: string }).sha1).toHaveLength(sha1.length);
  });
});

describe('stats', () => {
  const stat = {
    czxid: makeZxid(1, 2),
    mzxid: makeZxid(1, 3),
    pzxid: makeZxid(1, 2),
    ctime: 1000,
    mtime: 2000,
    version: 1,
    cversion: 0,
    aversion: 0,
    dataLength: 4,
    numChildren: 0,
    ephemeralOwner: NO_SESSION,
  };

  test('say times by the txn they are of, and owners by name', () => {
    const names = newNames();
    const id = '0100000000000001' as SessionId;
    names.sessions.set(id, 'a');
    expect(statForm({ ...stat, ephemeralOwner: id }, names)).toEqual({
      czxid: [1, 2],
      mzxid: [1, 3],
      pzxid: [1, 2],
      ctime: 'of-czxid',
      mtime: 'of-mzxid',
      version: 1,
      cversion: 0,
      aversion: 0,
      dataLength: 4,
      numChildren: 0,
      ephemeralOwner: 'a',
    });
    const stranger = '0100000000000002' as SessionId;
    const form = statForm({ ...stat, ephemeralOwner: stranger }, names);
    expect(form['ephemeralOwner']).toBe('unknown-session');
  });

  test('would tell the stored owner of a container or TTL node', () => {
    const owned = (id: string) =>
      statForm({ ...stat, ephemeralOwner: id as SessionId }, newNames())['ephemeralOwner'];
    expect(owned('8000000000000000')).toBe('container');
    expect(owned('ff00000000000064')).toEqual({ ttl: 100 });
    expect(owned(NO_SESSION)).toBeNull();
  });

  test('that disagree about the time of one txn are told', () => {
    const names = newNames();
    statForm(stat, names);
    expect(statForm({ ...stat, mtime: 2001 }, names)['mtime']).toBe('other');
    expect(statForm({ ...stat, ctime: 0 }, names)['ctime']).toBe('zero');
  });
});

test('children are sorted by code points', () => {
  expect(sortedByCodePoints(['\u{1f600}', '\ufffd', 'b', 'a'])).toEqual([
    'a',
    'b',
    '\ufffd',
    '\u{1f600}',
  ]);
});
