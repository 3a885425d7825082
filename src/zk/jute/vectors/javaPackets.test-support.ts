/** The packets and txns whose bytes stand in javaBytes. */
import type { SessionId, Zxid } from '../../ids';

import type { ClientPacket } from '../../packets';
import type { AclEntry, MultiResult, ReplyBody, RequestBody, Stat, Txn } from '../../records';
import type { OpName } from '../../opCode';
import type { ErrorName } from '../../errorCode';
import type { WireElectionPacket } from '../electionPacket';
import type { WireQuorumPacket } from '../quorumPacket';
import type { DigestedTxn } from '../records/txn';

const path = '/\u0436\u4e2d';
const data = '\0\x01\xffx';
const acl: AclEntry[] = [
  { perms: 31, scheme: 'world', id: 'anyone' },
  { perms: 5, scheme: 'digest', id: 'b\u00f6b:\u20ac\u{1f600}' },
];
export const STAT: Stat = {
  czxid: 0x100000004 as Zxid,
  mzxid: 0x200000005 as Zxid,
  ctime: 1795400112830,
  mtime: 1795400112831,
  version: 1,
  cversion: -2,
  aversion: 3,
  ephemeralOwner: 'ff00001ac5ee0001' as SessionId,
  dataLength: 4,
  numChildren: 6,
  pzxid: 0x300000007 as Zxid,
};
const stat = STAT;

/** In the order of their xids, from 1. */
const REQUESTS: readonly (readonly [name: string, body: RequestBody])[] = [
  ['create', { op: 'create', path, data, acl, flags: 3 }],
  ['create2', { op: 'create2', path, data: null, acl: [], flags: 0 }],
  ['createContainer', { op: 'createContainer', path: null, data: '', acl: null, flags: 4 }],
  ['createTTL', { op: 'createTTL', path, data, acl, flags: 5, ttl: 2 ** 40 - 1 }],
  ['delete', { op: 'delete', path, version: -1 }],
  ['exists', { op: 'exists', path, watch: true }],
  ['getData', { op: 'getData', path, watch: false }],
  ['setData', { op: 'setData', path, data: null, version: 2147483647 }],
  ['getACL', { op: 'getACL', path }],
  ['setACL', { op: 'setACL', path, acl, version: 9 }],
  ['getChildren', { op: 'getChildren', path, watch: true }],
  ['sync', { op: 'sync', path }],
  ['ping', { op: 'ping' }],
  ['getChildren2', { op: 'getChildren2', path, watch: false }],
  ['checkWatches', { op: 'checkWatches', path, type: 3 }],
  ['removeWatches', { op: 'removeWatches', path, type: 1 }],
  ['auth', { op: 'auth', scheme: 'digest', auth: 'bob:pw' }],
  [
    'setWatches',
    {
      op: 'setWatches',
      relativeZxid: 0x10f as Zxid,
      lists: { data: ['/a'], exist: [], child: ['/c', '/d'] },
    },
  ],
  [
    'setWatches2',
    {
      op: 'setWatches2',
      relativeZxid: 0x10f as Zxid,
      lists: {
        data: ['/a'],
        exist: ['/b'],
        child: [],
        persistent: ['/p'],
        persistentRecursive: ['/r'],
      },
    },
  ],
  ['getEphemerals', { op: 'getEphemerals', prefix: '/e' }],
  ['getAllChildrenNumber', { op: 'getAllChildrenNumber', path: '/' }],
  ['addWatch', { op: 'addWatch', path, mode: 1 }],
  ['whoAmI', { op: 'whoAmI' }],
  ['closeSession', { op: 'closeSession' }],
  ['createSession', { op: 'createSession', timeOut: 30000 }],
  [
    'multi',
    {
      op: 'multi',
      ops: [
        { op: 'create', path: '/m', data, acl, flags: 0 },
        { op: 'createTTL', path: '/t', data, acl, flags: 5, ttl: 77 },
        { op: 'createContainer', path: '/c', data: null, acl, flags: 4 },
        { op: 'delete', path: '/x', version: 3 },
        { op: 'setData', path: '/y', data, version: 4 },
        { op: 'check', path: '/z', version: 5 },
      ],
    },
  ],
  [
    'multiRead',
    {
      op: 'multiRead',
      ops: [
        { op: 'getData', path: '/g', watch: false },
        { op: 'getChildren', path: '/h', watch: false },
      ],
    },
  ],
  ['emptyMulti', { op: 'multi', ops: [] }],
];

const failed = (err: ErrorName): MultiResult => ({ op: 'error', err });

