/**
 * The membership of an ensemble: who votes, who may look on, at which addresses, and since which
 * zxid. Source: QuorumMaj, QuorumPeer.QuorumServer.
 */
import type { Sid, Zxid } from './ids';
import { ZXID_ZERO } from './ids';

const QUORUM_PORT = 2888;
const ELECTION_PORT = 3888;
const CLIENT_PORT = 2181;

/** One `server.N` line. */
export interface QuorumServer {
  sid: Sid;
  host: string;
  quorumPort: number;
  electionPort: number;
  type: 'participant' | 'observer';
  /** `host:port`; undefined: the line names none. */
  clientAddr?: string;
}

/** Plain majorities; never changed once made. */
export interface QuorumVerifier {
  /** Zxid of the reconfig that made it; 0: as it was configured. */
  readonly version: Zxid;
  /** By ascending sid. */
  readonly members: readonly QuorumServer[];
  /** Sids of the participants, ascending. */
  readonly voters: readonly Sid[];
  /** How many of the voters are a quorum. */
  readonly quorum: number;
}

export function newQuorumVerifier(members: readonly QuorumServer[], version: Zxid): QuorumVerifier {
  const sorted = [...members].sort((a, b) => a.sid - b.sid);
  const voters = sorted.filter(({ type }) => type === 'participant').map(({ sid }) => sid);
  return { version, members: sorted, voters, quorum: Math.floor(voters.length / 2) + 1 };
}

/** The line of a server at the addresses that it has here. */
export function standardServer(sid: Sid): QuorumServer {
  return {
    sid,
    host: `zk${sid}`,
    quorumPort: QUORUM_PORT,
    electionPort: ELECTION_PORT,
    type: 'participant',
    clientAddr: `zk${sid}:${CLIENT_PORT}`,
  };
}

/** What a server is configured with: these voters, version 0. */
export function staticQuorumVerifier(voters: readonly Sid[]): QuorumVerifier {
  return newQuorumVerifier(voters.map(standardServer), ZXID_ZERO);
}

export function quorumServerText(server: QuorumServer): string {
  const { sid, host, quorumPort, electionPort, type, clientAddr } = server;
  const client = clientAddr === undefined ? '' : `;${clientAddr}`;
  return `server.${sid}=${host}:${quorumPort}:${electionPort}:${type}${client}`;
}

/** What NEWLEADER, notifications and reconfig txns carry and what is the data of /zookeeper/config. */
export function verifierText({ members, version }: QuorumVerifier): string {
  return [...members.map(quorumServerText), `version=${version.toString(16)}`].join('\n');
}

/** The text of a static membership. */
export function quorumVerifierText(voters: readonly Sid[]): string {
  return verifierText(staticQuorumVerifier(voters));
}

/** Whether the voters among these sids are a quorum. */
export function containsQuorum({ voters, quorum }: QuorumVerifier, sids: readonly Sid[]): boolean {
  let count = 0;
  for (const sid of sids) if (voters.includes(sid)) count += 1;
  return count >= quorum;
}

/** Whether two memberships are the same as far as QuorumMaj.equals looks: by version, else by their members. */
export function sameMembership(a: QuorumVerifier, b: QuorumVerifier): boolean {
  if (a.version === b.version) return true;
  const texts = (verifier: QuorumVerifier) => verifier.members.map(quorumServerText).join('\n');
  return texts(a) === texts(b);
}

/** What a server says of itself when it opens an election connection. */
export function electionAddress(sid: Sid): string {
  return `zk${sid}:${ELECTION_PORT}`;
}
