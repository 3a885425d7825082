import { beforeEach, describe, expect, test } from 'vitest';
import type { Command } from '../../bridge/command';
import { isCommandError, parseCommand } from '../../bridge/commandText';
import { serverName } from '../../bridge/names';
import { frameOf, order, type Run, runUntil, startRun, stepEvent } from './driver';
import { testConfig } from './randomRun.test-support';
import { TALKERS, type TalkerState } from './talker.test-support';

let run: Run;

beforeEach(() => {
  run = startRun(testConfig(5, [1, 2, 3], { clients: [] }), TALKERS, { project: true });
  runUntil(run, 0);
});

function tell(text: string): string | undefined {
  const command = talkerOrder(text) ?? parseCommand(text);
  expect(isCommandError(command), text).toBe(false);
  const error = order(run, command as Command);
  // Orders to a talker are done once; a new incarnation must not get them again.
  for (const record of run.world.processes) record.settings = {};
  return error?.message;
}

/** What a talker obeys is no setting of a server, so the text form has no words for it. */
function talkerOrder(text: string): Command | undefined {
  const [verb, sid, key, value] = text.split(' ');
  if (verb !== 'set') return undefined;
  return { type: 'set', process: serverName(Number(sid)), key: key ?? '', value: value ?? '' };
}

/** Order and then so many microseconds. */
function act(micros: number, ...texts: string[]): void {
  for (const text of texts) expect(tell(text), text).toBeUndefined();
  runUntil(run, run.world.now + micros);
}

function heard(sid: number): string[] {
  const state = run.shells[serverName(sid)]?.state.machine as TalkerState | undefined;
  return state?.heard ?? [];
}

function connected(): void {
  act(10_000, 'set 1 open 2');
  expect(heard(2)).toEqual(['2000 1: connect']);
  expect(heard(1)).toEqual(['4000 2: accepted']);
}

describe('a connection', () => {
  test('carries messages in order, each after the latency of its direction', () => {
    connected();
    act(1000, 'latency 1 2 5', 'set 1 send 2');
    act(20_000, 'latency 1 2 1', 'set 1 send 1', 'set 2 send 1');
    expect(heard(2).slice(1)).toEqual(['15000 1: ACK 1', '15000 1: ACK 2', '15000 1: COMMIT 3']);
    expect(heard(1).slice(1)).toEqual(['13000 2: ACK 1']);
  });

  test('never lets jitter turn two messages round', () => {
    connected();
    act(0, 'latency 1 2 2 30');
    for (let i = 0; i < 40; i += 1) act(700, 'set 1 send 1');
    runUntil(run, 200_000);
    const numbers = heard(2)
      .slice(1)
      .map((line) => Number(line.split(' ')[3]));
    expect(numbers).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
    const times = heard(2)
      .slice(1)
      .map((line) => Number(line.split(' ')[0]));
    expect(new Set(times).size).toBeGreaterThan(5);
  });

  test('ends for the other side after what was in flight', () => {
    connected();
    act(10_000, 'set 1 send 2', 'set 1 close now', 'set 1 send 5');
    expect(heard(2).slice(1)).toEqual(['12000 1: ACK 1', '12000 1: ACK 2', '12000 1: closed']);
    expect(heard(1)).toHaveLength(1);
    expect(frameOf(run).connections).toEqual([]);
  });

  test('is refused by a process that says no, one that is down, and one that does not exist', () => {
    act(10_000, 'set 2 refuse 1', 'set 1 open 2');
    expect(heard(1)).toEqual(['4000 2: refused']);
    act(0, 'crash 2');
    act(10_000, 'set 1 open 2');
    act(10_000, 'set 1 open 9');
    expect(heard(1).slice(1)).toEqual(['14000 2: refused', '24000 9: refused']);
    expect(frameOf(run).connections).toEqual([]);
  });

  test('is reset by the death of one end, after what was in flight', () => {
    connected();
    act(10_000, 'set 1 send 1', 'set 2 send 1', 'crash 1');
    // The orders were given, but the crash came before they happened.
    expect(heard(2).slice(1)).toEqual(['12000 1: closed']);
    act(10_000, 'restart 1');
    act(1000, 'set 1 open 2');
    act(0, 'crash 2');
    act(10_000);
    expect(heard(1)).toEqual(['34000 2: refused']);
  });

  test('that is reset ends at once on both sides and loses what was in flight', () => {
    connected();
    act(500, 'set 1 send 3');
    act(0, 'reset 1 2 quorum');
    expect(heard(2).slice(1)).toEqual(['10500 1: closed']);
    expect(heard(1).slice(1)).toEqual(['10500 2: closed']);
    expect(frameOf(run).messages).toEqual([]);
    expect(tell('reset 1 2 quorum')).toBe('there is no quorum connection between 1 and 2');
  });
});

