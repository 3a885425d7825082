import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesToText, textToBytes } from '../../../base/bytes';
import type { TraceId } from '../../../base/traceId';
import { makeZxid, type SessionId } from '../../../zk/ids';
import { OPEN_ACL, type LoggedTxn } from '../../../zk/records';
import { localRequest, proposedRequest } from '../request';
import { textOf, viewOf, viewOfTxn } from './requestView';

const SESSION = '0100000000000001' as SessionId;
const NONE = 0 as TraceId;
const ZXID = makeZxid(1, 7);

const created: LoggedTxn = {
  hdr: { clientId: SESSION, cxid: 3, zxid: ZXID, time: 0, type: 'create' },
  txn: {
    type: 'create',
    path: '/a',
    data: textToBytes('grüße'),
    acl: OPEN_ACL,
    ephemeral: false,
    parentCVersion: 1,
  },
};
const refused: LoggedTxn = {
  hdr: { ...created.hdr, type: 'error' },
  txn: { type: 'error', err: 'NODEEXISTS' },
};

describe('the view of a request', () => {
  it('shows what a client of this server asked', () => {
    const body = {
      op: 'create',
      path: '/a',
      data: textToBytes('grüße'),
      acl: OPEN_ACL,
      flags: 0,
    } as const;
    expect(viewOf(localRequest(SESSION, 3, body, '1/0/1', NONE))).toEqual({
      sessionId: SESSION,
      cxid: 3,
      op: 'create',
      path: '/a',
      data: 'grüße',
      isWrite: true,
      local: true,
    });
  });

  it('has no zxid while the request is no txn, though Prep stamped a read with one', () => {
    const body = { op: 'getData', path: '/a', watch: false } as const;
    const request = localRequest(SESSION, 4, body, undefined, NONE);
    request.zxid = ZXID;
    expect(viewOf(request)).toEqual({
      sessionId: SESSION,
      cxid: 4,
      op: 'getData',
      path: '/a',
      isWrite: false,
    });
  });

  it('shows a proposal by its txn', () => {
    expect(viewOf(proposedRequest(created, NONE))).toEqual({
      sessionId: SESSION,
      cxid: 3,
      op: 'create',
      path: '/a',
      data: 'grüße',
      zxid: ZXID,
      isWrite: true,
    });
  });

  it('names the error of a write that failed, on every server', () => {
    expect(viewOf(proposedRequest(refused, NONE))).toMatchObject({ err: 'NODEEXISTS', zxid: ZXID });
    const body = { op: 'delete', path: '/a', version: -1 } as const;
    const request = localRequest(SESSION, 3, body, '1/0/1', NONE);
    request.err = 'NONODE';
    expect(viewOf(request)).toMatchObject({ op: 'delete', err: 'NONODE', isWrite: true });
  });

  it('shows a multi with its parts: what was asked, then what became of each', () => {
    const body = {
      op: 'multi',
      ops: [
        { op: 'delete', path: '/a', version: -1 },
        { op: 'check', path: '/b', version: 4 },
      ],
    } as const;
    const request = localRequest(SESSION, 3, body, '1/0/1', NONE);
    expect(viewOf(request).ops).toEqual([
      { op: 'delete', path: '/a' },
      { op: 'check', path: '/b' },
    ]);
    const entry: LoggedTxn = {
      hdr: { ...created.hdr, type: 'multi' },
      txn: {
        type: 'multi',
        txns: [
          { type: 'error', err: 'OK' },
          { type: 'error', err: 'BADVERSION' },
        ],
      },
    };
    request.entry = entry;
    expect(viewOf(request).ops).toEqual([
      { op: 'delete', path: '/a', err: 'OK' },
      { op: 'check', path: '/b', err: 'BADVERSION' },
    ]);
    expect(viewOfTxn(entry).ops?.map(({ op, err }) => `${op} ${err}`)).toEqual([
      'error OK',
      'error BADVERSION',
    ]);
  });

  it('shows a record of the log by its txn', () => {
    expect(viewOfTxn(created)).toEqual(viewOf(proposedRequest(created, NONE)));
    expect(viewOfTxn(refused)).toMatchObject({ op: 'error', err: 'NODEEXISTS' });
  });
});

describe('data as text', () => {
  it('is the beginning of the whole text, and all of it when it is short', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.nat(20), (text, max) => {
        const bytes = textToBytes(text);
        const shown = textOf(bytes, max);
        const whole = bytesToText(bytes);
        expect(whole.startsWith(shown)).toBe(true);
        if (whole.length <= max) expect(shown).toBe(whole);
        else expect([max - 1, max]).toContain(shown.length);
      }),
    );
  });

  it('never cuts a symbol in half', () => {
    const bytes = textToBytes('a😀😀');
    expect(textOf(bytes, 2)).toBe('a');
    expect(textOf(bytes, 3)).toBe('a😀');
  });
});
