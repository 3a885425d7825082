/**
 * multi: all its parts with one zxid, each seen from behind the one before; the first that
 * fails undoes what the others left in the pending view.
 *
 * Source: PrepRequestProcessor.pRequestHelper (OpCode.multi), MultiOperationRecord.deserialize, Op.create.
 */
import type { ErrorName } from '../../../zk/errorCode';
import type { MultiOp, RequestBody, Txn } from '../../../zk/records';
import type { Request, Server, ZksState } from '../machine';
import { pendingChangesOf, rollbackPendingChanges } from './outstandingChanges';
import { type CreateBody, type CreateOp, createModeOf, prepareCreate } from './prepCreate';
import { prepareCheck, prepareDelete, prepareSetData } from './prepTxns';

/** A part of a multi that becomes a txn. */
type WriteOp = CreateBody | Extract<MultiOp, { op: 'delete' | 'setData' | 'check' }>;

const WRITES: ReadonlySet<string> = new Set<WriteOp['op']>([
  'create',
  'create2',
  'createContainer',
  'createTTL',
  'delete',
  'setData',
  'check',
]);

/** The txn, or what is wrong with the body as a whole. Sets `request.err` to the error of the part that failed. */
export function prepareMulti(
  s: Server,
  zks: ZksState,
  request: Request,
  body: Extract<RequestBody, { op: 'multi' | 'multiRead' }>,
): Txn | ErrorName {
  const ops = writesOf(body.ops);
  if (ops === undefined) return 'MARSHALLINGERROR';
  const pending = pendingChangesOf(
    zks,
    ops.map((op) => op.path),
  );
  const txns: Txn[] = [];
  let failed = false;
  for (const op of ops) {
    if (failed) {
      txns.push({ type: 'error', err: 'RUNTIMEINCONSISTENCY' });
      continue;
    }
    const prepared = prepareOne(s, zks, request, op);
    if (typeof prepared !== 'string') {
      txns.push(prepared);
      continue;
    }
    failed = true;
    request.err = prepared;
    rollbackPendingChanges(zks, request.zxid, pending);
    txns.push({ type: 'error', err: prepared });
  }
  return { type: 'multi', txns };
}

/**
 * Undefined: the body cannot be read as one. A read among the parts, a part of a kind that no
 * multi has, a path that is null, and a create whose flag asks for a TTL that its record does not
 * carry are errors of the whole. The other way round the TTL is dropped: it is a plain create.
 */
function writesOf(ops: readonly MultiOp[]): WriteOp[] | undefined {
  const writes: WriteOp[] = [];
  for (const op of ops) {
    if (!isWriteOp(op) || op.path === null || lacksTtl(op)) return undefined;
    writes.push(withoutIdleTtl(op));
  }
  return writes;
}

function isWriteOp(op: MultiOp): op is WriteOp {
  return WRITES.has(op.op);
}

function lacksTtl(op: WriteOp): boolean {
  return 'flags' in op && op.op !== 'createTTL' && createModeOf(op.flags)?.ttl === true;
}

function withoutIdleTtl(op: WriteOp): WriteOp {
  if (op.op !== 'createTTL' || createModeOf(op.flags)?.ttl === true) return op;
  const { path, data, acl, flags } = op;
  return { op: 'create', path, data, acl, flags };
}

function prepareOne(s: Server, zks: ZksState, request: Request, op: WriteOp): Txn | ErrorName {
  switch (op.op) {
    case 'delete':
      return prepareDelete(s, zks, request, op);
    case 'setData':
      return prepareSetData(s, zks, request, op);
    case 'check':
      return prepareCheck(s, zks, request, op);
    default:
      return prepareCreate(s, zks, request, op, kindInside(op));
  }
}

/** Inside a multi the flags decide what is created, and a create2 answers as a create (3.8.0). */
function kindInside(op: CreateBody): CreateOp {
  const mode = createModeOf(op.flags);
  if (mode?.ttl === true) return 'createTTL';
  return mode?.container === true ? 'createContainer' : 'create';
}
