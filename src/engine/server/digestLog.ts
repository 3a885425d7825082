/**
 * What the tree's digest was at certain zxids, for whoever compares servers (the word hash).
 * Source: DataTree.compareDigest, logZxidDigest. Left out: what is replayed at a start.
 */
import type { Zxid } from '../../zk/ids';
import { type DataTree, digestOf } from '../database/dataTree';

/** Every so many zxids; a power of two. */
const INTERVAL = 128;
const ROWS_MAX = 1024;

export interface ZxidDigest {
  zxid: Zxid;
  digest: number;
}

/** A txn is applied. `log`: oldest first. */
export function noteDigest(log: ZxidDigest[], tree: DataTree, zxid: Zxid): void {
  // The low bits of a zxid are those of its counter; a division would be slow here.
  if ((zxid & (INTERVAL - 1)) !== 0) return;
  log.push({ zxid, digest: digestOf(tree) });
  if (log.length > ROWS_MAX) log.shift();
}
