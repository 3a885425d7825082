import { describe, expect, test } from 'vitest';
import type { Item, Observed } from '../case/caseFile';
import { compareItem, compareObserved, compareTree, differenceText } from './compareItems';
import { freeLengthOfAddresses } from './configNode';
import { checkProperty } from './concurrentProperty';

const STAT = { czxid: [1, 2], mzxid: [1, 2], mtime: 'of-mzxid', dataLength: 0, version: 0 };
const REPLY: Item = { reply: 'getData', i: 0, err: 'OK', zxid: [1, 2], data: 'x', stat: STAT };
const EVENT: Item = { event: 'NodeDeleted', state: 'SyncConnected', path: '/a' };

describe('observed items', () => {
  test('are equal whatever the order of their fields', () => {
    const { reply, ...rest } = REPLY;
    expect(compareItem(REPLY, { ...rest, reply }, 'item')).toBeUndefined();
  });

  test.each<[string, Item, unknown, unknown]>([
    ['item.err', { ...REPLY, err: 'NONODE' }, 'OK', 'NONODE'],
    ['item.zxid', { ...REPLY, zxid: [1, 3] }, [1, 2], [1, 3]],
    ['item.data', { ...REPLY, data: null }, 'x', null],
    ['item.i', { ...REPLY, i: 1 }, 0, 1],
    ['item.overtook', { ...REPLY, overtook: 2 }, undefined, 2],
    ['item.stat', { ...REPLY, stat: undefined }, STAT, undefined],
    ['item.stat.czxid', { ...REPLY, stat: { ...STAT, czxid: [1, 1] } }, [1, 2], [1, 1]],
    ['item.stat.mtime', { ...REPLY, stat: { ...STAT, mtime: 'other' } }, 'of-mzxid', 'other'],
    ['item.stat.aversion', { ...REPLY, stat: { ...STAT, aversion: 1 } }, undefined, 1],
  ])('that differ in %s are told apart', (field, got, want, have) => {
    expect(compareItem(REPLY, got, 'item')).toEqual({ field, expected: want, got: have });
  });

  test('may leave out the order of children on the wire, but no child', () => {
    const children = { reply: 'getChildren', children: ['a', 'b'] };
    expect(compareItem({ ...children, wireOrder: ['b', 'a'] }, children, 'item')).toBeUndefined();
    const difference = compareItem(children, { ...children, children: ['a'] }, 'item');
    expect(difference?.field).toBe('item.children');
  });

  test('show data in any of its forms', () => {
    const filled = { ...REPLY, data: { fill: 'x', length: 1 } };
    expect(compareItem(filled, REPLY, 'item')).toBeUndefined();
    const hash = { ...REPLY, data: { length: 1, sha1: '0' } };
    expect(compareItem(hash, REPLY, 'item')?.field).toBe('item.data');
  });

  test('of the server configuration lack what each server makes up', () => {
    const { dataLength, ...stat } = STAT;
    expect(dataLength).toBe(0);
    expect(compareItem({ ...REPLY, stat }, REPLY, 'item')).toBeUndefined();
    expect(compareItem(REPLY, { ...REPLY, stat }, 'item')?.field).toBe('item.stat.dataLength');
  });

  test('of the node of the membership may have a text of another length, and nothing else', () => {
    const got: Record<string, unknown> = { stat: { ...STAT, version: -1, dataLength: 99 } };
    const expected = { stat: { ...STAT, version: -1, dataLength: 138 } };
    freeLengthOfAddresses(got);
    expect(compareItem(expected, got, 'item')).toBeUndefined();
    const other = { stat: { ...expected.stat, mtime: 'zero' } };
    expect(compareItem(other, got, 'item')?.field).toBe('item.stat.mtime');
    const written = { stat: { ...STAT, version: 1, dataLength: 2 } };
    freeLengthOfAddresses(written);
    expect(written.stat.dataLength).toBe(2);
  });

  test('are the same number in each session, in the same order', () => {
    const expected: Observed = { a: [REPLY, EVENT], b: [EVENT] };
    expect(compareObserved(expected, { b: [EVENT], a: [REPLY, EVENT] })).toBeUndefined();
    expect(compareObserved(expected, { a: [EVENT, REPLY], b: [EVENT] })?.field).toBe(
      'observed.a[0].reply',
    );
    expect(compareObserved(expected, { a: [REPLY, EVENT] })?.field).toBe('observed.b[0]');
    expect(compareObserved({ a: [REPLY] }, expected)?.field).toBe('observed.a[1]');
    expect(compareObserved({}, { c: [EVENT] })?.field).toBe('observed.c[0]');
  });

  test('of a session in hash order are compared path by path', () => {
    const other = { ...EVENT, path: '/b' };
    const example = { a: [EVENT, other] };
    expect(compareObserved({}, { a: [other, EVENT] }, ['a'], example)).toBeUndefined();
    expect(compareObserved({}, { a: [other] }, ['a'], example)?.field).toBe('observed.a(/a)[0]');
  });

  test('are told in one line', () => {
    const difference = { field: 'observed.a[0].err', expected: 'OK', got: undefined };
    expect(differenceText(difference)).toBe('observed.a[0].err: expected "OK", got nothing');
  });
});

