/**
 * Traces written by hand, for the tests of checks: a line per event, in the
 * words of the trace.
 */
import { DEFAULT_TIMING } from '../../bridge/process';
import type { ProcessName } from '../../bridge/names';
import type { WorldConfig } from '../../bridge/recording';
import type { TraceEntry } from '../../bridge/traceEntry';
import type { TraceId } from '../../base/traceId';
import { DEFAULT_ZOO_CONFIG } from '../../zk/config';
import { makeZxid, type SessionId, type Zxid } from '../../zk/ids';
import type { Broken, Check } from '../../bridge/check';

/** zxid by epoch and counter. */
export const z = (epoch: number, counter: number): Zxid => makeZxid(epoch, counter);

export type Written = Partial<TraceEntry> & { type: TraceEntry['type'] };

/** Something that server `sid` writes. */
export function at(sid: number, type: TraceEntry['type'], rest: Partial<TraceEntry> = {}): Written {
  return { type, process: String(sid) as ProcessName, ...rest };
}

/** Txn `zxid` of session 1 with its cxid, the same number as its counter. */
export function txn(zxid: Zxid, cxid = zxid % 0x100000000): Partial<TraceEntry> {
  return {
    zxid,
    request: { sessionId: '0100000000000001' as SessionId, cxid, op: 'setData', path: '/a' },
  };
}

/** A server logs, forces and acknowledges one txn. */
export function logs(sid: number, zxid: Zxid): Written[] {
  return [at(sid, 'append', txn(zxid)), at(sid, 'fsync', { zxid }), at(sid, 'ack', { zxid })];
}

export const configOf = (servers: number): WorldConfig => ({
  seed: 1,
  ensembles: [{ servers: Array.from({ length: servers }, (_, i) => i + 1) }],
  clients: [{ letter: 'a', hosts: [1] }],
  config: DEFAULT_ZOO_CONFIG,
  timing: DEFAULT_TIMING,
  linkMicros: 2000,
  jitterMicros: 0,
  profile: 'fixed',
});

/** All servers have started with empty disks and follow in BROADCAST; server 1 leads epoch 1. */
export function established(servers = 3): Written[] {
  const sids = Array.from({ length: servers }, (_, i) => i + 1);
  return [
    ...sids.flatMap((sid) => [at(sid, 'start'), at(sid, 'load', { zxid: 0 as Zxid })]),
    at(1, 'serverState', { name: 'LEADING' }),
    at(1, 'acceptedEpoch', { epoch: 1 }),
    at(1, 'lead', { epoch: 1 }),
    at(1, 'currentEpoch', { epoch: 1 }),
    ...sids
      .slice(1)
      .flatMap((sid) => [
        at(sid, 'acceptedEpoch', { epoch: 1 }),
        at(sid, 'deliver', { kind: 'LEADERINFO', zxid: z(1, 0) }),
        at(sid, 'currentEpoch', { epoch: 1 }),
      ]),
    at(1, 'established', { epoch: 1, zxid: z(1, 0) }),
    ...sids.map((sid) => at(sid, 'zabState', { name: 'BROADCAST', epoch: 1 })),
  ];
}

/** Event n is line n. */
export function numbered(lines: readonly Written[]): TraceEntry[] {
  return lines.map((line, i) => ({
    id: (i + 1) as TraceId,
    at: (i + 1) * 1000,
    process: '1' as ProcessName,
    head: true,
    event: i + 1,
    ...line,
  }));
}

/** Feeds the lines in two portions, so that a check keeps what it needs in its state, and that state is plain. */
export function judge(check: Check, lines: readonly Written[], servers = 3): Broken | undefined {
  const entries = numbered(lines);
  const half = Math.floor(entries.length / 2);
  const state = check.initial(configOf(servers));
  check.feed(state, entries.slice(0, half));
  const again = JSON.parse(JSON.stringify(state)) as typeof state;
  check.feed(again, entries.slice(half));
  return check.broken(again);
}
