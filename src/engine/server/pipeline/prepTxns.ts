/**
 * The checks of delete, setData, setACL, check and deleteContainer, in the order that clients
 * can observe, and the txn that results. Source: PrepRequestProcessor.pRequest2Txn and its helpers.
 */
import { checkAcl, fixupAcl, PERMS } from '../../../zk/acl';
import type { ErrorName } from '../../../zk/errorCode';
import { kindOfOwner } from '../../../zk/ephemeralType';
import { NO_SESSION } from '../../../zk/ids';
import { validatePath } from '../../../zk/paths';
import type { AclEntry, RequestBody, Txn } from '../../../zk/records';
import { checkQuota } from '../../database/dataTree';
import type { ChangeRecord, Request, Server, ZksState } from '../machine';
import { checkSession } from '../sessions/sessionTracker';
import { addChange, duplicate, recordForPath } from './outstandingChanges';

type BodyOf<Op> = Extract<RequestBody, { op: Op }>;

const SPECIAL = new Set(['/', '/zookeeper', '/zookeeper/quota', '/zookeeper/config']);

/** ZooKeeperServer.checkACL. */
export function mayDo(
  s: Server,
  acl: readonly AclEntry[],
  perm: number,
  request: Request,
): boolean {
  return checkAcl(acl, perm, request.authInfo, s.state.spec.config.skipACL);
}

/** Undefined: no parent, a null character, or a node that cannot be deleted. */
function deletableParent(path: string): string | undefined {
  const slash = path.lastIndexOf('/');
  if (slash < 0 || path.includes('\0') || SPECIAL.has(path)) return undefined;
  return path.slice(0, slash);
}

export function prepareDelete(
  s: Server,
  zks: ZksState,
  request: Request,
  body: BodyOf<'delete'>,
): Txn | ErrorName {
  const refused = checkSession(s, zks, request.sessionId, request.owner);
  if (refused !== undefined) return refused;
  const { path } = body;
  if (path === null) return 'MARSHALLINGERROR';
  const parent = deletableParent(path);
  if (parent === undefined) return 'BADARGUMENTS';
  const parentRecord = recordForPath(s, zks, parent);
  if (parentRecord === undefined) return 'NONODE';
  if (!mayDo(s, parentRecord.acl, PERMS.DELETE, request)) return 'NOAUTH';
  const record = recordForPath(s, zks, path);
  if (record === undefined) return 'NONODE';
  if (!versionMatches(record.version, body.version)) return 'BADVERSION';
  if (record.childCount > 0) return 'NOTEMPTY';
  addDeleted(zks, request, parentRecord, record);
  return { type: 'delete', path };
}

function addDeleted(
  zks: ZksState,
  request: Request,
  parentRecord: ChangeRecord,
  record: ChangeRecord,
): void {
  const parent = duplicate(parentRecord, request.zxid);
  parent.childCount -= 1;
  addChange(zks, parent);
  const gone = duplicate(record, request.zxid);
  gone.exists = false;
  gone.childCount = -1;
  addChange(zks, gone);
}

/**
 * Of the container manager alone, without session and ACL. From a client the server takes the
 * whole frame for the path, and so finds null characters in it.
 */
export function prepareDeleteContainer(
  s: Server,
  zks: ZksState,
  request: Request,
  body: BodyOf<'deleteContainer'>,
): Txn | ErrorName {
  const { path } = body;
  const isInternal = request.sessionId === NO_SESSION;
  const parent = isInternal ? deletableParent(path) : undefined;
  if (parent === undefined) return 'BADARGUMENTS';
  const record = recordForPath(s, zks, path);
  if (record === undefined) return 'NONODE';
  if (record.childCount > 0) return 'NOTEMPTY';
  if (kindOfOwner(record.ephemeralOwner) === 'ephemeral') return 'BADVERSION';
  const parentRecord = recordForPath(s, zks, parent);
  if (parentRecord === undefined) return 'NONODE';
  addDeleted(zks, request, parentRecord, record);
  return { type: 'deleteContainer', path };
}

export function prepareSetData(
  s: Server,
  zks: ZksState,
  request: Request,
  body: BodyOf<'setData'>,
): Txn | ErrorName {
  const { path, data } = body;
  const record = validRecord(s, zks, request, path);
  if (typeof record === 'string') return record;
  if (!mayDo(s, record.acl, PERMS.WRITE, request)) return 'NOAUTH';
  const length = data === null ? 0 : data.length;
  if (s.state.spec.config.enforceQuota) {
    const grown = length - record.dataLength;
    const exceeded = checkQuota(s.state.db.tree, record.path, grown, 0);
    if (exceeded !== undefined) return exceeded;
  }
  if (!versionMatches(record.version, body.version)) return 'BADVERSION';
  const changed = duplicate(record, request.zxid);
  changed.version = (record.version + 1) | 0;
  changed.dataLength = length;
  addChange(zks, changed);
  return { type: 'setData', path: path as string, data, version: changed.version };
}

export function prepareSetAcl(
  s: Server,
  zks: ZksState,
  request: Request,
  body: BodyOf<'setACL'>,
): Txn | ErrorName {
  const refused = checkSession(s, zks, request.sessionId, request.owner);
  if (refused !== undefined) return refused;
  const { path } = body;
  if (path === null || validatePath(path) !== undefined) return 'BADARGUMENTS';
  const acl = fixupAcl(body.acl, request.authInfo);
  if (typeof acl === 'string') return acl;
  const record = recordForPath(s, zks, path);
  if (record === undefined) return 'NONODE';
  if (!mayDo(s, record.acl, PERMS.ADMIN, request)) return 'NOAUTH';
  if (!versionMatches(record.aversion, body.version)) return 'BADVERSION';
  const changed = duplicate(record, request.zxid);
  changed.aversion = (record.aversion + 1) | 0;
  // As in Java the pending view keeps the old list until the txn is applied.
  addChange(zks, changed);
  return { type: 'setACL', path, acl, version: changed.aversion };
}

export function prepareCheck(
  s: Server,
  zks: ZksState,
  request: Request,
  body: BodyOf<'check'>,
): Txn | ErrorName {
  const { path } = body;
  const record = validRecord(s, zks, request, path);
  if (typeof record === 'string') return record;
  if (!mayDo(s, record.acl, PERMS.READ, request)) return 'NOAUTH';
  if (!versionMatches(record.version, body.version)) return 'BADVERSION';
  return { type: 'check', path: path as string, version: (record.version + 1) | 0 };
}

/** The record of a node whose path is checked first, as setData and check do. */
function validRecord(
  s: Server,
  zks: ZksState,
  request: Request,
  path: string | null,
): ChangeRecord | ErrorName {
  const refused = checkSession(s, zks, request.sessionId, request.owner);
  if (refused !== undefined) return refused;
  if (path === null || validatePath(path) !== undefined) return 'BADARGUMENTS';
  return recordForPath(s, zks, path) ?? 'NONODE';
}

/** -1 expects nothing; any other number only itself. */
function versionMatches(current: number, expected: number): boolean {
  return expected === -1 || expected === current;
}
