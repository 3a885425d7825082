/**
 * What may happen next: a window in which no process can hear from another, or
 * one single event. Both lead to the same run, to the bit.
 */
import { compareKeys, type EventKey, popItem } from '../../base/agenda';
import type { Advance, InboxItem } from '../../bridge/process';
import { bounce, bounceUntil, noteDelivered } from './network';
import type { Flight, ProcessRecord, World } from './worldState';

/** More than any process does in one window. */
const EVENTS_UNLIMITED = Number.MAX_SAFE_INTEGER;

/** Shared by advances without news; never written to. */
const EMPTY_INBOX: InboxItem[] = [];

/** Time of whatever comes next, a message that finds nobody included; Infinity when nothing is left. */
export function nextTime(world: World): number {
  let soonest = Number.POSITIVE_INFINITY;
  for (const record of world.processes) {
    if (record.next !== undefined && record.next.time < soonest) soonest = record.next.time;
    const top = record.inbound[0];
    if (top !== undefined && top.time < soonest && record.status !== 'paused') soonest = top.time;
  }
  const lost = world.nowhere[0];
  if (lost !== undefined && lost.time < soonest) soonest = lost.time;
  return soonest;
}

/**
 * The next window, up to but not including `limit`, as advances by ascending
 * process; those with nothing to do are left out. Empty when nothing happens
 * before `limit`. Moves the playhead's inputs only: the caller absorbs the results.
 */
export function planWindow(world: World, limit: number): Advance[] {
  for (;;) {
    const start = nextTime(world);
    if (start >= limit) return [];
    const until = Math.min(start + world.lookahead, limit);
    bounceUntil(world, world.nowhere, until);
    const advances: Advance[] = [];
    for (const record of world.processes) {
      if (record.status === 'down') {
        bounceUntil(world, record.inbound, until);
        continue;
      }
      const { inbound } = record;
      let inbox = record.inbox;
      if (inbox.length > 0) {
        if (record.next === undefined) continue;
        record.inbox = [];
      } else inbox = EMPTY_INBOX;
      const top = inbound[0];
      if (top !== undefined && top.time < until && record.status === 'running') {
        if (inbox === EMPTY_INBOX) inbox = [];
        takeArrived(world, record, until, inbox);
      }
      if (inbox.length > 0 || (record.next !== undefined && record.next.time < until)) {
        advances.push({
          process: record.name,
          inbox,
          until,
          maxEvents: EVENTS_UNLIMITED,
          project: false,
        });
      }
    }
    // A window in which messages only found nobody there is no window yet.
    if (advances.length > 0) return advances;
  }
}

/** The event with the smallest key of all, as one advance; undefined when none comes before `limit`. */
export function planEvent(world: World, limit: number): Advance | undefined {
  for (;;) {
    let best: EventKey | undefined;
    let owner: ProcessRecord | undefined;
    let flies = false;
    for (const record of world.processes) {
      const { next } = record;
      // Times first and the lower process at a tie: only then do class, origin and n count.
      if (next !== undefined && (best === undefined || next.time < best.time)) {
        best = next;
        owner = record;
        flies = false;
      }
      const top = record.inbound[0];
      if (top === undefined || record.status === 'paused') continue;
      if (
        best === undefined ||
        top.time < best.time ||
        (owner === record && compareKeys(top, best) < 0)
      ) {
        best = top;
        owner = record;
        flies = true;
      }
    }
    const lost = world.nowhere[0];
    if (lost !== undefined && lost.time < limit && (best === undefined || lost.time < best.time)) {
      bounce(world, popItem(world.nowhere) as Flight);
      continue;
    }
    if (best === undefined || owner === undefined || best.time >= limit) return undefined;
    const { inbound } = owner;
    if (owner.status === 'down') {
      bounce(world, popItem(inbound) as Flight);
      continue;
    }
    const inbox = owner.inbox.length > 0 ? owner.inbox : EMPTY_INBOX;
    if (inbox !== EMPTY_INBOX) owner.inbox = [];
    const advance: Advance = {
      process: owner.name,
      inbox,
      until: best.time + 1,
      maxEvents: 1,
      project: false,
    };
    if (flies) {
      const flight = popItem(inbound) as Flight;
      if (flight.value.type !== 'message') noteDelivered(world, flight);
      advance.inbox = inbox === EMPTY_INBOX ? [flight] : [...inbox, flight];
    }
    return advance;
  }
}

/** Moves what arrives before `until` into the inbox, in the order of the keys. */
export function takeArrived(
  world: World,
  record: ProcessRecord,
  until: number,
  inbox: InboxItem[],
): void {
  const { inbound } = record;
  while (inbound.length > 0 && (inbound[0] as Flight).time < until) {
    const flight = popItem(inbound) as Flight;
    inbox.push(flight);
    if (flight.value.type !== 'message') noteDelivered(world, flight);
  }
}

/** Lets messages that have reached a dead process by the playhead find nobody there. */
export function settle(world: World): void {
  bounceUntil(world, world.nowhere, world.now + 1);
  for (const record of world.processes) {
    if (record.status === 'down') bounceUntil(world, record.inbound, world.now + 1);
  }
}
