/**
 * A client that sits at a read-only server asks the others by `isro`, again and
 * again, whether one of them also writes, and goes there.
 *
 * Source: ClientCnxn.java (SendThread.pingRwServer, run).
 * Differs: the original's SendThread does nothing else while it waits for the answer, up to a second.
 */
import type { ConnId } from '../../../bridge/names';
import { serverName } from '../../../bridge/names';
import type { Effects } from '../../../bridge/process';
import { MIN_PING_RW_TIMEOUT_MS, type ClientCnxn } from './cnxnState';
import { nextHost } from './hostProvider';

/** Longest pause between two looks, ms. */
const MAX_PING_RW_TIMEOUT_MS = 60_000;
/** Patience for one answer, ms. */
const ANSWER_TIMEOUT_MS = 1000;

/** The session stands at a read-only server, or a look has failed: the next one is due. */
export function armRwPing(cnxn: ClientCnxn, effects: Effects): void {
  const { lastAt, timeoutMs } = cnxn.rwPing;
  effects.setTimer('rwPing', Math.max(0, lastAt + timeoutMs * 1000 - effects.now));
}

/** A look is due, or the one under way has had its time. */
export function onRwPingTimer(cnxn: ClientCnxn, effects: Effects): void {
  const { rwPing } = cnxn;
  if (rwPing.conn !== null) {
    endRwPing(cnxn, effects);
    armRwPing(cnxn, effects);
    return;
  }
  rwPing.lastAt = effects.now;
  rwPing.timeoutMs = Math.min(2 * rwPing.timeoutMs, MAX_PING_RW_TIMEOUT_MS);
  rwPing.sid = nextHost(cnxn.hostProvider).sid;
  if (rwPing.sid === 0) {
    armRwPing(cnxn, effects);
    return;
  }
  rwPing.conn = effects.open('client', serverName(rwPing.sid));
  effects.setTimer('rwPing', ANSWER_TIMEOUT_MS * 1000);
}

/** `conn` is the one of the look under way. */
export function isRwPing(cnxn: ClientCnxn, conn: ConnId): boolean {
  return cnxn.rwPing.conn === conn;
}

export function onRwPingAccepted(cnxn: ClientCnxn, effects: Effects): void {
  if (cnxn.rwPing.conn === null) return;
  effects.send(cnxn.rwPing.conn, { kind: 'FOURLETTER', word: 'isro' }, { idle: true });
}

/** The answer, or undefined when the connection ended without one. True: that server writes too. */
export function onRwPingAnswer(
  cnxn: ClientCnxn,
  text: string | undefined,
  effects: Effects,
): boolean {
  const { rwPing } = cnxn;
  endRwPing(cnxn, effects);
  if (text !== 'rw') {
    armRwPing(cnxn, effects);
    return false;
  }
  rwPing.timeoutMs = MIN_PING_RW_TIMEOUT_MS;
  cnxn.rwServer = rwPing.sid;
  return true;
}

/** No look any more. */
export function endRwPing(cnxn: ClientCnxn, effects: Effects): void {
  effects.clearTimer('rwPing');
  if (cnxn.rwPing.conn === null) return;
  effects.close(cnxn.rwPing.conn);
  cnxn.rwPing.conn = null;
}
