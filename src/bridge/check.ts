/**
 * A property that is watched over a run. The world knows none by itself: whoever
 * runs it passes a list in.
 *
 * A check reads the trace only, in total order, because windows bring frames
 * only at their ends. Its state is plain data, so that a fork can take it along.
 */
import type { WorldConfig } from './recording';
import type { TraceEntry } from './traceEntry';

/** How a property broke. */
export interface CheckFailure {
  /** Global number of the event that broke it. */
  event?: number;
  explanation: string;
}

export interface Check<State> {
  /** The property's name, e.g. `CommittedNeverLost`; unique in a list. */
  readonly name: string;
  initial(config: WorldConfig): State;
  /** Takes the next entries, in total order; changes `state` in place. Never keeps `entries`. */
  feed(state: State, entries: readonly TraceEntry[]): void;
  /** The first failure; undefined while the property holds. */
  broken(state: State): CheckFailure | undefined;
}

/** A check whose state nobody but itself looks into. */
// biome-ignore lint/suspicious/noExplicitAny: a list holds checks of different states
export type AnyCheck = Check<any>;
