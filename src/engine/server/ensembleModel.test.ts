/**
 * An ensemble seen through its client ports only, against a plain model of the tree to
 * which the answered and unanswered writes are applied in zxid order; without faults each
 * answer is the model's, with crashes no answered write is ever lost.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { serverName } from '../../bridge/names';
import { DEFAULT_ZOO_CONFIG } from '../../zk/config';
import type { ErrorName } from '../../zk/errorCode';
import type { Sid } from '../../zk/ids';
import type { ClientReply } from '../../zk/packets';
import type { LoggedTxn, RequestBody } from '../../zk/records';
import { childrenOf, getNode, listNodes } from '../database/dataTree';
import { committedWindow } from '../database/zkDatabase';
import {
  create,
  type Ensemble,
  give,
  leaderSid,
  newSession,
  pass,
  type RawClient,
  serverState,
  servingEnsemble,
  sidsOf,
} from '../world/ensemble.test-support';

/* ---- the model: paths with data and version, and the children ever made ---- */

interface Node {
  data: string | null;
  version: number;
  made: number;
  owner: string | undefined;
}

class Model {
  readonly nodes = new Map<string, Node>([
    ['', { data: '', version: 0, made: 0, owner: undefined }],
  ]);

  private children(path: string): string[] {
    return [...this.nodes.keys()].filter(
      (other) => other !== '' && other.slice(0, other.lastIndexOf('/')) === path,
    );
  }

  write(body: RequestBody, session: string): { err: ErrorName; path?: string; version?: number } {
    if (body.op === 'create') {
      const parent = this.nodes.get((body.path as string).slice(0, body.path?.lastIndexOf('/')));
      if (parent === undefined) return { err: 'NONODE' };
      const suffix = body.flags >= 2 ? String(parent.made).padStart(10, '0') : '';
      const path = body.path + suffix;
      if (this.nodes.has(path)) return { err: 'NODEEXISTS' };
      if (parent.owner !== undefined) return { err: 'NOCHILDRENFOREPHEMERALS' };
      parent.made += 1;
      const owner = body.flags % 2 === 1 ? session : undefined;
      this.nodes.set(path, { data: body.data, version: 0, made: 0, owner });
      return { err: 'OK', path };
    }
    if (body.op !== 'delete' && body.op !== 'setData') throw new Error(`no write: ${body.op}`);
    const node = this.nodes.get(body.path as string);
    if (node === undefined) return { err: 'NONODE' };
    if (body.version !== -1 && body.version !== node.version) return { err: 'BADVERSION' };
    if (body.op === 'setData') {
      node.version += 1;
      node.data = body.data;
      return { err: 'OK', version: node.version };
    }
    if (this.children(body.path as string).length > 0) return { err: 'NOTEMPTY' };
    this.nodes.delete(body.path as string);
    return { err: 'OK' };
  }

  /** The tree as text, without the system nodes. */
  text(): string[] {
    return [...this.nodes.entries()]
      .map(([path, { data, version, made }]) => `${path} ${data} ${version} ${made}`)
      .sort();
  }
}

function textOfServer(e: Ensemble, sid: Sid): string[] {
  const tree = serverState(e, sid)?.db.tree;
  if (tree === undefined) return [];
  return listNodes(tree, 1000)
    .filter(({ path }) => !path.startsWith('/zookeeper'))
    .map(({ path, node }) => {
      const shown = path === '/' ? '' : path;
      return `${shown} ${node.data} ${node.version} ${node.cversion}`;
    })
    .sort();
}

/* ---- what clients do ---- */

const path = fc.constantFrom('/a', '/b', '/a/b', '/a/c', '/b/a', '/s-');
const version = fc.constantFrom(-1, -1, 0, 1, 2);
const write: fc.Arbitrary<RequestBody> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.tuple(path, fc.constantFrom(0, 0, 0, 1, 2, 3)).map(([p, f]) => create(p, f)),
  },
  { weight: 2, arbitrary: fc.record({ op: fc.constant<'delete'>('delete'), path, version }) },
  {
    weight: 3,
    arbitrary: fc.record({
      op: fc.constant<'setData'>('setData'),
      path,
      data: fc.constantFrom('x', 'y', null),
      version,
    }),
  },
);
const read: fc.Arbitrary<RequestBody> = fc.record({
  op: fc.constantFrom<'getData' | 'exists'>('getData', 'exists'),
  path,
  watch: fc.constant(false),
});

