/**
 * What the EventThread is given, in order: events for watchers, results of
 * calls. Whoever owns the state drains `waitingEvents`.
 *
 * Source: ClientCnxn.java (EventThread.queueEvent, finishPacket, conLossPacket).
 */
import type { Effects } from '../../../bridge/process';
import type { TraceDraft } from '../../../bridge/traceEntry';
import type { ErrorName } from '../../../zk/errorCode';
import type { Zxid } from '../../../zk/ids';
import type { WatcherEventPacket } from '../../../zk/packets';
import type { ReplyBody, WatcherType } from '../../../zk/records';
import { aboveChroot, eventPath } from './chroot';
import { requestRef, type ClientCnxn, type OutgoingPacket, type WaitingEvent } from './cnxnState';
import type { KeeperState, WatchedEvent } from './watchedEvent';
import { materialize, registerWatcher, removeWatchers } from './watchManager';

/** An event of the session, for the default watcher and all others; not twice the same in a row. */
export function queueSessionEvent(cnxn: ClientCnxn, state: KeeperState): void {
  if (cnxn.sessionState === state) return;
  const watchers = materialize(cnxn.watches, 'None', null);
  queueEvent(cnxn, { type: 'None', state, path: null }, watchers);
  if (state === 'Expired' || state === 'AuthFailed') cnxn.isEventThreadDead = true;
}

/** A notification came. */
export function queueNodeEvent(cnxn: ClientCnxn, { type, state, path }: WatcherEventPacket): void {
  const clientPath = eventPath(cnxn.chroot, path);
  const watchers = materialize(cnxn.watches, type, clientPath);
  queueEvent(cnxn, { type, state, path: clientPath }, watchers);
}

function queueEvent(cnxn: ClientCnxn, event: WatchedEvent, watchers: string[]): void {
  if (cnxn.isEventThreadDead) return;
  // Events of nodes count here too, as in the original.
  cnxn.sessionState = event.state;
  if (watchers.length > 0) cnxn.waitingEvents.push({ type: 'event', event, watchers });
}

/** A reply, or what stands for it: watchers are registered or struck out first. */
export function finishPacket(
  cnxn: ClientCnxn,
  packet: OutgoingPacket,
  err: ErrorName,
  reply: ReplyBody | undefined,
  zxid: Zxid | undefined,
  effects: Effects,
): void {
  const { body, clientPath, watcher } = packet;
  if (watcher !== undefined && clientPath !== null) {
    registerWatcher(cnxn.watches, body, clientPath, watcher, err);
  }
  const failed = body.op === 'multi' ? firstError(reply) : undefined;
  const outcome = failed ?? strikeOut(cnxn, packet, err);
  const entry: TraceDraft = { type: 'result', request: requestRef(cnxn, packet), err: outcome };
  if (zxid !== undefined && zxid > 0) entry.zxid = zxid;
  effects.trace(entry);
  const result: WaitingEvent = {
    type: 'result',
    call: packet.call,
    err: outcome,
    path: clientPath,
  };
  if (reply !== undefined) result.reply = aboveChroot(cnxn.chroot, body, clientPath, reply);
  cnxn.waitingEvents.push(result);
}

/** Of a multi, whose reply as such is OK; the results of a multiRead stand each for itself. */
function firstError(reply: ReplyBody | undefined): ErrorName | undefined {
  return reply?.results?.find(({ op, err }) => op === 'error' && err !== 'OK')?.err;
}

/** The error of the call behind its removal of watchers; unchanged without one. */
function strikeOut(cnxn: ClientCnxn, packet: OutgoingPacket, err: ErrorName): ErrorName {
  const { body, clientPath, removal } = packet;
  if (removal === undefined || clientPath === null) return err;
  const type: WatcherType = 'type' in body ? body.type : 3;
  const removed = removeWatchers(cnxn.watches, clientPath, type, removal, err);
  for (const { type: kind, state, watchers } of removed.events) {
    queueEvent(cnxn, { type: kind, state, path: clientPath }, watchers);
  }
  return removed.err;
}

/** The connection is gone, or there is none any more. Nobody waits for an auth packet. */
export function failPacket(cnxn: ClientCnxn, packet: OutgoingPacket, effects: Effects): void {
  if (packet.body.op === 'auth') return;
  const err =
    cnxn.state === 'AUTH_FAILED'
      ? 'AUTHFAILED'
      : cnxn.state === 'CLOSED'
        ? 'SESSIONEXPIRED'
        : 'CONNECTIONLOSS';
  finishPacket(cnxn, packet, err, undefined, undefined, effects);
}

/** All that is outstanding, written or not. */
export function failAll(cnxn: ClientCnxn, effects: Effects): void {
  const lost = [...cnxn.pendingQueue, ...cnxn.outgoingQueue];
  cnxn.pendingQueue = [];
  cnxn.outgoingQueue = [];
  for (const packet of lost) failPacket(cnxn, packet, effects);
}
