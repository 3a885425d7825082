import { describe, expect, test } from 'vitest';
import type { LibraryRecord } from '../../../engine/client/libraryCalls';
import { makeZxid, NO_SESSION } from '../../../zk/ids';
import type { MultiResult } from '../../../zk/records';
import { CaseFileError } from '../case/shape';
import { newNames } from '../case/values';
import { readClientCase } from './clientCaseFile';
import { compareClientStep } from './compareClientStep';
import { callbackErr, libraryAction, resultForm, sortRuns } from './libraryForm';

const STAT = {
  czxid: makeZxid(0, 2),
  mzxid: makeZxid(0, 2),
  pzxid: makeZxid(0, 2),
  ctime: 5,
  mtime: 5,
  version: 0,
  cversion: 0,
  aversion: 0,
  dataLength: 1,
  numChildren: 0,
  ephemeralOwner: NO_SESSION,
};

type Result = Extract<LibraryRecord, { type: 'result' }>;
const result = (fields: Partial<Result>): Result => ({
  type: 'result',
  at: 0,
  call: 0,
  err: 'OK',
  path: null,
  ...fields,
});

describe('a call of the Java client', () => {
  test('asks for the Stat of a create unless it does not wait', () => {
    const op = { op: 'create', path: '/x', data: '' };
    expect(libraryAction(op, 3, false)).toMatchObject({ call: 3, body: { op: 'create2' } });
    expect(libraryAction(op, 3, true)).toMatchObject({ body: { op: 'create' } });
    const container = { ...op, mode: 'CONTAINER' };
    expect(libraryAction(container, 0, false)).toMatchObject({ body: { op: 'createContainer' } });
  });

  test('names the watcher object, or the default one', () => {
    const op = { op: 'getData', path: '/x' };
    expect(libraryAction({ ...op, watch: 'w1' }, 0, false)).toMatchObject({
      watcher: 'w1',
      body: { watch: true },
    });
    expect(libraryAction({ ...op, watch: true }, 0, false)).toMatchObject({ watcher: 'default' });
    expect(libraryAction(op, 0, false)).not.toHaveProperty('watcher');
  });

  test('removes one watcher by checkWatches, all by removeWatches', () => {
    const op = { op: 'removeWatches', path: '/x', type: 'Data' };
    expect(libraryAction({ ...op, watch: 'w' }, 0, false)).toMatchObject({
      watcher: 'w',
      body: { op: 'checkWatches', type: 2 },
    });
    expect(libraryAction(op, 0, false)).toMatchObject({ body: { op: 'removeWatches', type: 2 } });
  });

  test('yields what the method gives back', () => {
    const of = (op: string, fields: Partial<Result>) =>
      resultForm({ op, path: '/x' }, result(fields), newNames());
    expect(of('exists', { err: 'NONODE' })).toEqual({ stat: null, err: 'OK' });
    expect(of('getData', { err: 'NONODE', path: '/x' })).toEqual({ err: 'NONODE', errPath: '/x' });
    expect(of('delete', {})).toEqual({ err: 'OK' });
    const set = of('setData', { reply: { stat: STAT } });
    expect(set).toMatchObject({ err: 'OK', stat: { czxid: [0, 2], ephemeralOwner: null } });
    expect(set['stat']).not.toHaveProperty('ctime');
    expect(
      of('multi', {
        err: 'NONODE',
        reply: {
          results: [
            { op: 'error', err: 'OK' },
            { op: 'error', err: 'NONODE' },
          ],
        },
      }),
    ).toEqual({
      results: [
        { kind: 'ErrorResult', err: 'OK' },
        { kind: 'ErrorResult', err: 'NONODE' },
      ],
      err: 'NONODE',
      errPath: null,
    });
  });
});

test('a callback of a multi gets its first error, also of reads, and one for a refusal', () => {
  const results: MultiResult[] = [
    { op: 'getData', err: 'OK', data: null },
    { op: 'error', err: 'NONODE' },
  ];
  const reads = result({ reply: { results } });
  expect(callbackErr({ op: 'multiRead' }, reads)).toBe('NONODE');
  expect(callbackErr({ op: 'multi' }, result({ err: 'CONNECTIONLOSS' }))).toBe('CONNECTIONLOSS');
  expect(callbackErr({ op: 'multi' }, result({ err: 'JAVA' }))).toBe('BADARGUMENTS');
  expect(callbackErr({ op: 'getData' }, result({ err: 'JAVA' }))).toBe('JAVA');
});

const event = (watcher: string, path = '/x') => ({
  event: 'NodeDataChanged',
  state: 'SyncConnected',
  path,
  watcher,
});

