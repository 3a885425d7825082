/**
 * Who votes on what. A reconfig that is proposed and not yet in force makes a second membership count
 * beside the present one: whatever is decided then needs a quorum of both.
 * Source: QuorumPeer.getQuorumVerifier, getLastSeenQuorumVerifier, getCurrentAndNextConfigVoters.
 */
import { containsQuorum, type QuorumVerifier } from '../../../zk/quorumVerifier';
import type { Sid } from '../../../zk/ids';
import type { ServerState } from '../machine';

/** Servers that stand alone have no peers and are never reconfigured. */
export function isAlone(state: ServerState): boolean {
  return state.spec.voters.length === 1;
}

export function isReconfigEnabled(state: ServerState): boolean {
  return state.spec.config.reconfigEnabled === true;
}

/** The membership of a reconfig that this server has seen and that is not in force; undefined: there is none. */
export function nextVerifier(state: ServerState): QuorumVerifier | undefined {
  const { quorumVerifier, lastSeenQuorumVerifier } = state;
  return lastSeenQuorumVerifier.version > quorumVerifier.version
    ? lastSeenQuorumVerifier
    : undefined;
}

/** Whether these servers are a quorum of the present membership and of the next one. */
export function isQuorum(state: ServerState, sids: readonly Sid[]): boolean {
  if (!containsQuorum(state.quorumVerifier, sids)) return false;
  const next = nextVerifier(state);
  return next === undefined || containsQuorum(next, sids);
}

/** Ascending. */
export function currentAndNextVoters(state: ServerState): readonly Sid[] {
  const next = nextVerifier(state);
  const { voters } = state.quorumVerifier;
  if (next === undefined) return voters;
  return [...new Set([...voters, ...next.voters])].sort((a, b) => a - b);
}

export function isParticipant(state: ServerState, sid: Sid): boolean {
  return state.quorumVerifier.voters.includes(sid);
}
