/** Session ids: who makes them and in which order. */
import { assert } from '../base/assert';
import type { SessionId, Sid } from './ids';

/** Stored owner of a container node (Long.MIN_VALUE): no session may have this id. */
const CONTAINER_OWNER = '8000000000000000';

/**
 * The first session id of a server object: the server in the top byte, the low 40 bits of
 * `elapsedMs` (a monotonic clock in ms), 16 zero bits.
 *
 * Source: SessionTrackerImpl.initializeNextSessionId.
 */
export function firstSessionId(sid: Sid, elapsedMs: number): SessionId {
  assert(sid >= 0 && sid <= 255 && elapsedMs >= 0, 'a session id begins with a server id');
  const low40 = Math.floor(elapsedMs) % 0x10000000000;
  const id = hex(sid, 2) + hex(low40, 10) + '0000';
  return (id === CONTAINER_OWNER ? '8000000000000001' : id) as SessionId;
}

/** The id after `id`; carries through all 64 bits. */
export function nextSessionId(id: SessionId): SessionId {
  const low = Number.parseInt(id.slice(8), 16) + 1;
  if (low < 0x100000000) return (id.slice(0, 8) + hex(low, 8)) as SessionId;
  const high = (Number.parseInt(id.slice(0, 8), 16) + 1) % 0x100000000;
  return (hex(high, 8) + '00000000') as SessionId;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
