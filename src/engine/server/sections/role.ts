/** Section `role`, and what this server knows to be committed. */
import type { RoleSection } from '../../../bridge/frame';
import { makeZxid, type Zxid, ZXID_ZERO } from '../../../zk/ids';
import { snapshotZxids } from '../../database/snapshot';
import { lastLoggedZxid } from '../../database/txnLog';
import { lastProcessedZxid } from '../../database/zkDatabase';
import type { ServerState, ZksState } from '../machine';

export function roleSection(state: ServerState): RoleSection {
  const { sid, voters, zks, peerState, zabState, acceptedEpoch, currentEpoch } = state;
  const section: RoleSection = {
    type: 'role',
    sid,
    standalone: isStandalone(state),
    serverState: peerState,
    zabState,
    acceptedEpoch,
    currentEpoch,
    lastLoggedZxid: onDisk(state),
    lastCommittedZxid: knownCommitted(state),
    lastProcessedZxid: lastProcessedZxid(state.db),
    serving: zks?.serving ?? false,
    voters: [...voters],
  };
  const leader = peerState === 'LOOKING' ? undefined : state.currentVote?.leader;
  if (leader !== undefined) section.leader = leader;
  if (zks?.role === 'readOnly') section.readOnly = true;
  if (zks !== undefined) section.serverObject = serverObject(zks);
  return section;
}

export function isStandalone(state: ServerState): boolean {
  return state.voters.length === 1;
}

/**
 * The zxid up to which everything is committed, as far as this server can know:
 * 0 while it is LOOKING. Once its leader is established, so is all of the history
 * that the leader began with, even where no COMMIT was heard for it.
 */
export function knownCommitted(state: ServerState): Zxid {
  const { leader, learner } = state;
  if (isStandalone(state)) return lastProcessedZxid(state.db);
  if (leader !== undefined) {
    return later(leader.lastCommitted, leader.phase === 'broadcast' ? leader.epoch : 0);
  }
  if (learner !== undefined) {
    return later(learner.lastCommitted, learner.phase === 'BROADCAST' ? learner.newEpoch : 0);
  }
  return ZXID_ZERO;
}

function later(committed: Zxid, epoch: number): Zxid {
  const start = makeZxid(epoch, 0);
  return committed > start ? committed : start;
}

/** What the files reach up to: the log, or a snapshot that came from the leader behind it. */
function onDisk(state: ServerState): Zxid {
  const logged = lastLoggedZxid(state.disk);
  const snapshot = snapshotZxids(state.disk).at(-1) ?? ZXID_ZERO;
  return logged > snapshot ? logged : snapshot;
}

function serverObject(zks: ZksState): string {
  if (zks.failed) return 'ERROR';
  return zks.serving ? 'RUNNING' : 'INITIAL';
}
