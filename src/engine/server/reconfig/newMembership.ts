/**
 * From a reconfig request and the last membership to the new one, or to the error that it is refused
 * with. Source: PrepRequestProcessor.pRequest2Txn (OpCode.reconfig), ReconfigRequest.
 */
import type { ErrorName } from '../../../zk/errorCode';
import type { Sid, Zxid } from '../../../zk/ids';
import { parseQuorumServer, parseQuorumVerifier, parseSid } from '../../../zk/parseQuorumVerifier';
import {
  newQuorumVerifier,
  type QuorumServer,
  type QuorumVerifier,
  standardServer,
} from '../../../zk/quorumVerifier';
import type { RequestBody } from '../../../zk/records';

export type ReconfigBody = Extract<RequestBody, { op: 'reconfig' }>;

/** Voters that a membership needs at least (standaloneEnabled). */
const VOTERS_MIN = 2;

/**
 * `processes`: the servers that this ensemble was made of.
 * Differs: these neither become observers nor move to other addresses, which the engine does not have:
 * a reconfig that asks for it gets UNIMPLEMENTED. Others may be named, and never come.
 */
export function newMembership(
  body: ReconfigBody,
  last: QuorumVerifier,
  version: Zxid,
  processes: readonly Sid[],
): QuorumVerifier | ErrorName {
  const members =
    body.newMembers === null
      ? incrementalMembers(body, last)
      : wholeMembers(body.newMembers.replaceAll(',', '\n'));
  if (typeof members === 'string') return members;
  const verifier = newQuorumVerifier(members, version);
  if (verifier.voters.length < VOTERS_MIN) return 'BADARGUMENTS';
  return verifier.members.some((server) => isChanged(server, processes))
    ? 'UNIMPLEMENTED'
    : verifier;
}

function isChanged(server: QuorumServer, processes: readonly Sid[]): boolean {
  if (!processes.includes(server.sid)) return false;
  const { host, quorumPort, electionPort, type } = standardServer(server.sid);
  return (
    server.host !== host ||
    server.quorumPort !== quorumPort ||
    server.electionPort !== electionPort ||
    server.type !== type
  );
}

function wholeMembers(text: string): readonly QuorumServer[] | ErrorName {
  const verifier = parseQuorumVerifier(text);
  return typeof verifier === 'string' ? verifier : verifier.members;
}

function incrementalMembers(
  { joiningServers, leavingServers }: ReconfigBody,
  last: QuorumVerifier,
): readonly QuorumServer[] | ErrorName {
  const members = new Map(last.members.map((server) => [server.sid, server]));
  for (const leaving of partsOf(leavingServers, ',')) {
    const sid = parseSid(leaving);
    if (sid === undefined) return 'MARSHALLINGERROR';
    members.delete(sid);
  }
  for (const joining of partsOf(joiningServers, ',')) {
    const server = joiningServer(joining);
    if (typeof server === 'string') return server;
    const others = [...members.values()].filter(({ sid }) => sid !== server.sid);
    if (others.some((other) => sharesAddress(server, other))) return 'BADARGUMENTS';
    members.set(server.sid, server);
  }
  return [...members.values()];
}

function joiningServer(text: string): QuorumServer | ErrorName {
  const parts = partsOf(text, '=');
  if (parts.length !== 2) return 'BADARGUMENTS';
  const [name, address] = parts as [string, string];
  const sid = parseSid(name.slice(name.lastIndexOf('.') + 1));
  if (sid === undefined) return 'MARSHALLINGERROR';
  const server = parseQuorumServer(sid, address);
  // Each is to name three ports.
  return server?.clientAddr === undefined ? 'BADARGUMENTS' : server;
}

/** Trimmed, without empty ones. Source: StringUtils.split. */
function partsOf(text: string | null, separator: string): string[] {
  return (text ?? '')
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function sharesAddress(a: QuorumServer, b: QuorumServer): boolean {
  const others = addressesOf(b);
  return addressesOf(a).some((address) => others.includes(address));
}

/** An address of no host in particular is nobody's. */
function addressesOf({ host, quorumPort, electionPort, clientAddr }: QuorumServer): string[] {
  const all = [`${host}:${quorumPort}`, `${host}:${electionPort}`, clientAddr ?? ''];
  return all.filter((address) => address !== '' && !address.startsWith('0.0.0.0:'));
}
