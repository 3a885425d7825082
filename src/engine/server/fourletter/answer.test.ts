/** Four-letter words: who answers them, and what their texts say. */
import { describe, expect, test } from 'vitest';
import { serverName } from '../../../bridge/names';
import { DEFAULT_ZOO_CONFIG, type ZooConfig } from '../../../zk/config';
import { sessionText } from '../../../zk/ids';
import {
  type Ensemble,
  give,
  leaderSid,
  pass,
  RawClient,
  servingEnsemble,
  startEnsemble,
} from '../../world/ensemble.test-support';
import { Asker, make, standalone } from '../../world/clientApi.test-support';
import { javaDateText } from './javaDate';

/** The answer; undefined: the connection ended without one. */
function word(e: Ensemble, text: string, sid = 1, argument?: string): string | undefined {
  const client = new RawClient(e);
  const tag = '0';
  give(e, {
    type: 'probe',
    process: client.name,
    action: { type: 'open', tag, to: serverName(sid) },
  });
  pass(e, 3);
  client.sendPacket({ kind: 'FOURLETTER', word: text, argument });
  pass(e, 10);
  expect(client.isClosed()).toBe(true);
  const packets = client.heard().flatMap(({ packet }) => packet ?? []);
  expect(packets.length).toBeLessThanOrEqual(1);
  return packets[0]?.kind === 'TEXT' ? packets[0].text : undefined;
}

function three(more: Partial<ZooConfig> = {}): Ensemble {
  return servingEnsemble(3, { config: { ...DEFAULT_ZOO_CONFIG, tickTime: 500, ...more } });
}

function values(text: string | undefined, separator: string): Record<string, string> {
  const lines = (text ?? '').split('\n').filter((line) => line.includes(separator));
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf(separator);
      return [line.slice(0, at), line.slice(at + separator.length)];
    }),
  );
}

describe('a four-letter word', () => {
  test('that nobody knows, in capitals or behind a session ends the connection in silence', () => {
    const e = standalone();
    expect(word(e, 'abcd')).toBeUndefined();
    expect(word(e, 'RUOK')).toBeUndefined();
    const a = new Asker(e);
    a.client.sendPacket({ kind: 'FOURLETTER', word: 'ruok' });
    pass(e, 10);
    expect(a.client.isClosed()).toBe(true);
    expect(a.client.heard().some(({ packet }) => packet?.kind === 'TEXT')).toBe(false);
  });

  test('is not read beyond its four letters', () => {
    expect(word(standalone(), 'ruok and more')).toBe('imok');
  });

  test('must be allowed; isro always is where a server may be read-only', () => {
    const e = standalone({ fourLetterWords: 'srvr, ruok', readOnlyModeEnabled: true });
    expect(word(e, 'ruok')).toBe('imok');
    const refused = 'mntr is not executed because it is not in the whitelist.\n';
    expect(word(e, 'mntr')).toBe(refused);
    expect(word(e, 'isro')).toBe('rw');
  });

  test('of a server that does not serve is answered only where it needs none', () => {
    const e = startEnsemble(3, { down: [2, 3] });
    pass(e, 500);
    const silent = 'This ZooKeeper instance is not currently serving requests\n';
    for (const each of ['srvr', 'stat', 'mntr', 'dump', 'wchs', 'conf', 'crst']) {
      expect(word(e, each)).toBe(silent);
    }
    expect(word(e, 'ruok')).toBe('imok');
    expect(word(e, 'isro')).toBe('null');
    expect(word(e, 'gtmk')).toBe('306');
    expect(word(e, 'envi')).toMatch(/^Environment:\nzookeeper.version=3.8.0/);
  });
});

