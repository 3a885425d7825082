/**
 * Every error code that a client can provoke: how, and what it is answered. Each row is played
 * against a real ensemble in process; a code without a row fails the last test.
 */
import { expect, test } from 'vitest';
import { clientName, serverName } from '../../bridge/names';
import { DEFAULT_ZOO_CONFIG, type ZooConfig } from '../../zk/config';
import { type ErrorName, ERROR_CODES, SAID_BY } from '../../zk/errorCode';
import { NO_ZXID } from '../../zk/ids';
import type { RequestBody } from '../../zk/records';
import { acl, Asker, make, standalone } from '../world/clientApi.test-support';
import type { Ensemble } from '../world/ensemble.test-support';
import {
  give,
  newSession,
  pass,
  RawClient,
  servingEnsemble,
  serverState,
} from '../world/ensemble.test-support';

interface Row {
  code: ErrorName;
  how: string;
  /** Plays it and returns the code that was heard. */
  heard: () => string | undefined;
}

const alone = (more: Partial<ZooConfig> = {}): Asker => new Asker(standalone(more));
const trio = (more: Partial<ZooConfig> = {}): Ensemble =>
  servingEnsemble(3, { config: { ...DEFAULT_ZOO_CONFIG, tickTime: 500, ...more } });

const reconfig = (joiningServers: string): RequestBody => ({
  op: 'reconfig',
  joiningServers,
  leavingServers: null,
  newMembers: null,
  curConfigId: NO_ZXID,
});

