/**
 * A standalone server, seen through its client port only, against a plain and slow model
 * of the znode tree; and what it has answered against what a crash leaves of it.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textToBytes } from '../../base/bytes';
import type { TraceId } from '../../base/traceId';
import { probeName, serverName } from '../../bridge/names';
import type { DiskImage, Effects, LocalWork, MachineEvent, ServerSpec } from '../../bridge/process';
import { DEFAULT_TIMING } from '../../bridge/process';
import { DEFAULT_ZOO_CONFIG } from '../../zk/config';
import type { ErrorName } from '../../zk/errorCode';
import type { SessionId, Zxid } from '../../zk/ids';
import { NO_SESSION } from '../../zk/ids';
import type { ClientReply, ConnectResponse, Packet } from '../../zk/packets';
import { nameOf, parentOf, validatePath } from '../../zk/paths';
import type { ReplyBody, RequestBody, Stat } from '../../zk/records';
import { OPEN_ACL } from '../../zk/records';
import { applyDiskOp, loseUnsynced } from '../database/disk';
import type { ServerState } from './machine';
import { serverMachine } from './server';

/* ---- one server and a driver that knows nothing but its agenda ---- */

interface Item {
  at: number;
  n: number;
  event: MachineEvent;
  timer?: string;
}

class Host {
  readonly disk: DiskImage;
  readonly sent: Record<string, Packet[]> = {};
  readonly closed = new Set<string>();
  private readonly state: ServerState;
  private now = 0;
  private n = 0;
  private agenda: Item[] = [];

  constructor(disk: DiskImage) {
    this.disk = disk;
    const spec: ServerSpec = {
      type: 'server',
      name: serverName(1),
      sid: 1,
      voters: [1],
      config: { ...DEFAULT_ZOO_CONFIG, snapCount: 40 },
      switches: [],
      incarnation: 0,
      startAt: 0,
      seed: 1,
      timing: DEFAULT_TIMING,
      disk: structuredClone(disk),
    };
    this.state = serverMachine.start(spec, this.effects());
  }

  private effects(): Effects {
    const push = (delay: number, event: MachineEvent, timer?: string) => {
      this.n += 1;
      this.agenda.push({ at: this.now + delay, n: this.n, event, timer });
    };
    const forget = (name: string) => {
      this.agenda = this.agenda.filter((item) => item.timer !== name);
    };
    const id = () => {
      this.n += 1;
      return this.n as TraceId;
    };
    return {
      now: this.now,
      head: id(),
      send: (conn, packet) => {
        const packets = this.sent[conn] ?? [];
        packets.push(packet);
        this.sent[conn] = packets;
        return id();
      },
      open: () => {
        throw new Error('a standalone server opens no connection');
      },
      accept: () => undefined,
      refuse: (conn) => this.closed.add(conn),
      close: (conn) => this.closed.add(conn),
      later: (delay: number, work: LocalWork) => push(delay, { type: 'local', work }),
      setTimer: (name, delay, data) => {
        forget(name);
        push(delay, { type: 'local', work: { timer: name, data } }, name);
      },
      clearTimer: forget,
      random: (_, bound) => (this.n * 7919) % bound,
      trace: id,
      traceRequest: id,
      describe: () => undefined,
      describeWork: () => undefined,
      disk: (op) => applyDiskOp(this.disk, op),
      touch: () => undefined,
      exit: (code, reason) => {
        throw new Error(`exit ${code}: ${reason}`);
      },
    } as Effects;
  }

  deliver(event: MachineEvent): void {
    serverMachine.step(this.state, event, this.effects());
    serverMachine.check(this.state);
  }

  /** Lets `ms` of virtual time pass. */
  run(ms: number): void {
    const end = this.now + ms * 1000;
    for (;;) {
      this.agenda.sort((a, b) => a.at - b.at || a.n - b.n);
      const next = this.agenda[0];
      if (next === undefined || next.at > end) break;
      this.agenda.shift();
      this.now = next.at;
      this.deliver(next.event);
    }
    this.now = end;
  }
}

/** A raw connection with a session, as the conformance probe has it. */
class Client {
  readonly host: Host;
  readonly conn: string;
  readonly sessionId: SessionId;
  private xid = 0;

  constructor(host: Host, conn: string) {
    this.host = host;
    this.conn = conn;
    const from = probeName('1');
    const sent = 0 as TraceId;
    host.deliver({ type: 'connect', conn, channel: 'client', from, sent });
    const passwd = '0'.repeat(32);
    const lastZxidSeen = 0 as Zxid;
    const packet: Packet = {
      kind: 'CONNECT',
      lastZxidSeen,
      timeOut: 40000,
      sessionId: NO_SESSION,
      passwd,
      readOnly: false,
    };
    host.deliver({ type: 'message', conn, packet, from, channel: 'client', sent });
    host.run(50);
    const answer = host.sent[conn]?.shift() as ConnectResponse;
    expect(answer).toMatchObject({ kind: 'CONNECTED', timeOut: 40000 });
    this.sessionId = answer.sessionId;
  }

