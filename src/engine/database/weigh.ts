/** What one node adds to the sums that its table keeps over all nodes. */
import { finish, mix, mixText } from '../../base/hash';
import type { AclEntry } from '../../zk/records';
import { crcOfHead, crcOfNode, isUndigested } from './digest';
import type { ZNode } from './znode';

/** Sets it in the node. `hash`: of the path (cowMap.ts). What is below /zookeeper/ counts for nothing. */
export function weigh(path: string, hash: number, node: ZNode): void {
  if (isUndigested(path)) {
    node.crc = 0;
    node.share = 0;
    return;
  }
  if (node.head === -1) node.head = crcOfHead(path, node.data);
  if (node.aclHash === -1) node.aclHash = hashOfAcl(node.acl);
  node.crc = crcOfNode(node.head, node);
  // A sum of plain CRCs would be blind to some swaps: CRC-32 is linear.
  node.share = finish(mix(mix(hash, node.crc), node.aclHash)) | 0;
}

/** The digest of ZooKeeper does not see ACLs; the comparison of replicas shall. */
function hashOfAcl(acl: readonly AclEntry[]): number {
  let h = acl.length;
  for (const { perms, scheme, id } of acl) h = mixText(mixText(mix(h, perms), scheme), id);
  return h;
}
