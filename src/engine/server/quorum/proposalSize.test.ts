import { expect, test } from 'vitest';
import { encodeTxn } from '../../../zk/jute/records/txn';
import type { LoggedTxn, Txn } from '../../../zk/records';
import { OPEN_ACL } from '../../../zk/records';
import type { SessionId } from '../../../zk/ids';
import { zxid } from '../loneServer.test-support';
import { proposalSize } from './proposalSize';

const PATH = { path: '/ä€/b' };
const NODE = { ...PATH, data: '\u00ff\u0000x', acl: [...OPEN_ACL, ...OPEN_ACL], parentCVersion: 3 };

test.each<Txn>([
  { type: 'create', ...NODE, ephemeral: true },
  { type: 'create2', ...NODE, data: null, ephemeral: false },
  { type: 'createContainer', ...NODE },
  { type: 'createTTL', ...NODE, ttl: 5 },
  { type: 'delete', ...PATH },
  { type: 'deleteContainer', ...PATH },
  { type: 'setData', ...PATH, data: 'x', version: 1 },
  { type: 'setACL', ...PATH, acl: [], version: 1 },
  { type: 'check', ...PATH, version: 1 },
  { type: 'createSession', timeOut: 1 },
  { type: 'closeSession', paths2Delete: ['/a', '/bc'] },
  { type: 'error', err: 'NONODE' },
  {
    type: 'multi',
    txns: [
      { type: 'delete', ...PATH },
      { type: 'error', err: 'NONODE' },
    ],
  },
])('a proposal of $type is as long as its bytes', (txn) => {
  const clientId = '0100000000000000' as SessionId;
  const entry: LoggedTxn = {
    hdr: { clientId, cxid: 1, zxid: zxid(1, 1), time: 5, type: txn.type },
    txn,
  };
  const digest = { version: 2, treeDigest: '0000000000000000' };
  const bytes = encodeTxn(txn.type === 'error' ? entry : { ...entry, digest });
  expect(proposalSize(entry)).toBe(bytes.length);
});
