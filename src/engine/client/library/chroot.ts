/**
 * The chroot is the client's affair alone: it is put in front of every path that
 * is sent, and cut off where the original cuts it off, which is not everywhere
 * (not in a multi's results, not in getEphemerals, either way).
 *
 * Source: ZooKeeper.java (prependChroot, withRootPrefix, create, delete), ClientCnxn.java (readResponse).
 */
import type { MultiOp, ReplyBody, RequestBody } from '../../../zk/records';

/** `chroot` '' for none. */
export function serverPath(chroot: string, path: string): string {
  if (chroot === '') return path;
  return path.length === 1 ? chroot : chroot + path;
}

/** Path of an event as the client's watchers know it. */
export function eventPath(chroot: string, path: string): string {
  if (chroot === '') return path;
  if (path === chroot) return '/';
  return path.length > chroot.length ? path.slice(chroot.length) : path;
}

/** The body as it is sent. */
export function belowChroot(chroot: string, body: RequestBody): RequestBody {
  if (chroot === '') return body;
  switch (body.op) {
    case 'multi':
    case 'multiRead':
      return { ...body, ops: body.ops.map((op) => inMulti(chroot, op)) };
    case 'delete':
      // The root cannot be deleted, and below a chroot this is said of the chroot too.
      return body.path === '/' || body.path === null
        ? body
        : { ...body, path: serverPath(chroot, body.path) };
    default:
      if (!('path' in body) || body.path === null) return body;
      return { ...body, path: serverPath(chroot, body.path) };
  }
}

function inMulti(chroot: string, op: MultiOp): MultiOp {
  return op.path === null ? op : { ...op, path: serverPath(chroot, op.path) };
}

/** The reply as the caller sees it. */
export function aboveChroot(
  chroot: string,
  body: RequestBody,
  clientPath: string | null,
  reply: ReplyBody,
): ReplyBody {
  if (reply.path === undefined || reply.path === null) return reply;
  // The callback of a sync is given the path of the call, not that of the reply.
  if (body.op === 'sync') return { ...reply, path: clientPath };
  return chroot === '' ? reply : { ...reply, path: reply.path.slice(chroot.length) };
}
