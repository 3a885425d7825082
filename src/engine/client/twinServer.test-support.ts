/**
 * A dumb twin of one standalone server, for replaying recorded dialogues: a map
 * of nodes and a counter, no queues, no time, no other clients' connections.
 */
import { NO_SESSION, type SessionId, type Zxid } from '../../zk/ids';
import type { ErrorName } from '../../zk/errorCode';
import type { ReplyBody, RequestBody, Stat } from '../../zk/records';
import { nameOf, parentOf } from '../../zk/paths';

interface Node {
  data: string | null;
  created: number;
  czxid: number;
  mzxid: number;
  pzxid: number;
  version: number;
  owner: SessionId;
}

const TIME = 1_790_000_000_000;

export class TwinServer {
  readonly nodes = new Map<string, Node>();
  /** Zxid of the last txn. */
  zxid: number;
  #sessions = 0;

  constructor(zxid = 0) {
    this.zxid = zxid;
    for (const path of ['/', '/zookeeper', '/zookeeper/quota', '/zookeeper/config']) {
      this.nodes.set(path, node('', 0, NO_SESSION));
    }
  }

  openSession(): SessionId {
    this.zxid += 1;
    this.#sessions += 1;
    return `01000000000000${String(this.#sessions).padStart(2, '0')}` as SessionId;
  }

  closeSession(session: SessionId): void {
    this.zxid += 1;
    for (const [path, { owner }] of [...this.nodes]) if (owner === session) this.#remove(path);
  }

  handle(session: SessionId, body: RequestBody): { err: ErrorName; body?: ReplyBody } {
    switch (body.op) {
      case 'create':
      case 'create2':
        return this.#create(session, body.path as string, body.data, body.flags);
      case 'delete':
        return this.#delete(body.path as string, body.version);
      case 'setData': {
        this.zxid += 1;
        const found = this.nodes.get(body.path as string);
        if (found === undefined) return { err: 'NONODE' };
        if (body.version !== -1 && body.version !== found.version) return { err: 'BADVERSION' };
        Object.assign(found, { data: body.data, version: found.version + 1, mzxid: this.zxid });
        return { err: 'OK', body: { stat: this.#stat(body.path as string) } };
      }
      case 'multi': {
        // Only what deleteall sends: deletions that succeed together.
        const zxid = this.zxid + 1;
        const doomed = body.ops.find((op) => op.path === '/' || op.path?.startsWith('/zookeeper'));
        if (doomed !== undefined) {
          this.zxid = zxid;
          return { err: 'OK', body: { results: [{ op: 'error', err: 'BADARGUMENTS' }] } };
        }
        for (const op of body.ops) this.#delete(op.path as string, -1);
        this.zxid = zxid;
        for (const node of this.nodes.values()) node.pzxid = Math.min(node.pzxid, zxid);
        return { err: 'OK', body: { results: body.ops.map(() => ({ op: 'delete', err: 'OK' })) } };
      }
      case 'sync':
        return { err: 'OK', body: { path: body.path } };
      case 'closeSession':
        this.closeSession(session);
        return { err: 'OK', body: {} };
      case 'exists':
      case 'getData':
      case 'getChildren':
      case 'getChildren2': {
        const path = body.path as string;
        const found = this.nodes.get(path);
        if (found === undefined) return { err: 'NONODE' };
        const children = this.#children(path).reverse();
        return { err: 'OK', body: { stat: this.#stat(path), data: found.data, children } };
      }
      default:
        throw new Error(`the twin has no ${body.op}`);
    }
  }

  #create(session: SessionId, asked: string, data: string | null, flags: number) {
    this.zxid += 1;
    const parent = this.nodes.get(parentOf(asked) || '/');
    if (parent === undefined) return { err: 'NONODE' as const };
    const suffix = flags >= 2 ? String(parent.created).padStart(10, '0') : '';
    const path = asked + suffix;
    if (this.nodes.has(path)) return { err: 'NODEEXISTS' as const };
    if (parent.owner !== NO_SESSION) return { err: 'NOCHILDRENFOREPHEMERALS' as const };
    parent.created += 1;
    parent.pzxid = this.zxid;
    this.nodes.set(path, node(data, this.zxid, flags % 2 === 1 ? session : NO_SESSION));
    return { err: 'OK' as const, body: { path } };
  }

  #delete(path: string, version: number): { err: ErrorName; body?: ReplyBody } {
    this.zxid += 1;
    if (path === '/' || path === '/zookeeper') return { err: 'BADARGUMENTS' };
    const found = this.nodes.get(path);
    if (found === undefined) return { err: 'NONODE' };
    if (version !== -1 && version !== found.version) return { err: 'BADVERSION' };
    if (this.#children(path).length > 0) return { err: 'NOTEMPTY' };
    this.#remove(path);
    return { err: 'OK', body: {} };
  }

  #remove(path: string): void {
    this.nodes.delete(path);
    const parent = this.nodes.get(parentOf(path) || '/');
    if (parent !== undefined) parent.pzxid = this.zxid;
  }

  #children(path: string): string[] {
    const names = [...this.nodes.keys()]
      .filter((other) => other !== '/' && (parentOf(other) || '/') === path)
      .map(nameOf);
    return names.sort();
  }

  #stat(path: string): Stat {
    const found = this.nodes.get(path) as Node;
    const numChildren = this.#children(path).length;
    return {
      czxid: found.czxid as Zxid,
      mzxid: found.mzxid as Zxid,
      pzxid: found.pzxid as Zxid,
      ctime: found.czxid === 0 ? 0 : TIME,
      mtime: found.mzxid === 0 ? 0 : TIME,
      version: found.version,
      cversion: found.created * 2 - numChildren,
      aversion: 0,
      ephemeralOwner: found.owner,
      dataLength: found.data?.length ?? 0,
      numChildren,
    };
  }
}

function node(data: string | null, zxid: number, owner: SessionId): Node {
  return { data, created: 0, czxid: zxid, mzxid: zxid, pzxid: zxid, version: 0, owner };
}
