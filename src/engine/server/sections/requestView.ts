/** A request, a txn and their data as the page may see them. */
import { bytesToText } from '../../../base/bytes';
import type { OpView, RequestView } from '../../../bridge/frame';
import type { LoggedTxn, MultiOp, RequestBody, Txn } from '../../../zk/records';
import type { Request } from '../machine';
import { isWrite } from '../request';

/** Parts of a multi that are shown. */
const OPS_MAX = 64;
/** Characters of a request's data, at most. */
const DATA_MAX = 80;
/** UTF-8 spends at most so many bytes on one UTF-16 unit. */
const BYTES_PER_UNIT = 3;

/** Data as text of at most `max` UTF-16 units; a symbol of two is never cut in half. */
export function textOf(bytes: string, max: number): string {
  // Only what can be shown is decoded, for data may be a megabyte. The one symbol that this may
  // spoil begins behind the cut.
  const text = bytesToText(bytes.slice(0, BYTES_PER_UNIT * (max + 1)));
  if (text.length <= max) return text;
  const last = text.charCodeAt(max - 1);
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? max - 1 : max);
}

/** `zxid` is set once it is a txn. The body is what the client asked; on a learner a proposal has only its txn. */
export function viewOf(request: Request): RequestView {
  const { ref, entry, body, conn } = request;
  const view: RequestView = {
    sessionId: request.sessionId,
    cxid: request.cxid,
    op: ref.op,
    isWrite: isWrite(request),
  };
  if (ref.path !== undefined) view.path = ref.path;
  const data = dataOf(body) ?? dataOf(entry?.txn);
  if (data !== undefined) view.data = textOf(data, DATA_MAX);
  if (entry !== undefined) view.zxid = entry.hdr.zxid;
  const err = request.err ?? (entry?.txn.type === 'error' ? entry.txn.err : undefined);
  if (err !== undefined) view.err = err;
  if (conn !== undefined) view.local = true;
  addOps(view, body, entry?.txn);
  return view;
}

/** Of a multi: what was asked, and, once it is a txn, what becomes of each part. */
function addOps(view: RequestView, body: RequestBody | undefined, txn: Txn | undefined): void {
  const asked = body !== undefined && 'ops' in body ? body.ops : undefined;
  const txns = txn?.type === 'multi' ? txn.txns : undefined;
  if (asked === undefined && txns === undefined) return;
  view.ops = [];
  const count = Math.min(OPS_MAX, (asked ?? txns ?? []).length);
  for (let i = 0; i < count; i += 1) view.ops.push(opViewOf(asked?.[i], txns?.[i]));
}

/** A part that was undone is a txn of type error, which no longer says what it was to be. */
function opViewOf(asked: MultiOp | undefined, txn: Txn | undefined): OpView {
  const op: OpView = { op: asked?.op ?? txn?.type ?? 'error' };
  const path = asked?.path ?? (txn !== undefined && 'path' in txn ? txn.path : undefined);
  if (path !== undefined && path !== null) op.path = path;
  if (txn !== undefined) op.err = txn.type === 'error' ? txn.err : 'OK';
  return op;
}

/** A record of the txn log: what is left of its request. */
export function viewOfTxn({ hdr, txn }: LoggedTxn): RequestView {
  const view: RequestView = {
    sessionId: hdr.clientId,
    cxid: hdr.cxid,
    op: hdr.type,
    zxid: hdr.zxid,
    isWrite: true,
  };
  if ('path' in txn) view.path = txn.path;
  const data = dataOf(txn);
  if (data !== undefined) view.data = textOf(data, DATA_MAX);
  if (txn.type === 'error') view.err = txn.err;
  addOps(view, undefined, txn);
  return view;
}

/** Undefined where there is none: null data and operations without data look alike. */
function dataOf(source: RequestBody | Txn | undefined): string | undefined {
  if (source === undefined || !('data' in source)) return undefined;
  return source.data ?? undefined;
}
