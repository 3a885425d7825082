/**
 * What a client hears of its watches at a real server, against a slow model of one flat list: reads
 * with watches, addWatch, removeWatches, a lost connection and setWatches2, writes, the end of the
 * session that owns ephemeral nodes, closed or expired, and the expiry of the one that watches.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Zxid } from '../../../zk/ids';
import { parentOf } from '../../../zk/paths';
import type { RequestBody } from '../../../zk/records';
import { Asker, make, standalone } from '../../world/clientApi.test-support';
import { watchCount } from '../../database/watchManager';
import { type Ensemble, pass, serverState } from '../../world/ensemble.test-support';

type Mode = 'plain' | 'persistent' | 'recursive';
type Table = 'data' | 'child';
/** By table and path: one watch of a connection each. */
type Held = Record<Table, Map<string, Mode>>;
type Nodes = Map<string, { mzxid: number; pzxid: number; owned: boolean }>;

class Model {
  held: Held = { data: new Map(), child: new Map() };
  readonly nodes: Nodes = new Map();
  heard: string[] = [];

  fire(path: string, type: string): void {
    const tables: Table[] =
      type === 'NodeDeleted'
        ? ['data', 'child']
        : type === 'NodeChildrenChanged'
          ? ['child']
          : ['data'];
    let told = false;
    for (const table of tables) {
      for (const [at, mode] of [...this.held[table]]) {
        const isOwn = at === path && (mode !== 'recursive' || type !== 'NodeChildrenChanged');
        const isBelow =
          mode === 'recursive' && type !== 'NodeChildrenChanged' && path.startsWith(`${at}/`);
        if (!isOwn && !isBelow) continue;
        told = true;
        if (mode === 'plain') this.held[table].delete(at);
      }
    }
    if (told) this.heard.push(`${type} ${path}`);
  }

  create(path: string, zxid: number, owned: boolean): void {
    this.nodes.set(path, { mzxid: zxid, pzxid: zxid, owned });
    this.childOf(path, zxid);
    this.fire(path, 'NodeCreated');
    this.fire(parentOf(path) || '/', 'NodeChildrenChanged');
  }

  remove(path: string, zxid: number): void {
    this.nodes.delete(path);
    this.childOf(path, zxid);
    this.fire(path, 'NodeDeleted');
    this.fire(parentOf(path) || '/', 'NodeChildrenChanged');
  }

  private childOf(path: string, zxid: number): void {
    const parent = this.nodes.get(parentOf(path));
    if (parent !== undefined) parent.pzxid = zxid;
  }
}

const path = fc.constantFrom('/a', '/a', '/b', '/a/x', '/a/x', '/a/x/z');
const step = fc.record({
  do: fc.constantFrom(
    ...([
      'create',
      'create',
      'ephemeral',
      'delete',
      'set',
      'set',
      'get',
      'exists',
      'list',
    ] as const),
    ...(['persistent', 'recursive', 'unwatch', 'back', 'close'] as const),
    ...(['expire', 'expire cut off', 'watcher expires'] as const),
  ),
  path,
});

const READ = { op: 'exists', path: '/', watch: false } as const;
/** Of every session, ms: longer than all steps between two that are heard from. */
const TIMEOUT_MS = 12_000;
/** The timeout, and what its rounding up to a tick adds. */
const EXPIRED_MS = TIMEOUT_MS + 2 * 2000;

/** Until sessions that are not heard from have expired; the others are. */
function passExpiry(e: Ensemble, others: readonly Asker[]): void {
  for (let ms = 0; ms < EXPIRED_MS; ms += 2000) {
    pass(e, 2000);
    for (const other of others) other.ask(READ);
  }
}

