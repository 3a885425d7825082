/** What became of a plan: messages start to fly, disks follow, the trace gets its total order. */
import { assert } from '../../base/assert';
import { pushItem } from '../../base/agenda';
import { mix } from '../../base/hash';
import { applyDiskOp, loseUnsynced } from '../database/disk';
import type { AdvanceResult } from '../../bridge/process';
import type { TraceEntry } from '../../bridge/traceEntry';
import { keepDeadSections, mergeSections } from './sections';
import { connectionOp, killEnds, transmit } from './network';
import { type Flight, type ProcessRecord, processOf, type World } from './worldState';

/**
 * Takes the results of one plan, by ascending process, and returns their trace
 * in total order, with the global numbers of the events. Moves the fingerprint,
 * not the playhead.
 */
export function absorb(world: World, results: readonly AdvanceResult[]): TraceEntry[] {
  for (const result of results) {
    const record = processOf(world, result.process);
    assert(record !== undefined, 'a result is of a process that exists');
    assert(record.incarnation === result.incarnation, 'a result is of the present incarnation');
    absorbOne(world, record, result);
  }
  if (results.length === 1) {
    const { trace, hashes } = results[0] as AdvanceResult;
    takeInOrder(world, trace, hashes, 0, trace.length);
    return trace;
  }
  return merge(world, results);
}

function absorbOne(world: World, record: ProcessRecord, result: AdvanceResult): void {
  record.next = result.next;
  for (const { op } of result.diskOps) {
    applyDiskOp(record.disk, op);
    if (op.type === 'struck') record.diskFault = undefined;
  }
  const { outbox, trace } = result;
  const firstId = trace.length > 0 ? (trace[0] as TraceEntry).id : 0;
  for (const out of outbox) {
    if (!('packet' in out)) {
      connectionOp(world, record.name, out);
      continue;
    }
    const { conn, packet, sent } = out;
    const c = world.connections[conn];
    if (c === undefined) continue;
    const lane = c.a === record.name ? c.forth : c.back;
    const entry = trace[sent - firstId] as TraceEntry;
    const value: Flight['value'] = {
      type: 'message',
      conn,
      packet,
      from: record.name,
      channel: c.channel,
      sent,
    };
    transmit(world, lane, out.at, value, entry.request);
  }
  mergeSections(record, result.sections);
  if (result.exit !== undefined) absorbExit(world, record, result);
}

/** Like a crash, at the time of the exit. Connects handed over for later are in flight again. */
function absorbExit(world: World, record: ProcessRecord, result: AdvanceResult): void {
  record.exit = result.exit;
  const last = result.trace[result.trace.length - 1] as TraceEntry;
  for (const item of result.undelivered ?? []) {
    const { value } = item;
    assert(value.type === 'connect', 'only connects outlive the process that did not see them');
    const c = world.connections[value.conn];
    if (c === undefined) continue;
    c.synSeen = false;
    c.bEnd = false;
    pushItem(record.inbound, { ...(item as Flight), value });
  }
  endProcess(world, record, last.at, last.id);
}

/** The process is no more: its memory, what was not forced to its disk, and its connections are gone. */
export function endProcess(
  world: World,
  record: ProcessRecord,
  at: number,
  cause: TraceEntry['id'],
): void {
  const { incarnation } = record;
  record.status = 'down';
  record.next = undefined;
  record.inbox.length = 0;
  loseUnsynced(record.disk);
  keepDeadSections(record);
  killEnds(world, record, at, cause);
  refuseFrom(record, at);
  world.lifecycle.push({ type: 'end', process: record.name, incarnation });
}

/** A connect that waited for a paused process is refused when that dies, not when it arrived. */
function refuseFrom(record: ProcessRecord, at: number): void {
  const { inbound } = record;
  const left = inbound.splice(0);
  for (const flight of left) {
    if (flight.time < at) flight.time = at;
    pushItem(inbound, flight);
  }
}

/** Numbers and fingerprints the entries `from` (included) to `to` (not). */
function takeInOrder(
  world: World,
  trace: readonly TraceEntry[],
  hashes: readonly number[],
  from: number,
  to: number,
): void {
  let { events, fingerprint } = world;
  for (let i = from; i < to; i += 1) {
    const entry = trace[i] as TraceEntry;
    if (entry.head === true) {
      events += 1;
      entry.event = events;
    }
    fingerprint = mix(fingerprint, hashes[i] as number);
  }
  world.events = events;
  world.fingerprint = fingerprint;
}

/** By (time, process): entries of one process are in order already, so whole runs of them are taken. */
function merge(world: World, results: readonly AdvanceResult[]): TraceEntry[] {
  const merged: TraceEntry[] = [];
  const cursors: number[] = [];
  for (let k = 0; k < results.length; k += 1) cursors.push(0);
  for (;;) {
    let best = -1;
    let bestAt = Number.POSITIVE_INFINITY;
    let limitAt = Number.POSITIVE_INFINITY;
    let limitOwner = -1;
    for (let k = 0; k < results.length; k += 1) {
      const entry = (results[k] as AdvanceResult).trace[cursors[k] as number];
      if (entry === undefined) continue;
      if (entry.at < bestAt) {
        limitAt = bestAt;
        limitOwner = best;
        best = k;
        bestAt = entry.at;
      } else if (entry.at < limitAt) {
        limitAt = entry.at;
        limitOwner = k;
      }
    }
    if (best < 0) return merged;
    const { trace, hashes } = results[best] as AdvanceResult;
    const start = cursors[best] as number;
    let i = start;
    for (; i < trace.length; i += 1) {
      const entry = trace[i] as TraceEntry;
      if (entry.at > limitAt || (entry.at === limitAt && limitOwner < best)) break;
      merged.push(entry);
    }
    takeInOrder(world, trace, hashes, start, i);
    cursors[best] = i;
  }
}
