/**
 * Election and session of a hardened master, and what it does with each answer and each watch.
 *
 * Mended against the book-style one: the lock and a greater epoch come in one txn, and every later
 * write checks that epoch; the owner of `/master` is compared with the own session, not its data
 * (E14); a lost connection makes it SUSPENDED, in which it issues nothing, and a standing one makes it
 * read everything anew; when it may no longer act it is RESIGNED; in a new session nothing of the
 * old one is believed (E11).
 */
import type { Effects } from '../../bridge/process';
import type { CallResult } from '../client/library/cnxnState';
import { closeCnxn } from '../client/library/clientCnxn';
import type { WatchedEvent } from '../client/library/watchedEvent';
import { isMulti, type MasterAsk } from './masterAsk';
import { call, failedOp } from './masterCalls';
import { beginSweep, onAssignmentData, onMovedBack, onSweepRead } from './masterSweep';
import {
  onDropped,
  onGiven,
  onStatusData,
  onStatuses,
  onTaskData,
  onTasks,
  onWorkerData,
  onWorkers,
} from './masterGive';
import { forgetAll, type MasterProcess, setPhase, setState, writePlan } from './masterState';
import type { Listener } from './program';
import { traceApp } from './traceApp';

const ROOTS = ['/workers', '/tasks', '/assign', '/status', '/epoch'];

export const hardenedMaster: Listener<MasterProcess, MasterAsk> = {
  onResult(master, what, result, effects) {
    effects.touch('master');
    const { err } = result;
    // What the library still tells of calls that were under way when the master stopped acting.
    if (master.state === 'RESIGNED' || master.state === 'STOPPED') return;
    if (err === 'SESSIONEXPIRED') return;
    if (err === 'CONNECTIONLOSS') suspend(master, effects);
    else if (isMulti(what) && failedOp(result) === 0) resign(master, effects);
    else onAnswer(master, what, result, effects);
  },
  onWatch: onHardenedWatch,
  onSession: onHardenedSession,
};

function onHardenedSession(master: MasterProcess, event: WatchedEvent, effects: Effects): void {
  if (event.state === 'Expired') {
    master.over = 'expired';
    forgetAll(master);
    if (master.state !== 'RESIGNED') setState(master, 'STOPPED', effects);
  } else if (event.state === 'Closed') {
    master.over = 'closed';
  } else if (master.state === 'RESIGNED') {
    return;
  } else if (event.state === 'Disconnected') {
    suspend(master, effects);
  } else if (event.state === 'SyncConnected') {
    // Which of the roots came into being before a connection was lost is not known; twice does no harm.
    for (const path of ROOTS) call(master, { for: 'root', path }, effects);
    if (master.hasBegun) checkMaster(master, effects);
    else runForMaster(master, effects);
    master.hasBegun = true;
  }
}

/** Without a connection nothing is known any more, and nothing is issued. */
function suspend(master: MasterProcess, effects: Effects): void {
  if (master.state === 'SUSPENDED') return;
  forgetAll(master);
  setState(master, 'SUSPENDED', effects);
}

/** Another master has been elected since: this one ends its session, and with it whatever it still holds. */
export function resign(master: MasterProcess, effects: Effects): void {
  forgetAll(master);
  setState(master, 'RESIGNED', effects);
  closeCnxn(master.program.cnxn, effects);
}

/** A wrapper has opened a new session: it is a candidate like any other. */
export function beginAgain(master: MasterProcess, effects: Effects): void {
  forgetAll(master);
  master.token = null;
  master.hasBegun = false;
  setState(master, 'RUNNING', effects);
}

function runForMaster(master: MasterProcess, effects: Effects): void {
  setState(master, 'RUNNING', effects);
  call(master, { for: 'runForMaster' }, effects);
}

function onRan(master: MasterProcess, { err, reply }: CallResult, effects: Effects): void {
  const epoch = reply?.results?.[1]?.stat?.version;
  if (err === 'OK' && epoch !== undefined) {
    elect(master, epoch, effects);
  } else {
    setState(master, 'NOTELECTED', effects);
    call(master, { for: 'masterExists' }, effects);
  }
}

/** After a lost connection: whose session holds the lock. */
function checkMaster(master: MasterProcess, effects: Effects): void {
  setState(master, 'CHECKING', effects);
  call(master, { for: 'checkMaster' }, effects);
}

function onChecked(master: MasterProcess, { reply }: CallResult, effects: Effects): void {
  const [lock, epoch] = reply?.results ?? [];
  if (lock?.err === 'NONODE') {
    runForMaster(master, effects);
  } else if (lock?.stat?.ephemeralOwner === master.program.cnxn.sessionId) {
    // The lock is this session's, so the epoch that stands beside it is the one that came with it.
    if (epoch?.stat === undefined) resign(master, effects);
    else elect(master, epoch.stat.version, effects);
  } else {
    setState(master, 'NOTELECTED', effects);
    call(master, { for: 'masterExists' }, effects);
  }
}

function elect(master: MasterProcess, epoch: number, effects: Effects): void {
  master.token = epoch;
  setState(master, 'ELECTED', effects);
  setPhase(master, 'workers', effects);
  writePlan(master, `${master.settings.id} takes over`, effects);
  call(master, { for: 'workers' }, effects);
}

function onAnswer(
  master: MasterProcess,
  what: MasterAsk,
  result: CallResult,
  effects: Effects,
): void {
  switch (what.for) {
    case 'runForMaster':
      onRan(master, result, effects);
      return;
    case 'checkMaster':
      onChecked(master, result, effects);
      return;
    case 'masterExists':
      // E16: a lock that vanished between create and exists.
      if (result.err === 'NONODE') runForMaster(master, effects);
      return;
    case 'workers':
      if (onWorkers(master, result, effects)) beginSweep(master, effects);
      return;
    case 'workerData':
      if (onWorkerData(master, what, result)) beginSweep(master, effects);
      return;
    case 'tasks':
      onTasks(master, result, effects);
      return;
    case 'taskData':
      onTaskData(master, what, result, effects);
      return;
    case 'statuses':
      onStatuses(master, result, effects);
      return;
    case 'statusData':
      onStatusData(master, what, result, effects);
      return;
    case 'recoverTasks':
    case 'recoverAssign':
    case 'recoverWorkers':
    case 'recoverInbox':
    case 'recoverStatus':
      onSweepRead(master, what, result, effects);
      return;
    case 'give':
      onGiven(master, what, result, effects);
      return;
    case 'assignmentData':
      onAssignmentData(master, what, result, effects);
      return;
    case 'moveBack':
      onMovedBack(master, what, result, effects);
      return;
    case 'retryFailed':
      if (result.err === 'OK') traceApp(effects, 'anew', { task: what.task });
      // A master before left it in both places: the task is what counts.
      else if (failedOp(result) === 1) call(master, { ...what, for: 'dropStatus' }, effects);
      return;
    case 'dropIf':
      onDropped(master, what, result, effects);
      return;
    default:
    // Of a root, of a dropped assignment or status nothing follows: each is as it should be, or has changed since.
  }
}

function onHardenedWatch(
  master: MasterProcess,
  { type, path }: WatchedEvent,
  effects: Effects,
): void {
  if (type === 'NodeDeleted' && path === '/master' && master.state === 'NOTELECTED') {
    runForMaster(master, effects);
  }
  if (type !== 'NodeChildrenChanged' || master.state !== 'ELECTED') return;
  if (path === '/workers') call(master, { for: 'workers' }, effects);
  else if (path === '/tasks') call(master, { for: 'tasks' }, effects);
  else if (path === '/status') call(master, { for: 'statuses' }, effects);
}
