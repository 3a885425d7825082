/** What a sentence is made of, before it is put into words. */
import type { ProcessName } from '../../../bridge/names';
import type { RequestRef, TraceEntry } from '../../../bridge/traceEntry';
import type { SessionId, Zxid } from '../../../zk/ids';

/** Words that are themselves a key with values: the catalogue says how they read in a sentence. */
export interface Phrase {
  key: string;
  values: Readonly<Record<string, Value>>;
}

export type Value = string | number | Phrase;

export interface Caption extends Phrase {
  /** Stands where the sentence has its `request`. */
  request?: RequestRef & { zxid?: Zxid };
}

/** What a sentence knows beside the entries: what the processes are just then. */
export interface Surroundings {
  roles: Readonly<Record<ProcessName, 'leader' | 'follower' | 'server' | 'client'>>;
  letters: Readonly<Record<SessionId, string>>;
  quorum: number;
}

/** One event as the rules look at it. */
export interface Happening {
  head: TraceEntry;
  steps: readonly TraceEntry[];
  around: Surroundings;
  /** The first step of that type. */
  step(type: TraceEntry['type'], is?: (entry: TraceEntry) => boolean): TraceEntry | undefined;
  /** A sentence about this event; `who` (or `self`, inside a sentence) and `peer` are filled in. */
  say(key: string, values?: Readonly<Record<string, Value>>, about?: TraceEntry): Caption;
}
