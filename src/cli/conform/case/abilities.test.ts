import { describe, expect, test } from 'vitest';
import { missingAbilities } from './abilities';
import type { OracleCase, OracleOp, Step } from './caseFile';
import { parseRecordedFile as parseCaseFile } from '../recordedFile';

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
  test('nothing, whatever a client asks, and whatever servers and links go through', () => {
    const ops: OracleOp[] = [
      { op: 'create', path: '/x', mode: 'EPHEMERAL_SEQUENTIAL', acl: 'NULL' },
      { op: 'create2', path: '/x', flags: 17, acl: [] },
      { op: 'createContainer', path: '/c' },
      { op: 'createTTL', path: '/t', ttl: 100 },
      { op: 'getData', path: '/x', watch: true },
      { op: 'setACL', path: '/x', acl: [{ perms: 1, scheme: 'ip', id: '10.0.0.1' }] },
      { op: 'multi', ops: [{ op: 'check', path: '/x', version: 1 }] },
      { op: 'multiRead', ops: [{ op: 'getChildren', path: '/x' }] },
      { op: 'addWatch', path: '/', mode: 'persistentRecursive' },
      { op: 'removeWatches', path: '/', type: 'any' },
      { op: 'checkWatches', path: '/', type: 7 },
      { op: 'setWatches2', relativeZxid: [1, 2], persistent: ['/x'] },
      { op: 'auth', scheme: 'digest', auth: 'bob:x' },
      { op: 'raw', type: 1, hex: '00' },
      ...['whoAmI', 'getACL', 'getEphemerals', 'getAllChildrenNumber'].map((op) => ({ op })),
      ...['sync', 'closeSession', 'setWatches', 'getChildren2'].map((op) => ({ op })),
    ];
    const kinds = ['kill', 'start', 'wipe', 'pause', 'resume', 'hold', 'release', 'partition'];
    const steps: Step[] = [
      { do: 'connect', session: 'a', server: 1, timeoutMs: 30000, fromAddress: '127.0.0.2' },
      { do: 'reconnect', session: 'a', server: 1, timeoutMs: 30000, readOnly: true },
      { do: 'pipeline', session: 'a', ops },
      { do: 'concurrent', requests: { a: ops }, property: { kind: 'all-ok' } },
      { do: '4lw', server: 1, cmd: 'wchp' },
      ...kinds.map((kind) => ({ do: kind, server: 1 })),
    ];
    expect(needsOf({ steps, config: { tickTime: 500, maxSessionTimeout: 9000 } })).toEqual([]);
  });

  test.each<[OracleOp, string]>([
    [{ op: 'remake' }, 'remake'],
    [{ op: 'create', path: '/x', mode: 'ODD' }, 'mode:ODD'],
    [{ op: 'multi', ops: [{ op: 'create', path: '/x', mode: 'ODD' }] }, 'mode:ODD'],
    [{ op: 'sasl' }, 'sasl'],
  ])('%j needs %s', (op, ability) => {
    expect(needsOfOp(op)).toEqual([ability]);
    expect(needsOfStep({ do: 'pipeline', session: 'a', ops: [op] })).toEqual([ability]);
    expect(needsOfStep({ do: 'concurrent', requests: { a: [op] } })).toEqual([ability]);
  });

  test.each<[Step, string]>([
    [{ do: 'dance' }, 'step:dance'],
    [{ do: 'concurrent', requests: {}, property: { kind: 'odd' } }, 'concurrency:odd'],
  ])('%j needs %s', (step, ability) => expect(needsOfStep(step)).toEqual([ability]));

  test.each<[Partial<OracleCase>, string]>([
    [{ observers: 1 }, 'observers'],
    [{ joiners: { 4: 'observer' } }, 'joiners'],
    [{ steps: [{ do: 'awaitServing', servers: { 1: 'observer' } }] }, 'observers'],
    [{ config: { odd: 'true' } }, 'config:odd'],
    [{ config: { properties: { 'odd.property': '1' } } }, 'property:odd.property'],
    [{ config: { properties: { 'zookeeper.snapCount': '10' } } }, 'sync from the txn log'],
  ])('%j needs %s', (part, ability) => expect(needsOf(part)).toEqual([ability]));

  test('each ability once, in the order in which it is met', () => {
    const steps: Step[] = [
      { do: 'request', op: { op: 'remake' } },
      { do: 'dance' },
      { do: 'request', op: { op: 'remake' } },
    ];
    expect(needsOf({ observers: 2, steps })).toEqual(['observers', 'remake', 'step:dance']);
  });
});

describe('a case file', () => {
  const text = (change: object) =>
    JSON.stringify({ ...EMPTY, steps: [{ do: 'settle' }], ...change });

  test('is read with its defaults', () => {
    const file = parseCaseFile(
      JSON.stringify({ ...EMPTY, observers: undefined, config: undefined }),
    );
    expect(file).toMatchObject({ name: 'cases/x', observers: 0, config: {}, joiners: {} });
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
