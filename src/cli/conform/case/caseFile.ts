/**
 * The shapes of the oracle's case files (`zk-oracle-case/1`, `zk-oracle-flow/1`); their README stands
 * beside the recordings. Fields that nobody here reads are left out.
 */
import type { AclEntry } from '../../../zk/records';

/** `[epoch, counter]`; null is -1. */
export type ZxidPair = readonly [epoch: number, counter: number] | null;

export type DataForm =
  | null
  | string
  | { readonly b64: string }
  | { readonly fill: string; readonly length: number }
  | { readonly length: number; readonly sha1: string };

/** A request, a multi's part, or an operation nobody here knows: `op` decides. */
export interface OracleOp {
  readonly op: string;
  readonly path?: string | null;
  /** Of setWatches a list of paths. */
  readonly data?: DataForm | readonly string[];
  readonly version?: number;
  /** Of a create; of addWatch. */
  readonly mode?: string | number;
  readonly flags?: number;
  /** ms. */
  readonly ttl?: number;
  /** A text names a watcher object (client cases). */
  readonly watch?: boolean | string;
  readonly acl?: readonly AclEntry[] | 'NULL';
  readonly ops?: readonly OracleOp[];
  /** Of removeWatches and checkWatches; of a raw request its code. */
  readonly type?: string | number;
  readonly scheme?: string | null;
  readonly auth?: DataForm;
  readonly hex?: string;
  /** Of reconfig: texts of the membership, and the expected version. */
  readonly joining?: string;
  readonly leaving?: string;
  readonly members?: string;
  readonly config?: ZxidPair | number;
  readonly relativeZxid?: ZxidPair;
  readonly exist?: readonly string[];
  readonly child?: readonly string[];
  readonly persistent?: readonly string[];
  readonly persistentRecursive?: readonly string[];
}

/** One thing a session received: exactly one of `reply`, `event`, `connected`, `closed` says which. */
export type Item = Readonly<Record<string, unknown>>;
export type Observed = Readonly<Record<string, readonly Item[]>>;
/** Sid as text to `leader`, `follower`, `standalone`, or null where nobody serves. */
export type Modes = Readonly<Record<string, string | null>>;

/** A message between two processes, as the flows write it. */
export type OracleMessage = Readonly<Record<string, unknown>> & {
  readonly from: number | string;
  readonly to: number | string;
  readonly channel: string;
  readonly type: string;
};

/** What a flow asserts of the messages of a step; a link is `channel from>to`. */
export interface RecordedLinks {
  readonly messages?: readonly OracleMessage[];
  readonly exactLinks?: readonly string[];
  readonly unorderedLinks?: readonly string[];
  readonly varyingLinks?: Readonly<Record<string, readonly (readonly unknown[])[]>>;
}

export interface ConcurrentProperty {
  readonly kind: string;
  readonly first?: number;
  readonly otherErr?: string;
}

export interface Step extends RecordedLinks {
  readonly do: string;
  readonly session?: string;
  readonly sessions?: readonly string[];
  readonly server?: number;
  readonly order?: readonly number[];
  readonly op?: OracleOp;
  readonly ops?: readonly OracleOp[];
  readonly requests?: Readonly<Record<string, readonly OracleOp[]>>;
  readonly property?: ConcurrentProperty;
  readonly timeoutMs?: number;
  readonly waitMs?: number;
  readonly forMs?: number;
  readonly ms?: number;
  readonly await?: boolean;
  readonly readOnly?: boolean;
  readonly legacy?: boolean;
  readonly lastZxidSeen?: ZxidPair;
  readonly sessionOf?: string;
  readonly passwd?: string;
  readonly fromAddress?: string;
  readonly since?: ZxidPair;
  readonly count?: number;
  readonly wait?: readonly number[];
  readonly stopped?: readonly number[];
  readonly electing?: boolean;
  readonly losesQuorum?: boolean;
  readonly from?: number;
  readonly to?: number;
  readonly only?: string;
  readonly groups?: readonly (readonly number[])[];
  readonly path?: string;
  /** Four-letter word, and the stable fields of its answer; null: none came. */
  readonly cmd?: string;
  readonly result?: unknown;
  readonly nocapture?: boolean;
  readonly observed?: Observed;
  readonly example?: Observed;
  readonly hashOrder?: readonly string[];
  readonly zxid?: ZxidPair;
  readonly servers?: Modes;
  readonly tree?: Readonly<Record<string, Item>>;
}

export interface OracleCase {
  readonly format: 'zk-oracle-case/1' | 'zk-oracle-flow/1';
  readonly name: string;
  readonly ensemble: number;
  readonly observers: number;
  readonly joiners: Readonly<Record<string, unknown>>;
  readonly config: Readonly<Record<string, unknown>>;
  readonly initial: RecordedLinks & {
    readonly leader: number;
    readonly zxid: ZxidPair;
    readonly servers: Modes;
  };
  readonly steps: readonly Step[];
}

/** A value on one line, cut to 120 characters. */
export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