interface Asked {
  client: RawClient;
  xid: number;
  body: RequestBody;
  reply?: ClientReply;
}

function collect(asked: Asked[], clients: readonly RawClient[]): void {
  for (const client of clients) {
    for (const reply of client.replies()) {
      const own = asked.find((each) => each.client === client && each.xid === reply.xid);
      if (own !== undefined) own.reply = reply;
    }
  }
}

/** Every txn that the server has, by the request that asked for it, in zxid order. */
function historyOf(e: Ensemble, sid: Sid): LoggedTxn[] {
  const db = serverState(e, sid)?.db;
  return db === undefined ? [] : committedWindow(db);
}

function isWrite(body: RequestBody): boolean {
  return body.op === 'create' || body.op === 'delete' || body.op === 'setData';
}

const pipelines = fc.array(
  fc.record({
    client: fc.nat(4),
    bodies: fc.array(fc.oneof({ weight: 3, arbitrary: write }, { weight: 2, arbitrary: read }), {
      minLength: 1,
      maxLength: 6,
    }),
    pause: fc.constantFrom(0, 0, 1, 3, 10),
  }),
  { minLength: 3, maxLength: 14, size: 'max' },
);

test('without faults each answer is that of the model in zxid order, and all trees end as it', () => {
  fc.assert(
    fc.property(pipelines, fc.nat(1000), (list, seed) => {
      const e = servingEnsemble(3, { seed, jitterMicros: 700 });
      const clients = [1, 2, 3, 1, 3].map((sid) => newSession(e, sid));
      const asked: Asked[] = [];
      for (const { client, bodies, pause } of list) {
        const who = clients[client] as RawClient;
        for (const body of bodies) asked.push({ client: who, xid: who.send(body), body });
        pass(e, pause);
      }
      pass(e, 500);
      collect(asked, clients);
      expect(asked.filter(({ reply }) => reply === undefined)).toEqual([]);

      // Replies of a session come in its order, zxids never go back.
      for (const client of clients) {
        const zxids = asked
          .filter((each) => each.client === client)
          .map(({ reply }) => reply?.zxid);
        expect(zxids).toEqual([...zxids].sort((a, b) => (a ?? 0) - (b ?? 0)));
      }
      const model = new Model();
      const after = new Map<number, Map<string, Node>>();
      const snapshot = (zxid: number) =>
        after.set(zxid, new Map([...model.nodes].map(([p, n]) => [p, { ...n }])));
      for (const { hdr } of historyOf(e, 3)) {
        const own = asked.find(
          ({ client, xid }) => client.sessionId === hdr.clientId && xid === hdr.cxid,
        );
        if (own !== undefined && isWrite(own.body)) {
          const expected = model.write(own.body, own.client.sessionId);
          const { err, body } = own.reply as ClientReply;
          const told = JSON.stringify(own.body);
          expect({ told, err }).toEqual({ told, err: expected.err });
          if (expected.path !== undefined) expect(body?.path).toBe(expected.path);
          if (expected.version !== undefined) expect(body?.stat?.version).toBe(expected.version);
          expect(own.reply?.zxid).toBe(hdr.zxid);
        }
        snapshot(hdr.zxid);
      }
      // A read saw the tree of the zxid in its header.
      for (const { body, reply } of asked) {
        if (isWrite(body) || !('path' in body)) continue;
        const nodes = after.get(reply?.zxid ?? 0);
        const node = nodes?.get(body.path as string);
        expect(reply?.err).toBe(node === undefined ? 'NONODE' : 'OK');
        if (node === undefined) continue;
        expect(reply?.body?.stat?.version).toBe(node.version);
        if (body.op === 'getData') expect(reply?.body?.data).toBe(node.data);
      }
      for (const sid of sidsOf(e)) {
        expect(textOfServer(e, sid)).toEqual(model.text());
        expect(serverState(e, sid)?.zks?.outstandingChanges).toEqual([]);
      }
    }),
    { numRuns: 25 },
  );
});

