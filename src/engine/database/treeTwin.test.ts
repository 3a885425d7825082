/** The tree against a plain, slow twin, and the laws of replay, on random histories. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SessionId, Zxid } from '../../zk/ids';
import { NO_SESSION } from '../../zk/ids';
import { nameOf, parentOf } from '../../zk/paths';
import type { LoggedTxn, Txn } from '../../zk/records';
import { OPEN_ACL } from '../../zk/records';
import type { DataTree } from './dataTree';
import {
  childrenOf,
  createDataTree,
  ephemeralOwners,
  ephemeralsOf,
  imageOfTree,
  listNodes,
  processTxn,
  statOf,
  treeDigestLike,
  treeOfImage,
} from './dataTree';

interface Wish {
  do: 'create' | 'delete' | 'setData' | 'close' | 'error';
  path: string;
  session: number;
  ephemeral: boolean;
}

const name = fc.constantFrom('a', 'b', 'c');
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => `/${names.join('/')}`);
const wishes: fc.Arbitrary<Wish[]> = fc.array(
  fc.record({
    do: fc.constantFrom<Wish['do']>(
      ...(['create', 'create', 'create', 'delete', 'setData', 'close', 'error'] as const),
    ),
    path,
    session: fc.nat(2),
    ephemeral: fc.boolean(),
  }),
  { maxLength: 120, size: 'max' },
);

interface TwinNode {
  data: string;
  czxid: number;
  mzxid: number;
  pzxid: number;
  version: number;
  created: number;
  owner: SessionId;
}
type Twin = Map<string, TwinNode>;

const sessionOf = (n: number) => `010000000000${n.toString(16).padStart(4, '0')}` as SessionId;
const childPaths = (twin: Twin, parent: string) =>
  [...twin.keys()].filter((p) => p !== '' && parentOf(p) === parent);

function emptyTwin(): Twin {
  const bare = { data: '', czxid: 0, mzxid: 0, pzxid: 0, version: 0, created: 0 };
  return new Map(
    ['', '/zookeeper', '/zookeeper/config', '/zookeeper/quota'].map((p) => [
      p,
      { ...bare, owner: NO_SESSION },
    ]),
  );
}

/** Does the wish to the twin by the words of the reference; the txn that a leader would make. */
function fulfil(twin: Twin, wish: Wish, zxid: number): Txn {
  const node = twin.get(wish.path);
  const parent = twin.get(parentOf(wish.path));
  switch (wish.do) {
    case 'create': {
      if (parent === undefined) return { type: 'error', err: 'NONODE' };
      if (node !== undefined) return { type: 'error', err: 'NODEEXISTS' };
      if (parent.owner !== NO_SESSION) return { type: 'error', err: 'NOCHILDRENFOREPHEMERALS' };
      const owner = wish.ephemeral ? sessionOf(wish.session) : NO_SESSION;
      parent.created += 1;
      parent.pzxid = zxid;
      const born = { data: `d${zxid}`, czxid: zxid, mzxid: zxid, pzxid: zxid };
      twin.set(wish.path, { ...born, version: 0, created: 0, owner });
      return {
        type: zxid % 2 === 0 ? 'create' : 'create2',
        path: wish.path,
        data: `d${zxid}`,
        acl: OPEN_ACL,
        ephemeral: wish.ephemeral,
        parentCVersion: parent.created,
      };
    }
    case 'delete':
      if (node === undefined || parent === undefined) return { type: 'error', err: 'NONODE' };
      if (childPaths(twin, wish.path).length > 0) return { type: 'error', err: 'NOTEMPTY' };
      parent.pzxid = zxid;
      twin.delete(wish.path);
      return { type: 'delete', path: wish.path };
    case 'setData':
      if (node === undefined) return { type: 'error', err: 'NONODE' };
      node.data = `s${zxid}`;
      node.version += 1;
      node.mzxid = zxid;
      return { type: 'setData', path: wish.path, data: node.data, version: node.version };
    case 'close': {
      const owned = [...twin].filter(([, n]) => n.owner === sessionOf(wish.session));
      const paths2Delete = owned.map(([p]) => p);
      for (const p of paths2Delete) {
        twin.delete(p);
        (twin.get(parentOf(p)) as TwinNode).pzxid = zxid;
      }
      return { type: 'closeSession', paths2Delete };
    }
    case 'error':
      return { type: 'error', err: 'BADVERSION' };
  }
}