describe('a tree', () => {
  const node = { data: 'x', stat: STAT };

  test('has the same nodes with the same content', () => {
    expect(compareTree({ '/': node }, { '/': node })).toBeUndefined();
    expect(compareTree({ '/': node }, {})?.field).toBe('tree[/]');
    expect(compareTree({}, { '/a': node })?.field).toBe('tree[/a]');
    expect(compareTree({ '/': node }, { '/': { ...node, data: 'y' } })?.field).toBe('tree[/].data');
  });

  test('shows a missing node by the errors of its data, its children and its ACL', () => {
    const expected = { '/a': { err: ['NONODE', 'NONODE', 'NONODE'] } };
    expect(
      compareTree(expected, { '/a': { err: ['NONODE', 'NONODE', 'NONODE'] } }),
    ).toBeUndefined();
    const other = compareTree(expected, { '/a': { err: ['NONODE', 'OK', 'NONODE'] } });
    expect(other?.field).toBe('tree[/a].err');
  });

  test('has some text, whatever it is, at the server configuration', () => {
    const { dataLength, ...stat } = STAT;
    expect(dataLength).toBe(0);
    const expected = { '/zookeeper/config': { data: '<server-config>', stat } };
    const told = { '/zookeeper/config': { data: 'server.1=...', stat: STAT } };
    expect(compareTree(expected, told)).toBeUndefined();
    const silent = { '/zookeeper/config': { data: '', stat: STAT } };
    expect(compareTree(expected, silent)?.field).toBe('tree[/zookeeper/config].data');
  });
});

describe('a property of concurrent requests', () => {
  const created = (n: number, zxid: number): Item => ({
    reply: 'create',
    err: 'OK',
    zxid: [1, zxid],
    path: `/s${String(n).padStart(10, '0')}`,
  });
  const replies = (err: string, zxid: number, version = 0): Item => ({
    reply: 'setData',
    err,
    zxid: [1, zxid],
    stat: { version },
  });

  test('sequential names have no gap and grow in each session', () => {
    const property = { kind: 'sequential-contiguous', first: 4 };
    const good = { a: [created(4, 1), created(6, 3)], b: [created(5, 2)] };
    expect(checkProperty(property, 3, good)).toBeUndefined();
    const gap = { a: [created(4, 1), created(7, 3)], b: [created(5, 2)] };
    expect(checkProperty(property, 3, gap)?.field).toMatch('numbers');
    const falling = { a: [created(6, 1), created(4, 3)], b: [created(5, 2)] };
    expect(checkProperty(property, 3, falling)?.field).toMatch('one session');
  });

  test('exactly one succeeds, and all others fail alike', () => {
    const property = { kind: 'exactly-one-ok', otherErr: 'NODEEXISTS' };
    const good = { a: [replies('OK', 1)], b: [replies('NODEEXISTS', 2)] };
    expect(checkProperty(property, 2, good)).toBeUndefined();
    const two = { a: [replies('OK', 1)], b: [replies('OK', 2)] };
    expect(checkProperty(property, 2, two)?.field).toMatch('errors');
    const other = { a: [replies('OK', 1)], b: [replies('NONODE', 2)] };
    expect(checkProperty(property, 2, other)?.field).toMatch('errors');
  });

  test('versions count without gap; all succeed', () => {
    const good = { a: [replies('OK', 1, 1)], b: [replies('OK', 2, 2)] };
    expect(checkProperty({ kind: 'counter', first: 1 }, 2, good)).toBeUndefined();
    expect(checkProperty({ kind: 'counter', first: 0 }, 2, good)?.field).toMatch('versions');
    expect(checkProperty({ kind: 'all-ok' }, 2, good)).toBeUndefined();
    const bad = { a: [replies('OK', 1)], b: [replies('NONODE', 2)] };
    expect(checkProperty({ kind: 'all-ok' }, 2, bad)?.field).toMatch('errors');
  });

  test('every request has its reply, and zxids of one session never fall', () => {
    const falling = { a: [replies('OK', 2), replies('OK', 1)] };
    expect(checkProperty({ kind: 'all-ok' }, 2, falling)?.field).toMatch('zxids');
    expect(checkProperty({ kind: 'all-ok' }, 3, falling)?.field).toMatch('replies');
  });
});
