/** Containers and TTL nodes: when they go, and that they go by a txn. */
import { describe, expect, test } from 'vitest';
import { DEFAULT_ZOO_CONFIG } from '../../zk/config';
import type { RequestBody } from '../../zk/records';
import { pass, servingEnsemble } from '../world/ensemble.test-support';
import { Asker, make, standalone } from '../world/clientApi.test-support';

const CHECK_MS = 1000;
const remove = (path: string): RequestBody => ({ op: 'delete', path, version: -1 });
const container = (path: string): RequestBody => ({
  ...make(path, { flags: 4 }),
  op: 'createContainer',
});
const withTtl = (path: string, ttl: number): RequestBody => {
  const { data, acl } = make(path);
  return { op: 'createTTL', path, data, acl, flags: 5, ttl };
};
const exists = (path: string): RequestBody => ({ op: 'exists', path, watch: false });

function keen() {
  return standalone({ containerCheckIntervalMs: CHECK_MS, extendedTypesEnabled: true });
}

describe('a container', () => {
  test('goes at the check after it has lost its last child, never before it had one', () => {
    const a = new Asker(keen());
    const created = a.ask(container('/c'));
    expect(created.body?.stat?.ephemeralOwner).toBe('0000000000000000');
    pass(a.client.e, 3 * CHECK_MS);
    expect(a.err(exists('/c'))).toBe('OK');
    a.ask(make('/c/x'));
    pass(a.client.e, 2 * CHECK_MS);
    expect(a.err(exists('/c'))).toBe('OK');
    const { zxid } = a.ask(remove('/c/x'));
    pass(a.client.e, CHECK_MS + 100);
    expect(a.ask(exists('/c'))).toMatchObject({ err: 'NONODE', zxid: zxid + 1 });
  });

  test('inside another goes first, and then the other', () => {
    const a = new Asker(keen());
    for (const path of ['/o', '/o/i']) a.ask(container(path));
    a.ask(make('/o/i/x'));
    a.ask(remove('/o/i/x'));
    pass(a.client.e, CHECK_MS + 100);
    expect([a.err(exists('/o/i')), a.err(exists('/o'))]).toEqual(['NONODE', 'OK']);
    pass(a.client.e, CHECK_MS);
    expect(a.err(exists('/o'))).toBe('NONODE');
  });

  test('costs no event where there is none', () => {
    const e = keen();
    pass(e, 10 * CHECK_MS);
    const timers = e.trace.filter(({ thread }) => thread === 'ContainerManagerTask');
    expect(timers).toEqual([]);
  });
});

describe('a TTL node', () => {
  test('goes when it was left alone for longer than its time; a write begins that anew', () => {
    const a = new Asker(keen());
    a.ask(withTtl('/t', 1500));
    pass(a.client.e, CHECK_MS);
    a.ask({ op: 'setData', path: '/t', data: 'x', version: -1 });
    pass(a.client.e, CHECK_MS);
    expect(a.err(exists('/t'))).toBe('OK');
    pass(a.client.e, 2 * CHECK_MS);
    expect(a.err(exists('/t'))).toBe('NONODE');
  });

  test.each<[number, number, string]>([
    [5, 0, 'BADARGUMENTS'],
    [5, -1, 'BADARGUMENTS'],
    [5, 0xffffffffff + 1, 'BADARGUMENTS'],
    [5, 0xffffffffff, 'OK'],
    [0, 5, 'BADARGUMENTS'],
    [0, -1, 'BADARGUMENTS'],
    [6, 1, 'OK'],
  ])('of flags %i with a time of %i ms: %s', (flags, ttl, err) => {
    const a = new Asker(keen());
    const { data, acl } = make('/t');
    expect(a.err({ op: 'createTTL', path: '/t', data, acl, flags, ttl })).toBe(err);
  });
});

test('in an ensemble the leader alone looks, and a new leader goes on', () => {
  const config = { ...DEFAULT_ZOO_CONFIG, tickTime: 500, containerCheckIntervalMs: CHECK_MS };
  const e = servingEnsemble(3, { config });
  const a = new Asker(e, 1);
  a.ask(container('/c'));
  a.ask(make('/c/x'));
  a.ask(remove('/c/x'));
  pass(e, CHECK_MS + 100);
  expect(a.err(exists('/c'))).toBe('NONODE');
  const looked = e.trace.filter(({ thread }) => thread === 'ContainerManagerTask');
  expect(new Set(looked.map(({ process }) => process))).toEqual(new Set(['3']));
});
