import { describe, expect, it } from 'vitest';
import { clientMachine } from '../client';
import {
  connect,
  makeClient,
  onConn,
  printed,
  receive,
  reply,
  requests,
  type,
  type ClientHarness,
} from '../testEffects.test-support';
import { ZKCLI_COMMANDS } from '../../../bridge/zkCliCommands';
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

  it('to a name that nobody has stays CONNECTING', () => {
    const { client } = open([1]);
    type(client, 'connect elsewhere:2181');
    receive(client, reply(1, { op: 'closeSession' }));
    client.advance(10_000);
    expect(client.opened).toHaveLength(1);
    expect(consoleOf(client).prompt).toBe('[zk: elsewhere:2181(CONNECTING) 1] ');
    expect(printed(client).at(-1)).toMatch(/no server answers at elsewhere:2181/);
  });

  it('with a chroot is not here yet, and the session stays', () => {
    const { client } = open([1]);
    type(client, 'connect zk1:2181/app');
    expect(printed(client).at(-1)).toMatch(/does not have `connect host:port\/chroot` yet/);
    expect(client.state.cnxn.state).toBe('CONNECTED');
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

describe('what later releases bring', () => {
  it.each([
    ...['get -w /a', 'ls /a watch', 'stat -w /a', 'create -c /a', 'create -t 5 /a'],
    ...['create /a d world:anyone:r', 'getAcl /a', 'setAcl /a world:anyone:r', 'whoami', 'config'],
    ...[
      'addauth digest a:b',
      'addWatch /a',
      'removewatches /a',
      'setquota -n 1 /a',
      'listquota /a',
    ],
    ...['delquota /a', 'reconfig -add 1', 'getEphemerals', 'getAllChildrenNumber /'],
  ])('`%s` says that it is not here yet, and nothing is sent', (line) => {
    const { client, from } = open();
    type(client, line);
    const lines = tail(client, from).slice(1);
    expect(lines.at(-1)).toMatch(/^world: Zabscope: this release does not have `.*` yet/);
    expect(requests(client)).toEqual([]);
  });

  it('and help tells them apart', () => {
    const { client, from } = open();
    type(client, 'help');
    const lines = tail(client, from);
    expect(lines[30]).toMatch(/^error: Command not found: Command not found help$/);
    expect(lines.slice(31).every((text) => text.startsWith('world: Zabscope: '))).toBe(true);
    for (const { name, isHere } of ZKCLI_COMMANDS) {
      const isLater = new RegExp(`[ ]${name}(,|$)`).test(lines[31]?.split(';')[0] as string);
      expect([name, isLater]).toEqual([name, !isHere]);
    }
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

  it('delete from the leaves, a batch at a time', () => {
    const { client } = open();
    type(client, 'deleteall /a -b 2');
    receive(client, reply(1, { body: { children: ['x', 'y'] } }));
    receive(client, reply(2, { body: { children: [] } }));
    receive(client, reply(3, { body: { children: [] } }));
    const deletes = () =>
      client.sent.flatMap(({ packet }) =>
        packet.kind === 'REQUEST' && packet.body.op === 'delete' ? [packet.body.path] : [],
      );
    expect(deletes()).toEqual(['/a/y', '/a/x']);
    receive(client, reply(4));
    receive(client, reply(5));
    expect(deletes()).toEqual(['/a/y', '/a/x', '/a']);
    receive(client, reply(6, { err: 'NOTEMPTY' }));
    expect(printed(client).at(-1)).toBe('Failed to delete some node(s) in the subtree!');
  });

  it('delete nothing when the batch holds a node that cannot be deleted', () => {
    const { client } = open();
    type(client, 'deleteall /');
    receive(client, reply(1, { body: { children: ['a', 'zookeeper'] } }));
    for (const xid of [2, 3]) receive(client, reply(xid, { body: { children: [] } }));
    expect(requests(client).filter(({ op }) => op === 'delete')).toEqual([]);
    expect(printed(client).at(-1)).toBe('Failed to delete some node(s) in the subtree!');
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
