/** Between the oracle's forms of values and the engine's. */
import { createHash } from 'node:crypto';
import { bytesToText, textToBytes } from '../../../base/bytes';
import type { SessionId, Zxid } from '../../../zk/ids';
import { counterOf, epochOf, makeZxid, NO_SESSION, NO_ZXID } from '../../../zk/ids';
import type { Stat } from '../../../zk/records';
import type { DataForm, ZxidPair } from './caseFile';

export function zxidPair(zxid: Zxid): ZxidPair {
  return zxid < 0 ? null : [epochOf(zxid), counterOf(zxid)];
}

/** An epoch of 2^21 and more (a client that claims to come from the future) becomes the largest there is. */
export function zxidFrom(pair: ZxidPair): Zxid {
  if (pair === null) return NO_ZXID;
  const [epoch, counter] = pair;
  if (epoch >= EPOCH_RANGE) return makeZxid(EPOCH_RANGE - 1, 0xffffffff);
  return makeZxid(epoch, counter);
}

const EPOCH_RANGE = 2 ** 21;

/** Bytes as a binary string. A `sha1` names data without telling it: an error of the case. */
export function dataBytes(form: DataForm): string | null {
  if (form === null) return null;
  if (typeof form === 'string') return textToBytes(form);
  if ('b64' in form) return Buffer.from(form.b64, 'base64').toString('latin1');
  if ('fill' in form) return form.fill.repeat(form.length);
  throw new Error('data of a request is told, not hashed');
}

/** The one form in which the oracle shows these bytes. */
export function dataForm(bytes: string | null): DataForm {
  if (bytes === null) return null;
  const first = bytes.charAt(0);
  if (bytes.length > 200 && first > ' ' && first < '\x7f' && bytes === first.repeat(bytes.length)) {
    return { fill: first, length: bytes.length };
  }
  const raw = Buffer.from(bytes, 'latin1');
  if (bytes.length > 4000) {
    return { length: bytes.length, sha1: createHash('sha1').update(raw).digest('hex') };
  }
  const text = bytesToText(bytes);
  const isShown = [...text].every((c) => c >= ' ' || c === '\n' || c === '\t');
  if (isShown && textToBytes(text) === bytes) return text;
  return { b64: raw.toString('base64') };
}

/** What turns ids and times of this run into words that any run shares. */
export interface Names {
  /** Session id to its symbolic name. */
  readonly sessions: Map<SessionId, string>;
  /** The time of each txn seen so far: all stats must agree on it. */
  readonly times: Map<Zxid, number>;
}

export function newNames(): Names {
  return { sessions: new Map(), times: new Map() };
}

/** Null for no session (an internal request, no owner). */
export function sessionName(id: SessionId, names: Names): string | null {
  if (id === NO_SESSION) return null;
  return names.sessions.get(id) ?? 'unknown-session';
}

/** The stored owner of a container or TTL node would be told as such; clients are shown none. */
function ownerForm(id: SessionId, names: Names): unknown {
  if (id === CONTAINER_OWNER) return 'container';
  if (id.startsWith('ff')) return { ttl: Number.parseInt(id.slice(6), 16) };
  return sessionName(id, names);
}

const CONTAINER_OWNER = '8000000000000000';

/** `zero`, the relation `of-...` to the txn that is `zxid`, or `other` when they disagree. */
function timeRelation(time: number, zxid: Zxid, relation: string, names: Names): string {
  if (time === 0) return 'zero';
  const known = names.times.get(zxid);
  if (known === undefined) names.times.set(zxid, time);
  return known === undefined || known === time ? relation : 'other';
}

/** The oracle's form of a stat. */
export function statForm(stat: Stat, names: Names): Record<string, unknown> {
  return {
    czxid: zxidPair(stat.czxid),
    mzxid: zxidPair(stat.mzxid),
    pzxid: zxidPair(stat.pzxid),
    ctime: timeRelation(stat.ctime, stat.czxid, 'of-czxid', names),
    mtime: timeRelation(stat.mtime, stat.mzxid, 'of-mzxid', names),
    version: stat.version,
    cversion: stat.cversion,
    aversion: stat.aversion,
    dataLength: stat.dataLength,
    numChildren: stat.numChildren,
    ephemeralOwner: ownerForm(stat.ephemeralOwner, names),
  };
}

/** Sorted by code points, as the oracle sorts; code units differ beyond the first plane. */
export function sortedByCodePoints(texts: readonly string[]): string[] {
  const order = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
  return [...texts].sort((a, b) => (order(a) < order(b) ? -1 : 1));
}
