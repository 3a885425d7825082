/**
 * Laws of a tree that hold after every txn, on random histories of all kinds of txns: stats,
 * indexes of owners, digest, the counts of a quota, and multis that have all or no effect.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CONTAINER_OWNER, kindOfOwner } from '../../zk/ephemeralType';
import type { SessionId, Zxid } from '../../zk/ids';
import { NO_SESSION } from '../../zk/ids';
import { nameOf, parentOf } from '../../zk/paths';
import type { AclEntry, LoggedTxn, Txn } from '../../zk/records';
import { OPEN_ACL } from '../../zk/records';
import { containerCandidates, hasContainers } from './containers';
import type { DataTree } from './dataTree';
import {
  childCount,
  childrenOf,
  createDataTree,
  digestOf,
  ephemeralCount,
  ephemeralOwners,
  ephemeralsOf,
  getAllChildrenNumber,
  getNode,
  imageOfTree,
  listNodes,
  nodeCount,
  processTxn,
  statOf,
  treeDigestLike,
  treeOfImage,
} from './dataTree';
import { crcOfHead, crcOfNode, isUndigested } from './digest';
import { createTable, putNode } from './nodeTable';

interface Wish {
  do: 'create' | 'ephemeral' | 'container' | 'ttl' | 'delete' | 'setData' | 'setACL' | 'close';
  path: string;
  session: number;
  size: number;
}

const READ_ONLY: readonly AclEntry[] = [{ perms: 1, scheme: 'world', id: 'anyone' }];
const QUOTA = '/zookeeper/quota/a';

const name = fc.constantFrom('a', 'b', 'c');
const wish: fc.Arbitrary<Wish> = fc.record({
  do: fc.constantFrom<Wish['do']>(
    ...(['create', 'create', 'ephemeral', 'container', 'ttl'] as const),
    ...(['delete', 'setData', 'setACL', 'close'] as const),
  ),
  path: fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => `/${names.join('/')}`),
  session: fc.nat(2),
  size: fc.nat(5),
});
/** A list of more than one is a multi. */
const history = fc.array(fc.array(wish, { minLength: 1, maxLength: 3 }), {
  maxLength: 60,
  size: 'max',
});

const sessionOf = (n: number) => `010000000000000${n}` as SessionId;

/** The txn that a leader makes of a wish at this tree. */
function txnFor(tree: DataTree, { do: what, path, session, size }: Wish): Txn {
  const node = getNode(tree, path);
  const parent = getNode(tree, parentOf(path));
  if (what === 'close') return { type: 'closeSession', paths2Delete: [] };
  if (what === 'delete') {
    if (node === undefined) return { type: 'error', err: 'NONODE' };
    if (childCount(tree, path) > 0) return { type: 'error', err: 'NOTEMPTY' };
    return { type: session === 0 ? 'deleteContainer' : 'delete', path };
  }
  const data = size === 0 ? null : 'x'.repeat(size);
  if (what === 'setData' || what === 'setACL') {
    if (node === undefined) return { type: 'error', err: 'NONODE' };
    if (what === 'setData') return { type: 'setData', path, data, version: node.version + 1 };
    const acl = size < 3 ? READ_ONLY : OPEN_ACL;
    return { type: 'setACL', path, acl, version: node.aversion + 1 };
  }
  if (parent === undefined) return { type: 'error', err: 'NONODE' };
  if (node !== undefined) return { type: 'error', err: 'NODEEXISTS' };
  if (kindOfOwner(parent.ephemeralOwner) === 'ephemeral') {
    return { type: 'error', err: 'NOCHILDRENFOREPHEMERALS' };
  }
  const common = { path, data, acl: OPEN_ACL, parentCVersion: parent.cversion + 1 };
  if (what === 'container') return { type: 'createContainer', ...common };
  if (what === 'ttl') return { type: 'createTTL', ...common, ttl: size + 1 };
  const ephemeral = what === 'ephemeral';
  return { type: size % 2 === 0 ? 'create' : 'create2', ...common, ephemeral };
}

function entryOf(txn: Txn, session: number, zxid: number): LoggedTxn {
  const hdr = { clientId: sessionOf(session), cxid: 1, zxid: zxid as Zxid, time: zxid * 10 };
  return { hdr: { ...hdr, type: txn.type }, txn };
}

/** One zxid for all; what comes behind a refused one is not even looked at. */
function multiFor(tree: DataTree, wishes: readonly Wish[], zxid: number): Txn {
  const scratch = treeOfImage(imageOfTree(tree));
  const txns: Txn[] = [];
  for (const each of wishes) {
    const isRefused = txns.some((txn) => txn.type === 'error');
    const txn: Txn = isRefused
      ? { type: 'error', err: 'RUNTIMEINCONSISTENCY' }
      : txnFor(scratch, each.do === 'close' ? { ...each, do: 'delete' } : each);
    processTxn(scratch, entryOf(txn, wishes[0]?.session as number, zxid));
    txns.push(txn);
  }
  return { type: 'multi', txns };
}

/** A tree with a quota on /a, whose nodes exist before /a does. */
function treeWithQuota(): DataTree {
  const tree = createDataTree();
  const common = { acl: OPEN_ACL, ephemeral: false };
  const paths = [QUOTA, `${QUOTA}/zookeeper_limits`, `${QUOTA}/zookeeper_stats`];
  paths.forEach((path, i) => {
    const data = 'count=9,bytes=9';
    const txn: Txn = { type: 'create', path, data, ...common, parentCVersion: i === 2 ? 2 : 1 };
    processTxn(tree, entryOf(txn, 0, i + 1));
  });
  return tree;
}

