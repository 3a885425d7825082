/** A request in words and in short. */
import type { RequestView } from '../../bridge/frame';
import type { RequestRef } from '../../bridge/traceEntry';
import { counterOf, epochOf, type SessionId, type Zxid, zxidText } from '../../zk/ids';
import { type SessionLetters, sessionName } from './sessions';

/** The same for every sight of one request: queue, ledger, message, log. */
export function requestKey(request: { sessionId: SessionId; cxid: number }): string {
  return `${request.sessionId}.${request.cxid}`;
}

export function refOf(request: RequestView): RequestRef {
  const { sessionId, cxid, op, path } = request;
  return { sessionId, cxid, op, ...(path === undefined ? {} : { path }) };
}

/** `<op> <path> <session> cxid <n> [zxid 0x..]`: the name that tests and screen readers hold on to. */
export function requestName(request: RequestView, letters: SessionLetters): string {
  const words: string[] = [request.op];
  if (request.path !== undefined) words.push(request.path);
  words.push(sessionName(letters, request.sessionId), 'cxid', String(request.cxid));
  if (request.zxid !== undefined && request.isWrite) words.push('zxid', zxidText(request.zxid));
  return words.join(' ');
}

/** What stands on a chip: the path, shortened to `max`; of a multi how many parts it has; else the operation. */
export function requestLabel(
  { path, op, ops }: Pick<RequestView, 'path' | 'op' | 'ops'>,
  max: number,
): string {
  if (path !== undefined) return middleEllipsis(path, max);
  if (ops === undefined) return op;
  const text = `${op} ×${ops.length}`;
  // The glyph says as well that it is a multi.
  return text.length <= max ? text : `×${ops.length}`;
}

/** Keeps both ends of a text of more than `max` characters; a path keeps its last name as far as it fits. */
export function middleEllipsis(text: string, max: number): string {
  if (text.length <= max) return text;
  if (max <= 1) return '…';
  const head = Math.ceil((max - 1) / 2);
  const tail = max - 1 - head;
  return `${text.slice(0, head)}…${tail > 0 ? text.slice(-tail) : ''}`;
}

/** `0x1·5`: epoch and counter apart, as votes print it; `none` for -1. */
export function zxidShort(zxid: Zxid): string {
  if (zxid < 0) return '−1';
  return `0x${epochOf(zxid).toString(16)}·${counterOf(zxid).toString(16)}`;
}

/** The counter alone, as the superscript of a chip. */
export function zxidCounter(zxid: Zxid): string {
  return zxid < 0 ? '' : counterOf(zxid).toString(16);
}