  /** Sends all at once, as one write would, and returns the answers. */
  ask(bodies: readonly RequestBody[]): ClientReply[] {
    const { host, conn } = this;
    const from = probeName('1');
    const first = this.xid + 1;
    for (const body of bodies) {
      this.xid += 1;
      const packet: Packet = { kind: 'REQUEST', xid: this.xid, body };
      host.deliver({ type: 'message', conn, packet, from, channel: 'client', sent: 0 as TraceId });
    }
    host.run(500);
    const replies = (host.sent[conn] ?? []).splice(0) as ClientReply[];
    expect(replies.map((reply) => reply.xid)).toEqual(bodies.map((_, i) => first + i));
    return replies;
  }
}

/* ---- the model: what the reference says a client sees ---- */

interface ModelNode {
  data: string | null;
  czxid: number;
  mzxid: number;
  pzxid: number;
  version: number;
  created: number;
  deleted: number;
  owner: SessionId;
}

const SYSTEM = ['/', '/zookeeper', '/zookeeper/quota', '/zookeeper/config'];

class Model {
  readonly nodes = new Map<string, ModelNode>();
  zxid = 0;

  constructor() {
    const bare = { czxid: 0, mzxid: 0, pzxid: 0, version: 0, created: 0, deleted: 0 };
    for (const path of SYSTEM) this.nodes.set(path, { data: '', ...bare, owner: NO_SESSION });
    // The system nodes were never created, so their parents never counted them.
    this.node('/').deleted = -1;
    this.node('/zookeeper').deleted = -2;
  }

  private node(path: string): ModelNode {
    return this.nodes.get(path) as ModelNode;
  }

  private parent(path: string): string {
    return parentOf(path) === '' ? '/' : parentOf(path);
  }

  children(path: string): string[] {
    const below = [...this.nodes.keys()].filter((p) => p !== '/' && this.parent(p) === path);
    return below.map(nameOf).sort();
  }

  stat(path: string): Partial<Stat> {
    const node = this.node(path);
    return {
      czxid: node.czxid as Zxid,
      mzxid: node.mzxid as Zxid,
      pzxid: node.pzxid as Zxid,
      version: node.version,
      cversion: node.created + node.deleted,
      ephemeralOwner: node.owner,
      dataLength: node.data?.length ?? 0,
      numChildren: this.children(path).length,
    };
  }

  answer(body: RequestBody, session: SessionId): { err: ErrorName; body?: object } {
    switch (body.op) {
      case 'create':
      case 'create2':
        this.zxid += 1;
        return this.create(body, session);
      case 'delete':
        this.zxid += 1;
        return { err: this.delete(body.path as string, body.version) };
      case 'setData': {
        this.zxid += 1;
        const path = body.path as string;
        const node = this.nodes.get(path);
        if (validatePath(path) !== undefined) return { err: 'BADARGUMENTS' };
        if (node === undefined) return { err: 'NONODE' };
        if (body.version !== -1 && body.version !== node.version) return { err: 'BADVERSION' };
        node.data = body.data;
        node.version += 1;
        node.mzxid = this.zxid;
        return { err: 'OK', body: { stat: this.stat(path) } };
      }
      default:
        return this.read(body);
    }
  }

  private create(
    body: Extract<RequestBody, { flags: number }>,
    session: SessionId,
  ): { err: ErrorName; body?: object } {
    let path = body.path as string;
    const parentPath = this.parent(path);
    const parent = this.nodes.get(parentPath);
    if (body.flags > 3 || !path.includes('/')) return { err: 'BADARGUMENTS' };
    if (body.acl === null || body.acl.length === 0) return { err: 'INVALIDACL' };
    if (parent === undefined) return { err: 'NONODE' };
    if (body.flags >= 2) path += String(parent.created).padStart(10, '0');
    if (validatePath(path) !== undefined) return { err: 'BADARGUMENTS' };
    if (this.nodes.has(path)) return { err: 'NODEEXISTS' };
    if (parent.owner !== NO_SESSION) return { err: 'NOCHILDRENFOREPHEMERALS' };
    const { zxid } = this;
    parent.created += 1;
    parent.pzxid = zxid;
    this.nodes.set(path, {
      data: body.data,
      czxid: zxid,
      mzxid: zxid,
      pzxid: zxid,
      version: 0,
      created: 0,
      deleted: 0,
      owner: body.flags % 2 === 1 ? session : NO_SESSION,
    });
    const answer = body.op === 'create' ? { path } : { path, stat: this.stat(path) };
    return { err: 'OK', body: answer };
  }

  private delete(path: string, version: number): ErrorName {
    if (!path.includes('/') || SYSTEM.includes(path)) return 'BADARGUMENTS';
    const node = this.nodes.get(path);
    if (node === undefined || !this.nodes.has(this.parent(path))) return 'NONODE';
    if (version !== -1 && version !== node.version) return 'BADVERSION';
    if (this.children(path).length > 0) return 'NOTEMPTY';
    this.removed(path);
    return 'OK';
  }

