import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Command } from './command';
import { COMMAND_FORMS, commandText, isCommandError, parseCommand } from './commandText';
import { SETTING_KEYS } from './settings';
import { clientName, probeName, serverName } from './names';

const letter = fc.integer({ min: 1, max: 60 }).map((n) => {
  const low = String.fromCharCode(97 + ((n - 1) % 26));
  return n <= 26 ? low : String.fromCharCode(96 + Math.floor((n - 1) / 26)) + low;
});
const server = fc.integer({ min: 1, max: 255 }).map(serverName);
const probe = fc.integer({ min: 0, max: 119 }).map((n) => probeName(String(n)));
const process = fc.oneof(server, letter.map(clientName), probe);
const channel = fc.constantFrom('client', 'quorum', 'election', 'app');
const word = fc.stringMatching(/^[!-~]{1,12}$/);
const ms = fc.oneof(fc.nat(100000), fc.double({ min: 0, max: 1e9, noNaN: true }).map(Math.abs));
const line = fc.string({ maxLength: 30 }).filter((text) => !/[\n\r\u2028\u2029]/.test(text));
const ends = { a: process, b: process };

/** Records in which the fields of `more` may be absent. */
function record(must: object, more: object = {}): fc.Arbitrary<Command> {
  const model = { ...must, ...more } as Record<string, fc.Arbitrary<unknown>>;
  return fc.record(model, { requiredKeys: Object.keys(must) as never[] }) as never;
}

const type = (...names: Command['type'][]) => fc.constantFrom(...names);
const tag = word;
const action = fc.oneof(
  record({ type: fc.constant('open'), tag, to: process }),
  record({ type: fc.constant('close'), tag }),
  record({ type: fc.constant('send'), tag, packet: fc.constant({ kind: 'ACK', zxid: 3 }) }),
);

const command: fc.Arbitrary<Command> = fc.oneof(
  record({ type: type('crash', 'restart', 'pause', 'resume', 'wipe'), process }),
  record({ type: type('freeze', 'thaw', 'step'), process, thread: word }),
  record({
    type: type('disk'),
    process,
    fault: fc.constantFrom('ok', 'fail-append', 'fail-fsync', 'full'),
  }),
  record({ type: type('disk'), process, fault: fc.constant('slow'), ms }),
  record({ type: type('cut'), ...ends }, { channel, oneway: fc.constant(true) }),
  record({ type: type('heal') }),
  record({ type: type('heal'), ...ends }),
  record({
    type: type('partition'),
    groups: fc.array(fc.array(process, { minLength: 1, maxLength: 3 }), {
      minLength: 1,
      maxLength: 3,
    }),
  }),
  record({ type: type('hold'), ...ends, channel }, { only: word }),
  record({ type: type('release', 'reset'), ...ends, channel }),
  record({ type: type('deliver'), message: fc.constantFrom('client a/0/1>3', '2/1/14<0') }),
  record({ type: type('latency'), ...ends, ms }, { jitterMs: ms }),
  record(
    {
      type: type('client'),
      letter,
      hosts: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
    },
    {
      timeoutMs: fc.nat(),
      chroot: fc.constantFrom('/app', '/a b/c', '/100%', '/%41', '/ä'),
      readOnly: fc.constant(true),
      batch: fc.array(line, { minLength: 1 }),
    },
  ),
  record({ type: type('zk'), letter, line }),
  record({
    type: type('set'),
    process,
    key: fc.constantFrom(...SETTING_KEYS, 'Sender-3'),
    value: ms.map((n) => n.toFixed(3)),
  }),
  record({
    type: type('library'),
    letter,
    action: fc.oneof(
      record({ type: fc.constant('close'), call: fc.nat() }),
      record({
        type: fc.constant('addAuth'),
        call: fc.nat(),
        scheme: word,
        auth: fc.option(line),
      }),
    ),
  }),
  record(
    { type: type('4lw'), word: fc.constantFrom('srvr', 'stmk'), process: server },
    { letter, argument: fc.integer().map(String) },
  ),
  record({ type: type('probe'), process: probe, action }),
);

