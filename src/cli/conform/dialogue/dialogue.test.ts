import { describe, expect, test } from 'vitest';
import type { SessionId } from '../../../zk/ids';
import { CaseFileError } from '../case/shape';
import { type Circumstances, compareDialogueStep, type Said } from './compareDialogueStep';
import { type DialogueStep, kindOf, readDialogue } from './dialogueFile';
import { orderedLines } from './fourLetterText';
import { addressed, fits, readArguments } from './placeholders';

const ID_A = '0100001467c90000' as SessionId;
const ID_B = '0300001467c90001' as SessionId;
const sessions = new Map([
  ['A', [ID_A]],
  ['B', [ID_B]],
]);
const HOW: Circumstances = { sessions, addresses: 'exact', isLatePrompt: false };

describe('a placeholder', () => {
  test.each([
    ['ctime = <time>', 'ctime = Mon Nov 23 15:00:00 UTC 2026'],
    ['owner = <session A>', 'owner = 0x100001467c90000'],
    ['[zk: <host:port>(CONNECTED) 0] ', '[zk: zk1:2181(CONNECTED) 0] '],
    ['[zk: <host:port 3>/a(CLOSED) 0] ', '[zk: zk3:2181/a(CLOSED) 0] '],
    ['min/avg: <n>/<d>', 'min/avg: 0/1.25'],
    ['version: 3.8.0-<build>', 'version: 3.8.0-abc, built today'],
  ])('%j stands for %j', (expected, got) => {
    expect(fits(expected, got, sessions, 'exact')).toBe(true);
  });

  test.each([
    ['ctime = <time>', 'ctime = Thu Jan 01 00:00:00 UTC 1970'],
    ['owner = <session A>', 'owner = 0x300001467c90001'],
    ['owner = <session C>', 'owner = 0x100001467c90000'],
    ['[zk: <host:port 2>(CONNECTED) 0] ', '[zk: zk1:2181(CONNECTED) 0] '],
    ['a.b', 'axb'],
    ['Sent: <n>', 'Sent: many'],
  ])('%j does not stand for %j', (expected, got) => {
    expect(fits(expected, got, sessions, 'exact')).toBe(false);
  });

  test('of an address is any in an answer of a server, and that of here when typed', () => {
    expect(fits(' /<host:port>[1](x)', ' /127.0.0.1:4242[1](x)', sessions, 'any')).toBe(true);
    expect(addressed('connect <host:port 3>,<host:port nowhere>/c')).toBe(
      'connect zk3:2181,zk9:2181/c',
    );
  });
});

test('the arguments of a console: options with their values, then a command', () => {
  const args = ['-waitforconnection', '-timeout', '3000', '-server', '<host:port 3>/c/d'];
  expect(readArguments(args)).toEqual({
    hosts: [3],
    chroot: '/c/d',
    timeoutMs: 3000,
    readOnly: false,
    waitsForConnection: true,
    command: [],
  });
  expect(readArguments(['-r', '-server', '<host:port>', 'get', '-s', '/a'])).toMatchObject({
    hosts: [1],
    readOnly: true,
    command: ['get', '-s', '/a'],
  });
});

