/**
 * Two servers whose trees stand for the same zxid have the same tree.
 *
 * Source: reference properties of the implementation (ReplicaEquality); the hash
 * of the tree is the engine's own digest, as ZooKeeper keeps one.
 */
import { counterOf, zxidText, type Zxid } from '../../zk/ids';
import { defineCheck } from './defineCheck';
import { emptyTable, forgetUpTo, lookUp, put, type ZxidTable } from './zxidTable';

/** Hashes of this many zxids are remembered, twice that at most. */
const REMEMBERED = 16384;

interface Hash {
  tree: string | number | boolean | null;
  sid: number;
}

export const ReplicaEquality = defineCheck<ZxidTable<Hash>>({
  name: 'ReplicaEquality',
  types: ['apply', 'load'],
  initial: () => emptyTable(),
  step(state, entry) {
    const tree = entry.detail?.['tree'];
    const zxid = entry.zxid as Zxid;
    // The leader calls its state e|0 when it starts to serve; nobody else need be there.
    if (tree === undefined || zxid <= 0 || counterOf(zxid) === 0) return undefined;
    const known = lookUp(state, zxid);
    const sid = Number(entry.process);
    if (known === undefined) {
      put(state, zxid, { tree, sid });
      if (state.zxids.length > 2 * REMEMBERED) forgetUpTo(state, state.zxids[REMEMBERED] as Zxid);
      return undefined;
    }
    if (known.tree === tree) return undefined;
    return `servers ${known.sid} and ${sid} differ at ${zxidText(zxid)}`;
  },
});
