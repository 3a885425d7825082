/** The membership of an ensemble as text, and the addresses in it. Source: QuorumMaj.toString, QuorumPeer.QuorumServer. */
import type { Sid } from './ids';

const QUORUM_PORT = 2888;
const ELECTION_PORT = 3888;
const CLIENT_PORT = 2181;

/**
 * What NEWLEADER and notifications carry and what is the data of /zookeeper/config; a
 * static configuration has version 0.
 */
export function quorumVerifierText(voters: readonly Sid[]): string {
  const lines = voters.map(
    (sid) =>
      `server.${sid}=zk${sid}:${QUORUM_PORT}:${ELECTION_PORT}:participant;zk${sid}:${CLIENT_PORT}`,
  );
  return [...lines, 'version=0'].join('\n');
}

/** What a server says of itself when it opens an election connection. */
export function electionAddress(sid: Sid): string {
  return `zk${sid}:${ELECTION_PORT}`;
}
