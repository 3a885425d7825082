/**
 * A program that uses the client library and is told what to do: it makes calls
 * and writes down, in the order of the EventThread, what it hears.
 */
import { assert, unreachable } from '../../base/assert';
import type { Effects, LibraryAction } from '../../bridge/process';
import type { ErrorName } from '../../zk/errorCode';
import type { ReplyBody } from '../../zk/records';
import { refusalOf } from './library/argumentChecks';
import { addAuthInfo, closeCnxn, queuePacket } from './library/clientCnxn';
import type { Call, CallResult, ClientCnxn } from './library/cnxnState';
import type { WatchedEvent } from './library/watchedEvent';

/** One thing heard; `at` in virtual microseconds. */
export type LibraryRecord =
  | {
      type: 'result';
      at: number;
      /** Number that the caller gave. */
      call: number;
      /** JAVA: refused by the library; `exception` says how. A missing node of `exists` is NONODE. */
      err: ErrorName | 'JAVA';
      /** As Java prints it: class and message. */
      exception?: string;
      /** Of the KeeperException; null where it has none. */
      path: string | null;
      /** Paths as the caller sees them; with a multi that failed too. */
      reply?: ReplyBody;
    }
  | ({ type: 'event'; at: number; watcher: string } & Omit<WatchedEvent, 'type'> & {
        event: WatchedEvent['type'];
      });

export interface LibraryLog {
  /** Oldest first. */
  records: LibraryRecord[];
  /** Whoever uses the library so keeps records; a console's client does not. */
  isKept: boolean;
  /** Calls of `close` that wait for the end of the session. */
  closing: number[];
}

export function initialLibraryLog(): LibraryLog {
  return { records: [], isKept: false, closing: [] };
}

/** Numbers of calls below zero are the program's, those above are the console's. */
export function isLibraryCall(call: number): boolean {
  return call < 0;
}

/** `call` is 0 or more. */
export function actOnLibrary(
  log: LibraryLog,
  cnxn: ClientCnxn,
  action: LibraryAction,
  effects: Effects,
): void {
  assert(action.call >= 0, 'a program numbers its calls from 0');
  log.isKept = true;
  switch (action.type) {
    case 'call':
      makeCall(log, cnxn, action, effects);
      return;
    case 'addAuth':
      addAuthInfo(cnxn, action.scheme, action.auth, effects);
      note(log, { call: action.call, err: 'OK', path: null }, effects);
      return;
    case 'close':
      if (cnxn.phase === 'ended') {
        note(log, { call: action.call, err: 'OK', path: null }, effects);
        return;
      }
      log.closing.push(action.call);
      closeCnxn(cnxn, effects);
      return;
    default:
      unreachable(action);
  }
}

function makeCall(
  log: LibraryLog,
  cnxn: ClientCnxn,
  action: Extract<LibraryAction, { type: 'call' }>,
  effects: Effects,
): void {
  const { call, body, watcher } = action;
  const refusal = refusalOf(body, watcher);
  if (refusal !== undefined) {
    if (refusal.type === 'invalidAcl') note(log, { call, err: 'INVALIDACL', path: null }, effects);
    else {
      const exception = `java.lang.IllegalArgumentException: ${refusal.message}`;
      note(log, { call, err: 'JAVA', path: null, exception }, effects);
    }
    return;
  }
  if ((body.op === 'multi' || body.op === 'multiRead') && body.ops.length === 0) {
    note(log, { call, err: 'OK', path: null, reply: { results: [] } }, effects);
    return;
  }
  const request: Call = { call: -1 - call, body };
  if (body.op === 'removeWatches' || body.op === 'checkWatches') {
    const only = body.op === 'checkWatches' ? (watcher ?? null) : null;
    request.removal = { watcher: only, local: action.local === true };
  } else if (watcher !== undefined) request.watcher = watcher;
  if (action.isUnrooted === true) request.isUnrooted = true;
  queuePacket(cnxn, request, effects);
}

/** A call of the program ended. */
export function onLibraryResult(log: LibraryLog, result: CallResult, effects: Effects): void {
  const { call, ...rest } = result;
  note(log, { ...rest, call: -1 - call }, effects);
}

/** Each watcher object is told once. */
export function onLibraryEvent(
  log: LibraryLog,
  { type, state, path }: WatchedEvent,
  watchers: readonly string[],
  effects: Effects,
): void {
  if (!log.isKept) return;
  for (const watcher of watchers) {
    log.records.push({ type: 'event', at: effects.now, event: type, state, path, watcher });
  }
}

/** The session is over. */
export function onLibraryEnded(log: LibraryLog, effects: Effects): void {
  for (const call of log.closing) note(log, { call, err: 'OK', path: null }, effects);
  log.closing = [];
}

function note(
  log: LibraryLog,
  result: Omit<Extract<LibraryRecord, { type: 'result' }>, 'type' | 'at'>,
  effects: Effects,
): void {
  const record: LibraryRecord = { type: 'result', at: effects.now, ...result };
  if (result.exception === undefined) delete record.exception;
  if (result.reply === undefined) delete record.reply;
  log.records.push(record);
}
