/**
 * Two servers whose trees stand for the same zxid have the same tree.
 *
 * Source: reference properties of the implementation (ReplicaEquality); the hash
 * of the tree is the engine's own digest, as ZooKeeper keeps one.
 */
import { sayOfCheck } from '../../bridge/sentences/checks';
import { counterOf, zxidText, type Zxid } from '../../zk/ids';
import { defineCheck } from './defineCheck';
import { emptyTable, forgetUpTo, lookUp, put, type ZxidTable } from './zxidTable';

/** Hashes of this many zxids are remembered, twice that at most. */
const REMEMBERED = 16384;

/** Two tables of plain numbers: a checkpoint copies them at a stroke. */
interface Hashes {
  trees: ZxidTable<string | number | boolean | null>;
  /** Who came there first. */
  sids: ZxidTable<number>;
}

export const ReplicaEquality = defineCheck<Hashes>({
  name: 'ReplicaEquality',
  types: ['apply', 'load'],
  initial: () => ({ trees: emptyTable(), sids: emptyTable() }),
  step({ trees, sids }, entry) {
    const tree = entry.detail?.['tree'];
    const zxid = entry.zxid as Zxid;
    // The leader calls its state e|0 when it starts to serve; nobody else need be there.
    if (tree === undefined || zxid <= 0 || counterOf(zxid) === 0) return undefined;
    const known = lookUp(trees, zxid);
    const sid = Number(entry.process);
    if (known === undefined) {
      put(trees, zxid, tree);
      put(sids, zxid, sid);
      if (trees.zxids.length > 2 * REMEMBERED) {
        const last = trees.zxids[REMEMBERED] as Zxid;
        forgetUpTo(trees, last);
        forgetUpTo(sids, last);
      }
      return undefined;
    }
    if (known === tree) return undefined;
    return sayOfCheck('check.differ', {
      a: lookUp(sids, zxid) ?? '',
      b: sid,
      zxid: zxidText(zxid),
    });
  },
});