const TABLE: readonly Row[] = [
  {
    code: 'OK',
    how: 'create /a, which is not there',
    heard: () => alone().err(make('/a')),
  },
  {
    code: 'RUNTIMEINCONSISTENCY',
    how: 'a part of a multi behind one that failed',
    heard: () => alone().ask({ op: 'multi', ops: [make('/'), make('/a')] }).body?.results?.[1]?.err,
  },
  {
    code: 'MARSHALLINGERROR',
    how: 'a getData whose body ends too early',
    heard: () => alone().err({ op: 'raw', type: 4, hex: '0000' }),
  },
  {
    code: 'UNIMPLEMENTED',
    how: 'an op code that no operation has; the connection ends',
    heard: () => {
      const a = alone();
      const { err } = a.ask({ op: 'raw', type: 99, hex: '' });
      pass(a.client.e, 5);
      return a.client.isClosed() ? err : 'still open';
    },
  },
  {
    code: 'BADARGUMENTS',
    how: 'create with a path that does not begin with a slash',
    heard: () => alone().err(make('a')),
  },
  {
    code: 'UNKNOWNSESSION',
    how: 'a write behind closeSession, which a lone server prepares when the session is gone already',
    heard: () => {
      const e = standalone();
      const client = newSession(e, 1);
      const prep = { process: serverName(1), thread: 'PrepRequestProcessor' };
      give(e, { type: 'freeze', ...prep });
      client.send({ op: 'closeSession' });
      client.send(make('/behind'));
      pass(e, 20);
      give(e, { type: 'step', ...prep });
      pass(e, 100);
      give(e, { type: 'thaw', ...prep });
      pass(e, 100);
      return e.trace.find(({ err }) => err === 'UNKNOWNSESSION')?.err;
    },
  },
  {
    code: 'NONODE',
    how: 'getData of /none',
    heard: () => alone().err({ op: 'getData', path: '/none', watch: false }),
  },
  {
    code: 'NOAUTH',
    how: 'setData of a node that everybody may only read',
    heard: () => {
      const a = alone();
      a.ask(make('/a', { acl: acl(1) }));
      return a.err({ op: 'setData', path: '/a', data: 'x', version: -1 });
    },
  },
  {
    code: 'BADVERSION',
    how: 'setData with version 1 of a node at version 0',
    heard: () => {
      const a = alone();
      a.ask(make('/a'));
      return a.err({ op: 'setData', path: '/a', data: 'x', version: 1 });
    },
  },
  {
    code: 'NOCHILDRENFOREPHEMERALS',
    how: 'create below an ephemeral node',
    heard: () => {
      const a = alone();
      a.ask(make('/e', { flags: 1 }));
      return a.err(make('/e/x'));
    },
  },
  {
    code: 'NODEEXISTS',
    how: 'create the root',
    heard: () => alone().err(make('/')),
  },
  {
    code: 'NOTEMPTY',
    how: 'delete of a node with a child',
    heard: () => {
      const a = alone();
      a.ask({ op: 'multi', ops: [make('/a'), make('/a/b')] });
      return a.err({ op: 'delete', path: '/a', version: -1 });
    },
  },
  {
    code: 'SESSIONEXPIRED',
    how: 'an ensemble gets a write behind closeSession in one write',
    heard: () => behindClose(trio(), 3, 'SESSIONEXPIRED'),
  },
  {
    code: 'INVALIDACL',
    how: 'create with an empty list of rights',
    heard: () => alone().err(make('/a', { acl: [] })),
  },
  {
    code: 'AUTHFAILED',
    how: 'addauth with a scheme that nobody knows; the connection ends',
    heard: () => {
      const a = alone();
      const { err } = a.ask({ op: 'auth', scheme: 'nosuch', auth: 'x' });
      pass(a.client.e, 5);
      return a.client.isClosed() ? err : 'still open';
    },
  },
  {
    code: 'SESSIONMOVED',
    how: 'a write on the connection that a session left behind at another server: it ends unanswered',
    heard: () => {
      const e = trio();
      const old = newSession(e, 1);
      const moved = new RawClient(e);
      Object.assign(moved, { sessionId: old.sessionId, passwd: old.passwd });
      moved.connect(2);
      expect(moved.connected()?.sessionId).toBe(old.sessionId);
      old.send(make('/a'));
      pass(e, 100);
      expect(old.isClosed()).toBe(true);
      expect(old.replies()).toEqual([]);
      return e.trace.find(({ err }) => err === 'SESSIONMOVED')?.err;
    },
  },
  {
    code: 'NOTREADONLY',
    how: 'create at a server that serves reads alone, because its quorum is gone',
    heard: () => {
      const e = trio({ readOnlyModeEnabled: true, localSessionsEnabled: true });
      for (const sid of [1, 2]) give(e, { type: 'crash', process: serverName(sid) });
      for (let i = 0; i < 100 && serverState(e, 3)?.zks?.role !== 'readOnly'; i += 1) pass(e, 100);
      const client = new RawClient(e);
      give(e, {
        type: 'probe',
        process: client.name,
        action: { type: 'open', tag: '0', to: serverName(3) },
      });
      pass(e, 3);
      const { sessionId, passwd } = client;
      const connect = { kind: 'CONNECT', lastZxidSeen: 0, timeOut: 9000, sessionId, passwd };
      client.sendPacket({ ...connect, readOnly: true } as never);
      pass(e, 10);
      client.send(make('/a'));
      pass(e, 20);
      return client.replies().at(-1)?.err;
    },
  },
  {
    code: 'EPHEMERALONLOCALSESSION',
    how: 'create an ephemeral node in a local session that may not become a global one',
    heard: () => new Asker(trio({ localSessionsEnabled: true }), 3).err(make('/e', { flags: 1 })),
  },
  {
    code: 'NOWATCHER',
    how: 'removeWatches where there is none',
    heard: () => alone().err({ op: 'removeWatches', path: '/', type: 3 }),
  },
  {
    code: 'RECONFIGDISABLED',
    how: 'reconfig',
    heard: () => alone().err({ op: 'raw', type: 16, hex: '' }),
  },
  {
    code: 'NEWCONFIGNOQUORUM',
    how: 'reconfig to a membership of which most are not there',
    heard: () => {
      const server = (n: number) => `server.${n}=zk${n}:2888:3888;zk${n}:2181`;
      const joining = [4, 5, 6, 7].map(server).join(',');
      return new Asker(trio({ reconfigEnabled: true }), 3).err(reconfig(joining));
    },
  },
  {
    code: 'RECONFIGINPROGRESS',
    how: 'reconfig while the one before it is not committed',
    heard: () => {
      const e = trio({ reconfigEnabled: true, skipACL: true });
      const client = newSession(e, 3);
      for (const n of [4, 5]) client.send(reconfig(`server.${n}=zk${n}:1:2:observer;zk${n}:3`));
      pass(e, 100);
      return client.replies().at(-1)?.err;
    },
  },
  {
    code: 'QUOTAEXCEEDED',
    how: 'create a third node under a hard limit of two',
    heard: () => {
      const a = alone({ enforceQuota: true });
      const quota = '/zookeeper/quota/q';
      const limits = 'count=-1,bytes=-1=;byteHardLimit=-1;countHardLimit=2';
      for (const path of ['/q', quota]) a.ask(make(path));
      a.ask(make(`${quota}/zookeeper_limits`, { data: limits }));
      a.ask(make(`${quota}/zookeeper_stats`, { data: 'count=0,bytes=0' }));
      a.ask(make('/q/1'));
      return a.err(make('/q/2'));
    },
  },
  {
    code: 'THROTTLEDOP',
    how: 'a read that waits 200 ms for a write to get its acks, where 100 ms are allowed',
    heard: () => {
      const e = trio({
        requestThrottleMaxRequests: 1,
        requestThrottleStallTime: 20,
        throttledOpWaitTime: 100,
      });
      const [a, b] = [newSession(e, 3), newSession(e, 3)];
      for (const sid of [1, 2]) {
        give(e, { type: 'hold', a: serverName(sid), b: serverName(3), channel: 'quorum' });
      }
      a.send(make('/a'));
      pass(e, 5);
      b.send({ op: 'getData', path: '/', watch: false });
      pass(e, 200);
      for (const sid of [1, 2]) {
        give(e, { type: 'release', a: serverName(sid), b: serverName(3), channel: 'quorum' });
      }
      pass(e, 200);
      return b.replies().at(-1)?.err;
    },
  },
  {
    code: 'CONNECTIONLOSS',
    how: 'a call of the client library while no server answers',
    heard: () => {
      const e = servingEnsemble(1, { clients: [{ letter: 'a', hosts: [1], timeoutMs: 10000 }] });
      pass(e, 500);
      give(e, { type: 'crash', process: serverName(1) });
      give(e, { type: 'zk', letter: 'a', line: 'get /' });
      pass(e, 20000);
      return e.trace.find(({ process, err }) => process === clientName('a') && err !== undefined)
        ?.err;
    },
  },
];

/** Many requests behind closeSession in one write; the code if any of them was refused with it. */
function behindClose(e: Ensemble, sid: number, code: ErrorName): string | undefined {
  const client = newSession(e, sid);
  client.send({ op: 'closeSession' });
  for (let i = 0; i < 8; i += 1) client.send(make(`/behind${i}`));
  pass(e, 200);
  const refusals = e.trace.filter(({ err }) => err !== undefined).map(({ err }) => err);
  return refusals.includes(code) ? code : refusals.join(' ');
}

test.each(TABLE.map((row) => [row.code, row.how, row] as const))('%s: %s', (code, _, row) => {
  expect(row.heard()).toBe(code);
});

test('no code that can be provoked is left out', () => {
  const named = Object.keys(ERROR_CODES) as ErrorName[];
  const wanted = named.filter((name) => SAID_BY[name] !== 'nobody');
  expect(TABLE.map(({ code }) => code).sort()).toEqual(wanted.sort());
});