/* ---- with crashes ---- */

const troubles = fc.array(
  fc.record({
    what: fc.constantFrom(
      ...(['write', 'write', 'write', 'write', 'slow', 'crash', 'crash leader'] as const),
      ...(['restart', 'restart'] as const),
    ),
    client: fc.nat(2),
    name: fc.nat(30),
    pause: fc.constantFrom(0, 2, 8, 12, 30, 900),
  }),
  { minLength: 10, maxLength: 30, size: 'max' },
);

test('whatever crashes, a write that was answered is there for good, at each server, once', () => {
  fc.assert(
    fc.property(troubles, fc.nat(1000), (list, seed) => {
      const config = { ...DEFAULT_ZOO_CONFIG, tickTime: 200, snapCount: 8 };
      const e = servingEnsemble(3, { seed, config, jitterMicros: 500 });
      const clients = [1, 2, 3].map((sid) => newSession(e, sid, 4000));
      const at = new Map(clients.map((client, i) => [client, i + 1]));
      const asked: (Asked & { path: string })[] = [];
      let n = 0;
      for (const { what, client, pause } of list) {
        const who = clients[client] as RawClient;
        const up = sidsOf(e).filter((sid) => serverState(e, sid) !== undefined);
        if (what === 'write') {
          n += 1;
          const body = create(`/w${n}-`, 2);
          if (who.isClosed()) reconnect(e, who, at);
          if (!who.isClosed())
            asked.push({ client: who, xid: who.send(body), body, path: `/w${n}-` });
        } else if (what === 'restart') {
          const down = sidsOf(e).find((sid) => serverState(e, sid) === undefined);
          if (down !== undefined) give(e, { type: 'restart', process: serverName(down) });
        } else if (what === 'slow') {
          // Who is slower than the leader has not logged yet what the leader has.
          const process = serverName(client + 1);
          give(e, { type: 'disk', process, fault: 'slow', ms: 60 });
        } else {
          const victim = what === 'crash leader' ? leaderSid(e) : up[client % up.length];
          if (victim !== undefined) give(e, { type: 'crash', process: serverName(victim) });
        }
        pass(e, pause);
        collect(asked, clients);
      }
      for (const sid of sidsOf(e)) {
        if (serverState(e, sid) === undefined)
          give(e, { type: 'restart', process: serverName(sid) });
      }
      pass(e, 9000);
      collect(asked, clients);
      const answered = asked.filter(({ reply }) => reply?.err === 'OK');
      const leader = leaderSid(e);
      expect(leader).toBeDefined();
      const trees = sidsOf(e).map((sid) => serverState(e, sid)?.db.tree);
      for (const tree of trees) {
        if (tree === undefined) throw new Error('a server is down');
        for (const { reply, path: prefix } of answered) {
          const made = childrenOf(tree, '/').filter((name) => `/${name}`.startsWith(prefix));
          const created = reply?.body?.path ?? 'no path';
          expect(made).toEqual([created.slice(1)]);
          const node = getNode(tree, created);
          expect(node?.czxid).toBe(reply?.zxid);
        }
      }
      const [first, ...others] = trees.map((tree) => tree?.table.digest);
      for (const digest of others) expect(digest).toBe(first);
      // Memory is what the disk holds: a restart changes nothing.
      for (const sid of sidsOf(e)) {
        give(e, { type: 'crash', process: serverName(sid) });
        give(e, { type: 'restart', process: serverName(sid) });
        pass(e, 5);
        expect(serverState(e, sid)?.db.tree.table.digest).toBe(first);
      }
    }),
    { numRuns: 25 },
  );
});

/** To any server that is up; the session may be gone by now, then it makes a new one. */
function reconnect(e: Ensemble, client: RawClient, at: Map<RawClient, number>): void {
  for (let tries = 0; tries < 3; tries += 1) {
    const sid = ((at.get(client) ?? 0) % 3) + 1;
    at.set(client, sid);
    if (serverState(e, sid) === undefined) continue;
    client.connect(sid, 4000);
    const answer = client.connected(100);
    if (answer !== undefined && answer.timeOut > 0) return;
  }
}
