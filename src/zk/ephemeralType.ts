/**
 * Kinds of znodes, as the stored ephemeralOwner tells them. Source: EphemeralType.java.
 * Left out: `zookeeper.emulate353TTLNodes`; reading TTL owners as sessions where extended
 * types are disabled (a server id of 255 is none here, so no session looks like one).
 */
import { NO_SESSION, type SessionId } from './ids';

export type NodeKind = 'persistent' | 'ephemeral' | 'container' | 'ttl';

/** Stored owner of a container node (Long.MIN_VALUE). */
export const CONTAINER_OWNER = '8000000000000000' as SessionId;
/** Longest time to live, ms: 40 bits. */
export const TTL_MAX_MS = 0xffffffffff;

const TTL_PREFIX = 'ff0000';

export function kindOfOwner(owner: SessionId): NodeKind {
  if (owner === NO_SESSION) return 'persistent';
  if (owner === CONTAINER_OWNER) return 'container';
  return owner.startsWith(TTL_PREFIX) ? 'ttl' : 'ephemeral';
}

/** Stored owner of a node that lives so many ms (1 to TTL_MAX_MS) without a change and without children. */
export function ttlOwner(ttlMs: number): SessionId {
  return (TTL_PREFIX + ttlMs.toString(16).padStart(10, '0')) as SessionId;
}

/** ms; of a TTL node's owner. */
export function ttlOf(owner: SessionId): number {
  return Number.parseInt(owner.slice(TTL_PREFIX.length), 16);
}
