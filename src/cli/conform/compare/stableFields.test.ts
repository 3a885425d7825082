import { describe, expect, test } from 'vitest';
import type { SessionId } from '../../../zk/ids';
import { newNames } from '../case/values';
import { compareFields } from './compareItems';
import { stableFields } from './stableFields';

const names = newNames();
names.sessions.set('0100001467c90000' as SessionId, 'a');
names.sessions.set('0300001467c90001' as SessionId, 'b');
const A = '0x100001467c90000';
const B = '0x300001467c90001';

const fields = (word: string, text: string, servers = 1) =>
  stableFields(word, text, names, servers);

describe('of an answer to a four-letter word only what is a function of the history is kept', () => {
  test('srvr: zxid, mode, number of nodes', () => {
    const text = `Zookeeper version: 3.8.0
Latency min/avg/max: 0/1.5/9
Zxid: 0x100000004
Mode: leader
Node count: 7
Proposal sizes last/min/max: 48/48/96
`;
    const expected = { zxid: [1, 4], mode: 'leader', nodeCount: 7, hasProposalSizes: true };
    expect(fields('srvr', text)).toEqual(expected);
    const other = fields('srvr', text.replace('Node count: 7', 'Node count: 8'));
    expect(compareFields(expected, other, 'result')?.field).toBe('result.nodeCount');
  });

  test('wchs, wchp, wchc: who watches what, sorted', () => {
    expect(fields('wchs', '2 connections watching 1 paths\nTotal watches:2\n')).toEqual({
      connections: 2,
      paths: 1,
      watches: 2,
    });
    expect(fields('wchp', `/y\n\t${B}\n\t${A}\n/x\n\t0x7\n\n`)).toEqual({
      '/x': ['unknown-session'],
      '/y': ['a', 'b'],
    });
    expect(fields('wchc', `${A}\n\t/y\n\t/x\n\n`)).toEqual({ a: ['/x', '/y'] });
    expect(fields('wchp', '\n')).toEqual({});
  });

  test('dump: sessions with their timeouts, ephemeral nodes', () => {
    const text = `SessionTracker dump:
Global Sessions(2):
${B}\t30000ms
${A}\t4000ms
ephemeral nodes dump:
Sessions with Ephemerals (1):
${A}:
\t/f
\t/e
Connections dump:
Connections Sets (1)/(1):
1 expire at Mon Nov 23 15:00:00 UTC 2026:
\tip: /127.0.0.1:5 sessionId: ${A}
`;
    const expected = {
      globalSessions: [
        ['a', 4000],
        ['b', 30000],
      ],
      localSessions: [],
      ephemerals: { a: ['/e', '/f'] },
      sessionsWithEphemerals: 1,
    };
    expect(fields('dump', text)).toEqual(expected);
    const other = fields('dump', text.replace('\t/f\n', ''));
    expect(compareFields(expected, other, 'result')?.field).toBe('result.ephemerals');
  });

  test('mntr: counts, and the size of the data where a server stands alone', () => {
    const text = 'zk_znode_count\t7\nzk_avg_latency\t0.5\nzk_approximate_data_size\t44\n';
    expect(fields('mntr', text)).toEqual({ zk_znode_count: '7', zk_approximate_data_size: '44' });
    expect(fields('mntr', text, 3)).toEqual({ zk_znode_count: '7' });
  });

  test('cons and conf: sessions, settings', () => {
    expect(fields('cons', ` /127.0.0.1:5[1](queued=0,sid=${B},lop=PING)\n\n`)).toEqual({
      sessions: ['b'],
    });
    expect(fields('conf', 'clientPort=2181\ntickTime=500\nserverId=1\n')).toEqual({
      tickTime: '500',
      serverId: '1',
    });
  });

  test('a refusal is its sentence, another word its number of lines', () => {
    const text = 'mntr is not executed because it is not in the whitelist.\n';
    expect(fields('mntr', text)).toBe('mntr is not executed because it is not in the whitelist.');
    expect(fields('isro', 'rw')).toBe('rw');
    expect(fields('dirs', 'a: 1\nb: 2\n')).toEqual({ lines: 2 });
  });
});
