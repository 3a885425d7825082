/**
 * Where quotas lie and how they are written.
 *
 * Source: Quotas.java, StatsTrack.java.
 */
import { javaSplit } from './acl';

export const QUOTA_ROOT = '/zookeeper/quota';
export const LIMIT_NODE = 'zookeeper_limits';
const STAT_NODE = 'zookeeper_stats';

/** The four limits; of the statistics only the first two. */
export type QuotaKey = 'count' | 'bytes' | 'countHardLimit' | 'byteHardLimit';

/** What a node of quotas says. The values have 64 bits. */
export type StatsTrack = Partial<Record<string, bigint>>;

/** `path` as it was typed: nobody checks it here. */
export function quotaPath(path: string): string {
  return QUOTA_ROOT + path;
}

export function limitPath(path: string): string {
  return `${QUOTA_ROOT}${path}/${LIMIT_NODE}`;
}

export function statPath(path: string): string {
  return `${QUOTA_ROOT}${path}/${STAT_NODE}`;
}

/** Path of the node that has the quota which lies at `path`. */
export function trimQuotaPath(path: string): string {
  return path.slice(QUOTA_ROOT.length);
}

/** What Java throws where a text is none of this form. */
export type TrackFault =
  | { type: 'illegalArgument'; message: string }
  | { type: 'dies'; exception: string };

export function parseTrack(text: string): StatsTrack | TrackFault {
  const track: StatsTrack = {};
  if (text === '') return track;
  for (const pair of text.split(/[,;]+/)) {
    if (pair === '') continue;
    const [key = '', value] = javaSplit(pair, '=');
    if (value === undefined) {
      const exception =
        'java.lang.ArrayIndexOutOfBoundsException: Index 1 out of bounds for length 1';
      return { type: 'dies', exception };
    }
    const number = parseJavaLong(value === '' ? '-1' : value);
    if (number === undefined) {
      return { type: 'illegalArgument', message: `For input string: "${value}"` };
    }
    track[key] = number;
  }
  return track;
}

export function isFault(track: StatsTrack | TrackFault): track is TrackFault {
  return typeof track['type'] === 'string';
}

/** The stray `=` behind the bytes is the original's, for older parsers. */
export function trackText(track: StatsTrack): string {
  const more = Object.keys(track)
    .filter((key) => key !== 'count' && key !== 'bytes')
    .sort();
  const head = `count=${limitOf(track, 'count')},bytes=${limitOf(track, 'bytes')}`;
  return more.length === 0
    ? head
    : `${head}=${more.map((key) => `;${key}=${track[key]}`).join('')}`;
}

export function limitOf(track: StatsTrack, key: QuotaKey): bigint {
  return track[key] ?? -1n;
}

/** Java's Long.parseLong; undefined where it throws. */
export function parseJavaLong(text: string): bigint | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const value = BigInt(text.replace(/^\+/, ''));
  return value >= -(2n ** 63n) && value < 2n ** 63n ? value : undefined;
}

/** Java's Integer.parseInt; undefined where it throws. */
export function parseJavaInt(text: string): number | undefined {
  const value = parseJavaLong(text);
  return value !== undefined && value >= -0x80000000n && value <= 0x7fffffffn
    ? Number(value)
    : undefined;
}
