/** From the settings of a recording (zoo.cfg and JVM properties) to the engine's. */
import type { ZooConfig } from '../../../zk/config';
import { DEFAULT_ZOO_CONFIG } from '../../../zk/config';

/** What a recording says of its servers: settings of zoo.cfg, and JVM properties under `properties`. */
export type RecordedConfig = Readonly<Record<string, unknown>>;

type Read = (text: string) => number | boolean | string;

const number: Read = (text) => Number(text);
const flag: Read = (text) => text.toLowerCase() === 'true';
const yes: Read = (text) => text === 'yes';
const text: Read = (value) => value;

/** Settings of zoo.cfg by their own names. */
const SETTINGS: Readonly<Record<string, Read>> = {
  tickTime: number,
  initLimit: number,
  syncLimit: number,
  minSessionTimeout: number,
  maxSessionTimeout: number,
  maxClientCnxns: number,
  localSessionsEnabled: flag,
  localSessionsUpgradingEnabled: flag,
  reconfigEnabled: flag,
} satisfies Partial<Record<keyof ZooConfig, Read>>;

/** JVM properties, and the settings they are. */
const PROPERTIES: Readonly<Record<string, { setting: keyof ZooConfig; read: Read }>> = {
  'jute.maxbuffer': { setting: 'juteMaxBuffer', read: number },
  'readonlymode.enabled': { setting: 'readOnlyModeEnabled', read: flag },
  'znode.container.checkIntervalMs': { setting: 'containerCheckIntervalMs', read: number },
  'zookeeper.4lw.commands.whitelist': { setting: 'fourLetterWords', read: text },
  'zookeeper.DigestAuthenticationProvider.superDigest': { setting: 'superDigest', read: text },
  'zookeeper.connection_throttle_fill_count': {
    setting: 'connectionThrottleFillCount',
    read: number,
  },
  'zookeeper.connection_throttle_fill_time': {
    setting: 'connectionThrottleFillTime',
    read: number,
  },
  'zookeeper.connection_throttle_tokens': { setting: 'connectionThrottleTokens', read: number },
  'zookeeper.enforceQuota': { setting: 'enforceQuota', read: flag },
  'zookeeper.extendedTypesEnabled': { setting: 'extendedTypesEnabled', read: flag },
  'zookeeper.globalOutstandingLimit': { setting: 'globalOutstandingLimit', read: number },
  'zookeeper.largeRequestMaxBytes': { setting: 'largeRequestMaxBytes', read: number },
  'zookeeper.largeRequestThreshold': { setting: 'largeRequestThreshold', read: number },
  'zookeeper.request_throttle_max_requests': {
    setting: 'requestThrottleMaxRequests',
    read: number,
  },
  'zookeeper.request_throttle_stall_time': { setting: 'requestThrottleStallTime', read: number },
  'zookeeper.throttled_op_wait_time': { setting: 'throttledOpWaitTime', read: number },
  'zookeeper.skipACL': { setting: 'skipACL', read: yes },
  'zookeeper.snapCount': { setting: 'snapCount', read: number },
};

/** Names of what the engine does not have, as `config:NAME` and `property:NAME`, in their order. */
export function missingSettings(config: RecordedConfig): string[] {
  const missing: string[] = [];
  for (const [name, value] of Object.entries(config)) {
    if (name === 'properties') {
      for (const property of Object.keys(value as object)) {
        if (!Object.hasOwn(PROPERTIES, property)) missing.push(`property:${property}`);
      }
    } else if (!Object.hasOwn(SETTINGS, name) && !Object.hasOwn(PROPERTIES, asProperty(name))) {
      missing.push(`config:${name}`);
    }
  }
  return missing;
}

/** `defaults`: what the recorder gave every server besides. Only for a config that misses nothing. */
export function settingsOf(config: RecordedConfig, defaults: Partial<ZooConfig> = {}): ZooConfig {
  const settings: Record<string, unknown> = { ...DEFAULT_ZOO_CONFIG, ...defaults };
  for (const [name, value] of Object.entries(config)) {
    if (name === 'properties') {
      for (const [property, given] of Object.entries(value as object)) {
        set(settings, property, String(given));
      }
      continue;
    }
    const read = SETTINGS[name];
    if (read === undefined) set(settings, asProperty(name), String(value));
    else settings[name] = read(String(value));
  }
  return settings as unknown as ZooConfig;
}

/** What zoo.cfg does not know by name becomes a property (QuorumPeerConfig.parseProperties). */
function asProperty(name: string): string {
  return `zookeeper.${name}`;
}

function set(settings: Record<string, unknown>, property: string, value: string): void {
  const known = PROPERTIES[property];
  if (known !== undefined) settings[known.setting] = known.read(value);
}
