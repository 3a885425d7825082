/**
 * What the Java client refuses by itself, before a request exists.
 *
 * Source: ZooKeeper.java (each call's validatePath, validateACL, validateWatcher), Op.java (validate),
 * EphemeralType.java (validateTTL), CreateMode.java.
 */
import { validatePath } from '../../../zk/paths';
import type { AclEntry, MultiOp, RequestBody } from '../../../zk/records';

/** Milliseconds that a TTL node may wait at most: 40 bits. */
export const TTL_MAX = 0xffffffffff;
const MIXED_TEXT =
  'Mixing read and write operations (transactions) is not allowed in a multi request.';
export const TTL_TEXT = `ttl must be positive and cannot be larger than: ${TTL_MAX}`;

/** CreateMode flags. */
export const CREATE_MODES = {
  PERSISTENT: 0,
  EPHEMERAL: 1,
  PERSISTENT_SEQUENTIAL: 2,
  EPHEMERAL_SEQUENTIAL: 3,
  CONTAINER: 4,
  PERSISTENT_WITH_TTL: 5,
  PERSISTENT_SEQUENTIAL_WITH_TTL: 6,
} as const;

export type Refusal =
  /** A java.lang.IllegalArgumentException of this message. */
  | { type: 'illegalArgument'; message: string }
  /** InvalidACLException, without a path. */
  | { type: 'invalidAcl' };

/** Undefined: the call may go out. */
export function refusalOf(body: RequestBody, watcher: string | undefined): Refusal | undefined {
  switch (body.op) {
    case 'create':
    case 'create2':
    case 'createContainer':
    case 'createTTL':
      return illegal(createFault(body)) ?? aclRefusal(body.acl);
    case 'setACL':
      return illegal(validatePath(body.path)) ?? aclRefusal(body.acl);
    case 'multi':
    case 'multiRead':
      for (const op of body.ops) {
        const fault = 'flags' in op ? createFault(op) : validatePath(op.path);
        if (fault !== undefined) return illegal(fault);
      }
      return illegal(kindsFault(body.ops));
    case 'addWatch':
      return illegal(validatePath(body.path) ?? watcherFault(watcher));
    case 'checkWatches':
      return illegal(watcherFault(watcher) ?? validatePath(body.path));
    case 'getEphemerals':
      return illegal(validatePath(body.prefix));
    default:
      return 'path' in body ? illegal(validatePath(body.path)) : undefined;
  }
}

/** Source: MultiOperationRecord.setOrCheckOpKind. */
function kindsFault(ops: readonly MultiOp[]): string | undefined {
  const reads = ops.filter(isRead).length;
  return reads === 0 || reads === ops.length ? undefined : MIXED_TEXT;
}

/** OpKind.READ: parts of a multiRead. */
export function isRead({ op }: MultiOp): boolean {
  return op === 'getData' || op === 'getChildren';
}

function createFault(body: Extract<RequestBody, { flags: number }>): string | undefined {
  const { path, flags } = body;
  const wrong = validateCreatePath(path, isSequential(flags));
  if (wrong !== undefined) return wrong;
  const hasTtl = flags === CREATE_MODES.PERSISTENT_WITH_TTL || flags === 6;
  const ttl = body.op === 'createTTL' ? body.ttl : -1;
  if (hasTtl) return ttl > 0 && ttl <= TTL_MAX ? undefined : TTL_TEXT;
  return ttl >= 0 ? `ttl not valid for mode: ${modeName(flags)}` : undefined;
}

/** The server appends ten digits; the library appends one to see whether the path will be legal. */
export function validateCreatePath(path: string | null, sequential: boolean): string | undefined {
  return validatePath(sequential && path !== null ? `${path}1` : path);
}

function isSequential(flags: number): boolean {
  return (
    flags === CREATE_MODES.PERSISTENT_SEQUENTIAL ||
    flags === CREATE_MODES.EPHEMERAL_SEQUENTIAL ||
    flags === CREATE_MODES.PERSISTENT_SEQUENTIAL_WITH_TTL
  );
}

function modeName(flags: number): string {
  return Object.entries(CREATE_MODES).find(([, value]) => value === flags)?.[0] ?? String(flags);
}

function aclRefusal(acl: readonly AclEntry[] | null): Refusal | undefined {
  return acl === null || acl.length === 0 ? { type: 'invalidAcl' } : undefined;
}

function watcherFault(watcher: string | undefined): string | undefined {
  return watcher === undefined ? "Invalid Watcher, shouldn't be null!" : undefined;
}

function illegal(message: string | undefined): Refusal | undefined {
  return message === undefined ? undefined : { type: 'illegalArgument', message };
}
