/** Section `role`. */
import type { RoleSection } from '../../../bridge/frame';
import { type Zxid, ZXID_ZERO } from '../../../zk/ids';
import { snapshotZxids } from '../../database/snapshot';
import { lastLoggedZxid } from '../../database/txnLog';
import { lastProcessedZxid } from '../../database/zkDatabase';
import { knownCommitted } from '../knownCommitted';
import type { ServerState, ZksState } from '../machine';
import { isAlone } from '../reconfig/verifiers';

export function roleSection(state: ServerState): RoleSection {
  const { sid, quorumVerifier, zks, peerState, zabState, acceptedEpoch, currentEpoch } = state;
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
    voters: [...quorumVerifier.voters],
  };
  const leader = peerState === 'LOOKING' ? undefined : state.currentVote?.leader;
  if (leader !== undefined) section.leader = leader;
  if (zks?.role === 'readOnly') section.readOnly = true;
  if (zks !== undefined) section.serverObject = serverObject(zks);
  return section;
}

export function isStandalone(state: ServerState): boolean {
  return isAlone(state);
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
