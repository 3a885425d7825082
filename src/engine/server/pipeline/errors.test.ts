/** Each error that a client can provoke, and which of two wins. */
import { describe, expect, test } from 'vitest';
import { DEFAULT_ZOO_CONFIG } from '../../../zk/config';
import type { RequestBody } from '../../../zk/records';
import { leaderSid, pass, servingEnsemble } from '../../world/ensemble.test-support';
import { acl, Asker, make, standalone } from '../../world/clientApi.test-support';

const DELETE = (path: string | null, version = -1): RequestBody => ({
  op: 'delete',
  path,
  version,
});
const SET = (path: string | null, version = -1): RequestBody => ({
  op: 'setData',
  path,
  data: 'x',
  version,
});
const SET_ACL = (path: string, list = acl(31), version = -1): RequestBody => ({
  op: 'setACL',
  path,
  acl: list,
  version,
});

describe('an error of a write', () => {
  test('is that of its first check that fails', () => {
    const a = new Asker(standalone());
    expect(a.err(make('/a'))).toBe('OK');
    expect(a.err(make('/a', { flags: 1 }))).toBe('NODEEXISTS');
    expect(a.err(make('/e', { flags: 1 }))).toBe('OK');
    const told: [RequestBody, string][] = [
      [make('/x', { flags: 7 }), 'BADARGUMENTS'],
      [make('/x', { flags: -1 }), 'BADARGUMENTS'],
      [make('/x', { flags: 5 }), 'UNIMPLEMENTED'],
      [make('x'), 'BADARGUMENTS'],
      [make(''), 'BADARGUMENTS'],
      [make('/x\u0000'), 'BADARGUMENTS'],
      [make(null), 'MARSHALLINGERROR'],
      [make('/none/x', { acl: [] }), 'INVALIDACL'],
      [make('/none/x', { acl: acl(31, 'world', 'somebody') }), 'INVALIDACL'],
      [make('/none/x', { acl: acl(31, 'auth', '') }), 'INVALIDACL'],
      [make('/none/'), 'NONODE'],
      [make('/a/'), 'BADARGUMENTS'],
      [make('/e'), 'NODEEXISTS'],
      [make('/e/x'), 'NOCHILDRENFOREPHEMERALS'],
      [make('/'), 'NODEEXISTS'],
      [DELETE('/'), 'BADARGUMENTS'],
      [DELETE('/zookeeper/quota'), 'BADARGUMENTS'],
      [DELETE('/none'), 'NONODE'],
      [DELETE('/none/x'), 'NONODE'],
      [DELETE('/a', 3), 'BADVERSION'],
      [DELETE(null), 'MARSHALLINGERROR'],
      [SET('/a/'), 'BADARGUMENTS'],
      [SET(null), 'BADARGUMENTS'],
      [SET('/none'), 'NONODE'],
      [SET('/a', 1), 'BADVERSION'],
      [SET_ACL('/none', []), 'INVALIDACL'],
      [SET_ACL('/none'), 'NONODE'],
      [SET_ACL('/a', acl(31), 2), 'BADVERSION'],
      [{ op: 'deleteContainer', path: '/a' }, 'BADARGUMENTS'],
      [{ op: 'raw', type: 1, hex: '0000' }, 'MARSHALLINGERROR'],
      [{ op: 'raw', type: 16, hex: '' }, 'RECONFIGDISABLED'],
    ];
    let zxid: number = a.ask(make('/a/child')).zxid;
    expect(a.err(DELETE('/a'))).toBe('NOTEMPTY');
    zxid += 1;
    for (const [body, err] of told) {
      const reply = a.ask(body);
      expect([body, reply.err]).toEqual([body, err]);
      // Each has its zxid, refused or not.
      zxid += 1;
      expect(reply.zxid).toBe(zxid);
      expect(reply.body).toBeUndefined();
    }
  });

  test('NOAUTH stands behind a missing parent, before a bad name and a wrong version', () => {
    const e = standalone();
    const a = new Asker(e);
    const b = new Asker(e);
    expect(a.auth('u:p')).toBe('OK');
    const own = acl(31, 'auth', '');
    expect(a.err(make('/own', { acl: own }))).toBe('OK');
    expect(a.err(make('/own/x'))).toBe('OK');
    expect(b.err(make('/own/.'))).toBe('NOAUTH');
    expect(b.err(make('/own/none/y'))).toBe('NONODE');
    expect(b.err(DELETE('/own/none'))).toBe('NOAUTH');
    expect(b.err(SET('/own', 7))).toBe('NOAUTH');
    expect(b.err(SET_ACL('/own', acl(31), 7))).toBe('NOAUTH');
    expect(b.err({ op: 'getData', path: '/own', watch: true })).toBe('NOAUTH');
    expect(b.err({ op: 'getChildren', path: '/own', watch: false })).toBe('NOAUTH');
    expect(b.err({ op: 'getACL', path: '/own' })).toBe('NOAUTH');
    expect(b.err({ op: 'getAllChildrenNumber', path: '/own' })).toBe('NOAUTH');
    expect(b.err({ op: 'exists', path: '/own', watch: false })).toBe('OK');
    expect(b.auth('u:p')).toBe('OK');
    expect(b.err(SET('/own'))).toBe('OK');
    expect(a.err(SET_ACL('/own', acl(1)))).toBe('OK');
    expect(a.err(SET('/own'))).toBe('NOAUTH');
  });

  test('skipACL asks nobody, and the super user may everything', () => {
    const open = new Asker(standalone({ skipACL: true }));
    expect(open.err(make('/shut', { acl: acl(0) }))).toBe('OK');
    expect(open.err(make('/shut/x'))).toBe('OK');
    const superDigest = 'super:lK75jTNcA+U9vtVEw5vB51mj/w4=';
    const a = new Asker(standalone({ superDigest }));
    expect(a.err(make('/shut', { acl: acl(0) }))).toBe('OK');
    expect(a.err({ op: 'getData', path: '/shut', watch: false })).toBe('NOAUTH');
    expect(a.auth('super:wrong')).toBe('OK');
    expect(a.err({ op: 'getData', path: '/shut', watch: false })).toBe('NOAUTH');
    expect(a.auth('super:secret')).toBe('OK');
    expect(a.err({ op: 'getData', path: '/shut', watch: false })).toBe('OK');
    expect(a.err(DELETE('/zookeeper'))).toBe('BADARGUMENTS');
  });

  test('a hard quota refuses what would exceed it, a soft one nothing', () => {
    const a = new Asker(standalone({ enforceQuota: true }));
    for (const path of ['/q', '/zookeeper/quota/q']) expect(a.err(make(path))).toBe('OK');
    const limits = 'count=1,bytes=-1=;byteHardLimit=10;countHardLimit=3';
    const quota = '/zookeeper/quota/q/zookeeper_';
    expect(a.err(make(`${quota}limits`, { data: limits }))).toBe('OK');
    expect(a.err(make(`${quota}stats`, { data: 'count=0,bytes=0' }))).toBe('OK');
    expect(a.err(make('/q/1', { data: '12345' }))).toBe('OK');
    expect(a.err(make('/q/2', { data: '123456' }))).toBe('QUOTAEXCEEDED');
    expect(a.err({ op: 'setData', path: '/q/1', data: '12345678901', version: 5 })).toBe(
      'QUOTAEXCEEDED',
    );
    expect(a.err(make('/q/2', { data: '12345' }))).toBe('OK');
    expect(a.err(make('/q/3'))).toBe('QUOTAEXCEEDED');
    const stats = a.ask({ op: 'getData', path: `${quota}stats`, watch: false }).body;
    expect(stats).toMatchObject({ data: 'count=3,bytes=10', stat: { version: 0 } });
  });
});

