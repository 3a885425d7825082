/** Records that stand in others. Source: zookeeper.jute, module org.apache.zookeeper.data. */
import type { AclEntry, AuthId, Stat } from '../../records';
import type { Layout } from '../archive/layout';

/** Id. */
export const ID: Layout<keyof AuthId> = [
  ['scheme', 'ustring'],
  ['id', 'ustring'],
];

/** ACL; its Id lies in it without a mark of its own. */
export const ACL: Layout<keyof AclEntry> = [
  ['perms', 'int'],
  ['scheme', 'ustring', 'id.scheme'],
  ['id', 'ustring', 'id.id'],
];

/** Stat, 68 bytes. */
export const STAT: Layout<keyof Stat> = [
  ['czxid', 'zxid'],
  ['mzxid', 'zxid'],
  ['ctime', 'long'],
  ['mtime', 'long'],
  ['version', 'int'],
  ['cversion', 'int'],
  ['aversion', 'int'],
  ['ephemeralOwner', 'session'],
  ['dataLength', 'int'],
  ['numChildren', 'int'],
  ['pzxid', 'zxid'],
];
