import { describe, expect, test } from 'vitest';
import { makeZxid } from '../../../zk/ids';
import type { OracleOp } from './caseFile';
import { createFlags, isKnownOp, requestBody } from './requests';

const OPEN = [{ perms: 31, scheme: 'world', id: 'anyone' }];

describe('a request', () => {
  test('has the defaults of the oracle', () => {
    expect(requestBody({ op: 'create', path: '/x' })).toEqual({
      op: 'create',
      path: '/x',
      data: null,
      acl: OPEN,
      flags: 0,
    });
    expect(requestBody({ op: 'create', path: '/x', acl: 'NULL' })).toMatchObject({ acl: null });
    expect(requestBody({ op: 'create2', path: '/x', acl: [] })).toMatchObject({ acl: [] });
    expect(requestBody({ op: 'delete', path: '/x' })).toMatchObject({ version: -1 });
    expect(requestBody({ op: 'setACL', path: '/x' })).toMatchObject({ acl: OPEN, version: -1 });
    expect(requestBody({ op: 'exists' })).toEqual({ op: 'exists', path: null, watch: false });
  });

  test('has the flags of its mode, of its operation, or those that it names', () => {
    expect(createFlags({ op: 'create', mode: 'EPHEMERAL_SEQUENTIAL' })).toBe(3);
    expect(createFlags({ op: 'createContainer' })).toBe(4);
    expect(createFlags({ op: 'createTTL' })).toBe(5);
    expect(createFlags({ op: 'createTTL', mode: 'PERSISTENT_SEQUENTIAL_WITH_TTL' })).toBe(6);
    expect(createFlags({ op: 'create', mode: 'EPHEMERAL', flags: 17 })).toBe(17);
    expect(createFlags({ op: 'create', mode: 'ODD' })).toBeUndefined();
  });

  test('holds its parts, watches by kind, and identities as bytes', () => {
    const parts: OracleOp[] = [
      { op: 'check', path: '/x', version: 3 },
      { op: 'delete', path: '/y' },
    ];
    expect(requestBody({ op: 'multi', ops: parts })).toEqual({
      op: 'multi',
      ops: [
        { op: 'check', path: '/x', version: 3 },
        { op: 'delete', path: '/y', version: -1 },
      ],
    });
    expect(requestBody({ op: 'addWatch', path: '/', mode: 'persistentRecursive' })).toEqual({
      op: 'addWatch',
      path: '/',
      mode: 1,
    });
    expect(requestBody({ op: 'addWatch', path: '/', mode: 9 })).toMatchObject({ mode: 9 });
    expect(requestBody({ op: 'removeWatches', path: '/', type: 'data' })).toMatchObject({
      type: 2,
    });
    expect(requestBody({ op: 'auth', scheme: 'digest', auth: 'bob:ä' })).toMatchObject({
      auth: 'bob:\xc3\xa4',
    });
    expect(requestBody({ op: 'getEphemerals', path: '/a' })).toMatchObject({ prefix: '/a' });
    expect(requestBody({ op: 'raw', type: -7, hex: '00ff' })).toEqual({
      op: 'raw',
      type: -7,
      hex: '00ff',
    });
  });

  test('of setWatches has three lists, of setWatches2 five', () => {
    const lists = { data: ['/a'], exist: ['/b'] };
    expect(requestBody({ op: 'setWatches', relativeZxid: [1, 2], ...lists })).toEqual({
      op: 'setWatches',
      relativeZxid: makeZxid(1, 2),
      lists: { data: ['/a'], exist: ['/b'], child: [] },
    });
    const two = requestBody({ op: 'setWatches2', relativeZxid: [1, 2], persistent: ['/p'] });
    expect(two).toMatchObject({
      lists: { data: [], exist: [], child: [], persistent: ['/p'], persistentRecursive: [] },
    });
  });

  test('of a new membership names the addresses that servers have here', () => {
    const joining = 'server.4=127.0.0.1:@Q4:@E4:observer;127.0.0.1:@C4';
    expect(requestBody({ op: 'reconfig', joining, config: [1, 2] })).toEqual({
      op: 'reconfig',
      joiningServers: 'server.4=zk4:2888:3888:observer;zk4:2181',
      leavingServers: null,
      newMembers: null,
      curConfigId: 0x100000002,
    });
    expect(requestBody({ op: 'reconfig', leaving: '1', config: 0 })).toMatchObject({
      leavingServers: '1',
      curConfigId: 0,
    });
    expect(requestBody({ op: 'reconfig', members: '' })).toMatchObject({
      newMembers: '',
      curConfigId: -1,
    });
  });

  test('of an operation or a word that nobody knows is refused', () => {
    expect(isKnownOp('remake')).toBe(false);
    expect(() => requestBody({ op: 'remake' })).toThrow('no request for remake');
    expect(() => requestBody({ op: 'removeWatches', type: 'odd' })).toThrow('no number for odd');
  });
});
