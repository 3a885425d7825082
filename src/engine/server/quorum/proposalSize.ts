/**
 * Bytes of a txn as a leader proposes it: header, record, digest. Reckoned without making them,
 * for every proposal counts. Source: SerializeUtils.serializeRequest, zookeeper.jute.
 */
import { unreachable } from '../../../base/assert';
import type { AclEntry, LoggedTxn, Txn } from '../../../zk/records';

/** clientId, cxid, zxid, time, type. */
const HEADER_BYTES = 32;
/** Version and tree digest; an error txn has none. */
const DIGEST_BYTES = 12;

export function proposalSize({ txn }: LoggedTxn): number {
  return HEADER_BYTES + bodySize(txn) + (txn.type === 'error' ? 0 : DIGEST_BYTES);
}

function bodySize(txn: Txn): number {
  switch (txn.type) {
    case 'create':
    case 'create2':
      return textSize(txn.path) + dataSize(txn.data) + aclSize(txn.acl) + 1 + 4;
    case 'createContainer':
      return textSize(txn.path) + dataSize(txn.data) + aclSize(txn.acl) + 4;
    case 'createTTL':
      return textSize(txn.path) + dataSize(txn.data) + aclSize(txn.acl) + 4 + 8;
    case 'delete':
    case 'deleteContainer':
      return textSize(txn.path);
    case 'setData':
    case 'reconfig':
      return textSize(txn.path) + dataSize(txn.data) + 4;
    case 'setACL':
      return textSize(txn.path) + aclSize(txn.acl) + 4;
    case 'check':
      return textSize(txn.path) + 4;
    case 'createSession':
    case 'error':
      return 4;
    case 'closeSession':
      return txn.paths2Delete.reduce((sum, path) => sum + textSize(path), 4);
    case 'multi':
      return txn.txns.reduce((sum, part) => sum + 8 + bodySize(part), 4);
    default:
      return unreachable(txn);
  }
}

/** A length and UTF-8. */
function textSize(text: string): number {
  let bytes = 4;
  for (let i = 0; i < text.length; i += 1) {
    const c = text.charCodeAt(i);
    bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
  }
  return bytes;
}

function dataSize(data: string | null): number {
  return data === null ? 4 : 4 + data.length;
}

function aclSize(acl: readonly AclEntry[]): number {
  let bytes = 4;
  for (const { scheme, id } of acl) bytes += 4 + textSize(scheme) + textSize(id);
  return bytes;
}
