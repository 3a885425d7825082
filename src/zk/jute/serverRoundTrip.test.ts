/** Whatever txn or packet between servers is written is read as it was. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ERROR_CODES, type ErrorName } from '../errorCode';
import type { SessionId, Zxid } from '../ids';
import type { RequestBody, Txn } from '../records';
import {
  decodeElectionPacket,
  encodeElectionPacket,
  type WireElectionPacket,
} from './electionPacket';
import { decodeQuorumPacket } from './readQuorumPacket';
import { encodeQuorumPacket, type WireQuorumPacket } from './quorumPacket';
import { decodeTxn, type DigestedTxn, encodeTxn } from './records/txn';

const int = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const safe = fc.oneof(fc.maxSafeInteger(), fc.constantFrom(-1, 0, -(2 ** 63), 2 ** 63));
const zxid = safe as fc.Arbitrary<Zxid>;
const hexBytes = (bytes: number) =>
  fc
    .uint8Array({ minLength: bytes, maxLength: bytes })
    .map((all) => [...all].map((byte) => byte.toString(16).padStart(2, '0')).join(''));
const session = hexBytes(8) as fc.Arbitrary<SessionId>;
/** Surrogates do not come back (utf8.test.ts). */
const text = fc
  .array(fc.integer({ min: 0, max: 0xffff }).filter((c) => c < 0xd800 || c > 0xdfff))
  .map((units) => String.fromCharCode(...units));
const path = fc.option(text, { nil: null });
const binary = fc.uint8Array().map((bytes) => String.fromCharCode(...bytes));
const data = fc.option(binary, { nil: null });
const acl = fc.array(fc.record({ perms: int, scheme: text, id: text }), { maxLength: 3 });
const paths = fc.array(text, { maxLength: 4 });
const err = fc.constantFrom(...(Object.keys(ERROR_CODES) as ErrorName[]));
const bool = fc.boolean();

const op = <Name extends string>(...names: Name[]) => fc.constantFrom(...names);

/** All of them: clientRoundTrip.test.ts. */
const requestBody: fc.Arbitrary<RequestBody> = fc.oneof(
  fc.record({ op: op('create'), path, data, acl: fc.option(acl, { nil: null }), flags: int }),
  fc.record({ op: op('sync'), path }),
  fc.record({ op: op('closeSession') }),
  fc.record({ op: op('createSession'), timeOut: int }),
  fc.record({ op: op('raw'), type: fc.integer({ min: 200, max: 300 }), hex: hexBytes(5) }),
);

const nestedTxn: fc.Arbitrary<Txn> = fc.oneof(
  fc.record({
    type: op('create', 'create2'),
    path: text,
    data,
    acl,
    ephemeral: bool,
    parentCVersion: int,
  }),
  fc.record({ type: op('createContainer'), path: text, data, acl, parentCVersion: int }),
  fc.record({ type: op('createTTL'), path: text, data, acl, parentCVersion: int, ttl: safe }),
  fc.record({ type: op('delete', 'deleteContainer'), path: text }),
  fc.record({ type: op('setData'), path: text, data, version: int }),
  fc.record({ type: op('check'), path: text, version: int }),
  fc.record({ type: op('error'), err }),
);

const anyTxn: fc.Arbitrary<Txn> = fc.oneof(
  nestedTxn,
  fc.record({ type: op('setACL'), path: text, acl, version: int }),
  fc.record({ type: op('multi'), txns: fc.array(nestedTxn, { maxLength: 4 }) }),
  fc.record({ type: op('createSession'), timeOut: int }),
  fc.record({ type: op('closeSession'), paths2Delete: paths }),
);

const loggedTxn: fc.Arbitrary<DigestedTxn> = anyTxn.chain((txn) =>
  fc.record(
    {
      hdr: fc.record({
        clientId: session,
        cxid: int,
        zxid,
        time: safe,
        type: fc.constant(txn.type),
      }),
      txn: fc.constant(txn),
      digest: fc.record({ version: int, treeDigest: session }),
    },
    { requiredKeys: ['hdr', 'txn'] },
  ),
);

const ids = fc.array(fc.record({ scheme: text, id: text }), { maxLength: 3 });

const quorumPacket: fc.Arbitrary<WireQuorumPacket> = fc.oneof(
  fc.record({ kind: op('FOLLOWERINFO', 'OBSERVERINFO'), zxid, sid: fc.nat(255) }),
  fc.record({ kind: op('LEADERINFO', 'DIFF', 'TRUNC', 'ACK', 'COMMIT', 'SYNC'), zxid }),
  fc.record({ kind: op('SNAP', 'UPTODATE', 'PING'), zxid }),
  fc.record({ kind: op('ACKEPOCH'), zxid, currentEpoch: int }),
  fc.record({ kind: op('NEWLEADER'), zxid, config: text }),
  fc.record({ kind: op('PROPOSAL', 'INFORM'), zxid, entry: loggedTxn }),
  fc.record({ kind: op('COMMITANDACTIVATE'), zxid, designatedLeader: fc.nat(255) }),
  fc.record({
    kind: op('INFORMANDACTIVATE'),
    zxid,
    designatedLeader: fc.nat(255),
    entry: loggedTxn,
  }),
  fc.record(
    { kind: op('REQUEST'), sessionId: session, cxid: int, body: requestBody, authInfo: ids },
    { requiredKeys: ['kind', 'sessionId', 'cxid', 'body'] },
  ),
  fc.record({ kind: op('PING'), zxid, touched: fc.array(fc.tuple(session, int)) }),
  fc.record({ kind: op('REVALIDATE'), sessionId: session, timeOut: int }),
  fc.record({ kind: op('REVALIDATE'), sessionId: session, valid: bool }),
);

const electionPacket: fc.Arbitrary<WireElectionPacket> = fc.oneof(
  fc.record({
    kind: op('HELLO'),
    sid: fc.nat(255),
    address: text.filter((all) => all.length > 0 && all.length < 500),
  }),
  fc.record({
    kind: op('NOTIFICATION'),
    state: op('LOOKING', 'FOLLOWING', 'LEADING', 'OBSERVING'),
    leader: safe,
    zxid,
    electionEpoch: safe,
    peerEpoch: safe,
    config: text,
  }),
);
test('txns', () => {
  fc.assert(
    fc.property(loggedTxn, (entry) => {
      const bytes = encodeTxn(entry);
      expect(decodeTxn(bytes)).toEqual({ ok: true, value: entry, end: bytes.length });
    }),
    { numRuns: 700 },
  );
});

test('quorum packets', () => {
  fc.assert(
    fc.property(quorumPacket, (packet) => {
      const bytes = encodeQuorumPacket(packet);
      expect(decodeQuorumPacket(bytes)).toEqual({ ok: true, value: packet, end: bytes.length });
    }),
    { numRuns: 1500 },
  );
});

test('election packets', () => {
  fc.assert(
    fc.property(electionPacket, (packet) => {
      const bytes = encodeElectionPacket(packet);
      const result = decodeElectionPacket(bytes, { first: packet.kind === 'HELLO' });
      expect(result).toEqual({ ok: true, value: packet, end: bytes.length });
    }),
  );
});

test('with one byte of a good packet changed too', () => {
  fc.assert(
    fc.property(quorumPacket, fc.nat(), fc.nat(255), (packet, place, byte) => {
      const bytes = encodeQuorumPacket(packet);
      bytes[place % bytes.length] = byte;
      const result = decodeQuorumPacket(bytes);
      if (!result.ok) expect(['end', 'length', 'value']).toContain(result.error.reason);
    }),
    { numRuns: 1500 },
  );
});
