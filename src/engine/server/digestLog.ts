/**
 * What the tree's digest was at certain zxids, for whoever compares servers (the word hash).
 * Source: DataTree.compareDigest, logZxidDigest. Left out: what is replayed at a start.
 */
import type { Zxid } from '../../zk/ids';
import { digestOf } from '../database/dataTree';
import type { Server } from './machine';

/** Every so many zxids. */
const INTERVAL = 128;
const ROWS_MAX = 1024;

export interface ZxidDigest {
  zxid: Zxid;
  digest: number;
}

/** A txn is applied. */
export function noteDigest(s: Server, zxid: Zxid): void {
  if (zxid % INTERVAL !== 0) return;
  const { digestLog } = s.state;
  digestLog.push({ zxid, digest: digestOf(s.state.db.tree) });
  if (digestLog.length > ROWS_MAX) digestLog.shift();
}
