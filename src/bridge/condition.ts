/**
 * The small language of what must be so: over the frame that is shown and the trace since a point.
 * Stories anchor their commands, paragraphs, goals and outcomes on it; never on an event number or a
 * clock, so that they survive changes of the engine. Plain JSON.
 */
import type { TraceEntry } from './traceEntry';

/** A value as JSON has it. */
export type Json = string | number | boolean | null;

/** Fields that an entry must have, each equal; `detail` field by field; `/…/` texts are not patterns. */
export type EntryPattern = Partial<
  Pick<
    TraceEntry,
    | 'type'
    | 'process'
    | 'thread'
    | 'queue'
    | 'name'
    | 'peer'
    | 'channel'
    | 'kind'
    | 'err'
    | 'sid'
    | 'epoch'
  >
> & {
  op?: string;
  path?: string;
  /** Path begins so. */
  pathStart?: string;
  /** Letter of the client, or id of the process of the application, whose session the request is of. */
  session?: string;
  detail?: Readonly<Record<string, Json>>;
};

export type Condition =
  | { all: readonly Condition[] }
  | { any: readonly Condition[] }
  | { not: Condition }
  /** At least `times` (1) entries like that since the step of the story began. */
  | { entry: EntryPattern; times?: number }
  /**
   * What stands at a place of the frame: names and indices with dots between, e.g.
   * `processes.3.sections.role.zabState`, `processes.client a.sections.client.state`; `*` is each item or
   * field, of which one must do. Without a test: it is there.
   */
  | {
      frame: string;
      is?: Json;
      not?: Json;
      atLeast?: number;
      atMost?: number;
      /** Number of items of a list or characters of a text. */
      count?: number;
      /** A text, or a list of texts, that has this in it. */
      has?: string;
    }
  /** Nothing is outstanding but pings and timers. */
  | { quiet: true }
  /** A znode in the tree of a server (its section `tree`); with `data`, `owner`: equal. */
  | { znode: string; server: string; data?: string | null; exists?: boolean };
