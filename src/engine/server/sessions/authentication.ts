/**
 * auth packets: handled on the connection at once, in front of whatever waits in the pipeline.
 *
 * Source: ZooKeeperServer.processPacket (OpCode.auth), DigestAuthenticationProvider,
 * IPAuthenticationProvider, ProviderRegistry. Left out: sasl, x509.
 */
import { bytesToText } from '../../../base/bytes';
import { digestId } from '../../../zk/acl';
import { ZXID_ZERO } from '../../../zk/ids';
import type { AuthId, RequestBody } from '../../../zk/records';
import type { Request, Server, ServerCnxn } from '../machine';
import { closeCnxn, sendReply } from './serverCnxn';

/** Adds the identities, or answers AUTHFAILED and ends the connection. */
export function processAuth(
  s: Server,
  cnxn: ServerCnxn,
  request: Request,
  body: Extract<RequestBody, { op: 'auth' }>,
): void {
  const ids = authenticate(s, body.scheme, body.auth);
  if (ids === undefined) {
    sendReply(s, cnxn, request, ZXID_ZERO, 'AUTHFAILED', undefined);
    closeCnxn(s, cnxn);
    return;
  }
  cnxn.ids = withIds(cnxn.ids, ids);
  s.fx.touch('sessions');
  sendReply(s, cnxn, request, ZXID_ZERO, 'OK', undefined);
}

/** Undefined: no such scheme, or it refuses. Any user and password make a digest identity. */
function authenticate(
  s: Server,
  scheme: string | null,
  auth: string | null,
): readonly AuthId[] | undefined {
  if (scheme === 'ip') return [];
  if (scheme !== 'digest' || auth === null) return undefined;
  const id = digestId(bytesToText(auth));
  const digest = { scheme: 'digest', id };
  const isSuper = id === s.state.spec.config.superDigest;
  return isSuper ? [{ scheme: 'super', id: '' }, digest] : [digest];
}

/** The set of both, in the order in which a ConcurrentHashMap<Id, Boolean> is walked: clients see it. */
function withIds(old: readonly AuthId[], added: readonly AuthId[]): readonly AuthId[] {
  const ids = [...old];
  for (const id of added) {
    if (!ids.some((known) => known.scheme === id.scheme && known.id === id.id)) ids.push(id);
  }
  const bins = binsFor(ids.length);
  return ids
    .map((id, rank) => ({ id, rank, bin: spread(hashOf(id)) & (bins - 1) }))
    .sort((a, b) => a.bin - b.bin || a.rank - b.rank)
    .map(({ id }) => id);
}

const BINS_FIRST = 16;

/** The table doubles when it is three quarters full. */
function binsFor(count: number): number {
  let bins = BINS_FIRST;
  while (count * 4 >= bins * 3) bins *= 2;
  return bins;
}

function spread(hash: number): number {
  return (hash ^ (hash >>> 16)) & 0x7fffffff;
}

/** Id.hashCode, as jute generates it. */
function hashOf(id: AuthId): number {
  return (Math.imul(37, (Math.imul(37, 17) + textHash(id.scheme)) | 0) + textHash(id.id)) | 0;
}

/** String.hashCode. */
function textHash(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i += 1) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return hash;
}
