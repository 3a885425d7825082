/** State of a client's console: lines, history, and the commands that wait for an answer. */
import type { ConsoleLine, ConsoleSection } from '../../../bridge/frame';
import type { ConnectString } from '../library/hostProvider';
import type { Job } from './jobs/job';
import type { TxnEntry } from './jobs/txnJob';
import { type EditorHistory, emptyEditorHistory } from './lineEditor';

/** Lines that a section shows. */
export const LINES_SHOWN = 500;
/** Lines kept before the oldest are cut off, so that cutting is rare. */
const LINES_MAX = 750;
/** AddWatchMode. */
const PERSISTENT_RECURSIVE = 1;

/** A command whose answer is still to come. */
export interface Task {
  /** Number of the command. */
  n: number;
  line: string;
  job: Job;
  /** Numbers of its calls under way. */
  calls: number[];
  /** It came in a line with others, so its answer cannot stand right below it. */
  isNamed: boolean;
}

/** What waits for the end of the session. A connect string that Java refuses ends the console then. */
export type After =
  | { type: 'close' }
  | { type: 'quit' }
  | { type: 'connect'; to: ConnectString; exception?: string };

/**
 * How lines are read. `zabscope`: as zkCli does, with Zabscope's own words, `;` and txn. `zkCli`: as zkCli
 * does with jline, and nothing else. `zkCli-no-jline`: without a line editor either.
 */
export const READ_AS = ['zabscope', 'zkCli', 'zkCli-no-jline'] as const;
export type ReadAs = (typeof READ_AS)[number];

export interface ConsoleState {
  host: ConnectString;
  readAs: ReadAs;
  editor: EditorHistory;
  /** An exception ended jline; zkCli reads on without it. */
  hasLostEditor: boolean;
  lines: ConsoleLine[];
  dropped: number;
  /** Number of the next command. */
  commandCount: number;
  /** Lines by their number. */
  history: string[];
  printWatches: boolean;
  /** Of the last command: what `quit` ends with. */
  exitCode: number;
  tasks: Task[];
  lastCall: number;
  /** Lines typed meanwhile wait behind it. */
  after: After | null;
  heldLines: { line: string; isNamed: boolean }[];
  /** It was said that no server answers; said anew after a session stood. */
  saidUnreachable: boolean;
  /** Mode of an addWatch without -m: that of the last one with it. */
  addWatchMode: number;
  /** Between `txn` and `commit`. */
  txn: TxnEntry[] | null;
  /** A command among the arguments: still to come, or under way with nothing behind it. */
  batch: { words: string[]; hasBegun: boolean } | null;
}

export function initialConsole(host: ConnectString, batch?: string[]): ConsoleState {
  return {
    host,
    readAs: 'zabscope',
    editor: emptyEditorHistory(),
    hasLostEditor: false,
    lines: [],
    dropped: 0,
    commandCount: 0,
    history: [],
    printWatches: true,
    exitCode: 0,
    tasks: [],
    lastCall: 0,
    after: null,
    heldLines: [],
    saidUnreachable: false,
    addWatchMode: PERSISTENT_RECURSIVE,
    txn: null,
    batch: batch === undefined ? null : { words: [...batch], hasBegun: false },
  };
}

export function pushLine(
  state: ConsoleState,
  at: number,
  kind: ConsoleLine['kind'],
  text: string,
  prompt?: string,
): void {
  const line: ConsoleLine = { at, kind, text };
  if (prompt !== undefined) line.prompt = prompt;
  state.lines.push(line);
  if (state.lines.length > LINES_MAX) {
    const cut = state.lines.length - LINES_SHOWN;
    state.lines.splice(0, cut);
    state.dropped += cut;
  }
}

/** With its trailing blank. */
export function promptOf(state: ConsoleState, clientState: string): string {
  return `[zk: ${state.host.text}(${clientState}) ${state.commandCount}] `;
}

export function consoleSection(state: ConsoleState, clientState: string): ConsoleSection {
  const hidden = Math.max(0, state.lines.length - LINES_SHOWN);
  return {
    type: 'console',
    prompt: promptOf(state, clientState),
    lines: state.lines.slice(hidden),
    dropped: state.dropped + hidden,
    waiting: state.tasks.length > 0 || state.after !== null,
  };
}
