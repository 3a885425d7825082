/**
 * The page's one store: the frame that is shown, where the run stands, how it
 * is played and what the user has picked. Actions live in run.ts; this file
 * holds values only.
 */
import { setAutoFreeze } from 'immer';
import { create } from 'zustand';
import { immer } from 'zustand/middleware/immer';
import type { AppStyle } from '../../bridge/app';
import { SEED } from '../../bridge/firstVisit';
import type { Frame } from '../../bridge/frame';
import type { Sentence } from '../../bridge/sentences/sentence';
import type { TraceEntry } from '../../bridge/traceEntry';
import type { Selection } from '../selection';
import {
  type Language,
  languageOfVisit,
  readPreferences,
  type Telling,
  type Tempo,
  type Theme,
} from './preferences';
import { emptyTrace, type RunTrace } from './runTrace';
import type { OpenStory } from './storyState';

// A frame is large, comes from outside and is never edited: walking it to freeze it costs more than drawing it.
setAutoFreeze(false);

/** What runs: an ensemble of that many servers and its seed. */
export interface Setup {
  servers: number;
  seed: number;
  /** The master-worker application on top of it, in that version. */
  app?: AppStyle;
}

/** Something went wrong; the page says what, and what to do. */
export interface Problem {
  message: string;
  /** The message for other languages, or of the catalogue. */
  sentence?: Sentence | undefined;
  /** The input that was wrong. */
  place?: string;
  /** Nothing can run any more; only opening a new ensemble (or loading the page again) helps. */
  fatal: boolean;
}

/** A line that the page says about itself: a key of the catalogue and its values. */
export interface Notice {
  key: string;
  values?: Record<string, string | number>;
}

/** A line that the page itself adds to a console: a world word that was typed, or why a line was refused. */
export interface LocalLine {
  letter: string;
  /** Virtual time, us, and number of events when it was typed. */
  at: number;
  event: number;
  kind: 'input' | 'world' | 'error';
  text: string;
  /** The text for other languages, or of the catalogue. */
  sentence?: Sentence;
}

/** What is drawn large: the servers, or the master-worker application above them (if the run has one). */
export type PageView = 'ensemble' | 'application';

export interface PageState {
  setup: Setup;
  view: PageView;
  /** The story that is being read. */
  story: OpenStory | undefined;
  isPickingStory: boolean;
  /** Undefined until the first ensemble is ready; kept while the next one is being prepared. */
  frame: Frame | undefined;
  isOpening: boolean;
  /** Entries of what led from the frame before to this one (after a look back: of the event shown). */
  lastStep: readonly TraceEntry[];
  trace: RunTrace;
  traceVersion: number;
  isPlaying: boolean;
  tempo: Tempo;
  /** Factor of `event` tempo: shown events per 400 ms; Infinity is as fast as it goes. */
  speed: number;
  /** Factor of `time` tempo: virtual time per time on the wall. */
  timeFactor: number;
  theme: Theme;
  /** What the page speaks. */
  language: Language;
  /** What was chosen in this visit or an earlier one, to be remembered. */
  chosenLanguage: Language | undefined;
  telling: Telling;
  selection: Selection | undefined;
  problem: Problem | undefined;
  notice: Notice | undefined;
  isHelpOpen: boolean;
  /** The first visit's line on the stage, until something happens. */
  isInviting: boolean;
  /** Letter of the client whose console is open. */
  consoleLetter: string;
  localLines: LocalLine[];
  /** Questions to the host that are not answered yet. */
  pending: number;
  /** Parts of the page whose code is on its way. */
  loading: number;
}

const saved = readPreferences();

export const usePage = create<PageState>()(
  immer(
    (): PageState => ({
      setup: { servers: 3, seed: SEED },
      view: 'ensemble',
      story: undefined,
      isPickingStory: false,
      frame: undefined,
      isOpening: true,
      lastStep: [],
      trace: emptyTrace(),
      traceVersion: 0,
      isPlaying: false,
      tempo: saved.tempo,
      speed: 1,
      timeFactor: saved.timeFactor,
      theme: saved.theme,
      language:
        typeof window === 'undefined'
          ? 'en'
          : languageOfVisit(window.location.search, saved.language, navigator.languages),
      chosenLanguage: saved.language,
      telling: saved.telling,
      selection: undefined,
      problem: undefined,
      notice: undefined,
      isHelpOpen: false,
      isInviting: false,
      consoleLetter: 'a',
      localLines: [],
      pending: 0,
      loading: 0,
    }),
  ),
);

/** Replaces fields as they are. For frames and entries: nothing is walked or copied. */
export function put(part: Partial<PageState>): void {
  usePage.setState(part);
}

/** Edits small fields in place (immer). */
export function edit(change: (draft: PageState) => void): void {
  usePage.setState(change);
}

export function page(): PageState {
  return usePage.getState();
}

/** True while an older event than the newest one is shown. */
export function isLookingBack(frame: Frame | undefined): boolean {
  return frame !== undefined && frame.event < frame.lastEvent;
}
