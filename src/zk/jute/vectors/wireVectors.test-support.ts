/**
 * Messages captured between real programs and Apache ZooKeeper 3.8.0, as hexdumps of whole
 * frames, and what they say.
 */
import type { SessionId, Zxid } from '../../ids';

import type { ClientPacket } from '../../packets';
import type { OpName } from '../../opCode';
import type { WireElectionPacket } from '../electionPacket';
import type { WireQuorumPacket } from '../quorumPacket';

export interface ClientVector {
  name: string;
  from: 'client' | 'server';
  connected: boolean;
  op?: OpName;
  dump: string;
  packet: ClientPacket;
}

const zxid = (value: number) => value as Zxid;
const session = (hex: string) => hex as SessionId;
const acl = [{ perms: 31, scheme: 'world', id: 'anyone' }];

const STAT_DUMP = `00 00 00 00 00 00 00 04 00 00 00 00 00 00 00 04 00 00 01 a2 06 29 b6 7e
  00 00 01 a2 06 29 b6 7e 00*4 00*4 00*4 00*8 00 00 00 01 00*4 00 00 00 00 00 00 00 04`;
const STAT = {
  czxid: zxid(4),
  mzxid: zxid(4),
  ctime: 0x1a20629b67e,
  mtime: 0x1a20629b67e,
  version: 0,
  cversion: 0,
  aversion: 0,
  ephemeralOwner: session('0000000000000000'),
  dataLength: 1,
  numChildren: 0,
  pzxid: zxid(4),
};

