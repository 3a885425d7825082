/** The story that is being read: plain values; what changes them is in story.ts. */
import type { Sentence } from '../../bridge/sentences/sentence';
import type { StoryState } from '../../scenarios/runner';

export interface OpenStory {
  /** Where the story stands: its newest step. */
  runner: StoryState;
  /** Which opening of a story this is: whatever was begun for an older one is dropped. */
  opening: number;
  /** Index of the stop in focus; an older one than the last while looking back. */
  focus: number;
  /** A goal ticked, and the reader has not seen enough of it yet: the next orders wait. */
  isHeld: boolean;
  /** Indices of goals whose solution was asked for. */
  shown: readonly number[];
  end?: StoryEnding;
  /** Set when the story is broken. */
  failure?: StoryFailure;
}

/** How it came out, looked at once. */
export interface StoryEnding {
  /** Events that had happened then. */
  event: number;
  /** In the order of the story's outcome. */
  outcome: readonly boolean[];
  /** Checks that broke though the story does not break them. */
  brokenChecks: readonly string[];
}

export type StoryFailure =
  /** What was waited for, in words, and how long, virtual ms; 0: nothing is left to happen. */
  | { type: 'waited'; waitedFor: string; ms: number }
  | { type: 'refused'; command: string; message: string; sentence?: Sentence | undefined };