describe('a step of a dialogue differs', () => {
  const typed: DialogueStep = {
    client: 'A',
    line: 'get /a',
    output: ['1', 'ctime = <time>', 'bad'],
    err: [2],
    prompt: '[zk: <host:port>(CONNECTED) 4] ',
    events: [{ client: 'A', output: ['', 'WATCHER::', '', 'WatchedEvent x'] }],
  };
  const said: Said = {
    output: ['1', 'ctime = Mon Nov 23 15:00:00 UTC 2026', 'bad'],
    err: [2],
    prompt: '[zk: zk1:2181(CONNECTED) 4] ',
    events: { A: ['WatchedEvent x'] },
  };
  const fieldOf = (step: DialogueStep, got: Said, how = HOW) =>
    compareDialogueStep(step, got, how)?.field;

  test('in nothing, when all is said as recorded', () => {
    expect(fieldOf(typed, said)).toBeUndefined();
  });

  test.each<[string, Partial<Said>]>([
    ['output[0]', { output: ['2', ...(said.output ?? []).slice(1)] }],
    ['output[2]', { output: (said.output ?? []).slice(0, 2) }],
    ['output[3]', { output: [...(said.output ?? []), 'more'] }],
    ['err', { err: [] }],
    ['prompt', { prompt: '[zk: zk1:2181(CONNECTED) 5] ' }],
    ['events.A[0]', { events: {} }],
    ['events.A[0]', { events: { A: ['WatchedEvent y'] } }],
    ['events.B[0]', { events: { ...said.events, B: ['WatchedEvent x'] } }],
    ['exit', { exit: 1 }],
  ])('in %s', (field, change) => {
    expect(fieldOf(typed, { ...said, ...change })).toBe(field);
  });

  test('not in the state of a prompt right behind Disconnected', () => {
    const got = { ...said, prompt: '[zk: zk1:2181(CONNECTING) 4] ' };
    expect(fieldOf(typed, got)).toBe('prompt');
    expect(fieldOf(typed, got, { ...HOW, isLatePrompt: true })).toBeUndefined();
  });

  test('not in the order of removed watches, but in that of other events', () => {
    const events = (...texts: string[]) =>
      texts.map((text) => ({ client: 'A', output: ['', 'WATCHER::', '', text] }));
    const removed = ['type:ChildWatchRemoved path:/r', 'type:DataWatchRemoved path:/r'];
    const step = { ...typed, events: events(...removed, 'type:NodeDeleted', 'type:NodeCreated') };
    const turned = [...removed].reverse();
    const got = { ...said, events: { A: [...turned, 'type:NodeDeleted', 'type:NodeCreated'] } };
    expect(fieldOf(step, got)).toBeUndefined();
    const other = { ...said, events: { A: [...removed, 'type:NodeCreated', 'type:NodeDeleted'] } };
    expect(fieldOf(step, other)).toBe('events.A[2]');
  });

  test('not in a stack trace, the order of identities and servers, the length of addresses', () => {
    const trace = { ...typed, output: ['boom', '<stack trace>'], err: [0, 1] };
    expect(fieldOf(trace, { ...said, output: ['boom'], err: [0] })).toBeUndefined();
    const middle = { ...trace, output: ['boom', '<stack trace>', 'after'], err: [0, 1, 2] };
    const both = { ...said, output: ['boom', 'after'], err: [0, 1] };
    expect(fieldOf(middle, both)).toBeUndefined();
    expect(fieldOf(middle, { ...both, err: [0] })).toBe('err');
    const who = { ...typed, line: 'whoami', output: ['head', 'ip: 1', 'digest: u'], err: [] };
    const turned = { ...said, output: ['head', 'digest: u', 'ip: 1'], err: [] };
    expect(fieldOf(who, turned)).toBeUndefined();
    expect(fieldOf({ ...who, line: 'ls' }, turned)).toBe('output[1]');
    const config = { ...typed, output: ['0 <host:port 2>,<host:port 1>'], err: [] };
    expect(fieldOf(config, { ...said, output: ['0 zk1:2181,zk2:2181'], err: [] })).toBeUndefined();
    const other = { ...said, output: ['0 zk1:2181,zk3:2181'], err: [] };
    expect(fieldOf(config, other)).toBe('output[0]');
    const length = {
      ...typed,
      output: ['server.1=<host:quorum:election 1>:participant', 'dataLength = 186'],
      err: [],
    };
    const got = ['server.1=zk1:2888:3888:participant', 'dataLength = 99'];
    expect(fieldOf(length, { ...said, output: got, err: [] })).toBeUndefined();
  });

  test('in the end of the last line of a four-letter word', () => {
    const word = { client: '4lw', server: 1, line: 'ruok', output: ['imok'], noNewline: true };
    expect(fieldOf(word, { output: ['imok'], noNewline: true, events: {} })).toBeUndefined();
    expect(fieldOf(word, { output: ['imok'], noNewline: false, events: {} })).toBe('noNewline');
  });

  test('in the streams of a console without a terminal, events apart', () => {
    const run: DialogueStep = {
      do: 'run',
      args: [],
      stdout: [
        'Connecting',
        '',
        'WATCHER::',
        '',
        'WatchedEvent x',
        '[zk: a] [zk: b] 1',
        '[zk: c] ',
      ],
      stdoutNoNewline: true,
      stderr: ['bad'],
      exit: 1,
    };
    const got: Said = {
      stdout: 'Connecting\n[zk: a] [zk: b] 1\n[zk: c] ',
      stderr: ['bad'],
      events: { run: ['WatchedEvent x'] },
      exit: 1,
    };
    expect(fieldOf(run, got)).toBeUndefined();
    expect(fieldOf(run, { ...got, stdout: `${got.stdout}\n` })).toBe('stdout[3]');
    expect(fieldOf(run, { ...got, stderr: [] })).toBe('stderr[0]');
    expect(fieldOf(run, { ...got, events: {} })).toBe('events.run[0]');
    expect(fieldOf(run, { ...got, exit: 0 })).toBe('exit');
  });
});

