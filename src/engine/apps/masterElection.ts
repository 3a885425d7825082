/**
 * Election and session of a book-style master: `/master` is an ephemeral znode that is a lock, and a
 * backup watches it. States RUNNING, CHECKING, ELECTED, NOTELECTED; STOPPED when the session expired.
 *
 * Source: the published example of the ZooKeeper book, Master (runForMaster, checkMaster, masterExists,
 * takeLeadership, process). Its state CHECKING has no name there. Defects are kept and marked.
 */
import { bytesToText } from '../../base/bytes';
import type { Effects } from '../../bridge/process';
import type { CallResult } from '../client/library/cnxnState';
import type { WatchedEvent } from '../client/library/watchedEvent';
import { beginRecovery } from './masterRecovery';
import { call } from './masterCalls';
import { type MasterProcess, setPhase, setState, writePlan } from './masterState';

const ROOTS = ['/workers', '/tasks', '/assign', '/status'];

/** SyncConnected, Disconnected, Expired. */
export function onBookSession(master: MasterProcess, event: WatchedEvent, effects: Effects): void {
  if (event.state === 'SyncConnected' && !master.hasBegun) {
    master.hasBegun = true;
    // Whoever comes second is told NODEEXISTS, which is as good.
    for (const path of ROOTS) call(master, { for: 'root', path }, effects);
    runForMaster(master, effects);
  } else if (event.state === 'Expired') {
    master.over = 'expired';
    // E11: the wrapper will open another session, and what the master believes stays as it is.
    if (master.settings.reconnects !== true) setState(master, 'STOPPED', effects);
  }
  // Defect: Disconnected sets a flag that nothing looks at, and ELECTED is never consulted before acting.
}

/**
 * E11: a wrapper made a new session in place of the expired one, sets the watches of the old one
 * again and makes the calls that ended with it once more. Nobody tells the master, whose znode
 * went with the old session.
 */
export function goOnInNewSession(master: MasterProcess, effects: Effects): void {
  const { again } = master;
  master.again = [];
  if (master.state === 'NOTELECTED') call(master, { for: 'masterExists' }, effects);
  if (master.workers !== null) call(master, { for: 'workers' }, effects);
  if (master.tasks !== null) call(master, { for: 'tasks' }, effects);
  if (master.statuses !== null) call(master, { for: 'statuses' }, effects);
  for (const what of again) {
    const isList = what.for === 'workers' || what.for === 'tasks' || what.for === 'statuses';
    const isDone =
      (isList && master[what.for] !== null) ||
      (what.for === 'masterExists' && master.state === 'NOTELECTED');
    if (!isDone) call(master, what, effects);
  }
}

export function runForMaster(master: MasterProcess, effects: Effects): void {
  setState(master, 'RUNNING', effects);
  call(master, { for: 'runForMaster' }, effects);
}

export function onRan(master: MasterProcess, { err, reply }: CallResult, effects: Effects): void {
  if (err === 'OK') {
    elect(master, reply?.stat?.czxid, effects);
  } else if (err === 'CONNECTIONLOSS') {
    checkMaster(master, effects);
  } else {
    setState(master, 'NOTELECTED', effects);
    // Defect: after any other error it neither runs again nor watches.
    if (err === 'NODEEXISTS') call(master, { for: 'masterExists' }, effects);
  }
}

/** Whether the create that ended with CONNECTIONLOSS came through. */
function checkMaster(master: MasterProcess, effects: Effects): void {
  setState(master, 'CHECKING', effects);
  call(master, { for: 'checkMaster' }, effects);
}

export function onChecked(
  master: MasterProcess,
  { err, reply }: CallResult,
  effects: Effects,
): void {
  if (err === 'NONODE') runForMaster(master, effects);
  else if (err === 'OK') {
    // E14, defect: the data is compared. After a fast restart the znode of the session before says
    // the same id, and this process believes that it leads on a znode that is about to go.
    if (bytesToText(reply?.data ?? '') === master.settings.id) {
      elect(master, reply?.stat?.czxid, effects);
    } else {
      setState(master, 'NOTELECTED', effects);
      call(master, { for: 'masterExists' }, effects);
    }
  }
}

/** E16: a lock that vanished between create and exists is told by NONODE. */
export function onMasterExists(master: MasterProcess, { err }: CallResult, effects: Effects): void {
  if (err === 'NONODE') runForMaster(master, effects);
  else if (err !== 'OK') checkMaster(master, effects);
}

function elect(master: MasterProcess, czxid: number | undefined, effects: Effects): void {
  master.token = czxid ?? null;
  setState(master, 'ELECTED', effects);
  setPhase(master, 'workers', effects);
  writePlan(master, `${master.settings.id} takes over`, effects);
  call(master, { for: 'workers' }, effects);
  beginRecovery(master, effects);
}
