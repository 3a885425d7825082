/**
 * How long an answer may be: what a server let in may be too long to be read again, since the answer to
 * getData has a Stat behind the data.
 *
 * Source: ClientCnxnSocket.java (initProperties, readLength). Left out: the client's own `jute.maxbuffer`.
 */
import { serverName } from '../../../bridge/names';
import type { Effects } from '../../../bridge/process';
import { frameLength } from '../../../zk/jute/clientPacket';
import type { ClientReply } from '../../../zk/packets';
import type { ReplyBody } from '../../../zk/records';
import type { ClientCnxn } from './cnxnState';

/** ZKConfig.CLIENT_MAX_PACKET_LENGTH_DEFAULT, bytes. */
const MAX_PACKET_LENGTH = 0xfffff;

/** Of one character, or one entry of a list with all that is fixed about it. */
const BYTES_MAX = 4;
const FIXED_SIZE = 100;

/** Characters of what has no bound, which saves reckoning the length of nearly all answers. */
function sizeOf(body: ReplyBody | undefined): number {
  if (body === undefined) return 0;
  let size = FIXED_SIZE + (body.data?.length ?? 0);
  for (const list of [body.children, body.ephemerals]) {
    for (const name of list ?? []) size += name.length + FIXED_SIZE;
  }
  for (const { id } of body.acl ?? []) size += id.length + FIXED_SIZE;
  for (const result of body.results ?? []) size += sizeOf(result);
  return size;
}

/** The connection cannot be read on behind such a frame. */
export function isTooLong(cnxn: ClientCnxn, reply: ClientReply, effects: Effects): boolean {
  if (sizeOf(reply.body) * BYTES_MAX <= MAX_PACKET_LENGTH) return false;
  const length = frameLength(reply);
  if (length <= MAX_PACKET_LENGTH) return false;
  const peer = serverName(cnxn.server ?? 0);
  effects.trace({ type: 'close', name: 'frameTooLong', peer, detail: { length } });
  return true;
}