describe('an error of a read', () => {
  test('costs no zxid', () => {
    const a = new Asker(standalone());
    const before = a.ask(make('/a')).zxid;
    const told: [RequestBody, string][] = [
      [{ op: 'getData', path: '/none', watch: true }, 'NONODE'],
      [{ op: 'getData', path: null, watch: false }, 'MARSHALLINGERROR'],
      [{ op: 'getACL', path: '/none' }, 'NONODE'],
      [{ op: 'exists', path: '/\u0000', watch: false }, 'BADARGUMENTS'],
      [{ op: 'getAllChildrenNumber', path: '/none' }, 'NONODE'],
      [{ op: 'addWatch', path: '/a', mode: 2 }, 'MARSHALLINGERROR'],
      [{ op: 'removeWatches', path: '/a', type: 3 }, 'NOWATCHER'],
      [{ op: 'checkWatches', path: '/a', type: 1 }, 'NOWATCHER'],
      [{ op: 'checkWatches', path: '/a', type: 4 }, 'MARSHALLINGERROR'],
      [{ op: 'raw', type: 4, hex: '00' }, 'MARSHALLINGERROR'],
      [{ op: 'multiRead', ops: [make('/b')] }, 'MARSHALLINGERROR'],
    ];
    for (const [body, err] of told) {
      const reply = a.ask(body);
      expect([body, reply.err]).toEqual([body, err]);
      expect(reply.zxid).toBe(before);
    }
  });

  test('of one part of a multiRead leaves the others', () => {
    const a = new Asker(standalone());
    a.ask(make('/a', { data: 'v' }));
    const ops = [
      { op: 'getData', path: '/a', watch: true },
      { op: 'getData', path: '/none', watch: false },
      { op: 'getChildren', path: '/', watch: false },
    ] as const;
    expect(a.ask({ op: 'multiRead', ops }).body?.results).toMatchObject([
      { op: 'getData', err: 'OK', data: 'v', stat: { version: 0 } },
      { op: 'error', err: 'NONODE' },
      { op: 'getChildren', err: 'OK', children: ['a', 'zookeeper'] },
    ]);
    a.ask(SET('/a'));
    expect(a.events()).toEqual([]);
  });
});