/** Behind the requests, in the order of their xids. A header alone has no body. */
const REPLIES: readonly (readonly [name: string, op: OpName, body?: ReplyBody, err?: ErrorName])[] =
  [
    ['create', 'create', { path }],
    ['create2', 'create2', { path, stat }],
    ['exists', 'exists', { stat }],
    ['getData', 'getData', { data, stat }],
    ['getDataNull', 'getData', { data: null, stat }],
    ['setData', 'setData', { stat }],
    ['getACL', 'getACL', { acl, stat }],
    ['setACL', 'setACL', { stat }],
    ['getChildren', 'getChildren', { children: ['b', 'a'] }],
    ['getChildren2', 'getChildren2', { children: [], stat }],
    ['sync', 'sync', { path }],
    [
      'whoAmI',
      'whoAmI',
      {
        clientInfo: [
          { authScheme: 'ip', user: '127.0.0.1' },
          { authScheme: 'digest', user: 'bob' },
        ],
      },
    ],
    ['getEphemerals', 'getEphemerals', { ephemerals: ['/e1'] }],
    ['getAllChildrenNumber', 'getAllChildrenNumber', { number: 17 }],
    ['addWatch', 'addWatch', { innerErr: 'OK' }],
    ['noNode', 'delete', undefined, 'NONODE'],
    [
      'multi',
      'multi',
      {
        results: [
          { op: 'create', err: 'OK', path: '/m' },
          { op: 'create2', err: 'OK', path: '/c', stat },
          { op: 'delete', err: 'OK' },
          { op: 'setData', err: 'OK', stat },
          { op: 'check', err: 'OK' },
        ],
      },
    ],
    [
      'multiRead',
      'multiRead',
      {
        results: [
          { op: 'getData', err: 'OK', data, stat },
          { op: 'getChildren', err: 'OK', children: ['k'] },
          failed('NONODE'),
        ],
      },
    ],
    [
      'multiFailed',
      'multi',
      { results: [failed('OK'), failed('NODEEXISTS'), failed('RUNTIMEINCONSISTENCY')] },
    ],
  ];

/** By the names of javaBytes. */
export const CLIENT_PACKETS: Readonly<Record<string, ClientPacket>> = Object.fromEntries([
  ...REQUESTS.map(([name, body], i) => [
    `request ${name}`,
    { kind: 'REQUEST', xid: i + 1, body } satisfies ClientPacket,
  ]),
  ...REPLIES.map(([name, op, body, err], i) => {
    const xid = REQUESTS.length + i + 1;
    const head = { kind: 'REPLY', xid, zxid: 0x500000007 as Zxid, err: err ?? 'OK', op } as const;
    const packet: ClientPacket = body === undefined ? head : { ...head, body };
    return [`reply ${name}`, packet];
  }),
  ['event', { kind: 'EVENT', type: 'NodeChildrenChanged', state: 'SyncConnected', path }],
]);

const TXNS: readonly Txn[] = [
  { type: 'create', path, data, acl, ephemeral: true, parentCVersion: 5 },
  { type: 'create2', path: '/n', data: null, acl: [], ephemeral: false, parentCVersion: 1 },
  { type: 'createContainer', path, data, acl, parentCVersion: 2 },
  { type: 'createTTL', path, data, acl, parentCVersion: 2, ttl: 99999 },
  { type: 'delete', path },
  { type: 'deleteContainer', path },
  { type: 'setData', path, data, version: 6 },
  { type: 'setACL', path, acl, version: 6 },
  { type: 'createSession', timeOut: 30000 },
  { type: 'closeSession', paths2Delete: ['/e', '/f'] },
  { type: 'error', err: 'NODEEXISTS' },
];

const TIME = 1795400112827;

/** By the names of javaBytes; the multi carries a digest, and ids that use all bits. */
export const JAVA_TXNS: Readonly<Record<string, DigestedTxn>> = Object.fromEntries([
  ...TXNS.map((txn) => {
    const hdr = {
      clientId: '0100001ac5ee0000' as SessionId,
      cxid: 7,
      zxid: 0x100000003 as Zxid,
      time: TIME,
      type: txn.type,
    };
    return [`txn ${txn.type}`, { hdr, txn } satisfies DigestedTxn];
  }),
  [
    'txn multi',
    {
      hdr: {
        clientId: '7fffffffffffffff' as SessionId,
        cxid: -2,
        zxid: 0x1fffff00000003 as Zxid,
        time: TIME,
        type: 'multi',
      },
      txn: {
        type: 'multi',
        txns: [
          { type: 'create', path: '/m', data, acl, ephemeral: false, parentCVersion: 1 },
          { type: 'setData', path: '/m', data, version: 2 },
          { type: 'check', path: '/m', version: 3 },
          { type: 'error', err: 'NONODE' },
        ],
      },
      digest: { version: 2, treeDigest: '8123456789abcdef' },
    } satisfies DigestedTxn,
  ],
]);

export const QUORUM_PACKETS: Readonly<Record<string, WireQuorumPacket>> = {
  'quorum FOLLOWERINFO': { kind: 'FOLLOWERINFO', zxid: 0x300000000 as Zxid, sid: 5 },
  'quorum PINGempty': { kind: 'PING', zxid: 0x300000009 as Zxid, touched: [] },
  'quorum PING': { kind: 'PING', zxid: 0x300000009 as Zxid },
  'quorum REQUEST': {
    kind: 'REQUEST',
    sessionId: '0100001ac5ee0000' as SessionId,
    cxid: 7,
    body: { op: 'sync', path: '/s' },
    authInfo: [],
  },
};

const LONG_MIN = -(2 ** 63);

export const ELECTION_PACKETS: Readonly<Record<string, WireElectionPacket>> = {
  'election NOTIFICATION': {
    kind: 'NOTIFICATION',
    state: 'LOOKING',
    leader: 3,
    zxid: 0x200000001 as Zxid,
    electionEpoch: 4,
    peerEpoch: 2,
    config: 'server.1=zk1:2888:3888:participant\nversion=0',
  },
  'election NONE': {
    kind: 'NOTIFICATION',
    state: 'LOOKING',
    leader: LONG_MIN,
    zxid: LONG_MIN as Zxid,
    electionEpoch: 1,
    peerEpoch: LONG_MIN,
    config: '',
  },
};
