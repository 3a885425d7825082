/**
 * What the page and the world worker say to each other: a question with an id,
 * one answer. The world worker starts nothing by itself and owns no clock; the
 * page paces it.
 */
import type { Command } from './command';
import type { Condition } from './condition';
import type { Frame } from './frame';
import type { Kept } from './frameDelta';
import type { ProcessName } from './names';
import type { Recording, WorldConfig } from './recording';
import type { Sentence } from './sentences/sentence';
import type { RequestRef, TraceEntry } from './traceEntry';
import type { ZnodesPage, ZnodesWish } from './znodeViews';

/** How far to run. */
export type Goal =
  /** Exactly n events. */
  | { type: 'events'; n: number }
  /** To the next event that is shown: its head is not idle (or any, with showIdle). */
  | { type: 'shown'; showIdle?: boolean }
  /** To this virtual time (us), that time's events included. */
  | { type: 'time'; at: number }
  /** Until the next transaction commits at a leader. */
  | { type: 'commit' }
  /** Until nothing is outstanding but pings and timers. */
  | { type: 'quiet' }
  /** Until a server is established as leader. */
  | { type: 'election' }
  /** Until `request`, or the newest one, reaches its next stage. */
  | { type: 'stage'; request?: RequestRef }
  /**
   * Until it holds: looked at before anything happens and after each event. `counts`: entries that count
   * already, as a Tally has them (scenarios/condition.ts). While one looks back: the newest event.
   */
  | { type: 'condition'; condition: Condition; counts?: readonly number[] };

/**
 * Where an advance ends although its goal lies farther: by the first event behind which the condition holds.
 * `counts`: entries that count already, as a Tally has them (scenarios/condition.ts).
 */
export interface StopAt {
  condition: Condition;
  counts: readonly number[];
}

export type Question =
  /** Begins a run; whatever ran before ends. */
  | { type: 'open'; config: WorldConfig }
  | { type: 'openRecording'; recording: Recording }
  | { type: 'advance'; goal: Goal; eventsMax: number; stopAt?: StopAt }
  /** Acts at the newest event; from an older one it returns there first. */
  | { type: 'command'; command: Command }
  /** Shows the run as it was after that many events. */
  | { type: 'seek'; event: number }
  /** Entries of events `from` to `to`, both included. */
  | { type: 'trace'; from: number; to: number }
  /** Znodes of a server that lives, at the event that is shown. */
  | { type: 'znodes'; server: ProcessName; wish: ZnodesWish }
  | { type: 'recording' };

export type Answer =
  | {
      type: 'frame';
      frame: Frame;
      /** Entries written since the last answer of this type, in total order. Empty after a seek. */
      trace: TraceEntry[];
      /** advance: the goal was reached before eventsMax, or what it was to stop at. */
      reached?: boolean;
      /** command: it was given while looking back, so the run returned to its newest event first. */
      returned?: boolean;
    }
  | { type: 'trace'; trace: TraceEntry[] }
  | { type: 'znodes'; page: ZnodesPage }
  | { type: 'recording'; recording: Recording }
  /** The question could not be answered; what was there stays. `place` names the input that was wrong. */
  | { type: 'error'; message: string; sentence?: Sentence; place?: string };

export interface ToHost {
  id: number;
  question: Question;
}

export interface FromHost {
  id: number;
  answer: Answer;
  /** What the answer's frame lacks because the frame of the answer before has it (frameDelta.ts). */
  kept?: Kept;
}
