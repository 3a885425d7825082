import { describe, expect, it } from 'vitest';
import { clientMachine } from '../client';
import {
  connect,
  lastConn,
  makeClient,
  onConn,
  printed,
  receive,
  reply,
  requests,
  type,
  type ClientHarness,
} from '../testEffects.test-support';
import { END_OF_INPUT } from '../../../bridge/process';
import type { SessionId } from '../../../zk/ids';
import { commandsOf } from './parse/words';
import { dateText } from './formats/texts';

function consoleOf(client: ClientHarness) {
  const section = clientMachine.project(client.state, 'console');
  if (section?.type !== 'console') throw new Error('a client has a console');
  return section;
}

function open(hosts = [1]) {
  const client = makeClient(hosts);
  connect(client);
  return { client, from: client.state.zkCli.lines.length };
}

function tail(client: ClientHarness, from: number): string[] {
  return client.state.zkCli.lines
    .slice(from)
    .map((line) => `${line.kind}: ${line.prompt ?? ''}${line.text}`);
}

describe('lines', () => {
  it('begin with the prompt, which tells host, state and number', () => {
    const { client, from } = open([1, 2]);
    expect(consoleOf(client).prompt).toBe('[zk: zk1:2181,zk2:2181(CONNECTED) 0] ');
    type(client, 'history');
    type(client, '');
    expect(tail(client, from)).toEqual([
      'input: [zk: zk1:2181,zk2:2181(CONNECTED) 0] history',
      'output: 0 - history',
      'input: [zk: zk1:2181,zk2:2181(CONNECTED) 1] ',
    ]);
  });

  it('without a word repeat the command of before', () => {
    const { client, from } = open();
    type(client, '"');
    expect(tail(client, from).at(-1)).toBe('error: No command entered');
    type(client, 'printwatches');
    type(client, '"');
    expect(tail(client, from).slice(-3)).toEqual([
      'output: printwatches is on',
      'input: [zk: zk1:2181(CONNECTED) 2] "',
      'output: printwatches is on',
    ]);
  });

  it('redo of no number at all ends the console', () => {
    const { client, from } = open();
    type(client, 'redo ""');
    expect(tail(client, from)[1]).toBe(
      'error: Exception in thread "main" java.lang.NumberFormatException: Zero length string',
    );
  });

  it('are kept to the newest 500, and the section counts those before', () => {
    const { client } = open();
    for (let i = 0; i < 1000; i += 1) type(client, '');
    const section = consoleOf(client);
    expect(section.lines).toHaveLength(500);
    expect(section.dropped).toBe(1000 + 7 - 500);
    expect(client.state.zkCli.lines.length).toBeLessThanOrEqual(750);
  });
});

describe('calls do not block', () => {
  it('and output that comes behind another command names its own', () => {
    const { client, from } = open();
    type(client, 'get /a');
    expect(consoleOf(client).waiting).toBe(true);
    type(client, 'set /b 1');
    type(client, 'version');
    receive(client, reply(1, { body: { data: 'x' } }));
    receive(client, reply(2, { body: {} }));
    expect(consoleOf(client).waiting).toBe(false);
    const prompt = (n: number) => `input: [zk: zk1:2181(CONNECTED) ${n}] `;
    expect(tail(client, from)).toEqual([
      `${prompt(0)}get /a`,
      `${prompt(1)}set /b 1`,
      `${prompt(2)}version`,
      'output: ZooKeeper CLI version: 3.8.0-zabscope',
      'world: [0] get /a',
      'output: x',
      'world: [1] set /b 1',
    ]);
  });

  it('and several commands in one line go out in one go, in one session', () => {
    const { client, from } = open();
    type(client, 'create /x 1; get /x; get /x; get /x; delete /x; create /x 2; get /x');
    const ops = ['create', 'getData', 'getData', 'getData', 'delete', 'create', 'getData'];
    expect(requests(client)).toEqual(ops.map((op, i) => ({ xid: i + 1, op })));
    expect(new Set(client.sent.slice(1).map(({ at }) => at)).size).toBe(1);
    receive(client, reply(1, { body: { path: '/x' } }));
    receive(client, reply(2, { body: { data: '1' } }));
    expect(tail(client, from).slice(1)).toEqual([
      'world: [0] create /x 1',
      'error: Created /x',
      'world: [1] get /x',
      'output: 1',
    ]);
    expect(consoleOf(client).prompt).toBe('[zk: zk1:2181(CONNECTED) 7] ');
  });

  it('but what is typed behind close, connect or quit waits for the end of the session', () => {
    const { client, from } = open();
    type(client, 'close; ls /');
    type(client, 'version');
    expect(requests(client)).toEqual([{ xid: 1, op: 'closeSession' }]);
    expect(consoleOf(client).waiting).toBe(true);
    receive(client, reply(1, { op: 'closeSession' }));
    expect(tail(client, from).slice(-5)).toEqual([
      'event: WatchedEvent state:Closed type:None path:null',
      'world: [1] ls /',
      'output: Not connected',
      'world: [2] version',
      'output: Not connected',
    ]);
  });
});

