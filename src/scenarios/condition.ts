/**
 * Whether a condition holds: over the frame and the entries that were fed. A tally counts entries, so
 * that a long way to a condition is read once. Pure; what it says of a condition that does not hold is
 * for people.
 */
import type { Condition } from '../bridge/condition';
import type { Frame } from '../bridge/frame';
import type { TraceEntry } from '../bridge/traceEntry';
import { entryMatches, patternText, sessionOf } from './entryPattern';
import { frameText, placePasses } from './framePlace';

/** How far a condition has come. (A watch is something else in ZooKeeper.) */
export interface Tally {
  readonly condition: Condition;
  /** How many entries like that were fed, by each `entry` of the condition in the order of reading. */
  readonly counts: readonly number[];
}

type Of<K extends string> = Extract<Condition, Record<K, unknown>>;

/** Nothing has been seen yet, or what `counts` says. Throws when they are another condition's. */
export function startTally(condition: Condition, counts?: readonly number[]): Tally {
  const leaves = entriesOf(condition);
  if (counts !== undefined && counts.length !== leaves.length) {
    throw new Error(`a condition with ${leaves.length} entries has ${counts.length} counts`);
  }
  return { condition, counts: counts ?? leaves.map(() => 0) };
}

/**
 * Entries each once, in order; `frame` tells whose session a request is of, and may be left out when
 * `looksAtFrame` says no. The same tally when nothing fits.
 */
export function feedTally(
  tally: Tally,
  entries: readonly TraceEntry[],
  frame: Frame | undefined,
): Tally {
  let counts: number[] | undefined;
  entriesOf(tally.condition).forEach(({ entry: pattern }, i) => {
    for (const entry of entries) {
      if (!entryMatches(pattern, entry, frame)) continue;
      counts ??= [...tally.counts];
      counts[i] = (counts[i] ?? 0) + 1;
    }
  });
  return counts === undefined ? tally : { ...tally, counts };
}

/** Which part does not hold, in words; undefined when the whole does. */
export function missingOf(tally: Tally, frame: Frame | undefined): string | undefined {
  return missing(tally.condition, { counts: tally.counts, next: 0, frame });
}

/** The same over a list of entries. */
export function missingIn(
  condition: Condition,
  frame: Frame,
  entries: readonly TraceEntry[],
): string | undefined {
  return missingOf(feedTally(startTally(condition), entries, frame), frame);
}

/** False when entries alone decide, so that no frame need be made. */
export function looksAtFrame(condition: Condition): boolean {
  if ('all' in condition) return condition.all.some(looksAtFrame);
  if ('any' in condition) return condition.any.some(looksAtFrame);
  if ('entry' in condition) return condition.entry.session !== undefined;
  if ('not' in condition && !('frame' in condition)) return looksAtFrame(condition.not);
  return true;
}

/** The condition in words. */
export function conditionText(condition: Condition): string {
  if ('all' in condition) return condition.all.map(conditionText).join('; ');
  if ('any' in condition) return `one of: ${condition.any.map(conditionText).join(' | ')}`;
  if ('entry' in condition) return entryText(condition);
  if ('quiet' in condition) return 'nothing outstanding but pings and timers';
  if ('znode' in condition) return znodeText(condition);
  if ('frame' in condition) return frameText(condition);
  return `not: ${conditionText(condition.not)}`;
}

interface Look {
  readonly counts: readonly number[];
  /** Place in `counts` of the next entry that is read. */
  next: number;
  readonly frame: Frame | undefined;
}

/** Reads all parts, also behind one that settles the matter: each takes its count. */
function missing(condition: Condition, look: Look): string | undefined {
  const { frame } = look;
  if ('all' in condition) {
    const parts = condition.all.map((part) => missing(part, look));
    const open = parts.filter((part) => part !== undefined);
    return open.length === 0 ? undefined : open.join('; ');
  }
  if ('any' in condition) {
    const parts = condition.any.map((part) => missing(part, look));
    return parts.includes(undefined) ? undefined : `one of: ${parts.join(' | ')}`;
  }
  if ('entry' in condition) {
    const seen = look.counts[look.next++] ?? 0;
    if (seen >= (condition.times ?? 1)) return undefined;
    return `${entryText(condition)} (seen ${seen})`;
  }
  if ('quiet' in condition) return frame?.quiet === true ? undefined : conditionText(condition);
  if ('znode' in condition) return missingZnode(condition, frame);
  if ('frame' in condition) {
    const found = placePasses(condition, frame);
    return found === true ? undefined : `${frameText(condition)} (${found})`;
  }
  return missing(condition.not, look) === undefined ? conditionText(condition) : undefined;
}

function entriesOf(condition: Condition): Of<'entry'>[] {
  if ('all' in condition) return condition.all.flatMap(entriesOf);
  if ('any' in condition) return condition.any.flatMap(entriesOf);
  if ('entry' in condition) return [condition];
  if ('not' in condition && !('frame' in condition)) return entriesOf(condition.not);
  return [];
}

function entryText({ entry, times }: Of<'entry'>): string {
  return `${times === undefined ? '' : `${times} times `}an entry with ${patternText(entry)}`;
}

function znodeText({ znode, server, data, owner, exists }: Of<'znode'>): string {
  if (exists === false) return `no znode ${znode} at server ${server}`;
  const tests = [
    data === undefined ? '' : ` with data ${JSON.stringify(data)}`,
    owner === undefined ? '' : owner === null ? ' of no session' : ` of the session of ${owner}`,
  ];
  return `znode ${znode} at server ${server}${tests.join('')}`;
}

function missingZnode(condition: Of<'znode'>, frame: Frame | undefined): string | undefined {
  const { znode, server, data, owner, exists } = condition;
  const tree = frame?.processes[server]?.sections['tree'];
  const wanted = znodeText(condition);
  if (frame === undefined || tree?.type !== 'tree') return `${wanted} (it has no tree now)`;
  const node = tree.nodes.find(({ path }) => path === znode);
  if (exists === false) return node === undefined ? undefined : wanted;
  if (node === undefined) return `${wanted} (there is none)`;
  if (data !== undefined && node.data !== data) {
    return `${wanted} (its data is ${JSON.stringify(node.data)})`;
  }
  if (owner === undefined) return undefined;
  const isEphemeral = node.kind === 'ephemeral';
  const isOwned =
    owner === null
      ? !isEphemeral
      : isEphemeral && node.stat.ephemeralOwner === sessionOf(frame, owner);
  return isOwned ? undefined : `${wanted} (${isEphemeral ? 'it is of another' : 'it is of none'})`;
}