describe('the order of an answer to a four-letter word', () => {
  const ordered = (word: string, lines: string[]) =>
    orderedLines(word, `${lines.join('\n')}\n`, sessions);
  const a = '0x100001467c90000';
  const b = '0x300001467c90001';

  test('of connections: sessions by name, then the one that asks', () => {
    const asks = ' /127.0.0.1:7[0](queued=0)';
    const of = (id: string) => ` /127.0.0.1:5[1](sid=${id},lop=PING)`;
    expect(ordered('cons', [asks, of(b), of(a), ''])).toEqual([of(a), of(b), asks, '']);
    const short = ' /127.0.0.1:8[1](queued=0)';
    const rest = ['', 'Mode: leader'];
    expect(ordered('stat', ['Clients:', asks, short, ...rest])).toEqual([
      'Clients:',
      short,
      asks,
      ...rest,
    ]);
  });

  test('of watches: groups and their lines', () => {
    expect(ordered('wchp', ['/b', `\t${b}`, `\t${a}`, '/a', `\t${b}`, ''])).toEqual([
      '/a',
      `\t${b}`,
      '/b',
      `\t${a}`,
      `\t${b}`,
      '',
    ]);
    expect(ordered('wchc', [b, '\t/x', a, '\t/y'])).toEqual([a, '\t/y', b, '\t/x']);
  });

  test('of a dump: each entry behind a line of its bucket, sorted', () => {
    const lines = [
      'SessionTracker dump:',
      'Session Sets (2)/(2):',
      '1 expire at Mon:',
      `\t${b}`,
      '1 expire at Tue:',
      `\t${a}`,
      'ephemeral nodes dump:',
      'Sessions with Ephemerals (1):',
      `${a}:`,
      '\t/f',
      '\t/e',
      'Connections dump:',
      'Connections Sets (1)/(2):',
      '2 expire at Mon:',
      `\tip: /127.0.0.1:5 sessionId: ${a}`,
      '\tip: /127.0.0.1:6 sessionId: 0x0',
    ];
    expect(ordered('dump', lines)).toEqual([
      'SessionTracker dump:',
      'Session Sets (2)/(2):',
      '1 expire at Tue:',
      `\t${a}`,
      '1 expire at Mon:',
      `\t${b}`,
      'ephemeral nodes dump:',
      'Sessions with Ephemerals (1):',
      `${a}:`,
      '\t/e',
      '\t/f',
      'Connections dump:',
      'Connections Sets (1)/(2):',
      '2 expire at Mon:',
      '\tip: /127.0.0.1:6 sessionId: 0x0',
      '2 expire at Mon:',
      `\tip: /127.0.0.1:5 sessionId: ${a}`,
    ]);
    const table = ['SessionTracker dump:', 'Global Sessions(2):', `${b}\t1ms`, `${a}\t1ms`];
    expect(ordered('dump', table).slice(2)).toEqual([`${a}\t1ms`, `${b}\t1ms`]);
  });

  test('of other words is that of the server', () => {
    expect(ordered('ruok', ['b', 'a'])).toEqual(['b', 'a']);
    expect(orderedLines('ruok', 'imok', sessions)).toEqual(['imok']);
    expect(orderedLines('hash', '', sessions)).toEqual([]);
  });
});

describe('the steps of a dialogue', () => {
  test('have a kind', () => {
    expect(kindOf({ do: 'start', client: 'A', args: [] })).toBe('start console');
    expect(kindOf({ do: 'start', server: 1 })).toBe('start server');
    expect(kindOf({ do: 'freeze the client', client: 'A' })).toBe('freeze');
    expect(kindOf({ client: '4lw', server: 1, line: 'ruok' })).toBe('four-letter word');
    expect(kindOf({ client: 'A', key: 'ctrl-d' })).toBe('type');
    expect(kindOf({ client: '4lw', line: 'ruok' })).toBeUndefined();
  });

  test('that are wrong are refused with the place', () => {
    const read = (step: object) => readDialogue({ ensemble: 1, steps: [step] }, 'x');
    expect(() => read({ do: 'dance' })).toThrow(CaseFileError);
    expect(() => read({ do: 'dance' })).toThrow('steps[0]: expected a start');
    expect(() => read({ client: 'A', line: 7 })).toThrow('steps[0].line: expected a text');
    expect(() => read({ client: 'A', line: '', events: [{ client: 'A' }] })).toThrow(
      'steps[0].events[0].output: expected a list',
    );
  });
});
