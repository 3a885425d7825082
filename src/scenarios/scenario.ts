/**
 * A story as data: a world, and steps that a runner goes through one by one, the same in the page and
 * on the command line. Everything that a reader sees is in both languages.
 */
import type { AppSettings } from '../bridge/app';
import type { Condition } from '../bridge/condition';
import type { Timing } from '../bridge/process';
import type { WorldConfig } from '../bridge/recording';
import type { ZooConfig } from '../zk/config';
import type { Sid } from '../zk/ids';

/**
 * `zh` is Simplified Chinese; an English term stands beside the Chinese one where logs use it.
 * Marks: `code` for what ZooKeeper names or counts, *words* for stress. Nothing else.
 */
export interface Text {
  en: string;
  zh: string;
}

export type Chapter = 'servers' | 'flows' | 'sessions' | 'faults' | 'elections' | 'application';

/** What is left out is as on the first visit: seed 7, links of 2 ms, sessions of 30 s. */
export interface StoryWorld {
  /** Sids of each ensemble; several stand side by side. */
  ensembles: readonly (readonly Sid[])[];
  seed?: number;
  /** Servers that are not started. */
  down?: readonly Sid[];
  clients?: WorldConfig['clients'];
  apps?: readonly AppSettings[];
  config?: Partial<ZooConfig>;
  timing?: Partial<Timing>;
  linkMicros?: number;
  /** Where the reader comes in: run to this before the first step. Undefined: at time 0. */
  opening?: Condition;
}

export type Step = SayStep | OrderStep | PredictStep | GoalStep;

/** Runs until `when` holds (at once without it), shows the paragraph, and waits for the reader. */
export interface SayStep {
  type: 'say';
  text: Text;
  when?: Condition;
  /** How the way there is shown: event by event, or as fast as it goes. `watch` when undefined. */
  pace?: 'watch' | 'skip';
  /** Given up after so much virtual time, ms: the story is broken then. 120 000 when undefined. */
  atMostMs?: number;
  /** What the reader should look at: `server 3`, `client a`, `master m-1`, `check TotalOrder`, with a part behind a slash: `server 3/CommitProcessor`. */
  look?: string;
}

/** Commands in their text form, given one after the other at the same point. */
export interface OrderStep {
  type: 'order';
  commands: readonly string[];
}

/** Asked before the crucial step; the run stands still until there is an answer. */
export interface PredictStep {
  type: 'predict';
  question: Text;
  /** Two to four; one is right. `because` is shown after the choice. */
  choices: readonly { text: Text; isRight?: true; because: Text }[];
}

/** The reader does it; it ticks itself when `done` holds. */
export interface GoalStep {
  type: 'goal';
  text: Text;
  hint: Text;
  done: Condition;
  /** What a reader who reaches it would order, for the runner without a page, and for who asks to be shown. */
  solution: readonly string[];
  atMostMs?: number;
}

export interface Scenario {
  /** Name of its file. */
  id: string;
  chapter: Chapter;
  title: Text;
  /** What a person asks who should open it. */
  question: Text;
  world: StoryWorld;
  view: 'ensemble' | 'application';
  steps: readonly Step[];
  /** Must hold behind the last step; shown ticked. */
  outcome: readonly { text: Text; that: Condition }[];
  /** Checks that the story breaks on purpose, by name; every other one must hold. */
  breaks?: readonly string[];
  /** What to try in the open sandbox at this state. */
  sandbox: Text;
}