/** Applies all wishes, and calls `check` before and after each txn. */
function live(
  list: readonly (readonly Wish[])[],
  check: (tree: DataTree, txn: Txn, before: unknown) => void,
): void {
  const tree = treeWithQuota();
  list.forEach((wishes, i) => {
    const zxid = i + 10;
    const [first] = wishes as [Wish];
    const txn = wishes.length === 1 ? txnFor(tree, first) : multiFor(tree, wishes, zxid);
    const before = contentOf(tree);
    processTxn(tree, entryOf(txn, first.session, zxid));
    check(tree, txn, before);
  });
}

function contentOf(tree: DataTree) {
  return listNodes(tree, 1e6).map(({ path, node }) => [path, node, statOf(tree, path)] as const);
}

test('the digests equal those that are counted anew from all nodes', () => {
  fc.assert(
    fc.property(history, (list) => {
      live(list, (tree) => {
        let digest = 0;
        const anew = createTable();
        for (const { path, node } of listNodes(tree, 1e6)) {
          const inner = path === '/' ? '' : path;
          if (!isUndigested(inner)) {
            digest += crcOfNode(crcOfHead(inner, node.data), node) >>> 0;
          }
          putNode(anew, inner, { ...node, head: -1, aclHash: -1 });
        }
        expect(digestOf(tree)).toBe(digest);
        expect(treeDigestLike(tree)).toBe(anew.shares);
        expect(anew.digest).toBe(digest);
      });
    }),
    { numRuns: 100 },
  );
});

test('the stat of every node agrees with the tree around it', () => {
  fc.assert(
    fc.property(history, (list) => {
      live(list, (tree) => {
        const all = listNodes(tree, 1e6);
        expect(nodeCount(tree)).toBe(all.length + 1);
        for (const { path, node } of all) {
          const stat = statOf(tree, path);
          const children = all.filter((o) => o.path !== '/' && parentOf(o.path) === innerOf(path));
          expect(childrenOf(tree, path).sort()).toEqual(children.map((o) => nameOf(o.path)).sort());
          expect(stat).toMatchObject({
            numChildren: children.length,
            cversion: node.cversion * 2 - children.length,
            dataLength: node.data?.length ?? 0,
          });
          expect(node.mzxid).toBeGreaterThanOrEqual(node.czxid);
          expect(node.pzxid).toBeGreaterThanOrEqual(node.czxid);
          expect(node.mtime).toBeGreaterThanOrEqual(node.ctime);
          for (const child of children) expect(node.pzxid).toBeGreaterThanOrEqual(child.node.czxid);
          const below = all.filter((o) => o.path.startsWith(`${innerOf(path)}/`)).length;
          expect(getAllChildrenNumber(tree, path)).toBe(path === '/' ? all.length - 1 : below);
        }
      });
    }),
    { numRuns: 40 },
  );
});

const innerOf = (path: string) => (path === '/' ? '' : path);

test('who owns what is known without a walk', () => {
  fc.assert(
    fc.property(history, (list) => {
      live(list, (tree) => {
        const owned = listNodes(tree, 1e6).filter((o) => o.node.ephemeralOwner !== NO_SESSION);
        const ephemerals = owned.filter((o) => kindOfOwner(o.node.ephemeralOwner) === 'ephemeral');
        const owners = new Set(ephemerals.map((o) => o.node.ephemeralOwner));
        expect(ephemeralOwners(tree)).toEqual([...owners].sort());
        expect(ephemeralCount(tree)).toBe(ephemerals.length);
        for (const owner of owners) {
          const paths = ephemerals.filter((o) => o.node.ephemeralOwner === owner);
          expect(ephemeralsOf(tree, owner).sort()).toEqual(paths.map((o) => o.path));
          expect(ephemeralCount(tree, owner)).toBe(paths.length);
        }
        expect(hasContainers(tree)).toBe(owned.length > ephemerals.length);
        const due = owned.filter(({ path, node }) => {
          if (childCount(tree, path) > 0 || ephemerals.some((o) => o.path === path)) return false;
          // Every TTL here is over by then.
          return node.ephemeralOwner === CONTAINER_OWNER ? node.cversion > 0 : true;
        });
        expect(containerCandidates(tree, 1e6).sort()).toEqual(due.map((o) => o.path));
      });
    }),
    { numRuns: 100 },
  );
});

test('a quota counts what is at and below its path', () => {
  fc.assert(
    fc.property(history, (list) => {
      live(list, (tree) => {
        const inside = listNodes(tree, 1e6).filter(({ path }) => `${path}/`.startsWith('/a/'));
        const bytes = inside.reduce((sum, { node }) => sum + (node.data?.length ?? 0), 0);
        expect(getNode(tree, `${QUOTA}/zookeeper_stats`)).toMatchObject({
          data: `count=${inside.length},bytes=${bytes}`,
          version: 0,
          mzxid: 3,
        });
      });
    }),
    { numRuns: 100 },
  );
});

test('a refused txn changes nothing, a multi with a refused part neither', () => {
  fc.assert(
    fc.property(history, (list) => {
      live(list, (tree, txn, before) => {
        const parts = txn.type === 'multi' ? txn.txns : [txn];
        if (parts.some((part) => part.type === 'error')) expect(contentOf(tree)).toEqual(before);
      });
    }),
    { numRuns: 100 },
  );
});
