/**
 * The small language of what must be so: over the frame that is shown and the trace since a point.
 * Stories anchor their commands, paragraphs, goals and outcomes on it; never on an event number or a
 * clock, so that they survive changes of the engine. Plain JSON.
 */
import type { OpName } from '../zk/opCode';
import type { TraceEntry } from './traceEntry';

/** A value as JSON has it. */
export type Json = string | number | boolean | null;

/** Fields that an entry must have, each equal; `detail` field by field; texts are no patterns. */
export type EntryPattern = Partial<
  Pick<
    TraceEntry,
    'type' | 'thread' | 'queue' | 'name' | 'channel' | 'kind' | 'err' | 'sid' | 'epoch'
  >
> & {
  process?: string;
  peer?: string;
  op?: OpName;
  path?: string;
  /** Path begins so. */
  pathStart?: string;
  /**
   * Letter of the client, or id of the process of the application, whose session the request is of: the
   * session that it has when the entry is seen.
   */
  session?: string;
  detail?: Readonly<Record<string, Json>>;
};

export type Condition =
  | { all: readonly Condition[] }
  | { any: readonly Condition[] }
  | { not: Condition }
  /**
   * At least `times` (1) entries like that since the step before was reached; in an outcome, in the whole
   * story. Orders given since then and what the reader did count too.
   */
  | { entry: EntryPattern; times?: number }
  /**
   * What stands at a place of the frame: names and indices with dots between, e.g.
   * `processes.3.sections.role.zabState`, `processes.client a.sections.client.state`; `*` is each item or
   * field, of which one must do. Without a test: it is there and not null. A place that is not there
   * passes no test, so "nobody has ..." is a `not` around the whole. Virtual time and event numbers are
   * no places: stories survive changes of the engine.
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
  /**
   * A znode in the tree of a server that runs (its section `tree`), or with `exists: false` none. `data`:
   * equal; `owner`: ephemeral of the session of that client or process of the application (null: of none).
   */
  | {
      znode: string;
      server: string;
      data?: string | null;
      owner?: string | null;
      exists?: boolean;
    };