export const CLIENT_VECTORS: readonly ClientVector[] = [
  {
    name: 'connect request',
    from: 'client',
    connected: false,
    dump: '00 00 00 2d 00*4 00*8 00 00 27 10 00*8 00 00 00 10 00*16 01',
    packet: {
      kind: 'CONNECT',
      lastZxidSeen: zxid(0),
      timeOut: 10000,
      sessionId: session('0000000000000000'),
      passwd: '0'.repeat(32),
      readOnly: true,
    },
  },
  {
    name: 'connect request of a client before 3.4',
    from: 'client',
    connected: false,
    dump: '00 00 00 2c 00*4 00*8 00 00 27 10 00*8 00 00 00 10 00*16',
    packet: {
      kind: 'CONNECT',
      lastZxidSeen: zxid(0),
      timeOut: 10000,
      sessionId: session('0000000000000000'),
      passwd: '0'.repeat(32),
    },
  },
  {
    name: 'connect response',
    from: 'server',
    connected: false,
    dump: `00 00 00 25 00*4 00 00 27 10 01 00 00 10 e6 69 00 00 00 00 00 10
      bd a4 e6 7b 06 24 07 8a 63 86 f0 40 bf 72 0c 12 00`,
    packet: {
      kind: 'CONNECTED',
      timeOut: 10000,
      sessionId: session('01000010e6690000'),
      passwd: 'bda4e67b0624078a6386f040bf720c12',
      readOnly: false,
    },
  },
  {
    name: 'ping',
    from: 'client',
    connected: true,
    dump: '00 00 00 08 ff ff ff fe 00 00 00 0b',
    packet: { kind: 'REQUEST', xid: -2, body: { op: 'ping' } },
  },
  {
    name: 'answer of a ping',
    from: 'server',
    connected: true,
    dump: '00 00 00 10 ff ff ff fe 00 00 00 00 00 00 00 08 00 00 00 00',
    packet: { kind: 'REPLY', xid: -2, zxid: zxid(8), err: 'OK', op: 'ping' },
  },
  {
    name: 'auth',
    from: 'client',
    connected: true,
    dump: '00 00 00 20 ff ff ff fc 00 00 00 64 00*4 00 00 00 06 "digest" 00 00 00 06 "bob:pw"',
    packet: {
      kind: 'REQUEST',
      xid: -4,
      body: { op: 'auth', scheme: 'digest', auth: 'bob:pw' },
    },
  },
  {
    name: 'answer of an auth',
    from: 'server',
    connected: true,
    dump: '00 00 00 10 ff ff ff fc 00*8 00 00 00 00',
    packet: { kind: 'REPLY', xid: -4, zxid: zxid(0), err: 'OK', op: 'auth' },
  },
  {
    name: 'failed auth',
    from: 'server',
    connected: true,
    dump: '00 00 00 10 ff ff ff fc 00*8 ff ff ff 8d',
    packet: { kind: 'REPLY', xid: -4, zxid: zxid(0), err: 'AUTHFAILED', op: 'auth' },
  },
  {
    name: 'create',
    from: 'client',
    connected: true,
    dump: `00 00 00 36 00 00 00 01 00 00 00 01 00 00 00 02 "/a" 00 00 00 05 "hello"
      00 00 00 01 00 00 00 1f 00 00 00 05 "world" 00 00 00 06 "anyone" 00 00 00 00`,
    packet: {
      kind: 'REQUEST',
      xid: 1,
      body: { op: 'create', path: '/a', data: 'hello', acl, flags: 0 },
    },
  },
  {
    name: 'answer of a create',
    from: 'server',
    connected: true,
    op: 'create',
    dump: '00 00 00 16 00 00 00 01 00 00 00 00 00 00 00 02 00 00 00 00 00 00 00 02 "/a"',
    packet: {
      kind: 'REPLY',
      xid: 1,
      zxid: zxid(2),
      err: 'OK',
      op: 'create',
      body: { path: '/a' },
    },
  },
  {
    name: 'NODEEXISTS',
    from: 'server',
    connected: true,
    op: 'create',
    dump: '00 00 00 10 00 00 00 02 00 00 00 00 00 00 00 03 ff ff ff 92',
    packet: { kind: 'REPLY', xid: 2, zxid: zxid(3), err: 'NODEEXISTS', op: 'create' },
  },
  {
    name: 'getData',
    from: 'client',
    connected: true,
    dump: '00 00 00 0f 00 00 00 04 00 00 00 04 00 00 00 02 "/a" 01',
    packet: { kind: 'REQUEST', xid: 4, body: { op: 'getData', path: '/a', watch: true } },
  },
  {
    name: 'answer of a getData',
    from: 'server',
    connected: true,
    op: 'getData',
    dump: `00 00 00 5d 00 00 00 04 00 00 00 00 00 00 00 04 00 00 00 00 00 00 00 05 "hello"
      ${STAT_DUMP}`,
    packet: {
      kind: 'REPLY',
      xid: 4,
      zxid: zxid(4),
      err: 'OK',
      op: 'getData',
      body: { data: 'hello', stat: STAT },
    },
  },
  {
    name: 'answer of a create2',
    from: 'server',
    connected: true,
    op: 'create2',
    dump: `00 00 00 5b 00 00 00 05 00 00 00 00 00 00 00 04 00 00 00 00 00 00 00 03 "/c2"
      ${STAT_DUMP}`,
    packet: {
      kind: 'REPLY',
      xid: 5,
      zxid: zxid(4),
      err: 'OK',
      op: 'create2',
      body: { path: '/c2', stat: STAT },
    },
  },
  {
    name: 'closeSession',
    from: 'client',
    connected: true,
    dump: '00 00 00 08 00 00 00 08 ff ff ff f5',
    packet: { kind: 'REQUEST', xid: 8, body: { op: 'closeSession' } },
  },
  {
    name: 'answer of a closeSession',
    from: 'server',
    connected: true,
    op: 'closeSession',
    dump: '00 00 00 10 00 00 00 08 00 00 00 00 00 00 01 12 00 00 00 00',
    packet: { kind: 'REPLY', xid: 8, zxid: zxid(0x112), err: 'OK', op: 'closeSession' },
  },
  {
    name: 'failed multi',
    from: 'server',
    connected: true,
    op: 'multi',
    dump: `00 00 00 4d 00 00 00 06 00 00 00 00 00 00 00 03 00 00 00 00
      ff ff ff ff 00 00 00 00 00 00 00 00 00 ff ff ff ff 00 ff ff ff 92 ff ff ff 92
      ff ff ff ff 00 ff ff ff fe ff ff ff fe ff ff ff ff 00 ff ff ff fe ff ff ff fe
      ff ff ff ff 01 ff ff ff ff`,
    packet: {
      kind: 'REPLY',
      xid: 6,
      zxid: zxid(3),
      err: 'OK',
      op: 'multi',
      body: {
        results: [
          { op: 'error', err: 'OK' },
          { op: 'error', err: 'NODEEXISTS' },
          { op: 'error', err: 'RUNTIMEINCONSISTENCY' },
          { op: 'error', err: 'RUNTIMEINCONSISTENCY' },
        ],
      },
    },
  },
  {
    name: 'notification',
    from: 'server',
    connected: true,
    dump: `00 00 00 1e ff ff ff ff ff*8 00 00 00 00 00 00 00 03 00 00 00 03 00 00 00 02 2f 61`,
    packet: { kind: 'EVENT', type: 'NodeDataChanged', state: 'SyncConnected', path: '/a' },
  },
];