describe('a cut', () => {
  test('makes messages wait until the heal, and then take their way again', () => {
    connected();
    act(500, 'set 1 send 1');
    act(500, 'cut 1 2');
    act(50_000, 'set 1 send 1', 'set 2 send 1');
    expect(heard(2)).toHaveLength(1);
    const { messages, links } = frameOf(run);
    expect(messages.map((m) => [m.id, m.waits, m.arrivesAt])).toEqual([
      ['1/0/1>1', 'cut', undefined],
      ['1/0/1<1', 'cut', undefined],
      ['1/0/1>2', 'cut', undefined],
    ]);
    expect(links.filter((l) => l.cut)).toHaveLength(4);
    act(10_000, 'heal 1 2');
    expect(heard(2).slice(1)).toEqual(['63000 1: ACK 1', '63000 1: ACK 2']);
    expect(heard(1).slice(1)).toEqual(['63000 2: ACK 1']);
    expect(frameOf(run).links).toEqual([]);
    expect(tell('heal 1 2')).toBe('nothing is cut between 1 and 2');
  });

  test('of one direction or one channel leaves the others alone', () => {
    connected();
    act(10_000, 'cut 1 2 election', 'cut 2 1 quorum oneway', 'set 1 send 1', 'set 2 send 1');
    expect(heard(2)).toHaveLength(2);
    expect(heard(1)).toHaveLength(1);
  });

  test('lets a connect time out, and a connect that was given up never arrives', () => {
    act(10_000, 'cut 1 2', 'set 1 open 2');
    expect(heard(1)).toEqual([]);
    act(10_000, 'set 1 close now');
    act(10_000, 'heal');
    expect(heard(2)).toEqual([]);
    expect(frameOf(run).connections).toEqual([]);
  });
});

describe('a partition', () => {
  test('discards what crosses it, refuses connects, and resets old connections at the heal', () => {
    connected();
    act(500, 'set 1 send 1');
    act(10_000, 'partition 1 | 2,3', 'set 2 send 1');
    expect([heard(1), heard(2)].map((list) => list.length)).toEqual([1, 1]);
    act(10_000, 'set 3 open 1');
    expect(heard(3)).toEqual(['24500 1: refused']);
    act(0, 'heal');
    expect(heard(1).slice(1)).toEqual(['30500 2: closed']);
    expect(heard(2).slice(1)).toEqual(['30500 1: closed']);
    expect(frameOf(run).links).toEqual([]);
  });

  test('refuses a connect that is on its way', () => {
    act(500, 'set 1 open 2');
    act(10_000, 'partition 1 | 2');
    expect(heard(1)).toEqual(['2500 2: refused']);
    expect(heard(2)).toEqual([]);
  });

  test('is replaced by the next one', () => {
    connected();
    act(0, 'partition 1 | 2');
    act(10_000, 'partition 1,2 | 3');
    expect(heard(2).at(-1)).toBe('10000 1: closed');
    expect(frameOf(run).links.every((l) => l.from === '3' || l.to === '3')).toBe(true);
    expect(tell('partition 1 | 1')).toBe('1 stands in two groups');
    expect(tell('partition 1')).toBe('a partition needs two groups or more, none of them empty');
  });
});

describe('a hold', () => {
  test('stops at the first message of its kind, and all behind it wait too', () => {
    connected();
    act(10_000, 'hold 1 2 quorum only COMMIT', 'set 1 send 5');
    expect(heard(2).slice(1)).toEqual(['12000 1: ACK 1', '12000 1: ACK 2']);
    expect(frameOf(run).messages.map((m) => [m.id, m.waits])).toEqual([
      ['1/0/1>3', 'held'],
      ['1/0/1>4', 'held'],
      ['1/0/1>5', 'held'],
    ]);
    act(10_000, 'deliver 1/0/1>4');
    expect(heard(2).slice(3)).toEqual(['20000 1: COMMIT 3', '20000 1: ACK 4', '20000 1: ACK 5']);
    act(10_000, 'set 1 send 1');
    expect(heard(2)).toHaveLength(6);
    act(0, 'release 1 2 quorum');
    expect(heard(2).slice(6)).toEqual(['40000 1: COMMIT 6']);
    expect(tell('release 1 2 quorum')).toBe('nothing is held from 1 to 2 on quorum');
  });

  test('takes what flies already, and a message that is delivered takes those before it along', () => {
    connected();
    act(500, 'set 1 send 3');
    act(10_000, 'hold 1 2 quorum');
    expect(heard(2)).toHaveLength(1);
    act(0, 'deliver 1/0/1>2');
    expect(heard(2).slice(1)).toEqual(['20500 1: ACK 1', '20500 1: ACK 2']);
    expect(frameOf(run).messages).toHaveLength(1);
    expect(tell('deliver 1/0/1>2')).toBe('no message 1/0/1>2 is in flight');
  });
});

