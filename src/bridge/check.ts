/**
 * A property of a run, checked while the run goes on. Whoever runs a world
 * passes a list of checks in; the world knows none by name.
 */
import type { TraceEntry } from './traceEntry';
import type { WorldConfig } from './recording';
import type { Sentence } from './sentences/sentence';

/** Why and where a property does not hold. */
export interface Broken {
  /** Global number of the event that broke it. */
  event?: number;
  /** One sentence with the servers, zxids and sessions it is about. */
  explanation: string;
  /** The same, for other languages. */
  sentence?: Sentence;
}

/** State is plain data, changed in place by its check alone. */
export interface Check<S = unknown> {
  /** As the reference and the page spell it, e.g. `TotalOrder`. */
  name: string;
  initial(config: WorldConfig): S;
  /** Entries in total order, each exactly once. */
  feed(state: S, entries: readonly TraceEntry[]): void;
  /** The first break; undefined while the property holds. */
  broken(state: S): Broken | undefined;
  /** False: nothing of what it is about is there yet, and it is not listed. Undefined: it is always listed. */
  isListed?(state: S): boolean;
  /** It is no law but a number worth seeing, and never broken. */
  count?(state: S): number;
}
