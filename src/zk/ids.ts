/** ZooKeeper's numbers: zxid, epoch, session id, server id. */
import { assert } from '../base/assert';
import type { Brand } from '../base/brand';

/** epoch * 2^32 + counter; exact while the epoch stays below 2^21. -1 where ZooKeeper has none. */
export type Zxid = Brand<number, 'Zxid'>;

/** All 64 bits as 16 lower-case hex digits; the first two are the server that made it. */
export type SessionId = Brand<string, 'SessionId'>;

/** A server's number (`myid`), 1 to 255. */
export type Sid = number;

export const NO_ZXID = -1 as Zxid;
export const ZXID_ZERO = 0 as Zxid;
/** What a client presents to get a new session; also the clientId of internal requests. */
export const NO_SESSION = '0000000000000000' as SessionId;

const COUNTER_RANGE = 0x100000000;
export const COUNTER_MAX = 0xffffffff;

export function makeZxid(epoch: number, counter: number): Zxid {
  assert(epoch >= 0 && epoch < 2 ** 21, 'an epoch is below 2^21');
  assert(counter >= 0 && counter <= COUNTER_MAX, 'a zxid counter has 32 bits');
  return (epoch * COUNTER_RANGE + counter) as Zxid;
}

export function epochOf(zxid: Zxid): number {
  return Math.floor(zxid / COUNTER_RANGE);
}

export function counterOf(zxid: Zxid): number {
  return zxid < 0 ? COUNTER_MAX : zxid % COUNTER_RANGE;
}

export function nextZxid(zxid: Zxid): Zxid {
  return (zxid + 1) as Zxid;
}

/** As ZooKeeper prints it: `0x100000005`; -1 as `0xffffffffffffffff`. */
export function zxidText(zxid: Zxid): string {
  return zxid < 0 ? '0xffffffffffffffff' : `0x${zxid.toString(16)}`;
}

/** As ZooKeeper prints it: `0x` and the digits without leading zeros. */
export function sessionText(id: SessionId): string {
  return `0x${id.replace(/^0+(?=.)/, '')}`;
}
