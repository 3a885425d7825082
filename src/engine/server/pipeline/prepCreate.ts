/**
 * The checks of create, create2, createContainer and createTTL, in the order that clients can
 * observe, and the txn that results. Source: PrepRequestProcessor.pRequest2TxnCreate,
 * validateCreateRequest; CreateMode, EphemeralType.
 */
import type { ErrorName } from '../../../zk/errorCode';
import { fixupAcl, PERMS } from '../../../zk/acl';
import { CONTAINER_OWNER, kindOfOwner, TTL_MAX_MS, ttlOwner } from '../../../zk/ephemeralType';
import { NO_SESSION, type SessionId } from '../../../zk/ids';
import { validatePath } from '../../../zk/paths';
import type { AclEntry, RequestBody, Txn } from '../../../zk/records';
import { checkQuota } from '../../database/dataTree';
import type { ChangeRecord, Request, Server, ZksState } from '../machine';
import { checkGlobalSession, checkSession } from '../sessions/sessionTracker';
import { addChange, duplicate, recordForPath } from './outstandingChanges';
import { mayDo } from './prepTxns';

export type CreateOp = 'create' | 'create2' | 'createContainer' | 'createTTL';
export type CreateBody = Extract<RequestBody, { op: CreateOp }>;

/** CreateMode by its flag. */
interface Mode {
  readonly ephemeral: boolean;
  readonly sequential: boolean;
  readonly container: boolean;
  readonly ttl: boolean;
}

const PLAIN: Mode = { ephemeral: false, sequential: false, container: false, ttl: false };
const MODES: readonly Mode[] = [
  PLAIN,
  { ...PLAIN, ephemeral: true },
  { ...PLAIN, sequential: true },
  { ...PLAIN, ephemeral: true, sequential: true },
  { ...PLAIN, container: true },
  { ...PLAIN, ttl: true },
  { ...PLAIN, ttl: true, sequential: true },
];

/** Undefined: no such mode. */
export function createModeOf(flags: number): Mode | undefined {
  return MODES[flags];
}

/** Where the parent's path ends; undefined when the path has none or holds a null character. */
export function parentPath(path: string): string | undefined {
  const slash = path.lastIndexOf('/');
  return slash < 0 || path.includes('\0') ? undefined : path.slice(0, slash);
}

/** `type`: what kind of txn it becomes; inside a multi it is not the operation's own. */
export function prepareCreate(
  s: Server,
  zks: ZksState,
  request: Request,
  body: CreateBody,
  type: CreateOp,
): Txn | ErrorName {
  const mode = createModeOf(body.flags);
  if (mode === undefined) return 'BADARGUMENTS';
  const ttl = body.op === 'createTTL' ? body.ttl : -1;
  const refused = refuseMode(s, mode, ttl, type) ?? refuseSession(s, zks, request, mode.ephemeral);
  if (refused !== undefined) return refused;
  if (body.path === null) return 'MARSHALLINGERROR';
  const parent = parentPath(body.path);
  if (parent === undefined) return 'BADARGUMENTS';
  const acl = fixupAcl(body.acl, request.authInfo);
  if (typeof acl === 'string') return acl;
  const parentRecord = recordForPath(s, zks, parent);
  if (parentRecord === undefined) return 'NONODE';
  if (!mayDo(s, parentRecord.acl, PERMS.CREATE, request)) return 'NOAUTH';
  const path = mode.sequential ? body.path + sequenceSuffix(parentRecord.cversion) : body.path;
  if (validatePath(path) !== undefined) return 'BADARGUMENTS';
  if (recordForPath(s, zks, path) !== undefined) return 'NODEEXISTS';
  const { config } = s.state.spec;
  const parentKind = kindOfOwner(parentRecord.ephemeralOwner);
  if (parentKind === 'ephemeral') return 'NOCHILDRENFOREPHEMERALS';
  const { data } = body;
  const length = data === null ? 0 : data.length;
  if (config.enforceQuota) {
    const exceeded = checkQuota(s.state.db.tree, path, length, 1);
    if (exceeded !== undefined) return exceeded;
  }
  const parentCVersion = (parentRecord.cversion + 1) | 0;
  const owner = ownerOf(request, mode, ttl);
  addCreated(zks, request, parentRecord, parentCVersion, path, acl, owner, length);
  switch (type) {
    case 'createContainer':
      return { type, path, data, acl, parentCVersion };
    case 'createTTL':
      return { type, path, data, acl, parentCVersion, ttl };
    default:
      return { type, path, data, acl, ephemeral: mode.ephemeral, parentCVersion };
  }
}

/** Differs: a createTTL without a TTL mode passes this check in 3.8.0, and breaks when it is applied. */
function refuseMode(s: Server, mode: Mode, ttl: number, type: CreateOp): ErrorName | undefined {
  if (mode.ttl && !s.state.spec.config.extendedTypesEnabled) return 'UNIMPLEMENTED';
  const isValid = mode.ttl ? ttl > 0 && ttl <= TTL_MAX_MS : ttl < 0;
  return isValid && (mode.ttl || type !== 'createTTL') ? undefined : 'BADARGUMENTS';
}

/** An ephemeral node needs a session that all servers know. */
function refuseSession(
  s: Server,
  zks: ZksState,
  request: Request,
  isEphemeral: boolean,
): ErrorName | undefined {
  const { sessionId, owner } = request;
  if (!isEphemeral) return checkSession(s, zks, sessionId, owner);
  return request.err ?? checkGlobalSession(s, zks, sessionId, owner);
}

/** Stored owner of the new node, as its mode says. */
function ownerOf(request: Request, mode: Mode, ttl: number): SessionId {
  if (mode.container) return CONTAINER_OWNER;
  if (mode.ttl) return ttlOwner(ttl);
  return mode.ephemeral ? request.sessionId : NO_SESSION;
}

function addCreated(
  zks: ZksState,
  request: Request,
  parentRecord: ChangeRecord,
  parentCVersion: number,
  path: string,
  acl: readonly AclEntry[],
  ephemeralOwner: SessionId,
  dataLength: number,
): void {
  const { zxid } = request;
  const parent = duplicate(parentRecord, zxid);
  parent.childCount += 1;
  parent.cversion = parentCVersion;
  addChange(zks, parent);
  addChange(zks, {
    zxid,
    path,
    exists: true,
    version: 0,
    cversion: 0,
    childCount: 0,
    ephemeralOwner,
    aversion: 0,
    acl,
    dataLength,
  });
}

/** Ten digits, sign included, as Java's %010d. */
export function sequenceSuffix(cversion: number): string {
  return cversion < 0
    ? `-${String(-cversion).padStart(9, '0')}`
    : String(cversion).padStart(10, '0');
}