  private removed(path: string): void {
    this.nodes.delete(path);
    const parent = this.node(this.parent(path));
    parent.deleted += 1;
    parent.pzxid = this.zxid;
  }

  private read(body: RequestBody): { err: ErrorName; body?: object } {
    if (!('watch' in body)) throw new Error(`not a read: ${body.op}`);
    const path = body.path as string;
    const node = this.nodes.get(path);
    if (node === undefined) return { err: 'NONODE' };
    if (body.op === 'exists') return { err: 'OK', body: { stat: this.stat(path) } };
    if (body.op === 'getData') {
      return { err: 'OK', body: { data: node.data, stat: this.stat(path) } };
    }
    const children = this.children(path);
    if (body.op === 'getChildren') return { err: 'OK', body: { children } };
    return { err: 'OK', body: { children, stat: this.stat(path) } };
  }

  close(session: SessionId): void {
    this.zxid += 1;
    for (const [path, node] of [...this.nodes]) if (node.owner === session) this.removed(path);
  }
}

/** The order of children on the wire is tested with the tree; here they are a set. */
function comparable(body: ReplyBody | undefined): ReplyBody | undefined {
  return body?.children === undefined ? body : { ...body, children: [...body.children].sort() };
}

function compare(
  replies: readonly ClientReply[],
  bodies: RequestBody[],
  model: Model,
  who: Client,
) {
  bodies.forEach((body, i) => {
    const expected = model.answer(body, who.sessionId);
    const reply = replies[i] as ClientReply;
    const told = JSON.stringify(body);
    expect({ told, err: reply.err }).toEqual({ told, err: expected.err });
    if (expected.body !== undefined) {
      expect({ told, ...comparable(reply.body) }).toMatchObject({ told, ...expected.body });
    } else expect(reply.body ?? {}).toEqual({});
  });
}

/* ---- what clients do ---- */

const path = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom('/a', '/b', '/a/b', '/a/c', '/a/b/c', '/b/a', '/seq-') },
  { weight: 2, arbitrary: fc.constantFrom('/a/', '/a//b', '/a/..', 'a', '/', '/zookeeper') },
  { weight: 1, arbitrary: fc.constantFrom('/zookeeper/quota', '/zookeeper/x', '/a\u0001') },
);
const data = fc.constantFrom(null, '', 'x', textToBytes('\u00fc\u65e5'), 'long'.repeat(50));
const version = fc.constantFrom(-1, -1, 0, 0, 1, 2, -2);
const acl = fc.constantFrom(OPEN_ACL, OPEN_ACL, OPEN_ACL, OPEN_ACL, OPEN_ACL, OPEN_ACL, [], null);

const request: fc.Arbitrary<RequestBody> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      op: fc.constantFrom<'create' | 'create2'>('create', 'create2'),
      path,
      data,
      acl,
      flags: fc.constantFrom(0, 0, 0, 1, 2, 3),
    }),
  },
  { weight: 3, arbitrary: fc.record({ op: fc.constant<'delete'>('delete'), path, version }) },
  {
    weight: 3,
    arbitrary: fc.record({ op: fc.constant<'setData'>('setData'), path, data, version }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      op: fc.constantFrom<'exists' | 'getData' | 'getChildren' | 'getChildren2'>(
        'exists',
        'getData',
        'getChildren',
        'getChildren2',
      ),
      path,
      watch: fc.constant(false),
    }),
  },
);

const batches = fc.array(
  fc.record({
    client: fc.nat(1),
    bodies: fc.array(request, { minLength: 1, maxLength: 8 }),
    next: fc.constantFrom('go on', 'go on', 'go on', 'close', 'crash'),
  }),
  { minLength: 1, maxLength: 14, size: 'max' },
);

function everyNode(model: Model): RequestBody[] {
  return [...model.nodes.keys()].flatMap((p): RequestBody[] => [
    { op: 'getData', path: p, watch: false },
    { op: 'getChildren2', path: p, watch: false },
  ]);
}

test('each answer of a standalone server is the model\u2019s, and what it answered outlives a crash', () => {
  fc.assert(
    fc.property(batches, (list) => {
      const model = new Model();
      let host = new Host({});
      let opened = 0;
      const connect = (): Client => {
        opened += 1;
        model.zxid += 1;
        return new Client(host, `c${opened}`);
      };
      let clients = [connect(), connect()];
      for (const { client, bodies, next } of list) {
        const who = clients[client] as Client;
        compare(who.ask(bodies), bodies, model, who);
        if (next === 'close') {
          expect(who.ask([{ op: 'closeSession' }])[0]?.err).toBe('OK');
          expect(host.closed.has(who.conn)).toBe(true);
          model.close(who.sessionId);
          clients[client] = connect();
        } else if (next === 'crash') {
          loseUnsynced(host.disk);
          host = new Host(host.disk);
          host.run(50);
          // The sessions live on in the database, and so do their ephemeral nodes.
          clients = [connect(), connect()];
        }
      }
      const reads = everyNode(model);
      const last = clients[0] as Client;
      compare(last.ask(reads), reads, model, last);
    }),
    { numRuns: 200 },
  );
});
