/**
 * ACLs: what a list becomes when it is set, and whom it lets do what.
 *
 * Source: PrepRequestProcessor.fixupACL, ZooKeeperServer.checkACL, DigestAuthenticationProvider,
 * IPAuthenticationProvider. Left out: x509, sasl, ensemble.
 */
import { base64, sha1 } from '../base/sha1';
import { textToBytes } from '../base/bytes';
import type { ErrorName } from './errorCode';
import type { AclEntry, AuthId } from './records';

export const PERMS = { READ: 1, WRITE: 2, CREATE: 4, DELETE: 8, ADMIN: 16, ALL: 31 } as const;

/** The identity that `user:password` makes: the user, a colon, and the hash of both. */
export function digestId(userPassword: string): string {
  const colon = userPassword.indexOf(':');
  const user = colon < 0 ? userPassword : userPassword.slice(0, colon);
  return `${user}:${base64(sha1(textToBytes(userPassword)))}`;
}

/**
 * The list as it is logged and stored: without exact duplicates, with `auth` replaced by the
 * identities of whoever sets it. A string is the error.
 */
export function fixupAcl(
  acl: readonly AclEntry[] | null,
  authIds: readonly AuthId[],
): readonly AclEntry[] | ErrorName {
  if (acl === null || acl.length === 0) return 'INVALIDACL';
  const [only] = acl;
  if (acl.length === 1 && only?.scheme === 'world' && only.id === 'anyone') return acl;
  const fixed: AclEntry[] = [];
  for (const entry of withoutDuplicates(acl)) {
    const { perms, scheme, id } = entry;
    // Nulls cannot be typed, but they can be sent.
    if ((scheme as string | null) === null) return 'INVALIDACL';
    if ((id as string | null) === null && READ_SCHEMES.includes(scheme)) return 'MARSHALLINGERROR';
    if (scheme === 'world' && id === 'anyone') fixed.push(entry);
    else if (scheme === 'auth') {
      const own = authIds.filter((each) => each.scheme === 'digest');
      if (own.length === 0) return 'INVALIDACL';
      for (const each of own) fixed.push({ perms, scheme: each.scheme, id: each.id });
    } else if (isValidId(scheme, id)) fixed.push(entry);
    else return 'INVALIDACL';
  }
  return fixed;
}

/** Whoever looks at an id of these that is null breaks. */
const READ_SCHEMES: readonly string[] = ['world', 'digest', 'ip'];

function withoutDuplicates(acl: readonly AclEntry[]): AclEntry[] {
  const found: AclEntry[] = [];
  for (const entry of acl) {
    const { perms, scheme, id } = entry;
    const isKnown = found.some(
      (each) => each.perms === perms && each.scheme === scheme && each.id === id,
    );
    if (!isKnown) found.push(entry);
  }
  return found;
}

/** Only schemes with a provider have ids. */
function isValidId(scheme: string, id: string): boolean {
  if (scheme === 'digest') return isDigestId(id);
  return scheme === 'ip' && parseIpId(id) !== undefined;
}

/** Exactly two parts, as Java splits: what is empty at the end is no part. */
function isDigestId(id: string): boolean {
  const parts = id.split(':');
  while (parts.at(-1) === '') parts.pop();
  return parts.length === 2;
}

interface IpId {
  address: number;
  bits: number;
}

/** `a.b.c.d` or `a.b.c.d/bits`; undefined: neither. */
function parseIpId(id: string): IpId | undefined {
  const parts = id.split('/');
  if (parts.length > 2) return undefined;
  const address = parseAddress(parts[0] as string);
  const bits = parts[1] === undefined ? 32 : parseBits(parts[1]);
  return address === undefined || bits === undefined ? undefined : { address, bits };
}

function parseBits(text: string): number | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const bits = Number(text);
  return bits >= 0 && bits <= 32 ? bits : undefined;
}

function parseAddress(text: string): number | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  let address = 0;
  for (const part of parts) {
    if (!/^[+-]?\d+$/.test(part)) return undefined;
    const byte = Number(part);
    if (byte < 0 || byte > 255) return undefined;
    address = ((address << 8) | byte) >>> 0;
  }
  return address;
}

/**
 * Whether these identities have any of the permissions (bits) on a node with this list. No list,
 * or an empty one, is open to everybody; the super user may do everything.
 */
export function checkAcl(
  acl: readonly AclEntry[] | undefined,
  perms: number,
  authIds: readonly AuthId[],
  skipAcl: boolean,
): boolean {
  if (skipAcl || acl === undefined || acl.length === 0) return true;
  // Nearly all lists are one entry for everybody: that is asked first, it refuses nobody.
  for (const entry of acl) {
    if ((entry.perms & perms) !== 0 && entry.scheme === 'world' && entry.id === 'anyone') {
      return true;
    }
  }
  for (const id of authIds) if (id.scheme === 'super') return true;
  for (const entry of acl) {
    if ((entry.perms & perms) === 0) continue;
    for (const id of authIds) {
      if (id.scheme === entry.scheme && matches(id, entry.id)) return true;
    }
  }
  return false;
}

function matches({ scheme, id }: AuthId, entryId: string): boolean {
  if (scheme !== 'ip') return id === entryId;
  const wanted = parseIpId(entryId);
  const address = parseAddress(id);
  if (wanted === undefined || address === undefined) return false;
  const mask = wanted.bits === 0 ? 0 : -1 << (32 - wanted.bits);
  return (address & mask) === (wanted.address & mask);
}

/** As it is shown to who may not administer the node: without the hashes of passwords. */
export function maskedAcl(acl: readonly AclEntry[]): AclEntry[] {
  return acl.map((entry) => {
    const { perms, scheme, id } = entry;
    const colon = id.indexOf(':');
    return scheme === 'digest' && colon >= 0
      ? { perms, scheme, id: `${id.slice(0, colon)}:x` }
      : entry;
  });
}