const SID_1 = '01 00 00 1a c5 ee 00 00';
const WORLD = '00 00 00 1f 00 00 00 05 "world" 00 00 00 06 "anyone"';
const MEMBERS = [1, 2, 3].map((n) => `server.${n}=127.0.0.1:4288${n}:4388${n}:participant`);
const CONFIG = [...MEMBERS, 'version=0'].join('\n');

export const QUORUM_VECTORS: readonly {
  name: string;
  dump: string;
  packet: WireQuorumPacket;
}[] = [
  {
    name: 'FOLLOWERINFO',
    dump: '00 00 00 0b 00*8 00 00 00 14 00*7 01 00 01 00 00 00*8 ff*4',
    packet: { kind: 'FOLLOWERINFO', zxid: zxid(0), sid: 1 },
  },
  {
    name: 'LEADERINFO',
    dump: '00 00 00 11 00 00 00 01 00*4 00 00 00 04 00 01 00 00 ff*4',
    packet: { kind: 'LEADERINFO', zxid: zxid(0x100000000) },
  },
  {
    name: 'ACKEPOCH',
    dump: '00 00 00 12 00*8 00 00 00 04 00*4 ff*4',
    packet: { kind: 'ACKEPOCH', zxid: zxid(0), currentEpoch: 0 },
  },
  {
    name: 'DIFF',
    dump: '00 00 00 0d 00*8 ff*4 ff*4',
    packet: { kind: 'DIFF', zxid: zxid(0) },
  },
  {
    name: 'NEWLEADER',
    dump: `00 00 00 0a 00 00 00 01 00*4 00 00 00 8a "${CONFIG}" ff*4`,
    packet: { kind: 'NEWLEADER', zxid: zxid(0x100000000), config: CONFIG },
  },
  {
    name: 'ACK',
    dump: '00 00 00 03 00 00 00 01 00*4 ff*4 ff*4',
    packet: { kind: 'ACK', zxid: zxid(0x100000000) },
  },
  {
    name: 'UPTODATE',
    dump: '00 00 00 0c ff*8 ff*4 ff*4',
    packet: { kind: 'UPTODATE', zxid: zxid(-1) },
  },
  {
    name: 'REQUEST',
    dump: `00 00 00 01 ff*8 00 00 00 3d ${SID_1} 00 00 00 01 00 00 00 01
      00 00 00 02 2f 66 00 00 00 04 "data" 00 00 00 01 ${WORLD} 00*4
      00 00 00 02 00 00 00 06 "digest" 00 00 00 20 "bob:ikIaKsbtGweaHnb/jKn7OHqbunM="
      00 00 00 02 "ip" 00 00 00 09 "127.0.0.1"`,
    packet: {
      kind: 'REQUEST',
      sessionId: session('0100001ac5ee0000'),
      cxid: 1,
      body: { op: 'create', path: '/f', data: 'data', acl, flags: 0 },
      authInfo: [
        { scheme: 'digest', id: 'bob:ikIaKsbtGweaHnb/jKn7OHqbunM=' },
        { scheme: 'ip', id: '127.0.0.1' },
      ],
    },
  },
  {
    name: 'PROPOSAL',
    dump: `00 00 00 02 00 00 00 01 00 00 00 02 00 00 00 5a ${SID_1} 00 00 00 01
      00 00 00 01 00 00 00 02 00 00 01 a2 06 33 4e e8 00 00 00 01
      00 00 00 02 2f 66 00 00 00 04 "data" 00 00 00 01 ${WORLD} 00 00 00 00 01
      00 00 00 02 00 00 00 01 c3 ca 88 b6 ff*4`,
    packet: {
      kind: 'PROPOSAL',
      zxid: zxid(0x100000002),
      entry: {
        hdr: {
          clientId: session('0100001ac5ee0000'),
          cxid: 1,
          zxid: zxid(0x100000002),
          time: 0x1a206334ee8,
          type: 'create',
        },
        txn: { type: 'create', path: '/f', data: 'data', acl, ephemeral: false, parentCVersion: 1 },
        digest: { version: 2, treeDigest: '00000001c3ca88b6' },
      },
    },
  },
  {
    name: 'REVALIDATE of a learner',
    dump: `00 00 00 06 ff*8 00 00 00 0c ${SID_1} 00 00 27 10 ff*4`,
    packet: { kind: 'REVALIDATE', sessionId: session('0100001ac5ee0000'), timeOut: 10000 },
  },
  {
    name: 'REVALIDATE of the leader',
    dump: `00 00 00 06 ff*8 00 00 00 09 ${SID_1} 01 ff*4`,
    packet: { kind: 'REVALIDATE', sessionId: session('0100001ac5ee0000'), valid: true },
  },
  {
    name: 'PING of a learner',
    dump: `00 00 00 05 00 00 00 01 00 00 00 06 00 00 00 18 ${SID_1} 00 00 27 10
      01 00 00 1a c5 ee 00 01 00 00 27 10 ff*4`,
    packet: {
      kind: 'PING',
      zxid: zxid(0x100000006),
      touched: [
        [session('0100001ac5ee0000'), 10000],
        [session('0100001ac5ee0001'), 10000],
      ],
    },
  },
  {
    name: 'COMMITANDACTIVATE',
    dump: '00 00 00 09 00 00 00 01 00 00 00 02 00 00 00 08 00*7 02 ff*4',
    packet: { kind: 'COMMITANDACTIVATE', zxid: zxid(0x100000002), designatedLeader: 2 },
  },
];

export const ELECTION_VECTORS: readonly {
  name: string;
  dump: string;
  packet: WireElectionPacket;
}[] = [
  {
    name: 'HELLO',
    dump: 'ff ff ff ff ff ff 00 00 00*7 03 00 00 00 0f "127.0.0.1:43883"',
    packet: { kind: 'HELLO', sid: 3, address: '127.0.0.1:43883' },
  },
  {
    name: 'NOTIFICATION',
    dump: `00 00 00 b6 00 00 00 02 00*7 02 00*8 00*7 01 00*7 01 00 00 00 02 00 00 00 8a
      "${CONFIG}"`,
    packet: {
      kind: 'NOTIFICATION',
      state: 'LEADING',
      leader: 2,
      zxid: zxid(0),
      electionEpoch: 1,
      peerEpoch: 1,
      config: CONFIG,
    },
  },
];