describe('srvr and stat', () => {
  test('count connections, packets and nodes', () => {
    const e = standalone();
    const a = new Asker(e);
    a.ask(make('/a'));
    const text = word(e, 'srvr') as string;
    expect(text).toMatch(
      /^Zookeeper version: 3\.8\.0-.*\nLatency min\/avg\/max: \d+\/[\d.]+\/\d+\n/,
    );
    expect(values(text, ': ')).toMatchObject({
      Received: '2',
      Sent: '2',
      Connections: '2',
      Outstanding: '0',
      Zxid: '0x2',
      Mode: 'standalone',
      'Node count': '6',
    });
    expect(word(e, 'srst')).toBe('Server stats reset.\n');
    expect(values(word(e, 'srvr'), ': ')).toMatchObject({ Received: '0', Connections: '2' });
    const stat = word(e, 'stat') as string;
    expect(stat.split('\n').slice(1, 5)).toEqual([
      'Clients:',
      expect.stringMatching(/^ \/127\.0\.0\.1:\d+\[1\]\(queued=0,recved=2,sent=2\)$/),
      expect.stringMatching(/^ \/127\.0\.0\.1:\d+\[0\]\(queued=0,recved=0,sent=0\)$/),
      '',
    ]);
  });

  test('tell the role, and of a leader the sizes of its proposals', () => {
    const e = three();
    const leader = leaderSid(e) as number;
    const a = new Asker(e, leader);
    a.ask(make('/s', { flags: 3, data: null }));
    const text = word(e, 'srvr', leader) as string;
    // A createSession has 48 bytes; this create, its session apart, has two of the name's digits.
    expect(text.endsWith('Proposal sizes last/min/max: 96/48/96\n')).toBe(true);
    expect(values(word(e, 'srvr', 1), ': ')).toMatchObject({ Mode: 'follower' });
    expect(word(e, 'srvr', 1)).not.toContain('Proposal');
  });
});

describe('cons', () => {
  test('shows what a connection did last, and forgets it by crst', () => {
    const e = standalone();
    const a = new Asker(e);
    a.ask({ op: 'getData', path: '/', watch: false });
    const id = sessionText(a.client.sessionId);
    const first = (word(e, 'cons') as string).split('\n')[0] as string;
    expect(first).toContain(`sid=${id},lop=GETD,est=`);
    expect(first).toMatch(/,to=30000,lcxid=0x1,lzxid=0x1,lresp=\d+,llat=\d+,minlat=\d+,avglat=\d+/);
    expect(word(e, 'crst')).toBe('Connection stats reset.\n');
    const second = (word(e, 'cons') as string).split('\n')[0] as string;
    expect(second).toContain(`sid=${id},lop=NA`);
    expect(second).not.toContain('lcxid');
  });
});

describe('dump', () => {
  test('has the buckets of a leader and the table of a follower', () => {
    const e = three();
    const leader = leaderSid(e) as number;
    const a = new Asker(e, 1, 6000);
    a.ask(make('/e', { flags: 1 }));
    pass(e, 50);
    const id = sessionText(a.client.sessionId);
    const atLeader = word(e, 'dump', leader) as string;
    expect(atLeader).toMatch(
      /^SessionTracker dump:\nSession Sets \(1\)\/\(1\):\n1 expire at Thu Jan 01 00:00:\d\d UTC 2026:\n\t0x1/,
    );
    const ephemerals = `ephemeral nodes dump:\nSessions with Ephemerals (1):\n${id}:\n\t/e\n`;
    expect(atLeader).toContain(ephemerals);
    const atFollower = word(e, 'dump', 1) as string;
    expect(atFollower).toContain(`Global Sessions(1):\n${id}\t6000ms\n${ephemerals}`);
    expect(atFollower).toMatch(/Connections Sets \(\d\)\/\(2\):\n/);
    expect(atFollower).toMatch(/\tip: \/127\.0\.0\.1:\d+ sessionId: 0x0\n/);
  });

  test('tells local sessions apart', () => {
    const e = three({ localSessionsEnabled: true });
    const a = new Asker(e, 1);
    const text = word(e, 'dump', 1) as string;
    expect(text).toContain('Local Session Sets (1)/(1):\n');
    expect(text).toContain(`\t${sessionText(a.client.sessionId)}\n`);
    expect(text).toContain('Global Sessions(0):\n');
  });
});

