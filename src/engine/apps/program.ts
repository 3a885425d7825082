/**
 * A program over the client library: one session, numbered calls, and what the EventThread delivers
 * in its order. `Purpose` is plain data that says what the answer of a call is for.
 */
import { assert } from '../../base/assert';
import type { AppStyle } from '../../bridge/app';
import type { Effects, MachineEvent } from '../../bridge/process';
import type { Sid } from '../../zk/ids';
import type { RequestBody } from '../../zk/records';
import {
  dropConnection,
  onAccepted,
  onConnectionLost,
  onConnectResponse,
  onNotification,
  onReply,
  onTimer,
  queuePacket,
  startCnxn,
} from '../client/library/clientCnxn';
import {
  type CallResult,
  type ClientCnxn,
  isAlive,
  type WaitingEvent,
} from '../client/library/cnxnState';
import type { WatchedEvent } from '../client/library/watchedEvent';

/** Name of the one watcher object of a program. */
const WATCHER = 'app';
/** Wanted when the settings say nothing, ms. */
export const APP_TIMEOUT_MS = 10_000;

export interface Program<Purpose> {
  hosts: Sid[];
  timeoutMs: number;
  cnxn: ClientCnxn;
  /** Number of the newest call; they never repeat, over sessions too. */
  lastCall: number;
  /** What the answers of calls are for, by number of the call. */
  waiting: Record<number, Purpose>;
}

/** What a program does with what it hears. */
export interface Listener<State, Purpose> {
  onResult(state: State, purpose: Purpose, result: CallResult, effects: Effects): void;
  /** A watch that it set fired. */
  onWatch(state: State, event: WatchedEvent, effects: Effects): void;
  /** SyncConnected, Disconnected, Expired. */
  onSession(state: State, event: WatchedEvent, effects: Effects): void;
}

export function isHardened({ settings }: { settings: { style: AppStyle } }): boolean {
  return settings.style === 'hardened';
}

export function startProgram<Purpose>(
  settings: { hosts: Sid[]; timeoutMs?: number },
  effects: Effects,
): Program<Purpose> {
  const { hosts, timeoutMs = APP_TIMEOUT_MS } = settings;
  return {
    hosts,
    timeoutMs,
    cnxn: startCnxn({ hosts, timeoutMs }, effects),
    lastCall: 0,
    waiting: {},
  };
}

/**
 * A new ZooKeeper object in place of one whose session is over, from Expired on; answers of the old
 * one never come.
 */
export function openNewSession<Purpose>(program: Program<Purpose>, effects: Effects): void {
  assert(!isAlive(program.cnxn), 'the session before is over');
  program.waiting = {};
  program.cnxn = startCnxn({ hosts: program.hosts, timeoutMs: program.timeoutMs }, effects);
}

/** An asynchronous call; `isWatched` sets a watch where the operation can. */
export function ask<Purpose>(
  program: Program<Purpose>,
  body: RequestBody,
  purpose: Purpose,
  effects: Effects,
  isWatched = false,
): void {
  program.lastCall += 1;
  program.waiting[program.lastCall] = purpose;
  const call = { call: program.lastCall, body };
  queuePacket(program.cnxn, isWatched ? { ...call, watcher: WATCHER } : call, effects);
}

/** Hands an event of the process to the library; false: it is none of its session. */
export function feed<Purpose>(
  program: Program<Purpose>,
  event: MachineEvent,
  effects: Effects,
): boolean {
  const { cnxn } = program;
  switch (event.type) {
    case 'local':
      return onTimer(cnxn, event.work.timer ?? '', effects);
    case 'message': {
      if (event.conn !== cnxn.conn) return false;
      const { packet } = event;
      if (packet.kind === 'CONNECTED') onConnectResponse(cnxn, packet, effects);
      else if (packet.kind === 'REPLY') onReply(cnxn, packet, effects);
      else if (packet.kind === 'EVENT') onNotification(cnxn, packet, effects);
      else dropConnection(cnxn, effects);
      return true;
    }
    case 'accepted':
      if (event.conn !== cnxn.conn) return false;
      onAccepted(cnxn, effects);
      return true;
    case 'refused':
    case 'closed':
      if (event.conn !== cnxn.conn) return false;
      onConnectionLost(cnxn, effects);
      return true;
    default:
      return false;
  }
}

/** The EventThread: tells what the library has learned, which may lead to more. */
export function deliverAll<State, Purpose>(
  state: State,
  program: Program<Purpose>,
  listener: Listener<State, Purpose>,
  effects: Effects,
): void {
  for (;;) {
    const events: WaitingEvent[] = program.cnxn.waitingEvents;
    if (events.length === 0) return;
    program.cnxn.waitingEvents = [];
    for (const event of events) deliver(state, program, listener, event, effects);
  }
}

function deliver<State, Purpose>(
  state: State,
  program: Program<Purpose>,
  listener: Listener<State, Purpose>,
  event: WaitingEvent,
  effects: Effects,
): void {
  if (event.type === 'result') {
    const purpose = program.waiting[event.call];
    // Nobody waits for what the library itself asked, nor for calls of a session that was given up.
    if (purpose === undefined) return;
    delete program.waiting[event.call];
    listener.onResult(state, purpose, event, effects);
  } else if (event.type === 'event') {
    if (event.event.type === 'None') listener.onSession(state, event.event, effects);
    else listener.onWatch(state, event.event, effects);
  }
}
