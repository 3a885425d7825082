/**
 * What the disk faults that a person orders do to a write. A fault for the next
 * append or the next fsync is used up by it, whoever writes: SyncThread, which
 * dies of it, or the QuorumPeer thread with an epoch, a history or a snapshot.
 */
import type { Server } from './machine';

/** Exit code of a process that cannot write a snapshot. */
export const EXIT_SNAPSHOT = 10;

export function failsToAppend(s: Server): boolean {
  return s.state.diskFault.fault === 'full' || strikesOnce(s, 'fail-append');
}

export function failsToFsync(s: Server): boolean {
  return strikesOnce(s, 'fail-fsync');
}

/** A file that is written and forced in one go. */
export function failsToWriteFile(s: Server): boolean {
  return failsToAppend(s) || failsToFsync(s);
}

function strikesOnce(s: Server, fault: 'fail-append' | 'fail-fsync'): boolean {
  const { diskFault } = s.state;
  if (diskFault.fault !== fault) return false;
  diskFault.fault = 'ok';
  s.fx.disk({ type: 'struck' });
  s.fx.touch('log');
  return true;
}