describe('wchs, wchc and wchp', () => {
  test('tell of the data table alone', () => {
    const e = standalone();
    const [a, b] = [new Asker(e), new Asker(e)];
    const [idA, idB] = [a, b].map(({ client }) => sessionText(client.sessionId));
    a.ask({ op: 'exists', path: '/x', watch: true });
    b.ask({ op: 'addWatch', path: '/x', mode: 0 });
    b.ask({ op: 'getChildren', path: '/', watch: true });
    expect(word(e, 'wchs')).toBe('2 connections watching 1 paths\nTotal watches:2\n');
    expect(word(e, 'wchp')).toBe(`/x\n\t${idA}\n\t${idB}\n\n`);
    expect(word(e, 'wchc')).toBe(`${idA}\n\t/x\n${idB}\n\t/x\n\n`);
    // A connection whose watches have all fired is one that watches still.
    a.ask(make('/x'));
    expect(word(e, 'wchs')).toBe('2 connections watching 1 paths\nTotal watches:1\n');
  });
});

describe('conf, dirs, hash and the trace mask', () => {
  test('tell the settings; in an ensemble the membership behind them', () => {
    expect(values(word(standalone(), 'conf'), '=')).toMatchObject({
      tickTime: '2000',
      maxClientCnxns: '60',
      minSessionTimeout: '4000',
      maxSessionTimeout: '40000',
      serverId: '0',
    });
    const text = word(three(), 'conf', 2) as string;
    expect(values(text, '=')).toMatchObject({ serverId: '2', initLimit: '10', peerType: '0' });
    expect(text).toMatch(/\nmembership: \nserver\.1=zk1:2888:3888:participant;.*\nversion=0$/s);
  });

  test('measure the log as it grows', () => {
    const e = standalone();
    const a = new Asker(e);
    const before = Number(values(word(e, 'dirs'), ': ')['logdir_size']);
    a.ask(make('/a', { data: 'x'.repeat(1000) }));
    const after = Number(values(word(e, 'dirs'), ': ')['logdir_size']);
    expect(after - before).toBeGreaterThan(1000);
    expect(after - before).toBeLessThan(1200);
  });

  test('keep a digest for every 128th zxid', () => {
    const e = standalone();
    const a = new Asker(e);
    expect(word(e, 'hash')).toBeUndefined();
    for (let i = 0; i < 130; i += 1) a.client.send(make(`/n${i}`));
    pass(e, 3000);
    expect(word(e, 'hash')).toMatch(/^80: \d{6,}\n$/);
  });

  test('stmk sets what gtmk tells', () => {
    const e = standalone();
    expect(word(e, 'stmk', 1, '17')).toBe('17');
    expect(word(e, 'gtmk')).toBe('17');
  });
});

describe('mntr', () => {
  test('has the gauges of its role first, each name once', () => {
    const e = three();
    const leader = leaderSid(e) as number;
    const a = new Asker(e, leader);
    a.ask(make('/a/none'));
    a.ask(make('/a', { flags: 1 }));
    a.ask({ op: 'getData', path: '/a', watch: true });
    pass(e, 100);
    const text = word(e, 'mntr', leader) as string;
    const names = text.split('\n').map((line) => line.split('\t')[0]);
    expect(new Set(names).size).toBe(names.length);
    expect(values(text, '\t')).toMatchObject({
      zk_server_state: 'leader',
      zk_peer_state: 'leading - broadcast',
      zk_znode_count: '6',
      zk_ephemerals_count: '1',
      zk_watch_count: '1',
      zk_global_sessions: '1',
      zk_synced_followers: '2',
      zk_quorum_size: '3',
      zk_cnt_a_read_per_namespace: '1',
      zk_cnt_a_write_per_namespace: '1',
    });
    const follower = values(word(e, 'mntr', 1), '\t');
    expect(follower).toMatchObject({ zk_server_state: 'follower', zk_watch_count: '0' });
    expect(follower).not.toHaveProperty('zk_learners');
    expect(values(word(standalone(), 'mntr'), '\t')).not.toHaveProperty('zk_quorum_size');
  });
});

test('a date is printed as Java prints it, leap days included', () => {
  expect(javaDateText(0)).toBe('Thu Jan 01 00:00:00 UTC 1970');
  expect(javaDateText(951782400000)).toBe('Tue Feb 29 00:00:00 UTC 2000');
  expect(javaDateText(1767225599000)).toBe('Wed Dec 31 23:59:59 UTC 2025');
});