describe('a semicolon', () => {
  it('parts commands only outside of quotes and in front of a command', () => {
    expect(commandsOf('get /a; get /b')).toEqual(['get /a', 'get /b']);
    expect(commandsOf('get /a;ls /;help')).toEqual(['get /a', 'ls /', 'help']);
    expect(commandsOf('set /a ;')).toEqual(['set /a ;']);
    expect(commandsOf('set /a "x; get /b"')).toEqual(['set /a "x; get /b"']);
    expect(commandsOf("set /a it's; get /a")).toEqual(["set /a it's", 'get /a']);
    expect(commandsOf('set /a x;y')).toEqual(['set /a x;y']);
    expect(commandsOf('  ls /')).toEqual(['  ls /']);
  });
});

describe('connect', () => {
  it('closes the session, then opens another one at the new hosts', () => {
    const { client } = open([1]);
    type(client, 'connect zk2:2181,zk3');
    receive(client, reply(1, { op: 'closeSession' }));
    expect(consoleOf(client).prompt).toBe('[zk: zk2:2181,zk3(CONNECTING) 1] ');
    expect(client.opened).toHaveLength(2);
    connect(client);
    expect(client.sent.at(-1)?.packet).toMatchObject({ kind: 'CONNECT', lastZxidSeen: 0 });
    expect(clientMachine.project(client.state, 'client')).toMatchObject({
      hosts: [2, 3],
      state: 'CONNECTED',
    });
    type(client, 'get /a');
    expect(requests(client).at(-1)).toEqual({ xid: 1, op: 'getData' });
  });

  it('right behind an expiry is not undone by the cleanup of the session before', () => {
    const { client } = open([1, 2]);
    onConn(client, 'closed');
    client.advance(5_000);
    onConn(client, 'accepted');
    const none = '0000000000000000' as SessionId;
    receive(client, { kind: 'CONNECTED', timeOut: 0, sessionId: none, passwd: '0'.repeat(32) });
    expect(client.state.cnxn.state).toBe('CLOSED');
    type(client, 'connect zk2:2181');
    connect(client);
    client.advance(1_000);
    expect(client.state.cnxn).toMatchObject({ state: 'CONNECTED', phase: 'serve' });
  });

  it('to a name that nobody has stays CONNECTING', () => {
    const { client } = open([1]);
    type(client, 'connect elsewhere:2181');
    receive(client, reply(1, { op: 'closeSession' }));
    client.advance(10_000);
    expect(client.opened).toHaveLength(1);
    expect(consoleOf(client).prompt).toBe('[zk: elsewhere:2181(CONNECTING) 1] ');
    expect(printed(client).at(-1)).toMatch(/no server answers at elsewhere:2181/);
  });

  it('with a chroot puts it in front of every path, and cuts it off again', () => {
    const { client, from } = open([1]);
    type(client, 'connect zk1:2181/app');
    receive(client, reply(1, { op: 'closeSession' }));
    connect(client);
    expect(consoleOf(client).prompt).toBe('[zk: zk1:2181/app(CONNECTED) 1] ');
    type(client, 'create -s /x- 1');
    expect(client.sent.at(-1)?.packet).toMatchObject({ body: { path: '/app/x-' } });
    receive(client, reply(1, { op: 'create', body: { path: '/app/x-0000000000' } }));
    type(client, 'ls /');
    expect(client.sent.at(-1)?.packet).toMatchObject({ body: { path: '/app' } });
    receive(client, reply(2, { op: 'getChildren2', err: 'NONODE' }));
    expect(tail(client, from).filter((text) => text.startsWith('error'))).toEqual([
      'error: Created /x-0000000000',
      'error: Node does not exist: /',
    ]);
  });

  it.each([
    ['zk1:2181/a//b', 'Invalid path string "/a//b" caused by empty node name specified @3'],
    [',', 'A HostProvider may not be empty!'],
  ])('to %s closes the session and then ends the console', (host, message) => {
    const { client } = open([1]);
    type(client, `connect ${host}`);
    receive(client, reply(1, { op: 'closeSession' }));
    expect(printed(client).at(-1)).toBe(
      `Exception in thread "main" java.lang.IllegalArgumentException: ${message}`,
    );
    expect(client.exit?.code).toBe(1);
  });
});