describe('what no server knows', () => {
  test.each<RequestBody>([
    { op: 'raw', type: 99, hex: '' },
    { op: 'check', path: '/', version: -1 },
    { op: 'createSession', timeOut: 5000 },
  ])('%j is answered UNIMPLEMENTED, and the connection ends', (body) => {
    const a = new Asker(standalone());
    expect(a.ask(body)).toMatchObject({ err: 'UNIMPLEMENTED', zxid: -1 });
    pass(a.client.e, 5);
    expect(a.client.isClosed()).toBe(true);
  });

  test('a check by itself leaves a txn and no answer in 3.8.0, and an error an error', () => {
    const e = servingEnsemble(1, { profile: 'as-recorded' });
    const a = new Asker(e);
    const { zxid } = a.ask(make('/a'));
    expect(a.maybeAsk({ op: 'check', path: '/a', version: 0 })).toBeUndefined();
    expect(a.err({ op: 'check', path: '/a', version: 4 })).toBe('BADVERSION');
    expect(a.ask({ op: 'exists', path: '/a', watch: false }).zxid).toBe(zxid + 2);
  });
});

test('a leader and a follower refuse alike', () => {
  const e = servingEnsemble(3, { config: { ...DEFAULT_ZOO_CONFIG, tickTime: 500 } });
  const leader = leaderSid(e) as number;
  for (const sid of [1, 2, 3]) {
    const a = new Asker(e, sid);
    expect(a.err(DELETE('/none'))).toBe('NONODE');
    expect(a.auth(`u${sid}:p`)).toBe('OK');
    expect(a.err(make(`/${sid}`, { acl: acl(31, 'auth', '') }))).toBe('OK');
    expect(a.ask({ op: 'getACL', path: `/${sid}` }).body?.acl?.[0]?.id).toMatch(
      new RegExp(`^u${sid}:.{28}$`),
    );
  }
  expect(new Asker(e, leader).err(SET('/1'))).toBe('NOAUTH');
});
