import { describe, expect, test } from 'vitest';
import { checkCondition } from './conditionSchema';

describe('a condition from outside', () => {
  test.each([
    { entry: { type: 'commit', op: 'create', path: '/a', detail: { task: 't', n: 1 } }, times: 2 },
    { all: [{ quiet: true }, { any: [{ not: { znode: '/a', server: '1', data: null } }] }] },
    { frame: 'processes.client a.sections.client.state', not: 'CONNECTED' },
    { frame: 'messages.*.waits', is: 'held' },
    { znode: '/e', server: '12', owner: 'a' },
  ])('is taken as it is: %o', (condition) => {
    expect(checkCondition(condition)).toEqual({ value: condition });
  });

  test.each([
    ['not a record', 'quiet', 'the whole', 'Expected a condition: one of all, any, entry'],
    ['no kind at all', {}, 'the whole', 'Expected a condition'],
    [
      'an unknown kind',
      { all: [{ quiet: true }, { soon: true }] },
      'all[1]',
      'Expected a condition',
    ],
    ['an empty list', { any: [] }, 'any', 'length'],
    ['a pattern of nothing', { entry: {} }, 'entry', 'a field or more'],
    ['an unknown field', { entry: { typ: 'commit' } }, 'entry.typ', 'typ'],
    ['a bad count', { entry: { type: 'commit' }, times: 0 }, 'times', '1'],
    ['a clock', { frame: 'at', atLeast: 5 }, 'frame', 'a place of the frame'],
    ['an event number', { not: { frame: 'event', is: 5 } }, 'not.frame', 'a place of the frame'],
    ['a place with a hole', { frame: 'processes..status' }, 'frame', 'a place of the frame'],
    ['a test that is none', { frame: 'processes.1.status', equals: 'down' }, 'equals', 'equals'],
    ['a relative path', { znode: 'a', server: '1' }, 'znode', 'begins with a slash'],
    ['a server by name', { znode: '/a', server: 'server 1' }, 'server', 'the sid of a server'],
    ['quiet: false', { quiet: false }, 'quiet', 'true'],
  ])('is refused with its place: %s', (_, condition, place, message) => {
    const parsed = checkCondition(condition);
    expect(parsed).toMatchObject({ problem: { place } });
    expect((parsed as { problem: { message: string } }).problem.message).toContain(message);
  });
});
