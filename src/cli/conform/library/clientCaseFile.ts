/** Cases driven through the Java client library (`zk-oracle-client-case/1`). */
import type { Item, OracleOp } from '../case/caseFile';
import { checkOp } from '../case/readCaseFile';
import {
  type Check,
  CaseFileError,
  each,
  ensembleOf,
  numberOf,
  numbers,
  record,
  textOf,
  texts,
} from '../case/shape';

/** What a step yielded: the outcome of the call, calls of watchers by session, deliveries in order. */
export interface ClientObserved {
  readonly result?: Item;
  readonly events?: Readonly<Record<string, readonly Item[]>>;
  readonly sequence?: readonly Item[];
}

export interface ClientStep {
  readonly do: 'open' | 'call' | 'async' | 'state' | 'close' | 'kill' | 'start' | 'wait';
  readonly session?: string;
  readonly servers?: readonly number[];
  readonly chroot?: string;
  /** Wanted session timeout, ms. */
  readonly timeout?: number;
  readonly readOnly?: boolean;
  readonly op?: OracleOp & { readonly local?: boolean };
  readonly ops?: readonly OracleOp[];
  readonly server?: number;
  /** Sessions that connect again behind a start. */
  readonly reconnects?: readonly string[];
  readonly ms?: number;
  readonly observed: ClientObserved;
}

export interface ClientCase {
  readonly format: 'zk-oracle-client-case/1';
  readonly name: string;
  readonly ensemble: number;
  readonly config: Readonly<Record<string, unknown>>;
  readonly steps: readonly ClientStep[];
}

/** From a file's JSON. Throws CaseFileError. */
export function readClientCase(file: Readonly<Record<string, unknown>>, name: string): ClientCase {
  each(file['steps'], 'steps', checkStep);
  return {
    format: 'zk-oracle-client-case/1',
    name,
    ...ensembleOf(file),
    steps: file['steps'] as ClientStep[],
  };
}

const REQUIRED: Readonly<Record<ClientStep['do'], Readonly<Record<string, Check>>>> = {
  open: { session: textOf, servers: numbers, timeout: numberOf },
  call: { session: textOf, op: checkOp },
  async: { session: textOf, ops: (value, place) => each(value, place, checkOp) },
  state: { session: textOf },
  close: { session: textOf },
  kill: { server: numberOf },
  start: { server: numberOf },
  wait: { ms: numberOf },
};

function checkStep(value: unknown, place: string): void {
  const step = record(value, place);
  const kind = textOf(step['do'], `${place}.do`);
  if (!Object.hasOwn(REQUIRED, kind)) {
    throw new CaseFileError(`${place}.do`, `expected one of ${Object.keys(REQUIRED).join(', ')}`);
  }
  for (const [field, check] of Object.entries(REQUIRED[kind as ClientStep['do']])) {
    check(step[field], `${place}.${field}`);
  }
  if (step['reconnects'] !== undefined) texts(step['reconnects'], `${place}.reconnects`);
  record(step['observed'], `${place}.observed`);
}
