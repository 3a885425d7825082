/** A vote as ZooKeeper orders it: (peerEpoch, zxid, sid). */
import type { VoteView } from '../../bridge/frame';
import { zxidShort } from './requestText';

export function voteText(vote: Pick<VoteView, 'peerEpoch' | 'zxid' | 'leader'>): string {
  return `(${vote.peerEpoch}, ${zxidShort(vote.zxid)}, ${vote.leader})`;
}