/** A session that was closed never acts again: whoever wants to has a new one. */
function withNewSessions(list: readonly Wish[]): Wish[] {
  const closed: Record<number, number> = {};
  return list.map((wish) => {
    const count = closed[wish.session] ?? 0;
    if (wish.do === 'close') closed[wish.session] = count + 1;
    return { ...wish, session: wish.session + 10 * count };
  });
}

function historyOf(list: readonly Wish[]): { twin: Twin; txns: LoggedTxn[] } {
  const twin = emptyTwin();
  const txns = withNewSessions(list).map((wish, i) => {
    const zxid = i + 1;
    const txn = fulfil(twin, wish, zxid);
    const clientId = sessionOf(wish.session);
    return { hdr: { clientId, cxid: i, zxid: zxid as Zxid, time: zxid, type: txn.type }, txn };
  });
  return { twin, txns };
}

function treeAfter(txns: readonly LoggedTxn[]): DataTree {
  const tree = createDataTree();
  for (const txn of txns) processTxn(tree, txn);
  return tree;
}

/** All that a client could ask of a tree. */
function contentOf(tree: DataTree): unknown {
  return {
    nodes: listNodes(tree, 1e6).map(({ path: p, node }) => [p, node, statOf(tree, p)]),
    ephemerals: ephemeralOwners(tree).map((owner) => [owner, ephemeralsOf(tree, owner)]),
    digest: treeDigestLike(tree),
    zxid: tree.lastProcessedZxid,
  };
}

test('the tree equals its plain twin after every history', () => {
  fc.assert(
    fc.property(wishes, (list) => {
      const { twin, txns } = historyOf(list);
      const tree = treeAfter(txns);
      const listed = listNodes(tree, 1e6).map((item) => (item.path === '/' ? '' : item.path));
      expect(listed).toEqual([...twin.keys()].sort());
      for (const [p, node] of twin) {
        if (p.startsWith('/zookeeper')) continue;
        const children = childPaths(twin, p);
        expect(statOf(tree, p), p).toMatchObject({
          czxid: node.czxid,
          mzxid: node.mzxid,
          pzxid: node.pzxid,
          version: node.version,
          // Creations and deletions; the root holds /zookeeper, which nobody created.
          cversion: node.created + (node.created - children.length),
          ephemeralOwner: node.owner,
          dataLength: node.data.length,
          numChildren: children.length,
        });
        if (node.owner !== NO_SESSION) expect(ephemeralsOf(tree, node.owner)).toContain(p);
        expect(childrenOf(tree, p).sort()).toEqual(children.map(nameOf).sort());
      }
    }),
    { numRuns: 150 },
  );
});

test('a log that is replayed from any record on leaves the tree as it was', () => {
  fc.assert(
    fc.property(wishes, fc.nat(), (list, from) => {
      const { txns } = historyOf(list);
      const tree = treeAfter(txns);
      const before = contentOf(tree);
      for (const txn of txns.slice(from % (txns.length + 1))) processTxn(tree, txn);
      expect(contentOf(tree)).toEqual(before);
    }),
    { numRuns: 300 },
  );
});

test('an image of any moment plus the rest of the log is the whole tree', () => {
  fc.assert(
    fc.property(wishes, fc.nat(), fc.nat(), (list, imageAt, replayFrom) => {
      const { txns } = historyOf(list);
      const at = imageAt % (txns.length + 1);
      const tree = createDataTree();
      let image = imageOfTree(tree);
      txns.forEach((txn, i) => {
        if (i === at) image = imageOfTree(tree);
        processTxn(tree, txn);
      });
      if (at === txns.length) image = imageOfTree(tree);
      const other = treeOfImage(image);
      // A log may begin before the snapshot does.
      for (const txn of txns.slice(replayFrom % (at + 1))) processTxn(other, txn);
      expect(contentOf(other)).toEqual(contentOf(tree));
      expect(contentOf(treeOfImage(image))).toEqual(contentOf(treeAfter(txns.slice(0, at))));
    }),
    { numRuns: 200 },
  );
});

test('two trees with different content have different digests', () => {
  fc.assert(
    fc.property(wishes, wishes, (one, two) => {
      const [a, b] = [one, two].map((list) => treeAfter(historyOf(list).txns));
      const nodes = (tree: DataTree | undefined) => listNodes(tree as DataTree, 1e6);
      const equal = JSON.stringify(nodes(a)) === JSON.stringify(nodes(b));
      expect(treeDigestLike(a as DataTree) === treeDigestLike(b as DataTree)).toBe(equal);
    }),
    { numRuns: 150 },
  );
});
