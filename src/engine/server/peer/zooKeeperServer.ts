/** A ZooKeeperServer object as it begins. Source: ZooKeeperServer, SessionTrackerImpl, ServerStats. */
import { firstSessionId } from '../../../zk/sessionIds';
import { lastProcessedZxid } from '../../database/zkDatabase';
import { nowMs, type Role, type Server, type ZksState } from '../machine';
import { initialCommitState } from '../pipeline/commitProcessor';
import { initialLimits } from '../sessions/limits';
import { emptyLatency } from '../sessions/serverCnxn';
import { NEVER_MS } from '../sessions/sessionTracker';
import type { ServerStats } from '../zksState';

/** A new ZooKeeperServer object, which does not serve yet. */
export function makeZks(s: Server, role: Role): ZksState {
  const { config } = s.state.spec;
  const half = Math.floor(config.snapCount / 2);
  return {
    role,
    serving: false,
    failed: false,
    hzxid: lastProcessedZxid(s.state.db),
    nextSessionId: firstSessionId(s.state.sid, nowMs(s)),
    throttler: [],
    prep: [],
    sync: {
      queue: [],
      toFlush: [],
      nexts: [],
      acks: [],
      txnsSinceSnapshot: 0,
      snapshotAt: half + s.fx.random('snapshot', Math.max(half, 1)),
    },
    commit: initialCommitState(config.commitProcessorNumWorkerThreads),
    follower: [],
    readOnly: [],
    tracker: role === 'follower' || role === 'readOnly' ? undefined : {},
    localTracker: config.localSessionsEnabled && role !== 'standalone' ? {} : undefined,
    upgrading: {},
    trackerWakesAtMs: NEVER_MS,
    touchTable: {},
    outstandingChanges: [],
    outstandingChangesForPath: {},
    containers: { candidates: [], startedAt: undefined, nextCheckAt: undefined },
    limits: initialLimits(config, nowMs(s)),
    stats: emptyServerStats(s.fx.now),
  };
}

/** `startedAt` in virtual us. */
export function emptyServerStats(now: number): ServerStats {
  return {
    startedAt: now,
    packetsReceived: 0,
    packetsSent: 0,
    inProcess: 0,
    latency: emptyLatency(),
    proposals: { last: -1, min: -1, max: -1 },
  };
}