test('watchers of one event are sorted by name, events are not', () => {
  const items = [event('w2'), event('w1'), event('w1', '/y'), event('w0', '/z')];
  expect(sortRuns(items)).toEqual([event('w1'), event('w2'), event('w1', '/y'), event('w0', '/z')]);
});

describe('a step of the client differs', () => {
  const good = { result: { err: 'OK', data: 'x' }, events: { a: [event('w1'), event('w2')] } };

  test('in nothing, when results, events and their order are the same', () => {
    expect(compareClientStep(good, good)).toBeUndefined();
    expect(compareClientStep({}, {})).toBeUndefined();
  });

  test.each([
    ['result.data', { ...good, result: { err: 'OK', data: 'y' } }],
    ['result', { events: good.events }],
    ['events.a[1]', { ...good, events: { a: [event('w1')] } }],
    ['events.a[0].watcher', { ...good, events: { a: [event('w2'), event('w1')] } }],
    ['events.b[0]', { ...good, events: { ...good.events, b: [event('w')] } }],
    ['sequence(undefined)[0]', { ...good, sequence: [event('w')] }],
  ])('in %s', (field, got) => {
    expect(compareClientStep(good, got)?.field).toBe(field);
  });

  test('not in the order of the kinds of watches that one removal strikes out', () => {
    const removed = (kind: string, path = '/x') => ({ ...event('w', path), event: kind });
    const [data, child] = [removed('DataWatchRemoved'), removed('ChildWatchRemoved')];
    const of = (...items: object[]) => ({ events: { a: items as ReturnType<typeof event>[] } });
    expect(compareClientStep(of(data, child), of(child, data))).toBeUndefined();
    const other = removed('ChildWatchRemoved', '/y');
    expect(compareClientStep(of(data, other), of(other, data))?.field).toBe('events.a[0].event');
    const changed = event('w');
    expect(compareClientStep(of(data, changed), of(changed, data))?.field).toBe(
      'events.a[0].event',
    );
  });

  test('in the order of callbacks and events', () => {
    const callback = { callback: 0, op: 'setData', err: 'OK', path: '/x', session: 'a' };
    const of = (session: string) => ({ ...event('w'), session });
    const sequence = [callback, of('a')];
    expect(compareClientStep({ sequence }, { sequence })).toBeUndefined();
    const turned = { sequence: [of('a'), callback] };
    expect(compareClientStep({ sequence }, turned)?.field).toBe('sequence(a)[0].callback');
    // Another session has another thread.
    const two = { sequence: [callback, of('b')] };
    expect(compareClientStep(two, { sequence: [of('b'), callback] })).toBeUndefined();
    expect(compareClientStep(two, { sequence: [callback] })?.field).toBe('sequence(b)[0]');
  });

  test('in the class of an exception, or in its message where that was recorded', () => {
    const expected = { result: { err: 'JAVA', exception: 'java.lang.IllegalArgumentException' } };
    const got = (exception: string) => ({ result: { err: 'JAVA', exception } });
    const full = 'java.lang.IllegalArgumentException: Path cannot be null';
    expect(compareClientStep(expected, got(full))).toBeUndefined();
    const short = { result: { err: 'JAVA', exception: 'IllegalArgumentException' } };
    expect(compareClientStep(short, got(full))).toBeUndefined();
    const message = { result: { err: 'JAVA', message: 'Path cannot be null' } };
    expect(compareClientStep(message, got(full))).toBeUndefined();
    const another = got('java.lang.IllegalArgumentException: Path length must be > 0');
    expect(compareClientStep(message, another)?.field).toBe('result.message');
    const other = got('java.lang.NullPointerException');
    expect(compareClientStep(expected, other)?.field).toBe('result.exception');
  });
});

describe('a client case that is wrong is refused with the place', () => {
  const read = (step: object) =>
    readClientCase({ ensemble: 1, steps: [{ observed: {}, ...step }] }, 'x');
  test.each<[object, string]>([
    [{ do: 'dance' }, 'steps[0].do: expected one of open'],
    [{ do: 'call', session: 'a' }, 'steps[0].op: expected an object'],
    [{ do: 'open', session: 'a', servers: ['1'], timeout: 1 }, 'steps[0].servers[0]'],
    [{ do: 'wait', ms: 1, observed: 7 }, 'steps[0].observed: expected an object'],
  ])('%j', (step, place) => {
    expect(() => read(step)).toThrow(CaseFileError);
    expect(() => read(step)).toThrow(place);
  });
});
