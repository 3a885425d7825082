/** Whatever packet of the client port is written is read as it was. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ERROR_CODES, type ErrorName } from '../errorCode';
import type { SessionId, Zxid } from '../ids';
import { OP_CODES, type OpName } from '../opCode';
import type { ConnectRequest, ConnectResponse } from '../packets';
import type { ClientPacket } from '../packets';
import type { MultiOp, MultiResult, ReplyBody, RequestBody, Stat } from '../records';
import { annotate } from './annotate';
import {
  type ClientContext,
  decodeClientPacket,
  encodeClientPacket,
  frameLength,
} from './clientPacket';

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
const aclOrNull = fc.option(acl, { nil: null });
const paths = fc.array(text, { maxLength: 4 });
const err = fc.constantFrom(...(Object.keys(ERROR_CODES) as ErrorName[]));
const bool = fc.boolean();

const stat: fc.Arbitrary<Stat> = fc.record({
  czxid: zxid,
  mzxid: zxid,
  ctime: safe,
  mtime: safe,
  version: int,
  cversion: int,
  aversion: int,
  ephemeralOwner: session,
  dataLength: int,
  numChildren: int,
  pzxid: zxid,
});

const op = <Name extends string>(...names: Name[]) => fc.constantFrom(...names);
const creates = fc.record({
  op: op('create', 'create2', 'createContainer'),
  path,
  data,
  acl: aclOrNull,
  flags: int,
});
const createTTL = fc.record({
  op: op('createTTL'),
  path,
  data,
  acl: aclOrNull,
  flags: int,
  ttl: safe,
});
const versioned = fc.record({ op: op('delete'), path, version: int });
const check = fc.record({ op: op('check'), path, version: int });
const setData = fc.record({ op: op('setData'), path, data, version: int });
const reads = fc.record({ op: op('exists', 'getData', 'getChildren'), path, watch: bool });
const multiOp: fc.Arbitrary<MultiOp> = fc.oneof(
  creates,
  createTTL,
  versioned,
  check,
  setData,
  reads,
);
const watched = fc.option(paths);
const lists = fc.record({ data: watched, exist: watched, child: watched });
const lists2 = fc.record({
  data: watched,
  exist: watched,
  child: watched,
  persistent: watched,
  persistentRecursive: watched,
});
const KNOWN_TYPES: ReadonlySet<number> = new Set(Object.values(OP_CODES));

const requestBody: fc.Arbitrary<RequestBody> = fc.oneof(
  creates,
  createTTL,
  versioned,
  check,
  setData,
  reads,
  fc.record({ op: op('getChildren2'), path, watch: bool }),
  fc.record({ op: op('getACL'), path }),
  fc.record({ op: op('setACL'), path, acl: aclOrNull, version: int }),
  fc.record({ op: op('multi', 'multiRead'), ops: fc.array(multiOp, { maxLength: 4 }) }),
  fc.record({ op: op('setWatches'), relativeZxid: zxid, lists }),
  fc.record({ op: op('setWatches2'), relativeZxid: zxid, lists: lists2 }),
  fc.record({ op: op('addWatch'), path, mode: int }),
  fc.record({ op: op('removeWatches', 'checkWatches'), path, type: int }),
  fc.record({ op: op('auth'), scheme: path, auth: data }),
  fc.record({ op: op('whoAmI') }),
  fc.record({ op: op('getEphemerals'), prefix: path }),
  fc.record({ op: op('getAllChildrenNumber'), path }),
  fc.record({ op: op('deleteContainer'), path: text }),
  fc.record({ op: op('sync'), path }),
  fc.record({ op: op('ping') }),
  fc.record({ op: op('closeSession') }),
  fc.record({ op: op('createSession'), timeOut: int }),
  fc.record({
    op: op('raw'),
    type: int.filter((type) => !KNOWN_TYPES.has(type) || type === OP_CODES.error),
    hex: hexBytes(5),
  }),
);

const result: fc.Arbitrary<MultiResult> = fc.oneof(
  fc.record({ op: op('create'), err, path: text }),
  fc.record({ op: op('create2'), err, path: text, stat }),
  fc.record({ op: op('delete', 'check', 'error'), err }),
  fc.record({ op: op('setData'), err, stat }),
  fc.record({ op: op('getData'), err, data, stat }),
  fc.record({ op: op('getChildren'), err, children: paths }),
);

const reply = (names: OpName[], body: fc.Arbitrary<ReplyBody>): fc.Arbitrary<ClientPacket> =>
  fc.record({
    kind: op('REPLY'),
    xid: fc.nat(),
    zxid,
    err: op('OK'),
    op: fc.constantFrom(...names),
    body,
  });

const clientInfo = fc.array(fc.record({ authScheme: text, user: text }), { maxLength: 3 });

const replies: fc.Arbitrary<ClientPacket> = fc.oneof(
  reply(['create', 'sync'], fc.record({ path })),
  reply(['create2', 'createContainer', 'createTTL'], fc.record({ path, stat })),
  reply(['exists', 'setData', 'setACL'], fc.record({ stat })),
  reply(['getData'], fc.record({ data, stat })),
  reply(['getACL'], fc.record({ acl, stat })),
  reply(['getChildren'], fc.record({ children: paths })),
  reply(['getChildren2'], fc.record({ children: paths, stat })),
  reply(['whoAmI'], fc.record({ clientInfo })),
  reply(['getEphemerals'], fc.record({ ephemerals: paths })),
  reply(['getAllChildrenNumber'], fc.record({ number: int })),
  reply(['addWatch'], fc.record({ innerErr: err })),
  reply(['multi', 'multiRead'], fc.record({ results: fc.array(result, { maxLength: 4 }) })),
  fc.record({
    kind: op('REPLY'),
    xid: fc.nat(),
    zxid,
    err: err.filter((one) => one !== 'OK'),
    op: fc.constantFrom(...(Object.keys(OP_CODES) as OpName[]), 'raw' as const),
  }),
  fc.record({
    kind: op('REPLY'),
    xid: fc.nat(),
    zxid,
    err: op('OK'),
    op: op('delete', 'closeSession', 'setWatches', 'setWatches2', 'checkWatches', 'removeWatches'),
  }),
);

const passwd = fc.nat(20).chain(hexBytes);
const optionalBool = { requiredKeys: ['kind', 'timeOut', 'sessionId', 'passwd'] } as {
  requiredKeys: ['kind', 'timeOut', 'sessionId', 'passwd'];
};

const clientPacket: fc.Arbitrary<ClientPacket> = fc.oneof(
  fc.record(
    {
      kind: op('CONNECT'),
      lastZxidSeen: zxid,
      timeOut: int,
      sessionId: session,
      passwd,
      readOnly: bool,
    },
    { requiredKeys: ['kind', 'lastZxidSeen', 'timeOut', 'sessionId', 'passwd'] },
  ) as fc.Arbitrary<ConnectRequest>,
  fc.record(
    { kind: op('CONNECTED'), timeOut: int, sessionId: session, passwd, readOnly: bool },
    optionalBool,
  ) as fc.Arbitrary<ConnectResponse>,
  fc.record({ kind: op('REQUEST'), xid: int, body: requestBody }),
  replies,
  fc.record({
    kind: op('EVENT'),
    type: op('NodeCreated', 'NodeDeleted', 'NodeDataChanged', 'NodeChildrenChanged'),
    state: op('SyncConnected'),
    path: text,
  }),
);

function contextOf(packet: ClientPacket): ClientContext {
  const connected = packet.kind !== 'CONNECT' && packet.kind !== 'CONNECTED';
  if (packet.kind === 'CONNECT' || packet.kind === 'REQUEST') return { from: 'client', connected };
  const op = packet.kind === 'REPLY' ? packet.op : undefined;
  return { from: 'server', connected, opOf: () => op };
}

test('client packets, and their length is known without writing', () => {
  fc.assert(
    fc.property(clientPacket, (packet) => {
      const bytes = encodeClientPacket(packet);
      expect(frameLength(packet)).toBe(bytes.length);
      const result = decodeClientPacket(bytes, contextOf(packet));
      expect(result).toEqual({ ok: true, value: packet, end: bytes.length });
    }),
    { numRuns: 1500 },
  );
});

test('annotate shows each of its bytes once, in order', () => {
  fc.assert(
    fc.property(clientPacket, (packet) => {
      const { bytes, marks, error } = annotate(packet);
      expect(error).toBeUndefined();
      let at = 0;
      for (const mark of marks) {
        expect(mark.offset).toBe(at);
        at += mark.length;
      }
      expect(at).toBe(bytes.length);
    }),
  );
});
