/**
 * Local sessions: known to one server, no txn, no leader; the first ephemeral node makes a
 * global one of it. Source: UpgradeableSessionTracker, QuorumZooKeeperServer.checkUpgradeSession,
 * setLocalSessionFlag.
 */
import type { ErrorName } from '../../../zk/errorCode';
import type { SessionId } from '../../../zk/ids';
import type { MultiOp, RequestBody } from '../../../zk/records';
import type { Request, Server, ZksState } from '../machine';
import { localRequest } from '../request';

const EPHEMERAL_FLAGS: ReadonlySet<number> = new Set([1, 3]);

/** All servers know it: it is committed here, or the leader tracks it. */
export function isGlobalSession(s: Server, zks: ZksState, id: SessionId): boolean {
  return zks.tracker === undefined ? s.state.db.sessions[id] !== undefined : id in zks.tracker;
}

export function isLocalSession(zks: ZksState, id: SessionId): boolean {
  return zks.localTracker?.[id] !== undefined;
}

/** What opens a session here, or closes a local one, is this server's own affair. */
export function setLocalSessionFlag(zks: ZksState, request: Request): void {
  if (zks.localTracker === undefined) return;
  const { op } = request.ref;
  if (op === 'createSession') request.isLocalSession = request.conn !== undefined;
  else if (op === 'closeSession') request.isLocalSession = isLocalSession(zks, request.sessionId);
}

/**
 * The createSession that must go before this request, when it is the first of a local session
 * that makes an ephemeral node; an error when upgrading is not allowed.
 */
export function upgradeFor(
  s: Server,
  zks: ZksState,
  request: Request,
): Request | ErrorName | undefined {
  const { sessionId, body } = request;
  const local = zks.localTracker?.[sessionId];
  if (local === undefined || body === undefined || !makesEphemeral(body)) return undefined;
  if (!s.state.spec.config.localSessionsUpgradingEnabled) return 'EPHEMERALONLOCALSESSION';
  const { timeoutMs } = local;
  delete zks.localTracker?.[sessionId];
  if (zks.tracker === undefined) {
    zks.upgrading[sessionId] = timeoutMs;
    zks.touchTable[sessionId] = timeoutMs;
  } else {
    // The leader counts it as its own at once; its expiry goes on where it was.
    zks.tracker[sessionId] = local;
  }
  s.fx.touch('sessions');
  const create = { op: 'createSession', timeOut: timeoutMs } as const;
  return localRequest(sessionId, 0, create, undefined, s.fx.head);
}

/** A TTL or container create, or a body that cannot be read, upgrades nothing. */
function makesEphemeral(body: RequestBody): boolean {
  if (body.op === 'multi') return body.ops.some(isEphemeralCreate);
  return (body.op === 'create' || body.op === 'create2') && EPHEMERAL_FLAGS.has(body.flags);
}

function isEphemeralCreate(op: MultiOp): boolean {
  return (op.op === 'create' || op.op === 'create2') && EPHEMERAL_FLAGS.has(op.flags);
}

/** Its createSession is applied: it is local no more. */
export function finishUpgrade(zks: ZksState, id: SessionId): void {
  if (zks.localTracker === undefined) return;
  delete zks.localTracker[id];
  delete zks.upgrading[id];
}
