/** What two copies of a server's state may have in common: its tree, its logs, packets that wait. */
import type { DiskImage, Keeper } from '../../bridge/process';
import { forkTable } from '../database/nodeTable';
import type { ServerState } from './machine';

/** The tree is not copied: both write on copies of the buckets that they change. */
export function keepServer(state: ServerState, keeper: Keeper): void {
  const { table } = state.db.tree;
  keeper.replace(table, forkTable(table));
  keeper.shareGrowing(state.db.committedLog);
  keepFiles(state.disk.files, keeper);
  keepFiles(state.spec.disk, keeper);
  // A packet may be a whole tree.
  for (const { queuedPackets, sending } of Object.values(state.leader?.handlers ?? {})) {
    for (const { packet } of queuedPackets) keeper.share(packet);
    if (sending !== undefined) keeper.share(sending.packet);
  }
  for (const { stalled } of Object.values(state.threads)) {
    for (const event of stalled) if (event.type === 'message') keeper.share(event.packet);
  }
}

/** Files only grow. */
export function keepFiles(files: DiskImage, keeper: Keeper): void {
  for (const file in files) {
    const found = files[file];
    if (found !== undefined) keeper.shareGrowing(found.records);
  }
}
