/**
 * Limits that protect a server: of sessions that are asked for, of bytes in large requests, of
 * requests under way. All are off unless configured.
 *
 * Source: BlueThrottle.checkLimit, ZooKeeperServer (checkRequestSizeWhenReceivingMessage,
 * requestFinished), RequestThrottler (run, shouldThrottleOp).
 * Left out: the dropping of connects by chance (`connection_throttle_freeze_time`, off by default) and
 * weights of sessions.
 */
import type { ZooConfig } from '../../../zk/config';
import type { OpName } from '../../../zk/opCode';
import { nowMs, type Request, type Server, type ZksState } from '../machine';
import type { LimitsState } from '../zksState';

const FILL_TIME_MS = 1;
const FILL_COUNT = 1;
const LARGE_REQUEST_MAX_BYTES = 100 * 1024 * 1024;
const STALL_TIME_MS = 100;

export function initialLimits(config: ZooConfig, now: number): LimitsState {
  const tokens = config.connectionThrottleTokens ?? 0;
  return { tokens, filledAtMs: now, largeRequestBytes: 0, stallEndsAt: undefined };
}

/** Takes the token that a connect request needs; false: there is none. */
export function takeConnectionToken(s: Server, { limits }: ZksState): boolean {
  const { config } = s.state.spec;
  const most = config.connectionThrottleTokens ?? 0;
  if (most === 0) return true;
  const now = nowMs(s);
  const fillTime = config.connectionThrottleFillTime ?? FILL_TIME_MS;
  const passed = now - limits.filledAtMs;
  if (passed > fillTime) {
    const count = config.connectionThrottleFillCount ?? FILL_COUNT;
    limits.tokens = Math.min(limits.tokens + Math.floor((passed * count) / fillTime), most);
    limits.filledAtMs = now;
  }
  if (limits.tokens < 1) return false;
  limits.tokens -= 1;
  return true;
}

/** Whether a frame of so many bytes would be one large request too many. */
export function isLargeRefused(s: Server, { limits }: ZksState, length: number): boolean {
  const { config } = s.state.spec;
  if (!isLarge(config, length)) return false;
  const most = config.largeRequestMaxBytes ?? LARGE_REQUEST_MAX_BYTES;
  return limits.largeRequestBytes + length > most;
}

/** A request that is not refused is on its way from now on. */
export function countLarge(
  s: Server,
  { limits }: ZksState,
  request: Request,
  length: number,
): void {
  if (!isLarge(s.state.spec.config, length)) return;
  request.largeBytes = length;
  limits.largeRequestBytes += length;
}

function isLarge(config: ZooConfig, length: number): boolean {
  return config.largeRequestThreshold !== undefined && length > config.largeRequestThreshold;
}

/** A request has its answer, or was dropped. */
export function requestFinished({ limits }: ZksState, request: Request): void {
  limits.largeRequestBytes -= request.largeBytes;
  request.largeBytes = 0;
}

const STALL_TIMER = 'throttler.stall';

export function isStallTimer(timer: string): boolean {
  return timer === STALL_TIMER;
}

/** RequestThrottler must not go on now: as many requests as may be are under way. */
export function mustStall(s: Server, zks: ZksState): boolean {
  const most = s.state.spec.config.requestThrottleMaxRequests;
  if (most === undefined) return false;
  const { limits, stats } = zks;
  if (limits.stallEndsAt !== undefined && s.fx.now < limits.stallEndsAt) return true;
  limits.stallEndsAt = undefined;
  if (stats.inProcess < most) return false;
  const micros = (s.state.spec.config.requestThrottleStallTime ?? STALL_TIME_MS) * 1000;
  limits.stallEndsAt = s.fx.now + micros;
  s.fx.setTimer(STALL_TIMER, micros);
  return true;
}

/** With a limit to the requests under way, those whose client has gone are not carried out. */
export function isStale(s: Server, { conn }: Request): boolean {
  if (s.state.spec.config.requestThrottleMaxRequests === undefined) return false;
  return conn !== undefined && s.state.cnxns[conn] === undefined;
}

const NEVER_THROTTLED: ReadonlySet<OpName> = new Set(['ping', 'createSession', 'closeSession']);

/** It has waited at the door for longer than it may. */
export function shouldThrottleOp(s: Server, request: Request): boolean {
  const limit = s.state.spec.config.throttledOpWaitTime;
  if (limit === undefined || NEVER_THROTTLED.has(request.ref.op)) return false;
  return (s.fx.now - request.createdAt) / 1000 > limit;
}
