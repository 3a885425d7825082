/** Where the reader of a story stands: plain values; what changes them is in story.ts. */
import type { Condition } from '../../bridge/condition';
import type { Scenario } from '../../scenarios/scenario';

/** A step that the reader has come to. */
export interface Stop {
  /** Index in the story's steps; their number stands for the end. */
  step: number;
  /** Events that had happened when it was shown. */
  event: number;
}

/** What the story does or waits for at its newest stop. */
export type StoryPhase =
  /** The run goes on to what the next step waits for. */
  | 'running'
  /** The paragraph has been shown; the reader says when to go on. */
  | 'reader'
  /** A prediction without an answer yet. */
  | 'choice'
  /** A goal that the reader has not reached yet. */
  | 'goal'
  | 'end'
  /** What it waited for did not come. */
  | 'broken';

export interface StoryState {
  scenario: Scenario;
  phase: StoryPhase;
  /** Oldest first. */
  stops: readonly Stop[];
  /** Index of the stop in focus; an older one than the last while looking back. */
  focus: number;
  /** Choices that were tried, in that order, by the index of their step. */
  tried: Readonly<Record<number, readonly number[]>>;
  /** Goals that were reached, by the index of their step; `shown`: by their solution. */
  reached: Readonly<Record<number, 'done' | 'shown'>>;
  /** What came out, in the order of the story's outcome; undefined before the end. */
  outcome?: readonly boolean[];
  /** Checks that broke though the story does not break them, at the end. */
  brokenChecks?: readonly string[];
  /** `broken`: what was waited for, in words, and how long, virtual ms. */
  failure?: { waitedFor: string; ms: number };
}

/** The run stops by itself where `condition` holds, whoever sets it going. */
export interface Awaited {
  condition: Condition;
  /** What has been written before does not count: number of the first entry that does. */
  since: number;
}