test('a client hears exactly what the slow model says', () => {
  let heardInAll = 0;
  const ends = { closed: 0, expired: 0, expiredWithNode: 0, watcher: 0 };
  fc.assert(
    fc.property(fc.array(step, { minLength: 30, maxLength: 60, size: 'max' }), (steps) => {
      const e = standalone();
      const open = () => new Asker(e, 1, TIMEOUT_MS);
      const c = open();
      let b = open();
      let a = open();
      let seen = b.ask({ op: 'exists', path: '/', watch: false }).zxid;
      const model = new Model();
      let read = 0;
      const { held, nodes } = model;
      for (const { do: what, path: p } of steps) {
        const node = nodes.get(p);
        const write = (body: RequestBody) => (what === 'ephemeral' ? a : c).ask(body);
        if (what === 'create' || what === 'ephemeral') {
          const reply = write(make(p, { flags: what === 'ephemeral' ? 1 : 0 }));
          if (reply.err === 'OK') model.create(p, reply.zxid, what === 'ephemeral');
        } else if (what === 'delete') {
          const reply = write({ op: 'delete', path: p, version: -1 });
          if (reply.err === 'OK') model.remove(p, reply.zxid);
        } else if (what === 'set') {
          const reply = write({ op: 'setData', path: p, data: 'x', version: -1 });
          if (reply.err === 'OK' && node !== undefined) {
            node.mzxid = reply.zxid;
            model.fire(p, 'NodeDataChanged');
          }
        } else if (what === 'get' || what === 'exists') {
          const op = what === 'get' ? 'getData' : 'exists';
          b.ask({ op, path: p, watch: true });
          if (what === 'exists' || node !== undefined) held.data.set(p, 'plain');
        } else if (what === 'list') {
          b.ask({ op: 'getChildren', path: p, watch: true });
          if (node !== undefined) held.child.set(p, 'plain');
        } else if (what === 'persistent' || what === 'recursive') {
          b.ask({ op: 'addWatch', path: p, mode: what === 'persistent' ? 0 : 1 });
          for (const table of [held.data, held.child]) table.set(p, what);
        } else if (what === 'unwatch') {
          const was = held.data.has(p) || held.child.has(p);
          expect(b.err({ op: 'removeWatches', path: p, type: 3 })).toBe(was ? 'OK' : 'NOWATCHER');
          for (const table of [held.data, held.child]) table.delete(p);
        } else if (what === 'close' || what === 'expire' || what === 'expire cut off') {
          // Several go in the order of a hash set, which is another test's matter.
          const owned = [...nodes].filter(([, { owned: is }]) => is).map(([at]) => at);
          if (owned.length > 1) continue;
          let { zxid } = what === 'close' ? a.ask({ op: 'closeSession' }) : b.ask(READ);
          ends[what === 'close' ? 'closed' : 'expired'] += 1;
          if (what !== 'close') {
            if (what === 'expire cut off') a.client.close();
            passExpiry(e, [b, c]);
            const after = c.ask(READ).zxid;
            // The end of a session is one txn.
            expect(after).toBe(zxid + 1);
            zxid = after;
            ends.expiredWithNode += owned.length;
          }
          for (const at of owned) model.remove(at, zxid);
          a = open();
        } else if (what === 'watcher expires') {
          // What happens before its session ends is still told.
          if (c.err({ op: 'setData', path: p, data: 'z', version: -1 }) === 'OK') {
            (node as { mzxid: number }).mzxid = c.ask(READ).zxid;
            model.fire(p, 'NodeDataChanged');
          }
          passExpiry(e, [a, c]);
          const events = b.events().map(({ type, path: at }) => `${type} ${at}`);
          expect(events.slice(read), what).toEqual(model.heard);
          expect(b.client.isClosed()).toBe(true);
          const tables = serverState(e, 1)?.watches;
          expect(tables === undefined ? -1 : watchCount(tables)).toBe(0);
          ends.watcher += 1;
          held.data.clear();
          held.child.clear();
          model.heard = [];
          read = 0;
          b = open();
        } else {
          const plain = [...held.data].filter(([, mode]) => mode === 'plain').map(([at]) => at);
          const lists = {
            data: plain.filter((at) => nodes.has(at)),
            exist: plain.filter((at) => !nodes.has(at)),
            child: [...held.child].filter(([, mode]) => mode === 'plain').map(([at]) => at),
            persistent: [...held.data].filter(([, m]) => m === 'persistent').map(([at]) => at),
            persistentRecursive: [...held.data]
              .filter(([, m]) => m === 'recursive')
              .map(([at]) => at),
          };
          b.client.close();
          pass(e, 5);
          // Something happens while it is away.
          const away = c.ask({ op: 'setData', path: p, data: 'y', version: -1 });
          if (node !== undefined) node.mzxid = away.zxid;
          b.client.connect(1, TIMEOUT_MS);
          b.client.connected();
          b.ask({ op: 'setWatches2', relativeZxid: seen as Zxid, lists });
          held.data.clear();
          held.child.clear();
          model.heard = [];
          read = 0;
          for (const at of lists.data) {
            if ((nodes.get(at)?.mzxid ?? 0) > seen) model.heard.push(`NodeDataChanged ${at}`);
            else held.data.set(at, 'plain');
          }
          for (const at of lists.exist) held.data.set(at, 'plain');
          for (const at of lists.child) {
            const now = nodes.get(at);
            if (now === undefined) model.heard.push(`NodeDeleted ${at}`);
            else if (now.pzxid > seen) model.heard.push(`NodeChildrenChanged ${at}`);
            else held.child.set(at, 'plain');
          }
          for (const table of [held.data, held.child]) {
            for (const at of lists.persistent) table.set(at, 'persistent');
            for (const at of lists.persistentRecursive) table.set(at, 'recursive');
          }
        }
        seen = b.ask({ op: 'exists', path: '/', watch: false }).zxid;
        const events = b.events().map(({ type, path: at }) => `${type} ${at}`);
        expect(events.slice(read), `${what} ${p}`).toEqual(model.heard);
        heardInAll += model.heard.length;
        read = events.length;
        model.heard = [];
      }
    }),
    { numRuns: 60 },
  );
  expect(heardInAll).toBeGreaterThan(100);
  for (const [end, count] of Object.entries(ends)) expect(count, end).toBeGreaterThan(10);
});
