/** Settings by their names in zoo.cfg; times in ms, limits in ticks. */

export interface ZooConfig {
  tickTime: number;
  initLimit: number;
  syncLimit: number;
  /** Default 2 ticks. */
  minSessionTimeout?: number;
  /** Default 20 ticks. */
  maxSessionTimeout?: number;
  /** A snapshot after snapCount/2 plus a random part of that again. */
  snapCount: number;
  /** How many committed proposals a server keeps in memory to synchronise learners. */
  commitLogCount: number;
  /** `cnxTimeout`: election connect, ms. */
  cnxTimeout: number;
  /** Frame limit in bytes (`jute.maxbuffer`). */
  juteMaxBuffer: number;
  maxClientCnxns: number;
  globalOutstandingLimit: number;
  commitProcessorNumWorkerThreads: number;
  maxReadBatchSize: number;
  maxCommitBatchSize: number;
  /** SyncRequestProcessor: records per fsync, at most (`zookeeper.maxBatchSize`). */
  maxBatchSize: number;
  /** `znode.container.checkIntervalMs`. */
  containerCheckIntervalMs: number;
  /** `zookeeper.extendedTypesEnabled`: TTL nodes. */
  extendedTypesEnabled: boolean;
  enforceQuota: boolean;
  skipACL: boolean;
  /** `zookeeper.DigestAuthenticationProvider.superDigest`, `user:hash`; empty: no super user. */
  superDigest: string;
  localSessionsEnabled: boolean;
  localSessionsUpgradingEnabled: boolean;
  readOnlyModeEnabled: boolean;
  /** The membership may be changed while the ensemble runs; undefined: it may not. */
  reconfigEnabled?: boolean;
  /** `4lw.commands.whitelist`: comma list or `*`. */
  fourLetterWords: string;
  /** `connection_throttle_tokens`: sessions that may be asked for at once; undefined: any number. */
  connectionThrottleTokens?: number;
  /** `connection_throttle_fill_time`, ms: so often `connectionThrottleFillCount` tokens come back. */
  connectionThrottleFillTime?: number;
  connectionThrottleFillCount?: number;
  /** Bytes beyond which a request is a large one; undefined: none is. */
  largeRequestThreshold?: number;
  /** Bytes of large requests that may be under way together; default 100 MiB. */
  largeRequestMaxBytes?: number;
  /** `request_throttle_max_requests`: requests of clients under way together; undefined: any number. */
  requestThrottleMaxRequests?: number;
  /** `request_throttle_stall_time`, ms: how often the throttler looks whether it may go on; default 100. */
  requestThrottleStallTime?: number;
  /** `throttled_op_wait_time`, ms: who waited longer is answered THROTTLEDOP; undefined: nobody is. */
  throttledOpWaitTime?: number;
}

export const DEFAULT_ZOO_CONFIG: ZooConfig = {
  tickTime: 2000,
  initLimit: 10,
  syncLimit: 5,
  snapCount: 100000,
  commitLogCount: 500,
  cnxTimeout: 5000,
  juteMaxBuffer: 0xfffff,
  maxClientCnxns: 60,
  globalOutstandingLimit: 1000,
  commitProcessorNumWorkerThreads: 2,
  maxReadBatchSize: -1,
  maxCommitBatchSize: 1,
  maxBatchSize: 1000,
  containerCheckIntervalMs: 60000,
  extendedTypesEnabled: false,
  enforceQuota: false,
  skipACL: false,
  superDigest: '',
  localSessionsEnabled: false,
  localSessionsUpgradingEnabled: false,
  readOnlyModeEnabled: false,
  fourLetterWords: '*',
};

export function minSessionTimeout(config: ZooConfig): number {
  return config.minSessionTimeout ?? 2 * config.tickTime;
}

export function maxSessionTimeout(config: ZooConfig): number {
  return config.maxSessionTimeout ?? 20 * config.tickTime;
}
