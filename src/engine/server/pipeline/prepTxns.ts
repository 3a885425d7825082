/**
 * The checks of each write, in the order that clients can observe, and the txn
 * that results. Source: PrepRequestProcessor.pRequest2Txn and its helpers.
 * Left out until the rest of the client API is there: ACL checks, quotas,
 * container and TTL nodes (a TTL flag answers as a server without extended types).
 */
import type { ErrorName } from '../../../zk/errorCode';
import { NO_SESSION } from '../../../zk/ids';
import { validatePath } from '../../../zk/paths';
import type { RequestBody, Txn } from '../../../zk/records';
import type { ChangeRecord, Request, Server, ZksState } from '../machine';
import { checkSession } from '../sessions/sessionTracker';
import { addChange, recordForPath } from './outstandingChanges';

type BodyOf<Op> = Extract<RequestBody, { op: Op }>;

const SPECIAL = new Set(['/', '/zookeeper', '/zookeeper/quota', '/zookeeper/config']);
const EPHEMERAL = 1;
const SEQUENTIAL = 2;
const FLAGS_MAX = 6;
const FLAGS_TTL = 5;

/** Where the parent's path ends; undefined when the path has none or holds a null character. */
function parentPath(path: string): string | undefined {
  const slash = path.lastIndexOf('/');
  return slash < 0 || path.includes('\0') ? undefined : path.slice(0, slash);
}

export function prepareCreate(
  s: Server,
  zks: ZksState,
  request: Request,
  body: BodyOf<'create' | 'create2'>,
): Txn | ErrorName {
  const { flags } = body;
  if (flags < 0 || flags > FLAGS_MAX) return 'BADARGUMENTS';
  if (flags >= FLAGS_TTL) return 'UNIMPLEMENTED';
  const refused = checkSession(s, zks, request.sessionId, request.owner);
  if (refused !== undefined) return refused;
  if (body.path === null) return 'MARSHALLINGERROR';
  const parent = parentPath(body.path);
  if (parent === undefined) return 'BADARGUMENTS';
  if (body.acl === null || body.acl.length === 0) return 'INVALIDACL';
  const parentRecord = recordForPath(s, zks, parent);
  if (parentRecord === undefined) return 'NONODE';
  const isSequential = flags < FLAGS_TTL - 1 && (flags & SEQUENTIAL) !== 0;
  const isEphemeral = flags < FLAGS_TTL - 1 && (flags & EPHEMERAL) !== 0;
  const path = isSequential ? body.path + sequenceSuffix(parentRecord.cversion) : body.path;
  if (validatePath(path) !== undefined) return 'BADARGUMENTS';
  if (recordForPath(s, zks, path) !== undefined) return 'NODEEXISTS';
  if (parentRecord.ephemeralOwner !== NO_SESSION) return 'NOCHILDRENFOREPHEMERALS';

  const parentCVersion = (parentRecord.cversion + 1) | 0;
  const { zxid } = request;
  addChange(zks, {
    ...parentRecord,
    zxid,
    childCount: parentRecord.childCount + 1,
    cversion: parentCVersion,
  });
  addChange(zks, {
    zxid,
    path,
    exists: true,
    version: 0,
    cversion: 0,
    childCount: 0,
    ephemeralOwner: isEphemeral ? request.sessionId : NO_SESSION,
  });
  return {
    type: body.op,
    path,
    data: body.data,
    acl: body.acl,
    ephemeral: isEphemeral,
    parentCVersion,
  };
}

/** Ten digits, sign included, as Java's %010d. */
export function sequenceSuffix(cversion: number): string {
  return cversion < 0
    ? `-${String(-cversion).padStart(9, '0')}`
    : String(cversion).padStart(10, '0');
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
  const parent = parentPath(path);
  if (parent === undefined || SPECIAL.has(path)) return 'BADARGUMENTS';
  const parentRecord = recordForPath(s, zks, parent);
  if (parentRecord === undefined) return 'NONODE';
  const record = recordForPath(s, zks, path);
  if (record === undefined) return 'NONODE';
  if (!versionMatches(record.version, body.version)) return 'BADVERSION';
  if (record.childCount > 0) return 'NOTEMPTY';
  const { zxid } = request;
  addChange(zks, { ...parentRecord, zxid, childCount: parentRecord.childCount - 1 });
  addChange(zks, { ...record, zxid, exists: false, childCount: -1 });
  return { type: 'delete', path };
}

export function prepareSetData(
  s: Server,
  zks: ZksState,
  request: Request,
  body: BodyOf<'setData'>,
): Txn | ErrorName {
  const refused = checkSession(s, zks, request.sessionId, request.owner);
  if (refused !== undefined) return refused;
  const { path, data } = body;
  if (path === null || validatePath(path) !== undefined) return 'BADARGUMENTS';
  // The root is one node under two names; changes are kept under the one that parents use.
  const key = path === '/' ? '' : path;
  const record: ChangeRecord | undefined = recordForPath(s, zks, key);
  if (record === undefined) return 'NONODE';
  if (!versionMatches(record.version, body.version)) return 'BADVERSION';
  const version = (record.version + 1) | 0;
  addChange(zks, { ...record, zxid: request.zxid, version });
  return { type: 'setData', path, data, version };
}

/** -1 expects nothing; any other number only itself. */
function versionMatches(current: number, expected: number): boolean {
  return expected === -1 || expected === current;
}