describe('the text form of commands', () => {
  test('reads back to the command that it was written from', () => {
    fc.assert(
      fc.property(command, (c) => {
        expect(parseCommand(commandText(c))).toEqual(c);
      }),
      {
        numRuns: 2000,
      },
    );
  });

  test('reads what a person writes', () => {
    const written: Record<string, Command> = {
      'cut 1 2': { type: 'cut', a: serverName(1), b: serverName(2) },
      'cut 1 2 quorum oneway': {
        type: 'cut',
        a: serverName(1),
        b: serverName(2),
        channel: 'quorum',
        oneway: true,
      },
      'partition 1,2 | 3, client a': {
        type: 'partition',
        groups: [
          [serverName(1), serverName(2)],
          [serverName(3), clientName('a')],
        ],
      },
      'hold 1 3 quorum only ACK': {
        type: 'hold',
        a: serverName(1),
        b: serverName(3),
        channel: 'quorum',
        only: 'ACK',
      },
      ' disk 2  slow 50 ': { type: 'disk', process: serverName(2), fault: 'slow', ms: 50 },
      'zk a create /x "two words"': { type: 'zk', letter: 'a', line: 'create /x "two words"' },
      'crash client a': { type: 'crash', process: clientName('a') },
      'client c 3,1 30000': { type: 'client', letter: 'c', hosts: [3, 1], timeoutMs: 30000 },
    };
    for (const [text, c] of Object.entries(written)) expect(parseCommand(text), text).toEqual(c);
  });

  test('names the word that is wrong', () => {
    const wrong: Record<string, string | undefined> = {
      '': undefined,
      'crush 1': 'crush',
      'crash x': 'x',
      'crash 0': '0',
      'crash client': undefined,
      'crash client 7': 'client',
      'crash 1 2': '2',
      'cut 1 2 quorun': 'quorun',
      'cut 1 2 oneway quorum': 'quorum',
      'disk 1 slow soon': 'soon',
      'disk 1 broken': 'broken',
      'heal 1': undefined,
      'hold 1 2 quorum just ACK': 'just',
      'latency 1 2 -5': '-5',
      'partition 1,2 | ,3': '',
      'client dq 1': 'dq',
      'client a 1,,2': '1,,2',
      'probe 1 send t {': '{',
      'set 1 fsinc 9': 'fsinc',
      'set 1 NIOWorkerThread 9': 'NIOWorkerThread',
      'set 1 Sender-x 9': 'Sender-x',
      'set 1 fsync soon': 'soon',
      'set 1 fsync -1': '-1',
      'set 1 fsync Infinity': 'Infinity',
      'set 1 fsync': undefined,
    };
    for (const [text, place] of Object.entries(wrong)) {
      const result = parseCommand(text);
      expect(isCommandError(result), text).toBe(true);
      if (!isCommandError(result)) continue;
      expect(result.place, text).toBe(place);
      expect(result.message.length).toBeGreaterThan(10);
    }
  });

  test('a setting that is none is refused with those that there are', () => {
    expect(parseCommand('set 1 fsinc 9')).toMatchObject({
      message: expect.stringContaining('processor, fsync, append, RequestThrottler'),
      sentence: { key: 'text.setting' },
      place: 'fsinc',
    });
    expect(parseCommand('set 1 Sender soon')).toMatchObject({
      message: 'the value of a setting is a time in ms, 0 or more',
      place: 'soon',
    });
  });

  test('takes any text without falling over', () => {
    const verbs = fc.constantFrom(...Object.keys(COMMAND_FORMS));
    fc.assert(
      fc.property(verbs, fc.string(), (verb, rest) => {
        const result = parseCommand(`${verb} ${rest}`);
        if (!isCommandError(result)) expect(parseCommand(commandText(result))).toEqual(result);
      }),
      { numRuns: 3000 },
    );
  });
});
