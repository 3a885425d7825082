import { expect, test } from 'vitest';
import { znode } from '../stage/fixtures/build';
import { dateText, statLines } from './statLines';

test('a date as Java prints it, in UTC', () => {
  expect(dateText(1767225600000)).toBe('Thu Jan 01 00:00:00 UTC 2026');
  expect(dateText(1767225600000 + 3_723_999)).toBe('Thu Jan 01 01:02:03 UTC 2026');
});

test('the Stat in the order and the spelling of zkCli', () => {
  const lines = statLines(znode('/a', { version: 3 }).stat);
  expect(lines.map(([name]) => name)).toEqual([
    'cZxid',
    'ctime',
    'mZxid',
    'mtime',
    'pZxid',
    'cversion',
    'dataVersion',
    'aclVersion',
    'ephemeralOwner',
    'dataLength',
    'numChildren',
  ]);
  expect(Object.fromEntries(lines)).toMatchObject({ dataVersion: '3', ephemeralOwner: '0x0' });
});
