import { describe, expect, test } from 'vitest';
import { missingAbilities } from './abilities';
import type { OracleCase, OracleOp, Step } from './caseFile';
import { parseCaseFile } from './readCaseFile';

const EMPTY: OracleCase = {
  format: 'zk-oracle-case/1',
  name: 'x',
  ensemble: 3,
  observers: 0,
  joiners: {},
  config: {},
  initial: { leader: 3, zxid: [1, 0], servers: {} },
  steps: [],
};

const needsOf = (part: Partial<OracleCase>) => missingAbilities({ ...EMPTY, ...part });
const needsOfStep = (step: Step) => needsOf({ steps: [step] });
const needsOfOp = (op: OracleOp) => needsOfStep({ do: 'request', session: 'a', op });

describe('what a case needs', () => {
  test('nothing, when it connects, writes, reads, synchronises, fails servers and links', () => {
    const ops: OracleOp[] = [
      { op: 'create', path: '/x', mode: 'EPHEMERAL_SEQUENTIAL' },
      { op: 'create2', path: '/x', flags: 2 },
      { op: 'getData', path: '/x', watch: false },
      { op: 'create', path: '/y', acl: [{ perms: 31, scheme: 'world', id: 'anyone' }] },
      { op: 'create', path: '/y', acl: 'NULL' },
      { op: 'create2', path: '/y', acl: [] },
      ...[-1, 4, 5, 6, 17].map((flags) => ({ op: 'create', path: '/f', flags })),
      { op: 'create', path: '/zookeeper/quota/x' },
      { op: 'sync', path: '/' },
      { op: 'create', path: '/x', data: { fill: 'x', length: 1048526 } },
      { op: 'closeSession' },
    ];
    const kinds = ['kill', 'start', 'wipe', 'pause', 'resume', 'hold', 'release', 'partition'];
    const steps: Step[] = [
      { do: 'connect', session: 'a', server: 1, timeoutMs: 30000, legacy: true },
      { do: 'reconnect', session: 'a', server: 1, timeoutMs: 30000, readOnly: true },
      { do: 'pipeline', session: 'a', ops },
      { do: 'concurrent', requests: { a: ops }, property: { kind: 'all-ok' } },
      ...kinds.map((kind) => ({ do: kind, server: 1 })),
    ];
    expect(needsOf({ steps, config: { tickTime: 500, maxSessionTimeout: 9000 } })).toEqual([]);
  });

  test.each<[OracleOp, string]>([
    [{ op: 'multi' }, 'multi'],
    [{ op: 'check', path: '/' }, 'multi'],
    [{ op: 'multiRead' }, 'multiRead'],
    [{ op: 'exists', path: '/', watch: true }, 'watches'],
    [{ op: 'addWatch', path: '/' }, 'watches'],
    [{ op: 'setWatches2' }, 'watches'],
    [{ op: 'removeWatches', path: '/' }, 'watches'],
    [{ op: 'auth' }, 'auth'],
    [{ op: 'whoAmI' }, 'auth'],
    [{ op: 'getACL', path: '/' }, 'acl'],
    [{ op: 'create', path: '/x', acl: [{ perms: 1, scheme: 'world', id: 'anyone' }] }, 'acl'],
    [{ op: 'createContainer', path: '/x' }, 'containers'],
    [{ op: 'create', path: '/x', mode: 'ODD' }, 'mode:ODD'],
    [{ op: 'createTTL', path: '/x' }, 'ttl'],
    [{ op: 'create', path: '/zookeeper/quota/x/zookeeper_limits' }, 'quota'],
    [{ op: 'delete', path: '/zookeeper/quota/zookeeper_stats' }, 'quota'],
    [{ op: 'getEphemerals', path: '/' }, 'getEphemerals'],
    [{ op: 'getAllChildrenNumber', path: '/' }, 'getAllChildrenNumber'],
    [{ op: 'create', path: '/y', data: { fill: 'x', length: 1048527 } }, 'frame-limit'],
    [{ op: 'getData', path: '/zookeeper/config' }, 'config-node'],
    [{ op: 'setData', path: '/zookeeper/config' }, 'acl'],
    [{ op: 'reconfig' }, 'reconfig'],
    [{ op: 'raw' }, 'raw'],
  ])('%j needs %s', (op, ability) => {
    expect(needsOfOp(op)).toEqual([ability]);
    expect(needsOfStep({ do: 'pipeline', session: 'a', ops: [op] })).toEqual([ability]);
    expect(needsOfStep({ do: 'concurrent', requests: { a: [op] } })).toEqual([ability]);
  });

  test.each<[Step, string]>([
    [{ do: '4lw', server: 1 }, 'four-letter-words'],
    [{ do: 'dance' }, 'step:dance'],
    [{ do: 'connect', session: 'a', fromAddress: '127.0.0.2' }, 'client-address'],
    [{ do: 'concurrent', requests: {}, property: { kind: 'odd' } }, 'concurrency:odd'],
    [{ do: 'settle', observed: { a: [{ event: 'NodeCreated' }] } }, 'watches'],
    [{ do: 'tree', tree: { '/': { acl: [] } } }, 'acl'],
  ])('%j needs %s', (step, ability) => expect(needsOfStep(step)).toEqual([ability]));

  test.each<[Partial<OracleCase>, string]>([
    [{ observers: 1 }, 'observers'],
    [{ joiners: { 4: 'observer' } }, 'joiners'],
    [{ config: { reconfigEnabled: 'true' } }, 'config:reconfigEnabled'],
    [{ config: { localSessionsEnabled: 'true' } }, 'config:localSessionsEnabled'],
    [
      { config: { properties: { 'readonlymode.enabled': 'true' } } },
      'property:readonlymode.enabled',
    ],
  ])('%j needs %s', (part, ability) => expect(needsOf(part)).toEqual([ability]));

  test('each ability once, in the order in which it is met', () => {
    const steps: Step[] = [
      { do: 'request', op: { op: 'multi' } },
      { do: '4lw' },
      { do: 'request', op: { op: 'multi' } },
    ];
    expect(needsOf({ observers: 2, steps })).toEqual(['observers', 'multi', 'four-letter-words']);
  });

  test('the configuration node of a standalone server is an ordinary one to readers', () => {
    const steps: Step[] = [
      { do: 'request', session: 'a', op: { op: 'getData', path: '/zookeeper/config' } },
    ];
    expect(needsOf({ ensemble: 1, steps })).toEqual([]);
  });

  test('a recording of another kind waits for what plays it', () => {
    const other = (format: string) => missingAbilities({ format, name: 'x' });
    expect(other('zk-oracle-client-case/1')).toEqual(['client library']);
    expect(other('zk-oracle-zkcli/1')).toEqual(['zkCli dialogue']);
    expect(other('zk-oracle-datadir/1')).toEqual(['data directory']);
  });
});