describe('close and quit', () => {
  it('end with Disconnected and Closed when the connection breaks before the reply', () => {
    const { client } = open();
    type(client, 'quit');
    onConn(client, 'closed');
    client.advance(100);
    expect(printed(client).filter((text) => text.startsWith('WatchedEvent'))).toEqual([
      'WatchedEvent state:SyncConnected type:None path:null',
      'WatchedEvent state:Disconnected type:None path:null',
      'WatchedEvent state:Closed type:None path:null',
    ]);
    expect(client.exit).toEqual({ code: 0, reason: 'quit' });
  });

  it('quit with the exit code of the last command', () => {
    const { client } = open();
    type(client, 'foo; quit');
    receive(client, reply(1, { op: 'closeSession' }));
    expect(client.exit?.code).toBe(127);
  });
});

describe('help', () => {
  it('prints the usage, as for any unknown word, and then what is Zabscope’s own', () => {
    const { client, from } = open();
    type(client, 'help');
    const lines = tail(client, from);
    expect(lines[30]).toMatch(/^error: Command not found: Command not found help$/);
    expect(lines.slice(31).every((text) => text.startsWith('world: Zabscope: '))).toBe(true);
  });
});

describe('a watch', () => {
  it('that fires is printed as four lines, unless printwatches is off', () => {
    const { client, from } = open();
    type(client, 'get -w /a');
    receive(client, reply(1, { body: { data: '1' } }));
    type(client, 'ls -w /a');
    receive(client, reply(2, { op: 'getChildren2', body: { children: [] } }));
    const event = { kind: 'EVENT', state: 'SyncConnected', path: '/a' } as const;
    receive(client, { ...event, type: 'NodeDataChanged' });
    type(client, 'printwatches off');
    receive(client, { ...event, type: 'NodeChildrenChanged' });
    expect(tail(client, from).filter((text) => text.startsWith('event'))).toEqual([
      'event: ',
      'event: WATCHER::',
      'event: ',
      'event: WatchedEvent state:SyncConnected type:NodeDataChanged path:/a',
    ]);
    expect(client.state.cnxn.watches.data.size).toBe(0);
    expect(client.state.cnxn.watches.child.size).toBe(0);
  });

  it('of addWatch keeps the mode that was given last', () => {
    const { client } = open();
    type(client, 'addWatch /a; addWatch -m persistent /b; addWatch /c');
    const modes = client.sent.flatMap(({ packet }) =>
      packet.kind === 'REQUEST' && packet.body.op === 'addWatch' ? [packet.body.mode] : [],
    );
    expect(modes).toEqual([1, 0, 0]);
  });
});

describe('txn', () => {
  const OK = { err: 'OK' } as const;
  const multi = (client: ClientHarness) =>
    client.sent.flatMap(({ packet }) =>
      packet.kind === 'REQUEST' && packet.body.op === 'multi' ? [packet.body.ops] : [],
    );

  it('collects operations until commit, and tells what became of each', () => {
    const { client, from } = open();
    type(client, 'txn; create /a 1; set -v 0 /b 2; check /c 3; delete /d; commit');
    expect(multi(client)).toEqual([
      [
        { op: 'create', path: '/a', data: '1', acl: expect.anything(), flags: 0 },
        { op: 'setData', path: '/b', data: '2', version: 0 },
        { op: 'check', path: '/c', version: 3 },
        { op: 'delete', path: '/d', version: -1 },
      ],
    ]);
    receive(
      client,
      reply(1, {
        op: 'multi',
        body: {
          results: [
            { op: 'error', ...OK },
            { op: 'error', err: 'BADVERSION' },
            { op: 'error', err: 'RUNTIMEINCONSISTENCY' },
            { op: 'error', err: 'RUNTIMEINCONSISTENCY' },
          ],
        },
      }),
    );
    expect(tail(client, from).slice(-4)).toEqual([
      'error: create /a 1: undone',
      'error: set -v 0 /b 2: version No is not valid : /b',
      'error: check /c 3: KeeperErrorCode = RuntimeInconsistency for /c',
      'error: delete /d: KeeperErrorCode = RuntimeInconsistency for /d',
    ]);
    type(client, 'quit');
    receive(client, reply(2, { op: 'closeSession' }));
    expect(client.exit?.code).toBe(1);
  });

  it('in one line sends at once', () => {
    const { client, from } = open();
    type(client, "txn 'create -s /a' 'delete /d'");
    const results = [
      { op: 'create', ...OK, path: '/a0000000001' },
      { op: 'delete', ...OK },
    ] as const;
    receive(client, reply(1, { op: 'multi', body: { results: [...results] } }));
    expect(tail(client, from).slice(1)).toEqual([
      'output: create -s /a: ok -> /a0000000001',
      'output: delete /d: ok',
    ]);
  });

  it('takes nothing else, sends nothing that is wrong, and knows its words only when it is open', () => {
    const { client, from } = open();
    type(client, "txn 'get /a'; txn 'create x'; txn 'delete -v x /a'; txn; abort; commit");
    expect(requests(client)).toEqual([]);
    const errors = tail(client, from).filter((text) => text.startsWith('error: '));
    expect(errors.slice(0, 3)).toEqual([
      'error: only create, set, delete and check go into a txn, not get',
      'error: Path must start with / character',
      'error: a version is a number: delete -v x /a',
    ]);
    expect(errors.at(-1)).toBe('error: Command not found: Command not found commit');
  });
});

