/** A request, a txn and their data as the page may see them. */
import { bytesToText } from '../../../base/bytes';
import type { RequestView } from '../../../bridge/frame';
import type { LoggedTxn, RequestBody, Txn } from '../../../zk/records';
import type { Request } from '../machine';
import { isWrite } from '../request';

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
  return view;
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
  return view;
}

/** Undefined where there is none: null data and operations without data look alike. */
function dataOf(source: RequestBody | Txn | undefined): string | undefined {
  if (source === undefined || !('data' in source)) return undefined;
  return source.data ?? undefined;
}
