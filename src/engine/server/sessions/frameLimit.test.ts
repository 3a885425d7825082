/** jute.maxbuffer: how long a frame of a client may be. */
import { describe, expect, test } from 'vitest';
import { DEFAULT_ZOO_CONFIG } from '../../../zk/config';
import { type MultiOp, OPEN_ACL } from '../../../zk/records';
import {
  getData,
  newSession,
  pass,
  passUntil,
  RawClient,
  servingEnsemble,
} from '../../world/ensemble.test-support';

/** Length of the frame of a create of `/x`, its data apart: headers, path, ACL, flags. */
const AROUND_DATA = 49;

function createOf(length: number): Extract<MultiOp, { acl: unknown; flags: number }> {
  return { op: 'create', path: '/x', data: 'x'.repeat(length), acl: [...OPEN_ACL], flags: 0 };
}

function limited(juteMaxBuffer: number) {
  return servingEnsemble(1, { config: { ...DEFAULT_ZOO_CONFIG, juteMaxBuffer } });
}

function replyOf(client: RawClient, xid: number) {
  return client.replies().find((reply) => reply.xid === xid);
}

describe('a frame of a client', () => {
  test('as long as jute.maxbuffer is read', () => {
    const client = newSession(limited(2000), 1);
    const xid = client.send(createOf(2000 - AROUND_DATA));
    pass(client.e, 100);
    expect(client.isClosed()).toBe(false);
    expect(replyOf(client, xid)).toMatchObject({ xid, err: 'OK', body: { path: '/x' } });
  });

  test('one byte longer closes the connection without an answer; the session stays', () => {
    const e = limited(2000);
    const client = newSession(e, 1);
    const xid = client.send(createOf(2001 - AROUND_DATA));
    const entry = passUntil(e, ({ type }) => type === 'close');
    expect(entry).toMatchObject({ name: 'frameTooLong', detail: { length: 2001 } });
    pass(e, 100);
    expect(client.isClosed()).toBe(true);
    expect(replyOf(client, xid)).toBeUndefined();
    client.connect(1);
    expect(client.connected()?.sessionId).toBe(client.sessionId);
    const read = client.send(getData('/x'));
    pass(e, 100);
    expect(replyOf(client, read)).toMatchObject({ err: 'NONODE' });
  });

  test('is a multi whole, each of whose parts would do', () => {
    const e = limited(2000);
    const client = newSession(e, 1);
    const part = createOf(620);
    client.send({ op: 'multi', ops: [part, part, part] });
    const entry = passUntil(e, ({ type }) => type === 'close');
    // Two headers; per part one more, and all of a create but its request header.
    const length = 8 + 3 * (9 + 620 + AROUND_DATA - 8) + 9;
    expect(entry).toMatchObject({ name: 'frameTooLong', detail: { length } });
  });

  test('may not be a longer connect request either', () => {
    const client = new RawClient(limited(44));
    client.connect(1);
    expect(client.connected()).toBeUndefined();
    expect(client.isClosed()).toBe(true);
  });
});