describe('a process', () => {
  test('that was paused takes what is overdue at the resume, in the order of the old keys', () => {
    connected();
    act(0, 'set 2 timer 3000', 'set 1 send 1');
    act(50_000, 'pause 2');
    act(0, 'set 1 send 1');
    expect(heard(2)).toHaveLength(1);
    expect(frameOf(run).processes['2']?.status).toBe('paused');
    expect(frameOf(run).messages.map((m) => m.waits)).toEqual(['paused', undefined]);
    act(10_000, 'resume 2');
    expect(heard(2).slice(1)).toEqual(['60000 1: ACK 1', '60000 timer t', '62000 1: ACK 2']);
  });

  test('extends a timer without an event', () => {
    const before = run.world.events;
    for (let i = 0; i < 10; i += 1) act(1000, 'set 1 timer 5000');
    act(20_000);
    expect(heard(1)).toEqual(['14000 timer t']);
    expect(run.world.events - before).toBe(11);
  });

  test('loses at a crash what it did not force to disk, and finds the rest again', () => {
    act(0, 'set 1 write one', 'set 1 fsync x', 'set 1 write two');
    act(0, 'crash 1');
    act(10, 'restart 1');
    const state = run.shells[serverName(1)]?.state.machine as TalkerState;
    expect(state.disk).toEqual(['one']);
    act(0, 'crash 1', 'wipe 1', 'restart 1');
    const wiped = run.shells[serverName(1)]?.state.machine as TalkerState;
    expect(wiped.disk).toEqual([]);
  });

  test('that ends by itself is down, its exit can be seen, its peers notice', () => {
    connected();
    act(10_000, 'set 1 exit 3');
    const view = frameOf(run).processes['1'];
    expect([view?.status, view?.exit]).toEqual(['down', { code: 3, reason: 'told so' }]);
    expect(heard(2).slice(1)).toEqual(['12000 1: closed']);
    act(0, 'restart 1');
    expect(frameOf(run).processes['1']?.exit).toBeUndefined();
    expect(frameOf(run).processes['1']?.incarnation).toBe(1);
  });

  test('keeps its settings and the state of its disk over a restart', () => {
    act(0, 'disk 1 slow 7', 'crash 1');
    act(0, 'restart 1');
    expect(run.world.processes[0]?.diskFault).toEqual({ fault: 'slow', extraMicros: 7000 });
    act(0, 'disk 1 ok');
    expect(run.world.processes[0]?.diskFault).toBeUndefined();
  });

  test('takes orders in the order in which they were given, be it paused meanwhile', () => {
    act(0, 'pause 2');
    act(1000, 'set 2 chat 1');
    act(0, 'set 2 chat 2', 'resume 2', 'set 2 chat 3');
    const state = () => run.shells[serverName(2)]?.state.machine as TalkerState;
    expect(state().chat).toBe(3);
    act(0, 'pause 2');
    act(1000, 'set 2 chat 4');
    // The resume has happened, the order of the pause has not.
    expect(tell('resume 2')).toBeUndefined();
    expect(stepEvent(run)[0]).toMatchObject({ type: 'command', name: 'resume' });
    act(0, 'set 2 chat 5');
    expect(state().chat).toBe(5);
  });
});

test('a command that makes no sense is refused in one sentence and leaves nothing behind', () => {
  const { events, fingerprint } = run.world;
  const refused: Record<string, string> = {
    'crash 7': 'there is no process 7',
    'crash client a': 'there is no process client a',
    'restart 1': '1 is running; crash it first',
    'resume 1': '1 is not paused',
    'wipe 1': '1 is running; crash it before its disk is wiped',
    'cut 1 1': '1 has no link to itself',
    'cut 1 4': 'there is no process 4',
    'freeze 1 Nobody': 'a server has no thread Nobody',
    'zk a ls /': 'there is no process client a',
    'latency 1 2 0': 'a latency is 0.001 ms or more, not 0',
    'deliver 1/0/1>1': 'no message 1/0/1>1 is in flight',
  };
  for (const [text, sentence] of Object.entries(refused)) expect(tell(text), text).toBe(sentence);
  act(0, 'client b 1,2');
  expect(tell('client b 1')).toBe('there is a client b already');
  expect(tell('disk client b ok')).toBe('client b has no disk');
  act(0, 'crash 1');
  expect(tell('crash 1')).toBe('1 is down already');
  expect(tell('pause 1')).toBe('1 is down');
  expect(run.world.commands).toHaveLength(2);
  expect([events, fingerprint]).not.toEqual([run.world.events, run.world.fingerprint]);
});
