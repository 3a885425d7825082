/**
 * A 32-bit hash of one trace entry, made where the process lives, so that
 * workers share the cost. The fingerprint of a run is the rolling hash of these
 * in total order.
 *
 * The text of `message` is left out: connection and number follow from `cause`. So are `changes`, which
 * show in the digest of the tree.
 */
import { mix, mixNumber, mixText } from '../../base/hash';
import type { ProcessName } from '../../bridge/names';
import type { RequestRef, TraceEntry } from '../../bridge/traceEntry';

/** Hashes of words that come again and again; the set of such words is small. */
const WORDS = new Map<string, number>();

/** Bounds the memo: thread names and peers are few, and this keeps it so for certain. */
const WORDS_MAX = 4096;

const DETAIL_SEED = 0xde7a;

function mixWord(hash: number, word: string): number {
  let code = WORDS.get(word);
  if (code === undefined) {
    code = mixText(0x77, word);
    if (WORDS.size < WORDS_MAX) WORDS.set(word, code);
  }
  return mix(hash, code);
}

/** Requests are shared by the entries about them, which often follow each other: the last one's hash. */
let lastRequest: RequestRef | undefined;
let lastRequestHash = 0;

function hashRequest(request: RequestRef): number {
  if (request === lastRequest) return lastRequestHash;
  let h = mixWord(mixNumber(mixText(9, request.sessionId), request.cxid), request.op);
  if (request.path !== undefined) h = mixText(h ^ 10, request.path);
  lastRequest = request;
  lastRequestHash = h;
  return h;
}

/**
 * `seed` stands for the process and its incarnation, the low bits of the id for
 * the entry. Each field enters with a number of its own, so that a word cannot
 * change places unseen. The channel follows from the kind where there is one.
 */
export function hashEntry(seed: number, entry: TraceEntry): number {
  let h = mixNumber(mix(mixWord(seed, entry.type), entry.id | 0), entry.at);
  if (entry.cause !== undefined) h = mixNumber(h ^ 2, entry.cause);
  if (entry.thread !== undefined) h = mixWord(h ^ 3, entry.thread);
  if (entry.queue !== undefined) h = mixWord(h ^ 4, entry.queue);
  if (entry.name !== undefined) h = mixText(h ^ 5, entry.name);
  if (entry.peer !== undefined) h = mixWord(h ^ 6, entry.peer);
  if (entry.kind !== undefined) h = mixWord(h ^ 8, entry.kind);
  else if (entry.channel !== undefined) h = mixWord(h ^ 7, entry.channel);
  if (entry.request !== undefined) h = mix(h ^ 9, hashRequest(entry.request));
  if (entry.zxid !== undefined) h = mixNumber(h ^ 11, entry.zxid);
  if (entry.epoch !== undefined) h = mixNumber(h ^ 12, entry.epoch);
  if (entry.err !== undefined) h = mixWord(h ^ 13, entry.err);
  if (entry.sid !== undefined) h = mix(h ^ 14, entry.sid);
  if (entry.detail !== undefined) h = mix(h ^ 15, hashDetail(entry.detail));
  if (entry.idle === true) h = mix(h, 16);
  return h;
}

/**
 * The same for heads of work and of messages, for sends, and for what `traceRequest` wrote: nine
 * entries of ten. Four shapes of object come here, which is as many as a JavaScript engine reads
 * without a search, and fields that none of them has are not asked for.
 */
export function hashPlain(seed: number, entry: TraceEntry): number {
  let h = mixNumber(mix(mixWord(seed, entry.type), entry.id | 0), entry.at);
  if (entry.cause !== undefined) h = mixNumber(h ^ 2, entry.cause);
  if (entry.thread !== undefined) h = mixWord(h ^ 3, entry.thread);
  if (entry.queue !== undefined) h = mixWord(h ^ 4, entry.queue);
  if (entry.name !== undefined) h = mixText(h ^ 5, entry.name);
  if (entry.peer !== undefined) h = mixWord(h ^ 6, entry.peer);
  if (entry.kind !== undefined) h = mixWord(h ^ 8, entry.kind);
  if (entry.request !== undefined) h = mix(h ^ 9, hashRequest(entry.request));
  if (entry.zxid !== undefined) h = mixNumber(h ^ 11, entry.zxid);
  if (entry.idle === true) h = mix(h, 16);
  return h;
}

/** The `seed` of a process's entries. */
export function hashSeed(process: ProcessName, incarnation: number): number {
  return mix(mixText(1, process), incarnation);
}

/** Keys in any order give the same hash: the sum does not mind, and sorting would cost more. */
function hashDetail(detail: NonNullable<TraceEntry['detail']>): number {
  let sum = 0;
  for (const key in detail) {
    const value = detail[key];
    const start = mixWord(DETAIL_SEED, key);
    if (typeof value === 'number') sum += mixNumber(start ^ 1, value);
    else if (typeof value === 'string') sum += mixText(start ^ 2, value);
    else if (typeof value === 'boolean') sum += mix(start ^ 3, value ? 1 : 0);
    else if (value === null) sum += mix(start ^ 4, 0);
    sum |= 0;
  }
  return sum;
}