describe('a console without a terminal', () => {
  it('carries out the command among its arguments once a session stands, and ends with its exit code', () => {
    const client = makeClient([1], 30_000, 1, { batch: ['get', '/none'] });
    expect(printed(client)).toEqual(['Connecting to zk1:2181']);
    connect(client);
    expect(client.exit).toBeUndefined();
    receive(client, reply(1, { err: 'NONODE' }));
    expect(printed(client).at(-1)).toBe('Node does not exist: /none');
    expect(client.exit).toEqual({ code: 1, reason: 'batch' });
  });

  it('has no line for that command, which its history prints as null', () => {
    const client = makeClient([1], 30_000, 1, { batch: ['history'] });
    connect(client);
    expect(printed(client).at(-1)).toBe('0 - null');
    expect(client.exit?.code).toBe(0);
  });
});

describe('the end of input', () => {
  it('ends the console with the exit code of the last command, and the session is left to expire', () => {
    const { client, from } = open();
    type(client, 'get');
    type(client, END_OF_INPUT);
    expect(client.exit).toEqual({ code: 1, reason: 'end of input' });
    expect(requests(client)).toEqual([]);
    expect(tail(client, from)).toHaveLength(2);
  });
});

describe('a four-letter word', () => {
  const ask = (client: ClientHarness, word: string) => {
    client.step({ type: 'command', command: { type: '4lw', word, server: 2 } });
    return lastConn(client);
  };

  it('goes over a connection of its own, and its answer is printed line by line', () => {
    const { client, from } = open();
    const conn = ask(client, 'wchs');
    onConn(client, 'accepted', conn);
    expect(client.sent.at(-1)).toMatchObject({
      conn,
      packet: { kind: 'FOURLETTER', word: 'wchs' },
    });
    receive(client, { kind: 'TEXT', text: 'one\n\ntwo\n' }, conn);
    onConn(client, 'closed', conn);
    expect(tail(client, from)).toEqual([
      'world: 4lw wchs 2',
      'output: one',
      'output: ',
      'output: two',
    ]);
    expect(client.state.cnxn.state).toBe('CONNECTED');
    expect(client.state.askedWords).toEqual([]);
  });

  it('that gets no answer says so', () => {
    const { client } = open();
    onConn(client, 'accepted', ask(client, 'nope'));
    onConn(client, 'closed');
    expect(printed(client).at(-1)).toBe(
      'Zabscope: zk2:2181 closed the connection without an answer',
    );
    ask(client, 'ruok');
    onConn(client, 'refused');
    expect(printed(client).at(-1)).toBe('Zabscope: no server answers at zk2:2181');
  });
});

