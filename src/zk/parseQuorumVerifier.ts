/**
 * Reading memberships: one server's addresses, and a whole text. Source: QuorumPeer.QuorumServer
 * (initializeWithAddressString), ConfigUtils.getHostAndPort, QuorumPeerConfig.parseDynamicConfig,
 * QuorumMaj(Properties).
 * Left out: several addresses per server, groups and weights, escapes of Java's properties.
 */
import type { ErrorName } from './errorCode';
import type { Sid, Zxid } from './ids';
import { ZXID_ZERO } from './ids';
import { newQuorumVerifier, type QuorumServer, type QuorumVerifier } from './quorumVerifier';

/** Where the client port is given without a host. */
const ANY_HOST = '0.0.0.0';
const INTEGER = /^[+-]?\d+$/;

/** Java's Long.parseLong; undefined: it throws. */
export function parseSid(text: string): Sid | undefined {
  if (!INTEGER.test(text)) return undefined;
  const sid = Number(text);
  return Number.isSafeInteger(sid) ? sid : undefined;
}

/** From `host:quorum:election[:role][;[host:]client]`; undefined: of the wrong format. */
export function parseQuorumServer(sid: Sid, address: string): QuorumServer | undefined {
  const parts = address.split(';');
  const server = (parts[0] as string).split(':');
  if (parts.length > 2 || server.length < 3 || server.length > 4) return undefined;
  const [host, quorum, election, role] = server as [string, string, string, string | undefined];
  const quorumPort = portOf(quorum);
  const electionPort = portOf(election);
  const type = typeOf(role);
  if (quorumPort === undefined || electionPort === undefined || type === undefined) {
    return undefined;
  }
  if (quorumPort === electionPort) return undefined;
  const made: QuorumServer = { sid, host, quorumPort, electionPort, type };
  if (parts.length < 2) return made;
  const client = (parts[1] as string).split(':');
  const clientPort = portOf(client.at(-1) as string);
  if (client.length > 2 || clientPort === undefined) return undefined;
  made.clientAddr = `${client.length === 2 ? client[0] : ANY_HOST}:${clientPort}`;
  return made;
}

function portOf(text: string): number | undefined {
  const port = INTEGER.test(text) ? Number(text) : -1;
  return port >= 0 && port <= 0xffff ? port : undefined;
}

function typeOf(role: string | undefined): QuorumServer['type'] | undefined {
  const name = role?.trim().toLowerCase() ?? 'participant';
  return name === 'participant' || name === 'observer' ? name : undefined;
}

/** A whole membership, or the error that a reconfig with such a text gets. */
export function parseQuorumVerifier(text: string): QuorumVerifier | ErrorName {
  const members = new Map<Sid, QuorumServer>();
  let version: Zxid = ZXID_ZERO;
  for (const [key, value] of propertiesOf(text)) {
    if (key === 'version') {
      if (!/^[0-9a-f]+$/i.test(value)) return 'MARSHALLINGERROR';
      version = Number.parseInt(value, 16) as Zxid;
      continue;
    }
    if (!key.startsWith('server.')) return 'BADARGUMENTS';
    const sid = parseSid(key.slice('server.'.length));
    if (sid === undefined) return 'MARSHALLINGERROR';
    const server = parseQuorumServer(sid, value);
    if (server === undefined) return 'BADARGUMENTS';
    members.set(sid, server);
  }
  const verifier = newQuorumVerifier([...members.values()], version);
  const { voters } = verifier;
  // Who looks on needs somebody to look at: Java's IllegalArgumentException.
  if (voters.length < 2 && members.size > voters.length) return 'MARSHALLINGERROR';
  return verifier;
}

/** Keys and values of a text of properties; of a key that is there twice the last counts. */
function propertiesOf(text: string): Map<string, string> {
  const properties = new Map<string, string>();
  for (const line of text.split(/\r\n|\n|\r/)) {
    const trimmed = line.trimStart();
    if (trimmed === '' || trimmed.startsWith('#') || trimmed.startsWith('!')) continue;
    const found = /^([^=:\s]*)\s*[=:]?\s*(.*)$/.exec(trimmed);
    properties.set((found?.[1] ?? '').trim(), (found?.[2] ?? '').trim());
  }
  return properties;
}
