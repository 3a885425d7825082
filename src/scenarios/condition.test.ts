import { describe, expect, test } from 'vitest';
import type { Condition } from '../bridge/condition';
import type { Frame } from '../bridge/frame';
import type { TraceEntry } from '../bridge/traceEntry';
import {
  conditionText,
  feedTally,
  looksAtFrame,
  missingIn,
  missingOf,
  startTally,
} from './condition';
import { emptyFrame, entryOf } from './frame.test-support';

const SESSION_A = '00000000000000a1';
const NO_SESSION = '0000000000000000';

const node = (path: string, data: string | null, owner?: string) => ({
  path,
  data,
  stat: { ephemeralOwner: owner ?? NO_SESSION },
  ...(owner === undefined ? {} : { kind: 'ephemeral' }),
});

const FRAME = emptyFrame({
  processes: {
    '1': {
      name: '1',
      kind: 'server',
      status: 'running',
      incarnation: 0,
      sections: {
        role: { type: 'role', zabState: 'BROADCAST', leader: 1, readOnly: undefined },
        ledger: { type: 'ledger', rows: [{ acks: [1] }, { acks: [1, 2] }] },
        tree: {
          type: 'tree',
          nodes: [node('/', ''), node('/a', 'hello'), node('/e', null, SESSION_A)],
        },
      },
    },
    '2': { name: '2', kind: 'server', status: 'down', incarnation: 0, sections: {} },
    'client a': {
      name: 'client a',
      kind: 'client',
      status: 'running',
      incarnation: 0,
      sections: { client: { type: 'client', sessionId: SESSION_A, working: null } },
    },
    'master m-1': {
      name: 'master m-1',
      kind: 'app',
      status: 'running',
      incarnation: 0,
      sections: { client: { type: 'client', sessionId: '00000000000000b2' } },
    },
  },
});

const commit = entryOf({
  type: 'commit',
  process: '1',
  request: { sessionId: SESSION_A, cxid: 1, op: 'create', path: '/a/b' },
  detail: { task: 't-1', run: 2 },
});

const holds = (condition: Condition, entries: TraceEntry[] = [], frame: Frame = FRAME) =>
  missingIn(condition, frame, entries) === undefined;

describe('an entry', () => {
  test.each([
    [{ type: 'commit' }, true],
    [{ type: 'propose' }, false],
    [{ type: 'commit', process: '1' }, true],
    [{ type: 'commit', process: '2' }, false],
    [{ op: 'create', path: '/a/b' }, true],
    [{ op: 'delete' }, false],
    [{ path: '/a' }, false],
    [{ pathStart: '/a' }, true],
    [{ pathStart: '/b' }, false],
    [{ detail: { task: 't-1' } }, true],
    [{ detail: { task: 't-1', run: 3 } }, false],
    [{ session: 'a' }, true],
    [{ session: 'm-1' }, false],
    [{ session: 'z' }, false],
  ] as const)('%o: %s', (entry, isFit) => {
    expect(holds({ entry }, [commit])).toBe(isFit);
  });

  test('is counted', () => {
    const twice: Condition = { entry: { type: 'commit' }, times: 2 };
    expect(holds(twice, [commit])).toBe(false);
    expect(holds(twice, [commit, commit])).toBe(true);
    expect(missingIn(twice, FRAME, [commit])).toBe('2 times an entry with type commit (seen 1)');
  });
});

describe('a place of the frame', () => {
  test.each([
    [{ frame: 'processes.1.status' }, true],
    [{ frame: 'processes.9.status' }, false],
    [{ frame: 'processes.client a.sections.client.working' }, false],
    [{ frame: 'processes.client a.sections.client.working', is: null }, true],
    [{ frame: 'processes.1.sections.role.zabState', is: 'BROADCAST' }, true],
    [{ frame: 'processes.1.sections.role.zabState', not: 'BROADCAST' }, false],
    [{ frame: 'processes.9.sections.role.zabState', not: 'BROADCAST' }, false],
    [{ frame: 'processes.*.status', is: 'down' }, true],
    [{ frame: 'processes.*.status', is: 'paused' }, false],
    [{ frame: 'processes.1.sections.role.leader', atLeast: 1 }, true],
    [{ frame: 'processes.1.sections.role.leader', atLeast: 2 }, false],
    [{ frame: 'processes.1.sections.role.leader', atMost: 0 }, false],
    [{ frame: 'processes.1.sections.role.leader', atLeast: 1, atMost: 1 }, true],
    [{ frame: 'processes.1.sections.ledger.rows', count: 2 }, true],
    [{ frame: 'processes.1.sections.ledger.rows', count: 1 }, false],
    [{ frame: 'processes.1.sections.ledger.rows.1.acks', count: 2 }, true],
    [{ frame: 'processes.1.sections.ledger.rows.*.acks', count: 2 }, true],
    [{ frame: 'processes.1.sections.role.zabState', has: 'CAST' }, true],
    [{ frame: 'processes.1.sections.role.zabState', has: 'SYNC' }, false],
    [{ frame: 'processes.1.sections.role.constructor' }, false],
  ] as const)('%o: %s', (condition, isSo) => {
    expect(holds(condition)).toBe(isSo);
  });

  test('says what stands there instead', () => {
    const missing = (condition: Condition) => missingIn(condition, FRAME, []);
    expect(missing({ frame: 'processes.1.sections.role.zabState', is: 'ELECTION' })).toBe(
      'processes.1.sections.role.zabState is "ELECTION" (it is "BROADCAST")',
    );
    expect(missing({ frame: 'processes.9.status', is: 'down' })).toContain('(nothing is there)');
    expect(missing({ frame: 'processes.1.sections.ledger.rows', count: 0 })).toContain(
      '(it is of 2)',
    );
  });
});