describe('ls -R and deleteall', () => {
  it('pass over a node that was deleted since it was listed, and stop at anything else', () => {
    const { client, from } = open();
    type(client, 'ls -R /');
    receive(client, reply(1, { body: { data: '' } }));
    receive(client, reply(2, { body: { children: ['b', 'a'] } }));
    receive(client, reply(3, { err: 'NONODE' }));
    onConn(client, 'closed');
    client.advance(100);
    const lines = tail(client, from).slice(1);
    expect(lines.slice(0, 3)).toEqual(['output: /', 'output: /a', 'output: /b']);
    expect(lines).toContain('error: KeeperErrorCode = ConnectionLoss for /b');
  });

  const deletes = (client: ClientHarness) =>
    client.sent.flatMap(({ packet }) =>
      packet.kind === 'REQUEST' && packet.body.op === 'multi'
        ? [packet.body.ops.map(({ path }) => path)]
        : [],
    );
  const done = (xid: number, err: 'OK' | 'NOTEMPTY' = 'OK') =>
    reply(xid, {
      op: 'multi',
      body: { results: [err === 'OK' ? { op: 'delete', err } : { op: 'error', err }] },
    });

  it('delete from the leaves, a multi for each batch, without waiting for the one before', () => {
    const { client } = open();
    type(client, 'deleteall /a -b 2');
    receive(client, reply(1, { body: { children: ['x', 'y'] } }));
    receive(client, reply(2, { body: { children: [] } }));
    receive(client, reply(3, { body: { children: [] } }));
    expect(deletes(client)).toEqual([['/a/y', '/a/x'], ['/a']]);
    receive(client, done(4));
    receive(client, done(5, 'NOTEMPTY'));
    expect(printed(client).at(-1)).toBe('Failed to delete some node(s) in the subtree!');
  });

  it('keep ten batches under way, and stop at the first that failed', () => {
    const { client } = open();
    const names = Array.from({ length: 12 }, (_, i) => `n${i}`);
    type(client, 'deleteall /a -b 1');
    receive(client, reply(1, { body: { children: names } }));
    for (let i = 0; i < 12; i += 1) receive(client, reply(i + 2, { body: { children: [] } }));
    expect(deletes(client)).toHaveLength(10);
    receive(client, done(14));
    expect(deletes(client)).toHaveLength(11);
    receive(client, done(15, 'NOTEMPTY'));
    for (let xid = 16; xid <= 24; xid += 1) receive(client, done(xid));
    expect(deletes(client)).toHaveLength(11);
    expect(consoleOf(client).waiting).toBe(false);
  });
});

describe('setAcl -R', () => {
  it('gives each node its ACL when it is visited, and prints the failures in one line at the end', () => {
    const { client, from } = open();
    type(client, 'setAcl -R /a world:anyone:ra');
    receive(client, reply(1, { body: { data: '' } }));
    receive(client, reply(2, { op: 'setACL', err: 'NOAUTH' }));
    receive(client, reply(3, { body: { children: ['y', 'x'] } }));
    receive(client, reply(4, { op: 'setACL' }));
    receive(client, reply(5, { op: 'setACL', err: 'NOAUTH' }));
    receive(client, reply(6, { body: { children: [] } }));
    receive(client, reply(7, { body: { children: [] } }));
    const paths = client.sent.flatMap(({ packet }) =>
      packet.kind === 'REQUEST' && packet.body.op === 'setACL' ? [packet.body.path] : [],
    );
    expect(paths).toEqual(['/a', '/a/x', '/a/y']);
    expect(tail(client, from).slice(1)).toEqual([
      'output: KeeperErrorCode = NoAuth for /aKeeperErrorCode = NoAuth for /a/y',
    ]);
  });
});

describe('setAcl -R that cannot go on', () => {
  it('says why right behind the failures before, since those have no line feed', () => {
    const { client, from } = open();
    type(client, 'setAcl -R /a world:anyone:r');
    receive(client, reply(1, { body: { data: '' } }));
    receive(client, reply(2, { op: 'setACL', err: 'NOAUTH' }));
    receive(client, reply(3, { op: 'getChildren2', err: 'NOAUTH' }));
    expect(tail(client, from).slice(1)).toEqual([
      'output: KeeperErrorCode = NoAuth for /aInsufficient permission : /a',
    ]);
    type(client, 'quit');
    receive(client, reply(4, { op: 'closeSession' }));
    expect(client.exit?.code).toBe(1);
  });
});

describe('dates', () => {
  it('are those of java.util.Date in UTC', () => {
    for (let i = 0; i < 3000; i += 1) {
      const ms = i * 7_654_321_987;
      const [day, , , ...rest] = new Date(ms).toUTCString().replace(',', '').split(' ');
      const [, dayOfMonth, month, year, time] = new Date(ms).toUTCString().split(' ');
      expect(rest.length).toBe(3);
      expect(dateText(ms)).toBe(`${day} ${month} ${dayOfMonth} ${time} UTC ${year}`);
    }
  });
});
