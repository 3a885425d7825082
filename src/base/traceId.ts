/**
 * Ids of trace entries: (process, incarnation, n) packed into one safe integer,
 * because millions of them are made and compared.
 */
import { assert } from './assert';
import type { Brand } from './brand';

/** n: 33 bits; incarnation: 11 bits; process index: 8 bits. Together 52. */
export type TraceId = Brand<number, 'TraceId'>;

const N_RANGE = 2 ** 33;
const INCARNATION_RANGE = 2 ** 11;

/** The id of entry 0 of an incarnation; entry n is this plus n. */
export function firstTraceId(processIndex: number, incarnation: number): TraceId {
  assert(processIndex < 256 && incarnation < INCARNATION_RANGE, 'a trace id is a safe integer');
  return ((processIndex * INCARNATION_RANGE + incarnation) * N_RANGE) as TraceId;
}
