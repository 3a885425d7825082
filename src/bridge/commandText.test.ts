import { describe, expect, test } from 'vitest';
import type { Command } from './command';
import { commandText, parseCommand } from './commandText';
import { clientName, serverName } from './names';

const [one, two, three, a] = [serverName(1), serverName(2), serverName(3), clientName('a')];

const PAIRS: readonly (readonly [string, Command])[] = [
  ['crash 1', { type: 'crash', process: one }],
  ['pause client a', { type: 'pause', process: a }],
  ['freeze 2 CommitProcessor', { type: 'freeze', process: two, thread: 'CommitProcessor' }],
  ['disk 3 slow 250', { type: 'disk', process: three, fault: 'slow', ms: 250 }],
  ['disk 3 fail-fsync', { type: 'disk', process: three, fault: 'fail-fsync' }],
  ['cut 1 2', { type: 'cut', a: one, b: two }],
  ['cut 1 2 oneway', { type: 'cut', a: one, b: two, oneway: true }],
  ['cut client a 2 client oneway', { type: 'cut', a, b: two, channel: 'client', oneway: true }],
  ['heal', { type: 'heal' }],
  ['heal 1 2', { type: 'heal', a: one, b: two }],
  [
    'partition 1,2 | 3,client a',
    {
      type: 'partition',
      groups: [
        [one, two],
        [three, a],
      ],
    },
  ],
  [
    'hold 1 2 quorum only COMMIT',
    { type: 'hold', a: one, b: two, channel: 'quorum', only: 'COMMIT' },
  ],
  ['release 1 2 quorum', { type: 'release', a: one, b: two, channel: 'quorum' }],
  ['deliver 3/0/4>17', { type: 'deliver', message: '3/0/4>17' }],
  ['latency 1 2 20 5', { type: 'latency', a: one, b: two, ms: 20, jitterMs: 5 }],
  ['latency 1 2 0.5', { type: 'latency', a: one, b: two, ms: 0.5 }],
  ['reset client a 1 client', { type: 'reset', a, b: one, channel: 'client' }],
  ['client b 3,1 6000', { type: 'client', letter: 'b', hosts: [3, 1], timeoutMs: 6000 }],
  ['zk a set /a "two  blanks"', { type: 'zk', letter: 'a', line: 'set /a "two  blanks"' }],
  ['set 1 fsync 9000', { type: 'set', process: one, key: 'fsync', value: '9000' }],
];

describe('a line and its command say the same', () => {
  test.each(PAIRS)('%s', (line, command) => {
    expect(parseCommand(line)).toEqual(command);
    expect(commandText(command)).toBe(line);
  });
});

describe('a wrong line names the word and what belongs there', () => {
  test.each([
    ['', 'a command is missing', 1],
    ['smash 1', '"smash" is not a command', 1],
    ['crash', 'a process is missing: crash P', 2],
    ['crash x', '"x" is not a process', 2],
    ['crash client 7', '"7" is not a client', 3],
    ['crash 1 2', 'nothing belongs after this', 3],
    ['disk 1 slow soon', '"soon" is not a number', 4],
    ['disk 1 melts', '"melts" is not a fault', 3],
    ['cut 1 2 phone', '"phone" is not a channel', 4],
    ['hold 1 2', 'a channel is missing', 4],
    ['client b 1,x', '"x" is not a server', 3],
    ['zk a', 'the rest is missing: zk LETTER LINE', 3],
    ['partition 1 | x', '"x" is not a process', 1],
  ])('%s', (line, message, place) => {
    const found = parseCommand(line);
    expect(found).toMatchObject({ place });
    expect((found as { error: string }).error).toContain(message);
  });
});