describe('a znode', () => {
  test.each([
    [{ znode: '/a', server: '1' }, true],
    [{ znode: '/b', server: '1' }, false],
    [{ znode: '/b', server: '1', exists: false }, true],
    [{ znode: '/a', server: '1', exists: false }, false],
    [{ znode: '/a', server: '1', data: 'hello' }, true],
    [{ znode: '/a', server: '1', data: 'bye' }, false],
    [{ znode: '/e', server: '1', data: null }, true],
    [{ znode: '/e', server: '1', owner: 'a' }, true],
    [{ znode: '/e', server: '1', owner: 'm-1' }, false],
    [{ znode: '/e', server: '1', owner: null }, false],
    [{ znode: '/a', server: '1', owner: null }, true],
    [{ znode: '/a', server: '1', owner: 'a' }, false],
    [{ znode: '/a', server: '2' }, false],
    // One that is down has no tree, so nothing is known to be absent either.
    [{ znode: '/a', server: '2', exists: false }, false],
  ] as const)('%o: %s', (condition, isSo) => {
    expect(holds(condition)).toBe(isSo);
  });
});

describe('together', () => {
  const yes: Condition = { frame: 'processes.1.status', is: 'running' };
  const no: Condition = { frame: 'processes.2.status', is: 'running' };
  const seen: Condition = { entry: { type: 'commit' } };

  test('all, any, not and quiet', () => {
    expect(holds({ all: [yes, seen] }, [commit])).toBe(true);
    expect(holds({ all: [yes, no] })).toBe(false);
    expect(holds({ any: [no, yes] })).toBe(true);
    expect(holds({ any: [no, no] })).toBe(false);
    expect(holds({ not: no })).toBe(true);
    expect(holds({ not: yes })).toBe(false);
    expect(holds({ quiet: true })).toBe(false);
    expect(holds({ quiet: true }, [], { ...FRAME, quiet: true })).toBe(true);
  });

  test('each entry has a count of its own, behind parts that settle the matter too', () => {
    const other: Condition = { entry: { type: 'propose' } };
    expect(holds({ all: [{ any: [yes, other] }, seen] }, [commit])).toBe(true);
    expect(holds({ all: [seen, { not: other }] }, [commit])).toBe(true);
    expect(holds({ all: [other, seen] }, [commit])).toBe(false);
  });

  test('what is missing names the open parts alone', () => {
    expect(missingIn({ all: [yes, no, seen] }, FRAME, [])).toBe(
      'processes.2.status is "running" (it is "down"); an entry with type commit (seen 0)',
    );
    expect(conditionText({ any: [yes, { not: seen }] })).toBe(
      'one of: processes.1.status is "running" | not: an entry with type commit',
    );
  });
});

describe('a tally', () => {
  const condition: Condition = {
    all: [{ entry: { type: 'commit' } }, { entry: { op: 'delete' } }],
  };

  test('goes on from the counts of another', () => {
    const first = feedTally(startTally(condition), [commit], undefined);
    expect(first.counts).toEqual([1, 0]);
    const second = startTally(condition, first.counts);
    const deleted = entryOf({ type: 'apply', request: { ...commit.request, op: 'delete' } });
    expect(missingOf(feedTally(second, [deleted], undefined), undefined)).toBeUndefined();
    expect(() => startTally(condition, [1])).toThrow('2 entries has 1 counts');
  });

  test('is the same one when nothing fits', () => {
    const tally = startTally(condition);
    expect(feedTally(tally, [entryOf({ type: 'propose' })], undefined)).toBe(tally);
  });

  test('needs a frame only for what a frame says', () => {
    expect(looksAtFrame(condition)).toBe(false);
    expect(looksAtFrame({ not: condition })).toBe(false);
    expect(looksAtFrame({ entry: { type: 'commit', session: 'a' } })).toBe(true);
    expect(looksAtFrame({ any: [condition, { quiet: true }] })).toBe(true);
    expect(looksAtFrame({ frame: 'processes.1.status', not: 'down' })).toBe(true);
    expect(looksAtFrame({ znode: '/a', server: '1' })).toBe(true);
  });
});