describe('a case file', () => {
  const text = (change: object) =>
    JSON.stringify({ ...EMPTY, steps: [{ do: 'settle' }], ...change });

  test('is read with its defaults', () => {
    const file = parseCaseFile(
      JSON.stringify({ ...EMPTY, observers: undefined, config: undefined }),
    );
    expect(file).toMatchObject({ name: 'x', observers: 0, config: {}, joiners: {} });
  });

  test.each<[string, string]>([
    ['{"format": "zk-', 'not JSON'],
    ['[]', 'file: expected an object'],
    [text({ format: 'zk-oracle-case/2' }), 'format: expected one of zk-oracle-case/1'],
    [text({ format: undefined }), 'format: expected a text, got nothing'],
    [text({ ensemble: 'three' }), 'ensemble: expected an integer, got "three"'],
    [text({ ensemble: 12 }), 'ensemble: expected 1 to 9 voters'],
    [text({ steps: {} }), 'steps: expected a list'],
    [text({ initial: undefined }), 'initial: expected an object'],
    [text({ steps: [{ do: 7 }] }), 'steps[0].do: expected a text, got 7'],
    [text({ steps: [{ do: 'connect', session: 'a' }] }), 'steps[0].server: expected an integer'],
    [
      text({ steps: [{ do: 'request', session: 'a', op: { op: 'create', path: 3 } }] }),
      'steps[0].op.path: expected a text or null, got 3',
    ],
    [
      text({ steps: [{ do: 'pipeline', session: 'a', ops: [{ op: 'create', data: {} }] }] }),
      'steps[0].ops[0].data: expected null, a text, {b64}',
    ],
    [text({ steps: [{ do: 'settle', zxid: [1] }] }), 'steps[0].zxid: expected [epoch, counter]'],
    [
      text({ steps: [{ do: 'settle', observed: { a: [{ odd: 1 }] } }] }),
      'steps[0].observed.a[0]: expected a reply',
    ],
    [text({ steps: [{ do: 'settle', messages: [{ from: 1 }] }] }), 'steps[0].messages[0].channel'],
  ])('that is wrong is refused with the place: %s', (wrong, place) => {
    expect(() => parseCaseFile(wrong)).toThrow(place);
  });
});
